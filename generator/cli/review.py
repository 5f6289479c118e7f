"""Commands for reviewers of a change: diff, summary, preview."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from generator.cli import session
from generator.cli.options import DRAWN, PATH, Link, base_argument, command, format_option, output_option, today_option
from generator.cli.session import DATA_ERRORS, RefusedError
from generator.diff import change_report, revision_data
from generator.model import UnknownRevisionError
from generator.pr_report import base_revision


@command("diff", "eportal diff origin/main", "eportal diff v0.1.0 main --format json")
@base_argument
@click.argument(
    "head", metavar="[HEAD]", required=False, help="The other revision (default: the files as they are now)."
)
@format_option(change_report.FORMATS, "Markdown for people, JSON for programs.", drawn_on_terminal=True)
def diff(base: str, head: str | None, format_: str) -> int:
    """List the records that differ between two git revisions.

    Shows each changed field with its old and new value.
    """
    project = session.project()
    try:
        before = revision_data.state_of(project, base)
        after = revision_data.state_of(project, head) if head else revision_data.working_state(project)
    except UnknownRevisionError as error:
        raise RefusedError(str(error)) from error
    found = change_report.report_of(before, after)
    if format_ == DRAWN:
        session.draw_markdown(change_report.changes_as_markdown(found))
    else:
        click.echo(change_report.FORMATS[format_](found))
    return 0


@command("summary", "eportal summary origin/main", "eportal summary origin/main --change-list changes.md")
@base_argument
@today_option
@click.option("--change-list", metavar="FILE", type=PATH, help="Markdown to include, written by `eportal diff`.")
@click.option(
    "--link", "links", metavar="WORDS=ADDRESS", type=Link(), multiple=True, help="A link to add; can be repeated."
)
def summary(base: str, today: str | None, change_list: Path | None, links: Sequence[tuple[str, str]]) -> int:
    """Summarize a change for its reviewers, in Markdown.

    Exits with 1 if the data has errors.
    """
    from generator.pr_report import summary as pr_summary

    site = session.site(today)
    changed = base_revision.changed_paths(session.project().root, base)
    changes = change_list.read_text(encoding="utf-8") if change_list else ""
    click.echo(pr_summary.summary(site.problems, changed, changes, dict(links)))
    return DATA_ERRORS if site.errors else 0


@command("preview", "eportal preview origin/main -o preview.html")
@base_argument
@today_option
@output_option("The file to write.", required=True)
def preview(base: str, today: str | None, output: Path) -> int:
    """Write the pages that a change affects to one HTML file.

    The file opens in any browser, runs no scripts and loads nothing.
    """
    from generator.pr_report import preview as pr_preview  # renders, which other commands don't need

    project, site = session.project(), session.site(today)
    session.refuse_errors(site)
    changes = pr_preview.compare(project, site, base)
    output.write_text(pr_preview.as_html(changes, site, project.overrides), encoding="utf-8")
    session.note(f"{len(changes.pages)} pages written to {output}")
    return 0
