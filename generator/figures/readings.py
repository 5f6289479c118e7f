"""What reading a publisher's files returns: rows for our tables, the release, and notes for staff."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

Values = Mapping[str, str]


class NewRows(NamedTuple):
    """Rows of a dataset, each with its key and the fields that the publisher gives; other fields stay as they are.

    The files speak for all records whose `field` is in `about`: of these, what is not among the new rows is removed.
    """

    dataset: str
    rows: tuple[Values, ...]
    field: str = ""
    about: frozenset[str] = frozenset()


class Reading(NamedTuple):
    """The content of a publisher's files for this site.

    `vintage` is the period or release as the site writes it, '' if each row names a source of its own. `edition` is
    what changes in the source's name with each release, such as 29.3; '' if nothing does.
    """

    tables: tuple[NewRows, ...]
    vintage: str = ""
    edition: str = ""
    notes: tuple[str, ...] = ()


def listed(heading: str, items: list[str]) -> tuple[str, ...]:
    """Return a note with one line for each item; none if there is none."""
    return ("\n".join([f"{heading} ({len(items)}):", *(f"  - {item}" for item in items)]),) if items else ()
