"""What reading a publisher's files returns: rows for our tables, the release, and notes for staff."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from generator.model import Raw

Values = Mapping[str, str]


def _none(_: Mapping[str, Raw]) -> bool:
    return False


class NewRows(NamedTuple):
    """Rows of a dataset, each with its key and the fields that the publisher gives; other fields stay as they are.

    `replaces` tells which present rows the files speak for: those that are not among the new rows are removed.
    """

    dataset: str
    rows: tuple[Values, ...]
    replaces: Callable[[Mapping[str, Raw]], bool] = _none


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
