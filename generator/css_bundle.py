"""The site's styles as one text, for what is made without MkDocs. Alone knows how site.css lists the sheets."""

from __future__ import annotations

import re
from pathlib import Path

LISTING = Path("assets", "css", "site.css")
NAME = re.compile(r'"([a-z-]+)"')


def joined(overrides: Path) -> str:
    """Give the sheets that site.css lists, in their order, white space collapsed; '' for a theme without it."""
    listing = overrides / LISTING
    names = NAME.findall(listing.read_text(encoding="utf-8")) if listing.exists() else []
    sheets = [listing.with_name(f"{name}.css") for name in names]
    return " ".join(" ".join(sheet.read_text(encoding="utf-8") for sheet in sheets if sheet.exists()).split())
