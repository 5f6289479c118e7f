"""Writes parts as YAML in canonical form: keys in the order of the schema, two spaces, prose as literal blocks.

A value is plain if every YAML parser takes it for what the schema says, and quoted otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

import yaml

from generator.formatter.parts import Part
from generator.model import Field

DUMPER: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
ENDLESS = 1_000_000
TYPED = frozenset({"integer", "number", "boolean", "date", "datetime", "time", "year"})
NUMBERS = frozenset({"integer", "number"})
#: A number, a date with or without a time, true or false: plain if the schema gives the type.
PLAIN_TYPED = re.compile(r"-?[0-9][0-9.:T-]*|true|false")
#: What a literal block cannot hold: control characters, and what YAML takes for line breaks.
NOT_LITERAL = re.compile("[^\n\x20-\x7e\u00a0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
NO_FIELDS: Mapping[str, Field] = {}


def record_file(part: Part, fields: Sequence[Field]) -> str:
    """Return the text of a file that holds one record."""
    return _text([*_header(part), *_group(part, fields, ""), *_comments(part.end, "")])


def list_file(part: Part, fields: Sequence[Field]) -> str:
    """Return the text of a file that holds a list of records, separated by blank lines."""
    lines = _header(part)
    for i, record in enumerate(part.parts):
        lines += [""] if i else []
        lines += _item(record, fields, "")
    return _text([*lines, *_comments(part.end, "")])


def _text(lines: Sequence[str]) -> str:
    return "\n".join(lines).strip("\n") + "\n" if lines else ""


def _header(part: Part) -> list[str]:
    return [*part.above, *part.beside]


def _group(part: Part, fields: Sequence[Field], indent: str) -> Iterator[str]:
    """Yield the lines of a group: the keys of the schema in its order, then others in theirs."""
    order = {field.name: i for i, field in enumerate(fields)}
    known = {field.name: field for field in fields}
    for i, one in enumerate(sorted(part.parts, key=lambda p: order.get(p.key, len(order)))):
        above = one.above[1:] if i == 0 and one.above[:1] == [""] else one.above
        yield from _comments(above, indent)
        yield from _key(one, known.get(one.key), indent)


def _comments(lines: Sequence[str], indent: str) -> list[str]:
    return [f"{indent}{line}" if line else "" for line in lines]


def _key(part: Part, field: Field | None, indent: str) -> Iterator[str]:
    """Yield the lines of a key with its value."""
    start, beside = f"{indent}{scalar(part.key, None)}:", _beside(part)
    if part.kind == "scalar":
        yield from _scalar_lines(part, field, start, indent)
    elif not part.parts:
        yield f"{start} {'[]' if part.kind == 'list' else '{}'}{beside}"
        yield from _comments(part.end, f"{indent}  ")
    elif part.kind == "group":
        yield f"{start}{beside}"
        yield from _group(part, field.fields if field else (), f"{indent}  ")
        yield from _comments(part.end, f"{indent}  ")
    elif _in_one_line(part, field):
        yield f"{start} [{', '.join(item.text for item in part.parts)}]{beside}"
    else:
        yield f"{start}{beside}"
        for item in part.parts:
            yield from _item(item, field.fields if field else (), f"{indent}  ")
        yield from _comments(part.end, f"{indent}  ")


def _in_one_line(part: Part, field: Field | None) -> bool:
    """Whether a list is written in brackets: numbers without comments are."""
    numbers = field is not None and field.item is not None and field.item.type in NUMBERS
    return numbers and not part.commented and all(PLAIN_TYPED.fullmatch(item.text) for item in part.parts)


def _item(part: Part, fields: Sequence[Field], indent: str) -> Iterator[str]:
    """Yield the lines of an item of a list."""
    yield from _comments(part.above[1:] if part.above[:1] == [""] else part.above, indent)
    if part.kind == "scalar":
        yield from _scalar_lines(part, None, f"{indent}-", indent, blank="''")
        return
    if not part.parts:
        yield f"{indent}- {'[]' if part.kind == 'list' else '{}'}{_beside(part)}"
        return
    if part.kind == "list":
        lines = [line for item in part.parts for line in _item(item, (), f"{indent}  ")]
    else:
        lines = list(_group(part, fields, f"{indent}  "))
    first = next(i for i, line in enumerate(lines) if line.strip() and not line.lstrip().startswith("#"))
    yield from (f"{indent}{line.lstrip()}" for line in [*part.beside, *lines[:first]])
    yield f"{indent}- {lines[first].removeprefix(f'{indent}  ')}"
    yield from lines[first + 1 :]
    yield from _comments(part.end, f"{indent}  ")


def _beside(part: Part) -> str:
    return f"  {' '.join(part.beside)}" if part.beside else ""


def _scalar_lines(part: Part, field: Field | None, start: str, indent: str, blank: str = "") -> Iterator[str]:
    text = part.text
    literal = (field is not None and field.markdown) or "\n" in text
    if not text:
        yield f"{start} {blank}".rstrip() + _beside(part)
    elif literal and _can_be_literal(text):
        lines = text.split("\n")
        chomping = {0: "-", 1: ""}.get(len(text) - len(text.rstrip("\n")), "+")
        yield f"{start} |{chomping}{_beside(part)}"
        yield from (f"{indent}  {line}" if line else "" for line in (lines[:-1] if chomping != "-" else lines))
    else:
        yield f"{start} {scalar(text, field)}{_beside(part)}"


def _can_be_literal(text: str) -> bool:
    return text[0] not in " \n" and not NOT_LITERAL.search(text)


def scalar(text: str, field: Field | None) -> str:
    """Return a value in one line: plain if that is safe, quoted otherwise."""
    if field is not None and field.type in TYPED and PLAIN_TYPED.fullmatch(text):
        return text
    return _quoted(text)


@lru_cache(maxsize=100_000)
def _quoted(text: str) -> str:
    style = '"' if "\n" in text else None
    written: str = yaml.dump(text, Dumper=DUMPER, width=ENDLESS, allow_unicode=True, default_style=style)
    return written.removesuffix("\n").removesuffix("\n...")
