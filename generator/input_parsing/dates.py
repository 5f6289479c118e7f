"""Reads dates and times as people type them; a date with two meanings is a fault."""

from __future__ import annotations

from calendar import month_name
from datetime import date

from generator.diagnostics import Fault, fault, shown
from generator.diagnostics.days import MOMENT, days_of, moments_of


def day(text: str) -> tuple[str, Fault | None]:
    """Return the ISO form of a date, or the fault that it has two meanings; other text is returned unchanged."""
    found = days_of(text)
    if len(found) > 1:
        return text, _two_meanings(text, *found)
    return (found[0] if found else text), None


def moment(text: str) -> tuple[str, Fault | None]:
    """Return the ISO form of a date with a time to the minute: 2/14/2027 3:30 PM is 2027-02-14T15:30."""
    found, match = moments_of(text), MOMENT.fullmatch(text)
    if match and len(days_of(match[1].rstrip(" ,"))) > 1:
        return text, day(match[1].rstrip(" ,"))[1]
    return (found[0] if found else text), None


def _two_meanings(text: str, american: str, other: str) -> Fault:
    first, second = (f"{month_name[d.month]} {d.day}, {d.year}" for d in map(date.fromisoformat, (american, other)))
    return fault("E701", shown=shown(text), first=first, second=second, first_iso=american, second_iso=other)
