"""`eportal import` reads spreadsheets as people save them, completely or with a reason why not."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import formatter, load
from generator.input_parsing import Names
from generator.model import Package, Resource, Row
from generator.pages import is_segment
from generator.spreadsheets import import_plan
from generator.spreadsheets.cells import cell_text, headings
from generator.spreadsheets.sheet import UnreadableSheetError, letters, read_sheet
from generator.spreadsheets.sheet_records import sheet_records, slug
from generator.validate import record_id
from tests.conftest import PROJECT, TODAY, edit
from tests.test_cli import Ran, run  # noqa: F401 - the fixture
from tests.test_problems_doc import SECTIONS

PACKAGE = load.read_package(PROJECT / "data")
TABLES = load.load(PACKAGE)[0]
NAMES = Names(PACKAGE, TABLES)
DAY = ("--today", TODAY.isoformat())


def present(resource: Resource) -> dict[str, Row]:
    """Return a dataset's records in the real data."""
    return {record_id(resource, row): row for row in TABLES[resource.name].rows}


def exported(resource: Resource, reverse: bool = False, titles: bool = True) -> list[list[str]]:  # noqa: FBT001, FBT002
    """Return a dataset as the rows of a spreadsheet."""
    fields = list(reversed(resource.schema.fields)) if reverse else list(resource.schema.fields)
    words = headings(resource.schema)
    rows = [[words[f.name] if titles else f.name.upper() for f in fields]]
    for row in TABLES[resource.name].rows:
        values = {**row.values, **({"id": row.stem} if row.stem else {})}
        rows.append([cell_text(f, values.get(f.name, "")) for f in fields])
    return rows


def saved(path: Path, rows: list[list[str]], encoding: str = "utf-8", separator: str = ",") -> Path:
    """Save rows as a spreadsheet program does."""
    text = StringIO(newline="")
    csv.writer(text, delimiter=separator, lineterminator="\r\n").writerows(rows)
    path.write_bytes(text.getvalue().encode(encoding))
    return path


def edits(path: Path, package: Package, dataset: str) -> dict[str, object]:
    """Return what an import of a file would change in the real data, and require it to have no problems."""
    resource = import_plan.resource_of(package, dataset)
    found = sheet_records(read_sheet(path, dataset), resource, present(resource), NAMES)
    assert found.problems == []
    assert len(found.records) == len(TABLES[dataset].rows)
    return dict(import_plan._edits(resource, found, present(resource)))


# Round trips


@pytest.mark.parametrize("resource", list(PACKAGE), ids=lambda resource: resource.name)
@pytest.mark.parametrize(
    ("encoding", "separator"),
    [("utf-8-sig", ","), ("utf-16", "\t"), ("utf-8", ";")],
    ids=["utf-8", "utf-16", "semicolons"],
)
def test_export_and_import_give_back_the_same(
    tmp_path: Path, resource: Resource, encoding: str, separator: str
) -> None:
    """Every dataset, saved and read again with its columns reordered, is unchanged."""
    rows = exported(resource, reverse=True, titles=separator != ";")
    path = saved(tmp_path / "out.csv", rows, encoding, separator)
    assert edits(path, PACKAGE, resource.name) == {}


@pytest.mark.slow
def test_a_windows_spreadsheet_of_employers_comes_in_without_a_loss(
    real: Path,
    tmp_path: Path,
    run: Callable[..., Ran],  # noqa: F811
) -> None:
    """Windows-1252 with semicolons and reordered columns restores all employers, file by file."""
    resource = import_plan.resource_of(PACKAGE, "employers")
    path = saved(tmp_path / "employers.csv", exported(resource, reverse=True), "cp1252", ";")
    assert b"\xed" in path.read_bytes()  # an í as Windows saves it
    folder = real / "data/employers"
    before = {file.name: file.read_bytes() for file in folder.iterdir()}
    done = run("import", "employers", str(path), *DAY)
    assert done.code == 0, done.err
    assert "No record changed." in done.out
    for file in folder.iterdir():
        if file.stem.startswith(("b", "c")):  # remove some, which the import restores
            offers = [row for row in TABLES["offers"].rows if row.values["employer"] == file.stem]
            if not offers:
                file.unlink()
    done = run("import", "employers", str(path), "--apply", *DAY)
    assert done.code == 0, done.out + done.err
    assert {file.name: file.read_bytes() for file in folder.iterdir()} == before


