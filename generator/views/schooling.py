"""What the ways after high school lead to: occupations and their pay here, by the schooling they usually ask for."""

from __future__ import annotations

from statistics import median
from typing import NamedTuple

from generator.model import Catalog, Record
from generator.views.registry import view
from generator.views.wages import by_wage, regional_wage


class Schooling(NamedTuple):
    """A level of entry education with its occupations, best paid first, and their median pay here in US dollars a year.

    `rank` is its place among all levels, 0 for the least. `lowest`, `middle` and `highest` are those of the
    published regional medians, None where none is published.
    """

    rank: int
    level: str
    occupations: tuple[Record, ...]
    lowest: int | None
    middle: int | None
    highest: int | None


@view
def by_schooling(catalog: Catalog) -> tuple[Schooling, ...]:
    """Give the levels of entry education from least to most, each with the occupations that begin there."""
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
    """Give the highest middle pay of all levels: the end of the scale on which they are drawn."""
    return max((row.middle for row in by_schooling(catalog) if row.middle), default=1)
