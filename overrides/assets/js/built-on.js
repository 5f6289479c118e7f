// <built-on>: the line that says when the page was built. On later days it hides what has ended since then, shows the
// notices for it, and says how old the page is if the nightly build has not run.

import { daysBetween, hasEnded, today } from "./day.js";
import { showGroups } from "./groups.js";
import { make } from "./make.js";
import { fill } from "./words.js";

const FRESH = 2; // days after which a page shows its age

customElements.define("built-on", class extends HTMLElement {
  connectedCallback() {
    this.day = today();
    this.#expire();
    this.#age();
  }

  disconnectedCallback() {
    this.notice?.remove();
  }

  /** Hide what ended before today, show the notices that replace it, and count what is left in lists. */
  #expire() {
    for (const part of document.querySelectorAll("[data-until]")) {
      if (hasEnded(part.dataset.until, this.day)) part.hidden = true;
    }
    for (const part of document.querySelectorAll("[data-ended-after]")) {
      if (hasEnded(part.dataset.endedAfter, this.day)) part.hidden = false;
    }
    showGroups(document);
    for (const number of document.querySelectorAll("[data-count-of]")) {
      const items = document.getElementById(number.dataset.countOf)?.querySelectorAll("[data-id]") ?? [];
      number.textContent = [...items].filter(({ dataset }) => !hasEnded(dataset.until, this.day)).length;
    }
  }

  #age() {
    const built = this.querySelector("time").dateTime;
    const days = daysBetween(built, this.day);
    if (!(days > FRESH)) return;
    this.notice = make("p", {}, fill(this.dataset.old, { n: days }));
    document.getElementById("content").prepend(make("div", { class: "notice", role: "note" }, this.notice));
    this.notice = this.notice.parentElement;
  }
});
