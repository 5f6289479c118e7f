// <palette-switch>: a button that turns dark mode on and off; the choice stays in this browser. The server names it.

import { make } from "./make.js";

const KEY = "eportal.palette";
const SLATE = "slate";
const system = matchMedia("(prefers-color-scheme: dark)");

customElements.define("palette-switch", class extends HTMLElement {
  connectedCallback() {
    const name = this.dataset.name;
    const scheme = document.body.dataset.mdColorScheme;
    this.light ??= scheme && scheme !== SLATE ? scheme : "default";
    this.button ??= make("button", { class: "masthead__button", type: "button", "aria-label": name, title: name });
    this.append(this.button);
    this.button.addEventListener("click", this);
    system.addEventListener("change", this);
    this.show();
  }

  disconnectedCallback() {
    system.removeEventListener("change", this);
  }

  // The stylesheet knows the visitor's choice, the palette that mkdocs.yml names first, or that both follow the system.
  get isDark() {
    const scheme = getComputedStyle(document.documentElement).colorScheme;
    return scheme.includes("dark") && (!scheme.includes("light") || system.matches);
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

  // Stylesheets of a county (extra_css) may ask the body for its scheme, as with Material's own switch.
  show() {
    const isDark = this.isDark;
    this.button.setAttribute("aria-pressed", String(isDark));
    document.body.dataset.mdColorScheme = isDark ? SLATE : this.light;
  }
});
