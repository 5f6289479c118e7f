"""The command for issues made with a form: intake."""

from __future__ import annotations

from pathlib import Path

import click

from generator import load
from generator.cli import session
from generator.cli.options import PATH, command, today_option
from generator.cli.session import DATA_ERRORS, RefusedError
from generator.diagnostics import did_you_mean
from generator.issue_intake import record_files, reply
from generator.issue_intake.draft import Intake
from generator.issue_intake.forms import Form
from generator.issue_intake.issue_text import LONGEST


@command("intake", "eportal intake issue.md", "eportal intake issue.md --form join --apply")
@click.argument("file", metavar="FILE", type=PATH, help="The text of the issue, as GitHub stores it.")
@today_option
@click.option(
    "--form", "name", metavar="NAME", default="", help="The form it was made with (default: by its headings)."
)
@click.option("--apply", is_flag=True, help="Write the record, unless it has errors.")
def intake(file: Path, today: str | None, name: str, *, apply: bool) -> int:
    """Turn an issue made with a form into a draft record.

    Prints the reply to the person who submitted it.
    """
    package = session.package()
    return take_in(Intake.open(package, session.day(today, package)), file, name, apply=apply)


def take_in(intake: Intake, file: Path, name: str = "", *, apply: bool = False) -> int:
    """Print the reply to the person who submitted an issue; with `apply`, write a record that has no errors."""
    text = file.read_bytes()[: 4 * LONGEST].decode("utf-8", errors="replace")
    form = _form(intake, text, name)
    if form is None or not form.dataset:
        click.echo(reply.REPORT if form else reply.UNKNOWN)
        return DATA_ERRORS
    draft = intake.draft(text, form)
    whole, own = record_files.text_with_record(draft.path, draft.resource, draft.values) if draft.good else ("", "")
    click.echo(reply.reply(draft, own), nl=False)
    if draft.good and apply:
        draft.path.parent.mkdir(exist_ok=True)
        draft.path.write_text(whole, encoding="utf-8")
        click.echo(f"{load.shown_path(draft.path)}: written", err=True)
    return 0 if draft.good else DATA_ERRORS


def _form(intake: Intake, text: str, name: str) -> Form | None:
    form = intake.form(text, name)
    if form is None and name:
        names = [one.name for one in intake.forms]
        hint = did_you_mean(name, names) or f"the forms are: {', '.join(names)}"
        raise RefusedError(f"there is no form '{name}'; {hint}")
    return form