# The command


@pytest.fixture
def bring(small: Path, run: Callable[..., Ran]) -> Callable[..., Ran]:  # noqa: F811
    """Return a function that imports rows into a dataset of the small project."""

    def brought(dataset: str, text: str | bytes, *options: str) -> Ran:
        path = small / f"{dataset}-sheet.csv"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return run("import", dataset, str(path), *options, *DAY)

    return brought


def test_nothing_is_written_without_apply(small: Path, bring: Callable[..., Ran]) -> None:
    """Without `--apply` only the changes are shown; with it they are written in canonical form."""
    before = (small / "data/courses.csv").read_bytes()
    sheet = "ID,Name\n7910,Introduction to Healing\n"
    shown = bring("courses", sheet)
    assert shown.code == 0
    assert "- changed `7910` (`Introduction to Healing`)" in shown.out
    assert "`name`: `Introduction to Health` → `Introduction to Healing`" in shown.out
    assert "Not in the spreadsheet: 2 records of courses, left unchanged." in shown.out
    assert (small / "data/courses.csv").read_bytes() == before
    assert "Written." in bring("courses", sheet, "--apply").out
    assert (small / "data/courses.csv").read_bytes() == before.replace(b"to Health,", b"to Healing,")


def test_a_dataset_with_a_file_each(small: Path, bring: Callable[..., Ran]) -> None:
    """In a folder of YAML files, one is changed and keeps its comments, one is new, and one is deleted on request."""
    edit(small / "data/pathways/patient-care.yaml", "open: true", "open: true  # since 2019")
    sheet = (
        "name;sector;Other names;Open;description\n"
        "Patient Care;Health Science;nursing;no;One.\n"
        '"Dental Care ";health-science;"teeth\ngums";TRUE;"“Smile.”'
        '\n\nTwo."\n'
    )
    done = bring("pathways", sheet, "--apply", "--remove-missing")
    assert done.code == 1, done.out  # courses refer to public-health
    assert "data/courses.csv:2:" in done.out
    assert "'public-health' is not in pathways" in done.out
    assert (small / "data/pathways/public-health.yaml").exists()
    edit(small / "data/courses.csv", "patient-care;public-health", "patient-care")
    (small / "data/addresses.txt").unlink(missing_ok=True)
    done = bring("pathways", sheet, "--apply", "--remove-missing")
    assert done.code == 0, done.out + done.err
    assert "the new record gets the id 'dental-care'" in done.out
    assert "'Patient Care' was matched with the record 'patient-care'" in done.out
    assert not (small / "data/pathways/public-health.yaml").exists()
    assert "open: false  # since 2019\n" in (small / "data/pathways/patient-care.yaml").read_text(encoding="utf-8")
    assert (small / "data/pathways/dental-care.yaml").read_text(encoding="utf-8") == (
        "id: dental-care\nname: Dental Care\nsector: health-science\nother_names:\n  - teeth\n  - gums\n"
        "open: true\ndescription: |\n  “Smile.”\n\n  Two.\n"
    )
    assert formatter.formatted(small / "data/pathways/dental-care.yaml", _resource(small, "pathways")).changed is False


def _resource(folder: Path, dataset: str) -> Resource:
    return import_plan.resource_of(load.read_package(folder / "data"), dataset)


