"""Reading files: what CSV and YAML give, and the location of every value."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import load
from generator.load import csv_file, yaml_file
from generator.load.csv_file import read_csv
from generator.load.text import read_text
from generator.load.yaml_file import read_tree, read_yaml
from generator.model import Origin, Problem, SetupError, Table

COLUMNS = ["id", "name", "tags"]


def csv_table(tmp_path: Path, content: str) -> tuple[Table, list[Problem]]:
    """Read a CSV text."""
    path = tmp_path / "x.csv"
    path.write_bytes(content.encode())
    return read_csv("x", path, COLUMNS)


def yaml_tree(tmp_path: Path, content: str | bytes) -> tuple[yaml_file.Tree | None, list[Problem]]:
    """Read a YAML text."""
    path = tmp_path / "x.yaml"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_tree(path)


def codes(problems: list[Problem]) -> list[str]:
    """Return the codes of problems."""
    return [problem.code for problem in problems]


def test_a_file_closed_to_the_reader_is_a_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An unreadable file is a problem like any other, and the rest of the data is still checked."""

    def closed(path: Path) -> bytes:
        raise PermissionError(errno.EACCES, "Permission denied", str(path))

    (tmp_path / "x.csv").write_text("id\n", encoding="utf-8")
    monkeypatch.setattr(Path, "read_bytes", closed)
    text, problems = read_text(tmp_path / "x.csv")
    assert text is None
    assert [(p.code, p.message) for p in problems] == [("E118", "'x.csv' cannot be opened: Permission denied")]


def test_a_pipe_is_not_read(tmp_path: Path) -> None:
    """A named pipe is not read, because that would wait forever."""
    os.mkfifo(tmp_path / "x.csv")
    assert codes(read_text(tmp_path / "x.csv")[1]) == ["E118"]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_of_every_system_are_read_alike(end: str, tmp_path: Path) -> None:
    """Windows, Unix and old Mac files give the same rows on the same lines."""
    table, problems = csv_table(tmp_path, end.join(["id,name,tags", "a,A,", "b,B,x;y", ""]))
    assert problems == []
    assert [row.values["name"] for row in table.rows] == ["A", "B"]
    assert table.rows[1].origin("tags", 1).line == 3


def test_places_in_csv_are_those_of_an_editor(tmp_path: Path) -> None:
    """Columns count from 1, across quoted commas, doubled quotation marks and line breaks within cells."""
    table, problems = csv_table(tmp_path, 'id,name,tags\n\na,"A, ""the""\nfirst",x;y\nb,B,z\n')
    assert problems == []
    first, second = table.rows
    assert first.values["name"] == 'A, "the"\nfirst'
    where = [first.origin("name"), first.origin("tags"), first.origin("tags", 1), second.origin("tags")]
    assert [(place.line, place.column) for place in where] == [(3, 3), (4, 8), (4, 10), (5, 5)]
    assert first.origin("nothing") == Origin(first.path, 3, 1)


def test_the_part_of_a_text_is_found_in_its_lines(tmp_path: Path) -> None:
    """A tag on the second line of a cell is located there; what cannot be found is located at the cell."""
    table, _ = csv_table(tmp_path, 'id,name,tags\na,"A\nand <b>",x\n')
    row = table.rows[0]
    assert row.origin_of("<b>", "name") == Origin(row.path, 3, 5)
    assert row.origin_of("<i>", "name") == row.origin_of("", "name") == row.origin("name")


def test_rows_after_a_broken_one_are_read(tmp_path: Path) -> None:
    """An unclosed quotation mark costs only its own row, which still keeps its ID."""
    table, problems = csv_table(tmp_path, 'id,name,tags\na,"A,x\nb,B,y\nc,"C, the third",z\n')
    assert [(p.code, p.origin.line, p.origin.column) for p in problems] == [("E106", 2, 3)]
    assert [(row.values["id"], row.broken) for row in table.rows] == [("a", True), ("b", False), ("c", False)]


def test_an_unclosed_mark_is_not_a_large_cell(tmp_path: Path) -> None:
    """Without a closing quotation mark, the rest of the file is not reported as one oversized cell."""
    rows = "".join(f"r{i},{'x' * 50},y\n" for i in range(2_000))
    table, problems = csv_table(tmp_path, f'id,name,tags\na,"A,x\n{rows}')
    assert [(p.code, p.origin.line) for p in problems] == [("E106", 2)]
    assert len(table.rows) == 2_001


def test_a_cell_beyond_every_sense_is_refused(tmp_path: Path) -> None:
    """An oversized cell is reported as such, and nothing is inferred from missing values."""
    table, problems = csv_table(tmp_path, f'id,name,tags\na,"{"x" * (csv_file.LONGEST_CELL + 9)}",y\n')
    assert codes(problems) == ["E117"]
    assert not table.whole


def test_an_empty_csv_file_has_no_rows(tmp_path: Path) -> None:
    """An empty CSV file has no rows and no problems."""
    table, problems = csv_table(tmp_path, "")
    assert (table.rows, problems) == ((), [])


