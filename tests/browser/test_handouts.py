"""Printed handouts fit on one sheet, are complete, are black on white, and have a QR code of their page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pypdfium2
import pytest
import zxingcpp
from playwright.sync_api import BrowserContext, Page

from generator import load
from generator.model import Catalog
from tests.built import Built
from tests.conftest import PROJECT, TODAY

SIZES = ("Letter", "A4")
PACKAGE = load.read_package(PROJECT / "data")
BASE = PACKAGE.region["site_url"]
HANDOUTS = [resource.name for resource in PACKAGE if resource.handout]
#: The pieces of text that people read on the sheet.
PIECES = "article :is(h1, h2, h3, p, li, th, td, dt, dd), .masthead__name"
SHOWN = """(pieces) => pieces.filter((e) => e.checkVisibility()).flatMap((e) => e.innerText.split("\\n"))"""
COLORS = """() => [...new Set([...document.querySelectorAll("article *")]
  .filter((e) => e.checkVisibility() && e.innerText).map((e) => getComputedStyle(e).color))]"""


class Sheet(NamedTuple):
    """A printed page: the number of sheets, their text without white space, and the content of its QR codes."""

    count: int
    text: str
    codes: list[str]


def bare(text: str) -> str:
    """Return text without white space and hyphens, because lines break elsewhere on paper and PDF drops hyphens."""
    return re.sub(r"[\s\x02\ufffe-]", "", text)


def sheet(page: Page, size: str) -> Sheet:
    """Print a page."""
    document = pypdfium2.PdfDocument(page.pdf(format=size))
    texts, codes = [], []
    for one in document:
        texts.append(bare(one.get_textpage().get_text_range()))
        picture = one.render(scale=2, grayscale=True)
        pixels = memoryview(bytes(picture.buffer)).cast("B", shape=[picture.height, picture.stride])
        codes += [code.text for code in zxingcpp.read_barcodes(pixels)]
    return Sheet(len(document), "".join(texts), codes)


def before_the_end(built: Built, address: str) -> int:
    """Count the characters of a page that its handout includes."""
    (end,) = built.pages[address].xpath("//*[@class='handout']")
    return sum(len(part.text_content()) for part in end.itersiblings(preceding=True))


@pytest.fixture(scope="module")
def addresses(built: Built, catalog: Catalog) -> dict[str, list[str]]:
    """Return the first page and the two longest pages of each dataset with handouts."""
    found = {}
    for dataset in HANDOUTS:
        own = [record.url for record in catalog[dataset] if record.url in built.pages]
        longest = sorted(own, key=lambda address: before_the_end(built, address))[-2:]
        found[dataset] = list(dict.fromkeys([*own[:1], *longest]))
    return found


@pytest.fixture
def page(browser: BrowserContext) -> Iterator[Page]:
    """Yield a new page."""
    made = browser.new_page()
    yield made
    made.close()


@pytest.mark.parametrize("dataset", HANDOUTS)
def test_handout_is_one_sheet_with_its_code(
    page: Page, site_url: str, addresses: dict[str, list[str]], dataset: str
) -> None:
    """A dataset's first and longest pages each fit on one sheet completely, with a QR code of their address."""
    for address in addresses[dataset]:
        page.goto(site_url + address)
        page.emulate_media(media="print")
        shown = page.locator(PIECES).evaluate_all(SHOWN)
        page.emulate_media(media="null")
        assert len(shown) > 10
        for size in SIZES:
            made = sheet(page, size)
            assert (address, size, made.count) == (address, size, 1)
            assert made.codes == [BASE + address]
            assert bare(BASE + address) in made.text
            assert bare(f"Last updated {TODAY.isoformat()}") in made.text
            assert [piece for piece in shown if bare(piece) not in made.text] == []


@pytest.mark.parametrize("dataset", HANDOUTS)
def test_handout_is_black_on_white(page: Page, site_url: str, addresses: dict[str, list[str]], dataset: str) -> None:
    """Text is black even if the screen is dark, and menus, buttons and the rest of the page are not printed."""
    for address in addresses[dataset][:1]:
        page.emulate_media(media="print", color_scheme="dark")
        page.goto(site_url + address)
        assert page.evaluate(COLORS) == ["rgb(0, 0, 0)"]
        for hidden in (".menu", ".crumbs", ".foot", ".mend", ".colophon a", ".toc"):
            assert not any(one.is_visible() for one in page.locator(hidden).all()), hidden


@pytest.mark.parametrize("dataset", HANDOUTS)
def test_code_is_on_paper_only(page: Page, site_url: str, addresses: dict[str, list[str]], dataset: str) -> None:
    """The end of the handout is hidden on screen, and what comes after it is visible."""
    for address in addresses[dataset][:1]:
        page.goto(site_url + address)
        assert not page.locator(".handout").is_visible()
        assert page.locator(".handout ~ *").last.is_visible()


def test_questions_for_the_counselor_are_one_sheet(page: Page, site_url: str, catalog: Catalog) -> None:
    """The pathway with the longest name has its questions and lines on one sheet, with a QR code of the pathway."""
    pathway = max(catalog["pathways"], key=lambda one: len(one["name"]))
    page.goto(f"{site_url}{pathway.url}counselor/")
    for size in SIZES:
        made = sheet(page, size)
        assert (made.count, made.codes) == (1, [BASE + pathway.url])
        assert bare("My name") in made.text
        assert made.text.count("?") == 6
        assert bare("District offices") not in made.text


def test_every_page_of_a_handout_has_its_code(built: Built, site_dir: Path, catalog: Catalog) -> None:
    """Each page names its own code, whose file exists, and no code is unused."""
    named = set()
    for dataset in HANDOUTS:
        for record in catalog[dataset]:
            if record.url in built.pages:
                (code,) = built.pages[record.url].xpath("//img[@class='handout__code']/@src")
                assert code == f"../../assets/qr/{record.url.removesuffix('/')}.svg"
                named.add(site_dir / "assets" / "qr" / f"{record.url.removesuffix('/')}.svg")
    assert named == set((site_dir / "assets" / "qr").rglob("*.svg"))
    assert len(named) > 180
