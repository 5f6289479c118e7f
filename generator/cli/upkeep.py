"""Commands that find what has gone out of date: freshness, links."""

from __future__ import annotations

from pathlib import Path

import click

from generator import pipeline
from generator.cli import session
from generator.cli.options import DRAWN, PATH, command, format_option, today_option
from generator.link_check import external_links
from generator.link_check.fetch import Manners
from generator.pr_report import freshness as due_dates


@command("freshness", "eportal freshness", "eportal freshness --format json", "eportal freshness --issues due")
@today_option
@format_option(("markdown", "json"), "Markdown for people, JSON for programs.", drawn_on_terminal=True)
@click.option(
    "--issues", metavar="DIR", type=PATH, help="Write a file per owner (title, then text) to this folder instead."
)
def freshness(today: str | None, format_: str, issues: Path | None) -> int:
    """List the facts that data owners should reconfirm."""
    site = session.site(today)
    due = due_dates.reminders(site.catalog, site.today)
    repository = str(site.catalog.region.values.get("repository") or "")
    if issues:
        due_dates.write_issues(issues, due_dates.by_owner(due, repository))
    elif format_ == DRAWN:
        rows = ((one.owner, one.name or one.record or one.dataset, one.why, str(one.origin)) for one in due)
        session.draw_table(("Owner", "Record", "Why", "Where"), rows)
    elif format_ == "json":
        click.echo(due_dates.reminders_as_json(due))
    else:
        click.echo(due_dates.reminders_as_markdown(due, repository))
    return 0


@command("links", "eportal links", "eportal links --format markdown")
@today_option
@format_option(
    external_links.FORMATS, "Text for people, JSON for programs, Markdown for an issue.", drawn_on_terminal=True
)
def links(today: str | None, format_: str) -> int:
    """Check whether every link to another site still works.

    Exits with 0 even if links are broken, because the sites belong to others.
    """
    project = session.project()
    catalog = pipeline.build_site(project, session.day(today, session.package())).catalog
    found = external_links.check_links(external_links.external_addresses(catalog, project.content), Manners())
    if format_ == DRAWN:
        session.draw_table(("Result", "Address", "Reason", "Where"), external_links.link_rows(found))
        click.echo(external_links.summary(found))
    else:
        click.echo(external_links.FORMATS[format_](found))
    return 0