@given(st.lists(st.lists(st.text(st.sampled_from('ab ,;"“\n\té'), max_size=6), min_size=3, max_size=3), max_size=5))
def test_what_a_spreadsheet_writes_is_read_back(rows: list[list[str]]) -> None:
    """Any table from the standard CSV writer is read without a problem, each cell at its place."""
    quoted = [",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows]
    file = csv_file._File("x", "x.csv", csv_file._Lines(Path("x.csv"), ["id,name,tags", *quoted, ""]))
    table = file.read(COLUMNS)
    assert file.problems == []
    assert [[row.values[name] for name in COLUMNS] for row in table.rows] == [row for row in rows if any(row)]
    for row in table.rows:
        for name in COLUMNS:
            line, column = row.locate(name)
            assert file.lines[line - 1][column - 1] == '"'


@given(st.text(st.sampled_from('ab,;"\n“\t'), max_size=60))
def test_no_csv_text_raises(text: str) -> None:
    """Any text read as CSV gives rows and problems, all located within the file."""
    file = csv_file._File("x", "x.csv", csv_file._Lines(Path("x.csv"), text.split("\n")))
    table = file.read(COLUMNS)
    assert all(1 <= problem.origin.line <= len(file.lines) for problem in file.problems)
    assert all(row.origin(name).line <= len(file.lines) + 1 for row in table.rows for name in COLUMNS)


def test_yaml_scalars_stay_text(tmp_path: Path) -> None:
    """NO is not `false`, 1.10 is not 1.1 and 12:30 is not 750: the schema determines the type."""
    tree, problems = yaml_tree(tmp_path, "a: NO\nb: 1.10\nc: 12:30\nd: 2027-02-14\ne: ~\nf:\ng: 0x1F\n")
    assert problems == []
    assert tree
    assert tree.value == {"a": "NO", "b": "1.10", "c": "12:30", "d": "2027-02-14", "e": "", "f": "", "g": "0x1F"}


def test_places_in_yaml_are_those_of_an_editor(tmp_path: Path) -> None:
    """A value, an item, a group's key and a key without value each have their own location."""
    tree, _ = yaml_tree(tmp_path, "a: [x, y]\nb:\n  - {id: z}\nc:\n")
    assert tree
    places = [("a",), ("a", 1), ("b", 0, "id"), ("b", 0, "id", "key"), ("c",), ("nothing",)]
    assert [tree.locate((), *place) for place in places] == [(1, 4), (1, 8), (3, 10), (3, 6), (4, 1), (1, 1)]


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        ("a: 'x\nb: y\n", "E106", (1, 4)),
        ("a: 'x\nb: 'y'\n", "E106", (1, 4)),
        ('a: "x\\q"\n', "E112", (1, 6)),
        ("a: {b: c\nd: e\n", "E112", (1, 4)),
        ("a: - b\n", "E112", (1, 4)),
        ("- a: b\n c: d\n", "E112", (2, 2)),
        ("a: x\n\tb: y\n", "E111", (2, 1)),
        ("a: *x\n", "E113", (1, 4)),
        ("a: *x*\n", "E113", (1, 4)),
        ("a: &x y\nb: *x\n", "E113", (1, 4)),
        ("? [a]\n: b\n", "E113", (1, 3)),
        ("a: !!binary eA==\n", "E113", (1, 4)),
        ("%YAML 3.0\n---\na: b\n", "E112", (1, 1)),
        ("a: x\x07y\n", "E502", (1, 5)),
        ("a: b\na: c\n", "E110", (2, 1)),
        ("a:\n" + "".join(f"{'  ' * i}b:\n" for i in range(1, 12)), "E117", (10, 19)),
    ],
)
def test_what_yaml_must_not_hold_is_named_at_its_place(
    text: str, code: str, place: tuple[int, int], tmp_path: Path
) -> None:
    """Each unsupported feature and each slip is one problem at the right place."""
    _, problems = yaml_tree(tmp_path, text)
    assert [(p.code, (p.origin.line, p.origin.column)) for p in problems] == [(code, place)]


@pytest.mark.parametrize(
    "bomb", ["[" * 100_000, "- " * 50_000, "".join(" " * i + "a:\n" for i in range(1_500)), "{a: " * 9_999]
)
def test_nesting_without_end_does_not_end_the_process(bomb: str, tmp_path: Path) -> None:
    """Files that overflow the stack of PyYAML's C parser never reach it."""
    tree, problems = yaml_tree(tmp_path, bomb)
    assert tree is None
    assert len(problems) == 1


