// <record-filter>: filters a list on the page by facets and words, sorts it, and announces how many items are left.
// The list and the form come from the server (content/_partials/filter.md.j2); the state is kept in the address.
// If `data-source` names a file with the facets of the items, it is fetched first; if that fails, there is no filter.

import { hasEnded, today } from "./day.js";
import { WORDS, apply, byText, plain, read, write } from "./record-filter/choice.js";
import { showGroups } from "./groups.js";
import { make } from "./make.js";
import { fill, wordsOf } from "./words.js";

const PAUSE = 120; // milliseconds after the last keystroke
const WIDE = matchMedia("(min-width: 48em)");
const LISTED = "listed";
const ORDERS = {
  next: byText(({ element }) => element.dataset.next),
  name: byText(({ element }) => plain(element.querySelector("a").textContent)),
};

customElements.define("record-filter", class extends HTMLElement {
  async connectedCallback() {
    this.list = document.getElementById(this.getAttribute("for"));
    this.form = this.querySelector("form");
    if (!this.list || !this.form) return;
    this.hidden = !(await this.#fetched());
    this.toggleAttribute("data-ready", true);
    if (this.hidden || !this.isConnected) return;
    this.words = wordsOf(this);
    this.items = this.#items();
    this.boxes = [...this.form.querySelectorAll("fieldset[data-facet] input")].map((input) => this.#box(input));
    this.known = new Map(this.facets.map((facet) => [facet, new Set()]));
    for (const { facet, input } of this.boxes) this.known.get(facet)?.add(input.value);
    this.#listen();
    this.#restore();
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
    this.listening?.abort();
  }

  get facets() {
    return this.dataset.facets.split(" ").filter(Boolean);
  }

  /** Add facets from a separate file to the items, if there is one; return whether the filter can work. */
  async #fetched() {
    const { source } = this.dataset;
    if (!source) return true;
    const known = await fetch(source).then((answer) => answer.ok && answer.json()).catch(() => null);
    if (!known) return false;
    for (const item of this.list.querySelectorAll("[data-id]")) {
      Object.assign(item.dataset, known[item.querySelector("a").pathname.split("/").at(-2)]);
    }
    return true;
  }

  #items() {
    const day = today();
    const found = [...this.list.querySelectorAll("[data-id]")].filter(({ dataset }) => !hasEnded(dataset.until, day));
    return found.map((element, place) => {
      const values = this.facets.map((facet) => [facet, (element.dataset[facet] ?? "").split(" ").filter(Boolean)]);
      return { element, place, home: element.parentElement, values: new Map(values), text: "" };
    });
  }

  #box(input) {
    const label = input.closest("label");
    const fieldset = input.closest("fieldset");
    const count = make("span", { class: "filter__count" });
    const words = label.textContent.trim();
    label.append(count);
    return { input, label, count, words, facet: fieldset.dataset.facet, legend: fieldset.querySelector("legend").textContent };
  }

  #listen() {
    this.listening = new AbortController();
    const { signal } = this.listening;
    this.form.addEventListener("submit", (event) => event.preventDefault(), { signal });
    this.form.addEventListener("change", () => this.#chosen(), { signal });
    this.form.elements[WORDS].addEventListener("input", () => {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.#chosen(), PAUSE);
    }, { signal });
    this.addEventListener("click", (event) => this.#click(event.target.closest("button")), { signal });
    document.addEventListener("click", (event) => this.#close(event.target), { signal });
    this.form.addEventListener("keydown", (event) => event.key === "Escape" && this.#close(null), { signal });
    addEventListener("popstate", () => this.#restore(), { signal });
    WIDE.addEventListener("change", () => this.#fold(), { signal });
    this.#fold();
  }

  /** Keep the filters open if there is room, and collapse them into one line if not. */
  #fold() {
    this.form.querySelector(".filter__fold").open = WIDE.matches;
  }

  /** Close the facets that cover the page, except the one that contains `kept`; their summary takes the focus back. */
  #close(kept) {
    if (!WIDE.matches) return;
    for (const facet of this.form.querySelectorAll(".filter__facet[open]")) {
      if (facet.contains(kept)) continue;
      if (!kept && facet.contains(document.activeElement)) facet.querySelector("summary").focus();
      facet.open = false;
    }
  }

  #restore() {
    const choice = read(location.search, this.known);
    for (const { input, facet } of this.boxes) input.checked = choice.chosen.get(facet)?.has(input.value) ?? false;
    this.form.elements[WORDS].value = choice.words;
    const { sort } = this.form.elements;
    if (sort) sort.value = [...sort.options].some(({ value }) => value === choice.sort) ? choice.sort : sort.options[0].value;
    this.#show();
  }

  get choice() {
    const chosen = new Map(this.facets.map((facet) => [facet, new Set()]));
    for (const { input, facet } of this.boxes) if (input.checked) chosen.get(facet)?.add(input.value);
    const { sort } = this.form.elements;
    const isFirst = !sort || sort.value === sort.options[0].value;
    return { chosen, words: this.form.elements[WORDS].value.trim(), sort: isFirst ? "" : sort.value };
  }

  #chosen() {
    const query = write(location.search, this.choice);
    history.replaceState(history.state, "", `${location.pathname}${query && "?"}${query}${location.hash}`);
    this.#show();
  }

  #click(button) {
    if (!button) return;
    const { facet, value } = button.dataset;
    if (button.matches("[data-reset]")) this.#clear(() => true);
    else if (value !== undefined) this.#clear((box) => box.facet === facet && box.input.value === value);
    else if (facet) this.#clear((box) => box.facet === facet);
    else return;
    if (button.matches("[data-reset]") || facet === WORDS) this.form.elements[WORDS].value = "";
    this.#chosen();
    if (!button.checkVisibility()) (this.querySelector("[data-chosen] button") ?? this.querySelector("[data-line]")).focus();
  }

  #clear(isMeant) {
    for (const box of this.boxes) if (isMeant(box)) box.input.checked = false;
  }

  #show() {
    const { choice } = this;
    if (choice.words) this.#readTexts();
    const { shown, counts, without } = apply(this.items, choice);
    for (const item of this.items) {
      const hidden = !shown.has(item);
      if (item.element.hidden !== hidden) item.element.hidden = hidden;
    }
    this.#sort(this.form.elements.sort?.value ?? LISTED);
    showGroups(this.list);
    for (const { facet, input, label, count } of this.boxes) {
      const number = counts.get(facet)?.get(input.value) ?? 0;
      if (count.textContent !== String(number)) count.textContent = String(number);
      label.toggleAttribute("data-none", !number);
    }
    this.#say(choice, shown.size, without);
  }

  /** Read the words of the items the first time they are needed. */
  #readTexts() {
    if (this.read) return;
    for (const item of this.items) item.text = plain(`${item.element.textContent} ${item.element.dataset.words ?? ""}`);
    this.read = true;
  }

  /** Sort the items into one list, or move them back into their groups. */
  #sort(sort) {
    if (sort === this.sorted || (sort === LISTED && !this.sorted)) return;
    this.sorted = sort;
    if (sort === LISTED) {
      for (const item of this.items) item.home.append(item.element);
      this.flat?.section.remove();
      return;
    }
    this.flat ??= this.#flatList();
    const ordered = [...this.items].sort((a, b) => ORDERS[sort](a, b) || a.place - b.place);
    this.flat.list.append(...ordered.map(({ element }) => element));
    if (!this.flat.section.isConnected) this.parentElement.after(this.flat.section);
  }

  /** Create the list for the items of all groups; its heading replaces theirs. */
  #flatList() {
    const { localName, className } = this.items[0]?.home ?? { localName: "ul", className: "cards" };
    const list = make(localName, { class: className });
    const heading = make("h2", { class: "visually-hidden" }, this.words.list);
    return { list, section: make("section", { class: "listing" }, heading, list) };
  }

  #say(choice, shown, without) {
    const { words } = this;
    const active = this.boxes.filter(({ input }) => input.checked);
    const chips = active.map(({ facet, input, words: value }) => make("li", {}, make("button", {
      type: "button", "data-facet": facet, "data-value": input.value, "aria-label": fill(words.remove, { value }),
    }, value)));
    const list = this.querySelector("[data-chosen]");
    list.replaceChildren(...chips);
    list.hidden = !chips.length;
    for (const fieldset of this.form.querySelectorAll("fieldset[data-facet]")) {
      const number = active.filter(({ facet }) => facet === fieldset.dataset.facet).length;
      fieldset.parentElement.querySelector("[data-number]").textContent = number ? `(${number})` : "";
    }
    this.querySelector("[role=status]").textContent = fill(words.count, { shown, all: this.items.length });
    this.querySelector("[data-reset]").hidden = !active.length && !choice.words;
    this.#empty(shown, without);
  }

  /** If nothing is left, show which filters to drop. */
  #empty(shown, without) {
    const part = this.querySelector("[data-empty]");
    part.hidden = shown > 0;
    if (part.hidden) return;
    const legends = new Map(this.boxes.map(({ facet, legend }) => [facet, legend]).concat([[WORDS, this.words.search]]));
    const ways = [...without].filter(([, n]) => n).sort((a, b) => b[1] - a[1]);
    part.querySelector("[data-none]").textContent = this.words.none;
    part.querySelector("[data-relax]").replaceChildren(...ways.map(([facet, n]) => make("button", {
      class: "button button--small", type: "button", "data-facet": facet,
    }, fill(this.words.without, { facet: legends.get(facet), n }))));
  }
});
