"""Run the JavaScript tests of browser modules that do not touch the page, one file of tests/js/ at a time.

They run in the Node that comes with the locked test tools, so no machine needs its own.
"""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from playwright._impl._driver import compute_driver_executable

from tests.conftest import ROOT

FILES = sorted(Path(__file__).with_name("js").glob("*.test.js"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name.removesuffix(".test.js"))
def test_javascript(path: Path) -> None:
    """All tests in the file pass, and there is at least one."""
    node = compute_driver_executable()[0]
    command = [node, "--test", "--test-reporter=tap", path]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "\n# pass 0\n" not in done.stdout


def test_there_are_javascript_tests() -> None:
    """The list of JavaScript test files is not empty."""
    assert len(FILES) >= 2
