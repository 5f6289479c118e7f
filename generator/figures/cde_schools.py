"""The county's public schools: the directory of the California Department of Education (export, or pubschls.txt)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from generator.figures.publisher_files import Column, WrongFileError, read_table
from generator.figures.readings import NewRows, Reading, Values, listed
from generator.figures.site_data import SiteData

COLUMNS = {
    "code": Column("CDS Code", "CDS ?Code"),
    "county": Column("County"),
    "district": Column("District"),
    "school": Column("School"),
    "status": Column("Status", "Status(Type)?"),
    "kind": Column("Entity Type", "Entity Type|SOCType"),
    "city": Column("Street City", "(Street )?City"),
}
ACTIVE, NO_SCHOOL = "active", "no data"
CODE_LENGTH = 14
#: What CDE calls a kind of school with high school grades -> the value of our field.
KINDS = {
    "high schools (public)": "high-school",
    "high schools in 1 school dist. (public)": "high-school",
    "k-12 schools (public)": "k-12-school",
    "alternative schools of choice": "alternative-school",
    "continuation high schools": "continuation-school",
    "district community day schools": "community-day-school",
    "county community": "county-community-school",
    "juvenile court schools": "court-school",
    "opportunity schools": "opportunity-school",
    "roc/rop": "regional-occupational-program",
}


def read(files: Sequence[Path], site: SiteData, vintage: str) -> Reading:
    """Read city and kind of the site's schools, and list the ones that closed and the ones the site lacks.

    Raises:
        WrongFileError: the file is not CDE's, has no school of the county, or its month was not given.
    """
    path, county = files[0], site.county_name
    if not vintage:
        raise WrongFileError(f"{path.name}: the file has no date; add --vintage with its month, such as 'April 2026'")
    lines = {
        row["code"].zfill(CODE_LENGTH): row
        for row in read_table(path, COLUMNS).rows
        if row["county"] == county and row["school"].casefold() not in ("", NO_SCHOOL)
    }
    if not lines:
        raise WrongFileError(f"{path.name}: no school of {county}; compare 'county' in data/region.yaml")
    present = site.ids("schools", "cds_code")
    open_now = {code: row for code, row in lines.items() if row["status"].casefold() == ACTIVE}
    rows = tuple(_row(id_, row) for code, row in open_now.items() for id_ in present.get(code, ()))
    return Reading((NewRows("schools", rows),), vintage, notes=tuple(_notes(lines, open_now, present)))


def _row(id_: str, line: Values) -> Values:
    kind = KINDS.get(line["kind"].casefold())
    return {"id": id_, "city": line["city"], **({"kind": kind} if kind else {})}


def _notes(
    lines: Mapping[str, Values], open_now: Mapping[str, Values], present: Mapping[str, list[str]]
) -> Iterator[str]:
    """Yield what staff must decide: schools that closed, schools that are not in the file, schools to add."""
    ours = [(id_, code) for code, ids in present.items() for id_ in ids]
    closed = [f"{id_}: {lines[code]['status']}" for id_, code in ours if code in lines and code not in open_now]
    yield from listed("No longer open: set status: ended", closed)
    yield from listed("Not in the file", [f"{id_} ({code})" for id_, code in ours if code not in lines])
    lacking = [
        f"{code} {row['school']}, {row['district']}, {row['city']}: {row['kind']}"
        for code, row in open_now.items()
        if code not in present and row["kind"].casefold() in KINDS
    ]
    yield from listed("Schools with high school grades that the site doesn't have", lacking)
