"""Reads a spreadsheet as rows of text, no matter which program saved it: encodings, separators, names of cells.

Values are as a person sees them; `excel` reads workbooks, and `sheet_records` finds out what the values mean.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from io import StringIO
from pathlib import Path
from typing import NamedTuple

MAX_BYTES = 20 * 1024 * 1024
MAX_ROWS, MAX_COLUMNS = 200_000, 500
SEPARATORS = (",", ";", "\t", "|")
OLD_EXCEL, ZIP = b"\xd0\xcf\x11\xe0", b"PK\x03\x04"
BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
#: What a link to a shared spreadsheet returns to a visitor who is not signed in.
WEB_PAGE = re.compile(rb"\s*<(?:!doctype html|html)\b", re.IGNORECASE)
LETTERS = 26


class UnreadableSheetError(Exception):
    """A file that cannot be read as a spreadsheet; the message says why and what to do."""


class Sheet(NamedTuple):
    """Rows of text with their numbers in the spreadsheet, and the (row, column) of formulas without a value."""

    name: str
    rows: Sequence[tuple[int, Sequence[str]]]
    unknown: frozenset[tuple[int, int]] = frozenset()
    notes: tuple[str, ...] = ()

    def cell(self, row: int, column: int) -> str:
        """Return the name of a cell as spreadsheets write it: row 7, second column (1) is `file.xlsx!B7`."""
        return f"{self.name}!{letters(column)}{row}"


def letters(column: int) -> str:
    """Return the letters of a column, counted from 0."""
    text, left = "", column + 1
    while left:
        left, digit = divmod(left - 1, LETTERS)
        text = chr(ord("A") + digit) + text
    return text


def read_sheet(path: Path, dataset: str) -> Sheet:
    """Read a spreadsheet: Excel (.xlsx, .xlsm) or text with separators, in any usual encoding.

    Raises:
        UnreadableSheetError: the file is something else, or too large.
    """
    if not path.is_file():
        raise UnreadableSheetError(
            f"{path}: {'this is a folder; choose a file' if path.is_dir() else 'there is no such file'}"
        )
    if path.stat().st_size > MAX_BYTES:
        raise UnreadableSheetError(f"{path.name}: larger than {MAX_BYTES // 1024 // 1024} MiB; split it")
    content = path.read_bytes()
    if not content.strip():
        raise UnreadableSheetError(f"{path.name}: the file is empty")
    if WEB_PAGE.match(content):
        raise UnreadableSheetError(
            f"{path.name}: this is a web page, not a spreadsheet; open it in the spreadsheet program "
            "and download it as .xlsx or CSV"
        )
    if content.startswith(OLD_EXCEL) or path.suffix.casefold() in (".xls", ".ods", ".numbers"):
        raise UnreadableSheetError(f"{path.name}: this kind of file is not supported; save it as .xlsx or as CSV UTF-8")
    if content.startswith(ZIP):
        from generator.spreadsheets.excel import read_workbook  # openpyxl: only where it is needed

        return read_workbook(path, dataset)
    return _text_sheet(path.name, content)


def _text_sheet(name: str, content: bytes) -> Sheet:
    text, encoding = _decoded(name, content)
    notes = () if encoding == "utf-8" else (f"read as {encoding}",)
    if text.startswith("sep=") and text[5:6] in ("\n", "\r"):  # Excel's own hint
        return Sheet(name, _rows(name, text[6:].lstrip("\n"), text[4], first=2), notes=notes)
    separator = max(SEPARATORS, key=lambda mark: _heading_width(text, mark))
    if separator != ",":
        notes = (
            *notes,
            f"cells are separated by {dict(zip(SEPARATORS, ('', ';', 'tabs', '|'), strict=True))[separator]}",
        )
    return Sheet(name, _rows(name, text, separator), notes=notes)


def _decoded(name: str, content: bytes) -> tuple[str, str]:
    """Return the text of a file and the name of its encoding."""
    for mark, encoding in BOMS:
        if content.startswith(mark):
            return _tried(name, content.removeprefix(mark), encoding), encoding.removesuffix("-le").removesuffix("-be")
    if b"\0" in content[:200]:
        return _tried(name, content, "utf-16-le" if content[1:2] == b"\0" else "utf-16-be"), "utf-16"
    try:
        return content.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return _tried(name, content, "cp1252"), "Windows-1252"


def _tried(name: str, content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        raise UnreadableSheetError(f"{name}: not readable as text; save it as CSV UTF-8") from None


def _heading_width(text: str, separator: str) -> int:
    """Return how many cells a separator makes of the first line that is not empty."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    return len(next(csv.reader([first], delimiter=separator), ()))


def _rows(name: str, text: str, separator: str, first: int = 1) -> list[tuple[int, Sequence[str]]]:
    csv.field_size_limit(MAX_BYTES)
    try:
        return list(limited(name, enumerate(csv.reader(StringIO(text, newline=""), delimiter=separator), start=first)))
    except csv.Error as error:
        raise UnreadableSheetError(f"{name}: cannot be read as a table ({error}); save it as CSV UTF-8") from None


def limited(name: str, rows: Iterator[tuple[int, Sequence[str]]]) -> Iterator[tuple[int, Sequence[str]]]:
    """Yield the rows that are not empty; refuse a table larger than any dataset.

    Raises:
        UnreadableSheetError: there are too many rows or columns.
    """
    for number, cells in rows:
        if number > MAX_ROWS or len(cells) > MAX_COLUMNS:
            raise UnreadableSheetError(f"{name}: more than {MAX_ROWS} rows or {MAX_COLUMNS} columns; split it")
        if any(cell.strip() for cell in cells):
            yield number, cells
