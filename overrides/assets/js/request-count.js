// <request-count>: the link "My request (3)" in the header, next to search. It also gives each offer (li.offer) its
// button, with words from #request-words.

import { NAME, collected, toggle } from "./request/list.js";
import { make } from "./make.js";
import { CHANGED } from "./stored.js";
import { fill, wordsOf } from "./words.js";

const BUTTONS = "[data-request-add]";

customElements.define("request-count", class extends HTMLElement {
  connectedCallback() {
    this.words = wordsOf(document.getElementById("request-words"));
    this.count = make("span", {});
    const href = new URL("../request/", document.querySelector(".masthead__search").href);
    this.link = make("a", { class: "masthead__request", href }, this.count);
    for (const offer of document.querySelectorAll("li.offer")) offer.append(button(offer));
    this.status = make("span", { class: "visually-hidden", role: "status" });
    this.replaceChildren(this.link, this.status);
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
    this.status.textContent = fill(this.words.now, { n: collected().length });
    this.way?.remove();
    this.way = this.link.cloneNode(true);
    this.way.className = "request-way";
    if (isIn) button.after(this.way);
  }

  #show() {
    const ids = collected();
    document.documentElement.toggleAttribute("data-request", ids.length > 0);
    this.link.dataset.number = ids.length;
    this.count.textContent = `${this.dataset.name} (${ids.length})`;
    for (const button of document.querySelectorAll(BUTTONS)) {
      const isIn = ids.includes(button.dataset.requestAdd);
      button.textContent = isIn ? this.words.remove : this.words.add;
      button.setAttribute("aria-label", `${button.textContent}: ${nameOf(button)}`);
      button.toggleAttribute("data-in", isIn);
      button.hidden = false;
    }
  }
});

/** Make an offer's button; the offer's address ends with its id. */
function button(offer) {
  const id = offer.querySelector("a").pathname.split("/").at(-2);
  return make("button", { class: "button button--plain button--small", type: "button", "data-request-add": id });
}

/** Return the name of a button's offer: the title of its card, or else of the page. */
function nameOf(button) {
  const title = button.closest("li")?.querySelector("a") ?? document.querySelector("h1");
  return title.textContent.trim();
}
