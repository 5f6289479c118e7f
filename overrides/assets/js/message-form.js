// <message-form>: turns a form into a message to the office, ready to send.
// The page's address can fill in fields: ?activities=job-shadow.

import { byName, fieldsOf, fillFields } from "./message/fields.js";
import { Panel } from "./message/panel.js";
import { warnOfNames } from "./message/warning.js";
import { wordsOf } from "./words.js";

customElements.define("message-form", class extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.words = wordsOf(this);
    this.panel = new Panel(this, this.words);
    this.out = this.querySelector("[data-out]");
    this.out.replaceChildren(this.panel.element);
    this.#prefill();
    this.form.addEventListener("input", this);
    this.form.addEventListener("submit", this);
    this.form.hidden = false;
    this.out.hidden = false;
    this.#show();
  }

  disconnectedCallback() {
    this.form.removeEventListener("input", this);
    this.form.removeEventListener("submit", this);
  }

  handleEvent(event) {
    if (event.type === "submit") {
      event.preventDefault(); // nothing is sent; the message is below
      this.out.focus();
    }
    warnOfNames(event.target, this.words.names);
    this.#show();
  }

  #prefill() {
    const asked = new URLSearchParams(location.search);
    const names = [...new Set(asked.keys())].filter((name) => this.querySelector(`[data-field="${CSS.escape(name)}"]`));
    fillFields(this.form, Object.fromEntries(names.map((name) => [name, asked.getAll(name)])));
  }

  #show() {
    const fields = fieldsOf(this.form);
    const { subject, opening, closing } = this.words;
    const { kind, to } = this.dataset;
    this.panel.show({
      kind, to, subject, title: subject, opening, closing,
      sections: [{ title: "", rows: fields.map(({ label, words }) => [label, [words].flat().join("; ")]) }],
      values: byName(fields, "value"),
      shown: byName(fields, "words"),
    }, fields.filter(({ missing }) => missing).map(({ label }) => label));
  }
});
