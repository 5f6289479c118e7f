"""`eportal figures` reads the publishers' own files: what is shipped comes out, another county gets its own."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from generator import load
from generator.figures import figures_plan, ipeds, oews, onet
from generator.figures.numbers import figure
from generator.figures.publisher_files import Column, WrongFileError, read_table
from generator.figures.publishers import PUBLISHERS, Release
from generator.figures.readings import Reading, Values
from generator.figures.releases import due, next_release
from generator.figures.site_data import SiteData
from generator.figures.source_records import renewed_sources
from generator.model import SetupError
from generator.validate import record_id
from tests.conftest import PROJECT, ROOT, TODAY, edit
from tests.test_cli import Ran, run  # noqa: F401 - the fixture

EXTRACTS = ROOT / "tests/figures"
FLAT = [EXTRACTS / "bls-oews/oe.data.0.Current", EXTRACTS / "bls-oews/oe.occupation"]
ONET = EXTRACTS / "onet/db_29_3_text"
OCCUPATIONS = frozenset(
    "accountants-and-auditors agricultural-technicians carpenters electricians graphic-designers nursing-assistants "
    "registered-nurses secondary-school-teachers".split()
)
COLLEGES = frozenset({"san-diego-miramar-college"})
DAY = ("--today", TODAY.isoformat())


def site(
    occupations: frozenset[str] = OCCUPATIONS,
    colleges: frozenset[str] = COLLEGES,
    **settings: str,
) -> SiteData:
    """Return the frozen tables with only some occupations and colleges, and with other settings of the region."""
    package = load.read_package(PROJECT / "data")
    package = replace(package, region=replace(package.region, values={**package.region.values, **settings}))
    tables = dict(load.load(package)[0])
    fields = {"occupation": occupations, "related": occupations, "institution": colleges}
    records = {"occupations": occupations, "institutions": colleges}
    for name, table in tables.items():
        ids = records.get(name)
        rows = [row for row in table.rows if ids is None or record_id(package.get(name), row) in ids]
        for field, known in fields.items():
            rows = [row for row in rows if str(row.values.get(field, next(iter(known)))) in known]
        tables[name] = replace(table, rows=tuple(rows))
    return SiteData(package, tables)


def workbook(path: Path, *sheets: Path) -> Path:
    """Save extracts as the sheets of a workbook, with numbers as numbers, after a first sheet without figures."""
    book = openpyxl.Workbook()
    if len(sheets) == 1 and sheets[0].stem.startswith("all_data"):
        book.remove(book.active)
    for sheet in sheets:
        page = book.create_sheet(sheet.stem)
        with sheet.open(encoding="utf-8", newline="") as file:
            for cells in csv.reader(file):
                page.append(cells if sheet.stem == "CIP-SOC" else [_typed(cell) for cell in cells])
    book.save(path)
    return path


def _typed(cell: str) -> str | float | int | None:
    try:
        return float(cell) if "." in cell else int(cell)
    except ValueError:
        return cell or None


@pytest.fixture
def given(tmp_path: Path) -> dict[str, list[Path]]:
    """Return the files of each publisher, as they come from it."""
    edd = EXTRACTS / "edd-projections"
    return {
        "bls-oews": FLAT,
        "bls-ep": [workbook(tmp_path / "occupation.xlsx", EXTRACTS / "bls-ep/Table 1.2.csv")],
        "edd-projections": [
            edd / "Long-Term_Occupational_Employment_Projections.csv",
            workbook(tmp_path / "edd.xlsx", edd / "Occupational.csv"),
        ],
        "ipeds": [EXTRACTS / "ipeds/C2024_A.csv", EXTRACTS / "ipeds/HD2023.csv"],
        "cip-soc": [workbook(tmp_path / "CIP2020_SOC2018_Crosswalk.xlsx", EXTRACTS / "cip-soc/CIP-SOC.csv")],
        "onet": sorted(ONET.iterdir()),
        "cde-schools": [EXTRACTS / "cde-schools/pubschls.txt"],
        "onet 30.3": [EXTRACTS / "onet/db_30_3_text/Work Context.txt"],
    }


def reading(name: str, files: list[Path], data: SiteData, vintage: str = "") -> Reading:
    """Read files of a publisher."""
    return PUBLISHERS[name.partition(" ")[0]].read(files, data, vintage)


def keyed(read: Reading, data: SiteData, dataset: str) -> dict[str, Values]:
    """Return the rows of a reading for a dataset, by id."""
    found = next(table for table in read.tables if table.dataset == dataset)
    return {figures_plan._key(data.resource(dataset), values): values for values in found.rows}


# What is shipped comes out


@pytest.mark.parametrize(
    ("name", "tables"),
    [
        ("bls-oews", {"wages": 23}),
        ("bls-ep", {"outlook": 8, "occupations": 8}),
        ("edd-projections", {"outlook": 15}),
        ("ipeds", {"programs": 72}),
        ("cip-soc", {"program_occupations": 140}),
        (
            "onet",
            {
                "occupations": 8,
                "interests": 48,
                "occupation_skills": 280,
                "education_mix": 30,
                "knowledge": 35,
                "related_occupations": 2,
            },
        ),
        ("onet 30.3", {"work_context": 94}),
        ("cde-schools", {"schools": 9}),
    ],
)
def test_the_shipped_rows_come_out_of_the_publishers_files(
    given: dict[str, list[Path]], name: str, tables: dict[str, int]
) -> None:
    """Reading extracts of the files changes no row and no source, and yields every value that is shipped."""
    data = site()
    read = reading(name, given[name], data, "April 2026" if name == "cde-schools" else "")
    for table in read.tables:
        assert dict(figures_plan._edits(table, data.resource(table.dataset), data)) == {}
    publisher = PUBLISHERS[name.partition(" ")[0]]
    assert renewed_sources(data, publisher.sources, publisher.tables, read, {}) == ()
    for dataset, least in tables.items():
        rows, shipped = keyed(read, data, dataset), data.rows(dataset)
        assert len(rows) >= least, (dataset, len(rows))
        for id_, values in rows.items():
            there = {"id": id_, **shipped[id_].values}
            assert {f: v for f, v in values.items() if v} == {f: there[f] for f, v in values.items() if v}


def test_the_workbook_and_the_flat_files_of_wages_say_the_same(tmp_path: Path) -> None:
    """The workbook of all areas gives the rows of the flat files: blank for *, ** and #."""
    data = site()
    book = workbook(tmp_path / "all_data_M_2025.xlsx", EXTRACTS / "bls-oews/all_data_M_2025.csv")
    flat, sheet = (reading("bls-oews", files, data) for files in (FLAT, [book]))
    assert keyed(flat, data, "wages") == keyed(sheet, data, "wages")
    assert flat.vintage == sheet.vintage == "May 2025"


