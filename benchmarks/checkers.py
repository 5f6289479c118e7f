"""The competitors in validate.py: each reads a table's CSV, runs the same checks, and counts bad rows."""

from __future__ import annotations

import csv
import re
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from validate import FIELDS

ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
WHOLE = re.compile(r"[+-]?[0-9]+")


def ids(data: Path, name: str) -> set[str]:
    """Return the IDs of a referenced table."""
    with (data / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return {row["id"] for row in csv.DictReader(file)}


def table(data: Path) -> Iterator[dict[str, str]]:
    """Yield the rows as text."""
    with (data / "table.csv").open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def links_and_keys(row: dict[str, Any], seen: set[str], orgs: set[str], topics: set[str]) -> bool:
    """Whether a row has a dead reference, a duplicate ID, or dates out of order."""
    repeated = row["id"] in seen
    seen.add(row["id"])
    listed = row.get("topics") or ()
    opens, closes = row.get("opens_on"), row.get("closes_on")
    in_order = not isinstance(opens, type(closes)) or opens is None or closes is None or opens <= closes
    return repeated or row.get("org") not in orgs or not topics.issuperset(listed) or not in_order


def with_jsonschema(data: Path) -> int:
    """Check row by row: convert text to JSON types, then run one compiled validator."""
    from jsonschema import Draft202012Validator, FormatChecker  # type: ignore[import-untyped]

    kinds = {"list": "array", "date": "string"}
    properties = {}
    for name, kind, given in FIELDS:
        one: dict[str, Any] = {"type": kinds.get(kind, kind)}
        one |= {key: given[key] for key in ("enum", "minimum", "maximum", "maxLength") if key in given}
        if "pattern" in given:
            one["pattern"] = f"^(?:{given['pattern']})$"
        if kind == "date":
            one["format"] = "date"
        if kind == "list":
            one |= {"uniqueItems": True, "items": {"type": "string", "minLength": 1}}
        properties[name] = one
    required = [name for name, _, given in FIELDS if given.get("required")]
    schema = {"type": "object", "properties": properties, "required": required, "additionalProperties": False}
    validator = Draft202012Validator(schema, format_checker=FormatChecker(["date"]))
    types = {name: kind for name, kind, _ in FIELDS}
    seen, orgs, topics = set[str](), ids(data, "orgs"), ids(data, "topics")
    faulty = 0
    for text in table(data):
        row = {name: _as_json(types[name], value) for name, value in text.items() if value != ""}
        wrong = any(True for _ in validator.iter_errors(row))
        faulty += links_and_keys(row, seen, orgs, topics) or wrong
    return faulty


def _as_json(kind: str, text: str) -> Any:
    """Return the value of a cell, or its text if it is not of its type."""
    if kind == "list":
        return text.split(";")
    if kind == "boolean":
        return {"true": True, "false": False}.get(text, text)
    if kind == "integer":
        return int(text) if WHOLE.fullmatch(text) else text
    if kind == "number":
        try:
            return float(text)
        except ValueError:
            return text
    return text


def with_pydantic(data: Path) -> int:
    """Check row by row with a model and its own conversion from text."""
    from typing import Annotated, Literal

    from pydantic import BeforeValidator, Field, TypeAdapter, ValidationError, create_model

    def iso(text: Any) -> Any:
        if not isinstance(text, str) or not ISO.fullmatch(text):
            raise ValueError("no date")
        return date.fromisoformat(text)

    def items(text: str) -> list[str]:
        listed = text.split(";")
        if len(set(listed)) != len(listed) or "" in listed:
            raise ValueError("an item is empty or repeated")
        return listed

    def kind_of(kind: str, given: Any) -> Any:
        if "enum" in given:
            return Literal[tuple(given["enum"])]
        limits = {"minimum": "ge", "maximum": "le", "maxLength": "max_length"}
        named = {limits[key]: value for key, value in given.items() if key in limits}
        if "pattern" in given:
            named["pattern"] = f"^(?:{given['pattern']})$"
        base: dict[str, Any] = {
            "string": str,
            "integer": int,
            "number": float,
            "boolean": bool,
            "date": Annotated[date, BeforeValidator(iso)],
            "list": Annotated[list[str], BeforeValidator(items)],
        }
        return Annotated[base[kind], Field(**named)] if named else base[kind]

    fields: dict[str, Any] = {
        name: (kind_of(kind, given), ...) if given.get("required") else (kind_of(kind, given) | None, None)
        for name, kind, given in FIELDS
    }
    adapter: TypeAdapter[Any] = TypeAdapter(create_model("Row", __config__={"extra": "forbid"}, **fields))
    seen, orgs, topics = set[str](), ids(data, "orgs"), ids(data, "topics")
    faulty = 0
    for text in table(data):
        filled = {name: value for name, value in text.items() if value != ""}
        try:
            row = vars(adapter.validate_python(filled))
        except ValidationError:
            faulty += 1
            seen.add(text["id"])
            continue
        faulty += links_and_keys(row, seen, orgs, topics)
    return faulty


def with_polars(data: Path) -> int:
    """Check column by column with expressions, in parallel."""
    import polars as pl  # type: ignore[import-not-found]

    orgs, topics = (pl.Series(sorted(ids(data, name))) for name in ("orgs", "topics"))
    frame = pl.read_csv(data / "table.csv", infer_schema=False)
    wrong = []
    for name, kind, given in FIELDS:
        cell = pl.col(name)
        empty = cell.is_null()
        if given.get("required"):
            wrong.append(empty)
        if "enum" in given:
            wrong.append(~cell.is_in(given["enum"]))
        if "pattern" in given:
            wrong.append(~cell.str.contains(f"^(?:{given['pattern']})$"))
        if "maxLength" in given:
            wrong.append(cell.str.len_chars() > given["maxLength"])
        if kind == "boolean":
            wrong.append(~cell.is_in(["true", "false"]))
        if kind == "date":
            wrong.append(~empty & cell.str.to_date("%Y-%m-%d", strict=False).is_null())
        if kind in ("integer", "number"):
            number = cell.cast(pl.Int64 if kind == "integer" else pl.Float64, strict=False)
            wrong.append(~empty & number.is_null())
            wrong += [number < given["minimum"]] if "minimum" in given else []
            wrong += [number > given["maximum"]] if "maximum" in given else []
    listed = pl.col("topics").str.split(";")
    wrong += [
        ~pl.col("org").is_in(orgs.implode()),
        listed.list.n_unique() != listed.list.len(),
        listed.list.set_difference(pl.lit(topics.implode()).first()).list.len() > 0,
        pl.col("opens_on").str.to_date(strict=False) > pl.col("closes_on").str.to_date(strict=False),
        ~pl.col("id").is_first_distinct(),
    ]
    faults = frame.select(pl.any_horizontal(one.fill_null(value=False) for one in wrong).alias("faulty"))
    return int(faults["faulty"].sum())


CHECKERS: dict[str, Callable[[Path], int]] = {
    "jsonschema": with_jsonschema,
    "pydantic": with_pydantic,
    "polars": with_polars,
}

if __name__ == "__main__":
    print(CHECKERS[sys.argv[1]](Path(sys.argv[2])))
