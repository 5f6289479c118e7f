// A class request: what does not fit an offer, what looks like names, and one message per employer.

import assert from "node:assert/strict";
import { test } from "node:test";

import { advice, looksLikeNames } from "../../overrides/assets/js/request/advice.js";
import { byReceiver, requestTo } from "../../overrides/assets/js/request/message.js";

const OFFER = {
  id: "tour", name: "Tour", employer: "Clinic", activity: "Workplace tour", to: "learning@clinic.example", role: "Coordinator",
  url: "https://careers.example/offers/tour/", grades: [9, 10], group_size_min: 8, group_size_max: 28,
  areas_served: ["south-county"], lead_time_days: 21, months: [1, 2, 3], windows: [],
};
const DAY = "2027-02-20";
const said = (needs, offer = OFFER) => advice(offer, needs, DAY).map(({ word }) => word);

test("a class that fits gets no advice, and neither does an empty form", () => {
  assert.deepEqual(said({ group_size: "28", grades: ["10"], area: "south-county", dates: ["2027-03-15"] }), []);
  assert.deepEqual(said({}), []);
  assert.deepEqual(said({ group_size: "", grades: [], area: "", dates: ["", ""] }), []);
});

test("a group outside the employer's limits gets advice, one at the limits does not", () => {
  assert.deepEqual(advice(OFFER, { group_size: "29" }, DAY), [{ word: "too_many", values: { n: 28 } }]);
  assert.deepEqual(advice(OFFER, { group_size: "7" }, DAY), [{ word: "too_few", values: { n: 8 } }]);
  assert.deepEqual(said({ group_size: "8" }), []);
  assert.deepEqual(said({ group_size: "1" }, { ...OFFER, group_size_min: null }), []);
});

test("grades that are not served are named", () => {
  assert.deepEqual(advice(OFFER, { grades: ["10", "11", "12"] }, DAY), [{ word: "grade", values: { grades: "11, 12", served: "9, 10" } }]);
});

test("a school in another area gets advice", () => {
  assert.deepEqual(said({ area: "central" }), ["area"]);
});

test("a day is too soon until the lead time has passed", () => {
  assert.deepEqual(said({ dates: ["2027-03-12"] }), ["soon"]);
  assert.deepEqual(said({ dates: ["2027-03-13"] }), []);
  assert.deepEqual(said({ dates: ["2027-02-19"] }), ["past"]);
});

test("days outside the months, or outside any windows, are named", () => {
  assert.deepEqual(said({ dates: ["2027-03-31", "2027-04-01"] }), ["season"]);
  const windows = [["2027-04-05", "2027-04-09"]];
  assert.deepEqual(said({ dates: ["2027-04-05", "2027-04-09"] }, { ...OFFER, windows }), []);
  assert.deepEqual(said({ dates: ["2027-03-31", "2027-04-10"] }, { ...OFFER, windows }), ["season", "season"]);
  assert.deepEqual(said({ dates: ["2027-08-01"] }, { ...OFFER, months: [] }), []);
});

test("a list of names by lines or commas is noticed in either language", () => {
  assert.equal(looksLikeNames("Ana Pérez\nJohn Smith\nMai Nguyen"), true);
  assert.equal(looksLikeNames("1. Ana Pérez Luna\n2. John Smith\n3. O'Neil Brown"), true);
  assert.equal(looksLikeNames("Ana Pérez, John Smith and Mai Nguyen"), true);
  assert.equal(looksLikeNames("Ana Pérez, Juan Soto y Mai Nguyen"), true);
});

test("a class's needs and goals are not names", () => {
  assert.equal(looksLikeNames("They meet three people and learn what each does all day."), false);
  assert.equal(looksLikeNames("Step-free ways for one student, an interpreter for Vietnamese, food without nuts"), false);
  assert.equal(looksLikeNames("Patient Care, Public Health"), false);
  assert.equal(looksLikeNames(""), false);
});

const WORDS = { subject: "{activity} for {school}", our_school: "our school", receiver: "To: {to}", opening: "Hello.", asked: "We ask for", class: "Class", closing: "Thanks" };
const FIELDS = [
  { name: "school", label: "School", value: "Vista High", words: "Vista High" },
  { name: "pathway", label: "Pathway", value: "patient-care", words: "Patient Care" },
  { name: "grades", label: "Grades", value: ["10"], words: ["10"] },
];

test("offers with the same email address become one request, in list order", () => {
  const other = { ...OFFER, id: "talk", to: "x@y.example" };
  const groups = byReceiver([OFFER, other, { ...OFFER, id: "shadow" }]);
  assert.deepEqual([...groups].map(([to, offers]) => [to, offers.map(({ id }) => id)]),
    [["learning@clinic.example", ["tour", "shadow"]], ["x@y.example", ["talk"]]]);
});

test("a request names the offers and the class in words, and has IDs for programs", () => {
  const message = requestTo([OFFER], FIELDS, WORDS);
  assert.equal(message.subject, "Workplace tour for Vista High");
  assert.equal(message.opening, "To: Coordinator\n\nHello.");
  assert.deepEqual(message.sections[0].rows, [["Workplace tour", "Tour (https://careers.example/offers/tour/)"]]);
  assert.deepEqual(message.sections[1].rows, [["School", "Vista High"], ["Pathway", "Patient Care"], ["Grades", "10"]]);
  assert.deepEqual(message.values, { employer: "Clinic", offers: ["tour"], school: "Vista High", pathway: "patient-care", grades: ["10"] });
  assert.deepEqual(message.shown.offers, ["Tour"]);
});

test("a request without a school or a role still reads well", () => {
  const message = requestTo([{ ...OFFER, role: "" }], [], WORDS);
  assert.deepEqual([message.subject, message.opening], ["Workplace tour for our school", "To: Clinic\n\nHello."]);
});
