"""Read strict CSV: RFC 4180, comma-separated, with a heading, every row as wide as the heading.

The C reader of the standard library does the reading. Only the cells and the first line number of each row are kept;
the column of a value is found by reading its row again, and only when a problem has to be shown.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import overload

from generator.diagnostics import problem
from generator.load.text import MAX_VALUE, read_text, shown_path
from generator.model import Origin, Problem, Raw, Row, Table

SMART_QUOTES = "“”„«»"
OPENING_MARKS = "“”„«"
OTHER_SEPARATORS = {";": "semicolons", "\t": "tabs", "|": "vertical bars"}

LONGEST_CELL = 4 * MAX_VALUE
#: Equal short cells share one string: what counts as short, and how many strings are remembered at a time.
SHORT, MOST_KEPT = 60, 20_000


def read_csv(dataset: str, path: Path, expected: Sequence[str]) -> tuple[Table, list[Problem]]:
    """Read a CSV file.

    Args:
        dataset: the name of the dataset.
        path: the file.
        expected: the schema's columns, to recognize a wrong separator.

    Returns:
        The table, without rows if the file cannot be read, and what is wrong with the file.
    """
    csv.field_size_limit(LONGEST_CELL)  # a limit of the whole process: importing frictionless lifts it
    text, problems = read_text(path)
    if text is None:
        return Table(dataset, (), whole=False), problems
    file = _File(dataset, shown_path(path), _Lines(path, text.split("\n")))
    del text
    table = file.read(expected)
    file.lines.forget()
    return table, problems + file.problems


class _Lines(Sequence[str]):
    """The lines of a file: dropped once its rows are read, and read again when a value's position is needed."""

    def __init__(self, path: Path, lines: list[str]) -> None:
        """Store the lines that have just been read."""
        self.path, self.known = path, lines

    def forget(self) -> None:
        """Drop the lines, because a large table would be in memory twice."""
        self.known = []

    def all(self) -> list[str]:
        """Return the lines, reading the file again if they were dropped."""
        if not self.known:
            self.known = (read_text(self.path)[0] or "").split("\n")
        return self.known

    @overload
    def __getitem__(self, at: int) -> str: ...

    @overload
    def __getitem__(self, at: slice) -> list[str]: ...

    def __getitem__(self, at: int | slice) -> str | list[str]:
        """Return a line (from 0), '' if the file has become shorter; or a slice of the lines."""
        lines = self.all()
        return lines[at] if isinstance(at, slice) or at < len(lines) else ""

    def __len__(self) -> int:
        """Return the number of lines."""
        return len(self.all())


