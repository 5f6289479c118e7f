"""Tools of the tests that are not Python: axe-core and HTML checkers, installed from npm into .venv/node."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

#: Installed by `make test` from the package-lock.json next to this file.
MODULES = Path(sys.prefix) / "node" / "node_modules"
AXE = MODULES / "axe-core" / "axe.min.js"
NU = MODULES / "vnu-jar" / "build" / "dist" / "vnu.jar"
#: Replaces the Nu HTML checker if there is no Java; it checks all rules of the HTML standard.
VALIDATE = MODULES / "html-validate" / "bin" / "html-validate.mjs"
RULES = Path(__file__).with_name("html-validate.json")
MISSING = "run `make test`, which installs it (npm is needed)"


class Message(NamedTuple):
    """A finding of the checker."""

    page: str
    line: int
    words: str


def axe() -> str:
    """Return the source of axe-core."""
    if not AXE.exists():
        raise FileNotFoundError(f"{AXE}: {MISSING}")
    return AXE.read_text(encoding="utf-8")


def html_errors(folder: Path) -> list[Message]:
    """Return the errors in a folder's HTML files, from the Nu HTML checker or, without Java, html-validate."""
    java = shutil.which("java")
    return nu_errors(java, folder) if java else standard_errors(folder)


def nu_errors(java: str, folder: Path) -> list[Message]:
    """Return the errors found by the Nu HTML checker."""
    if not NU.exists():
        raise FileNotFoundError(f"{NU}: {MISSING}")
    command = [java, "-Xss1m", "-jar", str(NU), "--format", "json", "--skip-non-html", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    found = json.loads(done.stderr)["messages"]
    return [
        Message(one["url"].partition(folder.name)[2], one.get("lastLine", 0), one["message"])
        for one in found
        if one["type"] == "error"
    ]


def standard_errors(folder: Path) -> list[Message]:
    """Return the errors found by html-validate with all of its rules for the standard."""
    node = shutil.which("node")
    if not node or not VALIDATE.exists():
        raise FileNotFoundError(f"{VALIDATE}: {MISSING}")
    command = [node, str(VALIDATE), "--config", str(RULES), "--formatter", "json", "--ext", "html", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return [
        Message(page["filePath"].partition(folder.name)[2], one["line"], one["message"])
        for page in json.loads(done.stdout)
        for one in page["messages"]
    ]
