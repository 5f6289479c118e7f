"""Check hand-written pages: their front matter must be readable, or its settings would be lost."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from generator.load.front_matter import front_matter_problems
from generator.model import Page, Problem


def front_matter_is_readable(pages: Iterable[Page], content: Path) -> Iterator[Problem]:
    """Check the front matter of each hand-written page."""
    templates = {page.template: page.origin.path for page in pages if not page.template.endswith(".j2")}
    for template, path in templates.items():
        yield from front_matter_problems(path, (content / template).read_text(encoding="utf-8"))
