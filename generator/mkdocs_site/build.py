"""Running MkDocs so that a failed or interrupted build leaves the former site as it was."""

from __future__ import annotations

import logging
import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from generator.load.text import shown_path
from generator.model import SetupError
from generator.pipeline import Project

OLD, NEW = "-old", "-new-"
#: Loggers of MkDocs that tell of what goes well. Its --quiet would drop warnings before --strict counts them.
CHATTY = ("mkdocs.commands.build", "mkdocs.structure.nav")
#: Every build writes this file: a folder without it was not made by one.
MADE = "sitemap.xml"


def build(project: Project, site_dir: Path, environment: Mapping[str, str]) -> int:
    """Build into a new folder beside `site_dir`, then swap the two; give the exit code."""
    target = (project.root / site_dir).resolve()
    _refuse_what_is_no_site(project, target)
    target.parent.mkdir(parents=True, exist_ok=True)
    _mend(target)
    for name in CHATTY:
        logging.getLogger(name).setLevel(logging.WARNING)
    fresh = Path(tempfile.mkdtemp(prefix=f".{target.name}{NEW}", dir=target.parent))
    try:
        arguments = ["build", "--strict", "--site-dir", str(fresh)]
        code = _mkdocs(project, arguments, environment)
        if code == 0:
            fresh.chmod(0o755)
            _swap(fresh, target)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return code


def _refuse_what_is_no_site(project: Project, target: Path) -> None:
    """Never replace a folder that holds something else than a former site.

    Raises:
        SetupError: the folder is the project, holds it, or was not made by a build.
    """
    holds_project = project.root.resolve().is_relative_to(target)
    is_foreign = target.exists() and (not target.is_dir() or (any(target.iterdir()) and not (target / MADE).exists()))
    if holds_project or is_foreign:
        raise SetupError(
            f"{shown_path(target)}: holds something else than a built site; name a new folder for --site-dir"
        )


def _swap(fresh: Path, target: Path) -> None:
    """Put the new folder in the place of the old one: two renames, mended by `_mend` if cut off between."""
    old = _old(target)
    if target.exists():
        target.rename(old)
    fresh.rename(target)
    shutil.rmtree(old, ignore_errors=True)


def _mend(target: Path) -> None:
    """Bring back the former site if a run was cut off between the two renames; remove what it left."""
    old = _old(target)
    if old.exists() and not target.exists():
        old.rename(target)
    shutil.rmtree(old, ignore_errors=True)
    for left in target.parent.glob(f".{target.name}{NEW}*"):
        shutil.rmtree(left, ignore_errors=True)


def _old(target: Path) -> Path:
    return target.with_name(f".{target.name}{OLD}")


def _mkdocs(project: Project, arguments: list[str], environment: Mapping[str, str]) -> int:
    """Call MkDocs' own command line; give its exit code, ours where the pipeline stopped it."""
    os.environ.update(environment)
    import click
    from mkdocs.__main__ import cli

    from generator.mkdocs_site.plugin import StoppedError

    StoppedError.last_code = None
    config = ["--config-file", str(project.root / "mkdocs.yml")]
    try:
        cli.main([*arguments, *config], prog_name="mkdocs", standalone_mode=False)
    except click.exceptions.Exit as left:
        return left.exit_code
    except click.ClickException as error:
        if StoppedError.last_code is None:  # else the log has said it all
            error.show()
        return StoppedError.last_code or error.exit_code
    return 0
