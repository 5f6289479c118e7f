"""What a page needs to be printed as a handout."""

from __future__ import annotations

from generator import qr
from generator.model import Catalog, Page
from generator.views.registry import view


@view
def code_of(catalog: Catalog, page: Page) -> str:
    """Return the address of a page's QR code below the root of the site."""
    return qr.path_of(page)
