"""The figures behind /demand/: what employers need, what is offered, and what is missing.

Real records count; samples only as long as nothing real is listed.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, NamedTuple

from generator.model import Catalog, Record
from generator.views.listing import listed
from generator.views.messages import employer_activities
from generator.views.news import sectors_of
from generator.views.records import counted
from generator.views.registry import view

#: What the figures count.
COUNTED = ("needs", "employers", "offers", "opportunities")
HORIZONS = ("now", "within-1-year", "1-2-years", "3-5-years")


class OccupationDemand(NamedTuple):
    """The minimum number of people needed in an occupation, by how many employers, and how soon.

    `offers` counts the open offers that show the occupation to students.
    """

    occupation: Record
    people: int
    employers: tuple[Record, ...]
    horizon: str
    offers: int


class Asked(NamedTuple):
    """How many hiring needs mention something: an essential skill (a record) or a phrase."""

    what: Any
    needs: int


class Cell(NamedTuple):
    """One cell of the gap matrix: the number of open offers for an activity in a sector."""

    activity: Record
    offers: int


class MatrixRow(NamedTuple):
    """One sector of the gap matrix."""

    sector: Record
    cells: tuple[Cell, ...]
    offers: int
    gaps: int


class AreaCoverage(NamedTuple):
    """What one area has: employers, offers that its schools may request, and opportunities."""

    area: str
    employers: int
    offers: int
    opportunities: int


@view
def in_demand_occupations(catalog: Catalog, today: date) -> tuple[OccupationDemand, ...]:
    """Rank occupations by how many people employers need, counting the low end of each range."""
    found: dict[Record, list[Record]] = defaultdict(list)
    for need in _counted(catalog, "needs", today):
        found[need["occupation"]].append(need)
    shown = Counter(one for offer in _counted(catalog, "offers", today) for one in offer["occupations"] or ())
    ranked = [
        OccupationDemand(
            occupation,
            sum(_at_least(need) for need in needs),
            tuple(dict.fromkeys(need["employer"] for need in needs)),
            min((need["horizon"] for need in needs), key=HORIZONS.index),
            shown[occupation],
        )
        for occupation, needs in found.items()
    ]
    return tuple(sorted(ranked, key=lambda one: (-one.people, HORIZONS.index(one.horizon), one.occupation["name"])))


@view
def in_demand_skills(catalog: Catalog, today: date) -> tuple[Asked, ...]:
    """Rank the essential skills by how many hiring needs mention them."""
    return _asked(catalog, today, lambda need: need["skills"])


@view
def in_demand_methods(catalog: Catalog, today: date) -> tuple[Asked, ...]:
    """Rank technical skills, in the employers' words, by how many hiring needs mention them."""
    return _asked(catalog, today, lambda need: need["technical_skills"] or ())


@view
def in_demand_credentials(catalog: Catalog, today: date) -> tuple[Asked, ...]:
    """Rank licenses and certificates, in the employers' words, by how many hiring needs mention them."""
    return _asked(catalog, today, lambda need: need["credentials"] or ())


@view
def gap_matrix(catalog: Catalog, today: date) -> tuple[MatrixRow, ...]:
    """Count open offers by sector and activity; the columns are the activities that employers can offer."""
    offers = _counted(catalog, "offers", today)
    count = Counter((sector.id, offer["activity"].id) for offer in offers for sector in sectors_of(catalog, offer))
    columns = employer_activities(catalog)
    rows = []
    for sector in catalog["sectors"]:
        cells = tuple(Cell(activity, count[sector.id, activity.id]) for activity in columns)
        total = sum(cell.offers for cell in cells)
        rows.append(MatrixRow(sector, cells, total, sum(not cell.offers for cell in cells)))
    return tuple(rows)


@view
def area_coverage(catalog: Catalog, today: date) -> tuple[AreaCoverage, ...]:
    """Count employers, offers for schools, and opportunities in each area of the region."""
    employers = Counter(one["area"] for one in _counted(catalog, "employers", today))
    offers = Counter(area for one in _counted(catalog, "offers", today) for area in one["areas_served"])
    opportunities = Counter(one["area"] for one in _counted(catalog, "opportunities", today))
    areas = [str(area["id"]) for area in catalog.region["areas"]]
    return tuple(AreaCoverage(area, employers[area], offers[area], opportunities[area]) for area in areas)


@view
def counted_samples(catalog: Catalog, today: date) -> tuple[str, ...]:
    """Return the datasets of which these figures count samples, because nothing real is listed."""
    return tuple(name for name in COUNTED if any(record.is_sample for record in _counted(catalog, name, today)))


def _counted(catalog: Catalog, dataset: str, today: date) -> tuple[Record, ...]:
    return counted(catalog, listed(catalog, catalog[dataset], today))


def _asked(catalog: Catalog, today: date, read: Callable[[Record], Iterable[Any]]) -> tuple[Asked, ...]:
    """Count what hiring needs mention, most frequent first; ties keep their order."""
    count = Counter(what for need in _counted(catalog, "needs", today) for what in read(need))
    return tuple(Asked(what, needs) for what, needs in count.most_common())


def _at_least(need: Record) -> int:
    """Return the low end of a range: '6-10' is 6, '26-or-more' is 26."""
    return int(need["number_band"].partition("-")[0])
