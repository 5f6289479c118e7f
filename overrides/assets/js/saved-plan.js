// <saved-plan>: the visitor's saved pages in order, with notes; also as a file, printed, and read back from a file.

import { today } from "./day.js";
import { EMPTY, NAME, asFile, fromFile, merged, moved, sound } from "./plan/kept.js";
import { CHANGED, keep, stored } from "./stored.js";
import { fill, wordsOf } from "./words.js";

const PAUSE = 400; // milliseconds after the last keystroke in a note

customElements.define("saved-plan", class extends HTMLElement {
  connectedCallback() {
    this.words = wordsOf(this);
    this.list = this.querySelector("[data-items]");
    this.model = this.querySelector("template[data-item]");
    this.notes = this.querySelector("[data-notes]");
    this.listening = new AbortController();
    const { signal } = this.listening;
    this.addEventListener("click", ({ target }) => this.#click(target.closest("button")), { signal });
    this.addEventListener("input", ({ target }) => this.#write(target), { signal });
    this.querySelector("input[type=file]").addEventListener("change", ({ target }) => this.#read(target), { signal });
    document.addEventListener(CHANGED, ({ detail }) => { if (detail === NAME && !this.busy) this.#show(); }, { signal });
    this.#show();
    this.querySelector("[data-tools]").hidden = false;
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
    this.listening?.abort();
  }

  get plan() {
    return sound(stored(NAME, EMPTY));
  }

  #keep(plan) {
    this.busy = true;
    const isKept = keep(NAME, plan);
    this.busy = false;
    this.#say(isKept ? this.words.kept : this.words.not_kept);
  }

  #say(words) {
    this.querySelector("[role=status]").textContent = words;
  }

  #show() {
    const { plan } = this;
    this.list.replaceChildren(...plan.items.map((item, place) => this.#row(item, place, plan.items.length)));
    this.querySelector("[data-none]").hidden = plan.items.length > 0;
    this.notes.value = plan.notes;
  }

  #row({ page, name, kind, note }, place, number) {
    const row = this.model.content.cloneNode(true).firstElementChild;
    row.dataset.page = page;
    const link = row.querySelector("a");
    link.href = this.dataset.root + page;
    link.textContent = name;
    row.querySelector("[data-kind]").textContent = kind;
    const area = row.querySelector("textarea");
    area.value = note;
    area.setAttribute("aria-label", fill(this.words.note, { name }));
    for (const button of row.querySelectorAll("button")) button.setAttribute("aria-label", fill(this.words[button.dataset.do], { name }));
    row.querySelector("[data-do=up]").disabled = place === 0;
    row.querySelector("[data-do=down]").disabled = place === number - 1;
    return row;
  }

  #click(button) {
    const action = button?.dataset.do;
    if (!action) return;
    const rows = [...this.list.children];
    const place = rows.indexOf(button.closest("[data-page]"));
    if (action === "up" || action === "down") this.#move(place, action === "up" ? -1 : 1, action);
    else if (action === "remove") this.#remove(place);
    else if (action === "print") window.print();
    else if (action === "file") this.#save();
  }

  #move(place, way, action) {
    const name = this.plan.items[place].name;
    this.#keep(moved(this.plan, place, way));
    this.#show();
    const row = this.list.children[place + way];
    const again = row.querySelector(`[data-do=${action}]:enabled`) ?? row.querySelector("button:enabled");
    again.focus();
    this.#say(fill(this.words.moved, { name, n: place + way + 1 }));
  }

  #remove(place) {
    const { plan } = this;
    const [{ name }] = plan.items.splice(place, 1);
    this.#keep(plan);
    this.#show();
    (this.list.children[Math.min(place, plan.items.length - 1)]?.querySelector("a") ?? this.notes).focus();
    this.#say(fill(this.words.removed, { name }));
  }

  #write(target) {
    if (!target.matches("textarea")) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      const { plan } = this;
      const row = target.closest("[data-page]");
      if (row) plan.items.find(({ page }) => page === row.dataset.page).note = target.value;
      else plan.notes = target.value;
      this.#keep(plan);
    }, PAUSE);
  }

  #save() {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([asFile(this.plan, today())], { type: "application/json" }));
    link.download = `career-plan-${today()}.json`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  }

  async #read(input) {
    const [file] = input.files;
    const read = file && fromFile(await file.text());
    input.value = "";
    if (!read) return this.#say(this.words.no_plan);
    this.#keep(merged(this.plan, read));
    this.#show();
    this.#say(fill(this.words.read, { n: read.items.length }));
  }
});
