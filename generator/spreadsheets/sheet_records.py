"""Turns rows of a spreadsheet into records: columns into fields, cells into values, rows into the records they mean."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from typing import Any, NamedTuple

from generator.diagnostics import did_you_mean, fault, folded, problem, shown
from generator.diff.changes import written
from generator.input_parsing import Names, read
from generator.model import Field, Origin, Problem, Raw, Resource, Row
from generator.pages import is_segment
from generator.spreadsheets.cells import field_of, headings
from generator.spreadsheets.sheet import Sheet
from generator.validate import judge_of, record_id

HEADING_WITHIN = 10
LONGEST_ID = 64


class Column(NamedTuple):
    """A column of a spreadsheet and the field that it holds."""

    at: int
    field: Field


@dataclass(slots=True)
class SheetRecords:
    """The content of a spreadsheet: values by record, the row of each, problems and notes."""

    sheet: Sheet
    columns: Sequence[Column] = ()
    records: dict[str, dict[str, Raw]] = dataclass_field(default_factory=dict)
    rows: dict[str, int] = dataclass_field(default_factory=dict)
    problems: list[tuple[str, Problem]] = dataclass_field(default_factory=list)
    notes: list[str] = dataclass_field(default_factory=list)

    def cell(self, record: str, field: str) -> str:
        """Return the name of the cell of a record's field, or of its row's first cell if there is no such column."""
        name = field.partition(".")[0]
        index = next((column.at for column in self.columns if column.field.name == name), 0)
        return self.sheet.cell(self.rows[record], index) if record in self.rows else self.sheet.name


def sheet_records(sheet: Sheet, resource: Resource, present: Mapping[str, Row], names: Names) -> SheetRecords:
    """Read the rows of a spreadsheet; `present` holds the records that the dataset has."""
    found = SheetRecords(sheet)
    heading = _heading_row(sheet, resource)
    if heading is None:
        row, cells = sheet.rows[0] if sheet.rows else (1, ("",))
        advice = f"the headings are: {', '.join(headings(resource.schema).values())}"
        words = {"shown": shown(cells[0]), "dataset": resource.name, "advice": advice}
        found.problems.append(_cell_problem(found, row, 0, "E703", **words))
        return found
    number, cells = heading
    found.columns = tuple(_columns(found, resource, number, cells))
    ids = _Ids(resource, present)
    for row, typed in sheet.rows:
        if row > number:
            _row(found, resource, ids, (row, typed), names)
    return found


def _heading_row(sheet: Sheet, resource: Resource) -> tuple[int, Sequence[str]] | None:
    """Find the row that names the most fields among the first ones: a title may be above it."""
    first = sheet.rows[:HEADING_WITHIN]
    known = [sum(field_of(resource.schema, cell) is not None for cell in cells) for _, cells in first]
    best = max(known, default=0)
    return first[known.index(best)] if best else None


def _columns(found: SheetRecords, resource: Resource, row: int, cells: Sequence[str]) -> Iterator[Column]:
    taken: dict[str, int] = {}
    for index, cell in enumerate(cells):
        field = field_of(resource.schema, cell)
        if field is None and cell.strip():
            spellings = [word for f in resource.schema.fields for word in (f.name, f.title)]
            advice = did_you_mean(cell, spellings) or "rename the heading, or delete the column"
            found.problems.append(
                _cell_problem(found, row, index, "E703", shown=shown(cell), dataset=resource.name, advice=advice)
            )
        elif field is not None and field.name in taken:
            first = found.sheet.cell(row, taken[field.name])
            found.problems.append(_cell_problem(found, row, index, "E110", what="column", name=cell, first=first))
        elif field is not None:
            taken[field.name] = index
            yield Column(index, field)


def _row(found: SheetRecords, resource: Resource, ids: _Ids, row: tuple[int, Sequence[str]], names: Names) -> None:
    """Read one row into `found`."""
    number, typed = row
    values: dict[str, Raw] = {}
    notes: list[str] = []
    faults = []
    for column in found.columns:
        text = typed[column.at] if column.at < len(typed) else ""
        read_cell = read(column.field, text, names)
        values[column.field.name] = read_cell.raw
        notes += (f"{found.sheet.cell(number, column.at)}: {note}" for note in read_cell.notes)
        faults += [(column, fault) for fault in read_cell.faults]
        if (number, column.at) in found.sheet.unknown:
            faults.append((column, fault("E704")))
    if not any(values.values()) and not faults:
        return
    id_, why = ids.of(values)
    found.notes += [*notes, f"{found.sheet.name}!{number}: {why}"] if why and id_ else notes
    for column, one in faults:
        about = {"dataset": resource.name, "record": id_, "field": column.field.name}
        found.problems.append((found.sheet.cell(number, column.at), one.at(Origin(found.sheet.name), about)))
    if not id_:
        found.problems.append(
            _cell_problem(found, number, 0, "E705", key=" and ".join(resource.schema.key), advice=why)
        )
    elif id_ in found.records:
        words = {"shown": f"the id {shown(id_)}", "advice": "keep one of the two rows"}
        first = found.sheet.cell(found.rows[id_], 0)
        found.problems.append(_cell_problem(found, number, 0, "E401", first=first, **words))
    else:
        found.records[id_], found.rows[id_] = values, number


def _cell_problem(found: SheetRecords, row: int, column: int, code: str, **words: Any) -> tuple[str, Problem]:
    return found.sheet.cell(row, column), problem(code, Origin(found.sheet.name), **words)


class _Ids:
    """Finds the record that a row means, by its key or else its name; a new record gets an id made from its name."""

    def __init__(self, resource: Resource, present: Mapping[str, Row]) -> None:
        self.resource, self.present = resource, present
        self.by_case = {id_.casefold(): id_ for id_ in present}
        self.names: dict[str, list[str]] = {}
        for id_, row in present.items():
            self.names.setdefault(folded(str(row.values.get("name", ""))), []).append(id_)

    def of(self, values: dict[str, Raw]) -> tuple[str, str]:
        """Return the id and how it was found, or '' and what to do."""
        key = self.resource.schema.key
        if key != ("id",):
            missing = [name for name in key if not values.get(name)]
            whole = record_id(self.resource, Row("", values, lambda *_: (1, 1)))
            return ("", f"fill in {' and '.join(missing)}") if missing else (whole, "")
        given, name = str(values.get("id") or ""), str(values.get("name") or "")
        values["id"], why = self._given(given) if given else self._by_name(name)
        return str(values["id"]), why

    def _given(self, given: str) -> tuple[str, str]:
        known = self.by_case.get(given.casefold(), given)
        if known in self.present or is_segment(known):
            return known, ""
        return (
            "",
            f"{shown(known)} is not a valid id: write lowercase letters, digits and hyphens, at most {LONGEST_ID}",
        )

    def _by_name(self, name: str) -> tuple[str, str]:
        same_name = self.names.get(folded(name), []) if name else []
        if len(same_name) > 1:
            return "", f"several records have this name; write the id of one: {', '.join(same_name)}"
        if same_name:
            return same_name[0], f"{shown(name)} was matched with the record {shown(same_name[0])}"
        made = slug(name)
        if not made or made in self.by_case:
            return "", "write an id, or a name that an id can be made from"
        return made, f"the new record gets the id {shown(made)}"


def slug(name: str) -> str:
    """Return an id made from a name: lowercase letters, digits and single hyphens, cut off between words."""
    plain = unicodedata.normalize("NFKD", name.casefold().replace("ß", "ss").replace("&", " and "))
    bare = re.sub(r"[^a-z0-9]+", "-", "".join(c for c in plain if not unicodedata.combining(c)).replace("'", "")).strip(
        "-"
    )
    return bare if len(bare) <= LONGEST_ID else bare[:LONGEST_ID].rpartition("-")[0] or bare[:LONGEST_ID]


def same(field: Field, old: Raw, new: Raw) -> bool:
    """Whether two raw values mean the same: 12 and 12.0, a cell with semicolons and a list."""
    one, other = written(field, old), written(field, new)
    if one == other:
        return True
    if not one or not other:
        return False
    judge = judge_of(field)
    (first, faults), (second, more) = judge(one), judge(other)
    return not faults and not more and first is not None and bool(first == second)
