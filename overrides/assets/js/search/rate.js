// How well a page answers the words of a query: by its best name, and by its text for the words that this name lacks.

/** The likeness of words that are the same. */
export const SURE = 0.9;
const TEXT = 0.25; // a word in the text of a page instead of its name
const OTHER = 0.9; // another name instead of the name
const ALL = 3; // a name whose words were all typed
const EXACT = 12; // a name that is all that was typed
const START = 5; // a name that starts with what was typed

/**
 * Rate a page: {score, matched, isNamed, isExact}. `asked` are the words: [{weight, rarity, terms: Map(term -> quality)}];
 * `inText` has the quality of those in the page's text; `isOptional` says which terms a name may have in addition.
 */
export function rate(names, inText, asked, isOptional) {
  const rated = names.map((name, i) => rateName(name, asked, isOptional, i ? OTHER : 1));
  const best = rated.reduce((one, other) => (other.score > one.score ? other : one));
  let { score } = best;
  let matched = 0;
  asked.forEach(({ weight, rarity }, i) => {
    if (!best.hits[i]) score += TEXT * weight * rarity * (inText.get(i) ?? 0);
    if (weight === 1 && (best.hits[i] || inText.has(i))) matched += 1;
  });
  return { score, matched, isNamed: rated.some(({ isWhole }) => isWhole), isExact: rated.some(({ isExact }) => isExact) };
}

function rateName(name, asked, isOptional, worth) {
  const hits = asked.map(({ terms }) => name.reduce((most, term) => Math.max(most, terms.get(term) ?? 0), 0));
  const sum = hits.reduce((total, hit, i) => total + hit * asked[i].weight * asked[i].rarity, 0);
  if (!sum) return { score: 0, hits, isWhole: false, isExact: false };
  const wanted = name.filter((term) => !isOptional[term]);
  const words = wanted.length ? wanted : name;
  const isTyped = (term) => asked.some(({ terms }) => (terms.get(term) ?? 0) >= SURE);
  const hasAll = hits.every((hit, i) => hit >= SURE || asked[i].weight < 1);
  const isWhole = words.every(isTyped);
  const share = words.filter((term) => asked.some(({ terms }) => terms.has(term))).length / words.length;
  const more = isWhole && hasAll ? EXACT : hasAll && isTyped(words[0]) ? START : 0;
  return { score: worth * (sum * (0.6 + 0.4 * share) + (isWhole ? ALL : 0) + more), hits, isWhole, isExact: isWhole && hasAll };
}
