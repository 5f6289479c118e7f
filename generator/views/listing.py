"""Decide whether a record is open on a day, until when, and why not; the only module that knows what ends a record.

The meaning of a field depends on its name, in every dataset: `closes_on`, `review_by_on`, `ends_at`, `windows`,
`status`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import Literal, NamedTuple
from zoneinfo import ZoneInfo

from generator.model import Catalog, Record
from generator.views.registry import view

Reason = Literal["ended", "paused", "employer", "closed", "review", "past", "unconfirmed"]

CLOSED_STATES = ("paused", "ended")
OFFERS = "offers"
DAYS_CONFIRMED = "offers_confirmed_for_days"
MOST_INSTEAD = 5
#: The site is rebuilt every night, so a card carries its last day only if it is near enough for a missed build to
# matter.
WATCHED = timedelta(days=90)
#: A closed record suggests open ones that share one of these, closest match first.
SHARED = ("employer", "activity", "kind", "pathways")


class Standing(NamedTuple):
    """Whether a record is open on a day; `until` is the last day on which it is, or None if no end is known.

    `reason` explains why it is closed: its own status, its employer's, or the kind of date that has passed.
    """

    is_open: bool
    until: date | None
    reason: Reason | None


@view
def standing(catalog: Catalog, record: Record, today: date) -> Standing:
    """Return whether a record is open on a day, until when, and why not."""
    ends = sorted(_ends(catalog, record), key=lambda end: end[0])
    until, kind = ends[0] if ends else (None, None)
    state = _closed_state(record)
    if state:
        return Standing(is_open=False, until=until, reason=state)
    if until and until < today:
        return Standing(is_open=False, until=until, reason=kind)
    return Standing(is_open=True, until=until, reason=None)


@view
def is_listed(catalog: Catalog, record: Record, today: date) -> bool:
    """Whether lists, search, the sitemap and feeds include a record on a day; its page exists either way."""
    return standing(catalog, record, today).is_open


@view
def listed(catalog: Catalog, records: Iterable[Record], today: date) -> tuple[Record, ...]:
    """Return the records that are open on a day, in the order given."""
    return tuple(record for record in records if is_listed(catalog, record, today))


@view
def not_listed(catalog: Catalog, records: Iterable[Record], today: date) -> tuple[Record, ...]:
    """Return the records that are closed on a day, in the order given."""
    return tuple(record for record in records if not is_listed(catalog, record, today))


@view
def last_day_soon(catalog: Catalog, record: Record, today: date) -> date | None:
    """Return the last day on which a record is open, if it is soon enough for the browser to check it."""
    until = standing(catalog, record, today).until
    return until if until and until - today <= WATCHED else None


@view
def opens_later(catalog: Catalog, record: Record, today: date) -> date | None:
    """Return the day on which applications open, if it is in the future; the record is listed with that day."""
    opens: date | None = record.values.get("opens_on")
    return opens if opens and opens > today else None


@view
def open_instead(catalog: Catalog, record: Record, today: date) -> tuple[Record, ...]:
    """Return open records to suggest instead: from the same employer, then activity or kind, then pathway."""
    others = [r for r in listed(catalog, catalog[record.dataset], today) if r is not record]
    found = dict.fromkeys(r for name in SHARED if name in record.values for r in others if _share(record, r, name))
    return tuple(found)[:MOST_INSTEAD]


@view
def local_day(catalog: Catalog, record: Record, moment: datetime) -> date:
    """Return the day of an event's time in the region's time zone."""
    return local_time(catalog, record, moment).date()


@view
def local_time(catalog: Catalog, record: Record, moment: datetime) -> datetime:
    """Convert an event's time from the event's own time zone to the region's."""
    region = ZoneInfo(catalog.region.timezone)
    own = ZoneInfo(zone_of(catalog, record))
    return moment.replace(tzinfo=own).astimezone(region)


def zone_of(catalog: Catalog, event: Record) -> str:
    """Return the name of an event's time zone: its own if valid, otherwise the region's."""
    own = str(event.values.get("timezone") or "")
    try:
        ZoneInfo(own)
    except (KeyError, ValueError):
        return catalog.region.timezone
    return own


def _closed_state(record: Record) -> Reason | None:
    """Return why a record is closed regardless of the day, or None if it is not."""
    for state in CLOSED_STATES:
        if record.values.get("status") == state:
            return state  # type: ignore[return-value] # both are reasons
    employer = record.links.get("employer")
    return "employer" if employer and employer.values.get("status") in CLOSED_STATES else None


def last_day(catalog: Catalog, record: Record) -> date | None:
    """Return the last day that a record's dates allow, regardless of its status, or None if it has no end."""
    return min((day for day, _ in _ends(catalog, record)), default=None)


def _ends(catalog: Catalog, record: Record) -> Iterator[tuple[date, Reason]]:
    """Yield each last day of a record together with what ends on it."""
    values = record.values
    if values.get("closes_on"):
        yield values["closes_on"], "closed"
    if values.get("review_by_on"):
        yield values["review_by_on"], "review"
    if values.get("ends_at"):
        yield local_day(catalog, record, values["ends_at"]), "past"
    if values.get("windows") and not values.get("months"):
        last = max(window["ends_on"] for window in values["windows"])
        yield last - timedelta(days=values.get("lead_time_days") or 0), "past"
    if record.dataset == OFFERS and values.get("last_confirmed_on"):
        yield values["last_confirmed_on"] + timedelta(days=confirmed_for(catalog)), "unconfirmed"


def confirmed_for(catalog: Catalog) -> int:
    """Return for how many days a confirmation keeps an offer open."""
    return int(catalog.region.values.get(DAYS_CONFIRMED) or 365)


def _share(one: Record, other: Record, name: str) -> bool:
    """Whether two records of a dataset have the same value in a field, or a list item in common."""
    mine, theirs = one[name], other[name]
    if isinstance(mine, tuple):
        return any(value in theirs for value in mine)
    return mine is not None and mine == theirs
