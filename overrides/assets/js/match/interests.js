// From answers to a ranking: how well an occupation's interests match a person's. The answers are a string with one
// digit per statement (2 yes, 1 maybe, 0 no), or - if unanswered; it is kept in the address.
// This module does not touch the page, so tests run it as is.

export const OPEN = "-";
const ANSWERS = /^[012-]*$/;

/** Read answers from an address: always one character per statement, whatever was typed there. */
export function answersFrom(text, number) {
  const given = text ?? "";
  const sound = ANSWERS.test(given) && given.length === number ? given : "";
  return sound.padEnd(number, OPEN);
}

/** Return the answers with one changed. */
export function answered(answers, index, value) {
  return answers.slice(0, index) + value + answers.slice(index + 1);
}

/** Return the index of the next unanswered statement, wrapping around; null if all are answered. */
export function following(answers, index) {
  const next = answers.indexOf(OPEN, index + 1);
  const found = next < 0 ? answers.indexOf(OPEN) : next;
  return found < 0 ? null : found;
}

/** Return how much a person likes each interest type, from 0 to 1; null if none of its statements is answered. */
export function profileOf(answers, types, kinds) {
  return kinds.map((kind) => {
    const said = types.flatMap((type, i) => (type === kind && answers[i] !== OPEN ? [Number(answers[i])] : []));
    return said.length ? said.reduce((sum, one) => sum + one, 0) / (2 * said.length) : null;
  });
}

/** Whether a profile has highs and lows; without them nothing can be ranked. */
export function hasShape(profile) {
  return profile.every((one) => one !== null) && new Set(profile).size > 1;
}

/**
 * Return how similar two profiles are, from -1 to 1: Pearson's correlation. It compares highs and lows,
 * regardless of how high the answers are overall.
 */
export function likeness(profile, scores) {
  const [a, b] = [deviations(profile), deviations(scores)];
  const size = Math.sqrt(product(a, a) * product(b, b));
  return size ? product(a, b) / size : 0;
}

/** Return the indexes of up to two types where both profiles are above their own mean, strongest first. */
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
