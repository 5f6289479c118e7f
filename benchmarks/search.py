"""Measure ways to search a site with N employers: bytes and time to the first result, build time, typos tolerated.

python benchmarks/search.py [--sizes 1000,10000] [--runs 3] [--node DIR]

`--node` is a folder in which `npm install minisearch@7.2.0 pagefind@1.6.0` was run; without it only our own ways
are measured. Every way runs in Chromium with an empty cache, against a local server; bytes are after gzip.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from playwright.sync_api import BrowserContext, Page, sync_playwright

import invent
import make_data

sys.path.insert(0, str(make_data.ROOT))
from tests.browser import chromium

#: A page without a policy, because one of the ways could not run under ours.
BLANK = "blank.html"
#: Employers searched for by a misspelled name: two letters of its first word are swapped.
ASKED = 20
OURS = """async ([root, queries]) => {
  const start = performance.now();
  const { Index } = await import(`${root}assets/js/search/index.js`);
  const index = await Index.load(`${root}search/`);
  const find = async (query) => (await index.find(query, 10)).groups
    .flatMap((one) => one.results.map(({ url }) => url));
  await find(queries[0]);
  const first = performance.now() - start;
  return { first, found: await Promise.all(queries.slice(1).map(find)) };
}"""
MINISEARCH = """async ([root, queries]) => {
  const start = performance.now();
  const { default: MiniSearch } = await import(`${root}minisearch.js`);
  const docs = await (await fetch(`${root}entries.json`)).json();
  const index = new MiniSearch({ fields: ["name", "line"], storeFields: ["url"],
    searchOptions: { boost: { name: 4 }, prefix: true, combineWith: "AND",
      fuzzy: (term) => term.length > 3 && 0.35 } });
  index.addAll(docs.map(([url, name, line], id) => ({ id, url, name, line })));
  const find = (query) => index.search(query).slice(0, 10).map(({ url }) => `/${url}`);
  find(queries[0]);
  const first = performance.now() - start;
  return { first, found: queries.slice(1).map(find) };
}"""
SCAN = """async ([root, queries]) => {
  const start = performance.now();
  const docs = await (await fetch(`${root}entries.json`)).json();
  const find = (query) => {
    const words = query.toLowerCase().split(" ");
    return docs.filter(([, name, line]) => words.every((word) => `${name} ${line}`.toLowerCase().includes(word)))
      .slice(0, 10).map(([url]) => `/${url}`);
  };
  find(queries[0]);
  const first = performance.now() - start;
  return { first, found: queries.slice(1).map(find) };
}"""
PAGEFIND = """async ([root, queries]) => {
  const start = performance.now();
  const pagefind = await import(`${root}pagefind/pagefind.js`);
  const find = async (query) => Promise.all((await pagefind.search(query)).results.slice(0, 10)
    .map(async (one) => (await one.data()).url));
  await find(queries[0]);
  const first = performance.now() - start;
  const found = [];
  for (const query of queries.slice(1)) found.push(await find(query));
  return { first, found };
}"""


class Way(NamedTuple):
    """A way to search: the code that runs a query, its prerequisites, and what the policy must allow for it."""

    name: str
    script: str
    prepare: Callable[[Path], float]
    policy: str


class Measured(NamedTuple):
    """The cost of a way: kB and ms to the first result, seconds to build, and typos tolerated out of those tried."""

    kilobytes: float
    milliseconds: float
    seconds: float
    forgiven: int


def ours(site: Path) -> float:
    """Return the time our index takes, by writing it again, since the site already contains it."""
    script = (
        "import sys, time; from datetime import date; from pathlib import Path; from generator import pipeline, search;"
        "project = pipeline.Project(Path.cwd()); site = pipeline.build_site(project, date(2026, 11, 24));"
        "renderer = pipeline.renderer(site, project);"
        "texts = {page.uri: renderer.parts(page) for page in site.pages if not page.record};"
        "start = time.perf_counter(); list(search.search_files(site, texts)); print(time.perf_counter() - start)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=site.parent, capture_output=True, text=True, check=True,
        env={**os.environ, "PYTHONPATH": str(make_data.ROOT)},
    )  # fmt: skip
    return float(done.stdout)


def entries(site: Path) -> float:
    """Write one file of short entries, equal to those our own index shows."""
    start = time.perf_counter()
    number = len(list((site / "search").glob("*.json"))) - 1
    found = [one for n in range(number) for one in json.loads((site / "search" / f"{n}.json").read_text("utf-8"))]
    (site / "entries.json").write_text(json.dumps(found, separators=(",", ":")), encoding="utf-8")
    return time.perf_counter() - start


def minisearch(node: Path, site: Path) -> float:
    """Write the entries and copy the library next to them; the browser builds its index itself."""
    shutil.copyfile(node / "node_modules" / "minisearch" / "dist" / "es" / "index.js", site / "minisearch.js")
    return entries(site)


def pagefind(node: Path, site: Path) -> float:
    """Run Pagefind on the built pages."""
    start = time.perf_counter()
    command = [str(node / "node_modules" / ".bin" / "pagefind"), "--site", str(site), "--root-selector", "article"]
    subprocess.run(command, capture_output=True, check=True)
    return time.perf_counter() - start


STRICT, WASM = "as it is", "script-src needs 'wasm-unsafe-eval'"
OWN = [
    Way("our index", OURS, ours, STRICT),
    Way("short entries in one file, looked through", SCAN, entries, STRICT),
]


def peers(node: Path) -> list[Way]:
    """Return the ways that come from npm."""
    return [
        Way("MiniSearch over one file", MINISEARCH, partial(minisearch, node), STRICT),
        Way("Pagefind", PAGEFIND, partial(pagefind, node), WASM),
    ]


def misspelt(name: str) -> str:
    """Swap the second and third letter of a name's first word."""
    return name[0] + name[2] + name[1] + name[3:]


