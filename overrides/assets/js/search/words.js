// How close a word of a query is to a word of the index.

import { singular } from "../fold.js";

const SAME = 0.99; // plural and singular: nearly the same word
const FAMILY = 0.6; // welding and welder
const BEGINS = 0.35; // a longer word that starts with the word, beside the share of it that is typed
const ROOT = 4; // letters that a family has in common
const LONG = 7; // words at least this long may have two typos
const SHORT = 4; // shorter words may have none
const MOST = 2;
const LONGER = 0.5;

/** Return how well a term matches a word: 1 for the same word, 0 for another. */
export function likeness(word, term) {
  if (term === word) return 1;
  if (term[0] !== word[0]) return 0;
  if (singular(term) === singular(word)) return SAME;
  if (root(term) === root(word)) return FAMILY;
  return word.length > 1 && term.startsWith(word) ? BEGINS + 0.2 * (word.length / term.length) : 0;
}

/** Cut the ending of a word of a family: weld for welding, welder, and welders. */
function root(word) {
  const cut = singular(word).replace(/(?:ing|ery|er|or|ist|e)$/, "");
  return cut.length < ROOT ? word : cut;
}

/** Return the terms that a misspelled word may mean, with how likely each is: term number -> quality. */
export function guesses(word, terms) {
  const most = word.length < SHORT ? 0 : word.length < LONG ? 1 : MOST;
  if (!most) return new Map();
  const slips = terms.map((term) =>
    Math.min(distance(word, term, most), distance(word, term.slice(0, word.length), most) + LONGER));
  const fewest = slips.reduce((a, b) => Math.min(a, b), Infinity);
  return new Map(slips.flatMap((number, term) =>
    (number <= most + LONGER && number <= fewest + LONGER ? [[term, 0.7 - 0.15 * number]] : [])));
}

/** Count the typos (a letter added, missing, changed, or two swapped) between words; stop counting above `most`. */
export function distance(a, b, most) {
  if (Math.abs(a.length - b.length) > most) return Infinity;
  let [before, last] = [[], Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (swapped) row[j] = Math.min(row[j], before[j - 2] + 1);
    }
    if (Math.min(...row) > most) return Infinity;
    [before, last] = [last, row];
  }
  return last[b.length];
}

/** Return how alike two texts are, from 0 to 1, by the pairs of letters that they share. */
export function similarity(a, b) {
  const [first, second] = [pairs(a), pairs(b)];
  const shared = [...first].filter((pair) => second.has(pair)).length;
  return (2 * shared) / (first.size + second.size || 1);
}

function pairs(text) {
  return new Set(Array.from(` ${text} `).map((letter, i, all) => letter + (all[i + 1] ?? "")));
}

/** Return a name, and both parts of one such as "plumber or pipefitter", where each is a name. */
export function either(name) {
  const parts = name.split(" or ");
  const [first, second] = parts.map((part) => part.split(" ").length);
  return parts.length === 2 && first === second ? [name, ...parts] : [name];
}
