"""Writes a spreadsheet for a dataset: headings with notes, drop-down lists, text cells that Excel leaves alone."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.workbook.properties import CalcProperties
from openpyxl.worksheet.datavalidation import DataValidation

from generator.diagnostics import example_of, length_words, range_words, type_words
from generator.load import row_id
from generator.model import Field, Package, Raw, Resource, Row, Table
from generator.spreadsheets.cells import cell_value, headings

CHOICES = "choices"
MOST_CHOICES = 5_000
ROWS_TO_FILL = 1_000
NARROW, WIDE, WIDEST = 12, 28, 60
NUMBERS = {"integer": "0", "number": "General", "boolean": "General"}
HEADING = Font(bold=True)
REQUIRED = PatternFill("solid", fgColor="FFF2CC")
YES_AND_NO = ("true", "false")


def dataset_workbook(package: Package, tables: dict[str, Table], resource: Resource, rows: Sequence[Row] = ()) -> Any:
    """Return the workbook of a dataset, filled with `rows`."""
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.title = resource.name[:31]
    choices = book.create_sheet(CHOICES)
    words = headings(resource.schema)
    for column, field in enumerate(resource.schema.fields, start=1):
        _head(sheet.cell(1, column), field, words[field.name])
        sheet.column_dimensions[get_column_letter(column)].width = _width(field, words[field.name])
        _format(sheet, column, field, max(ROWS_TO_FILL, len(rows)) + 1)
        _drop_down(sheet, choices, column, _allowed(package, tables, field), words[field.name])
    for number, row in enumerate(rows, start=2):
        _fill(sheet, number, resource, row)
    sheet.freeze_panes = sheet.cell(2, 2)
    book.calculation = CalcProperties(fullCalcOnLoad=False)
    return book


def write_workbook(book: Any, path: Path) -> None:
    """Write a workbook to a file."""
    book.save(path)


def _head(cell: Any, field: Field, heading: str) -> None:
    """Write a heading, with what the schema says about the field as its note."""
    cell.value, cell.font, cell.data_type = heading, HEADING, "s"
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    if field.required:
        cell.fill = REQUIRED
    cell.comment = Comment("\n".join(_note(field)), "eportal", height=140, width=320)


def _note(field: Field) -> list[str]:
    """Return what is to be known about a field, one fact per line."""
    rules = field.constraints
    lines = [f"{field.title} ({field.name})", field.description, "Required." if field.required else "Optional."]
    lines.append("" if field.type == "string" else f"Takes {type_words(field)}.")
    if field.type == "list":
        lines.append("Write one per line, or separate them with semicolons.")
    if field.fields:
        lines.append("Write it as in the YAML files: '- ' before each group, one line per key.")
    if "minimum" in rules or "maximum" in rules:
        lines.append(f"Must be {range_words(field)}.")
    if "minLength" in rules or "maxLength" in rules:
        lines.append(f"Length: {length_words(field)}.")
    if field.example:
        lines.append(f"{example_of(field).capitalize()}.")
    return [line for line in lines if line]


def _width(field: Field, heading: str) -> int:
    if field.markdown or field.fields:
        return WIDEST
    return (
        WIDE
        if field.type in ("string", "list") and not field.constraints.get("pattern")
        else max(NARROW, len(heading) + 2)
    )


def _format(sheet: Any, column: int, field: Field, last: int) -> None:
    """Format the cells to fill in as text, so that codes, dates and lists stay as typed; numbers stay numbers."""
    code = NUMBERS.get(field.type, "@")
    sheet.column_dimensions[get_column_letter(column)].number_format = code
    for row in range(2, last + 1):
        sheet.cell(row, column).number_format = code


def _allowed(package: Package, tables: dict[str, Table], field: Field) -> Sequence[str]:
    """Return the values to choose from for a field; none for lists, because a drop-down offers only one."""
    if field.type == "boolean":
        return YES_AND_NO
    if field.is_list:
        return ()
    if field.reference:
        rows = tables[field.reference].rows if package.get(field.reference) else ()
        return [row.stem or row_id(row) for row in rows][:MOST_CHOICES]
    return [str(value) for value in field.labels or field.constraints.get("enum", ())]


def _drop_down(sheet: Any, choices: Any, column: int, allowed: Sequence[str], heading: str) -> None:
    """List the allowed values on the second sheet, and offer them as a drop-down list in the column."""
    if not allowed:
        return
    letter = get_column_letter(column)
    for row, value in enumerate((heading, *allowed), start=1):
        cell = choices.cell(row, column)
        cell.value, cell.data_type, cell.number_format = value, "s", "@"
    rule = DataValidation("list", formula1=f"={CHOICES}!${letter}$2:${letter}${len(allowed) + 1}", allow_blank=True)
    rule.errorTitle, rule.error = "Not in the list", "Choose a value from the list."
    rule.errorStyle = "warning"  # a name instead of an id is fine too
    rule.add(f"{letter}2:{letter}1048576")
    sheet.add_data_validation(rule)


def _fill(sheet: Any, number: int, resource: Resource, row: Row) -> None:
    """Write a record into a row."""
    values: dict[str, Raw] = {**row.values, **({"id": row.stem} if row.stem else {})}
    for column, field in enumerate(resource.schema.fields, start=1):
        value = cell_value(field, values.get(field.name, ""))
        if value != "":
            cell = sheet.cell(number, column)
            cell.value = value
            if isinstance(value, str):
                cell.data_type = "s"
                cell.alignment = Alignment(wrap_text="\n" in value, vertical="top")
