"""Compare occupations and pathways side by side: rows that are more than a record's own fields."""

from __future__ import annotations

from generator.model import Catalog, Record
from generator.views.occupations import essential_skills, occupations_of
from generator.views.pathways import is_in_the_county, programs_near
from generator.views.records import by_name
from generator.views.registry import view
from generator.views.ways_in import places_for, programs_for

FEW_SKILLS = 3


@view
def foremost_skills(catalog: Catalog, record: Record) -> tuple[Record, ...]:
    """Return the essential skills that matter most for an occupation, or for the occupations of a pathway."""
    occupations = (record,) if record.dataset == "occupations" else occupations_of(catalog, record)
    return tuple(found.skill for found in essential_skills(catalog, occupations)[:FEW_SKILLS])


@view
def taught_at(catalog: Catalog, record: Record) -> tuple[Record, ...]:
    """Return the county's colleges and universities that have a program to continue in, by name."""
    if record.dataset == "occupations":
        return tuple(place.institution for place in places_for(catalog, programs_for(catalog, record)))
    places = {place.institution for place in programs_near(catalog, record)}
    return by_name(catalog, (place for place in places if is_in_the_county(catalog, place)))
