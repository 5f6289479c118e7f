"""How a telephone number becomes a link: alone knows what of it is dialed."""

from __future__ import annotations

from generator.model import Catalog
from generator.text_safety import address_fault
from generator.views.registry import view


@view
def dialed(catalog: Catalog, number: str | None) -> str:
    """Give what a `tel:` link says of a number, digits and a plus before them; '' for a text that is no number."""
    if not number or address_fault("phone", number):
        return ""
    return "".join(sign for sign in number if sign.isdigit() or sign == "+")
