"""`eportal diff` reports every record and field that differs between two revisions, and its output is harmless."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import cli
from generator.diff import change_report
from generator.diff.change_report import ChangeReport, around_the_change, code
from generator.diff.changes import FieldChange, RecordChange
from generator.model import Origin
from tests.conftest import edit

COURSES = "data/courses.csv"


def git(folder: Path, *arguments: str) -> str:
    """Run git as a maintainer does."""
    name = ("-c", "user.name=Tester", "-c", "user.email=tester@county.example", "-c", "commit.gpgsign=false")
    return subprocess.run(["git", *name, *arguments], cwd=folder, capture_output=True, text=True, check=True).stdout


@pytest.fixture
def repository(small: Path) -> Path:
    """Return the small project as a git repository with one commit, tagged `first`."""
    git(small, "init", "--quiet", "--initial-branch=main")
    commit(small, "first")
    return small


def commit(folder: Path, tag: str) -> None:
    """Commit everything and tag it."""
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", tag)
    git(folder, "tag", tag)


def output_of(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """Return what `eportal diff` prints."""
    capsys.readouterr()
    assert cli.run(["diff", *arguments]) == 0
    return capsys.readouterr().out


def records(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[dict[str, Any]]:
    """Return the records listed by `eportal diff --format json`."""
    found: list[dict[str, Any]] = json.loads(output_of(capsys, *arguments, "--format", "json"))["records"]
    return found


def test_nothing_changed(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without changes there is one sentence; a different layout of the same values is not a change."""
    assert output_of(capsys, "first") == "### Changes to the data\n\nNo record changed.\n"
    assert cli.run(["fmt"]) == 0
    assert git(repository, "status", "--short")
    assert "No record changed." in output_of(capsys, "first")


