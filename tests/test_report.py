"""Problems as text, as JSON and as annotations for the code host."""

from __future__ import annotations

import json

import pytest

from generator import report
from generator.model import Origin, Problem

FIRST = Problem(
    "E301", "'x' is not in sectors", Origin("data/a.csv", 2, 7), "error", "a", "r", "sector", "x", "did you?"
)
LATER = Problem("E104", "50% odd\nline", Origin("data/b, c:d.csv", 1, 1), "warning")


def test_text_is_a_line_a_problem() -> None:
    """Place, severity, code, field, message and hint are on one line that editors can parse."""
    assert report.as_text([FIRST]) == "data/a.csv:2:7: error E301 sector: 'x' is not in sectors; did you?"
    assert report.as_text([]) == ""


def test_json_has_the_fields_that_programs_rely_on() -> None:
    """JSON is a list of objects with these keys in this order and unescaped text."""
    rows = json.loads(report.as_json([FIRST, LATER]))
    assert list(rows[0]) == "code severity path line column dataset record field value message hint".split()
    assert list(rows[0].values()) == [
        *("E301", "error", "data/a.csv", 2, 7, "a", "r", "sector", "x"),
        *("'x' is not in sectors", "did you?"),
    ]
    assert rows[1]["dataset"] == rows[1]["hint"] == ""
    assert report.as_json([]) == "[]"
    assert "é" in report.as_json([Problem("E301", "é", Origin("x"))])


def test_an_annotation_points_at_its_line() -> None:
    """An annotation has the file and line, which the code host shows in a pull request."""
    assert report.as_annotations([FIRST]) == (
        "::error file=data/a.csv,line=2,col=7,title=E301::sector: 'x' is not in sectors; did you?"
    )


def test_an_annotation_cannot_be_broken_out_of() -> None:
    """Line breaks, percent signs, commas and colons in data are escaped, so data cannot become a command."""
    line = report.as_annotations([LATER])
    assert line == "::warning file=data/b%2C c%3Ad.csv,line=1,col=1,title=E104::50%25 odd%0Aline"
    assert "\n" not in line


def test_problems_are_sorted_by_place_and_said_once() -> None:
    """Problems are sorted by file, line and column, and duplicates are shown once."""
    earlier = Problem("E301", "m", Origin("data/a.csv", 2, 1))
    assert report.ordered([LATER, FIRST, earlier, FIRST]) == (earlier, FIRST, LATER)


@pytest.mark.parametrize(
    ("problems", "words"),
    [([], "no problems"), ([FIRST], "1 error"), ([FIRST, FIRST, LATER], "2 errors, 1 warning"), ([LATER], "1 warning")],
)
def test_the_summary_counts(problems: list[Problem], words: str) -> None:
    """The summary counts errors, then warnings, and omits zeros."""
    assert report.summary(problems) == words
