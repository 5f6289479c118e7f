"""What a page needs to be printed as a handout."""

from __future__ import annotations

from generator import qr
from generator.model import Catalog, Page
from generator.views.registry import view


@view
def code_of(catalog: Catalog, page: Page) -> str:
    """Return the address of a page's QR code below the root of the site; a further page has its record's code."""
    return qr.path_of(page)


@view
def address_of(catalog: Catalog, page: Page) -> str:
    """Return the address that a page's QR code leads to: its own, or that of its record's own page."""
    return qr.address_of(page)