@given(st.text(st.sampled_from("ab:- \n\t'\"[]{}&*!#|>%@?,é\x00\x0b"), max_size=60))
def test_no_yaml_text_raises(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    """Any text read as YAML gives a tree or a problem, never a traceback."""
    tree, problems = yaml_tree(tmp_path_factory.getbasetemp(), text)
    assert tree or problems
    assert all(problem.origin.line <= text.count("\n") + 2 for problem in problems)


def test_a_record_that_cannot_be_read_keeps_its_id(tmp_path: Path) -> None:
    """In a folder the file name is the ID, so references to an unreadable record are not dead."""
    (tmp_path / "a.yaml").write_text("name A\nb: c\n", encoding="utf-8")
    (tmp_path / "b.yaml").write_text("- name: B\n", encoding="utf-8")
    table, problems = read_yaml("x", sorted(tmp_path.glob("*.yaml")), one_each=True)
    assert codes(problems) == ["E112", "E114"]
    assert [(row.stem, row.broken) for row in table.rows] == [("a", True), ("b", True)]
    assert table.whole


@pytest.mark.parametrize(
    ("content", "code", "line"),
    [
        (b"\xff\xfea\0", "E103", 1),
        (b"a\0b\0", "E103", 1),
        (b"PK\x03\x04", "E114", 1),
        (b"\xef\xbb\xbfa", "E104", 1),
        (b"a\nb\n\xe9", "E102", 3),
        (b"a\nb \xc3\xa9 \xe9", "E102", 2),
    ],
)
def test_other_encodings_are_recognised(content: bytes, code: str, line: int, tmp_path: Path) -> None:
    """Other encodings are recognized by their first bytes; otherwise the first bad byte is located."""
    path = tmp_path / "x.csv"
    path.write_bytes(content)
    _, problems = read_text(path)
    assert [(p.code, p.origin.line) for p in problems] == [(code, line)]


def test_a_file_beyond_the_limit_is_not_read(tmp_path: Path) -> None:
    """A file of 64 MiB or more is refused before it is read."""
    path = tmp_path / "x.csv"
    with path.open("wb") as file:
        file.truncate(64 * 1024 * 1024 + 1)
    assert codes(read_text(path)[1]) == ["E117"]


def test_a_symbolic_link_is_one_problem_anywhere(small: Path, check) -> None:
    """A symbolic link as a dataset or record, or a dangling one, is one problem and no dead reference."""
    (small / "data/events.yaml").rename(small / "elsewhere.yaml")
    (small / "data/events.yaml").symlink_to(small / "elsewhere.yaml")
    (small / "data/pathways/public-health.yaml").unlink()
    (small / "data/pathways/public-health.yaml").symlink_to("/nowhere")
    (small / "data/wages.csv").unlink()
    (small / "data/wages.csv").symlink_to("/nowhere")
    found = [(p.code, p.origin.path) for p in check().problems]
    assert found == [("E116", f"data/{name}") for name in ("events.yaml", "pathways/public-health.yaml", "wages.csv")]


def test_the_limit_of_records_is_reported(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A dataset with more records than the limit is one problem."""
    monkeypatch.setattr(load, "MAX_RECORDS", 1)
    package = load.read_package(small / "data")
    _, problems = load.load_table(small / "data", package.resources[0])
    assert codes(problems) == ["E117"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("datapackage.yaml", "  - wages", "  - wagons"), "wagons.yaml: the file is missing"),
        (("datapackage.yaml", "  - wages", "  - courses"), "a dataset is listed twice"),
        (("datapackage.yaml", "verified_on: 2026-11-01}", "verifed_on: 2026-11-01}"), "did you mean 'verified_on'?"),
        (("schemas/wages.yaml", "resource: pathways", "resource: pathway"), "did you mean 'pathways'?"),
        (("schemas/wages.yaml", "title: Wages", "titel: Wages"), "did you mean 'title'?"),
        (("schemas/wages.yaml", "type: number", "typ: number"), "did you mean 'type'?"),
        (
            ("schemas/wages.yaml", "reference: {resource: pathways, fields: id}", "reference: pathways"),
            "foreign key needs",
        ),
        (
            ("schemas/_record.yaml", "remind: {after_months: 12, words: was last checked on}", "remind: true"),
            "needs a field of type date, words, and",
        ),
        (("schemas/_record.yaml", "after_months: 12", "after_months: a year"), "'remind' of 'verified_on' needs"),
        (("schemas/_record.yaml", "after_months: 12", "after_month: 12"), "did you mean 'after_months'?"),
        (("schemas/_record.yaml", "after_months: 12", "after_months: 12, before_days: 3"), "either after_months or"),
        (("schemas/_record.yaml", "type: date, ", ""), "needs a field of type date"),
        (("schemas/wages.yaml", "title: Wages", "title Wages"), "E112"),
        (("region.yaml", "site_name: ", "- "), "region.yaml"),
    ],
)
def test_a_broken_setup_names_the_file_and_the_fix(change: tuple[str, str, str], said: str, small: Path, check) -> None:
    """A maintainer's mistake is not a data problem: the run stops and names the file."""
    file, old, new = change
    path = small / "data" / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(SetupError, match=r"data/") as caught:
        check()
    assert said in str(caught.value)
