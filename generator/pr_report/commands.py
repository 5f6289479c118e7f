"""The commands for reviewers and data owners: summary, preview, freshness."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from generator import report
from generator.model import Site
from generator.pipeline import Project
from generator.pr_report import freshness, revisions, summary

DATA_ERRORS = 1
BASE_WORDS = "the revision that the change is to join, such as origin/main"


class Command(Protocol):
    """Adds a command to the command line; see `generator.cli`."""

    def __call__(self, name: str, run: object, text: str, example: str, *, day: bool = True) -> argparse.ArgumentParser:
        """Give the command's parser."""


def add(command: Command, site: Callable[..., Site], project: Callable[..., Project]) -> None:
    """Add the commands to the command line; `site` and `project` give what their options ask for."""

    def summarize(options: argparse.Namespace) -> int:
        found = site(options)
        changed = revisions.changed_paths(project(options).root, options.base)
        links = dict(link.split("=", 1) for link in options.link)
        text = summary.summary(found.problems, changed, _change_list(options), links)
        print(text)
        return DATA_ERRORS if found.errors else 0

    def preview_changes(options: argparse.Namespace) -> int:
        from generator.pr_report import preview  # with all that renders: other commands do without it

        found, here = site(options), project(options)
        if found.errors:
            print(report.as_text(found.errors), file=sys.stderr)
            return DATA_ERRORS
        changes = preview.compare(here, found, options.base)
        options.output.write_text(preview.as_html(changes, found, here.overrides), encoding="utf-8")
        print(f"{len(changes.pages)} pages written to {options.output}")
        return 0

    def remind(options: argparse.Namespace) -> int:
        found = site(options)
        due = freshness.reminders(found.catalog, found.today)
        repository = str(found.catalog.region.values.get("repository") or "")
        if options.issues:
            _write_issues(options.issues, freshness.by_owner(due, repository))
        else:
            as_text = options.format == "markdown"
            print(freshness.as_markdown(due, repository) if as_text else freshness.as_json(due))
        return 0

    one = command(
        "summary", summarize, "Sum up a change for its reviewers, in Markdown.", "eportal summary origin/main"
    )
    one.add_argument("base", metavar="BASE", help=BASE_WORDS)
    one.add_argument("--change-list", metavar="FILE", type=Path, help="Markdown to include, from `eportal diff`")
    one.add_argument(
        "--link", metavar="WORDS=ADDRESS", type=_link, default=[], action="append", help="what else there is"
    )

    example = "eportal preview origin/main -o preview.html"
    one = command("preview", preview_changes, "Write the pages that a change touches to one HTML file.", example)
    one.add_argument("base", metavar="BASE", help=BASE_WORDS)
    one.add_argument("-o", "--output", metavar="FILE", type=Path, required=True, help="the file to write")

    example = "eportal freshness --format json"
    one = command("freshness", remind, "List what data owners should reconfirm.", example)
    one.add_argument("--format", choices=("markdown", "json"), default="markdown", help="for people or programs")
    one.add_argument("--issues", metavar="DIR", type=Path, help="write a file for each owner: title, then text")


def _change_list(options: argparse.Namespace) -> str:
    return options.change_list.read_text(encoding="utf-8") if options.change_list else ""


def _link(text: str) -> str:
    words, _, address = text.partition("=")
    if not words or not address.startswith("https://"):
        raise argparse.ArgumentTypeError(f"'{text}' is not words=https://address")
    return text


def _write_issues(folder: Path, texts: dict[str, str]) -> None:
    """Write a file for each owner, its name a number: an owner's words come from data and never make a path."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, (owner, text) in enumerate(texts.items(), start=1):
        title = " ".join(f"Reconfirm: {owner}".split())
        (folder / f"{number:02}.md").write_text(f"{title}\n{text}", encoding="utf-8")
