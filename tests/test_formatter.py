"""The canonical form loses nothing, is stable, and leaves unreadable files alone."""

from __future__ import annotations

import csv
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from generator import cli, formatter, load
from generator.formatter import csv_text
from generator.formatter.parts import part_of, read_parts
from generator.formatter.yaml_form import list_file, record_file
from generator.load.yaml_file import tree_of
from generator.model import Field, Schema
from tests.conftest import PROJECT, edit

PACKAGE = load.read_package(PROJECT / "data")
FILES = list(formatter.data_files(PACKAGE))
FIELDS = (
    Field("id"),
    Field("name"),
    Field("count", "integer"),
    Field("grades", "list", item=Field("grades", "integer")),
    Field("about", markdown=True),
    Field("facts", "array", fields=(Field("topic"), Field("statement"))),
)


# YAML

WORD = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")) | st.sampled_from("\n #:-'\"|>&*!%@`{}[],?")
)
KEY = st.sampled_from(["id", "name", "count", "grades", "about", "facts", "zebra", "no", "1.5", "a b", "#x"])
VALUE = st.recursive(
    WORD
    | st.sampled_from(["12", "NO", "null", "~", "2027-02-14", "12:30", "1e3", "0o7", "true", "- x", "a: b", "# c"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEY, inner, max_size=4),
    max_leaves=12,
)
RECORD = st.dictionaries(KEY, VALUE, min_size=1, max_size=6)


def values(text: str) -> Any:
    """Read YAML as the program does."""
    tree, problems = tree_of("x.yaml", text)
    assert tree is not None, problems
    return tree.value


def form(text: str) -> str:
    """Return the canonical form of a file's text."""
    part = read_parts(text)
    return (list_file if part.kind == "list" else record_file)(part, FIELDS)


@given(RECORD | st.lists(RECORD, min_size=1, max_size=3), st.booleans(), st.sampled_from([20, 80, 10_000]))
def test_yaml_loses_nothing(value: Any, flow: bool, width: int) -> None:  # noqa: FBT001 - one of hypothesis' choices
    """The canonical form of any style of file has the same values and does not change when formatted again."""
    text = yaml.dump(value, default_flow_style=flow, width=width, sort_keys=False, allow_unicode=True)
    tree, _ = tree_of("x.yaml", text)
    if tree is None:  # too deep or rejected by the strict reader
        return
    written = form(text)
    assert values(written) == tree.value
    assert form(written) == written


@given(RECORD | st.lists(RECORD, min_size=1, max_size=3))
def test_a_value_is_written_so_that_it_is_read_again(value: Any) -> None:
    """A record written from values, not from a file, reads back as the same values."""
    part = part_of(value)
    written = (list_file if part.kind == "list" else record_file)(part, FIELDS)
    tree, _ = tree_of("x.yaml", written)
    assert tree is None or tree.value == value


@given(RECORD | st.lists(RECORD, min_size=1, max_size=3), st.data())
def test_comments_stay(value: Any, data: st.DataObject) -> None:
    """All comments, between lines and next to values, survive, and a second run changes nothing."""
    lines = form(yaml.dump(value, allow_unicode=True)).split("\n")
    for i in range(len(lines) - 2, -1, -1):
        if data.draw(st.booleans()) and not lines[i].endswith(("|", "|-", "|+")):
            indent = len(lines[i]) - len(lines[i].lstrip(" "))
            lines.insert(i, f"{' ' * indent}# note {i}")
    text = "\n".join(lines)
    tree, _ = tree_of("x.yaml", text)
    if tree is None:
        return
    written = form(text)
    assert values(written) == tree.value
    assert read_parts(written).words == read_parts(text).words
    assert form(written) == written


def test_yaml_in_all_its_styles() -> None:
    """One file covers every rule: order, quotation marks, prose, numbers, blank lines, and comments."""
    text = (
        "# head of the file\n\n"
        'facts: [{statement: "it\'s: so", topic: pay}]  # cited\n'
        "about: >-\n    One\n    line.\n"
        "# how many\n"
        "count: '12'\n"
        "grades:\n- 9\n- '10'\n"
        "stranger:   yes   # who\n"
        'name: "Plain"\n'
        "id: '007'\n"
        "# aliases:\n"
    )
    assert form(text) == (
        "# head of the file\n\n"
        "id: '007'\n"
        "name: Plain\n"
        "# how many\n"
        "count: 12\n"
        "grades: [9, 10]\n"
        "about: |-\n  One line.\n"
        "facts:\n"
        "  - topic: pay  # cited\n"
        "    statement: 'it''s: so'\n"
        "stranger: 'yes'  # who\n"
        "# aliases:\n"
    )


def test_comments_of_a_list_file() -> None:
    """A commented-out record stays in place; items are separated by one blank line."""
    text = "# all stages\n- id: b   # second\n  name: B\n  # aliases: [x]\n\n\n# - id: c\n#   name: C\n- id: a\n# end\n"
    tidy = "# all stages\n- id: b  # second\n  name: B\n  # aliases: [x]\n\n# - id: c\n#   name: C\n- id: a\n# end\n"
    assert form(text) == tidy


# CSV


@given(st.lists(st.fixed_dictionaries({"b": WORD, "a": WORD, "z": WORD})))
def test_csv_loses_nothing(rows: list[dict[str, str]]) -> None:
    """Every cell survives; columns follow the schema's order, with others after them."""
    schema = Schema("x", "x.yaml", "X", "", (Field("a"), Field("b")))
    text = csv_text(schema, ["z", "b", "a"], rows)
    heading, *cells = csv.reader(StringIO(text, newline=""))
    assert heading == ["a", "b", "z"]
    assert cells == [[row["a"], row["b"], row["z"]] for row in rows]
    assert text.endswith("\n")


# The command


@pytest.fixture
def untidy(small: Path) -> Path:
    """Return a project with a CSV file and a YAML file as other programs save them."""
    path = small / "data/courses.csv"
    rows = list(csv.reader(StringIO(path.read_text(encoding="utf-8"))))
    text = StringIO()
    csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerows([row[::-1] for row in rows])
    path.write_bytes(b"\xef\xbb\xbf" + text.getvalue().encode())
    edit(small / "data/pathways/patient-care.yaml", "id: patient-care\n", "")
    with (small / "data/pathways/patient-care.yaml").open("a") as file:
        file.write('id: "patient-care"   # never changes')
    return small


def test_fmt_writes_the_canonical_form(untidy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`eportal fmt` fixes line endings, byte order mark, quotation marks and order; `--check` only reports them."""
    before = load.load(load.read_package(untidy / "data"))[0]["courses"]
    assert cli.run(["fmt", "--check"]) == 1
    done = capsys.readouterr().out
    assert "data/courses.csv:1: not formatted; run: eportal fmt data/courses.csv" in done
    assert cli.run(["fmt"]) == 0
    assert "data/courses.csv: formatted" in capsys.readouterr().out
    text = (untidy / "data/courses.csv").read_bytes()
    assert text.startswith(b"id,name,")
    assert b"\r" not in text
    after = load.load(load.read_package(untidy / "data"))[0]["courses"]
    assert [row.values for row in after.rows] == [row.values for row in before.rows]
    pathway = (untidy / "data/pathways/patient-care.yaml").read_text(encoding="utf-8")
    assert pathway.startswith("id: patient-care  # never changes\nname: ")
    assert cli.run(["fmt", "--check"]) == 0
    assert capsys.readouterr().out == ""


def test_fmt_does_not_touch_unreadable_files(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A broken file is not touched and its problems are printed; the others are still formatted."""
    broken = small / "data/sectors.yaml"
    broken.write_bytes(b"- id: 'health\n  name: H\n")
    (small / "data/courses.csv").write_bytes((small / "data/courses.csv").read_bytes().replace(b"\n", b"\r\n"))
    assert cli.run(["fmt"]) == 1
    done = capsys.readouterr()
    assert "data/sectors.yaml:1:7: error E106" in done.out
    assert "data/sectors.yaml: left as it is because it cannot be read" in done.err
    assert broken.read_bytes() == b"- id: 'health\n  name: H\n"
    assert b"\r" not in (small / "data/courses.csv").read_bytes()


def test_fmt_takes_files_and_folders(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Only the named files are formatted; a file outside any dataset is refused with a suggestion."""
    with (small / "data/courses.csv").open("a") as file:
        file.write("\n\n")
    assert cli.run(["fmt", "data/pathways"]) == 0
    assert cli.run(["fmt", "--check", "data/pathways"]) == 0
    assert cli.run(["fmt", "--check", "data/courses.csv"]) == 1
    assert cli.run(["fmt", "data/course.csv"]) == 1
    assert "data/course.csv: there is no such file; did you mean 'data/courses.csv'?" in capsys.readouterr().err
    (small / "empty").mkdir()
    assert cli.run(["fmt", "empty"]) == 1
    assert "empty: no file of a dataset is in this folder" in capsys.readouterr().err
    assert b"\n\n" in (small / "data/courses.csv").read_bytes()
    assert cli.run(["fmt", "data/region.yaml"]) == 1
