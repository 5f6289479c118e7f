"""Draw the site's icons and the pictures shown with links to its pages for `make previews`.

Every picture is our own work: the logo in overrides/, icons of Material, and the words and colors of the data.
"""

from __future__ import annotations

import os
import struct
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from html import escape
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Page, sync_playwright

from generator import icons
from generator.pipeline import Project, build_site
from generator.render.previews import FOLDER, KINDS, SECTORS, Kind
from tests.browser import chromium
from tests.browser.small_png import small_png

ROOT = Path(__file__).parents[2]
OVERRIDES = ROOT / "overrides"
LOGO = OVERRIDES / "assets" / "icons" / "favicon.svg"
WIDTH, HEIGHT = 1200, 630
TOUCH_ICON = 180
FAVICON_SIZES = (16, 32, 48)
#: The tones of icons.css on a light page, which the icon and the words share.
LOOK = """
:root { --hue: 215; --chroma: 1; }
body { margin: 0; width: 1200px; height: 630px; overflow: hidden;
  font-family: "Avenir Next", "DejaVu Sans Condensed", sans-serif;
  background: oklch(.94 calc(.045 * var(--chroma)) var(--hue)); color: oklch(.3 calc(.08 * var(--chroma)) var(--hue)); }
.logo { position: absolute; left: 80px; top: 64px; width: 84px; height: 84px; }
p { position: absolute; left: 80px; top: 190px; width: 600px; height: 280px; margin: 0; display: flex;
  align-items: center; font-size: 66px; font-weight: 700; line-height: 1.12;
  letter-spacing: -.015em; text-wrap: balance; }
.tile { position: absolute; right: 80px; top: 92px; width: 360px; height: 360px; border-radius: 50%;
  background: oklch(.41 calc(.11 * var(--chroma)) var(--hue)); display: grid; place-items: center; }
.tile svg { width: 210px; height: 210px; fill: #fff; }
.sea { position: absolute; left: 0; bottom: 0; }
"""
SEA = """<svg class="sea" width="1200" height="110" viewBox="0 0 1200 110">
<path fill="#14566b" d="M0 30q75-40 150 0t150 0 150 0 150 0 150 0 150 0 150 0 150 0v80H0z"/>
<path fill="#0b3c4d" d="M0 70q75-36 150 0t150 0 150 0 150 0 150 0 150 0 150 0 150 0v40H0z"/></svg>"""


class Icon(NamedTuple):
    """A picture in an icon file: its size in pixels, and its bytes."""

    size: int
    png: bytes


def kinds() -> Iterator[tuple[str, Kind]]:
    """Yield the name of each picture and what it shows: kinds of records, and the sectors in the data."""
    yield from KINDS.items()
    catalog = build_site(Project(ROOT), datetime.now(UTC).date()).catalog
    for sector in catalog[SECTORS]:
        yield f"{SECTORS}/{sector.id}", Kind(sector["name"], sector["icon"], sector["color"])


def preview(kind: Kind) -> str:
    """Return the page that is photographed for a picture."""
    colors = (OVERRIDES / "assets" / "css" / "icons.css").read_text(encoding="utf-8")
    logo = LOGO.read_text(encoding="utf-8").replace("<svg", '<svg class="logo"', 1)
    tile = f'<div class="tile">{icons.svg(kind.icon)}</div>'
    body = f'<body data-color="{kind.color}">{SEA}{logo}<p>{escape(kind.words)}</p>{tile}</body>'
    return f"<!doctype html><style>{LOOK}{colors}</style>{body}"


def icon(page: Page, size: int, corners: str) -> bytes:
    """Return the site's icon as a PNG; `corners` is the CSS of its rectangle."""
    svg = LOGO.read_text(encoding="utf-8")
    page.set_viewport_size({"width": size, "height": size})
    style = f"body {{ margin: 0 }} svg {{ display: block; width: {size}px }} rect {{ {corners} }}"
    page.set_content(f"<!doctype html><style>{style}</style>{svg}")
    return page.screenshot(omit_background=True)


def icon_file(pictures: list[Icon]) -> bytes:
    """Return a Windows icon file: a header, a directory of the pictures, and the pictures."""
    offset = 6 + 16 * len(pictures)
    head = struct.pack("<HHH", 0, 1, len(pictures))
    for size, png in pictures:
        head += struct.pack("<BBBBHHII", size, size, 0, 0, 1, 32, len(png), offset)
        offset += len(png)
    return head + b"".join(png for _, png in pictures)


def draw(page: Page) -> None:
    """Write all pictures into overrides/."""
    page.set_viewport_size({"width": WIDTH, "height": HEIGHT})
    for name, kind in kinds():
        file = OVERRIDES / FOLDER / f"{name}.png"
        file.parent.mkdir(parents=True, exist_ok=True)
        page.set_content(preview(kind))
        file.write_bytes(small_png(page, WIDTH, HEIGHT))
    (OVERRIDES / "apple-touch-icon.png").write_bytes(icon(page, TOUCH_ICON, "rx: 0"))
    small = [Icon(size, icon(page, size, "")) for size in FAVICON_SIZES]
    (OVERRIDES / "favicon.ico").write_bytes(icon_file(small))


def main() -> None:
    """Start Chromium and draw."""
    executable = chromium.find(os.environ)
    if executable is None:
        sys.exit("no Chromium: run `python -m tests.browser.chromium --install`")
    with sync_playwright() as playwright, chromium.started(playwright, executable) as context:
        draw(context.new_page())


if __name__ == "__main__":
    main()
