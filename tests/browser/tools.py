"""What the tests run that is no Python: axe-core and the Nu HTML checker, installed from npm into .venv/node."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

#: Made by `make test` from package-lock.json beside this file.
MODULES = Path(sys.prefix) / "node" / "node_modules"
AXE = MODULES / "axe-core" / "axe.min.js"
NU = MODULES / "vnu-jar" / "build" / "dist" / "vnu.jar"
MISSING = "run `make test`, which installs it (npm is needed)"


class Message(NamedTuple):
    """What the checker says of a page."""

    page: str
    line: int
    words: str


def axe() -> str:
    """Give the source of axe-core."""
    if not AXE.exists():
        raise FileNotFoundError(f"{AXE}: {MISSING}")
    return AXE.read_text(encoding="utf-8")


def html_errors(folder: Path) -> list[Message]:
    """Give the errors of the Nu HTML checker over all HTML files of a folder."""
    java = shutil.which("java")
    if not java or not NU.exists():
        raise FileNotFoundError(f"{NU}: {MISSING}" if java else "java: the HTML checker needs Java 11 or newer")
    command = [java, "-Xss1m", "-jar", str(NU), "--format", "json", "--skip-non-html", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    found = json.loads(done.stderr)["messages"]
    return [
        Message(one["url"].partition(folder.name)[2], one.get("lastLine", 0), one["message"])
        for one in found
        if one["type"] == "error"
    ]
