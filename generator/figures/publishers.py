"""The publishers whose files the site can read: what to download, which tables it fills, when a release is due."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from generator.figures import cde_schools, cip_soc, edd_projections, employment_projections, ipeds, oews, onet
from generator.figures.readings import Reading
from generator.figures.site_data import SiteData

MONTHS = "January February March April May June July August September October November December".split()


class Release(NamedTuple):
    """When a publisher's next release is usually out.

    `lag` is the number of years from the data to the release; None if the vintage is the date of the release itself.
    `every` is the number of years from one release to the next.
    """

    month: int
    lag: int | None = None
    every: int = 1


class Publisher(NamedTuple):
    """A publisher's product: how the ids of its sources begin, what to download and where, what it fills, when."""

    sources: str
    title: str
    address: str
    files: str
    tables: tuple[str, ...]
    release: Release
    read: Callable[[Sequence[Path], SiteData, str], Reading]


PUBLISHERS: Mapping[str, Publisher] = {
    "bls-oews": Publisher(
        "bls-oews",
        "BLS wages and jobs (OEWS)",
        "https://download.bls.gov/pub/time.series/oe/",
        "oe.data.0.Current and oe.occupation; or the workbooks MSA_M2025_dl.xlsx, state_M2025_dl.xlsx, "
        "national_M2025_dl.xlsx from https://www.bls.gov/oes/tables.htm",
        ("wages",),
        Release(month=5, lag=1),
        oews.read,
    ),
    "bls-ep": Publisher(
        "bls-ep",
        "BLS Employment Projections",
        "https://www.bls.gov/emp/data/occupational-data.htm",
        "occupation.xlsx (all tables; Table 1.2 is read)",
        ("outlook", "occupations"),
        Release(month=9, lag=1),
        employment_projections.read,
    ),
    "edd-projections": Publisher(
        "edd-lt",
        "EDD long-term projections",
        "https://data.ca.gov/dataset/long-term-occupational-employment-projections",
        "the CSV of all areas; or the workbooks of your area and of California from https://labormarketinfo.edd.ca.gov/",
        ("outlook",),
        Release(month=7, lag=2),
        edd_projections.read,
    ),
    "ipeds": Publisher(
        "ipeds-c",
        "IPEDS completions and directory",
        "https://nces.ed.gov/ipeds/datacenter/DataFiles.aspx",
        "C2024_A.csv; HD2023.csv shows colleges to add; the NCES crosswalk workbook gives titles to new fields",
        ("programs", "fields_of_study"),
        Release(month=9, lag=1),
        ipeds.read,
    ),
    "cip-soc": Publisher(
        "cip",
        "NCES crosswalk from fields of study to occupations",
        "https://nces.ed.gov/ipeds/cipcode/",
        "CIP2020_SOC2018_Crosswalk.xlsx",
        ("program_occupations", "fields_of_study"),
        Release(month=9, lag=0, every=10),
        cip_soc.read,
    ),
    "onet": Publisher(
        "onet",
        "O*NET database",
        "https://www.onetcenter.org/database.html",
        "the unpacked text files, such as the folder db_30_3_text",
        (
            *("occupations", "interests", "occupation_skills", "education_mix"),
            *("work_context", "knowledge", "related_occupations"),
        ),
        Release(month=8),
        onet.read,
    ),
    "cde-schools": Publisher(
        "cde-school-directory",
        "CDE school directory",
        "https://www.cde.ca.gov/SchoolDirectory/",
        "CDESchoolDirectoryExport.xlsx, or pubschls.txt from https://www.cde.ca.gov/ds/si/ds/pubschls.asp",
        ("schools",),
        Release(month=10),
        cde_schools.read,
    ),
}


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
    data_year = years[0] if " to " in vintage and not vintage.startswith(tuple(MONTHS)) else years[-1]
    return _last_day(data_year + release.every + release.lag, release.month)


def _last_day(year: int, month: int) -> date:
    return date(year + month // 12, month % 12 + 1, 1).replace(day=1) - date.resolution
