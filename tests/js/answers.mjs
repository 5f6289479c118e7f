// Prints the first result of each query: node answers.mjs <site folder> <queries as JSON>. Run by tests/shipped/test_search.py.

import { readFile } from "node:fs/promises";
import { pathToFileURL } from "node:url";

import { Index } from "../../overrides/assets/js/search/index.js";

const [, , folder, queries] = process.argv;
const root = pathToFileURL(`${folder}/`);
const index = await Index.load(new URL("search/", root), async (url) => JSON.parse(await readFile(url, "utf-8")));
const firsts = [];
for (const query of JSON.parse(queries)) {
  const { groups } = await index.find(query, 1);
  firsts.push(groups[0]?.results[0].url.slice(root.pathname.length) ?? "");
}
process.stdout.write(JSON.stringify(firsts));
