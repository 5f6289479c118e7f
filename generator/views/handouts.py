"""What a page needs to be printed as a handout."""

from __future__ import annotations

from generator import qr
from generator.model import Catalog, Page
from generator.views.registry import view


@view
def code_of(catalog: Catalog, page: Page) -> str:
    """Give where the QR code of a page is, below the root of the site."""
    return qr.path_of(page)
