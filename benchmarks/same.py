"""Check that the generators wrote the same pages: as many, with the same words and the same links.

python benchmarks/same.py DIR compares the builds in DIR/ours, DIR/hugo-md, … with DIR/floor.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urljoin

SITES = {
    "floor": "floor/public",
    "ours": "ours/site",
    "hugo-md": "hugo-md/public",
    "hugo-data": "hugo-data/public",
    "eleventy": "eleventy/public",
    "pelican": "pelican/public",
    "mkdocs": "mkdocs/site",
    "zensical": "zensical/site",
}
WORD = re.compile(r"\w+")
VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
PAGE = "index.html"
#: Links are resolved as in a browser, where `../` never leads above the root.
BASE = "https://benchmark.example/"
SAMPLES = ("employers/employer-000001/", "pathways/welding/", "employers/", "skills/", "")


class Content(NamedTuple):
    """What people read in an article, and where its links lead."""

    words: tuple[str, ...]
    links: tuple[str, ...]


class _Article(HTMLParser):
    """Collects words and links of <article>, except hidden ones and links to its own headings."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self.url, self.inside, self.open = url, False, list[str]()
        self.words: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Start an article or collect a link."""
        self.inside = self.inside or tag == "article"
        if self.inside and tag not in VOID:
            self.open.append(tag)
        target = dict(attrs).get("href") or ""
        if self.inside and tag == "a" and not target.startswith("#"):
            self.links.append(urljoin(BASE + self.url, target))

    def handle_endtag(self, tag: str) -> None:
        """End the article."""
        self.inside = self.inside and tag != "article"

    def handle_data(self, data: str) -> None:
        """Collect words."""
        if self.inside and self.open[-1:] not in (["script"], ["style"]):
            self.words += WORD.findall(data)


def content(site: Path, url: str) -> Content:
    """Read one page."""
    parser = _Article(url)
    parser.feed((site / url / PAGE).read_text(encoding="utf-8"))
    return Content(tuple(parser.words), tuple(parser.links))


def differences(sites: Mapping[str, Path]) -> Iterator[str]:
    """Yield differences from the first site; nothing if all are the same."""
    names = list(sites)
    count = len(list((sites[names[0]] / "employers").glob(f"*/{PAGE}")))
    employers = [f"employers/employer-{n:06}/" for n in sorted({1, 2, count // 2, count})]
    urls = [*SAMPLES, *employers]
    wanted = {url: content(sites[names[0]], url) for url in urls}
    for name in names:
        found = pages(sites[name])
        missing = pages(sites[names[0]]) ^ found
        if missing:
            yield f"{name}: {len(found)} pages; only here or missing: {', '.join(sorted(missing)[:5])}"
            continue
        for url in urls:
            yield from _compared(name, url, wanted[url], content(sites[name], url))


def _compared(name: str, url: str, wanted: Content, got: Content) -> Iterator[str]:
    """Compare a page; each generator may order an index differently."""
    for what, one, other in (("words", wanted.words, got.words), ("links", wanted.links, got.links)):
        equal = one == other if url.count("/") > 1 else Counter(one) == Counter(other)
        if not equal:
            more, less = Counter(other) - Counter(one), Counter(one) - Counter(other)
            yield f"{name}: /{url}: other {what}: more {list(more)[:5]}, less {list(less)[:5]}"


def pages(site: Path) -> set[str]:
    """Return the addresses of a site."""
    return {path.relative_to(site).parent.as_posix() for path in site.rglob(PAGE)}


def weight(site: Path) -> int:
    """Return the mean size of an employer's page in bytes."""
    sizes = [path.stat().st_size for path in (site / "employers").glob(f"*/{PAGE}")]
    return round(sum(sizes) / len(sizes)) if sizes else 0


def built(folder: Path) -> dict[str, Path]:
    """Return the built sites in a folder made by make_data.py."""
    return {name: folder / path for name, path in SITES.items() if (folder / path / PAGE).is_file()}


def main() -> None:
    """Compare the builds in a folder."""
    parser = argparse.ArgumentParser(description="Check whether the builders wrote the same pages.")
    parser.add_argument("folder", metavar="DIR", type=Path)
    parser.add_argument("--json", action="store_true", help="for run.py")
    options = parser.parse_args()
    sites = built(options.folder)
    if not sites:
        raise SystemExit(f"{options.folder}: nothing is built there")
    found = list(differences(sites))
    figures = {}
    for name, site in sites.items():
        one = content(site, SAMPLES[0])
        figures[name] = {
            "pages": len(pages(site)),
            "bytes": weight(site),
            "words": len(one.words),
            "links": len(one.links),
            "same": not any(line.startswith(f"{name}: ") for line in found),
        }
    if options.json:
        print(json.dumps({"sites": figures, "differences": found}))
        return
    for name, figure in figures.items():
        print(f"{name:10} {figure}")
    print("\n".join(found) or "the same pages, words and links")
    raise SystemExit(1 if found else 0)


if __name__ == "__main__":
    main()