def test_rows_that_the_publisher_no_longer_has_are_removed(given: dict[str, list[Path]]) -> None:
    """A related occupation that O*NET doesn't list goes; rows of an occupation that the files lack stay."""
    data = site(OCCUPATIONS | {"welders"})
    table = data.tables["related_occupations"]
    wrong = {"occupation": "carpenters", "related": "registered-nurses", "rank": "9"}
    extra = [table.rows[0]._replace(values={**wrong, "occupation": id_}) for id_ in ("carpenters", "welders")]
    data = SiteData(data.package, {**data.tables, table.dataset: replace(table, rows=(*table.rows, *extra))})
    new = next(t for t in reading("onet", given["onet"], data).tables if t.dataset == table.dataset)
    edits = dict(figures_plan._edits(new, data.resource(table.dataset), data))
    assert edits == {"carpenters--registered-nurses": None}


# Another county


def test_another_county_gets_its_own_wages() -> None:
    """With other codes, wages are those of its area; the state and the country are the same."""
    settings = {
        "metropolitan_area_code": "31080",
        "county_fips": "06059",
        "metropolitan_area": "Los Angeles-Long Beach-Anaheim, CA",
    }
    ours, theirs = site(), site(**settings)
    there = keyed(reading("bls-oews", FLAT, theirs), theirs, "wages")
    here = keyed(reading("bls-oews", FLAT, ours), ours, "wages")
    assert there["carpenters--region"]["area_name"] == "Los Angeles-Long Beach-Anaheim, CA"
    assert there["carpenters--region"]["employment_jobs"] == "30600"
    assert here["carpenters--region"]["employment_jobs"] != "30600"
    assert there["carpenters--state"] == here["carpenters--state"]


