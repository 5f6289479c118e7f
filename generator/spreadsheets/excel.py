"""Reads the values of one sheet of an Excel workbook as text. Macros, styles and links are ignored; no formula runs."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

from generator.spreadsheets.sheet import MAX_COLUMNS, MAX_ROWS, Sheet, UnreadableSheetError, limited

MAX_UNPACKED, MAX_PARTS = 200 * 1024 * 1024, 2_000
#: A sheet that is read row by row needs no memory for all of it.
MAX_STREAMED = 4 * 1024 * 1024 * 1024
DECLARATIONS = tuple(f"<!{word}".encode(code) for word in ("DOCTYPE", "ENTITY") for code in ("ascii", "utf-16-le"))
#: What Excel shows in a cell whose formula failed.
ERRORS = frozenset({"#N/A", "#REF!", "#NAME?", "#VALUE!", "#DIV/0!", "#NUM!", "#NULL!"})


def read_workbook(path: Path, dataset: str) -> Sheet:
    """Read the sheet named like the dataset, or else the first.

    Raises:
        UnreadableSheetError: it is not a workbook, or was made to do harm.
    """
    _look_inside(path, MAX_UNPACKED)
    try:
        values = dict(_cells(path, dataset, values=True))
        formulas = dict(_cells(path, dataset, values=False))
    except UnreadableSheetError:
        raise
    except Exception as error:  # openpyxl raises anything its parsers raise
        raise UnreadableSheetError(f"{path.name}: not a readable workbook; save it again as .xlsx") from error
    unknown = frozenset(
        (row, column)
        for row, cells in formulas.items()
        for column, cell in enumerate(cells)
        if _is_formula(cell) and (_at(values, row, column) is None or str(_at(values, row, column)) in ERRORS)
    )
    rows = ((row, [as_typed(cell) for cell in cells]) for row, cells in values.items())
    filled = {row for row, _ in unknown}
    kept = list(limited(path.name, rows))
    missing = [(row, [as_typed(c) for c in values.get(row, ())]) for row in filled - {row for row, _ in kept}]
    return Sheet(path.name, sorted([*kept, *missing]), unknown)


def stream_rows(path: Path, name: str) -> Iterator[list[str]]:
    """Yield the rows of a sheet of any length as text; '' as its name for the first sheet.

    Raises:
        UnreadableSheetError: it is not a workbook, was made to do harm, or has no such sheet.
    """
    import openpyxl

    _look_inside(path, MAX_STREAMED)
    book = openpyxl.load_workbook(path, read_only=True, data_only=True, keep_links=False)
    try:
        sheets = {sheet.title: sheet for sheet in book.worksheets}
        if name and name not in sheets:
            raise UnreadableSheetError(f"{path.name}: no sheet '{name}'; it has: {', '.join(sheets)}")
        sheet = sheets[name] if name else book.worksheets[0]
        sheet.reset_dimensions()  # what a file says about its own size may be wrong
        for cells in sheet.iter_rows(values_only=True):
            yield [as_typed(cell) for cell in cells]
    finally:
        book.close()


def _look_inside(path: Path, most: int) -> None:
    """Refuse a file that would fill the memory when unpacked, before unpacking any of it."""
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
            if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > most:
                raise UnreadableSheetError(f"{path.name}: too large when unpacked; split it")
            if "xl/workbook.xml" not in archive.namelist():
                raise UnreadableSheetError(f"{path.name}: not an Excel workbook; save it as .xlsx or as CSV UTF-8")
            for part in parts:
                with archive.open(part) as opened:
                    head = opened.read(4096)
                if any(mark in head for mark in DECLARATIONS):
                    raise UnreadableSheetError(
                        f"{path.name}: contains XML declarations that no spreadsheet needs; save it again as .xlsx"
                    )
    except (
        zipfile.BadZipFile,
        RuntimeError,
        NotImplementedError,
    ):  # damaged, encrypted, or compressed in an unknown way
        raise UnreadableSheetError(f"{path.name}: not a readable workbook; save it again as .xlsx") from None


def _cells(path: Path, dataset: str, *, values: bool) -> Iterator[tuple[int, tuple[Any, ...]]]:
    import openpyxl

    book = openpyxl.load_workbook(path, read_only=True, data_only=values, keep_links=False)
    try:
        sheets = {sheet.title.casefold(): sheet for sheet in book.worksheets}
        sheet = sheets.get(dataset) or book.worksheets[0]
        sheet.reset_dimensions()  # what a file says about its own size may be wrong
        for number, cells in enumerate(sheet.iter_rows(values_only=True), start=1):
            if number > MAX_ROWS or len(cells) > MAX_COLUMNS * 40:
                raise UnreadableSheetError(f"{path.name}: more than {MAX_ROWS} rows or {MAX_COLUMNS} columns; split it")
            filled = max((i for i, cell in enumerate(cells, start=1) if cell is not None), default=0)
            yield number, cells[:filled]
    finally:
        book.close()


def _at(rows: dict[int, tuple[Any, ...]], row: int, column: int) -> Any:
    cells = rows.get(row, ())
    return cells[column] if column < len(cells) else None


def _is_formula(cell: Any) -> bool:
    return (isinstance(cell, str) and cell.startswith("=") and len(cell) > 1) or type(cell).__name__ == "ArrayFormula"


def as_typed(cell: Any) -> str:
    """Return the text that a person would type for the value of a cell."""
    match cell:
        case None:
            return ""
        case bool():
            return "true" if cell else "false"
        case datetime() | date() | time():
            return cell.isoformat()
        case float():
            plain = format(Decimal(repr(cell)), "f") if abs(cell) < 1e30 else repr(cell)  # noqa: PLR2004 - larger ones are not data
            return plain.removesuffix(".0")
        case _:
            return str(cell)
