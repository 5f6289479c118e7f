"""Take screenshots of the built site for `make shots`; the only module that decides which pages are shown, and how.

`python -m tests.browser.shots SITE FOLDER [ADDRESS...]` captures a page of every kind (or the given pages) at three
widths in both palettes. `python -m tests.browser.shots SITE --docs` captures the few that the documentation shows.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Literal, NamedTuple

from playwright.sync_api import Page, sync_playwright

from tests.browser import chromium

IMAGES = Path(__file__).parents[2] / "docs" / "images"
WIDTHS = (320, 768, 1280)
PALETTES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
#: Longer pages are cut off here, since the rest is similar.
LONGEST = 4000
#: At least this many pages in a folder are records of one kind, represented by the first.
MANY = 4


class Shot(NamedTuple):
    """A picture: its file, the page's address, and how to view it; without a height, the whole page."""

    file: Path
    address: str
    width: int
    palette: Literal["light", "dark"]
    height: int | None = None


DOCS = (
    Shot(IMAGES / "home.png", "", 1280, "light", 730),
    Shot(IMAGES / "home-phone.png", "", 390, "dark", 844),
    Shot(IMAGES / "occupation.png", "occupations/registered-nurses/", 1280, "light", 800),
    Shot(IMAGES / "sector.png", "sectors/health-science-medical-technology/", 1280, "dark", 860),
    Shot(IMAGES / "students.png", "students/", 1280, "light", 860),
    Shot(IMAGES / "match.png", "match/?a=222001122100200110", 1280, "light", 860),
)


def kinds(site: Path) -> list[str]:
    """Return the address of a page of every kind: all pages, but only one for each folder of records."""
    found: dict[str, str] = {}
    for page in sorted(site.rglob("index.html")):
        folder = page.parent
        siblings = sum(1 for _ in folder.parent.glob("*/index.html"))
        is_record = folder.parent not in (site, site.parent) and siblings >= MANY
        address = folder.relative_to(site).as_posix()
        found.setdefault(
            folder.parent.as_posix() + "/*" if is_record else address, "" if address == "." else f"{address}/"
        )
    return [*found.values(), "404.html"]


def every(addresses: list[str], folder: Path) -> Iterator[Shot]:
    """Yield a shot of each page at every width in both palettes."""
    for address, width, palette in product(addresses, WIDTHS, PALETTES):
        name = address.strip("/").replace("/", "--") or "home"
        yield Shot(folder / f"{name}--{width}-{palette}.png", address, width, palette)


def take(page: Page, base: str, shot: Shot) -> None:
    """Take one picture."""
    page.emulate_media(color_scheme=shot.palette)
    page.set_viewport_size({"width": shot.width, "height": shot.height or 900})
    page.goto(base + shot.address, wait_until="networkidle")
    if shot.height is None:
        whole = page.evaluate("document.documentElement.scrollHeight")
        page.set_viewport_size({"width": shot.width, "height": min(whole, LONGEST)})
    shot.file.parent.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=shot.file)


def main(site: Path, target: str, *addresses: str) -> None:
    """Serve the site and take the pictures."""
    shots = DOCS if target == "--docs" else every(list(addresses) or kinds(site), Path(target))
    executable = chromium.install(os.environ)
    with (
        chromium.served(site) as base,
        sync_playwright() as playwright,
        chromium.started(playwright, executable) as browser,
    ):
        page = browser.new_page()
        for shot in shots:
            take(page, base, shot)


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit("usage: python -m tests.browser.shots SITE FOLDER|--docs [ADDRESS...]")
    main(Path(sys.argv[1]), *sys.argv[2:])
