// A search field and its results: queries the index while typing, announces the count, and handles the arrow keys.

import { make } from "../make.js";
import { Index } from "./index.js";

const PAUSE = 120; // milliseconds after the last keystroke

export class Finder {
  /** Take the parts of the page; `home` is the address of the search page, whose folder has the index. */
  constructor({ input, status, results, all, home, limit, onquery }) {
    Object.assign(this, { input, status, results, all, home, limit, onquery });
    this.ready = this.#load();
    this.asked = 0;
    input.addEventListener("input", () => {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.ask(), PAUSE);
    });
    for (const part of [input, results]) part.addEventListener("keydown", (event) => this.#move(event));
    if (input.value) this.ask();
  }

  async #load() {
    try {
      this.index = await Index.load(this.home);
      return this.index.words;
    } catch (error) {
      this.status.textContent = "⚠"; // the words are in the file that failed to load
      throw error;
    }
  }

  /** Show the results for the words in the field, ignoring late responses. */
  async ask() {
    const turn = ++this.asked;
    const query = this.input.value.trim();
    this.onquery?.(query);
    const words = await this.ready;
    const found = query ? await this.index.find(query, this.limit) : null;
    const instead = found?.count === 0 ? await this.index.instead(query) : null;
    if (turn === this.asked) this.#show(query, found, instead, words);
  }

  #show(query, found, instead, words) {
    const groups = instead ? this.#offers(query, instead, words) : found?.groups ?? [];
    this.results.replaceChildren(...groups.map((one) => group(one, words)));
    this.status.textContent = found ? said(found, words) : "";
    if (!this.all) return;
    this.all.hidden = !found || found.count <= found.shown;
    this.all.href = `${this.home}?q=${encodeURIComponent(query)}`;
    this.all.textContent = words.all;
  }

  /** Return what helps if nothing is found: names like it, the page that matches interests, and the office's address. */
  #offers(query, { nearest, match }, words) {
    const { contact } = this.index;
    const others = match ? [{ ...match, name: words.match }] : [];
    if (contact) {
      const url = `mailto:${contact}?subject=${encodeURIComponent(query)}`;
      others.push({ url, name: words.ask.replace("{address}", contact), line: "" });
    }
    const groups = [{ kind: words.alike, results: nearest }, { kind: words.else, results: others }];
    return groups.filter(({ results }) => results.length);
  }

  /** Move the focus with the arrow keys: from the field into the results and back. */
  #move(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const stops = [this.input, ...this.results.querySelectorAll("a")];
    const next = step && stops[stops.indexOf(document.activeElement) + step];
    if (!next) return;
    event.preventDefault();
    next.focus();
  }
}

function group({ kind, sample, results }, words) {
  const tag = () => (sample ? [" ", make("span", { class: "tag" }, words.sample)] : []);
  const items = results.map(({ url, name, line }) => make("li", { class: "finder__result" },
    make("a", { class: "finder__name", href: url }, name, ...tag()), make("span", { class: "finder__line" }, line)));
  const title = make("h2", { class: "finder__kind" }, kind);
  return make("section", { class: "finder__group" }, title, make("ul", { class: "finder__list" }, ...items));
}

function said({ count, corrected }, words) {
  if (!count) return words.none;
  const number = (count === 1 ? words.one : words.other).replace("{n}", count);
  return corrected.length ? `${words.near.replace("{words}", corrected.join(", "))} ${number}` : number;
}
