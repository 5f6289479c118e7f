"""QR codes of pages that are handouts: the address of the page, as a small picture that prints sharp.

The only importer of segno.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

from generator.model import Page, Site

FOLDER = "assets/qr"
#: Any mask can be read; finding the best one takes six times as long as the code itself.
MASK = 2
#: Light cells around the code, as ISO/IEC 18004 asks.
QUIET_ZONE = 4


def files(site: Site) -> Iterator[tuple[str, bytes]]:
    """Yield the code of every page that is a handout: those of datasets marked `handout` in datapackage.yaml."""
    for page in site.pages:
        if page.record and not page.part and site.catalog[page.dataset].resource.handout:
            yield path_of(page), _svg(f"{site.catalog.region['site_url']}{page.url}")


def path_of(page: Page) -> str:
    """Return where the code of a page is, below the root."""
    return f"{FOLDER}/{page.url.removesuffix('/')}.svg"


def _svg(address: str) -> bytes:
    """Draw the code of an address; level M is still read with a fold or a stain over a seventh of it."""
    import segno  # takes a moment, and only who draws needs it: templates ask for the path alone

    code, file = segno.make(address, error="m", micro=False, boost_error=False, mask=MASK), BytesIO()
    code.save(
        file, kind="svg", border=QUIET_ZONE, xmldecl=False, svgclass=None, lineclass=None, omitsize=True, nl=False
    )
    return file.getvalue()
