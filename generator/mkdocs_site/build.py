"""Run MkDocs so that a failed or interrupted build leaves the previous site as it was."""

from __future__ import annotations

import logging
import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from generator.load.text import shown_path
from generator.mkdocs_site.lock import locked
from generator.model import SetupError
from generator.pipeline import Project

OLD, NEW = "-old", "-new-"
#: A file with the folder's name, which proves that this build made the folder.
MARK = ".eportal-build"
#: Loggers of MkDocs that report success. Its --quiet would drop warnings before --strict counts them.
CHATTY = ("mkdocs.commands.build", "mkdocs.structure.nav")
#: Every build writes this file: a folder without it was not made by one.
MADE = "sitemap.xml"


def build(project: Project, site_dir: Path, environment: Mapping[str, str]) -> int:
    """Build into a new folder next to `site_dir`, then swap the two; return the exit code.

    Raises:
        SetupError: the folder holds something else, another build is writing it, or the new folder was tampered with.
    """
    target = (project.root / site_dir).resolve()
    _refuse_what_is_no_site(project, target)
    target.parent.mkdir(parents=True, exist_ok=True)
    for name in CHATTY:
        logging.getLogger(name).setLevel(logging.WARNING)
    with locked(target):
        _restore(target)
        return _build_and_swap(project, target, environment)


def _build_and_swap(project: Project, target: Path, environment: Mapping[str, str]) -> int:
    fresh = Path(tempfile.mkdtemp(prefix=f".{target.name}{NEW}", dir=target.parent))
    mark = fresh / MARK  # hidden, so that MkDocs leaves it alone when it empties the folder
    mark.write_text(fresh.name, encoding="utf-8")
    try:
        code = _mkdocs(project, ["build", "--strict", "--site-dir", str(fresh)], environment)
        if code == 0:
            if not _is_whole(fresh):
                raise SetupError(f"{shown_path(fresh)}: another program has changed this folder; build again")
            mark.unlink()
            fresh.chmod(0o755)
            _swap(fresh, target)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return code


def _is_whole(fresh: Path) -> bool:
    """Whether a new folder still has its own mark, and the last file that a build writes."""
    mark = fresh / MARK
    return mark.is_file() and mark.read_text(encoding="utf-8") == fresh.name and (fresh / MADE).is_file()


def _refuse_what_is_no_site(project: Project, target: Path) -> None:
    """Refuse to replace a folder that contains anything other than a built site.

    Raises:
        SetupError: the folder is the project, holds it, or was not made by a build.
    """
    holds_project = project.root.resolve().is_relative_to(target)
    is_foreign = target.exists() and (not target.is_dir() or (any(target.iterdir()) and not (target / MADE).exists()))
    if holds_project or is_foreign:
        raise SetupError(
            f"{shown_path(target)}: contains something other than a built site; choose a new folder for --site-dir"
        )


def _swap(fresh: Path, target: Path) -> None:
    """Replace the old folder with the new one by two renames; `_restore` repairs a swap interrupted between them."""
    old = _old(target)
    if target.exists():
        target.rename(old)
    fresh.rename(target)
    shutil.rmtree(old, ignore_errors=True)


def _restore(target: Path) -> None:
    """Restore the previous site if a run was interrupted between the two renames, and remove what the run left."""
    old = _old(target)
    if old.exists() and not target.exists():
        old.rename(target)
    shutil.rmtree(old, ignore_errors=True)
    for left in target.parent.glob(f".{target.name}{NEW}*"):
        shutil.rmtree(left, ignore_errors=True)


def _old(target: Path) -> Path:
    return target.with_name(f".{target.name}{OLD}")


def _mkdocs(project: Project, arguments: list[str], environment: Mapping[str, str]) -> int:
    """Call MkDocs' own command line; return its exit code, or ours if the pipeline stopped it."""
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
        if StoppedError.last_code is None:  # otherwise the log has said it already
            error.show()
        return StoppedError.last_code or error.exit_code
    return 0
