"""QR codes of pages that are handouts: the page's address as a small SVG, which prints sharply.

The only module that imports segno.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

from generator.model import Page, Site

FOLDER = "assets/qr"
#: Any mask is readable; finding the best one takes six times as long as the code itself.
MASK = 2
#: Light cells around the code, as ISO/IEC 18004 requires.
QUIET_ZONE = 4


def qr_files(site: Site) -> Iterator[tuple[str, bytes]]:
    """Yield the code of every page of a dataset marked `handout` in datapackage.yaml."""
    for page in site.pages:
        if page.record and not page.part and site.catalog[page.dataset].resource.handout:
            yield path_of(page), _svg(f"{site.catalog.region['site_url']}{page.url}")


def address_of(page: Page) -> str:
    """Return the address below the root that a page's code leads to; a record's further pages share that of its own."""
    return page.url.removesuffix(f"{page.part}/") if page.part else page.url


def path_of(page: Page) -> str:
    """Return the path of a page's code below the root."""
    return f"{FOLDER}/{address_of(page).removesuffix('/')}.svg"


def _svg(address: str) -> bytes:
    """Return the code of an address; level M can be read with up to a seventh of it folded or stained."""
    import segno  # slow to import and only needed to draw; templates only need the path

    code, file = segno.make(address, error="m", micro=False, boost_error=False, mask=MASK), BytesIO()
    code.save(
        file, kind="svg", border=QUIET_ZONE, xmldecl=False, svgclass=None, lineclass=None, omitsize=True, nl=False
    )
    return file.getvalue()
