// The search index of one language: fetches the files that generator/search.py wrote and answers queries.
// This module does not touch the page, so tests run it as is.

import { nearest, tokens } from "./words.js";

/** The score of a match: a whole name or other name; a word of the name; of other names or codes; of the text. */
const WEIGHT = [12, 8, 5, 1.5];
const ALSO = 0.4; // what another match of the same word adds, such as the plural in the name
const BASE = 36;

export class Index {
  /** Fetch the index next to the search page at `home`. */
  static async load(home, get = getJson) {
    return new Index(home, await get(new URL("index.json", home)), get);
  }

  constructor(home, data, get) {
    Object.assign(this, { home, get, words: data.words, kinds: data.kinds, size: data.size });
    this.root = new URL("../", home);
    this.lengths = data.lengths;
    this.ignored = new Set(data.ignored.split(" "));
    this.terms = data.terms.split(" ");
    this.postings = data.postings.split("\n");
    this.entries = new Map();
  }

  /** Return {count, shown, corrected, groups: [{kind, sample, results: [{url, name, line}]}]}, best first. */
  async find(query, limit) {
    const { scores, corrected } = this.score(query);
    const groups = this.#grouped(scores, limit);
    await this.#fetch(groups.flatMap((group) => group.ids));
    const filled = groups.map(({ kind, sample, ids }) => ({ kind, sample, results: ids.map((id) => this.#entry(id)) }));
    const shown = groups.reduce((sum, { ids }) => sum + ids.length, 0);
    return { count: scores.size, shown, corrected, groups: filled };
  }

  /** Return the scores of the pages that match most of the words, and the corrections of misspelled words. */
  score(query) {
    const asked = tokens(query);
    const wanted = asked.filter((word) => !this.ignored.has(word));
    const corrected = [];
    const hits = new Map(); // page -> [words matched, score]
    for (const word of wanted.length ? wanted : asked) {
      const { terms, guessed } = nearest(word, this.terms);
      if (guessed && terms.length) corrected.push(this.#likeliest(terms));
      for (const [id, score] of this.#best(terms)) {
        const [number, sum] = hits.get(id) ?? [0, 0];
        hits.set(id, [number + 1, sum + score]);
      }
    }
    const most = Math.max(0, ...[...hits.values()].map(([number]) => number));
    const scores = new Map();
    for (const [id, [number, sum]] of hits) if (number === most) scores.set(id, sum);
    return { scores, corrected };
  }

  /** Return each page's score for one word of the query, its best match plus part of the next: page -> score. */
  #best(terms) {
    const best = new Map();
    for (const { term, quality } of terms) {
      const classes = this.postings[term].split(",").map(numbers);
      classes.forEach((ids, place) => {
        for (const id of ids) {
          const share = place === 1 ? 1 / Number(this.lengths[id]) : 0; // of the name's words
          const score = quality * (WEIGHT[place] + 3 * share);
          const [first, next] = best.get(id) ?? [0, 0];
          best.set(id, score > first ? [score, first] : [first, Math.max(next, score)]);
        }
      });
    }
    const rarity = Math.log(1 + this.lengths.length / best.size); // a word on few pages is more specific
    return [...best].map(([id, [first, next]]) => [id, rarity * (first + ALSO * next)]);
  }

  /** Return the term to show for a guess: one that appears in names rather than in texts. */
  #likeliest(terms) {
    const worth = ({ term, quality }) => quality * WEIGHT[this.postings[term].search(/[^,]/)];
    return this.terms[terms.reduce((best, one) => (worth(one) > worth(best) ? one : best)).term];
  }

  /** Sort pages into kinds; those of samples come last regardless of score. */
  #grouped(scores, limit) {
    const groups = [];
    let start = 0;
    for (const { title, count, sample } of this.kinds) {
      const ids = [...scores.keys()].filter((id) => id >= start && id < start + count);
      ids.sort((a, b) => scores.get(b) - scores.get(a) || a - b);
      if (ids.length) groups.push({ kind: title, sample, best: scores.get(ids[0]), ids: ids.slice(0, limit) });
      start += count;
    }
    return groups.sort((a, b) => a.sample - b.sample || b.best - a.best);
  }

  /** Fetch the files with the entries of these pages. */
  async #fetch(ids) {
    const files = new Set(ids.map((id) => Math.floor(id / this.size)));
    await Promise.all([...files].filter((file) => !this.entries.has(file)).map(async (file) => {
      this.entries.set(file, await this.get(new URL(`${file}.json`, this.home)));
    }));
  }

  #entry(id) {
    const [url, name, line] = this.entries.get(Math.floor(id / this.size))[id % this.size];
    return { url: new URL(url, this.root).pathname, name, line };
  }
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
