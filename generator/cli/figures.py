"""The command that renews figures from the publishers' own files: figures."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from generator.cli import session
from generator.cli.options import PATH, command, today_option
from generator.cli.session import RefusedError
from generator.diff import change_report
from generator.figures import publishers, releases, site_data
from generator.figures.figures_plan import FiguresPlan, plan_figures
from generator.figures.publisher_files import WrongFileError
from generator.spreadsheets import import_plan

APPLY, DUE = "apply", "due"


@command(
    "figures",
    "eportal figures",
    "eportal figures bls-oews oe.data.0.Current oe.occupation",
    "eportal figures onet db_30_3_text --apply",
    "eportal figures cde-schools CDESchoolDirectoryExport.xlsx --vintage 'April 2026'",
    "eportal figures --due",
)
@click.argument(
    "publisher",
    metavar="[SOURCE]",
    required=False,
    type=click.Choice([*publishers.PUBLISHERS]),
    help=f"Whose files: {', '.join(publishers.PUBLISHERS)}. Without it, lists what to download.",
)
@click.argument("files", metavar="[FILE]...", nargs=-1, type=PATH, help="The publisher's files, or their folder.")
@today_option
@click.option(
    "--vintage", metavar="TEXT", default="", help="The period or release, if the files don't say: 'May 2026'."
)
@click.option("--apply", "mode", flag_value=APPLY, help="Write the changes (default: only show them).")
@click.option("--due", "mode", flag_value=DUE, help="List the releases that should be out by now, in Markdown.")
def figures(publisher: str | None, files: Sequence[Path], today: str | None, vintage: str, mode: str | None) -> int:
    """Renew figures from the publishers' own files.

    Shows what would change for the region's codes in data/region.yaml. Nothing is written without --apply, or if the
    new data would have errors.
    """
    project, day = session.project(), session.day(today, session.package())
    if mode == DUE:
        for one in releases.due(site_data.read_site(session.package()), day):
            click.echo(_reminder(one))
    elif not publisher or not files:
        _list([publisher] if publisher else [*publishers.PUBLISHERS])
    else:
        try:
            planned = plan_figures(project, publishers.PUBLISHERS[publisher], files, day, vintage)
        except WrongFileError as error:
            raise RefusedError(str(error)) from error
        _show(planned, apply=mode == APPLY)
    return 0


def _show(planned: FiguresPlan, *, apply: bool) -> None:
    """Print notes, problems and changes; write the files if asked and if there are no errors."""
    for note in planned.notes:
        click.echo(f"note: {note}")
    for found in planned.problems:
        click.echo(str(found))
    if any(found.severity == "error" for found in planned.problems):
        raise RefusedError("nothing was written; correct what the new figures need and run the command again")
    session.show_markdown(change_report.changes_as_markdown(planned.changes))
    if apply:
        import_plan.write_files(planned.files)
    session.note(f"\nWritten. {_last_step(planned)}" if apply else "\nNothing was written. Add --apply to write it.")


def _last_step(planned: FiguresPlan) -> str:
    """Return what is left to do by hand."""
    return (
        f"Now set verified_on of {', '.join(planned.datasets)} in data/datapackage.yaml to the day you downloaded it."
    )


def _list(names: Sequence[str]) -> None:
    """Print what to download for each publisher, and which tables it fills."""
    for name in names:
        one = publishers.PUBLISHERS[name]
        click.echo(f"{name}: {one.title}\n  {one.address}\n  files: {one.files}\n  fills: {', '.join(one.tables)}")


def _reminder(one: releases.Due) -> str:
    """Return a task for the list of an issue."""
    return (
        f"- [ ] **{one.publisher.title}**: the site has {one.vintage} (`{one.source}`). The next release is usually "
        f"out by the end of {one.since:%B %Y}. Download it from {one.publisher.address}, then run "
        f"`eportal figures {one.name} FILE…` (docs/figures.md shows how)."
    )
