"""Validation gives the standard's verdict with our places and wording, except where we are stricter."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import frictionless
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.model import Field, Origin, Problem, Record, Resource, Row, Schema, SetupError, Table, dotted
from generator.validate import cell_reader, judge_of, validate_table
from generator.validate.quick import UNSURE, admission_of
from tests.conftest import PROJECT, TODAY

KEY = Field("id", constraints={"required": True})


def table_of(fields: Sequence[Field], rows: Sequence[Mapping[str, Any]]) -> tuple[Resource, Table]:
    """Return a dataset in memory; row n is on line n + 2, as below a header."""
    resource = Resource("x", Schema("x", "x.yaml", "X", "", tuple(fields)))
    columns = {field.name: Origin("x.csv", 1, n) for n, field in enumerate(fields, start=1)}
    made = [Row("x.csv", values, lambda *_, line=n: (line, 1)) for n, values in enumerate(rows, start=2)]
    return resource, Table("x", tuple(made), columns)


def judge(field: Field, *values: Any) -> tuple[tuple[Record, ...], list[Problem]]:
    """Validate values of one field."""
    rows = [{"id": f"r{n}", field.name: value} for n, value in enumerate(values)]
    return validate_table(*table_of([KEY, field], rows))


def codes(field: Field, value: Any) -> list[str]:
    """Return the codes of a value's problems."""
    return [problem.code for problem in judge(field, value)[1]]


WORDS = st.text(st.sampled_from("abcxyz019.-/:"), max_size=8)
LISTS = st.lists(st.sampled_from(["a", "b", "red", "1", ""]), max_size=4).map(";".join)
NUMBERS = st.one_of(st.integers(-20, 20).map(str), st.decimals(-20, 20, places=2).map(str), st.just("+7"))
DATES = st.dates(date(2026, 1, 1), date(2028, 1, 1)).map(date.isoformat)
CELLS = st.one_of(
    st.just(""), WORDS, LISTS, NUMBERS, DATES, st.sampled_from(["true", "false", "True", "1", "yes", "no", "red"])
)

BOUNDS = {
    "integer": st.integers(-9, 9).map(str),
    "number": st.integers(-9, 9).map(str),
    "date": st.dates(date(2026, 6, 1), date(2027, 6, 1)).map(date.isoformat),
}
LIMITS = {
    "required": st.booleans(),
    "enum": st.lists(st.sampled_from(["red", "blue", "1", "a"]), min_size=1, unique=True),
    "pattern": st.sampled_from(["[a-z]+", "[0-9]{1,2}", "a.*"]),
    "minLength": st.integers(0, 4),
    "maxLength": st.integers(2, 8),
}


#: Our code for each cause that frictionless finds.
CODES = {
    "type": "E204",
    "required": "E203",
    "minimum": "E205",
    "maximum": "E205",
    "enum": "E206",
    "pattern": "E207",
    "minLength": "E208",
    "maxLength": "E208",
}


@st.composite
def fields(draw: st.DrawFn) -> Field:
    """Draw a field with constraints for its type, stored as text as in our schemas."""
    kind = draw(st.sampled_from(["integer", "number", "boolean", "date", "string", "list"]))
    possible: dict[str, st.SearchStrategy[Any]] = {"required": LIMITS["required"]}
    if kind in BOUNDS:
        possible |= {"minimum": BOUNDS[kind], "maximum": BOUNDS[kind]}
    if kind == "string":
        possible |= LIMITS
    return Field("f", kind, constraints=draw(st.fixed_dictionaries({}, optional=possible)))


def strict_on_purpose(field: Field, cell: str) -> bool:
    """Whether we refuse a value that the standard's reader accepts; each line is an intended difference.

    Surrounding spaces and text that cannot be published (see test_text_safety.py) are not among the drawn cells.
    """
    items = cell.split(";")
    return (
        (field.type == "list" and cell != "" and ("" in items or len(set(items)) < len(items)))  # a; and a;a
        or (field.type == "date" and len(cell) != len("2027-02-14"))  # 2027-2-14 is not a full date
        or (field.type == "number" and not re.fullmatch(r"[+-]?[0-9]*\.?[0-9]*", cell))  # NaN, INF, 1e5, 1_000
    )


