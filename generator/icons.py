"""Look up Material's icons and colors, which data may name. The only module that reads Material's icon folder."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from generator.diagnostics import did_you_mean
from generator.model import SetupError

#: The hues of Material's palette. The stylesheets have a rule for each, with tones that are readable in both palettes.
COLORS = (
    "red",
    "pink",
    "purple",
    "deep-purple",
    "indigo",
    "blue",
    "light-blue",
    "cyan",
    "teal",
    "green",
    "light-green",
    "lime",
    "yellow",
    "amber",
    "orange",
    "deep-orange",
    "brown",
    "grey",
    "blue-grey",
)
#: The set to search for a name that is unlike all others: `palete`.
USUAL_SET = "material"
SUFFIX = ".svg"
#: The name of an icon with its set, without anything that could lead out of the folder of icons.
NAME = re.compile(r"[a-z0-9-]+(/[a-z0-9_-]+)+")
#: The beginning of every icon; HTML does not need the namespace.
HEAD = '<svg xmlns="http://www.w3.org/2000/svg"'


@lru_cache(maxsize=1)
def folder() -> Path:
    """Return the folder of Material's icons, found through the installed package without importing it.

    Raises:
        SetupError: mkdocs-material is not installed.
    """
    found = find_spec("material")
    for place in (found and found.submodule_search_locations) or ():
        if (path := Path(place) / "templates" / ".icons").is_dir():
            return path
    raise SetupError("mkdocs-material is not installed, or has no icons: run 'pip install mkdocs-material'")


def exists(name: str) -> bool:
    """Return whether Material has an icon of this name, such as material/sprout."""
    return NAME.fullmatch(name) is not None and (folder() / f"{name}{SUFFIX}").is_file()


@lru_cache(maxsize=1)
def names() -> tuple[str, ...]:
    """Return the names of all icons. There are thousands, so use them only for suggestions."""
    root = folder()
    return tuple(sorted(p.relative_to(root).with_suffix("").as_posix() for p in root.glob(f"*/**/*{SUFFIX}")))


@lru_cache(maxsize=256)
def suggestion(name: str) -> str:
    """Return "did you mean 'material/sprout'?" if an icon has nearly this name, else ''."""
    return did_you_mean(name, names()) or did_you_mean(f"{USUAL_SET}/{name}", names())


@lru_cache(maxsize=1024)
def svg(name: str, classes: str = "icon") -> str:
    """Return an icon as HTML, hidden from screen readers: the words next to it say what it means.

    Raises:
        LookupError: there is no such icon; the message suggests one.
    """
    if not exists(name):
        raise LookupError(f"no icon '{name}': {suggestion(name)}".rstrip(": "))
    text = (folder() / f"{name}{SUFFIX}").read_text(encoding="utf-8").strip()
    return text.replace(HEAD, f'<svg class="{classes}" aria-hidden="true"', 1)
