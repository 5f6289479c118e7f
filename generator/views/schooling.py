"""Group occupations and their local pay by the education they typically require."""

from __future__ import annotations

from statistics import median
from typing import NamedTuple

from generator.model import Catalog, Record
from generator.views.registry import view
from generator.views.wages import by_wage, regional_wage


class Schooling(NamedTuple):
    """A level of entry education with its occupations, best paid first, and local median pay in dollars a year.

    `rank` is its place among all levels, 0 for the lowest. `lowest`, `middle` and `highest` summarize the
    published regional medians; they are None if none is published.
    """

    rank: int
    level: str
    occupations: tuple[Record, ...]
    lowest: int | None
    middle: int | None
    highest: int | None


@view
def by_schooling(catalog: Catalog) -> tuple[Schooling, ...]:
    """Return the levels of entry education from lowest to highest, each with the occupations that start there."""
    field = catalog["occupations"].resource.schema.field("entry_education")
    levels = field.labels if field else ()
    rows = []
    for rank, level in enumerate(levels):
        occupations = by_wage(catalog, (o for o in catalog["occupations"] if o["entry_education"] == level))
        wages = (regional_wage(catalog, occupation) for occupation in occupations)
        paid = [wage["median_usd_per_year"] for wage in wages if wage and wage["median_usd_per_year"]]
        rows.append(
            Schooling(
                rank,
                level,
                occupations,
                min(paid, default=None),
                round(median(paid)) if paid else None,
                max(paid, default=None),
            )
        )
    return tuple(row for row in rows if row.occupations)


@view
def highest_middle(catalog: Catalog) -> int:
    """Return the highest middle pay of all levels: the end of the chart's scale."""
    return max((row.middle for row in by_schooling(catalog) if row.middle), default=1)


def category_rank(catalog: Catalog, record: Record, name: str) -> int | None:
    """Return the place of a record's category in the schema's list, 0 for the first; None if it is blank."""
    field = catalog[record.dataset].resource.schema.field(name)
    categories = list(field.labels) if field else []
    return categories.index(record[name]) if record[name] in categories else None
