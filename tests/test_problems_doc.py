"""docs/problems.md matches the program: the same codes, titles and examples."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.diagnostics import KINDS
from generator.model import Site
from tests.conftest import GOLDEN, ROOT

DOCUMENT = (ROOT / "docs/problems.md").read_text(encoding="utf-8")
SECTION = re.compile(r"^## (E\d{3}) (.+)\n\n(.+)\n\nExample:\n\n```text\n(.+)\n```\n\nWhat to do: (.+)$", re.MULTILINE)
SECTIONS = {match[1]: match for match in SECTION.finditer(DOCUMENT)}
#: Codes that no golden case can show: a symbolic link cannot be committed, a folder cannot replace a file, a release is
#: an option, and spreadsheets are covered by `test_import` and `test_template`.
ELSEWHERE = frozenset({"E116", "E118", "E601", "E602", "E701", "E702", "E703", "E704", "E705"})


def golden_lines() -> set[str]:
    """Return every problem line of every golden case."""
    files = GOLDEN.glob("*/expected.txt")
    return {line for file in files for line in file.read_text(encoding="utf-8").splitlines() if ": " in line}


def test_every_kind_of_problem_is_documented_and_nothing_else() -> None:
    """The codes and titles on the page are those of the program, in the same order."""
    documented = re.findall(r"^## (E\d{3}) (.+)$", DOCUMENT, re.MULTILINE)
    assert documented == [(code, kind.title) for code, kind in KINDS.items()]


def test_every_section_has_its_three_parts() -> None:
    """A section explains the problem, shows one, and says what to do."""
    assert SECTIONS.keys() == KINDS.keys()


@pytest.mark.parametrize("code", sorted(KINDS.keys() - ELSEWHERE))
def test_an_example_is_what_the_program_prints(code: str) -> None:
    """The example in a section appears verbatim in a golden case."""
    example = SECTIONS[code][4]
    assert f" {code} " in example
    assert example in golden_lines()


def test_the_example_of_a_link_is_what_the_program_prints(small: Path, check: Callable[..., Site]) -> None:
    """A symbolic link in data/ is one problem, worded as on the page."""
    (small / "data/notes.yaml").symlink_to("/etc/passwd")
    assert [str(problem) for problem in check().problems] == [SECTIONS["E116"][4]]


def test_the_example_of_a_folder_is_what_the_program_prints(small: Path, check: Callable[..., Site]) -> None:
    """A folder in place of a table is one problem, worded as on the page."""
    (small / "data/courses.csv").unlink()
    (small / "data/courses.csv").mkdir()
    assert [str(problem) for problem in check().problems] == [SECTIONS["E118"][4]]


def test_the_examples_of_a_release_are_what_the_program_prints(small: Path, check: Callable[..., Site]) -> None:
    """Samples and placeholders are problems for a release only, worded as on the page."""
    events = small / "data/events.yaml"
    events.write_text(events.read_text("utf-8").replace("- id: open-day", "- id: open-day\n  sample: true"), "utf-8")
    assert check().problems == ()
    printed = [str(problem) for problem in check(release=True).problems]
    assert SECTIONS["E601"][4] in printed
    assert SECTIONS["E602"][4] in printed
    assert {line.split(" ")[2] for line in printed} == {"E601", "E602"}


def test_every_kind_has_a_golden_case() -> None:
    """Every kind of problem is shown by a golden case."""
    shown = {code for line in golden_lines() for code in re.findall(r" (E\d{3}) ", line)}
    assert shown == KINDS.keys() - ELSEWHERE
