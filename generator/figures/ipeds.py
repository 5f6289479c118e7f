"""Programs of the region's colleges: IPEDS completions (C2024_A.csv).

Its directory (HD2023.csv) shows which colleges to add. IPEDS gives codes of fields, not titles: new codes get theirs
from the NCES crosswalk workbook, if it is given too.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from generator.figures import cip_soc
from generator.figures.numbers import figure
from generator.figures.publisher_files import Column, WrongFileError, read_table
from generator.figures.readings import NewRows, Reading, Values, listed
from generator.figures.site_data import SiteData

COMPLETIONS = {name: Column(name) for name in ("UNITID", "CIPCODE", "MAJORNUM", "AWLEVEL", "CTOTALT")}
DIRECTORY = {
    name: Column(name) for name in ("UNITID", "INSTNM", "CITY", "WEBADDR", "CONTROL", "SECTOR", "CYACTIVE", "COUNTYCD")
}
#: IPEDS's code of an award -> the value of our field. Other codes are counted in a note.
AWARDS = {
    "2": "certificate-1-to-2-years",
    "3": "associate",
    "4": "certificate-2-to-4-years",
    "5": "bachelor",
    "6": "postbaccalaureate-certificate",
    "7": "master",
    "17": "doctor-research",
    "18": "doctor-professional",
    "20": "certificate-under-12-weeks",
    "21": "certificate-12-weeks-to-1-year",
}
FIRST_MAJOR, PUBLIC, OFFICE_OF_A_SYSTEM, YES = "1", "1", "0", "1"
SIX_DIGITS = re.compile(r"\d{2}\.\d{4}")


def read(files: Sequence[Path], site: SiteData, vintage: str) -> Reading:
    """Read the programs with awards at the colleges of the site, and list public colleges that have no record.

    Raises:
        WrongFileError: no file holds completions, or a file is not one of IPEDS's.
    """
    named = {_kind(path): path for path in files}
    if "completions" not in named:
        raise WrongFileError(f"{files[0].name}: no completions file (such as C2024_A.csv) among the files; add it")
    path = named["completions"]
    last = re.search(r"\d{4}", path.stem)
    period = vintage or (f"July {int(last[0]) - 1} to June {last[0]}" if last else "")
    years = re.findall(r"\d{4}", period)
    if len(years) != len(("first", "last")):
        raise WrongFileError(f"{path.name}: the name doesn't tell the years; add --vintage 'July 2024 to June 2025'")
    unknown: dict[str, int] = {}
    programs = tuple(_programs(path, site, f"{years[0]}-{years[1][2:]}", unknown))
    if not programs:
        raise WrongFileError(f"{path.name}: no awards of the colleges in data/institutions.csv; compare ipeds_unitid")
    fields, notes = _new_fields({row["cip_code"] for row in programs}, named.get("crosswalk"), site)
    reported = frozenset(row["institution"] for row in programs)
    tables = (NewRows("fields_of_study", fields), NewRows("programs", programs, "institution", reported))
    silent = [id_ for ids in site.ids("institutions", "ipeds_unitid").values() for id_ in ids if id_ not in reported]
    notes = (*notes, *listed("Colleges without awards in this file; their rows stay as they are", silent))
    return Reading(tables, period, notes=(*notes, *_left_out(unknown), *_colleges(named.get("directory"), site)))


def _kind(path: Path) -> str:
    """Return what a file holds, from the name IPEDS gave it."""
    name = path.name.casefold()
    if re.match(r"c\d{4}_a", name):
        return "completions"
    if re.match(r"hd\d{4}", name):
        return "directory"
    if path.suffix.casefold() == ".xlsx":
        return "crosswalk"
    raise WrongFileError(
        f"{path.name}: not the name of a file of IPEDS; keep its own, such as C2024_A.csv or HD2024.csv"
    )


def _programs(path: Path, site: SiteData, year: str, unknown: dict[str, int]) -> Iterator[Values]:
    colleges = site.ids("institutions", "ipeds_unitid")
    for row in read_table(path, COMPLETIONS).rows:
        for id_ in colleges.get(row["UNITID"], ()):
            award, code = row["AWLEVEL"].lstrip("0"), row["CIPCODE"].strip("'\" ")
            completions = figure(row["CTOTALT"], f"{path.name}: CTOTALT")
            if row["MAJORNUM"] != FIRST_MAJOR or not SIX_DIGITS.fullmatch(code) or completions in ("", "0"):
                continue
            if award not in AWARDS:
                unknown[award] = unknown.get(award, 0) + 1
                continue
            key = {"institution": id_, "cip_code": code, "award_level": AWARDS[award]}
            yield {**key, "completions": completions, "year": year}


def _new_fields(
    codes: Collection[str], crosswalk: Path | None, site: SiteData
) -> tuple[tuple[Values, ...], tuple[str, ...]]:
    """Return rows for fields of study that the site doesn't have, and notes on what their titles need."""
    known, areas = site.rows("fields_of_study"), site.rows("program_areas")
    new = sorted(set(codes) - set(known))
    titles = cip_soc.titles(crosswalk) if crosswalk and new else {}
    rows = tuple(
        {"id": code, "name": titles.get(code, ""), "program_area": _family(code) if _family(code) in areas else ""}
        for code in new
    )
    untitled = [code for code in new if code not in titles]
    if untitled:
        raise WrongFileError(
            f"data/fields_of_study.csv: no row for {', '.join(untitled[:5])}{' and others' if untitled[5:] else ''}; "
            "give the NCES crosswalk workbook (CIP2020_SOC2018_Crosswalk.xlsx) too, or add the rows"
        )
    families = sorted({_family(code) for code in codes} - set(areas))
    return rows, listed("Families of fields that are not in data/program_areas.csv", families)


def _family(code: str) -> str:
    """Return the four-digit family of a field as our ids write it: 51-38 for 51.3801."""
    return code[:5].replace(".", "-")


def _left_out(unknown: dict[str, int]) -> tuple[str, ...]:
    return listed("Lines left out, by IPEDS's code of the award", [f"{code}: {n}" for code, n in unknown.items()])


def _colleges(directory: Path | None, site: SiteData) -> tuple[str, ...]:
    """Return a note on the county's public colleges that have no record."""
    if directory is None:
        return ()
    known, county = site.ids("institutions", "ipeds_unitid"), site.codes.county.lstrip("0")
    lacking = [
        f"{row['UNITID']} {row['INSTNM']}, {row['CITY']}, {row['WEBADDR']}"
        for row in read_table(directory, DIRECTORY).rows
        if row["COUNTYCD"] == county
        and (row["CONTROL"], row["CYACTIVE"]) == (PUBLIC, YES)
        and row["SECTOR"] != OFFICE_OF_A_SYSTEM
        and row["UNITID"] not in known
    ]
    return listed("Public colleges of the county without a record in data/institutions.csv", lacking)
