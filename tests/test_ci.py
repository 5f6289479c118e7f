"""What must pass before a change lands: `.ci/run` finds or installs its tools, then lints, builds and tests."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.conftest import ROOT

#: What every machine has, and the script needs.
PLAIN = ("bash", "dirname")
TOOLS = ("python3", "git", "make", "npm", "chromium", "java")


class Machine:
    """A machine on which commands are what a test says; they write down how they were called."""

    def __init__(self, folder: Path, user: int, *commands: str) -> None:
        """Put commands on the path."""
        self.folder, self.log = folder, folder / "log"
        self.log.write_text("", encoding="utf-8")
        for name in PLAIN:
            (folder / name).symlink_to(str(shutil.which(name)))
        self.command("id", f"echo {user}")
        for name in commands:
            self.command(name, f'echo "{name} $*" >> {self.log}')

    def command(self, name: str, does: str) -> None:
        """Add a command."""
        path = self.folder / name
        path.write_text(f"#!/bin/bash\n{does}\n", encoding="utf-8")
        path.chmod(0o755)

    def run(self) -> subprocess.CompletedProcess[str]:
        """Run the script with nothing else on the path."""
        return subprocess.run(
            [ROOT / ".ci" / "run"], env={"PATH": str(self.folder)}, capture_output=True, text=True, check=False
        )

    def called(self, *names: str) -> list[str]:
        """Return the calls of some commands, in order."""
        return [line for line in self.log.read_text(encoding="utf-8").splitlines() if line.split()[0] in names]


IN_ORDER = ["make lint", "make site", "make test"]


def test_with_all_tools_it_lints_builds_and_tests(tmp_path: Path) -> None:
    """Nothing is installed where nothing is missing."""
    machine = Machine(tmp_path, 0, *TOOLS, "apt-get")
    assert machine.run().returncode == 0
    assert machine.called("make", "apt-get") == IN_ORDER


def test_root_gets_what_is_missing(tmp_path: Path) -> None:
    """A bare Debian machine gets all of it, first what it cannot do without."""
    machine = Machine(tmp_path, 0, "make", "apt-get")
    assert machine.run().returncode == 0
    updated, needed, better, *made = machine.called("make", "apt-get")
    assert updated == "apt-get update -qq"
    assert needed.endswith("ca-certificates python3 python3-venv git npm")
    assert better.endswith("chromium fonts-liberation default-jre-headless")
    assert made == IN_ORDER


@pytest.mark.parametrize("user", [0, 1000])
def test_others_are_told_what_is_missing(tmp_path: Path, user: int) -> None:
    """Without apt-get or its rights the script names the packages and stops before it does anything."""
    machine = Machine(tmp_path, user, "python3", "make", *["apt-get"][: user // 1000])
    done = machine.run()
    assert done.returncode == 1
    assert "git npm. Install them" in done.stderr
    assert machine.called("make", "apt-get") == []


def test_a_browser_and_java_are_not_demanded(tmp_path: Path) -> None:
    """There are stand-ins for these two; the script says that it goes on without them."""
    machine = Machine(tmp_path, 1000, *TOOLS[:4])
    done = machine.run()
    assert done.returncode == 0
    assert "chromium fonts-liberation default-jre-headless" in done.stderr
    assert machine.called("make") == IN_ORDER


def test_an_old_python_is_not_enough(tmp_path: Path) -> None:
    """A Python without venv, or an older one, counts as missing."""
    machine = Machine(tmp_path, 1000, *TOOLS)
    machine.command("python3", "exit 1")
    done = machine.run()
    assert done.returncode == 1
    assert "python3 python3-venv. Install" in done.stderr
