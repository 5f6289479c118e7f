"""When a publisher's next release is due: in the month in which it usually comes, counted from the site's vintage."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from generator.figures.publishers import PUBLISHERS, Publisher, Release
from generator.figures.site_data import SiteData

MONTHS = "January February March April May June July August September October November December".split()


class Due(NamedTuple):
    """A release that should be out by now: the publisher, the source of ours, its period, when the next one is due."""

    name: str
    publisher: Publisher
    source: str
    vintage: str
    since: date


def due(site: SiteData, today: date) -> tuple[Due, ...]:
    """Return the releases that should be out and that a table of the site doesn't have, the longest ago first."""
    found = {
        one.source: one
        for name, publisher in PUBLISHERS.items()
        for table in publisher.tables
        if (one := _newest(site, name, table)) and one.since < today
    }
    return tuple(sorted(found.values(), key=lambda one: one.since))


def _newest(site: SiteData, name: str, table: str) -> Due | None:
    """Return when the release after a table's newest source of a publisher is due."""
    publisher, records = PUBLISHERS[name], site.rows("sources")
    known = []
    resource = site.package.get(table)
    for id_ in resource.sources if resource else ():
        vintage = str(records[id_].values.get("vintage", "")) if id_ in records else ""
        since = next_release(publisher.release, vintage) if id_.startswith(publisher.sources) else None
        if since:
            known.append(Due(name, publisher, id_, vintage, since))
    return max(known, key=lambda one: one.since, default=None)


def next_release(release: Release, vintage: str) -> date | None:
    """Return the last day of the month in which the release after a vintage is usually out; None without a year."""
    years = [int(year) for year in re.findall(r"\b\d{4}\b", vintage)]
    if not years:
        return None
    if release.lag is None:
        month = next((i for i, name in enumerate(MONTHS, start=1) if name in vintage), 1)
        return _last_day(years[-1] + (month >= release.month), release.month)
    return _last_day(years[0 if release.projected else -1] + release.every + release.lag, release.month)


def _last_day(year: int, month: int) -> date:
    return date(year + month // 12, month % 12 + 1, 1).replace(day=1) - date.resolution