def test_another_county_gets_its_own_projections(given: dict[str, list[Path]]) -> None:
    """The county's name finds its area, including one among several in an area."""
    data = site(county="Orange County")
    rows = keyed(reading("edd-projections", given["edd-projections"], data), data, "outlook")
    assert [id_ for id_ in rows if id_.endswith("--region")] == ["accountants-and-auditors--region"]
    assert rows["accountants-and-auditors--region"] == {
        "occupation": "accountants-and-auditors",
        "area": "region",
        "period": "2020–30",
        "jobs_start": "17130",
        "jobs_end": "19560",
        "growth_percent": "",
        "openings_per_year": "1841",
        "source": "edd-lt-2020-30",
        "note": "",
    }
    drivers = site(frozenset({"truck-drivers"}), county="Yuba County")
    none = replace(drivers.tables["outlook"], rows=(), whole=False)
    drivers = SiteData(drivers.package, {**drivers.tables, "outlook": none})
    rows = keyed(reading("edd-projections", given["edd-projections"], drivers), drivers, "outlook")
    assert rows["truck-drivers--region"]["openings_per_year"] == "175"


def test_another_county_gets_its_own_programs_and_colleges(given: dict[str, list[Path]]) -> None:
    """Programs are those of the colleges it lists; the directory shows its public colleges without a record."""
    data = site(colleges=frozenset({"imperial-valley-college"}), county_fips="06059")
    read = reading("ipeds", given["ipeds"], data)
    rows = keyed(read, data, "programs")
    assert {row["institution"] for row in rows.values()} == {"imperial-valley-college"}
    assert len(rows) == 12
    assert "120342 Orange Coast College, Costa Mesa" in read.notes[-1]
    assert "(1)" in read.notes[-1]  # neither the district's office nor a private university


def test_new_fields_of_study_get_titles_from_the_crosswalk(given: dict[str, list[Path]]) -> None:
    """A field that is new here gets the title of NCES and its family; a family that is missing is named."""
    data = site()
    tables = dict(data.tables)
    for name, gone in (("fields_of_study", ("23.0101", "40.0501")), ("program_areas", ("40-05",))):
        rows = (row for row in tables[name].rows if row.values["id"] not in gone)
        tables[name] = replace(tables[name], rows=tuple(rows))
    read = reading("ipeds", [*given["ipeds"], *given["cip-soc"]], data := SiteData(data.package, tables))
    assert keyed(read, data, "fields_of_study") == {
        "23.0101": {"id": "23.0101", "name": "English Language and Literature, General", "program_area": "23-01"},
        "40.0501": {"id": "40.0501", "name": "Chemistry, General", "program_area": ""},
    }
    assert read.notes[0] == "Families of fields that are not in data/program_areas.csv (1):\n  - 40-05"


def test_lines_that_the_site_has_no_place_for_are_counted(tmp_path: Path) -> None:
    """Awards without a value here are left out and counted; a college without awards keeps its rows."""
    path = changed(tmp_path, "ipeds/C2024_A.csv", "122384,16.0905,1,03,", "122384,16.0905,1,08,")
    read = reading("ipeds", [path], site(colleges=COLLEGES | {"palomar-college"}))
    assert "Lines left out, by IPEDS's code of the award (1):\n  - 8: 1" in read.notes
    assert "Colleges without awards in this file; their rows stay as they are (1):\n  - palomar-college" in read.notes


# What publishers don't publish


@pytest.mark.parametrize("mark", ["", "-", "–", "—", "*", "**", "#", "~", "N/A"])
def test_a_mark_becomes_blank(mark: str) -> None:
    """What is not published is blank, never 0."""
    assert figure(mark, "here") == ""


@pytest.mark.parametrize(
    ("text", "how", "value"),
    [
        ("1,234", {}, "1234"),
        ("29.00", {}, "29"),
        ("0.00", {}, "0"),
        ("$5.50", {}, "5.5"),
        ("1002.1", {"times": 1000}, "1002100"),
        ("0.1049", {"times": 100, "digits": 1}, "10.5"),
        ("12940", {"per": 10}, "1294"),
        ("-1.4", {}, "-1.4"),
    ],
)
def test_a_number_has_one_form(text: str, how: dict[str, int], value: str) -> None:
    """Numbers have the form of our tables, without zeros at the end."""
    assert figure(text, "here", **how) == value


