"""Views: functions that derive everything a template shows beyond the plain fields of a record.

A view takes the catalog and records and returns values. It is marked with `@view` in the module for its subject;
PUBLIC collects all of them for templates. Python code imports the module: `views.pathways.programs_near`.
"""

from __future__ import annotations

from generator.views import (
    activities,
    availability,
    bars,
    card_facets,
    comparison,
    contacts,
    demand,
    directory,
    downloads,
    events,
    facets,
    handouts,
    health,
    interests,
    linked_data,
    listing,
    local_chain,
    messages,
    news,
    occupations,
    outlook,
    pathways,
    pictures,
    records,
    schooling,
    schools,
    sources,
    wages,
    ways_in,
)
from generator.views.registry import PUBLIC

__all__ = [
    "PUBLIC",
    "activities",
    "availability",
    "bars",
    "card_facets",
    "comparison",
    "contacts",
    "demand",
    "directory",
    "downloads",
    "events",
    "facets",
    "handouts",
    "health",
    "interests",
    "linked_data",
    "listing",
    "local_chain",
    "messages",
    "news",
    "occupations",
    "outlook",
    "pathways",
    "pictures",
    "records",
    "schooling",
    "schools",
    "sources",
    "wages",
    "ways_in",
]
