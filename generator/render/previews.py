"""Choose the picture that other sites show with a link to a page: its sector's, its kind of record's, or the site's.

`tests/browser/previews.py` draws the pictures; docs/theme.md says when.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from generator.model import Page, Record

#: Where the pictures are, in overrides/ and on the site.
FOLDER = Path("assets", "previews")
SECTORS, SITE = "sectors", "site"
#: Kinds of records whose pages have the picture of their sector.
OF_SECTOR = frozenset({SECTORS, "pathways", "occupations"})


class Kind(NamedTuple):
    """What the picture of a kind of record shows: words, an icon, and a color that data may name, too."""

    words: str
    icon: str
    color: str


KINDS = {
    SITE: Kind("What the work is, what it pays, and how to get there", "material/compass-outline", "cyan"),
    "sectors": Kind("Industry sectors", "material/view-grid-outline", "cyan"),
    "pathways": Kind("High school pathways", "material/map-marker-path", "cyan"),
    "occupations": Kind("Occupations", "material/briefcase-outline", "cyan"),
    "activities": Kind("Work-based learning activities", "material/account-hard-hat-outline", "amber"),
    "offers": Kind("Visits, talks, and more", "material/calendar-account-outline", "deep-orange"),
    "opportunities": Kind("Jobs, internships, and more", "material/rocket-launch-outline", "green"),
    "events": Kind("Events", "material/calendar-star", "pink"),
    "stories": Kind("Stories", "material/account-voice", "purple"),
    "employers": Kind("Employer partners", "material/handshake-outline", "blue"),
    "institutions": Kind("Schools and colleges", "material/school-outline", "indigo"),
    "schools": Kind("High schools and their programs", "material/town-hall", "teal"),
    "skills": Kind("Essential skills", "material/puzzle-outline", "deep-purple"),
}


class Previews:
    """The pictures that a theme has."""

    def __init__(self, overrides: Path | None) -> None:
        """Look up the pictures once; without the site's own there are none."""
        folder = overrides / FOLDER if overrides else None
        files = folder.rglob("*.png") if folder else ()
        self.names = {file.relative_to(folder).with_suffix("").as_posix() for file in files} if folder else set()

    def meta(self, page: Page) -> dict[str, Any]:
        """Return the front matter that names a page's picture and the words in it."""
        if SITE not in self.names:
            return {}
        name, words = next((name, words) for name, words in _suitable(page) if name in self.names)
        return {"preview": name, "preview_words": words}


def _suitable(page: Page) -> Iterator[tuple[str, str]]:
    """Yield the pictures that suit a page as (name, words), closest first."""
    sector = sector_of(page.record) if page.record else None
    if sector:
        yield f"{SECTORS}/{sector.id}", str(sector.values["name"])
    for name in (page.dataset or (page.record.dataset if page.record else ""), SITE):
        if name in KINDS:
            yield name, KINDS[name].words


def sector_of(record: Record) -> Record | None:
    """Return the sector whose picture a record's page has."""
    if record.dataset not in OF_SECTOR:
        return None
    return record if record.dataset == SECTORS else record.links.get("sector")
