"""Commands that build the site: check, build, serve, export, addresses."""

from __future__ import annotations

import gc
from pathlib import Path

import click

from generator import pages, report
from generator.cli import session
from generator.cli.options import PATH, HostAndPort, command, format_option, today_option
from generator.cli.session import DATA_ERRORS

#: How often Python looks for garbage while `serve` runs: with its own settings that would take longer than a build.
CALM_GC = (200_000, 50, 100)


@command("check", "eportal check", "eportal check --format github --changed-from origin/main")
@today_option
@click.option("--data", metavar="DIR", type=PATH, help="The data folder (default: data).")
@format_option(report.FORMATS, "Text for people, JSON for programs, annotations for GitHub.")
@click.option("--changed-from", metavar="BASE", help="First list the problems in files changed since this revision.")
@click.option("--release", is_flag=True, help="Also fail on sample records and placeholders.")
def check(today: str | None, data: Path | None, format_: str, changed_from: str | None, *, release: bool) -> int:
    """Report every problem in the data.

    Exits with 0 if there are no errors (warnings are allowed), 1 if there are, 2 if the setup is broken.
    """
    site = session.site(today, data, release=release)
    problems = site.problems
    if changed_from:
        from generator.pr_report import base_revision
        from generator.pr_report.summary import changed_first

        problems = changed_first(problems, base_revision.changed_paths(Path.cwd(), changed_from))
    text = session.problem_lines(problems) if format_ == "text" else report.FORMATS[format_](problems)
    if text:
        click.echo(text)
    if format_ == "text":
        session.note(report.summary(site.problems))
    return DATA_ERRORS if site.errors else 0


@command("build", "eportal build", "eportal build --site-dir public")
@today_option
@click.option(
    "--site-dir",
    metavar="DIR",
    type=PATH,
    default=Path("site"),
    help="The folder to build; it is replaced (default: site).",
)
def build(today: str | None, site_dir: Path) -> int:
    """Check the data and build the site.

    If the build fails, the previous site stays as it was.
    """
    from generator.mkdocs_site import build as site_build

    return site_build.build(session.project(), site_dir, session.environment(today))


@command("serve", "eportal serve", "eportal serve --address 127.0.0.1:8001")
@today_option
@click.option(
    "--address",
    metavar="HOST:PORT",
    type=HostAndPort(),
    default="127.0.0.1:8000",
    show_default=True,
    help="The address of the preview.",
)
def serve(today: str | None, address: str) -> int:
    """Preview the site while you work.

    The preview reloads when data, content or the theme changes.
    """
    from generator.mkdocs_site import preview

    gc.enable()  # it reloads whenever something is saved, and previous sites are garbage
    gc.set_threshold(*CALM_GC)
    return preview.serve(session.project(), address, session.environment(today), session.announce)


@command("export", "eportal export ../plain")
@click.argument("folder", metavar="DIR", type=PATH, help="An empty folder, or one that does not exist yet.")
@today_option
def export_pages(folder: Path, today: str | None) -> int:
    """Write all pages as plain Markdown."""
    from generator import export

    project, site = session.project(), session.site(today)
    session.refuse_errors(site)
    session.note(f"{export.export(site, project, folder)} pages written to {folder}")
    return 0


@command("addresses", "eportal addresses", "eportal addresses --write")
@today_option
@click.option("--write", is_flag=True, help="Write them to the manifest, data/addresses.txt, instead.")
def addresses(today: str | None, *, write: bool) -> int:
    """List every address of the site."""
    site = session.site(today)
    session.refuse_errors(site)
    text = "".join(f"{address}\n" for address in pages.addresses(site.pages, site.redirects))
    if write:
        (session.project().data / "addresses.txt").write_text(text, encoding="utf-8")
    else:
        click.echo(text, nl=False)
    return 0