def test_suppressed_wages_stay_blank() -> None:
    """A wage that BLS suppressed is blank next to the number of jobs; so is pay by the hour of teachers."""
    data = site()
    rows = keyed(reading("bls-oews", FLAT, data), data, "wages")
    designers, teachers = rows["graphic-designers--region"], rows["secondary-school-teachers--region"]
    assert (designers["median_usd_per_year"], designers["employment_jobs"]) == ("", "2090")
    assert teachers["median_usd_per_hour"] == ""
    assert int(teachers["median_usd_per_year"]) > 0
    assert rows["agricultural-technicians--region"]["employment_jobs"] == ""


def test_a_wage_above_the_highest_published_gets_a_note(tmp_path: Path) -> None:
    """A top-coded wage is blank with a note, which goes when BLS publishes the number; other notes stay."""
    text = FLAT[0].read_text(encoding="utf-8")
    line = next(line for line in text.splitlines() if line.startswith("OEUS060000000000029114115"))
    path = tmp_path / "oe.data.0.Current"
    path.write_text(text.replace(line, line.rpartition("\t")[0].rpartition("\t")[0] + "\t           -\t5"), "utf-8")
    data = site()
    row = keyed(reading("bls-oews", [path], data), data, "wages")["registered-nurses--state"]
    assert row["p90_usd_per_year"] == ""
    assert (
        row["note"]
        == "BLS publishes no number for the 90th percentile, which is above the highest wage that it publishes."
    )
    rows = data.tables["wages"].rows
    noted = tuple(r._replace(values={**r.values, "note": row["note"]}) for r in rows)
    data = SiteData(data.package, {**data.tables, "wages": replace(data.tables["wages"], rows=noted)})
    assert keyed(reading("bls-oews", FLAT, data), data, "wages")["registered-nurses--state"]["note"] == ""
    assert "note" not in keyed(reading("bls-oews", FLAT, site()), data, "wages")["registered-nurses--state"]


def test_growth_is_shown_only_for_periods_without_the_pandemic(given: dict[str, list[Path]]) -> None:
    """Percentages of 2020–30 are left out; those of 2023–33 are shown."""
    data = site()
    rows = keyed(reading("edd-projections", given["edd-projections"], data), data, "outlook")
    assert (rows["carpenters--region"]["period"], rows["carpenters--region"]["growth_percent"]) == ("2020–30", "")
    assert (rows["registered-nurses--region"]["period"], rows["registered-nurses--region"]["growth_percent"]) == (
        "2023–33",
        "8.7",
    )


def test_an_older_projection_never_replaces_a_newer_one(tmp_path: Path) -> None:
    """A file with an older period leaves newer rows as they are."""
    path = tmp_path / "edd.csv"
    lines = (EXTRACTS / "edd-projections/Long-Term_Occupational_Employment_Projections.csv").read_text("utf-8")
    path.write_text(lines.replace("2023-2033", "2020-2030"), "utf-8")
    data = site()
    rows = keyed(reading("edd-projections", [path], data), data, "outlook")
    assert "registered-nurses--region" not in rows
    assert "carpenters--region" in rows


def test_published_occupations_that_the_site_lacks_are_listed() -> None:
    """The note names detailed occupations of the region without a page, and no group of occupations."""
    note = reading("bls-oews", FLAT, site()).notes[0]
    assert note.splitlines() == [
        "Published for the region, but not on the site (1):",
        "  - 13-2052 Personal Financial Advisors",
    ]


# Wrong files


