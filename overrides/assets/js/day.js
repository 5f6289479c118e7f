// Days as ISO texts ("2027-03-14"), which sort as they stand, and which of them is today in the region.
// No page is touched here; the tests run this module as it is.

const DAY = 24 * 60 * 60 * 1000;

/** Give the day in a time zone: a visitor's clock may be in another one. Without a zone, the visitor's own. */
export function dayIn(zone, now = new Date()) {
  const parts = new Intl.DateTimeFormat("en-US", {
    timeZone: zone || undefined, calendar: "gregory", numberingSystem: "latn",
    year: "numeric", month: "2-digit", day: "2-digit",
  }).formatToParts(now);
  const of = Object.fromEntries(parts.map(({ type, value }) => [type, value]));
  return `${of.year}-${of.month}-${of.day}`;
}

/** Give today in the region whose time zone <html data-timezone> names. */
export function today() {
  return dayIn(document.documentElement.dataset.timezone);
}

/** Count the days from one day to another; clocks that change at night do not matter. */
export function daysBetween(from, to) {
  return Math.round((Date.parse(`${to}T00:00Z`) - Date.parse(`${from}T00:00Z`)) / DAY);
}

/** Tell whether something that lasts until a day, that day included, has ended; without such a day it never does. */
export function hasEnded(until, day) {
  return Boolean(until) && until < day;
}

/** Write a day as people of a language do: "March 14, 2027". */
export function written(day, language) {
  return new Intl.DateTimeFormat(language, { timeZone: "UTC", dateStyle: "long" }).format(Date.parse(`${day}T00:00Z`));
}
