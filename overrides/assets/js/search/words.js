// Words of a query and words of the index: how to split the first, and which of the second are close.

/** Split a text into words as generator/search.py does: lowercase without accents or apostrophes. */
export function tokens(text) {
  const plain = text.normalize("NFKD").replace(/[\p{M}'’]/gu, "").toLowerCase();
  return plain.match(/[\p{L}\p{N}]+/gu) ?? [];
}

const ENDINGS = ["s", "es"];
const LONG = 7; // words at least this long may have two typos
const SHORT = 4; // shorter words may have none
const MOST = 2;
const LONGER = 0.5; // score of a term that continues the word: its plural, or a word not yet completely typed
const STEM = 4; // letters that must remain when an ending is removed
const LONGEST_ENDING = 3;

/**
 * Find the terms for a word: {terms: [{term, quality}], guessed}. The same word counts 1, its plural or singular nearly
 * as much, and a longer word that starts with it less. If there are none, it guesses: a word it starts with ("weld" for
 * "welding"), and words that differ by a typo.
 */
export function nearest(word, terms) {
  const same = [];
  terms.forEach((term, i) => {
    const quality = likeness(word, term);
    if (quality) same.push({ term: i, quality });
  });
  if (same.length) return { terms: same, guessed: false };
  const stems = shorter(word, terms);
  return { terms: [...guesses(word, terms, stems.length ? 1 : MOST), ...stems], guessed: true };
}

function likeness(word, term) {
  if (term === word) return 1;
  if (ENDINGS.some((ending) => term === word + ending || word === term + ending)) return 0.95;
  return term.startsWith(word) ? 0.4 + 0.4 * (word.length / term.length) : 0;
}

function shorter(word, terms) {
  const found = [];
  terms.forEach((term, i) => {
    const begins = term.length >= STEM && word.length - term.length <= LONGEST_ENDING && word.startsWith(term);
    if (begins) found.push({ term: i, quality: 0.5 });
  });
  return found;
}

function guesses(word, terms, allowed) {
  const most = word.length < SHORT ? 0 : word.length < LONG ? 1 : allowed;
  if (!most) return [];
  const slips = terms.map((term) =>
    Math.min(distance(word, term, most), distance(word, term.slice(0, word.length), most) + LONGER));
  const fewest = slips.reduce((a, b) => Math.min(a, b), Infinity);
  return slips.flatMap((number, term) =>
    (number <= most + LONGER && number <= fewest + LONGER ? [{ term, quality: 0.7 - 0.15 * number }] : []));
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
