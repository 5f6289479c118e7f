// The search index of one language: fetches the files that generator/search/ wrote and answers queries.
// This module does not touch the page, so tests run it as is.

import { keyOf, read } from "./query.js";
import { SURE, rate } from "./rate.js";
import { either, guesses, likeness, similarity } from "./words.js";
import { tokens } from "../fold.js";

const BASE = 36;
const ANSWER = 60; // a page that the county's list names for what was typed
const PART = 8; // a page that it names for a part of what was typed, by its number of words
const ALIKE = 0.3; // least similarity of a name that is offered instead
const OFFERED = 3;

export class Index {
  /** Fetch the index next to the search page at `home`. */
  static async load(home, get = getJson) {
    return new Index(home, await get(new URL("index.json", home)), get);
  }

  constructor(home, data, get) {
    Object.assign(this, { home, get, words: data.words, size: data.size, contact: data.contact, match: data.match });
    this.root = new URL("../", home);
    this.entries = new Map();
    this.ignored = new Set(data.ignored.split(" "));
    this.local = new Set(data.local.split(" ")); // words of the county, which any name may have
    this.common = new Set([...data.common.split(" "), ...this.local]);
    this.typed = explained(data.typed);
    this.#readNames(data.names.split("\n"));
    this.#readTexts(data.terms.split(" "), data.postings.split("\n"));
    this.#readKinds(data.kinds);
  }

