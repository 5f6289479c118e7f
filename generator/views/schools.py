"""Schools: the programs we found at each, the schools of a pathway, and how many of both are known."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from generator.model import Catalog, Record
from generator.views.listing import is_listed
from generator.views.records import by_name
from generator.views.registry import view

DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")


class SourceDate(NamedTuple):
    """When the source of a program was written: `day` if known, else `month`, else `period`, as in 2023 or 2015-16."""

    day: date | None
    month: str
    period: str
    year: str


@view
def source_date(catalog: Catalog, program: Record) -> SourceDate | None:
    """Return when the source of a program was written, or None if it has no date."""
    text = program["document_date"]
    if not text:
        return None
    if DAY.fullmatch(text):
        return SourceDate(date.fromisoformat(text), "", "", text[:4])
    return SourceDate(None, text, "", text[:4]) if MONTH.fullmatch(text) else SourceDate(None, "", text, text[:4])


class Teaching(NamedTuple):
    """A school, and the programs there that belong to the pathways asked for."""

    school: Record
    programs: tuple[Record, ...]


@view
def schools_teaching(catalog: Catalog, pathways: Iterable[Record], today: date) -> tuple[Teaching, ...]:
    """Return the schools where we found any of the pathways, by name, each with its programs."""
    return _by_school(catalog, (one for pathway in pathways for one in pathway.backlinks["school_programs"]), today)


@view
def schools_in_sector(catalog: Catalog, sector: Record, today: date) -> tuple[Teaching, ...]:
    """Return the schools with a program of a sector whose pathway we do not know, each with these programs."""
    return _by_school(catalog, sector.backlinks["school_programs"], today)


def _by_school(catalog: Catalog, programs: Iterable[Record], today: date) -> tuple[Teaching, ...]:
    """Group the programs that are shown by school, each program once."""
    found: dict[Record, list[Record]] = defaultdict(list)
    for program in dict.fromkeys(programs):
        if is_listed(catalog, program, today) and is_listed(catalog, program["school"], today):
            found[program["school"]].append(program)
    return tuple(Teaching(school, tuple(found[school])) for school in by_name(catalog, found))


@view
def programs_at(catalog: Catalog, school: Record, today: date) -> tuple[Record, ...]:
    """Return the programs we found at a school, without those that have ended."""
    return tuple(program for program in school.backlinks["school_programs"] if is_listed(catalog, program, today))


@view
def schools_of(catalog: Catalog, district: Record, today: date) -> tuple[Teaching, ...]:
    """Return the schools that a district runs or approved, by name, each with the programs we found."""
    listed = (school for school in by_name(catalog, district.backlinks["schools"]) if is_listed(catalog, school, today))
    return tuple(Teaching(school, programs_at(catalog, school, today)) for school in listed)


@view
def district_offices(catalog: Catalog) -> tuple[Record, ...]:
    """Return the districts with high school grades, by name."""
    return by_name(catalog, (one for one in catalog["institutions"] if one["high_school_grades"]))


class Coverage(NamedTuple):
    """How many pathways have a school and how many schools a program; `with_drafts` counts unconfirmed ones, too."""

    pathways: int
    all_pathways: int
    schools: int
    all_schools: int
    pathways_with_drafts: int
    schools_with_drafts: int
    drafts: int


@view
def coverage(catalog: Catalog, today: date) -> Coverage:
    """Count the pathways with a school and the schools with a program, as shown and with drafts."""
    shown = [one for one in catalog["school_programs"] if is_listed(catalog, one, today)]
    drafts = [one for one in catalog["school_programs"].drafts if one.values["school"] in catalog["schools"].by_id]
    return Coverage(
        pathways=_distinct(shown, "pathway"),
        all_pathways=len(catalog["pathways"]),
        schools=_distinct(shown, "school"),
        all_schools=len(catalog["schools"]),
        pathways_with_drafts=_distinct([*shown, *drafts], "pathway"),
        schools_with_drafts=_distinct([*shown, *drafts], "school"),
        drafts=len(drafts),
    )


def _distinct(programs: Iterable[Record], name: str) -> int:
    return len({program.values[name] for program in programs if program.values[name]})
