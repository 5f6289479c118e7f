"""Strict CSV: RFC 4180, comma-separated, a heading, every row as wide as the heading.

The C reader of the standard library does the reading. Lines are kept for every row; the column of
a value is found by reading its row once more, only when a problem has to be shown.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from generator.load.text import MAX_VALUE, read_text, shown_path
from generator.messages import problem
from generator.model import Origin, Problem, Row, Table

SMART_QUOTES = "“”„«»"
OTHER_SEPARATORS = {";": "semicolons", "\t": "tabs", "|": "vertical bars"}

csv.field_size_limit(4 * MAX_VALUE)


def read_csv(dataset: str, path: Path, expected: Sequence[str]) -> tuple[Table, list[Problem]]:
    """Read a CSV file; `expected` are the schema's columns, to recognise a wrong separator."""
    text, problems = read_text(path)
    if text is None:
        return Table(dataset, (), whole=False), problems
    file = _File(dataset, shown_path(path), text.split("\n"))
    table = file.read(expected)
    return table, problems + file.problems


@dataclass(slots=True)
class _File:
    """One CSV file being read; lines are kept to find columns later."""

    dataset: str
    path: str
    lines: list[str]
    heading: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    whole: bool = True

    def read(self, expected: Sequence[str]) -> Table:
        """Read heading and rows."""
        records = self._records(0)
        first = next(records, None)
        if first is None:
            return Table(self.dataset, ())
        start, self.heading, _ = first
        if not self._heading_is_good(expected):
            return Table(self.dataset, (), whole=False)
        rows = tuple(row for record in records if (row := self._row(*record)))
        columns = {name: Origin(self.path, *self._place(start, i)) for i, name in enumerate(self.heading)}
        return Table(self.dataset, rows, columns, self.whole)

    def _records(self, start: int) -> Iterator[tuple[int, list[str], int]]:
        """Give (first line, cells, line after) of every row; begin anew after a broken row."""
        while start < len(self.lines):
            reader = csv.reader((line + "\n" for line in self.lines[start:]), strict=True)
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
                pass
            self._unclosed(done)
            start = done + 1
            if id_ := self.lines[done].split(",")[0].strip('"'):
                yield done, [id_], -1

    def _swallowed(self, cells: list[str], done: int, after: int) -> bool:
        """Tell whether a row that runs over several lines did so for want of a closing mark."""
        return after - done > 1 and bool(self.heading) and len(cells) != len(self.heading)

    def _unclosed(self, line: int) -> None:
        place = _opening_mark(self.lines[line])
        self.problems.append(problem("E106", Origin(self.path, line + 1, place + 1), about={"dataset": self.dataset}))

    def _heading_is_good(self, expected: Sequence[str]) -> bool:
        about = {"dataset": self.dataset}
        only = self.heading[0]
        for mark, words in OTHER_SEPARATORS.items():
            if len(self.heading) == 1 and mark in only and len(expected) > 1:
                self.problems.append(problem("E105", Origin(self.path), about=about, found=words))
                return False
        for i, name in enumerate(self.heading):
            first = self.heading.index(name)
            if first != i:
                where = Origin(self.path, *self._place(0, first))
                here = Origin(self.path, *self._place(0, i))
                self.problems.append(problem("E110", here, about=about, name=name, first=where))
        return True

    def _row(self, start: int, cells: list[str], after: int) -> Row | None:
        if after < 0:  # only the id of a broken row is known: enough for others to refer to it
            values = {"id": cells[0]} if self.heading[0] == "id" else {}
            return Row(self.path, values, partial(self._locate, start), broken=True)
        if len(cells) != len(self.heading):
            self._ragged(start, cells)
            values = dict(zip(self.heading, cells, strict=False))
            return Row(self.path, values, partial(self._locate, start), broken=True)
        return Row(self.path, dict(zip(self.heading, cells, strict=True)), partial(self._locate, start))

    def _ragged(self, start: int, cells: list[str]) -> None:
        about = {"dataset": self.dataset, "record": cells[0] if self.heading[0] == "id" else ""}
        smart = next((i for i, cell in enumerate(cells) if any(q in cell for q in SMART_QUOTES)), None)
        if smart is not None:
            marks = "".join(c for c in cells[smart] if c in SMART_QUOTES)
            here = Origin(self.path, *self._place(start, smart))
            self.problems.append(problem("E115", here, about=about, shown=marks))
            return
        here = Origin(self.path, *self._place(start, min(len(cells), len(self.heading)) - 1))
        self.problems.append(problem("E107", here, about=about, found=len(cells), wanted=len(self.heading)))

    def _locate(self, start: int, name: str | None = None, item: int | str | None = None) -> tuple[int, int]:
        """Give line and column of a cell, or of one item of a list in it."""
        if name is None or name not in self.heading:
            return start + 1, 1
        line, column = self._place(start, self.heading.index(name))
        if isinstance(item, int):
            cell = self.lines[line - 1][column - 1 :]
            skipped = cell.split(";")[:item]
            column += sum(len(part) + 1 for part in skipped)
            if item == 0 and cell.startswith('"'):
                column += 1
        return line, column

    def _place(self, start: int, index: int) -> tuple[int, int]:
        """Find the `index`-th cell of the row that starts at line `start` (0-based): 1-based place."""
        line, column, cell, quoted = start, 0, 0, False
        while cell < index and line < len(self.lines):
            text = self.lines[line]
            if column >= len(text):
                line, column = line + 1, 0
                continue
            if text[column] == '"':
                quoted = not quoted
            elif text[column] == "," and not quoted:
                cell += 1
            column += 1
        return line + 1, column + 1


def _opening_mark(line: str) -> int:
    """Find the quotation mark in a line that opens a cell and is never closed (0-based)."""
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
