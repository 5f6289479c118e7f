"""When an offer can be had next, and offers in the order of that."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from generator.model import Catalog, Record
from generator.views.registry import view

MONTHS = range(1, 13)
SATURDAY = 5


@view
def months_of(catalog: Catalog, offer: Record) -> tuple[int, ...]:
    """Give the months in which an offer can be had: as listed, else those of its windows, else all."""
    if offer["months"]:
        return tuple(sorted(offer["months"]))
    found = {month for window in offer["windows"] or () for month in _months(window["starts_on"], window["ends_on"])}
    return tuple(sorted(found or MONTHS))


@view
def next_day(catalog: Catalog, offer: Record, today: date) -> date | None:
    """Give the first day on which a request made today could be met; None where none is left.

    Exact periods say themselves which days they mean; else it is a day on which schools and employers are at work.
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
    """Sort offers by the first day on which they can be had, then by name."""

    def rank(offer: Record) -> tuple[date, str]:
        return next_day(catalog, offer, today) or date.max, offer["name"]

    return tuple(sorted(offers, key=rank))


def _work_day(day: date) -> date:
    """Give the day itself, or the next one that is no weekend and no New Year's Day, on which months begin."""
    while day.weekday() >= SATURDAY or (day.month, day.day) == (1, 1):
        day += timedelta(days=1)
    return day


def _months(start: date, end: date) -> set[int]:
    """Give the months that a period touches."""
    count = (end.year - start.year) * 12 + end.month - start.month + 1
    return {(start.month - 1 + i) % 12 + 1 for i in range(min(count, 12))}
