"""The documentation is complete and correct: commands, links, pictures, decisions, and paths."""

from __future__ import annotations

import re
import subprocess
import tomllib
from pathlib import Path

import click
import pytest

from tests.command_line import commands
from tests.conftest import PROJECT, ROOT

DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / ".github").glob("*.md")])
LINK = re.compile(r"(!?)\[([^\]]*)\]\(([^)\s]+)\)")
#: Options that all commands share; the text below the table explains them.
EVERYWHERE = {"today", "quiet", "verbose"}
FENCED = re.compile(r"^```.*?^```|^(?: {4,}|\t).*?$", re.DOTALL | re.MULTILINE)


def links(path: Path) -> list[tuple[bool, str, str]]:
    """Return (is a picture, words, target) for each link to a file of the project."""
    text = re.sub(r"`[^`\n]*`", "", FENCED.sub("", path.read_text(encoding="utf-8")))
    found = [(bool(mark), words, target) for mark, words, target in LINK.findall(text)]
    return [one for one in found if not re.match(r"[a-z]+:|/", one[2])]


def anchors(path: Path) -> set[str]:
    """Return the anchors that the code host makes of a document's headings, and those that a heading sets itself."""
    headings = re.findall(r"^#+ (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    own = {found[1] for heading in headings if (found := re.search(r"\{ #([\w-]+) \}$", heading))}
    return own | {re.sub(r"[^\w\- ]", "", heading.casefold()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_of_a_document_lead_somewhere(path: Path) -> None:
    """A relative link leads to a file and, if it names one, to a heading in it; a picture has a description."""
    for is_picture, words, target in links(path):
        file, _, anchor = target.partition("#")
        there = (path.parent / file).resolve() if file else path
        assert there.exists(), f"{path.name}: {target}"
        assert there.is_relative_to(ROOT)
        assert not anchor or anchor in anchors(there), f"{path.name}: {target}"
        assert not is_picture or len(words) > 10, f"{path.name}: {target}"


def test_every_picture_is_used_and_small() -> None:
    """Every picture appears in a document, and none is large."""
    used = {(path.parent / target).resolve() for path in DOCUMENTS for _, _, target in links(path)}
    for picture in (ROOT / "docs/images").iterdir():
        assert picture in used, picture.name
        assert picture.stat().st_size < 150_000, picture.name


def test_every_command_is_documented() -> None:
    """docs/developing.md lists each command with every option that it takes."""
    text = (ROOT / "docs/developing.md").read_text(encoding="utf-8")
    for name, command in commands():
        lines = [line for line in text.splitlines() if line.startswith(f"| `eportal {name}")]
        assert lines, name
        said = " ".join(lines)
        for option in (param for param in command.params if isinstance(param, click.Option)):
            assert any(spelling in said for spelling in option.opts) or option.name in EVERYWHERE, (name, option.opts)


def test_problems_shown_to_staff_are_the_words_of_the_program() -> None:
    """A complete problem line in CONTRIBUTING.md is also in docs/problems.md, which is compared with the program."""
    lines = re.findall(
        r"^ {4}(data/\S+: (?:error|warning) E\d{3} .+)$",
        (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8"),
        re.MULTILINE,
    )
    assert lines
    known = (ROOT / "docs/problems.md").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if line not in known] == []


def test_every_how_to_is_listed() -> None:
    """The list of how-tos names every page in its folder."""
    listed = {target for _, _, target in links(ROOT / "docs/how-to/README.md")}
    assert {path.name for path in (ROOT / "docs/how-to").glob("*.md")} - {"README.md"} <= listed


def test_decisions_are_numbered_without_gaps() -> None:
    """Decisions are numbered 0001, 0002 and so on, and the list names each with its title."""
    files = sorted((ROOT / "docs/decisions").glob("[0-9]*.md"))
    assert [path.name[:5] for path in files] == [f"{number:04}-" for number in range(1, len(files) + 1)]
    rows = re.findall(
        r"^\| \[(\d{4})\]\((.+)\) \| (.+) \|$",
        (ROOT / "docs/decisions/README.md").read_text(encoding="utf-8"),
        re.MULTILINE,
    )
    titles = [path.read_text(encoding="utf-8").partition("\n")[0] for path in files]
    assert [(name, f"# {number}: {title}") for number, name, title in rows] == [
        (path.name, title) for path, title in zip(files, titles, strict=True)
    ]


@pytest.mark.parametrize("path", sorted((ROOT / "docs/decisions").glob("[0-9]*.md")), ids=lambda path: path.stem)
def test_a_decision_is_short(path: Path) -> None:
    """A decision has context, choice and consequences, in at most 300 words."""
    text = path.read_text(encoding="utf-8")
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == ["Context", "Choice", "Consequences"]
    assert len(text.split()) <= 300


def test_every_dependency_has_a_reason() -> None:
    """docs/developing.md names each package that pyproject.toml asks for, and no other."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"], *(one for extra in project["optional-dependencies"].values() for one in extra)]
    section = (ROOT / "docs/developing.md").read_text(encoding="utf-8").partition("## Dependencies\n")[2]
    rows = re.findall(r"^\| ([a-z0-9, -]+) \| ", section.partition("\n## ")[0], re.MULTILINE)
    named = {name for row in rows if "---" not in row for name in row.split(", ")}
    assert named == {re.match(r"[\w-]+", one)[0] for one in wanted}


def paths_named(text: str) -> list[str]:
    """Return the paths in backticks: with a folder or an ending, without a placeholder, and no address of the site."""
    named = re.findall(r"`([\w.][\w./-]*)`", text)
    return [path for path in named if re.search(r"/|\.(?:py|j2|md|yml|yaml|csv|txt|css|js|toml|html)$", path)]


@pytest.mark.parametrize("name", ["architecture", "security"])
def test_paths_in_a_document_exist(name: str) -> None:
    """Every path that a document about the code names exists, from the root or in one of the folders it describes."""
    named = paths_named((ROOT / f"docs/{name}.md").read_text(encoding="utf-8"))
    assert len(named) > 30
    inside = (".", "generator", "generator/views", "generator/diagnostics", "data", "content")
    assert [path for path in named if not any((ROOT / folder / path).exists() for folder in inside)] == []


def test_one_record_can_be_followed_in_twelve_files() -> None:
    """The path from a record's file to its page takes at most twelve existing files, the first of them a record."""
    text = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
    section = text.partition("## Follow one record\n")[2].partition("\n## ")[0]
    steps = re.findall(r"^\d+\. `([^`]+)` \S.*\.$", section, re.MULTILINE)
    assert len(steps) == len(re.findall(r"^\d+\. ", section, re.MULTILINE))
    assert 5 < len(steps) <= 12
    assert steps[0] == "data/offers/<id>.yaml"
    assert list((PROJECT / "data/offers").glob("*.yaml"))
    assert [step for step in steps[1:] if not (ROOT / step).is_file()] == []


def test_every_workflow_is_explained() -> None:
    """The page on setting up the repository says of each workflow when it runs and what it may do."""
    text = (ROOT / "docs/how-to/set-up-the-repository.md").read_text(encoding="utf-8")
    for path in (ROOT / ".github/workflows").glob("*.yml"):
        name = re.search(r"^name: (.*)$", path.read_text(encoding="utf-8"), re.MULTILINE)[1]
        assert f"\n| {name} | " in text, name


def test_owners_of_code_are_of_files_that_exist() -> None:
    """Every line of CODEOWNERS matches a file; otherwise nobody is asked for a review."""
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for line in (ROOT / ".github/CODEOWNERS").read_text(encoding="utf-8").splitlines():
        if line.startswith("/"):
            assert f"\n{line.split()[0][1:]}" in f"\n{tracked}", line
