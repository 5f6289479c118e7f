"""Turn a telephone number into a link; the only module that decides which part of a number is dialed."""

from __future__ import annotations

from generator.model import Catalog
from generator.text_safety import address_fault
from generator.views.registry import view


@view
def dialed(catalog: Catalog, number: str | None) -> str:
    """Return the number for a `tel:` link (digits and any leading plus), or '' if there is no number."""
    if not number or address_fault("phone", number):
        return ""
    return "".join(sign for sign in number if sign.isdigit() or sign == "+")
