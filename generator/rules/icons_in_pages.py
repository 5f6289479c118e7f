"""Check hand-written pages: an icon such as `:material-sprout:` must exist, or its name would show as text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from generator import icons
from generator.diagnostics import did_you_mean, problem
from generator.model import Origin, Page, Problem

SHORTCODE = re.compile(r"(?<![\w:/]):(?P<name>[a-z][a-z0-9_+-]*):(?![\w:])")
FENCE = re.compile(r"\s*(`{3,}|~{3,})")
CODE = re.compile(r"(`+)(?!`).*?(?<!`)\1(?!`)")


def icons_on_pages_exist(pages: Iterable[Page], content: Path) -> Iterator[Problem]:
    """Check every icon and emoji of the hand-written pages."""
    templates = {page.template: page.origin.path for page in pages if not page.template.endswith(".j2")}
    for template, path in templates.items():
        for number, line in _prose_lines((content / template).read_text(encoding="utf-8")):
            for found in SHORTCODE.finditer(line):
                if not _is_icon(found["name"]) and not _is_emoji(found.group()):
                    here = Origin(path, number, found.start() + 1)
                    hint = did_you_mean(found.group(), (f":{name}:" for name in _icons()))
                    yield problem("E801", here, about={"value": found.group()}, hint=hint, shown=f"'{found.group()}'")


def _prose_lines(text: str) -> Iterator[tuple[int, str]]:
    """Yield the lines outside code with their numbers; code within a line is blanked out."""
    fence = ""
    for number, line in enumerate(text.splitlines(), start=1):
        mark = FENCE.match(line)
        if fence:
            fence = "" if mark and mark[1].startswith(fence) else fence
        elif mark:
            fence = mark[1]
        else:
            yield number, CODE.sub(lambda code: " " * len(code.group()), line)


def _is_icon(name: str) -> bool:
    """Whether there is such an icon: `material-sprout` or, one folder deeper, `fontawesome-brands-github`."""
    parts = name.split("-")
    paths = ("/".join([*parts[:depth], "-".join(parts[depth:])]) for depth in (1, 2))
    return any(icons.exists(path) for path in paths)


@cache
def _icons() -> tuple[str, ...]:
    """Return the names of all icons, as pages write them."""
    folder = icons.folder()
    return tuple(sorted("-".join(p.relative_to(folder).with_suffix("").parts) for p in folder.rglob("*.svg")))


def _is_emoji(shortcode: str) -> bool:
    from pymdownx import twemoji_db

    return shortcode in twemoji_db.emoji or shortcode in twemoji_db.aliases
