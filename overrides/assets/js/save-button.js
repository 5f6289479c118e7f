// <save-button>: puts the page into the plan of this browser, or takes it out. Its words come from the server.

import { EMPTY, NAME, has, sound, toggled } from "./plan/kept.js";
import { CHANGED, keep, stored } from "./stored.js";

customElements.define("save-button", class extends HTMLElement {
  connectedCallback() {
    this.button = this.querySelector("button");
    if (!this.button) return;
    this.listening = new AbortController();
    const { signal } = this.listening;
    this.button.addEventListener("click", () => keep(NAME, toggled(this.plan, this.item)), { signal });
    document.addEventListener(CHANGED, ({ detail }) => { if (detail === NAME) this.#show(); }, { signal });
    this.#show();
    this.button.hidden = false;
  }

  disconnectedCallback() {
    this.listening?.abort();
  }

  get plan() {
    return sound(stored(NAME, EMPTY));
  }

  get item() {
    const { page, name, kind, wage } = this.dataset;
    return { page, name, kind, note: "", wage: Number(wage) || undefined };
  }

  #show() {
    const isIn = has(this.plan, this.dataset.page);
    this.button.setAttribute("aria-pressed", String(isIn));
    this.querySelector("[data-out]").hidden = isIn;
    this.querySelector("[data-in]").hidden = !isIn;
  }
});
