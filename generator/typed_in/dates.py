"""Days and times as people in the United States write them, and as spreadsheets save them, to ISO 8601."""

from __future__ import annotations

import re
from calendar import month_abbr, month_name
from datetime import date, time

from generator.messages import Fault, fault, shown

NUMBERS = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})")
YEAR_FIRST = re.compile(r"([0-9]{4})[/.-]([0-9]{1,2})[/.-]([0-9]{1,2})")
MIDNIGHT = re.compile(r"[ T]0{1,2}:00(:00(\.0+)?)?")
WORDS = re.compile(
    r"(?:[a-z]+,? )?(?:(?P<month>[a-z]+)\.? (?P<day>[0-9]{1,2})(?:st|nd|rd|th)?,?"
    r"|(?P<day_first>[0-9]{1,2})(?:st|nd|rd|th)?[ -](?P<month_second>[a-z]+)\.?,?)[ -](?P<year>[0-9]{4})",
    re.IGNORECASE,
)
MOMENT = re.compile(
    r"(.*[0-9],?)(?: +at +|T| +)([0-9]{1,2}(?::[0-9]{2}){0,2}(?:\.[0-9]+)? ?(?:[ap]\.?m\.?)?)", re.IGNORECASE
)
CLOCK = re.compile(r"([0-9]{1,2})(?::([0-9]{2}))?(?::[0-9]{2}(?:\.[0-9]+)?)? ?([ap])?\.?(?:m\.?)?", re.IGNORECASE)
MONTHS = {name.casefold(): i for names in (month_abbr, month_name) for i, name in enumerate(names) if name} | {
    "sept": 9
}
NOON = 12


def day(text: str) -> tuple[str, Fault | None]:
    """Give the ISO form of a day, or the fault that it has two meanings; what is no day comes back as it is."""
    bare = MIDNIGHT.sub("", text) if MIDNIGHT.search(text) else text
    if match := YEAR_FIRST.fullmatch(bare):
        return _iso(*map(int, match.groups())) or text, None
    if match := NUMBERS.fullmatch(bare):
        first, second, year = map(int, match.groups())
        american, other = _iso(year, first, second), _iso(year, second, first)
        if american and other and american != other:
            return text, _two_meanings(text, american, other)
        return american or other or text, None
    if match := WORDS.fullmatch(bare):
        month = MONTHS.get((match["month"] or match["month_second"]).casefold(), 0)
        return _iso(int(match["year"]), month, int(match["day"] or match["day_first"])) or text, None
    return text, None


def moment(text: str) -> tuple[str, Fault | None]:
    """Give the ISO form of a day with a time to the minute: 2/14/2027 3:30 PM is 2027-02-14T15:30."""
    match = MOMENT.fullmatch(text)
    if not match:
        return text, None
    date_text, time_text = match[1].rstrip(" ,"), match[2]
    found, two_meanings = day(date_text)
    clock = _clock(time_text)
    if two_meanings:
        return text, two_meanings
    if not clock or not YEAR_FIRST.fullmatch(found):
        return text, None
    return f"{found}T{clock}", None


def _clock(text: str) -> str:
    match = CLOCK.fullmatch(text.strip())
    if not match:
        return ""
    hour, minute, half = int(match[1]), int(match[2] or 0), (match[3] or "").casefold()
    if half and hour <= NOON:
        hour = hour % NOON + (NOON if half == "p" else 0)
    try:
        return time(hour, minute).isoformat("minutes")
    except ValueError:
        return ""


def _iso(year: int, month: int, day_of_month: int) -> str:
    try:
        return date(year, month, day_of_month).isoformat()
    except ValueError:
        return ""


def _two_meanings(text: str, american: str, other: str) -> Fault:
    first, second = (f"{month_name[d.month]} {d.day}, {d.year}" for d in map(date.fromisoformat, (american, other)))
    return fault("E701", shown=shown(text), first=first, second=second, first_iso=american, second_iso=other)
