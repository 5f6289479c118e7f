"""Convert days and times, as people write them or spreadsheets save them, to ISO 8601: every possible meaning."""

from __future__ import annotations

import re
from calendar import month_abbr, month_name, monthrange
from datetime import date, time

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


def days_of(text: str) -> tuple[str, ...]:
    """Return the days that text can mean: none, one, or two (for 3/4/2027, the American meaning first)."""
    bare = MIDNIGHT.sub("", text)
    if match := YEAR_FIRST.fullmatch(bare):
        found = [_iso(*map(int, match.groups()))]
    elif match := NUMBERS.fullmatch(bare):
        first, second, year = map(int, match.groups())
        found = [_iso(year, first, second), _iso(year, second, first)]
    elif match := WORDS.fullmatch(bare):
        month = MONTHS.get((match["month"] or match["month_second"]).casefold(), 0)
        found = [_iso(int(match["year"]), month, int(match["day"] or match["day_first"]))]
    else:
        found = []
    return tuple(dict.fromkeys(day for day in found if day))


def moments_of(text: str) -> tuple[str, ...]:
    """Return the days and times that text can mean: 2027-02-14T15:30 for 2/14/2027 3:30 PM."""
    match = MOMENT.fullmatch(text)
    clock = _clock(match[2]) if match else ""
    return tuple(f"{day}T{clock}" for day in days_of(match[1].rstrip(" ,"))) if match and clock else ()


def no_such_day(text: str) -> str:
    """Return why a well-formed day does not exist ("February 2027 has 28 days"), or '' for any other text."""
    match = YEAR_FIRST.fullmatch(text)
    if not match or _iso(*map(int, match.groups())):
        return ""
    year, month, _ = map(int, match.groups())
    if not 1 <= month < len(month_name):
        return f"there is no month {month}: write year-month-day"
    return f"{month_name[month]} {year} has {monthrange(year, month)[1]} days" if year else ""


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
