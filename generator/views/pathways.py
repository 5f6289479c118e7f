"""Pathways: their courses in order, and the programs of colleges and universities that follow on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from generator.model import Catalog, Record
from generator.views.registry import view

LEVELS = ("introductory", "concentrator", "capstone")


class Step(NamedTuple):
    """One level of a pathway's course sequence: its own courses, else those of the whole sector."""

    level: Record
    courses: tuple[Record, ...]
    of_sector: tuple[Record, ...]


@view
def course_sequence(catalog: Catalog, pathway: Record) -> tuple[Step, ...]:
    """Give a pathway's courses by level; it starts with the courses that introduce its sector."""
    own = pathway.backlinks["courses"]
    sector_wide = [c for c in pathway["sector"].backlinks["courses"] if c["pathway"] is None]
    return tuple(
        Step(
            level=level,
            courses=tuple(c for c in own if c["level"] is level),
            of_sector=tuple(c for c in sector_wide if c["level"] is level),
        )
        for level in catalog["course_levels"]
    )


class ProgramsAt(NamedTuple):
    """The programs of one institution, with all awards of the year."""

    institution: Record
    programs: tuple[Record, ...]
    completions: int


@view
def programs_near(catalog: Catalog, pathway: Record) -> tuple[ProgramsAt, ...]:
    """Give where a pathway leads nearby, by our crosswalk: the county and its colleges first, most awards first."""
    return programs_after(catalog, (pathway,))


def programs_after(catalog: Catalog, pathways: Iterable[Record]) -> tuple[ProgramsAt, ...]:
    """Give where some pathways lead nearby, each program once, in the same order."""
    areas = dict.fromkeys(area for pathway in pathways for area in pathway.backlinks["program_areas"])
    found: dict[Record, list[Record]] = defaultdict(list)
    for area in areas:
        for program in area.backlinks["programs"]:
            found[program["institution"]].append(program)
    places = [
        ProgramsAt(
            institution,
            tuple(sorted(programs, key=lambda p: (-p["completions"], p["name"]))),
            sum(p["completions"] for p in programs),
        )
        for institution, programs in found.items()
    ]

    def rank(place: ProgramsAt) -> tuple[bool, str, int]:
        return not is_in_the_county(catalog, place.institution), place.institution["kind"], -place.completions

    return tuple(sorted(places, key=rank))


@view
def is_in_the_county(catalog: Catalog, institution: Record) -> bool:
    """Tell whether a school is in the county of this site, and not in one beside it."""
    return str(institution["county"]) == str(catalog.region["county"]).removesuffix(" County")


class PathwayAt(NamedTuple):
    """A pathway and how many programs of one institution follow on from it."""

    pathway: Record
    programs: int


@view
def pathways_at(catalog: Catalog, institution: Record) -> tuple[PathwayAt, ...]:
    """Give the pathways that an institution's programs follow on from, most programs first."""
    count: dict[str, PathwayAt] = {}
    for program in institution.backlinks["programs"]:
        for pathway in program["program_area"]["pathways"]:
            so_far = count.get(pathway.id, PathwayAt(pathway, 0))
            count[pathway.id] = PathwayAt(pathway, so_far.programs + 1)
    return tuple(sorted(count.values(), key=lambda c: (-c.programs, c.pathway["name"])))
