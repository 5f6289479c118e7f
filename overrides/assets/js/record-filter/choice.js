// Which items match the current filters, how many each other value would match, and the filters as an address.
// A choice is {chosen: Map(facet -> Set(value)), words: text, sort: text}; an item {values: Map(facet -> [value]), text}.
// This module does not touch the page, so tests run it as is.

import { singular, tokens } from "../fold.js";

/** The facet that represents the search words when counting what dropping a filter would show. */
export const WORDS = "q";
const SORT = "sort";

/** Return a text's words in the form in which they are compared. */
export function plain(text) {
  return tokens(text).join(" ");
}

/**
 * Apply a choice: any value within a facet, all facets together, every word.
 * Returns {shown: Set(item), counts: Map(facet -> Map(value -> number)), without: Map(facet -> number)}:
 * a facet's counts reflect the choice in all other facets; `without` is how many are left if a facet is dropped.
 */
export function apply(items, { chosen, words }) {
  const wanted = tokens(words).map(singular);
  const active = [...chosen].filter(([, values]) => values.size);
  const shown = new Set();
  const counts = new Map();
  const without = new Map(active.map(([facet]) => [facet, 0]));
  if (wanted.length) without.set(WORDS, 0);
  for (const item of items) {
    const failed = failures(item, active, wanted);
    if (failed.length > 1) continue;
    if (!failed.length) shown.add(item);
    for (const facet of without.keys()) if (!failed.length || failed[0] === facet) add(without, facet);
    for (const [facet, values] of item.values) {
      if (failed.length && failed[0] !== facet) continue;
      if (!counts.has(facet)) counts.set(facet, new Map());
      for (const value of values) add(counts.get(facet), value);
    }
  }
  return { shown, counts, without };
}

/** Return the facets an item does not match, two at most, because more make no difference. */
function failures(item, active, wanted) {
  const failed = [];
  for (const [facet, values] of active) {
    if (!item.values.get(facet)?.some((value) => values.has(value))) failed.push(facet);
    if (failed.length > 1) return failed;
  }
  if (wanted.length && !wanted.every((word) => item.text.includes(word))) failed.push(WORDS);
  return failed;
}

function add(counts, key) {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

/** Read a choice from an address's query; values no facet has are dropped. */
export function read(query, known) {
  const parameters = new URLSearchParams(query);
  const chosen = new Map();
  for (const [facet, values] of known) {
    chosen.set(facet, new Set(parameters.getAll(facet).filter((value) => values.has(value))));
  }
  return { chosen, words: parameters.get(WORDS) ?? "", sort: parameters.get(SORT) ?? "" };
}

/** Write a choice to an address's query, leaving other parameters alone. */
export function write(query, { chosen, words, sort }) {
  const parameters = new URLSearchParams(query);
  for (const name of [...chosen.keys(), WORDS, SORT]) parameters.delete(name);
  for (const [facet, values] of chosen) for (const value of values) parameters.append(facet, value);
  if (words) parameters.set(WORDS, words);
  if (sort) parameters.set(SORT, sort);
  return parameters.toString();
}

/** Compare items for sorting by a text; items without it come last. */
export function byText(of) {
  return (a, b) => {
    const [first, second] = [of(a), of(b)];
    if (!first || !second) return Boolean(second) - Boolean(first);
    return first < second ? -1 : Number(first > second);
  };
}
