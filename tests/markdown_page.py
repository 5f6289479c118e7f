"""Build the page of docs/markdown.md in a small project with the real theme and settings."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from ruamel.yaml import YAML

from tests.conftest import GOLDEN, ROOT, TODAY, edit, eportal

PAGE = ROOT / "docs" / "markdown.md"
ADDRESS = "markdown/"
OFFICE = "office: County Office\ncontact_email: careers@golden.example\n"


def build(project: Path) -> Path:
    """Build the small project including the page, and return the site's folder."""
    set_up(project)
    done = eportal("build", "--today", TODAY.isoformat(), cwd=project)
    assert done.returncode == 0, done.stdout + done.stderr
    return project / "site"


def set_up(project: Path) -> None:
    """Add the page, the real theme, and the real settings except the menu to the small project."""
    shutil.copytree(GOLDEN / "_base", project, dirs_exist_ok=True)
    shutil.copytree(ROOT / "overrides", project / "overrides")
    region = project / "data" / "region.yaml"
    region.write_text(f"{region.read_text(encoding='utf-8')}{OFFICE}", encoding="utf-8")
    yaml = YAML()
    settings = yaml.load(ROOT / "mkdocs.yml")
    del settings["nav"]
    yaml.dump(settings, project / "mkdocs.yml")
    page = project / "content" / "markdown.md"
    shutil.copyfile(PAGE, page)
    edit(page, "(../content/about/cte.md)", "(index.md)")
    shutil.copytree(ROOT / "docs" / "images", project / "content" / "images")


def mkdocs(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run plain MkDocs from a folder where our package is not on the path."""
    command = [sys.executable, "-m", "mkdocs", *arguments]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False, timeout=300)
