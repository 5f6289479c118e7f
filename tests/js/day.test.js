// Days: the current one in the region, counting between two, and what has ended, even across clock changes.

import assert from "node:assert/strict";
import { test } from "node:test";

import { dayIn, daysBetween, hasEnded, written } from "../../overrides/assets/js/day.js";

const ZONE = "America/Los_Angeles";

test("a day ends at midnight in the region, regardless of the visitor's clock", () => {
  assert.equal(dayIn(ZONE, new Date("2027-03-13T07:59:59Z")), "2027-03-12");
  assert.equal(dayIn(ZONE, new Date("2027-03-13T08:00:00Z")), "2027-03-13");
  assert.equal(dayIn("Asia/Tokyo", new Date("2027-03-13T07:59:59Z")), "2027-03-13");
});

test("the day ends an hour earlier in UTC once clocks go forward", () => {
  assert.equal(dayIn(ZONE, new Date("2027-03-15T06:59:59Z")), "2027-03-14");
  assert.equal(dayIn(ZONE, new Date("2027-03-15T07:00:00Z")), "2027-03-15");
});

test("the day ends an hour later in UTC once clocks go back", () => {
  assert.equal(dayIn(ZONE, new Date("2027-11-08T07:59:59Z")), "2027-11-07");
  assert.equal(dayIn(ZONE, new Date("2027-11-08T08:00:00Z")), "2027-11-08");
});

test("days are counted by the calendar, even across a clock change and a leap day", () => {
  assert.equal(daysBetween("2027-03-13", "2027-03-15"), 2);
  assert.equal(daysBetween("2027-11-06", "2027-11-08"), 2);
  assert.equal(daysBetween("2028-02-28", "2028-03-01"), 2);
  assert.equal(daysBetween("2027-03-15", "2027-03-13"), -2);
});

test("something lasts through its last day, and forever without one", () => {
  assert.equal(hasEnded("2027-03-12", "2027-03-12"), false);
  assert.equal(hasEnded("2027-03-12", "2027-03-13"), true);
  assert.equal(hasEnded(undefined, "2027-03-13"), false);
  assert.equal(hasEnded("", "2027-03-13"), false);
});

test("a day is formatted for the language and is the same in every time zone", () => {
  assert.equal(written("2027-03-14", "en"), "March 14, 2027");
  assert.equal(written("2027-03-14", "es"), "14 de marzo de 2027");
});