def written(path: Path, text: str) -> Path:
    """Write a file and return its path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def changed(folder: Path, extract: str, old: str, new: str) -> Path:
    """Return a copy of an extract with another text in it."""
    text = (EXTRACTS / extract).read_text(encoding="utf-8")
    assert old in text
    return written(folder / Path(extract).name, text.replace(old, new))


def _bytes(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


WRONG: dict[str, tuple[str, Callable[[Path], list[Path]], str]] = {
    "no file": ("bls-oews", lambda at: [at / "oe.data.0.Current"], "there is no such file"),
    "web page": (
        "bls-oews",
        lambda at: [written(at / "oe.data.0.Current", "<!DOCTYPE html><title>Access denied</title>")],
        "oe.data.0.Current: this is a web page; open the address in a browser and download the file",
    ),
    "packed": (
        "ipeds",
        lambda at: [workbook(at / "x.xlsx", EXTRACTS / "ipeds/C2024_A.csv").rename(at / "C2024_A.zip")],
        "C2024_A.zip: unpack it, and give the files in it",
    ),
    "old workbook": (
        "bls-ep",
        lambda at: [_bytes(at / "occupation.xls", b"\xd0\xcf\x11\xe0 old")],
        "occupation.xls: this kind of workbook is not supported; save it as .xlsx",
    ),
    "another county's schools": (
        "cde-schools 'April 2026'",
        lambda at: [changed(at, "cde-schools/pubschls.txt", "\tSan Diego\t", "\tKern\t")],
        "pubschls.txt: no school of San Diego; compare 'county' in data/region.yaml",
    ),
    "schools without a date": (
        "cde-schools",
        lambda _: [EXTRACTS / "cde-schools/pubschls.txt"],
        "pubschls.txt: the file has no date; add --vintage with its month, such as 'April 2026'",
    ),
    "another state's projections": (
        "edd-projections",
        lambda at: [
            changed(at, "edd-projections/Long-Term_Occupational_Employment_Projections.csv", "(San Diego", "(Kern")
        ],
        "no lines for San Diego County or California; compare 'county' and 'state' in region.yaml",
    ),
    "empty": ("cip-soc", lambda at: [written(at / "x.csv", "")], "x.csv: the file is empty"),
    "another table": (
        "ipeds",
        lambda at: [written(at / "C2024_A.csv", "UNITID,CIPCODE,AWLEVEL,CTOTALT\n")],
        "C2024_A.csv: no column 'MAJORNUM'; found: UNITID, CIPCODE, AWLEVEL, CTOTALT; is this the right file?",
    ),
    "column renamed": (
        "onet",
        lambda at: [changed(at / "db_29_3_text", "onet/db_29_3_text/Job Zones.txt", "Job Zone\t", "Job Zones\t")],
        "found: O*NET-SOC Code, Job Zones, Date, Domain Source; did you mean 'Job Zones'?",
    ),
    "another sheet": (
        "bls-ep",
        lambda at: [workbook(at / "occupation.xlsx", EXTRACTS / "edd-projections/Occupational.csv")],
        "occupation.xlsx: no sheet 'Table 1.2'; it has: Sheet, Occupational",
    ),
    "not a workbook": (
        "bls-ep",
        lambda at: [written(at / "occupation.xlsx", "PK\x03\x04 cut off")],
        "occupation.xlsx: not a readable workbook",
    ),
    "new mark": (
        "bls-oews",
        lambda at: [changed(at, "bls-oews/oe.data.0.Current", "       -\t", "  (D)   \t")],
        "'(D)' is neither a number nor a mark for a number not published",
    ),
    "new word": (
        "bls-ep",
        lambda at: [
            workbook(
                at / "occupation.xlsx", changed(at, "bls-ep/Table 1.2.csv", "Bachelor's degree", "Four-year degree")
            )
        ],
        "'Four-year degree' is new in 'Typical education needed for entry'",
    ),
    "another month": (
        "bls-oews",
        lambda at: [changed(at, "bls-oews/oe.data.0.Current", "\tA01\t", "\tA02\t")],
        "period 'A02' in OEU",
    ),
    "two years": (
        "bls-oews",
        lambda at: [changed(at, "bls-oews/oe.data.0.Current", "\t2025\t", "\t2026\t"), FLAT[0]],
        "files of several years (2025, 2026); give one year's",
    ),
    "code as a number": (
        "cip-soc",
        lambda at: [
            workbook(
                at / "crosswalk.xlsx", changed(at, "cip-soc/CIP-SOC.csv", "01.0000,", "1,").rename(at / "CIP-SOC.csv")
            )
        ],
        "crosswalk.xlsx: '1' is not a CIP code such as 51.3801",
    ),
    "period without a source": (
        "edd-projections",
        lambda at: [
            changed(at, "edd-projections/Long-Term_Occupational_Employment_Projections.csv", "2023-2033", "2030-2040")
        ],
        "data/sources.yaml: no source 'edd-lt…' has the vintage '2030 to 2040'",
    ),
    "no completions": (
        "ipeds",
        lambda _: [EXTRACTS / "ipeds/HD2023.csv"],
        "HD2023.csv: no completions file (such as C2024_A.csv) among the files; add it",
    ),
    "no college of ours": (
        "ipeds",
        lambda at: [changed(at, "ipeds/C2024_A.csv", "122384,", "122385,")],
        "C2024_A.csv: no awards of the colleges in data/institutions.csv; compare ipeds_unitid",
    ),
    "no years": (
        "ipeds 'this year'",
        lambda _: [EXTRACTS / "ipeds/C2024_A.csv"],
        "C2024_A.csv: the name doesn't tell the years; add --vintage 'July 2024 to June 2025'",
    ),
    "renamed file": (
        "ipeds",
        lambda at: [written(at / "programs.csv", "UNITID\n")],
        "programs.csv: not the name of a file of IPEDS; keep its own",
    ),
    "field without a title": (
        "ipeds",
        lambda at: [changed(at, "ipeds/C2024_A.csv", "47.0607", "47.9998")],
        "data/fields_of_study.csv: no row for 47.9998; give the NCES crosswalk workbook",
    ),
    "no file of O*NET": (
        "onet",
        lambda at: [written(at / "Abilities.txt", "x\n")],
        "Abilities.txt: not a file that is read; give Job Zones, Interests",
    ),
    "unknown release": (
        "onet",
        lambda at: [changed(at, "onet/db_29_3_text/Job Zones.txt", "Job Zone", "Job Zone")],
        "Job Zones.txt: release unknown; give Read Me.txt too, or the folder (db_30_3_text)",
    ),
    "new release": (
        "onet",
        lambda at: [changed(at / "db_31_0_text", "onet/db_29_3_text/Job Zones.txt", "Job Zone", "Job Zone")],
        "O*NET 31.0 is new here: give Read Me.txt too, or add --vintage 'May 2026' (its month)",
    ),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_wrong_file_is_refused_with_a_reason(tmp_path: Path, case: str) -> None:
    """The message names the file, what is expected, and what was found."""
    name, files, message = WRONG[case]
    with pytest.raises(WrongFileError) as raised:
        reading(name, files(tmp_path), site(), name.partition(" ")[2].strip("'"))
    assert message in str(raised.value)


def test_a_workbook_whose_name_lost_its_year_needs_the_vintage(tmp_path: Path) -> None:
    """The year comes from the name of the workbook, or else from --vintage."""
    sheet = tmp_path / "all_data.csv"
    shutil.copyfile(EXTRACTS / "bls-oews/all_data_M_2025.csv", sheet)
    book = workbook(tmp_path / "wages.xlsx", sheet)
    with pytest.raises(WrongFileError, match="the name doesn't tell the year; add --vintage"):
        oews.read([book], site(), "")
    assert oews.read([book], site(), "May 2025").vintage == "May 2025"


def test_codes_of_another_area_find_nothing() -> None:
    """Wrong codes are reported with what to compare."""
    with pytest.raises(WrongFileError, match="no estimates for the areas 41740, 06, 99; compare the codes"):
        oews.read([FLAT[1]], site(), "")


@pytest.mark.parametrize("code", ["", "4174", "San Diego"])
def test_region_codes_are_needed(code: str) -> None:
    """A missing or mistyped code is a fault of the setup, with its form."""
    with pytest.raises(SetupError, match=r"region\.yaml: 'metropolitan_area_code' is '.*'; write the five digits"):
        oews.read(FLAT, site(metropolitan_area_code=code), "")


def test_columns_may_move_and_have_footnotes(tmp_path: Path) -> None:
    """Headings are found below a title, in any order, with marks of footnotes, and in the encoding of older files."""
    path = tmp_path / "table.csv"
    path.write_bytes('A title\nOther,"Total\nJobs [3]",Name [1][2]\nx,5,Peña\n'.encode("cp1252"))
    table = read_table(path, {"name": Column("Name"), "jobs": Column("Total Jobs")})
    assert list(table.rows) == [{"name": "Peña", "jobs": "5"}]
    assert table.above == ["A title"]


# Releases


def test_a_new_release_renames_its_sources(tmp_path: Path) -> None:
    """All files of a new O*NET release change the source's names and month; some of them are refused."""
    folder = shutil.copytree(ONET, tmp_path / "db_31_0_text")
    data, publisher = site(), PUBLISHERS["onet"]
    written(folder / "Read Me.txt", "O*NET 31.0 Database\nAugust 2026 Release\n-------------------\n")
    read = onet.read(sorted(folder.iterdir()), data, "")
    rows = renewed_sources(data, publisher.sources, publisher.tables, read, {"read_from": "files"})[0].rows
    assert [(row["id"], row["name"], row["vintage"]) for row in rows] == [
        ("onet-29-3", "O*NET 31.0 Database", "August 2026")
    ]
    assert "O*NET 31.0 Database" in rows[0]["attribution"]
    assert "29.3" not in rows[0]["attribution"]
    some = onet.read([folder / "Job Zones.txt"], data, "August 2026")
    with pytest.raises(WrongFileError, match="it is also the source of education_mix, interests"):
        renewed_sources(data, publisher.sources, publisher.tables, some, {})


