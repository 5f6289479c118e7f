// <site-search>: opens a dialog from the link to the search page; "/" opens it too. It contains only the field, which
// is ready to type in at once; index and results are loaded when it first opens.

import { make } from "./make.js";

const TYPING = "input, textarea, select, [contenteditable]";
const LIMIT = 5; // results per kind

customElements.define("site-search", class extends HTMLElement {
  connectedCallback() {
    this.link = this.querySelector("a");
    this.link.setAttribute("aria-keyshortcuts", "/");
    this.link.addEventListener("click", this);
    document.addEventListener("keydown", this);
  }

  disconnectedCallback() {
    document.removeEventListener("keydown", this);
  }

  handleEvent(event) {
    const other = event.ctrlKey || event.metaKey || event.altKey;
    if (event.type === "click" && (other || event.shiftKey)) return; // let the browser open a new tab or window
    if (event.type === "keydown" && (event.key !== "/" || other || event.target.closest(TYPING))) return;
    event.preventDefault();
    this.open();
  }

  open() {
    this.dialog ??= this.build();
    if (this.dialog.open) return;
    this.dialog.showModal();
    this.dialog.querySelector("input").select();
  }

  build() {
    const [name, home] = [this.link.textContent.trim(), this.link.href];
    const input = make("input", {
      class: "finder__input", type: "search", name: "q", "aria-label": name,
      autocomplete: "off", autocapitalize: "off", spellcheck: "false", enterkeyhint: "search",
    });
    const close = make("button", { class: "finder__close", type: "button" }, "×");
    const form = make("form", { class: "finder__form", role: "search", action: home }, input, close);
    const status = make("p", { class: "finder__status", role: "status" });
    const results = make("div", { class: "finder__results" });
    const all = make("a", { class: "finder__all", hidden: "" });
    const dialog = make("dialog", { class: "finder finder--dialog", "aria-label": name }, form, status, results, all);
    close.addEventListener("click", () => dialog.close());
    dialog.addEventListener("click", (event) => {
      if (event.target === dialog || event.target.closest("a")) dialog.close(); // the backdrop, or a result
    });
    dialog.addEventListener("keydown", (event) => {
      if (event.key === "Escape") dialog.close(); // otherwise the search field would only be cleared
    });
    this.append(dialog);
    this.fill({ input, status, results, all, home, limit: LIMIT }, close);
    return dialog;
  }

  async fill(parts, close) {
    try {
      const { Finder } = await import("./search/finder.js");
      close.setAttribute("aria-label", (await new Finder(parts).ready).close);
    } catch {
      location.assign(this.link.href); // index or modules failed to load; the search page may work
    }
  }
});
