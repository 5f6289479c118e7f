// The plan and the budget: what is stored, what a file may add, and the calculation of a month.

import assert from "node:assert/strict";
import test from "node:test";

import { breakEven, monthOf } from "../../overrides/assets/js/plan/budget.js";
import { EMPTY, asFile, fromFile, has, merged, moved, sound, toggled } from "../../overrides/assets/js/plan/kept.js";

const NURSE = { page: "occupations/registered-nurses/", name: "Registered Nurses", kind: "Occupation", note: "", wage: 100 };
const CARE = { page: "pathways/patient-care/", name: "Patient Care", kind: "Pathway", note: "ask" };
const plan = () => sound({ items: [NURSE, CARE], notes: "mine", budget: { rent: 900 } });

test("a page is added once and can be removed", () => {
  const one = toggled(EMPTY, NURSE);
  assert.ok(has(one, NURSE.page));
  assert.deepEqual(toggled(one, NURSE), EMPTY);
});

test("items move by one position, and not past the ends", () => {
  assert.deepEqual(moved(plan(), 0, 1).items.map(({ page }) => page), [CARE.page, NURSE.page]);
  assert.deepEqual(moved(plan(), 0, -1), plan());
  assert.deepEqual(moved(plan(), 1, 1), plan());
});

test("a plan read from its own file is unchanged", () => {
  assert.deepEqual(fromFile(asFile(plan(), "2026-11-24")), plan());
});

test("other files are refused", () => {
  for (const text of ["", "{", "null", "[]", '{"format": "other"}', '{"items": []}']) assert.equal(fromFile(text), null, text);
});

test("a hostile file adds no address except pages of this site", () => {
  const pages = ["javascript:alert(1)//", "https://evil.example/", "../../etc/", "//evil.example/", "a/../b/", "A/", "", null, 3, {}];
  const text = JSON.stringify({ format: "career-eportal/plan/1", items: pages.map((page) => ({ page, name: "x" })) });
  assert.deepEqual(fromFile(text).items, []);
});

test("invalid values in a file are dropped, and long ones are cut", () => {
  const read = sound({ items: [{ ...NURSE, wage: "9", name: "x".repeat(999), note: 7 }, null], notes: {}, budget: { rent: -1, food: 5, "a b": 3, fun: "x" } });
  assert.equal(read.items.length, 1);
  assert.equal(read.items[0].name.length, 200);
  assert.equal(read.items[0].note, "");
  assert.ok(!("wage" in read.items[0]));
  assert.equal(read.notes, "");
  assert.deepEqual(read.budget, { food: 5 });
});

test("merging keeps the first plan and adds the rest of the second", () => {
  const other = sound({ items: [{ ...CARE, note: "other" }, { ...NURSE, page: "skills/communication/" }], notes: "theirs", budget: { rent: 1, food: 2 } });
  const both = merged(plan(), other);
  assert.deepEqual(both.items.map(({ page }) => page), [NURSE.page, CARE.page, "skills/communication/"]);
  assert.equal(both.items[1].note, "ask");
  assert.equal(both.notes, "mine\n\ntheirs");
  assert.deepEqual(both.budget, { rent: 900, food: 2 });
});

test("a month has a twelfth of the wage, its take-home share, and what remains after costs", () => {
  assert.deepEqual(monthOf({ wage: 60000, share: 80, costs: { rent: 1500, food: 500 } }), { pay: 5000, home: 4000, spent: 2000, left: 2000 });
  assert.deepEqual(monthOf({ wage: 24000, share: 75, costs: { rent: 1800 } }), { pay: 2000, home: 1500, spent: 1800, left: -300 });
});

test("without a wage or a valid share there is no month", () => {
  for (const [wage, share] of [[NaN, 80], [0, 80], [50000, NaN], [50000, 0], [50000, 101]]) assert.equal(monthOf({ wage, share, costs: {} }), null);
});

test("the break-even wage leaves exactly nothing", () => {
  const costs = { rent: 1500, food: 500 };
  const wage = breakEven({ share: 80, costs });
  assert.equal(wage, 30000);
  assert.equal(monthOf({ wage, share: 80, costs }).left, 0);
  assert.equal(breakEven({ share: 0, costs }), null);
});