@pytest.mark.parametrize(
    ("name", "vintage", "day"),
    [
        ("bls-oews", "May 2025", date(2027, 5, 31)),
        ("bls-ep", "2024 to 2034", date(2026, 9, 30)),
        ("edd-projections", "2023 to 2033", date(2026, 7, 31)),
        ("ipeds", "July 2023 to June 2024", date(2026, 9, 30)),
        ("cip-soc", "2020", date(2030, 9, 30)),
        ("onet", "May 2025", date(2025, 8, 31)),
        ("onet", "August 2026", date(2027, 8, 31)),
        ("cde-schools", "April 2026", date(2026, 10, 31)),
        ("cde-schools", "undated copy", None),
    ],
)
def test_the_next_release_has_a_month(name: str, vintage: str, day: date | None) -> None:
    """The vintage tells when the next release is usually out."""
    assert next_release(PUBLISHERS[name].release, vintage) == day


def test_december_has_a_last_day() -> None:
    """A release in December is due on its last day."""
    assert next_release(Release(month=12, lag=0), "2025") == date(2026, 12, 31)


def test_releases_that_passed_are_due() -> None:
    """On the day after the month of a release, it is due; the newest source of a table counts."""
    days = {day: [one.source for one in due(site(), day)] for day in (date(2026, 7, 31), date(2026, 8, 1))}
    assert days[date(2026, 7, 31)] == ["onet-29-3"]
    assert days[date(2026, 8, 1)] == ["onet-29-3", "edd-lt-2023-33"]


