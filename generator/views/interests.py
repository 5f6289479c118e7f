"""The data behind the interest match: occupations' scores and their strongest interests."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from generator.model import Catalog, Record
from generator.views.occupations import interests_of
from generator.views.registry import view


class OfType(NamedTuple):
    """An interest type and the occupations it describes best, strongest first."""

    interest_type: Record
    occupations: tuple[Record, ...]


@view
def interest_scores(catalog: Catalog, occupation: Record) -> tuple[Decimal, ...]:
    """Return an occupation's scores (1 to 7) in the order of `interest_types`, or nothing unless all are published."""
    scores = {row["interest_type"].id: row["score"] for row in occupation.backlinks["interests"]}
    ids = [interest_type.id for interest_type in catalog["interest_types"]]
    return tuple(scores[i] for i in ids) if scores.keys() >= set(ids) else ()


@view
def by_strongest_interest(catalog: Catalog, occupations: Iterable[Record]) -> tuple[OfType, ...]:
    """Group occupations by their strongest interest, leaving out those without scores."""
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
    """Return the rank of an occupation's typical entry education, 0 for the lowest level; None if not published."""
    field = catalog["occupations"].resource.schema.field("entry_education")
    levels = list(field.labels) if field else []
    level = occupation["entry_education"]
    return levels.index(level) if level in levels else None
