"""What an occupation requires (O*NET interests and skills, essential skills), and related occupations."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from generator.model import Catalog, Record
from generator.views.registry import view

MOST_RELATED = 8
STRONGEST_SKILLS = 8


class InterestScore(NamedTuple):
    """How strongly an occupation matches an interest type; the width is a percentage of the scale from 1 to 7."""

    interest_type: Record
    score: Decimal
    width: float


@view
def interests_of(catalog: Catalog, occupation: Record) -> tuple[InterestScore, ...]:
    """Return the interest scores of an occupation, strongest first."""
    rows = sorted(occupation.backlinks["interests"], key=lambda r: -r["score"])
    return tuple(
        InterestScore(r["interest_type"], r["score"], round((float(r["score"]) - 1) / 6 * 100, 1)) for r in rows
    )


@view
def strongest_skills(catalog: Catalog, occupation: Record) -> tuple[Record, ...]:
    """Return the O*NET skills that matter most for an occupation, by importance."""
    rows = sorted(occupation.backlinks["occupation_skills"], key=lambda r: (-r["importance"], r["skill"]["name"]))
    return tuple(rows[:STRONGEST_SKILLS])


class EssentialSkill(NamedTuple):
    """An essential skill, its mean O*NET importance (1 to 5), and the O*NET skills behind it."""

    skill: Record
    importance: float
    through: tuple[Record, ...]


@view
def essential_skills(catalog: Catalog, occupations: Iterable[Record]) -> tuple[EssentialSkill, ...]:
    """Rank essential skills for occupations by the mean importance of the O*NET skills in our crosswalk."""
    importance: defaultdict[str, list[Decimal]] = defaultdict(list)
    for occupation in occupations:
        for row in occupation.backlinks["occupation_skills"]:
            importance[row["skill"].id].append(row["importance"])
    mean = {skill: float(sum(found) / len(found)) for skill, found in importance.items()}
    answers = []
    for skill in catalog["skills"]:
        through = sorted((s for s in skill["crosswalk"] if s.id in mean), key=lambda s: -mean[s.id])
        if through:
            average = sum(mean[s.id] for s in through) / len(through)
            answers.append(EssentialSkill(skill, round(average, 2), tuple(through[:3])))
    return tuple(sorted(answers, key=lambda a: -a.importance))


@view
def related_occupations(catalog: Catalog, occupation: Record) -> tuple[Record, ...]:
    """Return O*NET's related occupations that this site has, closest first."""
    rows = [row for row in occupation.backlinks["related_occupations"] if row["occupation"] is occupation]
    return tuple(row["related"] for row in sorted(rows, key=lambda row: row["rank"]))[:MOST_RELATED]


@view
def occupations_of(catalog: Catalog, pathway: Record) -> tuple[Record, ...]:
    """Return the occupations that a pathway's classes prepare for, without those it only comes closest to."""
    return tuple(one for one in pathway.backlinks["occupations"] if pathway in one["pathways"])


@view
def interest_types_of(catalog: Catalog, occupation: Record) -> tuple[Record, ...]:
    """Return the interest types in an occupation's interest code, strongest first."""
    by_letter = {str(kind["letter"]): kind for kind in catalog["interest_types"]}
    return tuple(by_letter[letter] for letter in occupation["interest_code"] or "" if letter in by_letter)
