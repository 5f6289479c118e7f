// <compare-table>: shows selected rows side by side: rows of the page's table, or of the list of all occupations. The
// element comes from the server (content/_partials/compare.md.j2); the selection is in the address:
// ?with=registered-nurses,welders.

import { asked, follow, put } from "./address.js";
import { make } from "./make.js";
import { fetchOccupations, reader } from "./occupations.js";
import { fill, wordsOf } from "./words.js";

const PARAMETER = "with";
const HEADING = "heading_"; // begins the name of the words for a field

customElements.define("compare-table", class extends HTMLElement {
  async connectedCallback() {
    this.form = this.querySelector("form");
    if (!this.form) return;
    this.form.hidden = false; // before the list is fetched, so that nothing moves when it arrives
    this.words = wordsOf(this);
    const found = this.dataset.source ? await this.#fetched() : this.#onThePage();
    if (!this.isConnected) return;
    if (!found) return this.prepend(make("p", { class: "notice", role: "status" }, this.words.failed));
    Object.assign(this, found);
    this.most = Number(this.dataset.most);
    this.select = this.form.querySelector("select");
    this.select.append(...[...this.rows].map(([id, { name }]) => make("option", { value: id }, name)));
    this.#listen();
    this.#restore();
  }

  disconnectedCallback() {
    this.listening?.abort();
  }

  /** Return the headings, and id -> name and cells (lists of nodes), of the page's table. */
  #onThePage() {
    const table = document.getElementById(this.getAttribute("for"));
    const rows = [...table.querySelectorAll("tbody tr[id]")].map((row) => {
      const [first, ...others] = row.cells;
      const cells = others.map((cell) => () => [...cell.cloneNode(true).childNodes]);
      return [row.id, { name: first.textContent.trim(), address: first.querySelector("a").href, cells }];
    });
    return { rows: new Map(rows), headings: [...table.querySelectorAll("thead th")].slice(1).map((heading) => heading.textContent) };
  }

  /** Return the same for the fetched list, null if it can't be loaded. */
  async #fetched() {
    const { source, root } = this.dataset;
    const list = await fetchOccupations(source);
    if (!list) return null;
    const read = reader(list, root);
    const fields = Object.keys(this.words).filter((name) => name.startsWith(HEADING)).map((name) => name.slice(HEADING.length));
    const shown = fields.filter((field) => field !== "name");
    const rows = list.rows.map((row) => [row.id, {
      name: row.name, address: read.address(row), cells: shown.map((field) => () => this.#nodes(read[field](row))),
    }]);
    return { rows: new Map(rows), headings: shown.map((field) => this.words[`${HEADING}${field}`]) };
  }

  /** Return a value as nodes: a text, or links with commas between them. */
  #nodes(value) {
    if (!Array.isArray(value)) return [value ?? (value === null ? this.words.unpublished : this.words.unfound)];
    if (!value.length) return [this.words.none];
    return value.flatMap(([href, name], i) => [...(i ? [", "] : []), make("a", { href }, name)]);
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
    const head = make("tr", {}, make("td", {}), ...this.chosen.map((id) => this.#heading(id)));
    const body = this.headings.map((heading, i) => make("tr", {},
      make("th", { scope: "row" }, heading),
      ...rows.map((row) => make("td", {}, ...row.cells[i]())),
    ));
    const caption = make("caption", { class: "visually-hidden" }, this.words.caption);
    return make("table", { class: "compare__chosen" }, caption, make("thead", {}, head), make("tbody", {}, ...body));
  }

  #heading(id) {
    const { name, address } = this.rows.get(id);
    const button = make("button", {
      class: "button button--plain button--small", type: "button", "data-remove": id,
      "aria-label": fill(this.words.remove, { name }),
    }, "×");
    return make("th", { scope: "col" }, make("a", { href: address }, name), " ", button);
  }
});
