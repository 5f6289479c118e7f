// <request-count>: the link "My request (3)" of the masthead; it also makes the buttons [data-request-add] of the page work.

import { NAME, collected, toggle } from "./request/list.js";
import { CHANGED } from "./stored.js";
import { fill, wordsOf } from "./words.js";

const BUTTONS = "[data-request-add]";

customElements.define("request-count", class extends HTMLElement {
  connectedCallback() {
    this.words = wordsOf(this);
    this.link = this.querySelector("a");
    this.status = this.querySelector("[role=status]");
    document.addEventListener("click", this);
    document.addEventListener(CHANGED, this);
    this.#show();
  }

  disconnectedCallback() {
    document.removeEventListener("click", this);
    document.removeEventListener(CHANGED, this);
  }

  handleEvent(event) {
    if (event.type === CHANGED && event.detail === NAME) this.#show();
    const button = event.type === "click" && event.target.closest(BUTTONS);
    if (!button) return;
    const isIn = toggle(button.dataset.requestAdd);
    this.status.textContent = fill(isIn ? this.words.added : this.words.taken, { n: collected().length });
  }

  #show() {
    const ids = collected();
    document.documentElement.toggleAttribute("data-request", ids.length > 0);
    this.link.dataset.number = ids.length;
    this.link.querySelector("[data-count]").textContent = fill(this.words.count, { n: ids.length });
    for (const button of document.querySelectorAll(BUTTONS)) {
      const isIn = ids.includes(button.dataset.requestAdd);
      button.textContent = isIn ? this.words.remove : this.words.add;
      button.setAttribute("aria-label", `${button.textContent}: ${nameOf(button)}`);
      button.toggleAttribute("data-in", isIn);
      button.hidden = false;
    }
  }
});

/** Give the name of the offer that a button stands for: the title of its card, else of the page. */
function nameOf(button) {
  const title = button.closest("[data-id]")?.querySelector("a") ?? document.querySelector("h1");
  return title.textContent.trim();
}
