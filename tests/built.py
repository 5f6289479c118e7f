"""Read the built site as a visitor's browser does: pages with their links, IDs and words."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cached_property
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urldefrag, urljoin, urlsplit
from xml.etree import ElementTree as ET

from lxml import html
from lxml.html import HtmlElement

PARSER_ENCODING = "utf-8"
CSS_ADDRESS = re.compile(r"url\(\s*['\"]?([^'\")]+)['\"]?\s*\)|@import\s+['\"]([^'\"]+)['\"]")
NOT_PAGES = {"404.html"}
#: Elements whose text nobody reads.
UNREAD = {"script", "style", "template", "noscript"}


class Link(NamedTuple):
    """An address on a page: the page, the address as written, and as resolved against the page's own."""

    page: str
    written: str
    resolved: str


class Found(NamedTuple):
    """What search knows about a page: what it shows, and the words that find the page."""

    name: str
    line: str
    kind: str
    words: set[str]


class Built:
    """A built site; `base` is its future address on the web."""

    def __init__(self, folder: Path, base: str) -> None:
        """Remember the folder; files are read on demand."""
        self.folder, self.base = folder, base.rstrip("/") + "/"

    @cached_property
    def html(self) -> dict[str, HtmlElement]:
        """Return every HTML file by its address below the root: '' for the home page, 'a/b/', '404.html'."""
        return {self._address(path): parse(path.read_bytes()) for path in sorted(self.folder.rglob("*.html"))}

    @cached_property
    def redirects(self) -> dict[str, str]:
        """Return a mapping from each former address to the one its page redirects to."""
        found = {}
        for address, tree in self.html.items():
            for meta in tree.xpath("//meta[@http-equiv='refresh']"):
                found[address] = urljoin(self.base + address, meta.get("content").partition("url=")[2])
        return found

    @cached_property
    def pages(self) -> dict[str, HtmlElement]:
        """Return the actual pages, without redirects and the error page."""
        return {a: t for a, t in self.html.items() if a not in self.redirects and a not in NOT_PAGES}

    @cached_property
    def ids(self) -> dict[str, set[str]]:
        """Return the anchors of every HTML file."""
        return {address: set(tree.xpath("//@id")) for address, tree in self.html.items()}

    @cached_property
    def search(self) -> dict[str, Found]:
        """Return what search knows about each page, by address, from the index files of every language."""
        found: dict[str, Found] = {}
        for path in sorted(self.folder.rglob("search/index.json")):
            found |= dict(self._found(path, path.parent.parent.relative_to(self.folder).as_posix()))
        return found

    def _found(self, path: Path, language: str) -> Iterator[tuple[str, Found]]:
        index = json.loads(path.read_text(encoding="utf-8"))
        words = {number: set(one.replace("|", " ").split()) for number, one in enumerate(index["names"].split("\n"))}
        for term, posting in zip(index["terms"].split(" "), index["postings"].split("\n"), strict=True):
            for places in filter(None, posting.split(",")):
                for number in accumulate(int(step, 36) for step in places.split(" ")):
                    words.setdefault(number, set()).add(term)
        kinds = [kind["title"] for kind in index["kinds"] for _ in range(kind["count"])]
        for number, kind in enumerate(kinds):
            shown = path.with_name(f"{number // index['size']}.json").read_text(encoding="utf-8")
            url, name, line = json.loads(shown)[number % index["size"]]
            yield ("" if language == "." else f"{language}/") + url, Found(name, line, kind, words[number])

    @cached_property
    def sitemap(self) -> list[str]:
        """Return the addresses in the sitemap."""
        root = ET.parse(self.folder / "sitemap.xml").getroot()  # noqa: S314 - our own file
        return [str(loc.text) for loc in root.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]

    def links(self) -> tuple[Link, ...]:
        """Return every address in every HTML file: links, images, scripts, style sheets, frames."""
        return self._links

    @cached_property
    def _links(self) -> tuple[Link, ...]:
        return tuple(
            Link(page, written, urljoin(self.base + page, written))
            for page, tree in self.html.items()
            for _, _, written, _ in tree.iterlinks()
        )

    def css_links(self) -> Iterator[Link]:
        """Yield every address in our own style sheets."""
        for path in sorted((self.folder / "assets" / "css").rglob("*.css")):
            place = path.relative_to(self.folder).as_posix()
            for match in CSS_ADDRESS.finditer(path.read_text(encoding="utf-8")):
                written = match[1] or match[2]
                yield Link(place, written, urljoin(self.base + place, written))

    def is_internal(self, address: str) -> bool:
        """Whether a resolved address is on this site."""
        return address.startswith(self.base)

    def is_dead(self, address: str) -> bool:
        """Whether an internal address has no file, or its fragment no matching ID."""
        bare, fragment = urldefrag(address)
        path = unquote(urlsplit(bare).path).removeprefix(urlsplit(self.base).path)
        file = self.folder / path / "index.html" if not path or path.endswith("/") else self.folder / path
        if not file.is_file():
            return True
        return bool(fragment) and file.suffix == ".html" and unquote(fragment) not in self.ids[self._address(file)]

    def _address(self, path: Path) -> str:
        return path.relative_to(self.folder).as_posix().removesuffix("index.html")


def parse(text: bytes | str) -> HtmlElement:
    """Parse HTML that is known to be UTF-8."""
    content = text.encode() if isinstance(text, str) else text
    return html.document_fromstring(content, parser=html.HTMLParser(encoding=PARSER_ENCODING))


def words(element: HtmlElement) -> str:
    """Return the text that people read, with white space collapsed and elements separated."""
    texts = (t for t in element.xpath(".//text()") if t.getparent().tag not in UNREAD)
    return " ".join(" ".join(texts).split())


def content_of(tree: HtmlElement) -> HtmlElement:
    """Return a page's article."""
    (article,) = tree.xpath("//article")
    return article
