"""Locate a record's picture; the only module that decides which file names a page may show."""

from __future__ import annotations

import re

from generator.model import Catalog, Record
from generator.rules.pictures import FOLDER
from generator.views.registry import view

NAME = re.compile(r"[a-z0-9-]+\.(?:png|jpg|webp)")


@view
def picture_of(catalog: Catalog, record: Record) -> str:
    """Return the address of a record's picture below the site's root, or '' if it has no usable one."""
    name = record["picture"]
    return f"{FOLDER.as_posix()}/{name}" if name and NAME.fullmatch(name) else ""
