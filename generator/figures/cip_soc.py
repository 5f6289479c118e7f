"""Which fields of study prepare for which occupation: the NCES crosswalk from CIP 2020 to SOC 2018."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from generator.figures.publisher_files import Column, WrongFileError, read_table
from generator.figures.readings import NewRows, Reading, Values, listed
from generator.figures.site_data import SiteData

SHEET = "CIP-SOC"
COLUMNS = {
    "cip": Column("CIP2020Code", r"CIP\d{4}Code"),
    "title": Column("CIP2020Title", r"CIP\d{4}Title"),
    "soc": Column("SOC2018Code", r"SOC\d{4}Code"),
}
CIP_CODE = re.compile(r"\d{2}\.\d{4}")
#: How NCES marks a code without a counterpart.
NO_FIELD, NO_OCCUPATION = "99.9999", "99-9999"
#: Lines that BLS publishes for several SOC codes, other than those that end in 0 and hold all codes of their group.
COMBINED_LINES = {
    "21-1018": ("21-1011", "21-1014"),
    "25-2052": ("25-2055", "25-2056"),
    "25-9045": ("25-9042", "25-9043", "25-9049"),
    "51-2028": ("51-2022", "51-2023"),
    "53-1047": ("53-1042", "53-1043", "53-1044", "53-1049"),
}


def read(files: Sequence[Path], site: SiteData, _vintage: str) -> Reading:
    """Read the fields of study for the occupations of the site.

    Raises:
        WrongFileError: the workbook is not that of NCES.
    """
    table = read_table(files[0], COLUMNS, sheet=SHEET)
    year = "".join(filter(str.isdecimal, table.headings["cip"]))
    pairs: dict[tuple[str, str], str] = {}
    seen = set()
    ids = site.ids("occupations", "soc")
    for row in table.rows:
        if not CIP_CODE.fullmatch(row["cip"]):
            raise WrongFileError(
                f"{table.path.name}: '{row['cip']}' is not a CIP code such as 51.3801; download the file again"
            )
        if row["cip"] != NO_FIELD and row["soc"] != NO_OCCUPATION:
            for soc in lines_of(row["soc"], ids):
                seen.add(soc)
                pairs.update({(row["cip"], id_): row["title"] for id_ in ids[soc]})
    programs = tuple({"cip_code": code, "occupation": id_} for code, id_ in pairs)
    fields = tuple(_new_fields({code: title for (code, _), title in pairs.items()}, site))
    all_ids = frozenset(site.rows("occupations"))
    missing = [f"{soc} {', '.join(ids[soc])}" for soc in ids if soc not in seen]
    tables = (NewRows("fields_of_study", fields), NewRows("program_occupations", programs, "occupation", all_ids))
    return Reading(tables, year, notes=listed("No field of study in the crosswalk", missing))


def lines_of(soc: str, published: dict[str, list[str]]) -> Iterator[str]:
    """Yield the codes of the site that a SOC code belongs to: itself, and the line BLS publishes for its group."""
    group = f"{soc[:-1]}0"
    combined = (line for line, members in COMBINED_LINES.items() if soc in members)
    yield from (code for code in dict.fromkeys((soc, group, *combined)) if code in published)


def titles(path: Path) -> dict[str, str]:
    """Return CIP code -> title, without the full stop that NCES ends titles with."""
    return {row["cip"]: _title(row["title"]) for row in read_table(path, COLUMNS, sheet=SHEET).rows}


def _title(text: str) -> str:
    return text.removesuffix(".")


def _new_fields(found: dict[str, str], site: SiteData) -> Iterator[Values]:
    known = site.rows("fields_of_study")
    for code, title in found.items():
        if code not in known:
            yield {"id": code, "name": _title(title)}
