// The choice in <record-filter>: the results, the counts of other values, and the address.

import assert from "node:assert/strict";
import { test } from "node:test";

import { apply, byText, plain, read, write } from "../../overrides/assets/js/record-filter/choice.js";

const item = (id, area, grade, text = id) => ({ id, text: plain(text), values: new Map([["area", area], ["grade", grade]]) });
const ITEMS = [
  item("tour", ["north", "central"], ["9", "10"], "Tour of the Bahía clinic"),
  item("talk", ["north"], ["11"], "A talk"),
  item("shadow", ["south"], ["10", "11"], "Job shadow at the clinic"),
];
const choice = (chosen = {}, words = "") => ({ chosen: new Map(Object.entries(chosen).map(([f, v]) => [f, new Set(v)])), words, sort: "" });
const ids = ({ shown }) => [...shown].map(({ id }) => id);

test("without a choice everything is shown and counted", () => {
  const found = apply(ITEMS, choice());
  assert.deepEqual(ids(found), ["tour", "talk", "shadow"]);
  assert.deepEqual([...found.counts.get("area")], [["north", 2], ["central", 1], ["south", 1]]);
});

test("values of a facet add up, facets narrow each other", () => {
  assert.deepEqual(ids(apply(ITEMS, choice({ area: ["north", "south"] }))), ["tour", "talk", "shadow"]);
  assert.deepEqual(ids(apply(ITEMS, choice({ area: ["north", "south"], grade: ["10"] }))), ["tour", "shadow"]);
  assert.deepEqual(ids(apply(ITEMS, choice({ area: [], grade: ["11"] }))), ["talk", "shadow"]);
});

test("the counts of a facet depend on the choice in the others, not its own", () => {
  const { counts } = apply(ITEMS, choice({ grade: ["10"] }));
  assert.deepEqual([...counts.get("area")], [["north", 1], ["central", 1], ["south", 1]]);
  assert.deepEqual([...counts.get("grade")], [["9", 1], ["10", 2], ["11", 2]]);
});

test("every word must match, in any order, ignoring accents and case", () => {
  assert.deepEqual(ids(apply(ITEMS, choice({}, "CLINIC  bahia"))), ["tour"]);
  assert.deepEqual(ids(apply(ITEMS, choice({}, "clinic zebra"))), []);
  const deputy = [item("deputy", ["north"], ["9"], "Sheriff’s deputy, by O*NET")];
  for (const words of ["sheriff's", "sheriffs", "sheriff", "onet", "deputies"]) {
    assert.deepEqual(ids(apply(deputy, choice({}, words))), ["deputy"], words);
  }
});

test("with no results, the number for dropping each part of the choice is known", () => {
  const { shown, without } = apply(ITEMS, choice({ area: ["south"], grade: ["9"] }));
  assert.equal(shown.size, 0);
  assert.deepEqual([...without], [["area", 1], ["grade", 1]]);
  assert.deepEqual([...apply(ITEMS, choice({ area: ["south"] }, "tour")).without], [["area", 1], ["q", 1]]);
});

test("an item without a facet matches no choice in it", () => {
  assert.deepEqual(ids(apply([{ id: "x", text: "", values: new Map() }], choice({ area: ["north"] }))), []);
});

test("the address has the choice, keeps other parameters, and drops unknown values", () => {
  const known = new Map([["area", new Set(["north", "south"])], ["grade", new Set(["10"])]]);
  const query = write("?tab=2&area=old", { ...choice({ area: ["north", "south"], grade: ["10"] }, "two words"), sort: "name" });
  assert.equal(query, "tab=2&area=north&area=south&grade=10&q=two+words&sort=name");
  const again = read(`?${query}&area=nowhere&grade=<b>`, known);
  assert.deepEqual([...again.chosen.get("area")], ["north", "south"]);
  assert.deepEqual([...again.chosen.get("grade")], ["10"]);
  assert.deepEqual([again.words, again.sort], ["two words", "name"]);
  assert.equal(write(`?${query}`, choice({ area: [], grade: [] })), "tab=2");
});

test("sorting puts items without a day last", () => {
  const days = ["2027-03-01", undefined, "2026-12-01", undefined];
  assert.deepEqual(days.map((day) => ({ day })).sort(byText(({ day }) => day)).map(({ day }) => day),
    ["2026-12-01", "2027-03-01", undefined, undefined]);
});

test("a thousand items with eight facets are filtered in one pass for any choice", () => {
  const facets = ["a", "b", "c", "d", "e", "f", "g", "h"];
  const many = Array.from({ length: 1000 }, (_, n) => ({ text: "", values: new Map(facets.map((f, i) => [f, [String(n % (i + 2))]])) }));
  const { shown, counts } = apply(many, { chosen: new Map(facets.map((f) => [f, new Set(["0"])])), words: "" });
  assert.equal(shown.size, 1); // the least common multiple of 2 to 9 is 2520
  assert.equal(counts.get("h").get("0"), 1);
});
