// Interest matching: reading answers, computing a profile, comparing shapes.

import assert from "node:assert/strict";
import test from "node:test";

import { answered, answersFrom, following, hasShape, likeness, profileOf, reasons } from "../../overrides/assets/js/match/interests.js";

const KINDS = ["r", "i", "a"];
const TYPES = ["r", "i", "a", "r", "i", "a"];

test("answers from an address always have one character per statement", () => {
  assert.equal(answersFrom("2-1", 3), "2-1");
  assert.equal(answersFrom(null, 3), "---");
  assert.equal(answersFrom("21", 3), "---");
  assert.equal(answersFrom("2222", 3), "---");
  assert.equal(answersFrom("2<1", 3), "---");
});

test("changing one answer keeps the others", () => {
  assert.equal(answered("2-1", 1, "0"), "201");
});

test("an answer leads to the next open statement, the last one to skipped statements, and then to nothing", () => {
  assert.equal(following("2--", 0), 1);
  assert.equal(following("22-", 0), 2);
  assert.equal(following("2-1", 2), 1);
  assert.equal(following("-21", 2), 0);
  assert.equal(following("201", 0), null);
});

test("a profile is the mean of the answers, and null for unanswered types", () => {
  assert.deepEqual(profileOf("20-11-", TYPES, KINDS), [0.75, 0.25, null]);
});

test("equal or unfinished answers have no shape", () => {
  assert.equal(hasShape([0.5, 0.5, 0.5]), false);
  assert.equal(hasShape([1, null, 0]), false);
  assert.equal(hasShape([1, 0, 0]), true);
});

test("likeness is the correlation: 1 for the same shape, -1 for the opposite, 0 for a flat one", () => {
  assert.ok(Math.abs(likeness([0, 0.5, 1], [1, 4, 7]) - 1) < 1e-12);
  assert.ok(Math.abs(likeness([0, 0.5, 1], [7, 4, 1]) + 1) < 1e-12);
  assert.equal(likeness([0, 0.5, 1], [3, 3, 3]), 0);
});

test("likeness equals Pearson's formula on an uneven example", () => {
  // r = cov/(sx sy) for x = (0, 1, 0.5, 1), y = (2, 5, 3, 7), worked by hand: 2.875 / sqrt(0.6875 * 14.75)
  assert.ok(Math.abs(likeness([0, 1, 0.5, 1], [2, 5, 3, 7]) - 2.875 / Math.sqrt(0.6875 * 14.75)) < 1e-12);
});

test("reasons are types above the mean on both sides, the strongest together first", () => {
  assert.deepEqual(reasons([1, 0, 1, 0], [7, 1, 5, 2]), [0, 2]);
  assert.deepEqual(reasons([1, 0, 0, 0], [1, 7, 7, 7]), []);
});
