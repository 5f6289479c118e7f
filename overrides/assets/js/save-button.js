// <save-button>: a button that adds the page to the plan in this browser or removes it; the server provides the words.

import { make } from "./make.js";
import { CHANGED, keep, stored } from "./stored.js";

const NAME = "plan"; // same as in plan/kept.js, which is only loaded when the button is pressed

customElements.define("save-button", class extends HTMLElement {
  connectedCallback() {
    this.button = make("button", { class: "button button--plain button--small", type: "button" });
    this.replaceChildren(this.button);
    this.listening = new AbortController();
    const { signal } = this.listening;
    this.button.addEventListener("click", () => this.#toggle(), { signal });
    document.addEventListener(CHANGED, ({ detail }) => { if (detail === NAME) this.#show(); }, { signal });
    this.#show();
  }

  disconnectedCallback() {
    this.listening?.abort();
  }

  async #toggle() {
    const { EMPTY, sound, toggled } = await import("./plan/kept.js");
    keep(NAME, toggled(sound(stored(NAME, EMPTY)), this.item));
  }

  get item() {
    const { page, wage } = this.dataset;
    const [name, kind] = ["h1", ".head__kicker"].map((part) => document.querySelector(part)?.textContent.trim());
    return { page, name, kind, note: "", wage: Number(wage) || undefined };
  }

  #show() {
    const { items } = stored(NAME, {});
    const isIn = Array.isArray(items) && items.some((item) => item?.page === this.dataset.page);
    this.button.setAttribute("aria-pressed", String(isIn));
    this.button.textContent = isIn ? this.dataset.in : this.dataset.out;
  }
});
