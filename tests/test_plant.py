"""Mistakes planted in a copy of the real data are each found once, on the right line, and nothing else is reported.

A row of PLANTS names the file, the change, the expected code, and a marker: the problem must be on the first
line that contains the marker once the mistake has been made.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from itertools import zip_longest
from pathlib import Path
from typing import NamedTuple

import pytest

from generator import report
from generator.model import Problem, Site
from tests.conftest import TODAY

Break = Callable[[str], str | bytes]
Check = Callable[..., Site]

COURSES, WAGES, INTERESTS = Path("data/courses.csv"), Path("data/wages.csv"), Path("data/interests.csv")
RESOURCES, PROGRAMS, INSTITUTIONS = Path("data/resources.csv"), Path("data/programs.csv"), Path("data/institutions.csv")
NURSES = Path("data/occupations/registered-nurses.yaml")
ELECTRICIANS = Path("data/occupations/electricians.yaml")
CARE = Path("data/pathways/patient-care.yaml")
HEALTH = Path("data/sectors/health-science-medical-technology.yaml")
SHADOW = Path("data/activities/job-shadow.yaml")
TEAM = Path("data/skills/collaboration.yaml")
SOURCES, STAGES, TYPES = Path("data/sources.yaml"), Path("data/stages.yaml"), Path("data/interest_types.yaml")


class Plant(NamedTuple):
    """One mistake: its name, file and change, and the expected problem."""

    name: str
    path: Path
    plant: Break
    code: str
    mark: str
    said: str = ""


def swap(old: str, new: str) -> Break:
    """Replace the first occurrence of a text, which must exist."""

    def change(text: str) -> str:
        assert old in text, f"the real data no longer holds {old!r}: choose another"
        return text.replace(old, new, 1)

    return change


def cut(line_with: str) -> Break:
    """Remove the first line that contains a text."""

    def change(text: str) -> str:
        lines = text.splitlines(keepends=True)
        lines.remove(next(line for line in lines if line_with in line))
        return "".join(lines)

    return change


def append(more: str) -> Break:
    """Add lines at the end."""
    return lambda text: f"{text.rstrip()}\n{more}\n"


def encoded(encoding: str) -> Break:
    """Save in another encoding, as an old spreadsheet program does."""
    return lambda text: text.replace("realistic", "año", 1).encode(encoding, "replace")


def renamed_column(old: str, new: str) -> Break:
    """Rename a column."""
    return swap(old, new)


PLANTS = (
    Plant("csv quote not closed", COURSES, swap("7110,Introduction", '7110,"Introduction'), "E106", "7110,"),
    Plant("csv row too long", COURSES, swap("7110,Introduction", "7110,Introduction, again"), "E107", "7110,"),
    Plant("csv row too short", WAGES, swap("truck-drivers,state,", "truck-drivers,"), "E107", "truck-drivers,Cal"),
    Plant("csv with semicolons", INTERESTS, lambda t: t.replace(",", ";"), "E105", "occupation"),
    Plant("csv with tabs", INTERESTS, lambda t: t.replace(",", "\t"), "E105", "occupation"),
    Plant("csv in Windows-1252", INTERESTS, encoded("cp1252"), "E102", "año"),
    Plant("csv in UTF-16", COURSES, encoded("utf-16"), "E103", ""),
    Plant("csv with byte order mark", COURSES, encoded("utf-8-sig"), "E104", ""),
    Plant("csv with smart quotes", COURSES, swap("7110,Introduction", "7110,“Introduction, again”"), "E115", "7110,"),
    Plant("two columns of one name", COURSES, renamed_column("name,sector,pathway", "name,sector,name"), "E110", "id,"),
    Plant("misspelt column", COURSES, renamed_column("sector", "secter"), "E201", "id,", "did you mean 'sector'?"),
    Plant("misspelt id column", COURSES, renamed_column("id,", "course_id,"), "E201", "course_id,"),
    Plant("missing value in a cell", COURSES, swap(",introductory\n", ",\n"), "E203", "7100,"),
    Plant("thousands comma", WAGES, swap(",103260,", ',"103,260",'), "E204", '"103,260"', "write 103260"),
    Plant("letter O in a number", INTERESTS, swap(",5.16", ",5.1O"), "E204", ",5.1O"),
    Plant("score out of range", INTERESTS, swap(",5.16", ",7.16"), "E205", ",7.16", "between 1 and 7"),
    Plant("percentiles out of order", WAGES, swap("77820,87090,", "97820,87090,"), "E405", "97820"),
    Plant(
        "area not in the list", WAGES, swap("farmers-and-ranchers,state", "farmers-and-ranchers,stat"), "E206", ",stat,"
    ),
    Plant("course code too short", COURSES, append("711,New,business-finance,,introductory"), "E207", "711,New"),
    Plant("id used twice", COURSES, append("7110,New,business-finance,,introductory"), "E401", "7110,New"),
    Plant(
        "row used twice",
        INTERESTS,
        append("farmers-and-ranchers,realistic,4.00"),
        "E401",
        "farmers-and-ranchers,realistic,4.00",
    ),
    Plant(
        "dead reference in a cell", COURSES, swap(",agricultural-business,", ",agricultural-busines,"), "E301", "7110,"
    ),
    Plant("reference by name", COURSES, swap(",agricultural-business,", ",Agricultural Business,"), "E301", "7110,"),
    Plant(
        "dead reference in a list in a cell",
        RESOURCES,
        swap("career-research;interest-inventory", "career-research;interest-inventry"),
        "E301",
        "interest-inventry",
        "did you mean 'interest-inventory'?",
    ),
    Plant("spaces in a cell", COURSES, swap("7110,Introduction", "7110, Introduction"), "E209", "7110,"),
    Plant(
        "empty item of a list", RESOURCES, swap("students;families", "students;;families"), "E210", "students;;families"
    ),
    Plant("http address", RESOURCES, swap("https://www.mynextmove", "http://www.mynextmove"), "E505", "http://www.myn"),
    Plant("short link", RESOURCES, swap("https://www.mynextmove.org/", "https://bit.ly/next"), "E505", "bit.ly"),
    Plant("markup in a name", COURSES, swap("7110,Introduction", "7110,<b>Introduction"), "E501", "7110,"),
    Plant("zero-width character", COURSES, swap("7110,Intro", "7110,In\u200btro"), "E502", "7110,"),
    Plant("boolean yes", INSTITUTIONS, swap(",,,false,", ",,,no,"), "E204", ",,,no,", "write false"),
    Plant(
        "dead institution", PROGRAMS, swap("university-san-marcos,03", "university-san-marco,03"), "E301", "san-marco,"
    ),
    Plant("yaml quote not closed", NURSES, swap("name: Registered", 'name: "Registered'), "E106", 'name: "'),
    Plant("yaml tab", NURSES, swap("\nsector:", "\n\tsector:"), "E111", "\tsector:"),
    Plant("yaml without colon", CARE, swap("sector: ", "sector "), "E112", "sector health"),
    Plant("yaml second colon", NURSES, swap("name: Registered", "name: Registered: and"), "E112", "Registered: and"),
    Plant("yaml key twice", NURSES, append("name: Nurses again"), "E110", "name: Nurses again"),
    Plant("yaml alias", NURSES, swap("name: Registered", "name: *Registered"), "E113", "name: *"),
    Plant("yaml anchor", NURSES, swap("name: Registered", "name: &Registered"), "E113", "name: &"),
    Plant("yaml tag", NURSES, swap("name: Registered", "name: !Registered"), "E113", "name: !"),
    Plant("yaml two documents", NURSES, append("---\nid: more"), "E113", "---"),
    Plant("smart quotes in yaml", CARE, swap("name: Patient Care", "name: “Patient Care”"), "E115", "name: “"),
    Plant("empty file of a record", CARE, lambda _: "", "E114", ""),
    Plant("empty dataset", STAGES, lambda _: "", "E108", ""),
    Plant("misspelt key", NURSES, swap("summary:", "sumary:"), "E201", "sumary:", "did you mean 'summary'?"),
    Plant("misspelt key of a reference", NURSES, swap("sector:", "sectors:"), "E201", "sectors:"),
    Plant("unknown key in a group", TEAM, swap("statement:", "statment:"), "E201", "statment:"),
    Plant("missing key", NURSES, cut("sector:"), "E203", "id: registered-nurses"),
    Plant("missing key in a group", TEAM, cut("    statement:"), "E203", "  - id: know-goal"),
    Plant("job zone in words", NURSES, swap("job_zone: ", "job_zone: zone "), "E204", "job_zone:"),
    Plant("text too long", CARE, swap("summary: ", f"summary: {'very ' * 50}"), "E208", "summary:", "at most 240"),
    Plant("code used twice", HEALTH, swap("code: HLT", "code: ART"), "E211", "code: ART"),
    Plant("dead reference", CARE, swap("-science-medical-technology", "-sciense"), "E301", "sector:", "-medical-tech"),
    Plant(
        "dead reference in a yaml list",
        ELECTRICIANS,
        swap("- residential-and", "- residental-and"),
        "E301",
        "residental",
    ),
    Plant("dead reference in a group", SHADOW, swap("source: ca-law", "source: ca-laws"), "E301", "source: ca-laws"),
    Plant("id unlike the file name", NURSES, swap("id: registered-nurses", "id: nurses"), "E402", "id: nurses"),
    Plant("id with capitals", NURSES, swap("id: registered-nurses", "id: Registered-Nurses"), "E207", "id: Reg"),
    Plant("alias of another record", NURSES, append("aliases: [electricians]"), "E404", "aliases:"),
    Plant(
        "lowest grade above highest",
        SHADOW,
        swap("grade_min: 10\ngrade_max: 12", "grade_min: 12\ngrade_max: 10"),
        "E405",
        "grade_max:",
    ),
    Plant("verified tomorrow", NURSES, append(f"verified_on: {TODAY + timedelta(days=1)}"), "E408", "verified_on:"),
    Plant("American date", NURSES, append("verified_on: 11/24/2026"), "E204", "verified_on:", "write 2026-11-24"),
    Plant("html in prose", CARE, swap("\n  Classmates", "\n  <i>Classmates"), "E506", "<i>"),
    Plant("dead link in prose", CARE, swap("\n  Classmates", "\n  [Pals](/pathways/pals/)"), "E507", "[Pals]"),
    Plant(
        "source of a dataset", Path("data/datapackage.yaml"), swap("[calpads-vcc-12]", "[calpads]"), "E301", "[calpads]"
    ),
    Plant("interest letter", TYPES, swap("letter: R", "letter: Q"), "E206", "letter: Q"),
    Plant("id with an underscore", SOURCES, swap("- id: cip-2020", "- id: cip_2020"), "E207", "id: cip_2020"),
    Plant("misspelt key of the id", STAGES, swap("- id: awareness", "- identity: awareness"), "E201", "identity:"),
    Plant("stray file", Path("data/notes.txt"), lambda _: "call the school", "E109", ""),
    Plant("unknown dataset", Path("data/mentors/acme.yaml"), lambda _: "id: acme", "E109", ""),
)

TEN = (
    "csv quote not closed",
    "thousands comma",
    "score out of range",
    "http address",
    "boolean yes",
    "dead institution",
    "yaml second colon",
    "dead reference",
    "unknown key in a group",
    "dead reference in a group",
)


def sow(plant: Plant) -> tuple[str, int]:
    """Plant a mistake in the working directory and return the path and line where it must be found."""
    before = plant.path.read_text(encoding="utf-8") if plant.path.exists() else ""
    after = plant.plant(before)
    plant.path.parent.mkdir(exist_ok=True)
    plant.path.write_bytes(after if isinstance(after, bytes) else after.encode())
    text = after.decode("latin-1") if isinstance(after, bytes) else after
    lines = text.split("\n")
    line = next(number for number, one in enumerate(lines, start=1) if plant.mark in one)
    path = plant.path if plant.name != "unknown dataset" else plant.path.parent
    return path.as_posix(), line


def listing(problems: tuple[Problem, ...]) -> str:
    """Return all problems as printed, for the message of a failed test."""
    return report.as_text(problems)


def rounds() -> list[list[Plant]]:
    """Return the plants in as few rounds as there are plants of one file: a check of the whole county takes long."""
    of_file: dict[Path, list[Plant]] = {}
    for plant in PLANTS:
        of_file.setdefault(plant.path, []).append(plant)
    return [[plant for plant in each if plant] for each in zip_longest(*of_file.values())]


@pytest.mark.parametrize("plants", rounds(), ids=lambda plants: plants[0].name.replace(" ", "_"))
@pytest.mark.usefixtures("real")
def test_each_mistake_gives_one_problem_on_its_line(plants: list[Plant], check: Check) -> None:
    """A planted mistake is reported once, on its line, without further problems."""
    sown = {(plant.code, *sow(plant)): plant for plant in plants}
    problems = check().problems
    found = {(problem.code, problem.origin.path, problem.origin.line): str(problem) for problem in problems}
    assert found.keys() == sown.keys(), listing(problems)
    assert len(problems) == len(plants), listing(problems)
    assert {plant.name: found[place] for place, plant in sown.items() if plant.said not in found[place]} == {}


@pytest.mark.usefixtures("real")
def test_ten_mistakes_in_ten_files_give_ten_problems(check: Check) -> None:
    """Ten mistakes in ten files do not hide each other: one run finds them all, sorted by file."""
    plants = [plant for plant in PLANTS if plant.name in TEN]
    assert len({plant.path for plant in plants}) == 10
    expected = sorted((*sow(plant), plant.code) for plant in plants)
    problems = check().problems
    assert [(p.origin.path, p.origin.line, p.code) for p in problems] == expected, listing(problems)


@pytest.mark.usefixtures("real")
def test_the_real_data_has_no_problem(check: Check) -> None:
    """The real data has no problems before mistakes are planted."""
    assert check().problems == ()


@pytest.mark.parametrize("length", [1, 7, 40, 200, 1000])
@pytest.mark.usefixtures("real")
def test_a_file_cut_off_anywhere_is_a_problem_and_no_traceback(length: int, check: Check) -> None:
    """A file cut off anywhere, as by a broken download, gives problems and no traceback."""
    for path in (COURSES, SOURCES, NURSES):
        path.write_bytes(path.read_bytes()[:length])
    assert check().problems
