// <interest-match>: rates statements and ranks the occupations by the answers. Statements and words come from the server
// (content/match/index.md.j2), the occupations from a file; the answers are kept only in the address.

import { asked, follow, put } from "./address.js";
import { OPEN, answered, answersFrom, following, hasShape, likeness, profileOf, reasons } from "./match/interests.js";
import { make } from "./make.js";
import { fetchOccupations, reader } from "./occupations.js";
import { fill, wordsOf } from "./words.js";

const PARAMETER = "a";
const SHOWN = 20; // occupations in the ranking before "show more"
const percent = (share) => `${Math.round(100 * share)}%`;

customElements.define("interest-match", class extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.list = document.getElementById(this.getAttribute("for"));
    if (!this.form || !this.list) return;
    this.words = wordsOf(this);
    this.questions = [...this.form.querySelectorAll("[data-type]")];
    this.types = this.questions.map(({ dataset }) => dataset.type);
    this.bars = [...this.querySelectorAll("[data-kind]")];
    this.kinds = this.bars.map(({ dataset }) => dataset.kind);
    this.more = this.list.querySelector("[data-do=more]");
    this.most = SHOWN;
    this.#listen();
    this.#restore();
    this.form.hidden = false;
    this.#fetch();
  }

  /** Fetch the occupations while the statements are being answered. */
  async #fetch() {
    const { source, root } = this.dataset;
    const list = await fetchOccupations(source);
    if (!this.isConnected) return;
    if (!list) return this.querySelector("[data-filters]").before(make("p", { class: "notice", role: "status" }, this.words.failed));
    this.occupations = list.rows.filter(({ scores }) => scores);
    this.read = reader(list, root);
    this.#show();
    // a tile of the home page leads to its result, not to the first question
    if (location.hash && !this.answers.includes(OPEN)) this.querySelector("[data-profile]").focus();
  }

  disconnectedCallback() {
    this.listening?.abort();
  }

  #listen() {
    this.listening = follow(this.form, () => this.#restore());
    const { signal } = this.listening;
    this.querySelector("[data-filters]").addEventListener("change", () => this.#show(), { signal });
    for (const place of [this, this.list]) {
      place.addEventListener("click", ({ target, detail }) => this.#click(target.closest("button"), detail > 1), { signal });
    }
  }

  #restore() {
    this.answers = answersFrom(asked(PARAMETER), this.types.length);
    this.at = Math.max(this.answers.indexOf(OPEN), 0);
    this.#show();
  }

  #click(button, isSecond) {
    const action = button?.dataset.do;
    const question = button?.closest("[data-type]");
    if (question) return this.#rate(this.questions.indexOf(question), button.value, isSecond);
    if (action === "next" || action === "back") this.#step(action === "next" ? 1 : -1);
    else if (action === "all") this.#oneAtATime(this.isWhole);
    else if (action === "again") this.#again();
    else if (action === "more") this.most += SHOWN;
    else return;
    this.#show();
  }

  /** Record an answer; one at a time, move to the next. The second half of a double click does not answer the next one. */
  #rate(index, value, isSecond) {
    if (isSecond && !this.isWhole) return;
    this.answers = answered(this.answers, index, value);
    put(PARAMETER, this.answers);
    const next = following(this.answers, index);
    if (!this.isWhole) this.at = next ?? index;
    this.#show();
    if (!this.isWhole) (this.questions[next] ?? this.querySelector("[data-profile]")).focus();
  }

  get isWhole() {
    return this.form.hasAttribute("data-all");
  }

  #step(way) {
    this.at = Math.min(Math.max(this.at + way, 0), this.questions.length - 1);
    this.#showQuestions();
    this.questions[this.at].focus();
  }

  #oneAtATime(one) {
    this.form.toggleAttribute("data-all", !one);
  }

  #again() {
    put(PARAMETER);
    this.most = SHOWN;
    this.#restore();
    this.questions[0].focus();
  }

  #show() {
    this.#showQuestions();
    const profile = profileOf(this.answers, this.types, this.kinds);
    const isDone = !this.answers.includes(OPEN);
    const hasAnswer = isDone && hasShape(profile);
    const ranks = hasAnswer && Boolean(this.occupations);
    this.#showProfile(profile, isDone);
    this.querySelector("[data-flat]").hidden = !isDone || hasAnswer;
    this.querySelector("[data-filters]").hidden = !ranks;
    this.#rank(ranks ? profile : null);
  }

  #showQuestions() {
    const all = this.isWhole;
    this.questions.forEach((question, i) => {
      question.hidden = !all && i !== this.at;
      for (const button of question.querySelectorAll("button")) button.setAttribute("aria-pressed", button.value === this.answers[i]);
    });
    const done = [...this.answers].filter((answer) => answer !== OPEN).length;
    this.querySelector("[data-progress]").textContent = fill(this.words.progress, { n: done, all: this.questions.length });
    for (const button of this.form.querySelectorAll("[data-do=next], [data-do=back]")) button.hidden = all;
    this.form.querySelector("[data-do=back]").disabled = this.at === 0;
    this.form.querySelector("[data-do=next]").disabled = this.at === this.questions.length - 1;
    this.form.querySelector("[data-do=all]").textContent = all ? this.words.one : this.words.all;
  }

  #showProfile(profile, isDone) {
    this.querySelector("[data-profile]").hidden = !isDone;
    this.bars.forEach((bar, i) => {
      bar.querySelector("meter").value = profile[i] ?? 0;
      bar.querySelector("[data-value]").textContent = percent(profile[i] ?? 0);
    });
    if (!isDone) return;
    const order = profile.map((value, i) => [value, i]).sort((a, b) => b[0] - a[0]).map(([, i]) => this.#nameOf(i));
    this.querySelector("[data-in-words]").textContent = fill(this.words.profile, { first: order[0], second: order[1], last: order.at(-1) });
  }

  #nameOf(index) {
    return this.bars[index].dataset.name;
  }

  /** Show the occupations that pass the filters, best match first, and why each one is there; null shows the groups again. */
  #rank(profile) {
    for (const group of this.list.querySelectorAll("[data-of-type]")) group.hidden = Boolean(profile);
    this.ranking ??= this.list.insertAdjacentElement("afterbegin", make("ol", { class: "cards" }));
    this.ranking.hidden = !profile;
    this.more.hidden = true;
    if (!profile) return this.ranking.replaceChildren();
    const fitting = this.occupations.filter((one) => this.#passes(one));
    const ranked = fitting.map((one) => ({ ...one, likeness: likeness(profile, one.scores) })).sort((a, b) => b.likeness - a.likeness);
    this.ranking.replaceChildren(...ranked.slice(0, this.most).map((one) => this.#card(one, profile)));
    this.querySelector("[data-count]").textContent = fill(this.words.count, { n: ranked.length, all: this.occupations.length });
    this.more.hidden = ranked.length <= this.most;
  }

  #card(one, profile) {
    const { read, words } = this;
    const card = this.list.querySelector("template[data-card]").content.firstElementChild.cloneNode(true);
    const link = card.querySelector("a");
    link.href = read.address(one);
    link.textContent = one.name;
    const pay = read.pay(one) ?? (one.pay === null ? words.unpublished : words.unfound);
    card.querySelector("[data-figures]").textContent = `${pay}, ${read.entry_education(one) ?? words.untold}`;
    const pathways = read.pathways(one).map(([href, name]) => make("a", { href }, name));
    card.querySelector("[data-pathways]").append(...pathways.flatMap((pathway, i) => (i ? [", ", pathway] : [pathway])));
    const [first, second] = reasons(profile, one.scores).map((i) => this.#nameOf(i));
    const why = second ? words.two : first ? words.one_reason : words.no_reason;
    card.querySelector("[data-why]").textContent = fill(why, { first, second });
    return card;
  }

  /** Whether an occupation passes the filters; unpublished values pass only if that filter is not set. */
  #passes({ entry_education: education, pay }) {
    const { most, least } = Object.fromEntries([...this.querySelectorAll("[data-filters] select")].map(({ name, value }) => [name, value]));
    return (!most || education <= Number(most)) && (!least || pay >= Number(least));
  }
});