def verdict_of_the_standard(field: Field, cells: Sequence[str]) -> set[tuple[int, str]]:
    """Return the rows (from 0) that frictionless rejects, and why, by its own row-by-row report."""
    descriptor = {"name": "f", "type": field.type, "constraints": dict(field.constraints)}
    descriptor |= {"delimiter": ";", "itemType": "string"} if field.type == "list" else {}
    schema = frictionless.Schema.from_descriptor({"fields": [{"name": "id", "type": "string"}, descriptor]})
    data = [["id", "f"], *([f"r{n}", cell] for n, cell in enumerate(cells))]
    report = frictionless.validate(frictionless.Resource(data=data, schema=schema), limit_errors=10_000)
    assert not report.errors, report.errors
    return {
        (int(row) - 2, _why(kind, note)) for row, kind, note in report.flatten(["rowNumber", "type", "note"]) if row
    }


def _why(kind: str, note: str) -> str:
    """Return the cause of a frictionless finding: the type, or the constraint that its note quotes."""
    return "type" if kind == "type-error" else note.split('"')[1]


@settings(max_examples=300, deadline=None)
@given(fields(), st.lists(CELLS, min_size=1, max_size=12))
def test_our_verdict_is_that_of_the_standard(field: Field, cells: list[str]) -> None:
    """Validating each distinct value of a column once gives the same result as frictionless does row by row."""
    cells = [cell for cell in cells if not strict_on_purpose(field, cell)] or [""]
    _, problems = judge(field, *cells)
    ours = {(problem.origin.line - 2, problem.code) for problem in problems}
    assert ours == {(row, CODES[why]) for row, why in verdict_of_the_standard(field, cells)}


#: Characters other than letters that prose and words may have; each can make a text unfit to publish.
ODD = st.text(st.sampled_from("ab <>[]()!\n\t\u00a0\u200b\u0301\u00e9\u0430“”;*/"), max_size=8)
MOMENTS = st.sampled_from(["2027-02-14T15:30", "2027-02-30T15:30", "2027-2-14T5:3", "2027-02-14"])
TEXTS = st.one_of(
    CELLS, ODD, MOMENTS, st.sampled_from(["-0", "007", "+7", "1.50", "https://a.example/b", "a@b.example"])
)
GROUP_KEYS = st.sampled_from(["f", "g", "h"])


@st.composite
def any_fields(draw: st.DrawFn) -> Field:
    """Draw any field a schema may have: prose, addresses, times, lists of typed items, groups."""
    field = draw(fields())
    kind = draw(st.sampled_from(["as it is", "prose", "address", "moment", "items", "groups"]))
    if kind == "prose":
        return replace(field, markdown=field.type == "string")
    if kind == "address":
        return Field("f", format=draw(st.sampled_from(["uri", "email"])), constraints={"maxLength": 30})
    if kind == "moment":
        return Field("f", "datetime", format="%Y-%m-%dT%H:%M", constraints={"required": draw(st.booleans())})
    if kind == "items":
        limits = draw(st.fixed_dictionaries({}, optional={"minLength": LIMITS["minLength"], "required": st.booleans()}))
        return Field("f", "list", constraints=limits, item=replace(draw(fields()), name="f"))
    if kind == "groups":
        keys = (replace(draw(fields()), name="f"), replace(draw(fields()), name="g"))
        return Field("f", "array", fields=keys, constraints={"required": draw(st.booleans())})
    return field


RAWS = st.one_of(
    TEXTS,
    st.lists(TEXTS, max_size=3),
    st.lists(st.dictionaries(GROUP_KEYS, st.one_of(TEXTS, TEXTS, st.just([]))), max_size=2),
)


@settings(max_examples=1500, deadline=None)
@given(any_fields(), RAWS)
@pytest.mark.slow
def test_what_is_admitted_at_once_would_have_passed(field: Field, raw: Any) -> None:
    """A value that passes the fast check also passes frictionless and our text rules, unchanged."""
    admit = admission_of(field)
    value = admit(deepcopy(raw)) if admit else UNSURE
    if value is not UNSURE:
        judged, findings = judge_of(field)(raw)
        assert (repr(judged), findings) == (repr(value), [])


