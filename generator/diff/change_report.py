"""Changes to the data as a list for people (Markdown) and as objects for programs (JSON).

Everything from data is in code spans, so that it cannot act as markup, as a mention or as a command to GitHub.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any, NamedTuple

from generator.diff.changes import FieldChange, RecordChange, State, compare
from generator.model import Origin, Problem, Raw
from generator.text_safety import CONTROL, INVISIBLE

CONTEXT, LONGEST, MOST_RECORDS, MOST_FIELDS, MOST_ITEMS = 24, 120, 25, 20, 12
#: Begins a command to GitHub's runner, anywhere in a line.
COMMAND = re.compile(r"##(?=\[)")
BLANK = "nothing"
ORDER: Mapping[str, int] = {"added": 0, "renamed": 1, "changed": 2, "removed": 3}


class ChangeReport(NamedTuple):
    """What `eportal diff` found: changes, and for each side what could not be read."""

    changes: Sequence[RecordChange]
    unread: Sequence[tuple[str, Problem]] = ()
    broken: Sequence[tuple[str, str]] = ()


def report_of(base: State, head: State) -> ChangeReport:
    """Compare two states of the data, and collect what could not be read of each."""
    sides = (("before", base), ("now", head))
    unread = [
        (side, replace(p, origin=Origin(p.origin.path.removeprefix(state.root), p.origin.line, p.origin.column)))
        for side, state in sides
        for p in state.problems
    ]
    return ChangeReport(compare(base, head), unread, [(side, s.broken_setup) for side, s in sides if s.broken_setup])


def changes_as_markdown(found: ChangeReport) -> str:
    """Return the changes as Markdown, dataset by dataset."""
    lines = ["### Changes to the data", "", f"{summary(found.changes)}."]
    for dataset, changes in groupby(found.changes, key=lambda change: change.dataset):
        lines += ["", f"#### {code(dataset)}", "", *_records(list(changes))]
    lines += [
        f"\nThe setup {side} cannot be read, so nothing was compared: {code(words)}" for side, words in found.broken
    ]
    if found.unread:
        lines += ["", "Left out because it cannot be read:", ""]
        lines += [f"- {side}: {code(f'{p.origin}: {p.code} {p.message}')}" for side, p in found.unread[:MOST_RECORDS]]
        lines += _more(len(found.unread) - MOST_RECORDS, "places")
    return "\n".join(lines)


def summary(changes: Sequence[RecordChange]) -> str:
    """Return "1 record added, 2 changed" or "No record changed"."""
    counts = [(sum(change.kind == kind for change in changes), kind) for kind in ORDER]
    words = [f"{n} {kind}" for n, kind in counts if n]
    if not words:
        return "No record changed"
    number, kind = words[0].split(" ")
    return ", ".join([f"{number} record{'s' if number != '1' else ''} {kind}", *words[1:]])


def _records(changes: Sequence[RecordChange]) -> Iterator[str]:
    for change in sorted(changes, key=lambda c: ORDER[c.kind])[:MOST_RECORDS]:
        yield f"- {_record(change)}"
        if change.kind in ("changed", "renamed"):
            yield from (f"  - {code(one.field)}: {_field(one)}" for one in change.fields[:MOST_FIELDS])
            yield from (f"  {line}" for line in _more(len(change.fields) - MOST_FIELDS, "fields"))
    yield from _more(len(changes) - MOST_RECORDS, "records")


def _record(change: RecordChange) -> str:
    """Return what happened to a record, its id, name, page and place."""
    former = f"{code(change.former_id)} → " if change.former_id else ""
    name = f" ({code(change.name)})" if change.name else ""
    page = f", page {code(change.address)}" if change.address else ""
    return f"{change.kind} {former}{code(change.id)}{name}{page}, {code(f'{change.origin.path}:{change.origin.line}')}"


def _more(count: int, what: str) -> list[str]:
    return [f"- and {count} more {what}"] if count > 0 else []


def _field(change: FieldChange) -> str:
    """Return "old → new", or the items that a list gained and lost."""
    if isinstance(change.old, list) or isinstance(change.new, list):
        old, new = _items(change.old), _items(change.new)
        came = [f"+ {code(one)}" for one in new if one not in old]
        went = [f"− {code(one)}" for one in old if one not in new]
        words = [*came, *went]
        return ", ".join(words[:MOST_ITEMS]) + (" …" if len(words) > MOST_ITEMS else "") or "order changed"
    old_text, new_text = around_the_change(_item(change.old), _item(change.new))
    return f"{code(old_text) if old_text else BLANK} → {code(new_text) if new_text else BLANK}"


def _items(raw: Raw) -> list[str]:
    return [_item(one) for one in raw] if isinstance(raw, list) else [_item(raw)] if raw else []


def _item(raw: Raw) -> str:
    if isinstance(raw, dict):
        return "; ".join(f"{key}: {_item(value)}" for key, value in raw.items())
    return raw if isinstance(raw, str) else ", ".join(map(_item, raw))


def around_the_change(old: str, new: str) -> tuple[str, str]:
    """Shorten two long texts to the part that differs, with a few words around it."""
    if max(len(old), len(new)) <= LONGEST:
        return old, new
    same = next((i for i, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
    most = min(len(old), len(new)) - same
    tail = next((i for i in range(most) if old[-1 - i] != new[-1 - i]), most)
    return _cut(old, same, tail), _cut(new, same, tail)


def _cut(text: str, same: int, tail: int) -> str:
    if not text:
        return ""
    start, end = max(same - CONTEXT, 0), min(len(text) - tail + CONTEXT, len(text))
    middle = text[start:end]
    if len(middle) > 2 * LONGEST:
        middle = f"{middle[:LONGEST]} […] {middle[-CONTEXT:]}"
    return f"{'…' if start else ''}{middle}{'…' if end < len(text) else ''}"


def code(text: str) -> str:
    """Return text in a code span, where nothing in it can act."""
    one_line = CONTROL.sub("\ufffd", text.replace("\n", " ⏎ ").replace("\t", " "))
    shown = INVISIBLE.sub(lambda match: f"<U+{ord(match.group()):04X}>", one_line).encode("utf-8", "replace").decode()
    shown = COMMAND.sub("# #", shown)
    fence = "`" * (max((len(run) for run in re.findall("`+", shown)), default=0) + 1)
    pad = " " if not shown.strip() or shown[0] in " `" or shown[-1] in " `" else ""
    return f"{fence}{pad}{shown}{pad}{fence}"


def changes_as_json(found: ChangeReport) -> str:
    """Return a JSON object with the changes and what could not be read."""
    records = [
        {
            "change": change.kind,
            "dataset": change.dataset,
            "id": change.id,
            "former_id": change.former_id,
            "name": change.name,
            "address": change.address,
            "path": change.origin.path,
            "line": change.origin.line,
            "fields": [one._asdict() for one in change.fields],
        }
        for change in found.changes
    ]
    unread: list[Any] = [
        {"side": side, "path": p.origin.path, "line": p.origin.line, "code": p.code, "message": p.message}
        for side, p in found.unread
    ]
    unread += [{"side": side, "path": "", "line": 0, "code": "", "message": words} for side, words in found.broken]
    return json.dumps({"records": records, "unread": unread}, ensure_ascii=False, indent=2)


FORMATS: Mapping[str, Callable[[ChangeReport], str]] = {"markdown": changes_as_markdown, "json": changes_as_json}
