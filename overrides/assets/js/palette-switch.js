// <palette-switch>: its button turns dark colors on and off, and the choice stays in this browser.

const KEY = "eportal.palette";
const system = matchMedia("(prefers-color-scheme: dark)");

customElements.define("palette-switch", class extends HTMLElement {
  connectedCallback() {
    this.button = this.querySelector("button");
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
      // Storage is blocked: the choice holds for this page.
    }
  }

  show() {
    this.button.setAttribute("aria-pressed", String(this.isDark));
  }
});
