// A finished message and the options for sending it: email draft, copied text, file, print, an external form.

import { today } from "../day.js";
import { asJson, fileName, mailto, prefilled, textOf } from "../routes.js";
import { fill } from "../words.js";

const KEPT = 60_000; // milliseconds until the URL of a saved file can be released

export class Panel {
  /** Clone the panel of the element `host`, which also contains the field maps of external forms. */
  constructor(host, words) {
    this.element = host.querySelector("template[data-panel]").content.firstElementChild.cloneNode(true);
    this.forms = [...host.querySelectorAll("template[data-form-map]")].map(mapOf);
    this.words = words;
    this.#part("text").setAttribute("aria-label", words.text);
    this.element.addEventListener("click", (event) => {
      const { dataset } = event.target.closest("button") ?? {};
      if (dataset?.copy !== undefined) this.#copy();
      if (dataset?.save !== undefined) this.#save();
      if (dataset?.print !== undefined) print();
    });
  }

  #part(name) {
    return this.element.querySelector(`[data-${name}]`);
  }

  /** Show a message; `missing` lists the labels of fields that should be filled in. */
  show(message, missing) {
    this.message = message;
    const { href, fits } = mailto(message);
    this.#part("title").textContent = message.title;
    this.#part("to").textContent = message.to;
    this.#part("text").textContent = textOf(message);
    this.#part("missing").hidden = !missing.length;
    this.#part("missing").textContent = fill(this.words.missing, { fields: missing.join(", ") });
    this.#part("long").hidden = fits;
    this.#part("mailto").href = fits ? href : mailto({ ...message, opening: "", sections: [], closing: "" }).href;
    this.#part("mailto").textContent = fits ? this.words.mail : this.words.empty_mail;
    this.forms.forEach((form, place) => {
      this.element.querySelector(`[data-form="${place}"]`).href = prefilled(form, message.shown);
    });
  }

  async #copy() {
    const text = this.#part("text");
    try {
      await navigator.clipboard.writeText(text.textContent);
      this.#say(this.words.copied);
    } catch {
      getSelection().selectAllChildren(text);
      this.#say(this.words.not_copied);
    }
  }

  #save() {
    const address = URL.createObjectURL(new Blob([asJson(this.message, today())], { type: "application/json" }));
    const link = document.createElement("a");
    link.href = address;
    link.download = fileName(this.message.kind, this.message.title, today());
    link.click();
    setTimeout(() => URL.revokeObjectURL(address), KEPT);
    this.#say(this.words.saved);
  }

  #say(words) {
    this.#part("said").textContent = words;
  }
}

function mapOf({ dataset, content }) {
  const fields = [...content.querySelectorAll("[data-name]")].map((part) => [part.dataset.name, part.textContent]);
  return { url: dataset.url, style: dataset.style, fields: Object.fromEntries(fields) };
}