def test_a_dataset_in_one_yaml_file(small: Path, bring: Callable[..., Ran]) -> None:
    """A list file keeps comments and order; new records go at the end, and emptied fields are removed."""
    path = small / "data/events.yaml"
    path.write_text("# what is on\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    done = bring(
        "events", "id,name,starts_on,ends_on\nopen-day,Open day,2/15/2027,\nfair,Fair,2027-03-01,\n", "--apply"
    )
    assert done.code == 0, done.out + done.err
    assert path.read_text(encoding="utf-8") == (
        "# what is on\n- id: open-day\n  name: Open day\n  starts_on: 2027-02-15\n\n"
        "- id: fair\n  name: Fair\n  starts_on: 2027-03-01\n"
    )
    gone = bring("events", "id,name\nfair,Fair\n", "--apply", "--remove-missing")
    assert "- removed `open-day`" in gone.out
    assert "open-day" not in path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("dataset", "sheet", "words"),
    [
        (
            "events",
            "id,name,starts_on\nx,X,3/4/2027\n",
            "events-sheet.csv!C2: error E701 starts_on: '3/4/2027' could be",
        ),
        ("events", "id,name,starts_on\nx,X,soon\n", "events-sheet.csv!C2: error E204 starts_on: 'soon' is not a date"),
        ("courses", "id,name,level,pathways\n7999,X,intro,\n", "courses-sheet.csv!C2: error E206 level: 'intro'"),
        (
            "courses",
            "id,name,pathways\n7910,X,patient-car\n",
            "courses-sheet.csv!C2: error E301 pathways: 'patient-car'",
        ),
        ("courses", "\n\nid,name\n\n7910,<b>X</b>\n", "courses-sheet.csv!B5: error E501 name: "),
        (
            "courses",
            "id,nam\n7910,X\n",
            "courses-sheet.csv!B1: error E703 'nam' is not a field of courses; did you mean 'name'?",
        ),
        ("courses", "a,b\n1,2\n", "courses-sheet.csv!A1: error E703 'a' is not a field of courses; the headings are: "),
        ("courses", "id,Name,name\n7910,X,Y\n", "courses-sheet.csv!C1: error E110 duplicate column 'name'"),
        ("courses", "id,name\n7910,X\n7910,Y\n", "courses-sheet.csv!A3: error E401 the id '7910' is already used at"),
        (
            "pathways",
            "id,name,sector\n../../x,X,health-science\n",
            "pathways-sheet.csv!A2: error E705 this row has no id; ",
        ),
        (
            "pathways",
            "summary\nNo name\n",
            "pathways-sheet.csv!A2: error E705 this row has no id; write an id, or a name",
        ),
        ("wages", "pathway,area,quotient\npatient-care,,1\n", "E705"),
        ("pathways", "id,name\nnew-one,New\n", "pathways-sheet.csv!A2: error E203 sector: this value is required"),
    ],
)
def test_a_mistake_is_reported_at_its_cell(
    small: Path, bring: Callable[..., Ran], dataset: str, sheet: str, words: str
) -> None:
    """An import that would add an error is refused as a whole, naming the cell, and nothing is written."""
    before = {p: p.read_bytes() for p in (small / "data").rglob("*") if p.is_file()}
    done = bring(dataset, sheet, "--apply")
    assert done.code == 1
    assert words in done.out
    assert "nothing was written" in done.err
    assert {p: p.read_bytes() for p in (small / "data").rglob("*") if p.is_file()} == before


def test_errors_that_were_there_before_do_not_matter(small: Path, bring: Callable[..., Ran]) -> None:
    """Errors that already exist elsewhere do not block an import."""
    edit(small / "data/pathways/patient-care.yaml", "website: https", "website: http")
    assert bring("courses", "id,name\n7910,Introduction to Healing\n").code == 0


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "this kind of file is not supported; save it as .xlsx or as CSV UTF-8"),
        (b"id,name\n1,\x81\n", "not readable as text"),
        (b"\xff\xfea", "not readable as text"),
        (b" \r\n", "the file is empty"),
        (b"<!DOCTYPE html>\n<html>Sign in</html>", "this is a web page, not a spreadsheet"),
        (b"id," * 600 + b"\n", "more than 200000 rows or 500 columns"),
    ],
)
def test_other_files_are_refused(bring: Callable[..., Ran], content: bytes, words: str) -> None:
    """Old Excel files, damaged text and overly wide tables are refused with advice."""
    done = bring("courses", content)
    assert done.code == 1
    assert words in done.err


