// <palette-switch>: a button that turns dark mode on and off; the choice stays in this browser. The server names it.

import { make } from "./make.js";

const KEY = "eportal.palette";
const system = matchMedia("(prefers-color-scheme: dark)");

customElements.define("palette-switch", class extends HTMLElement {
  connectedCallback() {
    const name = this.dataset.name;
    this.button ??= make("button", { class: "masthead__button", type: "button", "aria-label": name, title: name });
    this.append(this.button);
    this.button.addEventListener("click", this);
    system.addEventListener("change", this);
    this.show();
  }

  disconnectedCallback() {
    system.removeEventListener("change", this);
  }

  get isDark() {
    const chosen = document.documentElement.dataset.palette;
    return chosen ? chosen === "dark" : system.matches;
  }

  handleEvent(event) {
    if (event.type === "click") this.choose(this.isDark ? "light" : "dark");
    this.show();
  }

  choose(palette) {
    document.documentElement.dataset.palette = palette;
    try {
      localStorage.setItem(KEY, palette);
    } catch {
      // Storage is blocked, so the choice applies only to this page.
    }
  }

  show() {
    this.button.setAttribute("aria-pressed", String(this.isDark));
  }
});