  /** Number the words of names; a name is a list of such numbers. */
  #readNames(lines) {
    const numbers = new Map();
    const number = (word) => numbers.get(word) ?? (numbers.set(word, numbers.size), numbers.size - 1);
    this.names = lines.map((line) => line.split("|").flatMap(either).map((name) => name.split(" ").map(number)));
    this.terms = [...numbers.keys()];
    this.known = numbers;
    this.isOptional = this.terms.map((term) => this.ignored.has(term) || this.local.has(term));
    this.pages = this.terms.map(() => new Set());
    this.names.forEach((names, page) => names.forEach((name) => name.forEach((term) => this.pages[term].add(page))));
    this.named = this.terms.length;
  }

  /** Add the words that are only in texts. */
  #readTexts(terms, postings) {
    this.texts = new Map();
    terms.forEach((term, i) => {
      let number = this.known.get(term);
      if (number === undefined) {
        number = this.terms.push(term) - 1;
        this.known.set(term, number);
      }
      this.texts.set(number, postings[i]);
    });
  }

  #readKinds(kinds) {
    let start = 0;
    this.kinds = kinds.map((kind) => ({ ...kind, start, end: (start += kind.count) }));
    this.kindOf = this.kinds.flatMap((kind) => Array(kind.count).fill(kind));
  }

  /** Return {count, shown, corrected, groups: [{kind, sample, results: [{url, name, line}]}]}, best first. */
  async find(query, limit) {
    const { scores, corrected, queries } = this.score(query);
    const groups = this.#grouped(scores, limit);
    await this.#fetch(groups.flatMap((group) => group.ids));
    const filled = groups.map(({ kind, sample, ids }) => ({
      kind, sample, results: ids.map((id) => this.#result(id, queries.get(id))),
    }));
    const shown = groups.reduce((sum, { ids }) => sum + ids.length, 0);
    return { count: groups.reduce((sum, { all }) => sum + all, 0), shown, corrected, groups: filled };
  }

  /** Return the occupations whose names are most like a query that finds nothing, and the page that helps. */
  async instead(query) {
    const asked = tokens(query).join(" ");
    const { start, end } = this.kinds.find(({ nearest }) => nearest) ?? { start: 0, end: 0 };
    const alike = this.names.slice(start, end).map((names, i) => {
      const texts = names.map((name) => name.map((term) => this.terms[term]).join(" "));
      return [start + i, Math.max(...texts.map((text) => similarity(asked, text)))];
    });
    const nearest = alike.filter(([, score]) => score >= ALIKE).sort((a, b) => b[1] - a[1]).slice(0, OFFERED);
    const ids = nearest.map(([id]) => id);
    await this.#fetch([...ids, this.match].filter((id) => id >= 0));
    return { nearest: ids.map((id) => this.#result(id)), match: this.match < 0 ? null : this.#result(this.match) };
  }

  /** Return the scores of the pages that answer, corrections of misspelled words, and queries for addresses. */
  score(query) {
    const { words, answers, isWhole } = read(query, this);
    const corrected = [];
    const asked = this.#joined(words).map((one) => ({ ...one, ...this.#terms(one, corrected) }));
    const scores = this.#matching(asked, isWhole);
    const queries = new Map();
    for (const { phrase, pages, length } of answers) {
      const part = PART * length;
      pages.forEach(([page, address], place) => {
        if (address) queries.set(page, { address, phrase });
        const score = isWhole ? ANSWER - place : (part - place) * this.kindOf[page].weight;
        scores.set(page, Math.max(scores.get(page) ?? 0, score));
      });
    }
    return { scores, corrected, queries };
  }

  /** Split a word that names write as two, and join two that they write as one. */
  #joined(words) {
    const found = [];
    for (let i = 0; i < words.length; i += 1) {
      const { word } = words[i];
      const next = words[i + 1]?.word;
      if (next && this.#isName(word + next) && !this.#areNeighbors(word, next)) {
        found.push({ ...words[i], word: word + next });
        i += 1;
      } else {
        const parts = this.#isName(word) ? [word] : this.#parts(word);
        found.push(...parts.map((part) => ({ ...words[i], word: part })));
      }
    }
    return found;
  }

  #isName(word) {
    return this.known.get(word) < this.named;
  }

  #parts(word) {
    for (let cut = 1; cut < word.length; cut += 1) {
      const [first, second] = [word.slice(0, cut), word.slice(cut)];
      if (this.#isName(first) && this.#isName(second) && this.#areNeighbors(first, second)) return [first, second];
    }
    return [word];
  }

  #areNeighbors(first, second) {
    const [one, other] = [this.known.get(first), this.known.get(second)];
    const pages = this.pages[one] ?? [];
    return [...pages].some((page) =>
      this.names[page].some((name) => name.some((term, i) => term === one && name[i + 1] === other)));
  }

  /** Return the terms for a word, and how rare it is: {terms: Map(term -> quality), rarity}. */
  #terms({ word, row }, corrected) {
    let terms = new Map();
    this.terms.forEach((term, i) => {
      const quality = likeness(word, term);
      if (quality >= (row?.pages.length ? SURE : 0.01)) terms.set(i, quality);
    });
    if (!row && ![...terms].some(([term, quality]) => quality >= SURE || this.terms[term].startsWith(word))) {
      const guessed = guesses(word, this.terms);
      if (guessed.size) corrected.push(this.#likeliest(guessed));
      terms = new Map([...terms, ...guessed]);
    }
    const sure = [...terms].filter(([, quality]) => quality >= SURE).map(([term]) => term);
    const pages = new Set((sure.length ? sure : [...terms.keys()]).flatMap((term) => this.#pagesOf(term)));
    return { terms, rarity: Math.log(2 + this.names.length / (1 + pages.size)) };
  }

  #pagesOf(term) {
    return [...(this.pages[term] ?? []), ...numbers(this.texts.get(term))];
  }

  /** Return the term to show for a guess: the closest, and of those one that is in names. */
  #likeliest(terms) {
    const worth = ([term, quality]) => quality + (term < this.named ? 0.1 : 0);
    return this.terms[[...terms].reduce((best, one) => (worth(one) > worth(best) ? one : best))[0]];
  }

  /** Return the scores of the pages that match most of the words (all of them if the list answers), or whose name is among them. */
  #matching(asked, isAnswered) {
    const candidates = new Map(); // page -> the words it has in its text
    asked.forEach(({ terms }, i) => {
      for (const [term, quality] of terms) {
        for (const page of this.pages[term] ?? []) if (!candidates.has(page)) candidates.set(page, new Map());
        for (const page of numbers(this.texts.get(term))) {
          if (!candidates.has(page)) candidates.set(page, new Map());
          const inText = candidates.get(page);
          inText.set(i, Math.max(inText.get(i) ?? 0, quality));
        }
      }
    });
    const found = [...candidates].map(([page, inText]) => [page, rate(this.names[page], inText, asked, this.isOptional)]);
    const most = Math.max(0, ...found.map(([, { matched }]) => matched));
    const enough = isAnswered ? asked.length : Math.max(most, 1);
    const kept = found.filter(([, { matched, isNamed }]) => (isNamed && !isAnswered) || matched >= enough);
    const shown = this.#public(kept);
    this.exact = new Set(shown.filter(([, { isExact }]) => isExact).map(([page]) => page));
    return new Map(shown.map(([page, { score }]) => [page, score * this.kindOf[page].weight]));
  }

  /** Leave out internal pages if other pages answer, unless their name is what was typed. */
  #public(found) {
    const others = found.filter(([page]) => !this.kindOf[page].internal);
    return others.length ? found.filter(([page, { isExact }]) => isExact || !this.kindOf[page].internal) : found;
  }

  /** Sort pages into kinds; those of samples come last regardless of score, and internal ones after them. */
  #grouped(scores, limit) {
    const groups = this.kinds.flatMap(({ title, start, end, sample, internal }) => {
      const ids = [...scores.keys()].filter((id) => id >= start && id < end);
      ids.sort((a, b) => scores.get(b) - scores.get(a) || a - b);
      const late = sample ? 1 : internal && !this.exact.has(ids[0]) ? 2 : 0;
      return ids.length ? [{ kind: title, sample, late, best: scores.get(ids[0]), all: ids.length, ids: ids.slice(0, limit) }] : [];
    });
    return groups.sort((a, b) => a.late - b.late || b.best - a.best);
  }

  /** Fetch the files with the entries of these pages. */
  async #fetch(ids) {
    const files = new Set(ids.map((id) => Math.floor(id / this.size)));
    await Promise.all([...files].filter((file) => !this.entries.has(file)).map(async (file) => {
      this.entries.set(file, await this.get(new URL(`${file}.json`, this.home)));
    }));
  }

  /** Return what the results show; an address with a query shows what was typed for it. */
  #result(id, query) {
    const [url, name, line] = this.entries.get(Math.floor(id / this.size))[id % this.size];
    const { pathname } = new URL(url, this.root);
    return query ? { url: `${pathname}?${query.address}`, name: `${name}: ${query.phrase}`, line } : { url: pathname, name, line };
  }
}

/** Read the county's list: key of a phrase -> {phrase, means: [word], pages: [[page, query of its address]]}. */
function explained(rows) {
  const known = new Map();
  for (const [phrases, means, pages] of rows) {
    const found = pages.split(" ").filter(Boolean).map((page) => [parseInt(page, 10), page.split("?")[1]]);
    for (const phrase of phrases.split("|")) {
      known.set(keyOf(phrase.split(" ")), { phrase, means: means.split(" ").filter(Boolean), pages: found });
    }
  }
  return known;
}

/** Read numbers stored as differences: "a 2 1" is 10, 12, 13. */
function numbers(text) {
  let last = 0;
  return text ? text.split(" ").map((difference) => (last += parseInt(difference, BASE))) : [];
}

async function getJson(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${answer.status}: ${address}`);
  return answer.json();
}
