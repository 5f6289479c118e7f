// What a teacher may want to know before asking: where the class and an offer don't match. Advice, never a refusal.
// This module does not touch the page, so tests run it as is.

import { daysBetween } from "../day.js";

const NAMES = /^\s*(?:[-*•\d.)]+\s*)?(?:\p{Lu}[\p{L}'’-]+\s*,?\s+){1,3}\p{Lu}[\p{L}'’.-]*\s*[.;,]?\s*$/u;
const FEW = 3; // this many names in a row look like a list of people
const COMMA = /[\n;,]| and | y /;

/**
 * Compare an offer (as in /request/offers.json) with a class's needs on a given day.
 * Returns [{word, values}]: the name of each message and the values to fill in.
 */
export function advice(offer, needs, day) {
  return [...ofSize(offer, Number(needs.group_size)), ...ofGrades(offer, needs.grades ?? []), ...ofArea(offer, needs.area), ...ofDates(offer, needs.dates ?? [], day)];
}

function ofSize({ group_size_min: least, group_size_max: most }, size) {
  if (size && most && size > most) return [{ word: "too_many", values: { n: most } }];
  if (size && least && size < least) return [{ word: "too_few", values: { n: least } }];
  return [];
}

function ofGrades({ grades }, wanted) {
  const missing = wanted.filter((grade) => !grades.includes(Number(grade)));
  return missing.length ? [{ word: "grade", values: { grades: missing.join(", "), served: grades.join(", ") } }] : [];
}

function ofArea({ areas_served: served }, area) {
  return area && served.length && !served.includes(area) ? [{ word: "area", values: {} }] : [];
}

function ofDates(offer, dates, day) {
  return dates.filter(Boolean).flatMap((date) => {
    if (date < day) return [{ word: "past", values: { date } }];
    const found = [];
    if (daysBetween(day, date) < offer.lead_time_days) found.push({ word: "soon", values: { date, n: offer.lead_time_days } });
    if (!isOpen(offer, date)) found.push({ word: "season", values: { date } });
    return found;
  });
}

/** Whether an offer is available on a day: within its date ranges, or else its months, or else always. */
function isOpen({ windows, months }, date) {
  if (windows.length) return windows.some(([from, to]) => from <= date && date <= to);
  return !months.length || months.includes(Number(date.slice(5, 7)));
}

/** Whether a text looks like a list of people: several parts in a row of two or three capitalized words. */
export function looksLikeNames(text) {
  let run = 0;
  for (const part of text.split(COMMA)) {
    run = NAMES.test(part) ? run + 1 : 0;
    if (run >= FEW) return true;
  }
  return false;
}
