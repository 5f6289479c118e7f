"""National projections and entry requirements: Table 1.2 of BLS Employment Projections (occupation.xlsx)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from generator.figures.numbers import figure
from generator.figures.outlook import period_of
from generator.figures.publisher_files import Column, WrongFileError, read_table
from generator.figures.readings import NewRows, Reading, Values, listed
from generator.figures.site_data import SiteData
from generator.figures.source_records import source_of

SHEET = "Table 1.2"
SPAN = r"\d{4}[–-]\d{2}"
COLUMNS = {
    "title": Column("2024 National Employment Matrix title", r"\d{4} National Employment Matrix title"),
    "soc": Column("2024 National Employment Matrix code", r"\d{4} National Employment Matrix code"),
    "kind": Column("Occupation type"),
    "jobs_start": Column("Employment, 2024", r"Employment, \d{4}"),
    "jobs_end": Column("Employment, 2034", r"Employment, \d{4}", nth=1),
    "growth": Column("Employment change, percent, 2024–34", rf"Employment change, percent, {SPAN}"),
    "openings": Column(
        "Occupational openings, 2024–34 annual average", rf"Occupational openings, {SPAN} annual average"
    ),
    "entry_education": Column("Typical education needed for entry"),
    "work_experience": Column("Work experience in a related occupation"),
    "on_the_job_training": Column("Typical on-the-job training needed to attain competency in the occupation"),
}
DETAILED = "line item"
#: What BLS writes -> the value of our field.
WORDS = {
    "entry_education": {
        "no formal educational credential": "no-formal-credential",
        "high school diploma or equivalent": "high-school",
        "some college, no degree": "some-college",
        "postsecondary nondegree award": "postsecondary-award",
        "associate's degree": "associate",
        "bachelor's degree": "bachelor",
        "master's degree": "master",
        "doctoral or professional degree": "doctoral-or-professional",
    },
    "work_experience": {
        "none": "none",
        "less than 5 years": "under-5-years",
        "5 years or more": "5-years-or-more",
    },
    "on_the_job_training": {
        "none": "none",
        "short-term on-the-job training": "short-term",
        "moderate-term on-the-job training": "moderate-term",
        "long-term on-the-job training": "long-term",
        "apprenticeship": "apprenticeship",
        "internship/residency": "internship-or-residency",
    },
}
#: BLS counts jobs and openings in thousands.
THOUSAND = 1000


def read(files: Sequence[Path], site: SiteData, _vintage: str) -> Reading:
    """Read national projections and what it takes to start, for the occupations of the site.

    Raises:
        WrongFileError: the workbook is not BLS's, or has a word that is not known.
    """
    path = files[0]
    table = read_table(path, COLUMNS, sheet=SHEET)
    span = [re.findall(r"\d{4}", table.headings[name])[-1] for name in ("jobs_start", "jobs_end")]
    lines = {row["soc"]: row for row in table.rows if row["kind"].casefold() == DETAILED}
    ids = site.ids("occupations", "soc")
    found = [(id_, lines[soc]) for soc in ids if soc in lines for id_ in ids[soc]]
    source = source_of(site, "bls-ep")
    outlook = tuple(_outlook(id_, row, path.name, period_of(span), source) for id_, row in found)
    needs = tuple({"id": id_, **dict(_needs(row, path.name))} for id_, row in found)
    missing = [f"{soc} {', '.join(ids[soc])}" for soc in ids if soc not in lines]
    notes = listed("No line in this file; their rows stay as they are", missing)
    tables = (NewRows("outlook", outlook), NewRows("occupations", needs))
    return Reading(tables, f"{span[0]} to {span[1]}", notes=notes)


def _outlook(id_: str, row: Mapping[str, str], name: str, period: str, source: str) -> Values:
    where = f"{name}: {row['soc']}"
    return {
        "occupation": id_,
        "area": "country",
        "period": period,
        "jobs_start": figure(row["jobs_start"], where, times=THOUSAND),
        "jobs_end": figure(row["jobs_end"], where, times=THOUSAND),
        "growth_percent": figure(row["growth"], where),
        "openings_per_year": figure(row["openings"], where, times=THOUSAND),
        "source": source,
    }


def _needs(row: Mapping[str, str], name: str) -> Iterator[tuple[str, str]]:
    for field, words in WORDS.items():
        said = row[field].replace("’", "'").casefold()
        if said and said not in words:
            known = ", ".join(words)
            raise WrongFileError(f"{name}: {row['soc']}: '{row[field]}' is new in '{COLUMNS[field].heading}' ({known})")
        yield field, words.get(said, "")
