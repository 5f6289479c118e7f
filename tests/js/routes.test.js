// Ways to send a message: text, email draft, file, prefilled form, including with hostile and long texts.

import assert from "node:assert/strict";
import { test } from "node:test";

import { LONGEST_MAILTO, asJson, fileName, mailto, prefilled, textOf } from "../../overrides/assets/js/routes.js";

const MESSAGE = {
  kind: "request",
  to: "learning@clinic.example",
  subject: "A tour for a class & more?",
  opening: "Hello",
  sections: [{ title: "Class", rows: [["Grade", "10"], ["Size", 28], ["Access", ""], ["Goals", "one\ntwo"]] }, { title: "None", rows: [["Blank", ""]] }],
  closing: "Thank you",
  values: { grades: ["10"], group_size: "28", goals: "", dates: [] },
};

test("the text has only filled-in lines and sections", () => {
  assert.equal(textOf(MESSAGE), "Hello\n\nClass\nGrade: 10\nSize: 28\nGoals:\n  one\n  two\n\nThank you");
});

test("a draft has the whole message, encoded, with CRLF line breaks", () => {
  const { href, length, fits } = mailto(MESSAGE);
  assert.ok(href.startsWith("mailto:learning@clinic.example?subject=A%20tour%20for%20a%20class%20%26%20more%3F&body=Hello%0D%0A%0D%0AClass"));
  assert.equal(length, href.length);
  assert.equal(fits, true);
  const query = new URLSearchParams(href.slice(href.indexOf("?")));
  assert.equal(query.get("body").replaceAll("\r\n", "\n"), textOf(MESSAGE));
});

test("a draft of exactly the maximum length fits, one character more does not", () => {
  const empty = mailto({ ...MESSAGE, opening: "x", sections: [], closing: "" }).length - 1;
  const filled = (n) => mailto({ ...MESSAGE, opening: "x".repeat(n - empty), sections: [], closing: "" });
  assert.deepEqual([filled(LONGEST_MAILTO).length, filled(LONGEST_MAILTO).fits], [LONGEST_MAILTO, true]);
  assert.equal(filled(LONGEST_MAILTO + 1).fits, false);
});

test("accents and other symbols count by their encoded length", () => {
  const before = mailto(MESSAGE).length;
  assert.equal(mailto({ ...MESSAGE, closing: "Thank youñ" }).length, before + "%C3%B1".length);
});

test("no input can add a header or a recipient", () => {
  const { href } = mailto({ ...MESSAGE, to: "a@b.example?bcc=x@y.example,z@y.example", subject: "x&bcc=x@y.example\r\nBcc: y", opening: "&cc=z@y.example#" });
  assert.equal(href.split("?").length, 2);
  assert.deepEqual([...new URLSearchParams(href.slice(href.indexOf("?"))).keys()], ["subject", "body"]);
  assert.ok(!href.slice(0, href.indexOf("?")).includes(","));
  assert.ok(!href.includes("#"));
});

test("a lone surrogate does not break the draft", () => {
  assert.ok(mailto({ ...MESSAGE, opening: "\ud83d" }).href.includes("%EF%BF%BD"));
});

test("the file has the values for a program, the text for a person, and no blanks", () => {
  const file = JSON.parse(asJson(MESSAGE, "2027-01-11"));
  assert.deepEqual(file.values, { grades: ["10"], group_size: "28" });
  assert.equal(file.text, textOf(MESSAGE));
  assert.deepEqual([file.kind, file.made_on, file.format], ["request", "2027-01-11", "career-eportal/message/1"]);
});

test("any employer's name gives a plain file name", () => {
  assert.equal(fileName("request", "Bahía Vista / ../Clinic", "2027-01-11"), "request-bahia-vista-clinic-2027-01-11.json");
  assert.equal(fileName("join", "日本", "2027-01-11"), "join-2027-01-11.json");
});

const FIELDS = { grades: "entry.1", group_size: "entry.2", goals: "entry.3" };

test("Google's forms take a parameter for each value", () => {
  const form = { url: "https://docs.google.com/forms/d/e/x/viewform", style: "google", fields: FIELDS };
  assert.equal(prefilled(form, { grades: ["9", "10"], group_size: "28", goals: "", area: "north" }),
    "https://docs.google.com/forms/d/e/x/viewform?usp=pp_url&entry.1=9&entry.1=10&entry.2=28");
});

test("Microsoft's forms take each answer as one text, next to the form's own id", () => {
  const form = { url: "https://forms.office.com/Pages/ResponsePage.aspx?id=abc", style: "microsoft", fields: { grades: "r1", group_size: "r2" } };
  const { searchParams } = new URL(prefilled(form, { grades: ["9", "10"], group_size: "28" }));
  assert.deepEqual(Object.fromEntries(searchParams), { id: "abc", r1: "9, 10", r2: "28" });
});

test("a code host's form takes lists as one text, next to the template's name", () => {
  const form = { url: "https://github.com/county/site/issues/new?template=join.yml", style: "issue", fields: { activities: "activities" } };
  assert.equal(new URL(prefilled(form, { activities: ["A tour", "A talk"] })).searchParams.get("activities"), "A tour, A talk");
});

test("an address too long for a server opens the empty form", () => {
  const form = { url: "https://forms.county.example/f", style: "google", fields: { goals: "g" } };
  assert.equal(prefilled(form, { goals: "x".repeat(9000) }), form.url);
});
