// <skill-record>: answers about the criteria of essential skills, stored only in this browser (key eportal.skills).

import { CHANGED, keep, stored } from "./stored.js";
import { fill, wordsOf } from "./words.js";

const NAME = "skills";
const OFTEN = "2";
const MARKS = new Set(["0", "1", OFTEN]);

customElements.define("skill-record", class extends HTMLElement {
  connectedCallback() {
    this.words = wordsOf(this);
    this.model = this.querySelector("template[data-marks]").content.firstElementChild;
    this.criteria = [...this.querySelectorAll("[data-criterion]")].map((item) => this.#criterion(item));
    this.listening = new AbortController();
    const { signal } = this.listening;
    this.addEventListener("change", ({ target }) => this.#mark(target), { signal });
    this.addEventListener("click", ({ target }) => this.#click(target.closest("button")?.dataset.do), { signal });
    document.addEventListener(CHANGED, ({ detail }) => { if (detail === NAME) this.#show(); }, { signal });
    this.#show();
    this.querySelector("[data-tools]").hidden = false;
  }

  disconnectedCallback() {
    this.listening?.abort();
    for (const { marks } of this.criteria) marks.remove();
  }

  #criterion(item) {
    const marks = this.model.cloneNode(true);
    const { skill } = item.closest("[data-skill]").dataset;
    const { criterion } = item.dataset;
    marks.querySelector("legend").textContent = item.textContent.trim();
    for (const input of marks.querySelectorAll("input")) input.name = `${skill}/${criterion}`;
    item.append(marks);
    return { skill, criterion, marks, key: `${skill}/${criterion}` };
  }

  get marked() {
    const all = stored(NAME, {});
    const isSound = all && typeof all === "object" && !Array.isArray(all);
    return isSound ? Object.fromEntries(Object.entries(all).filter(([, mark]) => MARKS.has(mark))) : {};
  }

  #mark({ name, value }) {
    if (!keep(NAME, { ...this.marked, [name]: value })) this.#say(this.words.not_kept);
  }

  #click(action) {
    if (action === "print") window.print();
    if (action !== "clear") return;
    const own = new Set(this.criteria.map(({ key }) => key));
    keep(NAME, Object.fromEntries(Object.entries(this.marked).filter(([key]) => !own.has(key))));
  }

  #show() {
    const { marked } = this;
    for (const { key, marks } of this.criteria) {
      for (const input of marks.querySelectorAll("input")) input.checked = input.value === marked[key];
    }
    const own = this.criteria.map(({ key }) => marked[key]).filter(Boolean);
    const often = own.filter((mark) => mark === OFTEN).length;
    this.#say(fill(this.words.count, { n: own.length, all: this.criteria.length, often }));
  }

  #say(words) {
    this.querySelector("[role=status]").textContent = words;
  }
});
