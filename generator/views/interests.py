"""What a student's own interests are compared with: the scores of occupations, and who is strongest in what."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from generator.model import Catalog, Record
from generator.views.occupations import interests_of
from generator.views.registry import view


class OfType(NamedTuple):
    """An interest type and the occupations that it describes best, strongest first."""

    interest_type: Record
    occupations: tuple[Record, ...]


@view
def interest_scores(catalog: Catalog, occupation: Record) -> tuple[Decimal, ...]:
    """Give the scores (1 to 7) of an occupation in the order of `interest_types`; none where not all are published."""
    scores = {row["interest_type"].id: row["score"] for row in occupation.backlinks["interests"]}
    ids = [interest_type.id for interest_type in catalog["interest_types"]]
    return tuple(scores[i] for i in ids) if scores.keys() >= set(ids) else ()


@view
def by_strongest_interest(catalog: Catalog, occupations: Iterable[Record]) -> tuple[OfType, ...]:
    """Group occupations by their strongest interest; those without scores are left out."""
    found: dict[str, list[tuple[Decimal, Record]]] = {}
    for occupation in occupations:
        if scores := interests_of(catalog, occupation):
            found.setdefault(scores[0].interest_type.id, []).append((-scores[0].score, occupation))
    return tuple(
        OfType(kind, tuple(o for _, o in sorted(found[kind.id], key=lambda one: (one[0], one[1]["name"]))))
        for kind in catalog["interest_types"]
        if kind.id in found
    )


@view
def schooling_rank(catalog: Catalog, occupation: Record) -> int | None:
    """Give the place of an occupation's entry education among the levels, 0 for the least; None if not published."""
    field = catalog["occupations"].resource.schema.field("entry_education")
    levels = list(field.labels) if field else []
    level = occupation["entry_education"]
    return levels.index(level) if level in levels else None
