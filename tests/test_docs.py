"""The documents: every command is in them, every link leads somewhere, every picture is used and described."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from generator import cli
from tests.conftest import ROOT

DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / ".github").glob("*.md")])
LINK = re.compile(r"(!?)\[([^\]]*)\]\(([^)\s]+)\)")
FENCED = re.compile(r"^```.*?^```|^(?: {4,}|\t).*?$", re.DOTALL | re.MULTILINE)


def links(path: Path) -> list[tuple[bool, str, str]]:
    """Give (is a picture, words, target) for each link to a file of the project."""
    text = re.sub(r"`[^`\n]*`", "", FENCED.sub("", path.read_text(encoding="utf-8")))
    found = [(bool(mark), words, target) for mark, words, target in LINK.findall(text)]
    return [one for one in found if not re.match(r"[a-z]+:|/", one[2])]


def anchors(path: Path) -> set[str]:
    """Give the anchors that the code host makes of a document's headings."""
    headings = re.findall(r"^#+ (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.casefold()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_of_a_document_lead_somewhere(path: Path) -> None:
    """A relative link leads to a file, and to a heading of it where it names one; a picture says what it shows."""
    for is_picture, words, target in links(path):
        file, _, anchor = target.partition("#")
        there = (path.parent / file).resolve() if file else path
        assert there.exists(), f"{path.name}: {target}"
        assert there.is_relative_to(ROOT)
        assert not anchor or anchor in anchors(there), f"{path.name}: {target}"
        assert not is_picture or len(words) > 10, f"{path.name}: {target}"


def test_every_picture_is_used_and_small() -> None:
    """No picture lies about, and none is heavy."""
    used = {(path.parent / target).resolve() for path in DOCUMENTS for _, _, target in links(path)}
    for picture in (ROOT / "docs/images").iterdir():
        assert picture in used, picture.name
        assert picture.stat().st_size < 150_000, picture.name


def test_every_command_is_documented() -> None:
    """Each command of the command line stands in docs/developing.md, with every option that it takes."""
    text = (ROOT / "docs/developing.md").read_text(encoding="utf-8")
    (commands,) = [a for a in cli._parser()._actions if a.choices and a.dest != "help"]
    for name, parser in commands.choices.items():
        lines = [line for line in text.splitlines() if line.startswith(f"| `eportal {name}")]
        assert lines, name
        options = {o for a in parser._actions for o in a.option_strings if o.startswith("--")} - {"--help", "--today"}
        said = " ".join(lines)
        short = {a.option_strings[-1]: a.option_strings[0] for a in parser._actions if len(a.option_strings) > 1}
        assert not [o for o in options if o not in said and f"{short.get(o, o)} " not in said], name


def test_every_how_to_is_listed() -> None:
    """The list of how-tos names every page of its folder."""
    listed = {target for _, _, target in links(ROOT / "docs/how-to/README.md")}
    assert {path.name for path in (ROOT / "docs/how-to").glob("*.md")} - {"README.md"} <= listed


def test_every_workflow_is_explained() -> None:
    """The page on setting up the repository says of each workflow when it runs and what it may do."""
    text = (ROOT / "docs/how-to/set-up-the-repository.md").read_text(encoding="utf-8")
    for path in (ROOT / ".github/workflows").glob("*.yml"):
        name = re.search(r"^name: (.*)$", path.read_text(encoding="utf-8"), re.MULTILINE)[1]
        assert f"\n| {name} | " in text, name


def test_owners_of_code_are_of_files_that_exist() -> None:
    """A line of CODEOWNERS that matches nothing asks nobody."""
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for line in (ROOT / ".github/CODEOWNERS").read_text(encoding="utf-8").splitlines():
        if line.startswith("/"):
            assert f"\n{line.split()[0][1:]}" in f"\n{tracked}", line
