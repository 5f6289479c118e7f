"""Wages and jobs: Occupational Employment and Wage Statistics of the U.S. Bureau of Labor Statistics.

Reads the flat files (oe.data.0.Current, oe.occupation) or the workbooks (all areas, or one for each kind of area).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from generator.figures.numbers import figure
from generator.figures.publisher_files import Column, PublishedTable, WrongFileError, read_table
from generator.figures.readings import NewRows, Reading, Values, listed
from generator.figures.site_data import SiteData
from generator.model import Row

#: Our field -> the data type of the flat files, and the column of the workbooks.
FIELDS = {
    "p10_usd_per_year": ("11", "A_PCT10"),
    "p25_usd_per_year": ("12", "A_PCT25"),
    "median_usd_per_year": ("13", "A_MEDIAN"),
    "p75_usd_per_year": ("14", "A_PCT75"),
    "p90_usd_per_year": ("15", "A_PCT90"),
    "median_usd_per_hour": ("08", "H_MEDIAN"),
    "employment_jobs": ("01", "TOT_EMP"),
    "location_quotient": ("17", "LOC_QUOTIENT"),
}
#: The order of AREAS is that of the rows of an occupation.
AREAS = ("region", "state", "country")
FLAT = {name: Column(name) for name in ("series_id", "year", "period", "value", "footnote_codes")}
OCCUPATIONS = {name: Column(name) for name in ("occupation_code", "occupation_name", "display_level")}
WORKBOOK = {
    **{name: Column(name.upper()) for name in ("area", "occ_code", "occ_title", "o_group")},
    "i_group": Column("I_GROUP", optional=True),
    **{field: Column(name, optional=name == "LOC_QUOTIENT") for field, (_, name) in FIELDS.items()},
}
MAY, TOP_CODED, ABOVE_TOP = "A01", "5", "#"
#: A series is named OE U + kind of area + area (7) + industry (6) + occupation (6) + data type (2).
AREA_LENGTH, OCCUPATION_AT, TYPE_AT = 7, 17, 23
ALL_INDUSTRIES = "000000"
DETAILED = "3"
NATION = "99"
TOP_CODED_WORDS = "BLS publishes no number for"
TOP_CODE_NOTE = f"{TOP_CODED_WORDS} the {{}}, which is above the highest wage that it publishes."


class Estimates(NamedTuple):
    """The estimates read so far: figures by area and SOC code, titles of detailed occupations, and years."""

    figures: dict[tuple[str, str], dict[str, str]]
    titles: dict[str, str]
    years: set[str]


def read(files: Sequence[Path], site: SiteData, vintage: str) -> Reading:
    """Read wages for the occupations of the site, in the region, its state and the country.

    Raises:
        WrongFileError: a file is not one of BLS's, or none has the region's areas.
    """
    found = Estimates({}, {}, set())
    for path in files:
        if path.name.casefold().startswith("oe.occupation"):
            found.titles.update(_titles(path))
        elif path.name.casefold().startswith("oe.data"):
            _flat(path, site, found)
        else:
            _workbook(path, site, found, vintage)
    if not found.figures:
        areas = ", ".join(_areas(site))
        raise WrongFileError(f"{files[0].name}: no estimates for the areas {areas}; compare the codes in region.yaml")
    if len(found.years) > 1:
        raise WrongFileError(
            f"{files[0].name}: files of several years ({', '.join(sorted(found.years))}); give one year's"
        )
    period = f"May {next(iter(found.years))}"
    rows = tuple(_rows(found, site, period))
    return Reading((NewRows("wages", rows),), period, notes=_lacking(found, site))


def _areas(site: SiteData) -> dict[str, str]:
    """Return area code -> our name of the area."""
    codes = site.codes
    return {codes.metropolitan_area: "region", codes.state: "state", NATION: "country"}


def _flat(path: Path, site: SiteData, found: Estimates) -> None:
    codes = site.codes
    series = {
        f"OEUM{codes.metropolitan_area.zfill(AREA_LENGTH)}{ALL_INDUSTRIES}": "region",
        f"OEUS{codes.state.ljust(AREA_LENGTH, '0')}{ALL_INDUSTRIES}": "state",
        f"OEUN{'0' * AREA_LENGTH}{ALL_INDUSTRIES}": "country",
    }
    types = {code: field for field, (code, _) in FIELDS.items()}
    for row in read_table(path, FLAT, beginning=tuple(series)).rows:
        name, field = row["series_id"], types.get(row["series_id"][TYPE_AT:])
        if row["period"] != MAY:
            raise WrongFileError(f"{path.name}: period '{row['period']}' in {name}; only {MAY} (May) is known")
        found.years.add(row["year"])
        if field:
            code = name[OCCUPATION_AT:TYPE_AT]
            key = series[name[:OCCUPATION_AT]], f"{code[:2]}-{code[2:]}"
            mark = ABOVE_TOP if row["footnote_codes"] == TOP_CODED else row["value"]
            _set(found, key, field, mark, f"{path.name}: {name}")


def _titles(path: Path) -> Iterator[tuple[str, str]]:
    for row in read_table(path, OCCUPATIONS).rows:
        if row["display_level"] == DETAILED:
            yield f"{row['occupation_code'][:2]}-{row['occupation_code'][2:]}", row["occupation_name"]


def _workbook(path: Path, site: SiteData, found: Estimates, vintage: str) -> None:
    table = read_table(path, WORKBOOK)
    areas = {int(code): area for code, area in _areas(site).items()}
    year = re.search(r"\d{4}", vintage) or re.search(r"(?<=M)_?(\d{4})", path.stem)
    if year is None:
        raise WrongFileError(f"{path.name}: the name doesn't tell the year; add --vintage 'May 2026'")
    found.years.add(year[0].removeprefix("_"))
    for row in _cross_industry(table):
        area = areas.get(int(row["area"])) if row["area"].isdecimal() else None
        if area and row["o_group"] == "detailed":
            found.titles[row["occ_code"]] = row["occ_title"]
            for field in FIELDS:
                where = f"{path.name}: {row['occ_code']}, {FIELDS[field][1]}"
                _set(found, (area, row["occ_code"]), field, row.get(field, ""), where)


def _cross_industry(table: PublishedTable) -> Iterator[dict[str, str]]:
    return (row for row in table.rows if row.get("i_group", "cross-industry") == "cross-industry")


def _set(found: Estimates, key: tuple[str, str], field: str, mark: str, where: str) -> None:
    values = found.figures.setdefault(key, {})
    values[field] = figure(mark, where)
    if mark == ABOVE_TOP and field.endswith("per_year"):
        values["note"] = "; ".join(filter(None, (values.get("note"), field)))


def _rows(found: Estimates, site: SiteData, period: str) -> Iterator[Values]:
    """Yield a row for each occupation and area with estimates; without, only if there is a row, which becomes blank."""
    names = dict(zip(AREAS, (site.setting("metropolitan_area"), site.setting("state"), "United States"), strict=True))
    seen = [area for area in AREAS if any(key[0] == area for key in found.figures)]
    present = site.rows("wages")
    for soc, ids in site.ids("occupations", "soc").items():
        for id_ in ids:
            for area in seen:
                values = found.figures.get((area, soc), {})
                if values or f"{id_}--{area}" in present:
                    yield {
                        "occupation": id_,
                        "area": area,
                        "area_name": names[area],
                        "vintage": period,
                        **{field: values.get(field, "") for field in FIELDS},
                        **_note(values, present.get(f"{id_}--{area}"), site),
                    }


def _note(values: Mapping[str, str], present: Row | None, site: SiteData) -> dict[str, str]:
    """Return the note on wages above the highest that BLS publishes; notes of other kinds stay as they are."""
    titles = {field.name: field.title for field in site.resource("wages").schema.fields}
    words = [titles[field].partition(" wage")[0].casefold() for field in values.get("note", "").split("; ") if field]
    if words:
        return {"note": TOP_CODE_NOTE.format(" and the ".join(words))}
    outdated = present is not None and str(present.values.get("note", "")).startswith(TOP_CODED_WORDS)
    return {"note": ""} if outdated else {}


def _lacking(found: Estimates, site: SiteData) -> tuple[str, ...]:
    """Return a note on the detailed occupations that BLS publishes for the region and the site doesn't have."""
    known = site.ids("occupations", "soc")
    lacking = [
        f"{soc} {title}"
        for soc, title in sorted(found.titles.items())
        if soc not in known and any(found.figures.get(("region", soc), {}).values()) and "All Other" not in title
    ]
    return listed("Published for the region, but not on the site", lacking)
