"""What occupations pay: by area, ranked, and as a chart."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from generator.model import Catalog, Record
from generator.views.registry import view

AREAS = ("region", "state", "country")


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


class PayRow(NamedTuple):
    """One area's pay on a scale that all areas share; positions are percentages of its width, or None."""

    wage: Record
    low: float | None
    middle: float | None
    high: float | None

    @property
    def width(self) -> float | None:
        """Return the width of the bar from the lowest to the highest tenth."""
        return None if self.low is None or self.high is None else round(self.high - self.low, 1)


@view
def pay_rows(catalog: Catalog, occupation: Record) -> tuple[PayRow, ...]:
    """Lay out an occupation's pay in each area that has a median, from zero to the highest tenth of all of them."""
    wages = [wage for wage in wages_of(catalog, occupation) if wage["median_usd_per_year"]]
    names = ("p10_usd_per_year", "median_usd_per_year", "p90_usd_per_year")
    end = max((wage[name] or 0 for wage in wages for name in names), default=0)
    return tuple(PayRow(wage, *(wage[name] and _percent_of(end, wage[name]) for name in names)) for wage in wages)


def _percent_of(end: int, usd: int) -> float:
    return round(100 * usd / end, 1)
