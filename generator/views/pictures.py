"""Where the picture of a record lies: alone knows which names a picture may have on a page."""

from __future__ import annotations

import re

from generator.model import Catalog, Record
from generator.views.registry import view

NAME = re.compile(r"[a-z0-9-]+\.(?:png|jpg|webp)")


@view
def picture_of(catalog: Catalog, record: Record) -> str:
    """Give the address of a record's picture below the site's root, '' where it has none that can be one."""
    name = record["picture"]
    return f"assets/pictures/{name}" if name and NAME.fullmatch(name) else ""
