"""The commands of intake: an issue in, the forms out."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from generator import load, pipeline
from generator.diagnostics import did_you_mean
from generator.issue_intake import issue_forms, reply, store
from generator.issue_intake.body import LONGEST
from generator.issue_intake.desk import Desk
from generator.issue_intake.forms import read_forms
from generator.model import Package
from generator.pipeline import Project

DATA_ERRORS = 1


def add(
    command: Callable[..., argparse.ArgumentParser],
    project: Callable[..., Project],
    environment: Callable[[], dict[str, str]],
) -> None:
    """Add the command to the command line; `project` says where things are, `environment` what may set the day."""

    def intake(options: argparse.Namespace) -> int:
        package = load.read_package(project(options).data)
        return take_in(Desk.open(package, pipeline.today(options.today, environment(), package.region)), options)

    example = "eportal intake issue.md --form join"
    one = command("intake", intake, "Turn the text of an issue made with a form into a draft record.", example)
    one.add_argument("file", metavar="FILE", type=Path, help="the text of the issue, as the code host keeps it")
    one.add_argument(
        "--form", metavar="NAME", default="", help="the form it was made with (default: told by its headings)"
    )
    one.add_argument("--apply", action="store_true", help="write the record, if nothing is wrong with it")


def take_in(desk: Desk, options: argparse.Namespace) -> int:
    """Print the answer to the submitter; with `--apply` write a record that has no errors."""
    text = options.file.read_bytes()[: 4 * LONGEST].decode("utf-8", errors="replace")
    form = desk.form(text, options.form)
    if form is None and options.form:
        names = [one.name for one in desk.forms]
        hint = did_you_mean(options.form, names) or f"the forms are: {', '.join(names)}"
        print(f"eportal: there is no form '{options.form}'; {hint}", file=sys.stderr)
        return DATA_ERRORS
    if form is None or not form.dataset:
        print(reply.REPORT if form else reply.UNKNOWN)
        return DATA_ERRORS
    taken = desk.take(text, form)
    whole, own = store.text_with(taken.path, taken.resource, taken.values) if taken.good else ("", "")
    print(reply.reply(taken, own), end="")
    if taken.good and options.apply:
        taken.path.parent.mkdir(exist_ok=True)
        taken.path.write_text(whole, encoding="utf-8")
        print(f"{load.shown_path(taken.path)}: written", file=sys.stderr)
    return 0 if taken.good else DATA_ERRORS


def write_forms(package: Package, folder: Path) -> list[Path]:
    """Write every form as the code host reads it; forms written before and gone from the list go too."""
    tables, _ = load.load(package)
    mailbox = str(package.region.values.get("contact_email", ""))
    folder.mkdir(parents=True, exist_ok=True)
    texts = {folder / f"{form.name}.yml": issue_forms.as_yaml(form, mailbox) for form in read_forms(package, tables)}
    for path in sorted(folder.glob("*.yml")):
        if path not in texts and path.read_text(encoding="utf-8").startswith(issue_forms.HEADER):
            path.unlink()
    for path, text in texts.items():
        path.write_text(text, encoding="utf-8")
    return [*texts]
