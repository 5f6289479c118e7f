"""Projections of the region and the state: long-term projections of California's Employment Development Department.

Reads the table of data.ca.gov (CSV, all areas) and the workbooks of its Labor Market Information Division (one area).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from generator.figures.numbers import figure
from generator.figures.outlook import period_of, shows_growth
from generator.figures.publisher_files import Column, PublishedTable, WrongFileError, read_table
from generator.figures.readings import NewRows, Reading, Values, listed
from generator.figures.site_data import SiteData
from generator.figures.source_records import source_of_period
from generator.spreadsheets.sheet import ZIP

SHEET = "Occupational"
CSV = {
    "area_type": Column("Area Type"),
    "area": Column("Area Name (County Names)", r"Area Name( \(County Names\))?"),
    "period": Column("Period"),
    "level": Column("SOC Level"),
    "soc": Column("Standard Occupational Classification (SOC)"),
    "jobs_start": Column("Base Year Employment Estimate"),
    "jobs_end": Column("Projected Year Employment Estimate"),
    "growth": Column("Percentage Change"),
    "openings": Column("Total Job Openings"),
}
WORKBOOK = {
    "level": Column("SOC Level"),
    "soc": Column("SOC Code"),
    "jobs_start": Column("Base Year Employment Estimate 2023", r"Base Year Employment Estimate \d{4}"),
    "jobs_end": Column("Projected Year Employment Estimate 2033", r"Projected Year Employment Estimate \d{4}"),
    "growth": Column("Percent-age Change 2023-2033", r"Percent-?age Change \d{4}-\d{4}"),
    "openings": Column("Total Job Openings"),
}
DETAILED = "4"
PERCENT = 100


class Line(NamedTuple):
    """One line of EDD: area ('region' or 'state'), SOC code, first and last year, and our figures."""

    area: str
    soc: str
    years: tuple[str, str]
    figures: Values


def read(files: Sequence[Path], site: SiteData, _vintage: str) -> Reading:
    """Read the projections of the region and the state for the occupations of the site.

    Raises:
        WrongFileError: a file is not EDD's, or has neither the county nor the state.
    """
    lines: dict[tuple[str, str], Line] = {}
    for path in files:
        for line in _lines(path, site):
            known = lines.get((line.area, line.soc))
            if known is None or known.years < line.years:
                lines[line.area, line.soc] = line
    if not lines:
        where = f"{site.setting('county')} or {site.setting('state')}"
        raise WrongFileError(f"{files[0].name}: no lines for {where}; compare 'county' and 'state' in region.yaml")
    return Reading((NewRows("outlook", tuple(_rows(lines, site))),), notes=_older(lines, site))


def _lines(path: Path, site: SiteData) -> Iterator[Line]:
    with path.open("rb") as file:
        is_workbook = file.read(len(ZIP)) == ZIP
    if is_workbook:
        yield from _workbook_lines(read_table(path, WORKBOOK, sheet=SHEET), site)
        return
    for row in read_table(path, CSV).rows:
        area = _area_of(row["area"], site)
        years = re.findall(r"\d{4}", row["period"])
        if area and row["level"] == DETAILED:
            yield Line(area, row["soc"], (years[0], years[1]), _figures(path, row, (years[0], years[1])))


def _workbook_lines(table: PublishedTable, site: SiteData) -> Iterator[Line]:
    named = {_area_of(text, site) for text in table.above}
    area = "region" if "region" in named else "state" if "state" in named else ""
    first, last = (re.findall(r"\d{4}", table.headings[name])[-1] for name in ("jobs_start", "jobs_end"))
    for row in table.rows:
        if area and row["level"] == DETAILED:
            yield Line(area, row["soc"], (first, last), _figures(table.path, row, (first, last), times=PERCENT))


def _area_of(name: str, site: SiteData) -> str:
    """Return which of our areas EDD names: "San Diego-Carlsbad MSA (San Diego County)" is the region."""
    counties = re.search(r"\((.+)\)|^(.+ County)$", name)
    if counties and re.search(rf"(?<![\w-]){re.escape(site.county_name)}(?![\w-])", counties[0]):
        return "region"
    return "state" if name in (site.setting("state"), f"{site.setting('state')} Statewide") else ""


def _figures(path: Path, row: Values, years: tuple[str, str], times: int = 1) -> Values:
    """Return our figures; openings become those of one year, and a workbook's parts of one become percent."""
    where = f"{path.name}: {row['soc']}"
    return {
        "jobs_start": figure(row["jobs_start"], where),
        "jobs_end": figure(row["jobs_end"], where),
        "growth_percent": figure(row["growth"], where, times=times, digits=1) if shows_growth(years[0]) else "",
        "openings_per_year": figure(row["openings"], where, per=int(years[1]) - int(years[0]), digits=1),
    }


def _rows(lines: dict[tuple[str, str], Line], site: SiteData) -> Iterator[Values]:
    """Yield the rows that are as new as the present ones, or newer."""
    ids, present = site.ids("occupations", "soc"), site.rows("outlook")
    for (area, soc), line in lines.items():
        for id_ in ids.get(soc, ()):
            old = present.get(f"{id_}--{area}")
            if old is None or str(old.values.get("period", "")) <= period_of(line.years):
                source = source_of_period(site, "edd-lt", line.years)
                key = {"occupation": id_, "area": area, "period": period_of(line.years)}
                yield {**key, **line.figures, "source": source, "note": ""}


def _older(lines: dict[tuple[str, str], Line], site: SiteData) -> tuple[str, ...]:
    """Return a note on rows that the files have no line for: EDD publishes one line for several occupations."""
    socs = {id_: soc for soc, ids in site.ids("occupations", "soc").items() for id_ in ids}
    areas = {area for area, _ in lines}
    left = [
        f"{row.values['occupation']}, {row.values['area']}: {row.values.get('period')}"
        for row in site.rows("outlook").values()
        if row.values["area"] in areas and (row.values["area"], socs.get(str(row.values["occupation"]))) not in lines
    ]
    return listed("No line in these files; their rows stay as they are", left)
