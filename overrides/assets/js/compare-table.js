// <compare-table>: shows selected rows of the page's table side by side. The table comes from the server
// (content/_partials/compare.md.j2); the selection is in the address: ?with=registered-nurses,welders.

import { asked, follow, put } from "./address.js";
import { make } from "./make.js";
import { fill, wordsOf } from "./words.js";

const PARAMETER = "with";

customElements.define("compare-table", class extends HTMLElement {
  connectedCallback() {
    this.all = document.getElementById(this.getAttribute("for"));
    this.form = this.querySelector("form");
    if (!this.all || !this.form) return;
    this.words = wordsOf(this);
    this.most = Number(this.dataset.most);
    this.select = this.form.querySelector("select");
    this.rows = new Map([...this.all.querySelectorAll("tbody tr[id]")].map((row) => [row.id, row]));
    this.headings = [...this.all.querySelectorAll("thead th")].map((heading) => heading.textContent);
    this.select.append(...[...this.rows].map(([id, row]) => make("option", { value: id }, this.#nameOf(row))));
    this.#listen();
    this.#restore();
    this.form.hidden = false;
  }

  disconnectedCallback() {
    this.listening?.abort();
  }

  #listen() {
    this.listening = follow(this.form, () => this.#restore());
    const { signal } = this.listening;
    this.select.addEventListener("change", () => this.#choose([...this.chosen, this.select.value]), { signal });
    this.addEventListener("click", ({ target }) => {
      const id = target.closest("[data-remove]")?.dataset.remove;
      if (!id) return;
      this.#choose(this.chosen.filter((one) => one !== id));
      this.select.focus();
    }, { signal });
  }

  #restore() {
    this.#take(asked(PARAMETER)?.split(",") ?? []);
  }

  #choose(ids) {
    this.#take(ids);
    put(PARAMETER, this.chosen.join(","));
  }

  #take(ids) {
    this.chosen = [...new Set(ids)].filter((id) => this.rows.has(id)).slice(0, this.most);
    this.#show();
  }

  #show() {
    const isFull = this.chosen.length === this.most;
    this.select.value = "";
    this.select.disabled = isFull;
    for (const option of this.select.options) option.disabled = this.chosen.includes(option.value);
    const status = isFull ? this.words.full : fill(this.words.chosen, { n: this.chosen.length, all: this.most });
    this.querySelector("[data-status]").textContent = status;
    const place = this.querySelector("[data-side-by-side]");
    place.hidden = !this.chosen.length;
    place.replaceChildren(...(this.chosen.length ? [this.#table()] : []));
  }

  /** Turn the selected rows into columns. */
  #table() {
    const rows = this.chosen.map((id) => this.rows.get(id));
    const head = make("tr", {}, make("td", {}), ...rows.map((row) => this.#heading(row)));
    const body = this.headings.slice(1).map((heading, i) => make("tr", {},
      make("th", { scope: "row" }, heading),
      ...rows.map((row) => copied(row.cells[i + 1])),
    ));
    const caption = make("caption", { class: "visually-hidden" }, this.words.caption);
    return make("table", { class: "compare__chosen" }, caption, make("thead", {}, head), make("tbody", {}, ...body));
  }

  #heading(row) {
    const button = make("button", {
      class: "button button--plain button--small", type: "button", "data-remove": row.id,
      "aria-label": fill(this.words.remove, { name: this.#nameOf(row) }),
    }, "×");
    const heading = make("th", { scope: "col" });
    heading.append(...copied(row.cells[0]).childNodes, " ", button);
    return heading;
  }

  #nameOf(row) {
    return row.cells[0].textContent.trim();
  }
});

function copied(cell) {
  return cell.cloneNode(true);
}
