"""What an occupation's future looks like, by area, and what a working day is like."""

from __future__ import annotations

from generator.model import Catalog, Record
from generator.views.registry import view
from generator.views.wages import AREAS


@view
def outlook_of(catalog: Catalog, occupation: Record, area: str) -> Record | None:
    """Return an occupation's projection for an area (`region`, `state` or `country`), or None if there is none."""
    return next((row for row in occupation.backlinks["outlook"] if row["area"] == area), None)


@view
def outlooks_of(catalog: Catalog, occupation: Record) -> tuple[Record, ...]:
    """Return the projections of an occupation: region, state, country."""
    return tuple(sorted(occupation.backlinks["outlook"], key=lambda row: AREAS.index(row["area"])))


@view
def workplace_of(catalog: Catalog, occupation: Record) -> tuple[tuple[Record, str], ...]:
    """Return (condition, field with its words) for each condition that stands out in an occupation.

    The words depend on the value: `often`, `sometimes` or `seldom`; values in between are not worth a line.
    """
    found = ((row["condition"], _words(row)) for row in occupation.backlinks["work_context"])
    return tuple((condition, words) for condition, words in found if words)


def _words(row: Record) -> str:
    condition, value = row["condition"], row["value"]
    if value >= condition["often_from"]:
        return "often"
    if condition["sometimes_from"] is not None and value >= condition["sometimes_from"]:
        return "sometimes"
    if condition["seldom_to"] is not None and value <= condition["seldom_to"]:
        return "seldom"
    return ""