def size(file: Path) -> int:
    """Return a file's transfer size; Pagefind's output is already compressed."""
    content = file.read_bytes()
    return len(content) if file.suffix.startswith(".pf") or file.suffix == ".pagefind" else len(gzip.compress(content))


def measure(way: Way, site: Path, count: int, runs: int, start: Callable[[], Any]) -> Measured:
    """Prepare a way, run its queries in fresh browsers, and return medians."""
    seconds = way.prepare(site)
    people = list(invent.employers(count))[:: max(1, count // ASKED)][:ASKED]
    queries = [people[-1].name, *(misspelt(one.name) for one in people)]
    times, loaded, forgiven = [], 0, 0
    with chromium.served(site) as url:
        for _ in range(runs):
            with start() as context:
                page, asked = _page(context, url)
                answer = page.evaluate(way.script, [url, queries[:1]])
                times.append(answer["first"])
                loaded = sum(
                    size(site / one.removeprefix(url)) for one in set(asked) if (site / one.removeprefix(url)).is_file()
                )
                answer = page.evaluate(way.script, [url, queries])
                pairs = zip(people, answer["found"], strict=True)
                forgiven = sum(any(f"employers/{one.id}/" in str(to) for to in found) for one, found in pairs)
    return Measured(loaded / 1000, statistics.median(times), seconds, forgiven)


def _page(context: BrowserContext, url: str) -> tuple[Page, list[str]]:
    """Open a page without a policy and record the requests after it."""
    page = context.new_page()
    asked: list[str] = []
    page.goto(f"{url}{BLANK}")
    page.on("request", lambda request: asked.append(request.url))
    return page, asked


def rows(sizes: list[int], runs: int, node: Path | None) -> Iterator[str]:
    """Yield the rows of the table."""
    executable = chromium.install(os.environ)
    for count in sizes:
        with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
            project = Path(folder) / "ours"
            make_data.ours(count, project)
            begin = time.perf_counter()
            make_data.eportal("build", cwd=project)
            whole = time.perf_counter() - begin
            (project / "site" / BLANK).write_text("<!doctype html><title>Blank</title>", encoding="utf-8")
            for way in [*OWN, *(peers(node) if node else [])]:
                one = measure(way, project / "site", count, runs, lambda: chromium.started(playwright, executable))
                yield (
                    f"| {count:,} | {way.name} | {one.kilobytes:.0f} | {one.milliseconds:.0f} | {one.seconds:.2f} "
                    f"({one.seconds / whole:.2f}) | {one.forgiven} of {ASKED} | {way.policy} |"
                )


def main() -> None:
    """Parse the arguments and print the table."""
    parser = argparse.ArgumentParser(description="Measure ways to search the site of N employers.")
    parser.add_argument("--sizes", default="1000,10000")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--node", type=Path)
    options = parser.parse_args()
    print("| records | way | kB to the first result | ms | s to build (of the whole build) | slips forgiven | policy |")
    print("| ---: | --- | ---: | ---: | ---: | ---: | --- |")
    for row in rows([int(one) for one in options.sizes.split(",")], options.runs, options.node):
        print(row, flush=True)


if __name__ == "__main__":
    main()