@dataclass(slots=True)
class _File:
    """One CSV file being read."""

    dataset: str
    path: str
    lines: _Lines
    heading: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    #: The index of each column; if two have the same name, of the first.
    index: dict[str, int] = field(default_factory=dict)
    kept: dict[str, str] = field(default_factory=dict)
    #: The rows for which a column was last requested, and the cells of each.
    matrix: tuple[Sequence[Row], list[list[str]]] | None = None
    whole: bool = True

    def read(self, expected: Sequence[str]) -> Table:
        """Read the heading and the rows."""
        records = self._records(0)
        first = next(records, None)
        if first is None:
            return Table(self.dataset, (), whole=self.whole)
        start, self.heading, _ = first
        if not self._heading_is_good(start, expected):
            return Table(self.dataset, (), whole=False)
        self.index = {name: i for i, name in reversed(list(enumerate(self.heading)))}
        rows = tuple(self._row(*record) for record in records if any(record[1]))
        self.kept.clear()
        columns = {name: Origin(self.path, *self.place(start, self.index[name])) for name in self.heading}
        columns.pop("", None)
        return Table(self.dataset, rows, columns, self.whole, self._column)

    def _column(self, rows: Sequence[Row], name: str) -> list[Raw]:
        """Return all cells of a column, without looking it up by name in each row."""
        i = self.index.get(name, -1)
        if self.matrix is None or self.matrix[0] is not rows:
            self.matrix = rows, [row.values.cells for row in rows if isinstance(row.values, _Cells)]
        if len(self.matrix[1]) < len(rows):  # some rows were not read from this file
            return [row.values.get(name, "") for row in rows]
        return [cells[i] if 0 <= i < len(cells) else "" for cells in self.matrix[1]]

    def _records(self, start: int) -> Iterator[tuple[int, list[str], int]]:
        """Yield (first line, cells, line after) for every row; start again after a broken row."""
        while start < len(self.lines):
            reader = csv.reader((f"{line}\n" for line in islice(self.lines.all(), start, None)), strict=True)
            done = start
            try:
                for cells in reader:
                    after = start + reader.line_num
                    if self._swallowed(cells, done, after):
                        break
                    if cells:
                        yield done, cells, after
                    done = after
                else:
                    return
            except csv.Error:
                if len(self.lines[done]) > LONGEST_CELL:
                    self._too_large(done)
                    start = done + 1
                    continue
            self._unclosed(done)
            if not self.heading:
                self.whole = False
                return
            start = done + 1
            if id_ := self.lines[done].split(",")[0].strip('"'):
                yield done, [id_], -1

    def _swallowed(self, cells: list[str], done: int, after: int) -> bool:
        """Whether a row runs over several lines only because a closing quotation mark is missing."""
        if after - done == 1 or not self.heading or len(cells) == len(self.heading):
            return False
        return self._holds_a_row(done + 1, after)

    def _holds_a_row(self, first: int, after: int) -> bool:
        """Whether one of these lines looks like a row of its own."""
        lone = csv.reader(f"{line}\n" for line in self.lines[first:after])
        return any(len(row) == len(self.heading) for row in lone)

    def _unclosed(self, line: int) -> None:
        place = _opening_mark(self.lines[line])
        self.problems.append(problem("E106", Origin(self.path, line + 1, place + 1), about={"dataset": self.dataset}))

    def _too_large(self, line: int) -> None:
        what, limit = "a cell of this row", f"{LONGEST_CELL} characters"
        about = {"dataset": self.dataset}
        self.problems.append(problem("E117", Origin(self.path, line + 1), about=about, what=what, limit=limit))
        self.whole = False

    def _heading_is_good(self, start: int, expected: Sequence[str]) -> bool:
        about = {"dataset": self.dataset}
        only = self.heading[0]
        for mark, found in OTHER_SEPARATORS.items():
            if len(self.heading) == 1 and mark in only and len(expected) > 1:
                here = Origin(self.path, start + 1, self.lines[start].find(mark) + 1)
                self.problems.append(problem("E105", here, about=about, found=found))
                return False
        for i, name in enumerate(self.heading):
            first = self.heading.index(name)
            here = Origin(self.path, *self.place(start, i))
            if name == "" and first == i:
                words = {"wanted": "the name of a column", "found": "nothing"}
                hint = "name the column, or delete it in the whole file"
                self.problems.append(problem("E114", here, about=about, hint=hint, **words))
            elif name and first != i:
                where = Origin(self.path, *self.place(start, first))
                self.problems.append(problem("E110", here, about=about, what="column", name=name, first=where))
        return True

    def _row(self, start: int, cells: list[str], after: int) -> Row:
        """Build a row; a broken one keeps at least its id, because other records may refer to it."""
        broken = after < 0 or len(cells) != len(self.heading)
        if broken and after >= 0:
            self._ragged(start, cells)
        if len(self.kept) > MOST_KEPT:
            self.kept.clear()
        once = self.kept.setdefault  # large tables repeat the same cells
        found = _Cells(self, start, [once(cell, cell) if len(cell) <= SHORT else cell for cell in cells])
        return Row(self.path, found, found, broken, "", self.lines)

    def _ragged(self, start: int, cells: list[str]) -> None:
        about = {"dataset": self.dataset, "record": cells[0] if self.heading[0] == "id" else ""}
        smart = next((i for i, cell in enumerate(cells) if cell[:1] in OPENING_MARKS and cell), None)
        if smart is not None:
            marks = "".join(c for cell in cells[smart:] for c in cell if c in SMART_QUOTES)[:2]
            here = Origin(self.path, *self.place(start, smart))
            self.problems.append(problem("E115", here, about=about, shown=marks))
            return
        here = Origin(self.path, *self.place(start, min(len(cells), len(self.heading)) - 1))
        self.problems.append(problem("E107", here, about=about, found=len(cells), wanted=len(self.heading)))

    def place(self, start: int, index: int) -> tuple[int, int]:
        """Return the position (from 1) of the `index`-th cell of the row that starts at line `start` (from 0)."""
        line, column, cell, quoted, fresh = start, 0, 0, False, True
        while cell < index and line < len(self.lines):
            text = self.lines[line]
            if column >= len(text):
                line, column = line + 1, 0
                continue
            mark = text[column] == '"'
            if mark and quoted and text[column + 1 : column + 2] == '"':
                column += 1
            elif mark and (quoted or fresh):
                quoted = not quoted
            fresh = text[column] == "," and not quoted
            cell += fresh
            column += 1
        return line + 1, column + 1


class _Cells(Mapping[str, str]):
    """The cells of a row by column name. Calling it returns their positions: it is also the row's locator.

    A dict and a function for each row would take three times the memory.
    """

    __slots__ = ("cells", "file", "start")

    def __init__(self, file: _File, start: int, cells: list[str]) -> None:
        """Store the cells of the row that begins at line `start` (from 0)."""
        self.file, self.start, self.cells = file, start, cells

    def __getitem__(self, name: str) -> str:
        """Return the cell of a column; a row that is too short has none in its last columns."""
        i = self.file.index[name]
        if i >= len(self.cells):
            raise KeyError(name)
        return self.cells[i]

    def __iter__(self) -> Iterator[str]:
        """Yield the names of the columns that have a cell in this row."""
        return (name for name in dict.fromkeys(self.file.heading) if self.file.index[name] < len(self.cells))

    def __len__(self) -> int:
        """Return the number of columns that have a cell in this row."""
        return sum(1 for _ in self)

    def __call__(self, name: str | None = None, item: int | str | None = None) -> tuple[int, int]:
        """Return the line and column of a cell, or of one item of a list in it."""
        file = self.file
        if name is None or name not in file.heading:
            return self.start + 1, 1
        line, column = file.place(self.start, file.index[name])
        if isinstance(item, int):
            cell = file.lines[line - 1][column - 1 :]
            skipped = cell.split(";")[:item]
            column += sum(len(part) + 1 for part in skipped)
            if item == 0 and cell.startswith('"'):
                column += 1
        return line, column


def _opening_mark(line: str) -> int:
    """Return the index of the quotation mark in a line that opens a cell and is never closed."""
    opened, at = -1, 0
    while at < len(line):
        if line[at] == '"':
            if opened < 0 and (at == 0 or line[at - 1] == ","):
                opened = at
            elif opened >= 0 and line[at + 1 : at + 2] == '"':
                at += 1
            elif opened >= 0 and line[at + 1 : at + 2] in ("", ","):
                opened = -1
        at += 1
    return opened if opened >= 0 else max(line.find('"'), 0)