def test_plain_words_are_admitted_at_once() -> None:
    """The fast check accepts words, IDs, prose and lists within their limits."""
    limited = Field("f", constraints={"pattern": "[a-z-]+", "maxLength": 9, "required": True})
    for field, cell, value in (
        (limited, "welders", "welders"),
        (Field("f", constraints={"enum": ["a"]}), "a", "a"),
        (Field("f", markdown=True), "One.\n\n*Two.*", "One.\n\n*Two.*"),
        (Field("f", markdown=True), "Una señal.\n", "Una señal.\n"),
        (Field("f"), "Los años", "Los años"),
        (Field("f", format="email"), "a@b.org", "a@b.org"),
        (Field("f", "list"), "a;b", ("a", "b")),
        (Field("f", "list"), ["a", "é"], ("a", "é")),
        (Field("f", "list", item=Field("f", "integer", constraints={"maximum": "12"})), "9;10", (9, 10)),
        (Field("f", "integer", constraints={"minimum": "1"}), "7", 7),
        (Field("f", "number"), "-1.50", Decimal("-1.50")),
        (Field("f", "boolean"), "true", True),
        (Field("f", "date"), "2027-02-14", date(2027, 2, 14)),
        (Field("f", "datetime", format="%Y-%m-%dT%H:%M"), "2027-02-14T15:30", datetime(2027, 2, 14, 15, 30)),  # noqa: DTZ001
        (Field("f", "array", fields=(Field("a"), Field("b"))), [{"a": "x"}], ({"a": "x", "b": None},)),
        (Field("f"), "", None),
    ):
        admit = admission_of(field)
        assert admit is not None
        assert admit(cell) == value
    assert admission_of(Field("f", "time")) is None
    assert admission_of(Field("f", "integer", constraints={"enum": ["1"]})) is None
    assert admission_of(Field("f", constraints={"pattern": "("})) is None
    required = admission_of(limited)
    assert required is not None
    assert required("") is UNSURE


def test_good_data_is_checked_without_loading_frictionless() -> None:
    """The fast check accepts this repository's data, so the check does not spend its time importing frictionless."""
    asked = (
        "import sys; from generator.cli import run; "
        f"run(['check', '--today', '{TODAY}']); print('frictionless' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", asked], cwd=PROJECT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["no", "problems", "False"]


@pytest.mark.parametrize(
    ("kind", "cell"),
    [
        *(("date", cell) for cell in ("2027-2-14", "2027-02-30", "14.02.2027", "2027-02-14T10:00")),
        *(("number", cell) for cell in ("NaN", "INF", "1e5", "1_000", "٣")),
        *(("integer", cell) for cell in ("1_000", "٣", "1.0", "1e2")),
    ],
)
def test_stricter_than_the_standard_on_purpose(kind: str, cell: str) -> None:
    """Partial dates, NaN, exponents and digits of other scripts are not valid values."""
    assert codes(Field("f", kind), cell) == ["E204"]


@pytest.mark.parametrize("kind", ["string", "integer", "number", "date", "boolean", "list"])
@pytest.mark.parametrize("space", [" ", "\t", "\u00a0"])
def test_spaces_around_a_value_are_one_problem(kind: str, space: str) -> None:
    """Spaces around a value of any type are reported as spaces and nothing else."""
    good = {"string": "a", "integer": "1", "number": "1.5", "date": "2027-02-14", "boolean": "true", "list": "a;b"}[
        kind
    ]
    field = Field("f", kind, constraints={"enum": [good]} if kind == "string" else {})
    assert codes(field, f"{good}{space}") == codes(field, f"{space}{good}") == ["E209"]
    assert codes(field, good) == []


def test_only_spaces_count_as_blank() -> None:
    """A value of spaces is blank: missing if required, a stray space otherwise."""
    assert codes(Field("f", constraints={"required": True}), "  ") == ["E203"]
    assert codes(Field("f"), "  ") == ["E209"]


def test_values_become_python_values() -> None:
    """Each type gives its Python type, and a blank gives None."""
    types = {"integer": ("12", 12), "number": ("1.50", Decimal("1.50")), "boolean": ("false", False)}
    types |= {"date": ("2027-02-14", date(2027, 2, 14)), "string": ("a", "a"), "list": ("a;b", ("a", "b"))}
    for kind, (cell, value) in types.items():
        records, problems = judge(Field("f", kind), cell, "")
        assert problems == []
        assert [record["f"] for record in records] == [value, None]


