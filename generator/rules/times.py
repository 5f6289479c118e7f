"""Check days and times: no end before its start, no time that clocks skip, no unknown time zone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from generator.diagnostics import did_you_mean, problem, shown
from generator.diagnostics.about import about
from generator.model import Catalog, Problem, Record

TIMEZONE = "timezone"
#: A place in a record (field, index, key), and the value there.
Placed = tuple[tuple[str | int, ...], Any]


def start_before_end(catalog: Catalog, _: date) -> Iterator[Problem]:
    """The values of the fields (or `group.field`s) in a schema's `ordered` must not decrease from one to the next."""
    for dataset in catalog:
        for chain in dataset.resource.schema.ordered:
            for record in dataset:
                for row in _rows(record, chain):
                    yield from _fall(record, [(where, value) for where, value in row if value is not None])


def _rows(record: Record, chain: tuple[str, ...]) -> Iterator[list[Placed]]:
    """Yield the values of a chain: once for a record, or once for each group in a list of groups."""
    group, dot, _ = chain[0].partition(".")
    if not dot:
        yield [((name,), record.values.get(name)) for name in chain if (name,) not in record.faulty]
        return
    keys = [name.partition(".")[2] for name in chain]
    for i, values in enumerate(record.values.get(group) or ()):
        yield [((group, i, key), values[key]) for key in keys if (group, i, key) not in record.faulty]


def _fall(record: Record, filled: list[Placed]) -> Iterator[Problem]:
    for (first, low), (second, high) in pairwise(filled):
        if high < low:
            relation = "comes before" if isinstance(high, date) else "is less than"
            words = {
                "shown": shown(written(high)),
                "relation": relation,
                "other": first[-1],
                "other_shown": written(low),
            }
            yield problem("E405", record.row.origin(*second), about=about(record, *second), **words)


def written(value: Any) -> Any:
    """Return a value as people write it: a time without seconds."""
    return value.isoformat(timespec="minutes") if isinstance(value, datetime) else value


def time_zone_is_known(catalog: Catalog, _: date) -> Iterator[Problem]:
    """A time zone must have a name from the IANA database."""
    known = available_timezones()
    for record in _with_zone(catalog):
        zone = record.values[TIMEZONE]
        if zone not in known:
            hint = did_you_mean(zone, known) or "write it like this: America/Los_Angeles"
            here = record.row.origin(TIMEZONE)
            yield problem("E411", here, hint=hint, about=about(record, TIMEZONE), shown=shown(zone))


def time_is_on_the_clock(catalog: Catalog, _: date) -> Iterator[Problem]:
    """No event can begin or end in the hour that clocks skip in spring."""
    known = available_timezones()  # reads a folder of files, so only once
    for dataset in catalog:
        names = [field.name for field in dataset.resource.schema.fields if field.type == "datetime"]
        for record in dataset if names else ():
            zone = record.values.get(TIMEZONE) or catalog.region.timezone
            for name in names if zone in known else ():
                moment = record.values.get(name)
                if moment and (name,) not in record.faulty and (there := _on_clock(moment, zone)) != moment:
                    words = {"shown": shown(written(moment)), "zone": zone, "there": written(there)}
                    yield problem("E410", record.row.origin(name), about=about(record, name), **words)


def _with_zone(catalog: Catalog) -> Iterator[Record]:
    for dataset in catalog:
        yield from (r for r in dataset if r.values.get(TIMEZONE) and (TIMEZONE,) not in r.faulty)


def _on_clock(moment: datetime, zone: str) -> datetime:
    """Return what the clock of a zone shows at a moment: a different time if it skips this one."""
    place = ZoneInfo(zone)
    return moment.replace(tzinfo=place).astimezone(UTC).astimezone(place).replace(tzinfo=None)
