"""Pathways: their course sequence, and the college and university programs that follow."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from generator.model import Catalog, Record
from generator.views.registry import view

LEVELS = ("introductory", "concentrator", "capstone")


class Step(NamedTuple):
    """One level of a pathway's course sequence: its own courses, or those of the whole sector."""

    level: Record
    courses: tuple[Record, ...]
    of_sector: tuple[Record, ...]


@view
def course_sequence(catalog: Catalog, pathway: Record) -> tuple[Step, ...]:
    """Return a pathway's courses by level, starting with the sector's introductory courses."""
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
    """One institution's programs and the total number of awards in the year."""

    institution: Record
    programs: tuple[Record, ...]
    completions: int


@view
def programs_near(catalog: Catalog, pathway: Record) -> tuple[ProgramsAt, ...]:
    """Return the programs that our crosswalk links to a pathway: in the county first, then by kind and awards."""
    return programs_after(catalog, (pathway,))


def programs_after(catalog: Catalog, pathways: Iterable[Record]) -> tuple[ProgramsAt, ...]:
    """Return the programs that follow any of the pathways, each program once, in the same order."""
    areas = dict.fromkeys(area for pathway in pathways for area in pathway.backlinks["program_areas"])
    found: dict[Record, list[Record]] = defaultdict(list)
    for area in areas:
        for field in area.backlinks["fields_of_study"]:
            for program in field.backlinks["programs"]:
                found[program["institution"]].append(program)
    places = [
        ProgramsAt(
            institution,
            tuple(sorted(programs, key=lambda p: (-p["completions"], p["cip_code"]["name"]))),
            sum(p["completions"] for p in programs),
        )
        for institution, programs in found.items()
    ]

    def rank(place: ProgramsAt) -> tuple[bool, str, int]:
        return not is_in_the_county(catalog, place.institution), place.institution["kind"], -place.completions

    return tuple(sorted(places, key=rank))


@view
def is_in_the_county(catalog: Catalog, institution: Record) -> bool:
    """Whether a school is in this site's county and not a neighboring one."""
    return str(institution["county"]) == str(catalog.region["county"]).removesuffix(" County")


class PathwayAt(NamedTuple):
    """A pathway, and how many of an institution's programs continue it."""

    pathway: Record
    programs: int


@view
def pathways_at(catalog: Catalog, institution: Record) -> tuple[PathwayAt, ...]:
    """Return the pathways that an institution's programs continue, most programs first."""
    count: dict[str, PathwayAt] = {}
    for program in institution.backlinks["programs"]:
        area = program["cip_code"]["program_area"]
        for pathway in area["pathways"] if area else ():
            so_far = count.get(pathway.id, PathwayAt(pathway, 0))
            count[pathway.id] = PathwayAt(pathway, so_far.programs + 1)
    return tuple(sorted(count.values(), key=lambda c: (-c.programs, c.pathway["name"])))
