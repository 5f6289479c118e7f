"""The county's public schools: the directory of the California Department of Education (export, or pubschls.txt)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from generator.figures.publisher_files import Column, WrongFileError, read_table
from generator.figures.readings import NewRows, Reading, listed
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
        row["code"].zfill(14): row
        for row in read_table(path, COLUMNS).rows
        if row["county"] == county and row["school"].casefold() not in ("", NO_SCHOOL)
    }
    if not lines:
        raise WrongFileError(f"{path.name}: no school of {county}; compare 'county' in data/region.yaml")
    present = site.ids("schools", "cds_code")
    rows, closed, lacking = [], [], []
    for code, row in lines.items():
        kind = KINDS.get(row["kind"].casefold(), "")
        about = f"{code} {row['school']}, {row['district']}, {row['city']}: {row['kind']}"
        if code not in present and kind and row["status"].casefold() == ACTIVE:
            lacking.append(about)
        for id_ in present.get(code, ()):
            if row["status"].casefold() == ACTIVE:
                rows.append({"id": id_, "city": row["city"], **({"kind": kind} if kind else {})})
            else:
                closed.append(f"{id_}: {row['status']}")
    notes = (
        *listed("No longer open: set status: ended", closed),
        *listed(
            "Not in the file", [f"{i} ({code})" for code, ids in present.items() if code not in lines for i in ids]
        ),
        *listed("Schools with high school grades that the site doesn't have", lacking),
    )
    return Reading((NewRows("schools", tuple(rows)),), vintage, notes=notes)
