"""The site's one stylesheet: what overrides/assets/css/site.css lists, with the colors and icons of mkdocs.yml."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, StrictUndefined

from generator import theme

FOLDER = "assets/css"
PATH = f"{FOLDER}/site.css"
IMPORT = re.compile(r'@import "([a-z-]+\.css)"')
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
NAMESPACE = 'xmlns="http://www.w3.org/2000/svg"'


def stylesheet(overrides: Path, settings: Mapping[str, Any]) -> str:
    """Return the stylesheet without comments and line breaks, or '' if the theme has none.

    Args:
        overrides: the folder of the theme.
        settings: `theme` of mkdocs.yml.
    """
    listing = overrides / PATH
    if not listing.exists():
        return ""
    names = IMPORT.findall(listing.read_text(encoding="utf-8"))
    text = "\n".join(_filled(listing.with_name(name).read_text(encoding="utf-8"), settings) for name in names)
    return " ".join(COMMENT.sub("", text).split())


def _filled(text: str, settings: Mapping[str, Any]) -> str:
    """Return a file with the settings filled in; most files use none, and Jinja is slow with long text."""
    if "{{" not in text:
        return text
    template = Environment(undefined=StrictUndefined).from_string(text)  # noqa: S701 - no HTML
    return template.render(
        palette=theme.palette(settings), icons=settings.get("icon") or {}, logo=settings.get("logo"), drawn=_drawn
    )


def _drawn(setting: str, name: str) -> str:
    """Return an icon as an address for CSS."""
    svg = theme.icon(setting, name).replace('class="icon" aria-hidden="true"', NAMESPACE)
    return f'url("data:image/svg+xml,{quote(svg)}")'
