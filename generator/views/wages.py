"""What occupations pay: by area, ranked, and as a chart."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from generator.model import Catalog, Record
from generator.views.registry import view

AREAS = ("region", "state", "country")
#: The figures in a wage row, lowest first.
PERCENTILES = ("p10", "p25", "median", "p75", "p90")
#: Round steps for a scale in dollars a year.
STEPS = (20_000, 25_000, 50_000, 100_000)
MOST_TICKS = 5


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


class Tick(NamedTuple):
    """A tick on the chart's scale."""

    usd_per_year: int
    x: float


class WagePicture(NamedTuple):
    """One area's wages on a scale from zero; positions are percentages of its width, or None if not published."""

    wage: Record
    p10: float | None
    p25: float | None
    median: float | None
    p75: float | None
    p90: float | None
    ticks: tuple[Tick, ...]

    @property
    def range_width(self) -> float | None:
        """Return the width of the line from the 10th to the 90th percentile."""
        return None if self.p10 is None or self.p90 is None else round(self.p90 - self.p10, 1)

    @property
    def middle_width(self) -> float | None:
        """Return the width of the box from the 25th to the 75th percentile."""
        return None if self.p25 is None or self.p75 is None else round(self.p75 - self.p25, 1)


@view
def wage_picture(catalog: Catalog, occupation: Record) -> WagePicture | None:
    """Lay out an occupation's wages in the nearest area that has a median, or return None if nothing is published."""
    wage = next((w for w in wages_of(catalog, occupation) if w["median_usd_per_year"]), None)
    if wage is None:
        return None
    figures = {name: wage[f"{name}_usd_per_year"] for name in PERCENTILES}
    highest = max(usd or 0 for usd in figures.values())
    step = next((s for s in STEPS if s * (MOST_TICKS - 1) >= highest), STEPS[-1])
    end = step * -(-highest // step)  # the first step at or above the highest figure
    places = {name: None if usd is None else _percent_of(end, usd) for name, usd in figures.items()}
    return WagePicture(wage, **places, ticks=tuple(Tick(usd, _percent_of(end, usd)) for usd in range(0, end + 1, step)))


def _percent_of(end: int, usd: int) -> float:
    return round(100 * usd / end, 1)