def test_schools_that_closed_or_opened_are_listed(tmp_path: Path) -> None:
    """Staff decide about schools: the notes name those that closed, left the file, or are missing here."""
    path = changed(
        tmp_path,
        "cde-schools/pubschls.txt",
        "Active\tSan Diego\tBonsall Unified\tBonsall High",
        "Closed\tSan Diego\tBonsall Unified\tBonsall High",
    )
    path = written(path, path.read_text("utf-8").replace("37679833730447", "37679839999999"))
    notes = "\n".join(reading("cde-schools", [path], site(), "April 2026").notes)
    assert "No longer open: set status: ended (1):\n  - bonsall-high-school: Closed" in notes
    assert "borrego-springs-high-school (37679833730447)" in notes
    assert "37679839999999 Borrego Springs High, Borrego Springs Unified" in notes


# The command


@pytest.fixture
def county(real: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a copy of the frozen project as the working directory."""
    monkeypatch.chdir(real)
    return real


def test_the_command_lists_what_to_download(county: Path, run: Callable[..., Ran]) -> None:  # noqa: ARG001, F811
    """Without files, it names each publisher's files, their address and the tables they fill."""
    done = run("figures")
    assert done.code == 0
    for name, publisher in PUBLISHERS.items():
        assert f"{name}: {publisher.title}\n  {publisher.address}" in done.out
    assert "bls-ep" not in run("figures", "bls-oews").out


@pytest.mark.slow
def test_the_command_shows_and_then_writes(county: Path, run: Callable[..., Ran]) -> None:  # noqa: F811
    """It shows a changed, a missing and a stale row, and --apply restores the file byte for byte."""
    table = county / "data/programs.csv"
    before = table.read_text(encoding="utf-8")
    rows = [line for line in before.splitlines() if line.startswith("san-diego-miramar-college,")]
    first = rows[0].rsplit(",", 2)
    edit(table, rows[0], f"{first[0]},1,{first[2]}")
    files = [str(EXTRACTS / "ipeds/C2024_A.csv"), str(EXTRACTS / "ipeds/HD2023.csv")]
    done = run("figures", "ipeds", *files, *DAY)
    assert done.code == 0, done.err
    assert f"`completions`: `1` → `{first[1]}`" in done.out
    assert "Nothing was written. Add --apply to write it." in done.out
    assert table.read_text(encoding="utf-8") != before
    removed = [line for line in before.splitlines() if line.startswith("imperial-valley-college,")]
    done = run("figures", "ipeds", *files, "--apply", *DAY)
    assert done.code == 0, done.err
    kept = [line for line in before.splitlines() if line not in removed[12:]]
    assert table.read_text(encoding="utf-8").splitlines() == kept


@pytest.mark.slow
def test_two_codes_make_it_another_countys_site(county: Path, run: Callable[..., Ran]) -> None:  # noqa: F811
    """With the codes and names of another area and an empty table, the wages become that area's."""
    region = county / "data/region.yaml"
    edit(region, 'metropolitan_area_code: "41740"', 'metropolitan_area_code: "31080"')
    edit(region, 'county_fips: "06073"', 'county_fips: "06059"')
    edit(region, "metropolitan_area: San Diego-Chula Vista-Carlsbad, CA", "metropolitan_area: Los Angeles area")
    table = county / "data/wages.csv"
    table.write_text(table.read_text(encoding="utf-8").partition("\n")[0] + "\n", encoding="utf-8")
    done = run("figures", "bls-oews", *map(str, FLAT), "--apply", *DAY)
    assert done.code == 0, done.out + done.err
    assert "carpenters,region,Los Angeles area,May 2025," in table.read_text(encoding="utf-8")
    assert "San Diego" not in table.read_text(encoding="utf-8")
    assert run("fmt", "--check").code == 0


@pytest.mark.slow
def test_only_the_keys_of_the_publisher_change_in_a_record(county: Path, run: Callable[..., Ran]) -> None:  # noqa: F811
    """Job zone and interests of an occupation's file are restored; its comments and prose stay."""
    path = county / "data/occupations/carpenters.yaml"
    edit(path, "job_zone: 2\n", "# Checked with the union.\njob_zone: 4\n")
    before = path.read_text(encoding="utf-8")
    done = run("figures", "onet", str(ONET), "--apply", *DAY)
    assert done.code == 0, done.out + done.err
    assert "Written. Now set verified_on of occupations, interests," in done.out.replace("\n", " ")
    assert path.read_text(encoding="utf-8") == before.replace("job_zone: 4", "job_zone: 2")


@pytest.mark.slow
def test_figures_that_the_data_refuses_are_not_written(county: Path, run: Callable[..., Ran], tmp_path: Path) -> None:  # noqa: F811
    """A value outside the schema's limits stops the command, and no file changes."""
    folder = tmp_path / "db_29_3_text"
    changed(folder, "onet/db_29_3_text/Job Zones.txt", "47-2031.00\t2", "47-2031.00\t7")
    before = (county / "data/occupations/carpenters.yaml").read_bytes()
    done = run("figures", "onet", str(folder), "--apply", *DAY)
    assert done.code == 1
    assert "data/occupations/carpenters.yaml" in done.out
    assert "nothing was written" in done.err
    assert (county / "data/occupations/carpenters.yaml").read_bytes() == before


def test_a_wrong_file_ends_the_command_with_1(county: Path, run: Callable[..., Ran]) -> None:  # noqa: F811
    """A refused file is one line on stderr and exit code 1; missing codes are a broken setup."""
    done = run("figures", "ipeds", str(EXTRACTS / "ipeds/HD2023.csv"), *DAY)
    assert (done.code, done.err.count("\n")) == (1, 1)
    assert "no completions file" in done.err
    edit(county / "data/region.yaml", 'metropolitan_area_code: "41740"\n', "")
    done = run("figures", "bls-oews", *map(str, FLAT), *DAY)
    assert done.code == 2
    assert "'metropolitan_area_code' is ''" in done.err


def test_due_releases_are_tasks_in_markdown(county: Path, run: Callable[..., Ran]) -> None:  # noqa: ARG001, F811
    """--due prints a task for each release with its address and command, and nothing else."""
    done = run("figures", "--due", "--today", "2026-10-01")
    assert done.code == 0
    lines = done.out.splitlines()
    assert all(line.startswith("- [ ] **") for line in lines)
    assert any("run `eportal figures bls-ep FILE…`" in line and "September 2026" in line for line in lines)


def test_awards_are_those_of_the_schema() -> None:
    """Every award that IPEDS's codes become is a value of the schema, and so is every kind of school."""
    schema = site().resource("programs").schema
    assert set(ipeds.AWARDS.values()) <= set(schema.field("award_level").constraints["enum"])