def test_a_dataset_or_file_that_is_not_there(small: Path, run: Callable[..., Ran]) -> None:  # noqa: F811
    """An unknown dataset, a missing file, and a dataset with a broken file each say what to do."""
    assert "no dataset 'coarses': did you mean 'courses'?" in run("import", "coarses", "x.csv").err
    (small / "folder").mkdir()
    assert "folder: this is a folder; choose a file" in run("import", "courses", "folder").err
    assert "x.csv: there is no such file" in run("import", "courses", "x.csv").err
    (small / "data/courses.csv").write_text('id,name\n"7910,X\n', encoding="utf-8")
    (small / "x.csv").write_text("id,name\n7910,X\n", encoding="utf-8")
    assert (
        "the files of courses cannot be read: correct what eportal check reports first"
        in run("import", "courses", "x.csv").err
    )


def test_excels_own_hint_and_utf_16_without_a_mark(small: Path, bring: Callable[..., Ran]) -> None:
    """A first line `sep=;` sets the separator; UTF-16 without a mark is recognized by its zero bytes."""
    assert "to Healing" in bring("courses", "sep=;\r\nid;name\r\n7910;Introduction to Healing\r\n").out
    for code in ("utf-16-le", "utf-16-be"):
        assert "to Healing" in bring("courses", "id,name\n7910,Introduction to Healing\n".encode(code)).out
    assert small.exists()


def test_a_formula_guard_is_taken_off(small: Path, bring: Callable[..., Ran]) -> None:
    """The apostrophe that an export puts before a formula is removed on import."""
    done = bring("courses", "id,name\n7910,'=Health\n", "--apply")
    assert done.code == 0, done.out
    assert "7910,=Health," in (small / "data/courses.csv").read_text(encoding="utf-8")


def test_the_examples_of_the_documents_are_what_import_prints(
    real: Path,
    tmp_path: Path,
    run: Callable[..., Ran],  # noqa: F811
) -> None:
    """docs/problems.md shows the exact lines printed for spreadsheet problems."""
    cases = {
        "E701": ("opportunities", "id,closes_on\nx,3/4/2027\n"),
        "E702": ("skills", "id,crosswalk\ncollaboration,Teamwork\n"),
        "E703": ("employers", "id,name,Mascot\nx,X,1\n"),
        "E705": ("employers", "city\nChula Vista\n"),
    }
    assert real.exists()
    for code, (dataset, text) in cases.items():
        path = tmp_path / f"{dataset}.csv"
        path.write_text(text, encoding="utf-8")
        assert SECTIONS[code][4] in run("import", dataset, str(path), *DAY).out.splitlines(), code


# Small parts


@pytest.mark.parametrize(("column", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")])
def test_columns_have_letters(column: int, name: str) -> None:
    """Columns are named as in spreadsheets."""
    assert letters(column) == name


@pytest.mark.parametrize(
    ("name", "id_"),
    [("Café & Söhne, Inc.", "cafe-and-sohne-inc"), ("O'Neill’s", "oneill-s"), ("---", ""), ("a" * 80, "a" * 64)],
)
def test_an_id_is_made_from_a_name(name: str, id_: str) -> None:
    """An ID has lowercase letters, digits and single hyphens, and a limited length."""
    assert slug(name) == id_


@given(st.text())
def test_an_id_made_from_any_name_is_an_id_or_nothing(name: str) -> None:
    """Any name gives a valid ID or none, never a path."""
    assert slug(name) == "" or is_segment(slug(name))


@given(st.binary(max_size=300))
def test_any_bytes_are_a_sheet_or_refused(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    """Any file is read or refused with an explanation."""
    path = tmp_path_factory.mktemp("any") / "x.csv"
    path.write_bytes(content)
    try:
        rows = read_sheet(path, "courses").rows
    except UnreadableSheetError:
        rows = []
    assert all(isinstance(cell, str) for _, cells in rows for cell in cells)
    shutil.rmtree(path.parent)
