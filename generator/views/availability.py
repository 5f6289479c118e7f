"""When an offer is next available, and sorting offers by that day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from generator.model import Catalog, Record
from generator.views.registry import view

MONTHS = range(1, 13)
SATURDAY = 5


@view
def months_of(catalog: Catalog, offer: Record) -> tuple[int, ...]:
    """Return the months in which an offer is available: as listed, or those its windows cover, or all twelve."""
    if offer["months"]:
        return tuple(sorted(offer["months"]))
    found = {month for window in offer["windows"] or () for month in _months(window["starts_on"], window["ends_on"])}
    return tuple(sorted(found or MONTHS))


@view
def next_day(catalog: Catalog, offer: Record, today: date) -> date | None:
    """Return the first day on which a request made today could be met, or None if no such day is left.

    Windows with exact dates are taken as they are; otherwise the day is one on which schools and employers work.
    """
    first = today + timedelta(days=offer["lead_time_days"] or 0)
    if offer["windows"]:
        days = [max(w["starts_on"], first) for w in offer["windows"] if w["ends_on"] >= first]
        if days or not offer["months"]:
            return min(days, default=None)
    months = offer["months"] or MONTHS
    for _ in range(len(MONTHS) + 1):
        day = _work_day(first)
        if day.month == first.month and day.month in months:
            return day
        first = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return None


@view
def by_next_day(catalog: Catalog, offers: Iterable[Record], today: date) -> tuple[Record, ...]:
    """Sort offers by the first day on which they are available, then by name."""

    def rank(offer: Record) -> tuple[date, str]:
        return next_day(catalog, offer, today) or date.max, offer["name"]

    return tuple(sorted(offers, key=rank))


def _work_day(day: date) -> date:
    """Return the day itself, or the next one that is not a weekend or New Year's Day (months start there)."""
    while day.weekday() >= SATURDAY or (day.month, day.day) == (1, 1):
        day += timedelta(days=1)
    return day


def _months(start: date, end: date) -> set[int]:
    """Return the months that a period covers, even in part."""
    count = (end.year - start.year) * 12 + end.month - start.month + 1
    return {(start.month - 1 + i) % 12 + 1 for i in range(min(count, 12))}
