// Days: which one it is in the region, how far two are apart, what has ended; also when the clocks change.

import assert from "node:assert/strict";
import { test } from "node:test";

import { dayIn, daysBetween, hasEnded, written } from "../../overrides/assets/js/day.js";

const ZONE = "America/Los_Angeles";

test("a day ends at midnight in the region, whatever the visitor's clock says", () => {
  assert.equal(dayIn(ZONE, new Date("2027-03-13T07:59:59Z")), "2027-03-12");
  assert.equal(dayIn(ZONE, new Date("2027-03-13T08:00:00Z")), "2027-03-13");
  assert.equal(dayIn("Asia/Tokyo", new Date("2027-03-13T07:59:59Z")), "2027-03-13");
});

test("on the day on which clocks go forward the day ends an hour earlier in UTC", () => {
  assert.equal(dayIn(ZONE, new Date("2027-03-15T06:59:59Z")), "2027-03-14");
  assert.equal(dayIn(ZONE, new Date("2027-03-15T07:00:00Z")), "2027-03-15");
});

test("on the day on which clocks go back the day ends an hour later in UTC", () => {
  assert.equal(dayIn(ZONE, new Date("2027-11-08T07:59:59Z")), "2027-11-07");
  assert.equal(dayIn(ZONE, new Date("2027-11-08T08:00:00Z")), "2027-11-08");
});

test("days are counted by the calendar, also over a change of clocks and a leap day", () => {
  assert.equal(daysBetween("2027-03-13", "2027-03-15"), 2);
  assert.equal(daysBetween("2027-11-06", "2027-11-08"), 2);
  assert.equal(daysBetween("2028-02-28", "2028-03-01"), 2);
  assert.equal(daysBetween("2027-03-15", "2027-03-13"), -2);
});

test("something lasts through its last day, and for ever without one", () => {
  assert.equal(hasEnded("2027-03-12", "2027-03-12"), false);
  assert.equal(hasEnded("2027-03-12", "2027-03-13"), true);
  assert.equal(hasEnded(undefined, "2027-03-13"), false);
  assert.equal(hasEnded("", "2027-03-13"), false);
});

test("a day is written as the language does, and is the same day in every time zone", () => {
  assert.equal(written("2027-03-14", "en"), "March 14, 2027");
  assert.equal(written("2027-03-14", "es"), "14 de marzo de 2027");
});
