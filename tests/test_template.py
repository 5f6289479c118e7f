"""Excel workbooks match the schema when written and lose nothing when read."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from generator.model import Field, Resource
from generator.spreadsheets import excel, import_plan
from generator.spreadsheets.cells import cell_value, field_of, headings
from generator.spreadsheets.sheet import UnreadableSheetError, read_sheet
from generator.spreadsheets.template import dataset_workbook as make
from tests.test_cli import Ran, run  # noqa: F401 - the fixture
from tests.test_import import DAY, PACKAGE, TABLES, edits
from tests.test_problems_doc import SECTIONS


@pytest.mark.parametrize("resource", list(PACKAGE), ids=lambda resource: resource.name)
def test_template_and_import_give_back_the_same(tmp_path: Path, resource: Resource) -> None:
    """Every dataset, written as a workbook with its records and read again, is unchanged."""
    path = tmp_path / "out.xlsx"
    make(PACKAGE, TABLES, resource, TABLES[resource.name].rows).save(path)
    assert edits(path, PACKAGE, resource.name) == {}


@pytest.mark.parametrize("resource", list(PACKAGE), ids=lambda resource: resource.name)
def test_headings_are_clear(resource: Resource) -> None:
    """Every heading of a template maps back to its own field."""
    words = headings(resource.schema)
    assert len(set(words.values())) == len(words)
    for name, heading in words.items():
        assert getattr(field_of(resource.schema, heading.upper()), "name", None) == name


def test_a_template_has_all_that_the_schema_says(tmp_path: Path, run: Callable[..., Ran], real: Path) -> None:  # noqa: F811
    """A template has headings with notes, required ones marked, drop-downs from a second sheet, and text cells."""
    done = run("template", "institutions", "-o", str(tmp_path / "x.xlsx"))
    assert done.out.endswith("x.xlsx: 21 columns, 0 records\n"), done.out
    assert real.exists()
    book = openpyxl.load_workbook(tmp_path / "x.xlsx")
    sheet, choices = book["institutions"], book["choices"]
    columns = {cell.value: cell for cell in sheet[1]}
    assert sheet.freeze_panes == "B2"
    assert columns["Type *"].fill.fgColor.rgb == "00FFF2CC"
    assert "Required." in columns["Type *"].comment.text
    assert "The first seven digits of the state's CDS code." in columns["State code"].comment.text
    assert "Write one per line" in columns["Sources"].comment.text
    letters = {name: cell.column_letter for name, cell in columns.items()}
    assert sheet[f"{letters['State code']}2"].number_format == "@"
    assert sheet[f"{letters['Checked on']}9"].number_format == "@"
    assert sheet[f"{letters['Latitude']}2"].number_format == "General"
    lists = {str(rule.sqref).split("2:")[0]: rule.formula1 for rule in sheet.data_validations.dataValidation}
    kind = letters["Type *"]
    assert lists[kind] == f"=choices!${kind}$2:${kind}$6"
    assert [cell.value for cell in choices[kind][:6]] == [
        *("Type *", "unified-district", "high-school-district"),
        *("elementary-district", "community-college", "university"),
    ]
    assert letters["Serves high school grades"] in lists


def test_references_have_a_drop_down_of_ids() -> None:
    """A field that refers to another dataset offers its IDs."""
    book = make(PACKAGE, TABLES, import_plan.resource_of(PACKAGE, "offers"))
    column = next(cell.column for cell in book["offers"][1] if cell.value == "Activity *")
    offered = [row[0].value for row in book["choices"].iter_rows(min_row=2, min_col=column, max_col=column)]
    assert {"job-shadow", "workplace-tour"} <= set(offered)


def test_an_unknown_dataset_has_no_template(run: Callable[..., Ran], small: Path) -> None:  # noqa: F811
    """A dataset's name is checked, and the default file is named after it."""
    assert "did you mean 'courses'?" in run("template", "coarses").err
    assert run("template", "courses", "--with-records").code == 0
    assert openpyxl.load_workbook(small / "courses.xlsx")["courses"].max_row > 3


def test_text_that_looks_like_a_formula_stays_text() -> None:
    """A text that a spreadsheet would run is written with an apostrophe; a negative number is a number."""
    assert cell_value(Field("t"), "=1+1") == "'=1+1"
    assert cell_value(Field("n", "number"), "-1.3") == -1.3
    assert cell_value(Field("n", "number"), "007") == "007"
    assert cell_value(Field("b", "boolean"), "true") is True


def saved(path: Path, rows: list[list[Any]], title: str = "courses") -> Path:
    """Save a workbook with an empty first sheet and the rows on the second."""
    book = openpyxl.Workbook()
    for row in rows:
        (book[title] if title in book.sheetnames else book.create_sheet(title)).append(row)
    book.save(path)
    return path


