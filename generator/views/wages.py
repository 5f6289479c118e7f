"""What occupations pay: by area, ranked, and as a chart."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from generator.model import Catalog, Record
from generator.views.registry import view

AREAS = ("region", "state", "country")
#: The figures that a bar shows: from the lowest to the highest tenth, with a mark in the middle.
DRAWN = ("p10_usd_per_year", "median_usd_per_year", "p90_usd_per_year")


@view
def wages_of(catalog: Catalog, occupation: Record) -> tuple[Record, ...]:
    """Return the wage rows of an occupation: region, state, nation."""
    rows = occupation.backlinks["wages"]
    return tuple(sorted(rows, key=lambda w: AREAS.index(w["area"])))


@view
def regional_wage(catalog: Catalog, occupation: Record) -> Record | None:
    """Return an occupation's wage row for the region."""
    return next((w for w in occupation.backlinks["wages"] if w["area"] == "region"), None)


@view
def by_wage(catalog: Catalog, occupations: Iterable[Record]) -> tuple[Record, ...]:
    """Sort occupations by the region's median wage, highest first; those without one come last, by name."""

    def rank(occupation: Record) -> tuple[int, str]:
        wage = regional_wage(catalog, occupation)
        return -((wage and wage["median_usd_per_year"]) or 0), occupation["name"]

    return tuple(sorted(occupations, key=rank))


@view
def by_jobs(catalog: Catalog, occupations: Iterable[Record]) -> tuple[Record, ...]:
    """Sort occupations by the number of jobs in the region, most first; those without a number come last, by name."""

    def rank(occupation: Record) -> tuple[int, str]:
        wage = regional_wage(catalog, occupation)
        return -((wage and wage["employment_jobs"]) or 0), occupation["name"]

    return tuple(sorted(occupations, key=rank))


class PayBar(NamedTuple):
    """Pay on a scale that several bars share; positions are percentages of its width, None if not published."""

    occupation: Record
    wage: Record | None
    low: float | None
    middle: float | None
    high: float | None

    @property
    def width(self) -> float | None:
        """Return the width of the bar from the lowest to the highest tenth."""
        return None if self.low is None or self.high is None else round(self.high - self.low, 1)


@view
def pay_rows(catalog: Catalog, occupation: Record) -> tuple[PayBar, ...]:
    """Lay out an occupation's pay in each area that has a median."""
    wages = [wage for wage in wages_of(catalog, occupation) if wage["median_usd_per_year"]]
    return _on_one_scale([(occupation, wage) for wage in wages])


@view
def pay_bars(catalog: Catalog, occupations: Iterable[Record]) -> tuple[PayBar, ...]:
    """Lay out the region's pay in several occupations, in the order given."""
    return _on_one_scale([(occupation, regional_wage(catalog, occupation)) for occupation in occupations])


def _on_one_scale(found: list[tuple[Record, Record | None]]) -> tuple[PayBar, ...]:
    """Return bars on a scale from zero to the highest figure of all."""
    end = max((wage[name] or 0 for _, wage in found if wage for name in DRAWN), default=0)
    return tuple(
        PayBar(occupation, wage, *(_percent_of(end, wage[name] if wage else None) for name in DRAWN))
        for occupation, wage in found
    )


def _percent_of(end: int, usd: int | None) -> float | None:
    return round(100 * usd / end, 1) if usd else None


@view
def jobs_in(catalog: Catalog, occupations: Iterable[Record]) -> int:
    """Return the number of jobs in the region in occupations whose count is published."""
    wages = (regional_wage(catalog, occupation) for occupation in occupations)
    return sum(wage["employment_jobs"] or 0 for wage in wages if wage)