@pytest.mark.parametrize(
    ("raw", "found"),
    [
        (["a", ""], [("E210", "f")]),
        (["a", "a"], [("E210", "f")]),
        ([{"a": "b"}], [("E204", "f")]),
        ([["a"], "b"], [("E204", "f")]),
        ({"a": "b"}, [("E204", "f")]),
        (["a", "<"], [("E501", "f")]),
        ([], []),
        (["x"] * 501, [("E117", "f")]),
    ],
)
def test_items_of_a_list_are_judged_one_by_one(raw: Any, found: list[tuple[str, str]]) -> None:
    """An empty, repeated, nested or unsafe item is one problem; an empty list is not a value."""
    _, problems = judge(Field("f", "list"), raw)
    assert [(problem.code, problem.field) for problem in problems] == found


GROUPS = Field("f", "array", fields=(Field("key", constraints={"required": True}), Field("n", "integer")))


@pytest.mark.parametrize(
    ("raw", "found"),
    [
        ([{"key": "a", "n": "1"}], []),
        ([{"key": "a"}, {"n": "1"}], [("E203", "f.key")]),
        ([{"key": "a", "n": "one"}], [("E204", "f.n")]),
        ([{"keys": "a"}], [("E201", "f")]),
        ([{"key": "a", "colour": "red"}], [("E201", "f")]),
        (["a"], [("E204", "f")]),
        ("a", [("E204", "f")]),
        ({"key": "a"}, [("E204", "f")]),
        ([{"key": ["a"]}], [("E204", "f.key")]),
    ],
)
def test_groups_are_judged_key_by_key(raw: Any, found: list[tuple[str, str]]) -> None:
    """A group's keys are fields of their own; a misspelled key is not also reported as missing."""
    _, problems = judge(GROUPS, raw)
    assert [(problem.code, problem.field) for problem in problems] == found


def test_a_problem_carries_the_value_it_is_about() -> None:
    """A problem has the affected value (a list's item, a group's key) for programs that read the JSON."""
    _, problems = judge(GROUPS, [{"key": "a", "n": "one"}])
    assert (problems[0].value, problems[0].record, problems[0].dataset) == ("one", "r0", "x")


def test_equal_values_are_each_reported_at_their_own_place() -> None:
    """A value is checked once and reported wherever it occurs."""
    _, problems = judge(Field("f", "integer"), "x", "1", "x")
    assert [problem.origin.line for problem in problems] == [2, 4]


def test_broken_rows_are_silent() -> None:
    """Nothing else is reported about an unreadable row, not even a duplicate ID."""
    resource, table = table_of([KEY, Field("n", "integer")], [{"id": "a", "n": "1"}])
    broken = Row("x.csv", {"id": "a", "n": "x"}, lambda *_: (9, 1), broken=True)
    records, problems = validate_table(resource, Table("x", (*table.rows, broken), table.columns))
    assert problems == []
    assert [record.row.broken for record in records] == [False, True]


def test_faults_stay_with_the_record() -> None:
    """Faults are kept with the record, so that later steps do not report them again."""
    records, _ = judge(Field("f", "list"), ["a", "<"], ["b"])
    assert [record.faulty for record in records] == [{("f", 1)}, frozenset()]


def test_a_column_that_is_missing_is_one_problem() -> None:
    """A missing required column is reported once, and a misspelled one as such."""
    needed = Field("level", constraints={"required": True})
    resource, table = table_of([KEY, needed], [{"id": "a"}, {"id": "b"}])
    for name, code in (("room", ["E201", "E202"]), ("levle", ["E201"])):
        columns = {"id": Origin("x.csv", 1, 1), name: Origin("x.csv", 1, 4)}
        _, problems = validate_table(resource, Table("x", table.rows, columns))
        assert [problem.code for problem in problems] == code


def test_a_schema_that_the_standard_refuses_is_a_broken_setup() -> None:
    """An unknown Table Schema type stops the run and names the field."""
    with pytest.raises(SetupError, match="'f'"):
        cell_reader(Field("f", "colour"))


def test_a_place_is_named_as_in_schemas() -> None:
    """A place has no indexes, and an unknown key is located at its field."""
    assert dotted(("criteria", 3, "source")) == "criteria.source"
    assert dotted(("criteria", 3, "sorce", "key")) == "criteria"
