"""Occupations and pathways side by side: what a row of the comparison says beyond the record's own fields."""

from __future__ import annotations

from generator.model import Catalog, Record
from generator.views.occupations import essential_skills
from generator.views.pathways import is_in_the_county, programs_near
from generator.views.records import by_name
from generator.views.registry import view

FEW_SKILLS = 3


@view
def foremost_skills(catalog: Catalog, record: Record) -> tuple[Record, ...]:
    """Give the essential skills that matter most for an occupation, or for the occupations of a pathway."""
    occupations = (record,) if record.dataset == "occupations" else record.backlinks["occupations"]
    return tuple(found.skill for found in essential_skills(catalog, occupations)[:FEW_SKILLS])


@view
def taught_at(catalog: Catalog, record: Record) -> tuple[Record, ...]:
    """Give the colleges and universities of the county with a program that follows on, by name."""
    pathways = (record,) if record.dataset == "pathways" else record["pathways"]
    places = {place.institution for pathway in pathways for place in programs_near(catalog, pathway)}
    return by_name(catalog, (place for place in places if is_in_the_county(catalog, place)))