def test_changes_are_drawn_on_a_terminal(
    repository: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a terminal changes are printed without Markdown, unless a format is named."""
    assert repository.exists()
    monkeypatch.setattr("generator.cli.options.is_terminal", lambda: True)
    drawn = output_of(capsys, "first")
    assert "No record changed." in drawn
    assert "#" not in drawn
    assert output_of(capsys, "first", "--format", "markdown").startswith("### Changes")


def test_added_removed_and_changed_records(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each record is listed once with its page and file; changes are shown by field and list item."""
    path = repository / COURSES
    heading, first, second, *rest = path.read_text(encoding="utf-8").splitlines()
    cells = first.split(",")
    path.write_text("\n".join([heading, first.replace(cells[1], "Another name"), *rest]) + "\n", encoding="utf-8")
    gone = second.split(",")[0]
    shutil.copy(repository / "data/pathways/patient-care.yaml", repository / "data/pathways/dental-care.yaml")
    edit(repository / "data/pathways/dental-care.yaml", "id: patient-care", "id: dental-care")
    commit(repository, "second")
    text = output_of(capsys, "first", "second")
    assert "1 record added, 1 changed, 1 removed." in text
    assert (
        "- added `dental-care` (`Patient Care`), page `/pathways/dental-care/`, `data/pathways/dental-care.yaml:1`"
        in text
    )
    assert (
        f"- changed `{cells[0]}` (`Another name`), `data/courses.csv:2`\n  - `name`: `{cells[1]}` → `Another name`"
        in text
    )
    assert f"- removed `{gone}`" in text
    assert text == output_of(capsys, "first")
    backwards = records(capsys, "second", "first")
    assert {one["id"]: one["change"] for one in backwards} == {
        "dental-care": "removed",
        cells[0]: "changed",
        gone: "added",
    }


def test_a_record_with_a_new_id_is_renamed(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A record whose aliases contain a removed ID is reported as renamed, not as removed and added."""
    old = repository / "data/pathways/patient-care.yaml"
    edit(old, "id: patient-care\n", "id: patients\naliases: [patient-care]\n")
    old.rename(repository / "data/pathways/patients.yaml")
    [one] = records(capsys, "first")
    assert (one["change"], one["former_id"], one["id"], one["address"]) == (
        "renamed", "patient-care", "patients", "/pathways/patients/",
    )  # fmt: skip
    assert "- renamed `patient-care` → `patients` (`Patient Care`)" in output_of(capsys, "first")
    assert "  - `aliases`: + `patient-care`" in output_of(capsys, "first")


def test_tables_without_ids_are_paired_by_their_key(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A row of facts is identified by the fields of its key."""
    path = repository / "data/wages.csv"
    heading, first, *_ = path.read_text(encoding="utf-8").splitlines()
    edit(path, first, f"{first.rpartition(',')[0]},99999")
    [one] = records(capsys, "first")
    assert one["change"] == "changed"
    assert "--" in one["id"]
    assert [field["field"] for field in one["fields"]] == [heading.rpartition(",")[2]]


def test_a_file_that_cannot_be_read_is_named(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Rows of an unreadable file are not reported as removed; the summary names the file and the revision."""
    (repository / "data/sectors.yaml").write_bytes(b"- id: 'health\n  name: H\n")
    (repository / "data/pathways/public-health.yaml").write_text("name: [\n", encoding="utf-8")
    text = output_of(capsys, "first")
    assert "No record changed." in text
    assert "- now: `data/sectors.yaml:1:7: E106 " in text
    assert "- now: `data/pathways/public-health.yaml:2:1: E112 " in text
    commit(repository, "torn")
    git(repository, "checkout", "--quiet", "first")
    assert "- before: `data/sectors.yaml:1:7: E106 " in output_of(capsys, "torn")
    assert records(capsys, "torn", "first") == []


def test_a_broken_setup_is_named(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """If a revision has an unreadable schema, nothing is compared, and the summary says why."""
    edit(repository / "data/schemas/courses.yaml", "title:", "titel:")
    assert "The setup now cannot be read, so nothing was compared: `data/schemas/courses.yaml: " in output_of(
        capsys, "first"
    )
    found = json.loads(output_of(capsys, "first", "--format", "json"))
    assert found["records"] == []
    assert found["unread"][0]["side"] == "now"


def test_a_new_dataset_is_all_added(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """If there was no data before, every record is new."""
    git(repository, "rm", "-r", "--quiet", "--cached", "data")
    git(repository, "commit", "--quiet", "--message", "no data")
    found = records(capsys, "HEAD")
    assert {one["change"] for one in found} == {"added"}
    assert {"patient-care", "public-health"} <= {one["id"] for one in found}


@pytest.mark.parametrize(
    "revision", ["nowhere", "--output=/tmp/x", "-h", "first; touch x", "$(touch x)", "first:data", "", "a\0b", "../x"]
)
def test_invalid_revision_is_refused(repository: Path, capsys: pytest.CaptureFixture[str], revision: str) -> None:
    """A hostile revision name reaches no shell and is not passed to git as an option."""
    assert cli.run(["diff", "--", revision]) == 1
    assert "no revision" in capsys.readouterr().err
    assert not (repository / "x").exists()


def test_symbolic_links_are_not_data(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A symbolic link in a revision is not followed."""
    (repository / "data/pathways/public-health.yaml").unlink()
    (repository / "data/pathways/public-health.yaml").symlink_to("/etc/hostname")
    commit(repository, "link")
    [one] = records(capsys, "first", "link")
    assert (one["change"], one["id"]) == ("removed", "public-health")


HOSTILE = [
    "@everyone", "<script>alert(1)</script>", "` `` ``` |", "::error file=x::y", "##[add-mask]x", "![x](//e.example)",
    "a\n::warning::b", "\u202egnp", "#1 https://evil.example", "`", "", "  ", "\x1b[31m", "| a | b |",
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_harmless(text: str) -> None:
    """No text from data leaves its code span, starts a line, or becomes a workflow command."""
    change = RecordChange(
        "changed", text, text, text, text, Origin(text), (FieldChange(text, text, [text, "x"]),), text
    )
    for line in change_report.changes_as_markdown(ChangeReport([change], [], [("now", text)])).splitlines():
        assert "##[" not in line
        assert not re.match(r"\s*::", line)
        assert all(character.isprintable() or character == "⏎" for character in line)
        outside = re.sub(r"(?<!`)(`+)(?!`).+?(?<!`)\1(?!`)", "", line)
        assert not set(outside) & set("@<>|!["), line


@given(st.text())
def test_a_code_span_holds_all_of_a_text(text: str) -> None:
    """The fence around a text is longer than any run of backticks in it."""
    span = code(text)
    fence = re.match("`+", span)[0]  # type: ignore[index]
    assert span.endswith(fence)
    assert fence not in [run for run in re.findall("`+", span[len(fence) : -len(fence)]) if len(run) == len(fence)]
    assert "\n" not in span


@given(st.text(), st.text(), st.text(min_size=100), st.text(min_size=100))
def test_long_texts_are_shortened_around_the_change(old: str, new: str, before: str, after: str) -> None:
    """Two different texts still differ when shortened, and unchanged text far from the change is cut."""
    short_old, short_new = around_the_change(before + old + after, before + new + after)
    assert (short_old == short_new) == (old == new)
    assert len(short_old) <= 2 * change_report.LONGEST + 2 * change_report.CONTEXT + 10


def test_long_lists_are_cut(capsys: pytest.CaptureFixture[str]) -> None:
    """A thousand changed records give a summary that is still readable."""
    changes = [RecordChange("added", "courses", str(i), "", "", Origin("data/courses.csv", i)) for i in range(1000)]
    text = change_report.changes_as_markdown(ChangeReport(changes))
    assert "1000 records added." in text
    assert text.endswith("- and 975 more records")
    assert capsys.readouterr().out == ""


def test_groups_and_order_of_lists() -> None:
    """A group is reported as one item by its keys; a reordered list is reported as reordered."""
    change = FieldChange("facts", [{"topic": "pay"}], [{"topic": "pay"}, {"topic": "age", "note": "16"}])
    assert change_report._field(change) == "+ `topic: age; note: 16`"
    assert change_report._field(FieldChange("names", ["a", "b"], ["b", "a"])) == "order changed"
    assert change_report._field(FieldChange("city", "", "Alpine")) == "nothing → `Alpine`"
