"""The site's one stylesheet: what overrides/assets/css/site.css lists, with the colors and icons of mkdocs.yml."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from generator import theme

FOLDER = "assets/css"
PATH = f"{FOLDER}/site.css"
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
NAMESPACE = 'xmlns="http://www.w3.org/2000/svg"'


def stylesheet(overrides: Path, settings: Mapping[str, Any]) -> str:
    """Return the stylesheet without comments and line breaks; '' for a theme that lists none.

    Args:
        overrides: the folder of the theme.
        settings: `theme` of mkdocs.yml.
    """
    if not (overrides / PATH).exists():
        return ""

    def drawn(setting: str, name: str) -> str:
        """Return an icon as an address for CSS."""
        svg = theme.icon(setting, name).replace('class="icon" aria-hidden="true"', NAMESPACE)
        return f'url("data:image/svg+xml,{quote(svg)}")'

    environment = Environment(loader=FileSystemLoader(overrides), undefined=StrictUndefined)  # noqa: S701 - no HTML
    filled = environment.get_template(PATH).render(
        palette=theme.palette(settings), icons=settings.get("icon") or {}, logo=settings.get("logo"), drawn=drawn
    )
    return " ".join(COMMENT.sub("", filled).split())
