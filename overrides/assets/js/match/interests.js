// From answers to a ranking: how an occupation's interests go with a person's. The answers are a text with a
// digit for each statement (2 yes, 1 maybe, 0 no) and - where nothing is said yet; it stands in the address.
// No page is touched here; the tests run this module as it is.

export const OPEN = "-";
const ANSWERS = /^[012-]*$/;

/** Read answers from an address: always one sign for each statement, whatever somebody typed there. */
export function answersFrom(text, number) {
  const given = text ?? "";
  const sound = ANSWERS.test(given) && given.length === number ? given : "";
  return sound.padEnd(number, OPEN);
}

/** Give the answers with one changed. */
export function answered(answers, index, value) {
  return answers.slice(0, index) + value + answers.slice(index + 1);
}

/** Give the index of the next open statement after one, going round; null where all are answered. */
export function following(answers, index) {
  const next = answers.indexOf(OPEN, index + 1);
  const found = next < 0 ? answers.indexOf(OPEN) : next;
  return found < 0 ? null : found;
}

/** Give how much a person likes each interest type, from 0 to 1; null where none of its statements is answered. */
export function profileOf(answers, types, kinds) {
  return kinds.map((kind) => {
    const said = types.flatMap((type, i) => (type === kind && answers[i] !== OPEN ? [Number(answers[i])] : []));
    return said.length ? said.reduce((sum, one) => sum + one, 0) / (2 * said.length) : null;
  });
}

/** Tell whether a profile has ups and downs: without them nothing can be ranked. */
export function hasShape(profile) {
  return profile.every((one) => one !== null) && new Set(profile).size > 1;
}

/**
 * Give how alike the shapes of two profiles are, from -1 to 1: Pearson's correlation. It compares
 * ups and downs, and does not care how high somebody's answers are in all.
 */
export function likeness(profile, scores) {
  const [a, b] = [deviations(profile), deviations(scores)];
  const size = Math.sqrt(product(a, a) * product(b, b));
  return size ? product(a, b) / size : 0;
}

/** Give the indexes of the types (at most two) for which both run above their own mean, strongest together first. */
export function reasons(profile, scores) {
  const [a, b] = [deviations(profile), deviations(scores)];
  const together = a.map((one, i) => (one > 0 && b[i] > 0 ? one * b[i] : 0));
  return together.map((value, i) => [value, i]).filter(([value]) => value).sort((x, y) => y[0] - x[0]).slice(0, 2).map(([, i]) => i);
}

function deviations(values) {
  const mean = values.reduce((sum, one) => sum + one, 0) / values.length;
  return values.map((one) => one - mean);
}

function product(a, b) {
  return a.reduce((sum, one, i) => sum + one * b[i], 0);
}