def test_values_of_excel_are_read_as_typed(tmp_path: Path) -> None:
    """Dates, floats and booleans are converted; the dataset's sheet is used, and empty rows are skipped."""
    rows = [
        ["id", "name", "hours"],
        [7910.0, " Health ", 90.5],
        [None, None, None],
        [True, datetime(2027, 2, 14, 15, 30), date(2027, 2, 14)],  # noqa: DTZ001 - Excel knows no zones
        [1e20, -0.25, ""],
    ]
    sheet = read_sheet(saved(tmp_path / "x.xlsx", rows), "courses")
    assert sheet.rows == [
        (1, ["id", "name", "hours"]),
        (2, ["7910", " Health ", "90.5"]),
        (4, ["true", "2027-02-14T15:30:00", "2027-02-14T00:00:00"]),
        (5, ["100000000000000000000", "-0.25"]),
    ]


def test_a_formula_counts_by_its_value(tmp_path: Path, run: Callable[..., Ran], small: Path) -> None:  # noqa: F811
    """A formula's stored result is read; one without a result is reported with its cell."""
    path = saved(small / "courses.xlsx", [["id", "name"], ["7910", '="Intro"&"duction"']])
    done = run("import", "courses", str(path), *DAY)
    assert done.code == 1
    assert done.out.splitlines() == [SECTIONS["E704"][4]]
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = "xl/worksheets/sheet2.xml"
    parts[name] = parts[name].replace(b"<v></v>", b"<v>Introduction</v>").replace(b"<v />", b"<v>Introduction</v>")
    assert b"<v>Introduction</v>" in parts[name]
    parts[name] = parts[name].replace(b'<c r="B2">', b'<c r="B2" t="str">')
    with zipfile.ZipFile(tmp_path / "courses.xlsx", "w") as archive:
        for part, content in parts.items():
            archive.writestr(part, content)
    done = run("import", "courses", str(tmp_path / "courses.xlsx"), *DAY)
    assert "`name`: `Introduction to Health` → `Introduction`" in done.out


def zipped(path: Path, **parts: bytes) -> Path:
    """Write a ZIP file like a workbook."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return path


def test_what_would_fill_the_memory_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A workbook that would unpack to more than the limit, or has too many parts, is not unpacked."""
    monkeypatch.setattr(excel, "MAX_UNPACKED", 1_000_000)
    bomb = zipped(tmp_path / "x.xlsx", xl__workbook_xml=b"<x/>", xl__big_xml=b"0" * 1_000_001)
    assert bomb.stat().st_size < 5_000
    with pytest.raises(UnreadableSheetError, match="too large when unpacked"):
        read_sheet(bomb, "courses")
    monkeypatch.setattr(excel, "MAX_PARTS", 1)
    with pytest.raises(UnreadableSheetError, match="too large when unpacked"):
        read_sheet(zipped(tmp_path / "y.xlsx", xl__workbook_xml=b"<x/>", a=b""), "courses")


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ({"xl__workbook_xml": b'<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'}, "contains XML declarations"),
        ({"xl__workbook_xml": "<!DOCTYPE x []><x/>".encode("utf-16-le")}, "contains XML declarations"),
        ({"content_xml": b"<x/>"}, "not an Excel workbook"),
        ({"xl__workbook_xml": b"<x/>"}, "not a readable workbook"),
    ],
)
def test_other_files_are_refused_as_workbooks(tmp_path: Path, parts: dict[str, bytes], words: str) -> None:
    """Entity declarations, other packages and damaged packages are refused with an explanation."""
    with pytest.raises(UnreadableSheetError, match=words):
        read_sheet(zipped(tmp_path / "x.xlsx", **parts), "courses")


def test_a_torn_workbook_is_refused(tmp_path: Path) -> None:
    """A truncated workbook is reported as such."""
    whole = BytesIO()
    make(PACKAGE, TABLES, import_plan.resource_of(PACKAGE, "stages")).save(whole)
    path = tmp_path / "x.xlsx"
    path.write_bytes(whole.getvalue()[: len(whole.getvalue()) // 2])
    with pytest.raises(UnreadableSheetError, match="save it again"):
        read_sheet(path, "stages")


def test_too_many_rows_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A sheet longer than the limit is not read to its end."""
    monkeypatch.setattr(excel, "MAX_ROWS", 3)
    with pytest.raises(UnreadableSheetError, match="split it"):
        read_sheet(saved(tmp_path / "x.xlsx", [["id"]] * 5), "courses")
