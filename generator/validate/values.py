"""Check one value of a field, including the items of a list and the keys of a group.

`text_safety` checks what the standard does not cover: whether text is safe to publish.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from generator import text_safety
from generator.diagnostics import Fault, constraint_fault, did_you_mean, fault, nearest, shown
from generator.load.text import MAX_VALUE
from generator.model import Field, Raw
from generator.validate.quick import MAX_ITEMS
from generator.validate.standard import cell_reader

SPACES = " \t\u00a0"


class Finding(NamedTuple):
    """What is wrong with a value, and where in it: the index in a list, the key in a group."""

    fault: Fault
    where: tuple[str | int, ...] = ()


Judged = tuple[Any, list[Finding]]
#: Reads and checks one value of a field: (typed value, what is wrong with it).
Judge = Callable[[Raw], Judged]


def judge_of(field: Field) -> Judge:
    """Return the function that reads and checks one value of a field."""
    read = cell_reader(field)
    nested = {f.name: judge_of(f) for f in field.fields}
    judge_item = judge_of(field.item) if field.item else None

    def judge(raw: Raw) -> Judged:
        if isinstance(raw, str) and not field.markdown and raw != (bare := raw.strip(SPACES)):
            value, findings = judge(bare)
            return value, findings if not bare and findings else [Finding(fault("E209", shown=shown(raw)))]
        if isinstance(raw, str) and len(raw) > MAX_VALUE:  # before any pattern sees it
            return None, [Finding(fault("E117", what=f"this value ({len(raw)} characters)", limit=MAX_VALUE))]
        if isinstance(raw, list) and not nested and (groups := list(_groups_among(raw))):
            return None, groups
        value, notes = read(raw)
        findings = [Finding(constraint_fault(note, field, raw)) for note in notes or ()]
        if value is None or findings:
            return _defused(field, value), findings
        if field.fields:
            return _nested(field, nested, value)
        if isinstance(value, str):
            findings = [Finding(found) for found in text_safety.judge(field, value)]
        elif isinstance(value, list):
            value, findings = _items(field, value, judge_item)
        return _defused(field, value) if any(f.fault.is_error for f in findings) else value, findings

    return judge


def _defused(field: Field, value: Any) -> Any:
    """Return a refused value in a form that cannot break the page if it is rendered anyway."""
    if isinstance(value, str) and not field.markdown:
        return text_safety.one_line(value)
    if isinstance(value, list | tuple):
        return tuple(text_safety.one_line(str(one)) for one in value) if not field.fields else None
    return value


def _groups_among(items: Sequence[Any]) -> Iterator[Finding]:
    """Report items of a list that are not text: usually a sentence that contains ': '."""
    hint = "put the item in quotation marks if it contains ': '"
    for i, item in enumerate(items):
        if not isinstance(item, str):
            yield Finding(fault("E204", hint, shown="this item", wanted="plain text"), (i,))


def _items(field: Field, items: Sequence[Any], judge_item: Judge | None) -> Judged:
    """Check the items of a list: none empty, none repeated, each valid as text and by the schema's rules for items."""
    if len(items) > MAX_ITEMS:
        what, limit = f"this list ({len(items)} items)", f"{MAX_ITEMS} items"
        return tuple(items), [Finding(fault("E117", what=what, limit=limit))]
    whole = shown(field.delimiter.join(map(str, items)))
    typed, findings = [], []
    for i, item in enumerate(items):
        value, found = item, []
        if not item.strip():
            found = [Finding(fault("E210", what="there is an empty item", shown=whole))]
        elif item in items[:i]:
            found = [Finding(fault("E210", what=f"{shown(item)} is repeated", shown=whole))]
        elif judge_item:
            value, found = judge_item(item)
        else:
            found = [Finding(one) for one in text_safety.judge(field, item)]
        typed.append(item if value is None else value)
        findings += [Finding(one.fault, (i, *one.where)) for one in found]
    return tuple(typed), findings


def _nested(field: Field, judges: Mapping[str, Judge], items: Sequence[Any]) -> Judged:
    """Check a list of groups (criteria with id and statement): each key by its own field."""
    result, findings = [], []
    for i, item in enumerate(items):
        if not isinstance(item, dict):
            keys = ", ".join(f"{f.name}: …" for f in field.fields)
            findings.append(Finding(fault("E204", shown="this item", wanted=f"a group of keys ({keys})"), (i,)))
            continue
        unknown = [key for key in item if key not in judges]
        missing = [name for name in judges if name not in item]
        meant = {nearest(key, missing) for key in unknown}
        findings += [Finding(unknown_key(field.name, key, judges, missing), (i, key, "key")) for key in unknown]
        typed = {}
        for name, judge in judges.items():
            typed[name], found = judge(item.get(name, ""))
            findings += [Finding(f.fault, (i, name, *f.where)) for f in found if name not in meant]
        result.append(typed)
    return tuple(result), findings


def unknown_key(name: str, key: str, known: Iterable[str], missing: Iterable[str]) -> Fault:
    """Return the fault of an unknown field in the dataset or group `name`; a missing field is suggested first."""
    hint = did_you_mean(key, missing) or did_you_mean(key, known) or f"the fields are: {', '.join(known)}"
    return fault("E201", hint, name=key, dataset=name)
