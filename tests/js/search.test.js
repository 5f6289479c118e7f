// Search: words of texts, and which pages answer a query.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";

import { tokens } from "../../overrides/assets/js/fold.js";
import { Index } from "../../overrides/assets/js/search/index.js";

const HOME = new URL("https://careers.example/search/");
const NAMES = [
  ["occupations/nurses/", "registered nurse|nurse|rn"],
  ["occupations/school-nurses/", "school nurse"],
  ["occupations/electricians/", "electrician"],
  ["occupations/helpers/", "electricians helper"],
  ["occupations/radiology/", "radiologic technologist|x ray technician"],
  ["occupations/artists/", "fine artist|artist|art teacher"],
  ["occupations/artillery/", "artillery officer or gunner sergeant"],
  ["activities/apprenticeship/", "apprenticeship"],
  ["employers/nurse-house/", "nurse house"],
  ["data/", "nurse data"],
  ["match/", "match your interests"],
];
const KINDS = [
  { title: "Occupations", count: 7, weight: 1.3, nearest: 1 },
  { title: "Activities", count: 1, weight: 1.1 },
  { title: "Employers", count: 1, weight: 0.8, sample: 1 },
  { title: "About", count: 1, weight: 1, internal: 1 },
  { title: "Pages", count: 1, weight: 1 },
];
const DATA = {
  words: {}, kinds: KINDS, size: 128, ignored: "a how in is it of to", common: "jobs salary", local: "san diego county",
  names: NAMES.map(([, names]) => names).join("\n"),
  terms: "medicines", postings: "0 3",
  typed: [["no college|sin universidad", "", "0?education=none"], ["enfermera", "", "0 1"], ["lineman", "electrician", ""], ["it", "", "4"]],
  match: 10, contact: "office@careers.example",
};
const ENTRIES = NAMES.map(([url, names]) => [url, names.split("|")[0], ""]);
const index = await Index.load(HOME, async (url) => (url.pathname.endsWith("index.json") ? DATA : ENTRIES));
const firsts = async (query) => (await index.find(query, 5)).groups.map(({ results }) => results[0].url);
const all = async (query) => (await index.find(query, 5)).groups.flatMap(({ results }) => results.map(({ url }) => url));

test("words are those of the table that generator/search/fold.py follows, too", async () => {
  const table = JSON.parse(await readFile(new URL("../fold.json", import.meta.url), "utf-8"));
  assert.deepEqual(table.map(([text]) => tokens(text)), table.map(([, words]) => words));
});

test("an exact name comes first, then names with the word; samples and internal pages come last or not at all", async () => {
  assert.deepEqual(await all("nurse"), ["/occupations/nurses/", "/occupations/school-nurses/", "/employers/nurse-house/"]);
  assert.deepEqual(await firsts("nurse data"), ["/data/", "/occupations/nurses/"]);
});

test("whole words come before parts of words", async () => {
  assert.deepEqual(await all("art"), ["/occupations/artists/", "/occupations/artillery/"]);
});

test("words that say nothing are ignored, and common ones need not match", async () => {
  assert.equal((await firsts("how to nurse jobs salary"))[0], "/occupations/nurses/");
});

test("two words that each name a page find both", async () => {
  assert.deepEqual(await firsts("electrician apprenticeship"), ["/occupations/electricians/", "/activities/apprenticeship/"]);
});

test("joined and split spellings find each other", async () => {
  assert.deepEqual(await firsts("xray"), ["/occupations/radiology/"]);
  assert.deepEqual(await firsts("x-ray"), ["/occupations/radiology/"]);
  assert.deepEqual(await firsts("electri cian"), ["/occupations/electricians/"]);
});

test("the county's list answers in its order, adds the query of an address, and can stand for other words", async () => {
  assert.deepEqual(await all("Enfermeras"), ["/occupations/nurses/", "/occupations/school-nurses/"]);
  assert.equal((await all("lineman"))[0], "/occupations/electricians/");
  const { groups } = await index.find("jobs, no-college", 5);
  assert.deepEqual(groups[0].results[0], { url: "/occupations/nurses/?education=none", name: "registered nurse: no college", line: "" });
});

test("a name with two parts is found by either of them", async () => {
  const exact = index.score("gunner sergeant").scores.get(6);
  assert.ok(exact > index.score("gunner").scores.get(6) + 5);
});

test("IT in capitals is a word", async () => {
  assert.deepEqual(await firsts("IT jobs"), ["/occupations/radiology/"]);
  assert.equal((await firsts("is it a nurse"))[0], "/occupations/nurses/");
});

test("a misspelled word is corrected", async () => {
  const { corrected, groups } = await index.find("electritian", 5);
  assert.deepEqual(corrected, ["electrician"]);
  assert.equal(groups[0].results[0].url, "/occupations/electricians/");
});

test("without results, similar names and the page that helps are offered", async () => {
  assert.equal((await index.find("elephantrician", 5)).count, 0);
  const { nearest, match } = await index.instead("elephantrician");
  assert.equal(nearest[0].url, "/occupations/electricians/");
  assert.equal(match.url, "/match/");
  assert.deepEqual((await index.instead("qqxzzkjw")).nearest, []);
});
