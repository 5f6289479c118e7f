// <budget-check>: what is left of a month's pay. Fields and words come from the server; the numbers are the
// visitor's own and are saved with the plan in this browser.

import { breakEven, monthOf } from "./plan/budget.js";
import { EMPTY, NAME, sound } from "./plan/kept.js";
import { keep, stored } from "./stored.js";
import { fill, wordsOf } from "./words.js";

customElements.define("budget-check", class extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    if (!this.form) return;
    this.words = wordsOf(this);
    const format = { style: "currency", currency: "USD", maximumFractionDigits: 0 };
    this.dollars = new Intl.NumberFormat(document.documentElement.lang || "en", format);
    this.listening = new AbortController();
    const { signal } = this.listening;
    this.form.addEventListener("submit", (event) => event.preventDefault(), { signal });
    this.form.addEventListener("input", () => this.#changed(), { signal });
    this.#restore();
    this.form.hidden = false;
  }

  disconnectedCallback() {
    this.listening?.abort();
  }

  get inputs() {
    return [...this.form.querySelectorAll("input")];
  }

  #restore() {
    const { budget, items } = sound(stored(NAME, EMPTY));
    const saved = items.find(({ wage }) => wage)?.wage;
    for (const input of this.inputs) input.value = budget[input.name] ?? "";
    const { wage } = this.form.elements;
    if (!wage.value && saved) wage.value = saved;
    this.#show();
  }

  #changed() {
    const given = this.inputs.filter(({ value }) => value !== "").map(({ name, valueAsNumber }) => [name, valueAsNumber]);
    keep(NAME, sound({ ...stored(NAME, EMPTY), budget: Object.fromEntries(given) }));
    this.#show();
  }

  #show() {
    const { wage, share } = this.form.elements;
    const costs = Object.fromEntries(this.inputs.filter((input) => input.matches("[data-cost]")).map(({ name, valueAsNumber }) => [name, valueAsNumber || 0]));
    const month = monthOf({ wage: wage.valueAsNumber, share: share.valueAsNumber, costs });
    const result = this.querySelector("[role=status]");
    result.textContent = month ? this.#inWords(month, breakEven({ share: share.valueAsNumber, costs })) : this.words.missing;
    const bar = this.querySelector("meter");
    bar.hidden = !month;
    if (month) bar.value = Math.min(month.spent / month.home, 1);
  }

  #inWords({ pay, home, spent, left }, enough) {
    const values = { pay, home, spent, left: Math.abs(left), enough };
    const words = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, this.dollars.format(value)]));
    return fill(left < 0 ? this.words.short : this.words.left, words);
  }
});
