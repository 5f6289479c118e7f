"""The data behind the interest match: occupations' scores and their strongest interests."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from generator.model import Catalog, Record
from generator.views.registry import view

#: The scores that the places in an interest code stand for, and that of letters it lacks: rounded medians of the
#: occupations whose scores are in the data.
BY_PLACE = (Decimal("6.2"), Decimal("4.6"), Decimal("4.1"))
NOT_IN_CODE = Decimal("2.0")


class OfType(NamedTuple):
    """An interest type and the occupations it describes best, strongest first."""

    interest_type: Record
    occupations: tuple[Record, ...]


@view
def interest_scores(catalog: Catalog, occupation: Record) -> tuple[Decimal, ...]:
    """Return an occupation's scores (1 to 7) in the order of `interest_types`.

    Where O*NET's scores are not in the data, they are estimated from the interest code; without one, there are none.
    """
    scores = {row["interest_type"].id: row["score"] for row in occupation.backlinks["interests"]}
    kinds = tuple(catalog["interest_types"])
    if scores.keys() >= {kind.id for kind in kinds}:
        return tuple(scores[kind.id] for kind in kinds)
    code = str(occupation["interest_code"] or "")
    return tuple(_estimate(code.find(str(kind["letter"]))) for kind in kinds) if code else ()


def _estimate(place: int) -> Decimal:
    """Return the score that a letter's place in an interest code stands for; -1 means that the code lacks it."""
    return BY_PLACE[place] if 0 <= place < len(BY_PLACE) else NOT_IN_CODE


@view
def by_strongest_interest(catalog: Catalog, occupations: Iterable[Record]) -> tuple[OfType, ...]:
    """Group occupations by their strongest interest, leaving out those without scores."""
    kinds = tuple(catalog["interest_types"])
    found: dict[str, list[tuple[Decimal, str, Record]]] = {}
    for occupation in occupations:
        if scores := interest_scores(catalog, occupation):
            best = max(scores)
            found.setdefault(kinds[scores.index(best)].id, []).append((-best, occupation["name"], occupation))
    return tuple(
        OfType(kind, tuple(one for *_, one in sorted(found[kind.id], key=lambda ranked: ranked[:2])))
        for kind in kinds
        if kind.id in found
    )


@view
def answers_like(catalog: Catalog, kind: Record) -> str:
    """Return the answers, as the match keeps them in its address, of someone who likes one interest type only."""
    return "".join("2" if statement["interest_type"] is kind else "0" for statement in catalog["interest_statements"])
