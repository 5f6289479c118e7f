"""Derived answers for templates: everything on a page that is not simply a field of a record.

A view takes the catalog and records and gives values; PUBLIC lists those that templates may call, by theme.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from generator.views.availability import by_next_day, months_of, next_day
from generator.views.card_facets import card_facets
from generator.views.comparison import foremost_skills, taught_at
from generator.views.demand import (
    activities_offered,
    area_coverage,
    gap_matrix,
    in_demand_credentials,
    in_demand_methods,
    in_demand_occupations,
    in_demand_skills,
)
from generator.views.downloads import columns, downloads
from generator.views.events import coming_events, is_coming
from generator.views.facets import facet, facet_values
from generator.views.handouts import code_of
from generator.views.health import check_again_after_days, due, health, health_by_owner
from generator.views.interests import by_strongest_interest, interest_scores, schooling_rank
from generator.views.linked_data import linked_data
from generator.views.listing import (
    is_listed,
    last_day_soon,
    listed,
    local_day,
    local_time,
    not_listed,
    open_instead,
    standing,
)
from generator.views.local_chain import by_deadline, by_start, near
from generator.views.news import news, news_of_sector, sectors_of
from generator.views.occupations import (
    STRONGEST_SKILLS,
    essential_skills,
    interests_of,
    related_occupations,
    strongest_skills,
)
from generator.views.pathways import LEVELS, course_sequence, is_in_the_county, pathways_at, programs_near
from generator.views.records import by_name, facts_about, figures, grouped, resources_for, sample_datasets
from generator.views.schooling import by_schooling, highest_middle
from generator.views.sources import is_sample, source_of, sources_for, uses_of_source, verified_on
from generator.views.wages import (
    AREAS,
    HIGHEST_LISTED,
    MOST_TICKS,
    STEPS,
    by_wage,
    regional_wage,
    top_wages,
    wage_picture,
    wages_of,
)

__all__ = [
    "AREAS",
    "HIGHEST_LISTED",
    "LEVELS",
    "MOST_TICKS",
    "PUBLIC",
    "STEPS",
    "STRONGEST_SKILLS",
    "activities_offered",
    "area_coverage",
    "by_deadline",
    "by_name",
    "by_next_day",
    "by_schooling",
    "by_start",
    "by_strongest_interest",
    "by_wage",
    "card_facets",
    "check_again_after_days",
    "code_of",
    "columns",
    "coming_events",
    "course_sequence",
    "downloads",
    "due",
    "essential_skills",
    "facet",
    "facet_values",
    "facts_about",
    "figures",
    "foremost_skills",
    "gap_matrix",
    "grouped",
    "health",
    "health_by_owner",
    "highest_middle",
    "in_demand_credentials",
    "in_demand_methods",
    "in_demand_occupations",
    "in_demand_skills",
    "interest_scores",
    "interests_of",
    "is_coming",
    "is_in_the_county",
    "is_listed",
    "is_sample",
    "last_day_soon",
    "linked_data",
    "listed",
    "local_day",
    "local_time",
    "months_of",
    "near",
    "news",
    "news_of_sector",
    "next_day",
    "not_listed",
    "open_instead",
    "pathways_at",
    "programs_near",
    "regional_wage",
    "related_occupations",
    "resources_for",
    "sample_datasets",
    "schooling_rank",
    "sectors_of",
    "source_of",
    "sources_for",
    "standing",
    "strongest_skills",
    "taught_at",
    "top_wages",
    "uses_of_source",
    "verified_on",
    "wage_picture",
    "wages_of",
]

PUBLIC: Mapping[str, Callable[..., Any]] = {
    view.__name__: view
    for view in (
        code_of,
        by_next_day,
        months_of,
        next_day,
        card_facets,
        sectors_of,
        activities_offered,
        area_coverage,
        gap_matrix,
        in_demand_credentials,
        in_demand_methods,
        in_demand_occupations,
        in_demand_skills,
        is_listed,
        is_sample,
        last_day_soon,
        listed,
        local_day,
        local_time,
        not_listed,
        open_instead,
        standing,
        by_deadline,
        by_start,
        near,
        columns,
        downloads,
        coming_events,
        is_coming,
        check_again_after_days,
        due,
        health,
        health_by_owner,
        linked_data,
        news,
        news_of_sector,
        facet,
        facet_values,
        essential_skills,
        interests_of,
        related_occupations,
        strongest_skills,
        course_sequence,
        is_in_the_county,
        pathways_at,
        programs_near,
        by_name,
        facts_about,
        figures,
        grouped,
        resources_for,
        foremost_skills,
        taught_at,
        by_strongest_interest,
        interest_scores,
        schooling_rank,
        by_schooling,
        highest_middle,
        sample_datasets,
        source_of,
        sources_for,
        uses_of_source,
        verified_on,
        by_wage,
        regional_wage,
        top_wages,
        wage_picture,
        wages_of,
    )
}
