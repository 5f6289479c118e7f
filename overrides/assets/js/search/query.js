// What a query asks: its words, which of them matter, and the phrases that the county's list explains.

import { singular, tokens } from "../fold.js";

const LOUD = /(?<!\p{L})\p{Lu}(?:\.?\p{Lu})+(?!\p{L})/gu;

/** Return the key under which a phrase is known: plural or singular, with or without a space or hyphen. */
export function keyOf(words) {
  return words.map(singular).join("");
}

/**
 * Read a query: {words: [{word, weight, row}], answers: [{phrase, pages, length}], isWhole}. A word that says nothing is left out and one that
 * fits most pages weighs less, unless nothing else is asked. A phrase in `typed` adds its answers, and other words take
 * its place; `isWhole` says that the query is that phrase and nothing else.
 */
export function read(query, { typed, ignored, common }) {
  const loud = shouted(query);
  const all = tokens(query);
  const [words, answers] = [[], []];
  for (let i = 0; i < all.length; i += 1) {
    const [length, row] = longest(all.slice(i), typed);
    if (row?.pages.length) answers.push({ phrase: row.phrase, pages: row.pages, length, row });
    const taken = row ? all.slice(i, i + length) : [all[i]];
    const meant = row?.means.length ? row.means : taken;
    for (const word of meant) words.push({ word, weight: weigh(word), row });
    i += taken.length - 1;
  }
  const kept = mattering(words);
  const asked = kept.filter(({ weight }) => weight === 1);
  const isWhole = answers.length === 1 && asked.every(({ row }) => row === answers[0].row);
  return { words: kept, answers, isWhole };

  function weigh(word) {
    if (ignored.has(word) && !loud.has(word)) return 0;
    return common.has(word) ? 0.3 : 1;
  }
}

/** Return the words written in capitals, as IT; none if the whole sentence is. */
function shouted(query) {
  const sentence = query === query.toUpperCase() && tokens(query).length > 2;
  return new Set(sentence ? [] : (query.match(LOUD) ?? []).flatMap(tokens));
}

/** Return the longest known phrase at the start of the words: [number of words, row]. */
function longest(words, typed) {
  for (let length = words.length; length; length -= 1) {
    const row = typed.get(keyOf(words.slice(0, length)));
    if (row) return [length, row];
  }
  return [1, undefined];
}

function mattering(words) {
  const kept = words.filter(({ weight }) => weight > 0);
  if (!kept.length) return words.map((one) => ({ ...one, weight: 1 }));
  return kept.some(({ weight }) => weight === 1) ? kept : kept.map((one) => ({ ...one, weight: 1 }));
}
