// <request-list>: the offers an educator has collected, the class's needs, and a finished request for each employer.
// Input stays in this browser; the offers are fetched fresh, so that closed ones are recognized.

import { today, written } from "./day.js";
import { byName, fieldsOf, fillFields } from "./message/fields.js";
import { Panel } from "./message/panel.js";
import { warnOfNames } from "./message/warning.js";
import { advice } from "./request/advice.js";
import { NAME, clear, collected, toggle } from "./request/list.js";
import { byReceiver, requestTo } from "./request/message.js";
import { CHANGED, keep, stored } from "./stored.js";
import { make } from "./make.js";
import { fill, wordsOf } from "./words.js";

const CLASS = "request-class";

customElements.define("request-list", class extends HTMLElement {
  connectedCallback() {
    this.words = wordsOf(this);
    this.form = this.querySelector("form");
    this.panels = new Map();
    this.#take();
    fillFields(this.form, stored(CLASS, {}));
    for (const type of ["input", "submit", "click"]) this.addEventListener(type, this);
    document.addEventListener(CHANGED, this);
    this.#load();
  }

  disconnectedCallback() {
    for (const type of ["input", "submit", "click"]) this.removeEventListener(type, this);
    document.removeEventListener(CHANGED, this);
  }

  /** Add the offers named in the address, which a link on an offer's page leads to. */
  #take() {
    const address = new URL(location.href);
    for (const id of address.searchParams.getAll("add")) if (!collected().includes(id)) toggle(id);
    address.searchParams.delete("add");
    history.replaceState(history.state, "", address);
  }

  async #load() {
    try {
      const answer = await fetch(new URL("offers.json", location.href));
      if (!answer.ok) throw new Error(`${answer.status}: ${answer.url}`);
      this.offers = await answer.json();
      this.#show();
    } catch {
      this.#part("state").textContent = this.words.no_offers;
    }
  }

  #part(name) {
    return this.querySelector(`[data-${name}]`);
  }

  handleEvent(event) {
    if (event.type === "click") {
      this.#click(event.target.closest("button"));
      return;
    }
    if (event.type === CHANGED && event.detail !== NAME) return;
    if (event.type === "submit") {
      event.preventDefault(); // nothing is sent; the requests are below
      this.#part("out").focus();
    }
    if (event.type === "input") {
      keep(CLASS, byName(fieldsOf(this.form), "value"));
      warnOfNames(event.target, this.words.names);
    }
    if (this.offers) this.#show();
  }

  #click(button) {
    const { take, forget } = button?.dataset ?? {};
    if (take) toggle(take);
    if (forget === undefined) return;
    clear();
    keep(CLASS, undefined);
    this.form.reset();
    this.#show();
  }

  #show() {
    const ids = collected();
    const fields = fieldsOf(this.form);
    const needs = byName(fields, "value");
    const open = ids.filter((id) => this.offers[id]).map((id) => ({ id, ...this.offers[id] }));
    this.#part("state").textContent = fill(ids.length ? this.words.state : this.words.empty, { n: ids.length });
    this.#part("empty").hidden = ids.length > 0;
    this.#part("filled").hidden = !ids.length;
    this.#part("offers").replaceChildren(...ids.map((id) => this.#card(id, needs)));
    this.#showRequests(open, fields);
  }

  /** Create an offer's card: its name, what does not fit, and the button that removes it. */
  #card(id, needs) {
    const offer = this.offers[id];
    const card = this.querySelector("template[data-card]").content.firstElementChild.cloneNode(true);
    const part = (name) => card.querySelector(`[data-${name}]`);
    const link = part("link");
    link.textContent = offer?.name ?? id;
    link.setAttribute("href", `../offers/${encodeURIComponent(id)}/`);
    if (offer?.sample) link.after(" ", make("span", { class: "tag" }, this.words.sample));
    part("line").textContent = offer ? [offer.employer, offer.activity, offer.place || offer.mode].join(" · ") : this.words.closed;
    const language = document.documentElement.lang;
    const said = offer ? advice(offer, needs, today()) : [];
    part("advice").replaceChildren(...said.map(({ word, values }) => make("li", {}, fill(this.words[word], {
      ...values, date: values.date && written(values.date, language),
    }))));
    part("take").dataset.take = id;
    part("take").setAttribute("aria-label", fill(this.words.take_out, { offer: link.textContent }));
    return card;
  }

  /** Show a request for each employer, keeping existing panels so that they do not lose the focus. */
  #showRequests(open, fields) {
    const missing = fields.filter((field) => field.missing).map(({ label }) => label);
    const groups = byReceiver(open);
    for (const [to, offers] of groups) {
      if (!this.panels.has(to)) this.panels.set(to, new Panel(this, this.words));
      this.panels.get(to).show(requestTo(offers, fields, this.words), missing);
    }
    const wanted = [...groups.keys()].map((to) => this.panels.get(to).element);
    const shown = [...this.#part("requests").children];
    if (wanted.length !== shown.length || wanted.some((one, place) => one !== shown[place])) {
      this.#part("requests").replaceChildren(...wanted);
    }
    this.#part("out").hidden = !wanted.length;
  }
});
