"""Reads a publisher's table row by row: a text file of any size, or a sheet of a workbook.

Columns are found by their headings, because publishers add columns and move them.
"""

from __future__ import annotations

import codecs
import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from generator.diagnostics import did_you_mean
from generator.spreadsheets.sheet import OLD_EXCEL, WEB_PAGE, ZIP, UnreadableSheetError

HEADING_WITHIN = 12
MOST_SHOWN = 12
CHUNK = 1024 * 1024
LONGEST_BEGINNING = 512
FOOTNOTE_MARK = re.compile(r"\[\d+\]")


class WrongFileError(Exception):
    """A file that isn't what the publisher's file should be; the message names the file, what is expected, and more."""


class Column(NamedTuple):
    """A column of a publisher's table: its heading, as a pattern if the heading changes with the year.

    If several headings match, `nth` counts them from 0.
    """

    heading: str
    pattern: str = ""
    nth: int = 0
    optional: bool = False

    def matches(self, heading: str) -> bool:
        """Whether a heading is this column's."""
        return re.fullmatch(self.pattern or re.escape(self.heading), heading, re.IGNORECASE) is not None


class PublishedTable(NamedTuple):
    """A publisher's table: the headings found, the text above them, and the rows as text by our names of columns."""

    path: Path
    headings: Mapping[str, str]
    above: Sequence[str]
    rows: Iterator[dict[str, str]]


def read_table(
    path: Path, columns: Mapping[str, Column], *, sheet: str = "", beginning: tuple[str, ...] = ()
) -> PublishedTable:
    """Read a publisher's table without keeping it in memory.

    Args:
        path: a workbook (.xlsx), or text with tabs or commas.
        columns: our name of each column that is needed, and the column.
        sheet: the sheet of a workbook; '' for the first.
        beginning: if given, lines of a text file that begin otherwise are skipped.

    Raises:
        WrongFileError: the file cannot be read, or a column is missing.
    """
    start = _beginning(path)
    lines = _workbook_lines(path, sheet) if start.startswith(ZIP) else _text_lines(path, beginning)
    above: list[str] = []
    best: Sequence[str] = ()
    for _, cells in zip(range(HEADING_WITHIN), lines, strict=False):
        headings = [clean_heading(cell) for cell in cells]
        found = {name: _place(column, headings) for name, column in columns.items()}
        if all(found[name] is not None or column.optional for name, column in columns.items()):
            places = {name: place for name, place in found.items() if place is not None}
            return PublishedTable(path, {n: headings[i] for n, i in places.items()}, above, _rows(lines, places))
        best = max(best, headings, key=lambda one: sum(any(c.matches(h) for h in one) for c in columns.values()))
        above += [cell for cell in cells if cell.strip()]
    raise WrongFileError(_missing(path, columns, best))


def _beginning(path: Path) -> bytes:
    """Return the first bytes of a file, unless it is one that people give by mistake."""
    if not path.is_file():
        raise WrongFileError(f"{path}: there is no such file; give the path of the file you downloaded")
    with path.open("rb") as file:
        start = file.read(LONGEST_BEGINNING)
    if not start:
        raise WrongFileError(f"{path.name}: the file is empty; download it again")
    if WEB_PAGE.match(start):
        raise WrongFileError(f"{path.name}: this is a web page; open the address in a browser and download the file")
    if start.startswith(OLD_EXCEL):
        raise WrongFileError(f"{path.name}: this kind of workbook is not supported; save it as .xlsx")
    if path.suffix.casefold() == ".zip":
        raise WrongFileError(f"{path.name}: unpack it, and give the files in it")
    return start


def clean_heading(text: str) -> str:
    """Return a heading without line breaks, repeated spaces and marks of footnotes."""
    return " ".join(FOOTNOTE_MARK.sub(" ", text.removeprefix("\ufeff")).split())


def _place(column: Column, headings: Sequence[str]) -> int | None:
    places = [i for i, heading in enumerate(headings) if column.matches(heading)]
    return places[column.nth] if len(places) > column.nth else None


def _rows(lines: Iterator[Sequence[str]], places: Mapping[str, int]) -> Iterator[dict[str, str]]:
    for cells in lines:
        yield {name: cells[i].strip() if i < len(cells) else "" for name, i in places.items()}


def _missing(path: Path, columns: Mapping[str, Column], headings: Sequence[str]) -> str:
    """Return the message that names the first missing column and what was found instead."""
    found = [heading for heading in headings if heading]
    column = next(c for c in columns.values() if not c.optional and _place(c, headings) is None)
    shown = ", ".join(found[:MOST_SHOWN]) + (" …" if len(found) > MOST_SHOWN else "")
    hint = did_you_mean(column.heading, found) or "is this the right file?"
    return f"{path.name}: no column '{column.heading}'; found: {shown or 'no headings'}; {hint}"


def _text_lines(path: Path, beginning: tuple[str, ...]) -> Iterator[Sequence[str]]:
    with path.open(encoding=_encoding(path), newline="") as file:
        heading = file.readline()
        separator = "\t" if "\t" in heading else ","
        lines = (line for line in file if line.startswith(beginning)) if beginning else file
        yield from csv.reader([heading], delimiter=separator)
        if separator == "\t":
            yield from csv.reader(lines, delimiter=separator, quoting=csv.QUOTE_NONE)
        else:
            yield from csv.reader(lines)


def _encoding(path: Path) -> str:
    """Return UTF-8 if the whole file is, else Windows-1252, in which older files are saved."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    with path.open("rb") as file:
        try:
            for chunk in iter(partial(file.read, CHUNK), b""):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return "cp1252"
    return "utf-8"


def _workbook_lines(path: Path, sheet: str) -> Iterator[Sequence[str]]:
    from generator.spreadsheets.excel import stream_rows  # openpyxl: only where it is needed

    try:
        yield from stream_rows(path, sheet)
    except UnreadableSheetError as error:
        raise WrongFileError(str(error)) from error
