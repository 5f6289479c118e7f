"""The ways into an occupation: schooling, programs in the county, apprenticeships, and licenses."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from generator.model import Catalog, Record
from generator.views.listing import listed
from generator.views.local_chain import by_deadline
from generator.views.pathways import is_in_the_county
from generator.views.registry import view

#: Award level of a program -> the level of education it stands for in `education_mix`.
SCHOOLING_OF = {
    "certificate-under-12-weeks": "certificate",
    "certificate-12-weeks-to-1-year": "certificate",
    "certificate-1-to-2-years": "certificate",
    "certificate-2-to-4-years": "certificate",
    "associate": "associate",
    "bachelor": "bachelor",
    "postbaccalaureate-certificate": "post-bachelor-certificate",
    "master": "master",
    "doctor-research": "doctoral",
    "doctor-professional": "first-professional",
}
#: Entry education (BLS) -> the levels in `education_mix` that meet it.
ENTRY = {
    "no-formal-credential": ("certificate", "associate"),
    "high-school": ("certificate", "associate"),
    "some-college": ("certificate", "associate"),
    "postsecondary-award": ("certificate", "associate"),
    "associate": ("associate",),
    "bachelor": ("bachelor",),
    "master": ("master",),
    "doctoral-or-professional": ("doctoral", "first-professional"),
}
APPRENTICESHIPS = ("apprenticeship", "pre-apprenticeship")
#: A level of education is a way in if at least this share of the people in the job named it.
COMMON_PERCENT = 5


class SchoolingShare(NamedTuple):
    """A level of education, and the percentage of people in the job who said a new worker needs it."""

    level: str
    percent: Decimal
    imprecise: bool


@view
def schooling_mix(catalog: Catalog, occupation: Record) -> tuple[SchoolingShare, ...]:
    """Return the levels of education that people in the job named, lowest first; empty if O*NET has none."""
    rows = {row["level"]: row for row in occupation.backlinks["education_mix"]}
    field = catalog["education_mix"].resource.schema.field("level")
    levels = (level for level in (field.labels if field else ()) if level in rows)
    return tuple(SchoolingShare(level, rows[level]["percent"], bool(rows[level]["imprecise"])) for level in levels)


class Award(NamedTuple):
    """An award level that leads into an occupation: how many awards and places in the county."""

    level: str
    awards: int
    institutions: int


class Place(NamedTuple):
    """A college or university in the county with programs that lead into an occupation, most awards first."""

    institution: Record
    programs: tuple[Record, ...]
    awards: int


@view
def programs_for(catalog: Catalog, occupation: Record) -> tuple[Record, ...]:
    """Return the county's programs that the official crosswalk links to an occupation, at award levels that fit."""
    fitting = _fitting_levels(catalog, occupation)
    rows = occupation.backlinks["program_occupations"]
    return tuple(
        program
        for row in rows
        for program in row["cip_code"].backlinks["programs"]
        if SCHOOLING_OF[program["award_level"]] in fitting and is_in_the_county(catalog, program["institution"])
    )


def _fitting_levels(catalog: Catalog, occupation: Record) -> frozenset[str]:
    """Return the levels of education that are a way in: the usual one, and those that enough people named."""
    named = (one.level for one in schooling_mix(catalog, occupation) if one.percent >= COMMON_PERCENT)
    return frozenset((*ENTRY.get(occupation["entry_education"], ()), *named))


@view
def awards_here(catalog: Catalog, programs: Iterable[Record]) -> tuple[Award, ...]:
    """Summarize programs by award level, lowest level first."""
    groups: dict[str, list[Record]] = defaultdict(list)
    for program in programs:
        groups[program["award_level"]].append(program)
    return tuple(
        Award(
            level,
            sum(program["completions"] for program in groups[level]),
            len({program["institution"].id for program in groups[level]}),
        )
        for level in SCHOOLING_OF
        if level in groups
    )


@view
def places_for(catalog: Catalog, programs: Iterable[Record]) -> tuple[Place, ...]:
    """Group programs by institution, most awards first."""
    groups: dict[Record, list[Record]] = defaultdict(list)
    for program in programs:
        groups[program["institution"]].append(program)
    places = (Place(place, tuple(found), sum(p["completions"] for p in found)) for place, found in groups.items())
    return tuple(sorted(places, key=lambda place: (-place.awards, place.institution["name"])))


@view
def apprenticeships_for(catalog: Catalog, occupation: Record, today: date) -> tuple[Record, ...]:
    """Return the open apprenticeships and pre-apprenticeships that lead into an occupation, samples last."""
    found = (one for one in occupation.backlinks.get("opportunities", ()) if one["kind"] in APPRENTICESHIPS)
    return tuple(
        sorted(by_deadline(catalog, listed(catalog, found, today), today), key=lambda one: bool(one["sample"]))
    )
