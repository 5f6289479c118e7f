// Which items a choice leaves, how many each further value would, and the choice as an address.
// A choice is {chosen: Map(facet -> Set(value)), words: text, sort: text}; an item {values: Map(facet -> [value]), text}.
// No page is touched here; the tests run this module as it is.

/** The facet that stands for the words where one asks what leaving something out would bring. */
export const WORDS = "q";
const SORT = "sort";

/** Cut a text to small letters without accents. */
export function plain(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}

/**
 * Apply a choice: any value within a facet, all facets together, every word.
 * Gives {shown: Set(item), counts: Map(facet -> Map(value -> number)), without: Map(facet -> number)}:
 * the counts of a facet follow the choice in all others; `without` is what is left when a facet is given up.
 */
export function apply(items, { chosen, words }) {
  const wanted = plain(words).split(/\s+/).filter(Boolean);
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

/** Give the facets of the choice that an item does not meet, two at most: more make no difference. */
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

/** Read a choice from the query of an address; values that no facet has are dropped. */
export function read(query, known) {
  const parameters = new URLSearchParams(query);
  const chosen = new Map();
  for (const [facet, values] of known) {
    chosen.set(facet, new Set(parameters.getAll(facet).filter((value) => values.has(value))));
  }
  return { chosen, words: parameters.get(WORDS) ?? "", sort: parameters.get(SORT) ?? "" };
}

/** Write a choice into the query of an address; what belongs to others stays. */
export function write(query, { chosen, words, sort }) {
  const parameters = new URLSearchParams(query);
  for (const name of [...chosen.keys(), WORDS, SORT]) parameters.delete(name);
  for (const [facet, values] of chosen) for (const value of values) parameters.append(facet, value);
  if (words) parameters.set(WORDS, words);
  if (sort) parameters.set(SORT, sort);
  return parameters.toString();
}

/** Compare items for sorting: by a text of theirs, those without one last. */
export function byText(of) {
  return (a, b) => {
    const [first, second] = [of(a), of(b)];
    if (!first || !second) return Boolean(second) - Boolean(first);
    return first < second ? -1 : Number(first > second);
  };
}
