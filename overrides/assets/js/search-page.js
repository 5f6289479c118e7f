// <search-page>: the page /search/, whose query is kept in its address (?q=).

import { Finder } from "./search/finder.js";

const LIMIT = 50; // results per kind

customElements.define("search-page", class extends HTMLElement {
  connectedCallback() {
    const [input, form] = [this.querySelector("input"), this.querySelector("form")];
    input.value = this.question;
    this.finder = new Finder({
      input,
      status: this.querySelector("[role=status]"),
      results: this.querySelector(".finder__results"),
      home: new URL("./", location.href).href,
      limit: LIMIT,
      onquery: (query) => this.keep(query),
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.finder.ask();
    });
    addEventListener("popstate", this);
    input.focus();
  }

  disconnectedCallback() {
    removeEventListener("popstate", this);
  }

  get question() {
    return new URLSearchParams(location.search).get("q") ?? "";
  }

  handleEvent() {
    this.querySelector("input").value = this.question;
    this.finder.ask();
  }

  /** Write the query to the address without a history entry per letter. */
  keep(query) {
    if (query === this.question) return;
    const address = new URL(location.href);
    if (query) address.searchParams.set("q", query);
    else address.searchParams.delete("q");
    history.replaceState(null, "", address);
  }
});
