"""Finding a browser: a named one comes first, then one installed on the machine."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.browser import chromium
from tests.conftest import ROOT


def executable(folder: Path, name: str) -> Path:
    """Create a file that looks like a program."""
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text("#!/bin/sh\n", encoding="utf-8")
    path.chmod(0o755)
    return path


def test_named_browser_goes_first(tmp_path: Path) -> None:
    """CHROMIUM takes precedence over any other browser."""
    executable(tmp_path, "chromium")
    assert chromium.find({"CHROMIUM": "/opt/mine", "PATH": str(tmp_path)}) == "/opt/mine"


@pytest.mark.parametrize("name", chromium.NAMES)
def test_browser_of_the_machine_is_found(tmp_path: Path, name: str) -> None:
    """Each of the usual names on PATH is found."""
    assert chromium.find({"PATH": str(tmp_path)}) == chromium._own()
    assert chromium.find({"PATH": f"{executable(tmp_path / 'bin', name).parent}"}) == str(tmp_path / "bin" / name)


def test_failed_installation_says_what_was_tried(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If no browser can be installed, the message lists what was tried and what to do."""
    monkeypatch.setattr(chromium, "find", lambda _: None)
    monkeypatch.setattr(sys, "executable", str(executable(tmp_path, "python")))
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    with pytest.raises(chromium.NoBrowserError, match=r"CHROMIUM=/path(.|\n)*playwright install chromium"):
        chromium.install({})


def test_install_is_quiet_where_there_is_a_browser() -> None:
    """With a browser present, installing prints nothing, because `make test` runs it every time."""
    command = [sys.executable, "-m", "tests.browser.chromium", "--install"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
