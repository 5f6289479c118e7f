"""A staff member makes three good edits and two mistakes on a branch, sees a failed check, and fixes it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from generator import cli
from tests.conftest import TODAY, edit
from tests.pr_report import begin, commit

DAY = ("--today", TODAY.isoformat())
CLINIC = Path("data/employers/bahia-vista-clinic.yaml")
EVENTS = Path("data/events.yaml")
RESOURCES = Path("data/resources.csv")


def line_of(path: Path, text: str) -> int:
    """Return the number of the first line in a file that contains a text."""
    return next(i for i, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1) if text in line)


def annotations(capsys: pytest.CaptureFixture[str], code: int) -> list[tuple[str, str, int]]:
    """Run the check as the workflow does and return the severity, file and line of each annotation of an error."""
    capsys.readouterr()
    assert cli.run(["check", "--format", "github", "--changed-from", "main", *DAY]) == code
    found = re.findall(r"^::(\w+) file=([^,]+),line=(\d+)", capsys.readouterr().out, re.MULTILINE)
    return [(severity, file, int(line)) for severity, file, line in found if severity == "error"]


@pytest.mark.slow
def test_a_day_of_a_staff_member(real: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The check gives two annotations on the right lines, a correct list of changes, and passes after the fix."""
    begin(real)
    edit(CLINIC, "contact_email: learning@", "contact_email: community@")
    edit(CLINIC, "partner_since_year: 2021", "partner_since_year: 2020")
    edit(RESOURCES, "my-next-move,My Next Move,", "my-next-move,My Next Move (tool),")
    edit(CLINIC, "  - health-science-medical-technology\n", "  - helth-science-medical-technology\n")
    edit(EVENTS, "kind: workshop", "kind: workshp")
    commit(real, "Change the clinic, a resource and an event")
    expected = {
        ("error", CLINIC.as_posix(), line_of(CLINIC, "helth-science")),
        ("error", EVENTS.as_posix(), line_of(EVENTS, "workshp")),
    }
    found = annotations(capsys, code=1)
    assert set(found) == expected
    assert len(found) == len(expected)

    assert cli.run(["summary", "main", *DAY]) == 1
    said = capsys.readouterr().out
    assert "**Not yet: 2 errors" in said
    assert "did you mean &#39;health" in said or "did you mean 'health" in said

    edit(CLINIC, "helth-science", "health-science")
    edit(EVENTS, "kind: workshp", "kind: workshop")
    commit(real, "Fix what the check found")
    assert annotations(capsys, code=0) == []
    assert cli.run(["diff", "main", "--format", "json"]) == 0
    changes = json.loads(capsys.readouterr().out)
    text = json.dumps(changes)
    assert {"contact_email", "partner_since_year", "name"} <= set(re.findall(r'"field": "(\w+)"', text))
    assert len(re.findall(r'"field": "', text)) == 3
    assert cli.run(["preview", "main", "-o", "preview.html", *DAY]) == 0
    assert "My Next Move (tool)" in Path("preview.html").read_text(encoding="utf-8")
