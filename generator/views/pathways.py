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
    """One institution's programs and the total number of awards in the year.

    `programs` has a row for each award level of a program; `distinct` counts each program once.
    """

    institution: Record
    programs: tuple[Record, ...]
    completions: int
    distinct: int


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
            program_count(catalog, programs),
        )
        for institution, programs in found.items()
    ]

    def rank(place: ProgramsAt) -> tuple[bool, str, int]:
        return not is_in_the_county(catalog, place.institution), place.institution["kind"], -place.completions

    return tuple(sorted(places, key=rank))


@view
def program_count(catalog: Catalog, programs: Iterable[Record]) -> int:
    """Count programs: a field of study at an institution is one, whatever the number of its award levels."""
    return len({(program.values["institution"], program.values["cip_code"]) for program in programs})


class ProgramCounts(NamedTuple):
    """How many college programs there are, and how many of them and of the institutions are in the county."""

    everywhere: int
    in_county: int
    institutions_in_county: int


@view
def program_counts(catalog: Catalog) -> ProgramCounts:
    """Count the programs of all institutions, and what is in the county."""
    here = [one for one in catalog["institutions"] if is_in_the_county(catalog, one)]
    local = (program for one in here for program in one.backlinks["programs"])
    return ProgramCounts(program_count(catalog, catalog["programs"]), program_count(catalog, local), len(here))


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
    found: dict[Record, set[str]] = defaultdict(set)
    for program in institution.backlinks["programs"]:
        area = program["cip_code"]["program_area"]
        for pathway in area["pathways"] if area else ():
            found[pathway].add(program["cip_code"].id)
    counted = (PathwayAt(pathway, len(codes)) for pathway, codes in found.items())
    return tuple(sorted(counted, key=lambda one: (-one.programs, one.pathway["name"])))
