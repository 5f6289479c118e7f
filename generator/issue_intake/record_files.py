"""Finds where a new record goes, and writes it there: as a file, an item of a list or a line of a table."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Mapping
from io import StringIO
from pathlib import Path

from generator.formatter import csv_text
from generator.formatter.parts import part_of, read_parts
from generator.formatter.yaml_form import list_file, record_file
from generator.load import row_id
from generator.model import Raw, Resource, Table
from generator.pages import LONGEST_SEGMENT, is_segment
from generator.rules import RESERVED_IDS

FIRST_COPY = 2


def new_id(name: str, table: Table) -> str:
    """Return an id made from a name: its letters and digits ('record' if none), with a number if it is taken."""
    plain = unicodedata.normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode()
    words = "-".join(re.findall(r"[a-z0-9]+", plain.replace("'", "")))
    base = words[:LONGEST_SEGMENT].strip("-") or "record"
    taken = {(row.stem or row_id(row)).casefold() for row in table.rows} | RESERVED_IDS
    for row in table.rows:
        aliases = row.values.get("aliases", "")
        taken |= set(aliases.split(";") if isinstance(aliases, str) else map(str, aliases))
    number, found = FIRST_COPY, base
    while found in taken or not is_segment(found):
        ending = f"-{number}"
        found = f"{base[: LONGEST_SEGMENT - len(ending)].strip('-')}{ending}"
        number += 1
    return found


def text_with_record(path: Path, resource: Resource, values: Mapping[str, Raw]) -> tuple[str, str]:
    """Return the text of the file with the record in it, and the part that is new."""
    fields = resource.schema.fields
    if path.suffix == ".csv":
        return _table_with(path, resource, values)
    own = record_file(part_of(dict(values)), fields)
    if path.stem != resource.name:
        return own, own
    whole = read_parts(path.read_text(encoding="utf-8"))
    whole.parts.append(part_of(dict(values)))
    return list_file(whole, fields), own


def _table_with(path: Path, resource: Resource, values: Mapping[str, Raw]) -> tuple[str, str]:
    """Add a line; the other lines stay unchanged if the table has every column that the record needs."""
    text = path.read_text(encoding="utf-8-sig")
    heading, *rows = csv.reader(StringIO(text))
    cells = {name: ";".join(map(str, raw)) if isinstance(raw, list) else str(raw) for name, raw in values.items()}
    missing = [name for name, cell in cells.items() if cell and name not in heading]
    if missing:
        every = [dict(zip(heading, row, strict=False)) for row in rows]
        return csv_text(resource.schema, [*heading, *missing], [*every, cells]), _line([*cells], cells)
    line = _line(heading, cells)
    return f"{text.rstrip(chr(10))}\n{line}", line


def _line(heading: list[str], cells: Mapping[str, str]) -> str:
    line = StringIO()
    csv.writer(line, lineterminator="\n").writerow([cells.get(name, "") for name in heading])
    return line.getvalue()
