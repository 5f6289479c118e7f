"""The publishers whose files the site can read: what to download, which tables it fills, when a release is due."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from generator.figures import cde_schools, cip_soc, edd_projections, employment_projections, ipeds, oews, onet
from generator.figures.readings import Reading
from generator.figures.site_data import SiteData


class Release(NamedTuple):
    """When a publisher's next release is usually out.

    `lag` is the number of years from the data to the release; None if the vintage is the date of the release itself.
    `every` is the number of years from one release to the next. `projected` is set if a period begins with the year of
    the data: 2024 of "2024 to 2034", but 2024 of "July 2023 to June 2024".
    """

    month: int
    lag: int | None = None
    every: int = 1
    projected: bool = False


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
        Release(month=9, lag=1, projected=True),
        employment_projections.read,
    ),
    "edd-projections": Publisher(
        "edd-lt",
        "EDD long-term projections",
        "https://data.ca.gov/dataset/long-term-occupational-employment-projections",
        "the CSV of all areas; or the workbooks of your area and of California from https://labormarketinfo.edd.ca.gov/",
        ("outlook",),
        Release(month=7, lag=2, projected=True),
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
