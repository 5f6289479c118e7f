"""Join the site's style sheets into one text, for pages that are made without MkDocs."""

from __future__ import annotations

import re
from pathlib import Path

LISTING = Path("assets", "css", "site.css")
NAME = re.compile(r'"([a-z-]+)"')


def joined(overrides: Path) -> str:
    """Return the sheets that site.css lists, in order, with white space collapsed; '' if the theme has no site.css."""
    listing = overrides / LISTING
    names = NAME.findall(listing.read_text(encoding="utf-8")) if listing.exists() else []
    sheets = [listing.with_name(f"{name}.css") for name in names]
    return " ".join(" ".join(sheet.read_text(encoding="utf-8") for sheet in sheets if sheet.exists()).split())
