// Days as ISO strings ("2027-03-14"), which sort correctly as text, and the current day in the region. This module does
// not touch the page, so tests run it as is.

const DAY = 24 * 60 * 60 * 1000;

/**
 * Return the day in a time zone, because the visitor's clock may be in a different one; without a zone, the visitor's.
 */
export function dayIn(zone, now = new Date()) {
  const parts = new Intl.DateTimeFormat("en-US", {
    timeZone: zone || undefined, calendar: "gregory", numberingSystem: "latn",
    year: "numeric", month: "2-digit", day: "2-digit",
  }).formatToParts(now);
  const of = Object.fromEntries(parts.map(({ type, value }) => [type, value]));
  return `${of.year}-${of.month}-${of.day}`;
}

/** Return today's date in the region, whose time zone the page names. */
export function today() {
  return dayIn(document.querySelector("[data-timezone]")?.dataset.timezone);
}

/** Count the days from one day to another, regardless of daylight saving time. */
export function daysBetween(from, to) {
  return Math.round((Date.parse(`${to}T00:00Z`) - Date.parse(`${from}T00:00Z`)) / DAY);
}

/** Whether something open through a day (inclusive) has ended; without a day it never ends. */
export function hasEnded(until, day) {
  return Boolean(until) && until < day;
}

/** Format a day the way a language writes it: "March 14, 2027". */
export function written(day, language) {
  return new Intl.DateTimeFormat(language, { timeZone: "UTC", dateStyle: "long" }).format(Date.parse(`${day}T00:00Z`));
}
