"""The commands with which staff keep the data up: reads arguments, calls one function, prints, gives the exit code."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from generator import formatter, load, pipeline, report
from generator.diff import revisions, wording
from generator.link_check import outgoing
from generator.link_check.fetch import Manners
from generator.load.text import shown_path
from generator.model import UnknownRevisionError
from generator.pipeline import Project
from generator.spreadsheets import importing, sheet

DATA_ERRORS = 1


class Command(Protocol):
    """Adds a command to the command line; see `generator.cli`."""

    def __call__(self, name: str, run: object, text: str, example: str, *, day: bool = True) -> argparse.ArgumentParser:
        """Give the command's parser."""


def add(command: Command, project: Callable[[argparse.Namespace], Project]) -> None:
    """Add the commands to the command line; `project` gives the one that they work on."""

    def on(run: Callable[[argparse.Namespace, Project], int]) -> Callable[[argparse.Namespace], int]:
        return lambda options: run(options, project(options))

    text = "Tell which records differ between two git revisions, field by field."
    one = command("diff", on(diff), text, "eportal diff origin/main --format markdown", day=False)
    one.add_argument("base", metavar="BASE", help="a commit, branch or tag to compare with")
    one.add_argument("head", metavar="HEAD", nargs="?", help="the other one (default: the files as they are now)")
    one.add_argument("--format", choices=wording.FORMATS, default="markdown", help="for people or for programs")

    text = "Ask every link to elsewhere whether it still answers; the exit code is 0 all the same."
    one = command("links", on(links), text, "eportal links --format markdown")
    one.add_argument("--format", choices=outgoing.FORMATS, default="text", help="for people, programs or an issue")
    one.set_defaults(manners=Manners())

    text = "Write a spreadsheet for a dataset, with drop-downs and notes."
    one = command("template", on(make_template), text, "eportal template employers --with-records", day=False)
    one.add_argument("dataset", metavar="DATASET", help="a dataset of data/datapackage.yaml")
    one.add_argument("-o", "--output", metavar="FILE", type=Path, help="the file to write (default: DATASET.xlsx)")
    one.add_argument("--with-records", action="store_true", help="with the records that there are")

    text = "Take a spreadsheet into a dataset; shows what would change, writes with --apply."
    one = command("import", on(import_sheet), text, "eportal import employers employers.xlsx --apply")
    one.add_argument("dataset", metavar="DATASET", help="a dataset of data/datapackage.yaml")
    one.add_argument(
        "file", metavar="FILE", type=Path, help="an .xlsx workbook, or text with commas, semicolons or tabs"
    )
    one.add_argument("--apply", action="store_true", help="write the changes (default: only show them)")
    one.add_argument("--remove-missing", action="store_true", help="remove records that are not in the spreadsheet")

    text = "Put data files into canonical form; comments stay."
    one = command("fmt", on(fmt), text, "eportal fmt --check", day=False)
    one.add_argument("files", metavar="FILE", nargs="*", type=Path, help="files or folders of data (default: all)")
    one.add_argument("--check", action="store_true", help="only tell which files are not in canonical form")


def diff(options: argparse.Namespace, project: Project) -> int:
    """Print which records differ between two revisions."""
    try:
        base = revisions.state_of(project, options.base)
        head = revisions.state_of(project, options.head) if options.head else revisions.working_state(project)
    except UnknownRevisionError as error:
        return _refused(str(error))
    print(wording.FORMATS[options.format](wording.report_of(base, head)))
    return 0


def fmt(options: argparse.Namespace, project: Project) -> int:
    """Put data files into canonical form, or tell which are not."""
    package = load.read_package(project.data)
    try:
        chosen = list(formatter.data_files(package, options.files))
    except formatter.NoDataFileError as error:
        return _refused(str(error))
    code = 0
    for path, resource in chosen:
        found = formatter.formatted(path, resource)
        if found.text is None:
            print(report.as_text(found.problems))
            print(f"{shown_path(path)}: left as it is, for it cannot be read", file=sys.stderr)
            code = DATA_ERRORS
        elif found.changed and options.check:
            print(f"{shown_path(path)}:{found.first_line}: not in canonical form; run: eportal fmt {shown_path(path)}")
            code = DATA_ERRORS
        elif found.changed:
            path.write_bytes(found.text.encode())
            print(f"{shown_path(path)}: put into canonical form")
    return code


def links(options: argparse.Namespace, project: Project) -> int:
    """Tell which links to elsewhere no longer answer; never a failure, for the sites are not ours."""
    today = pipeline.today(options.today, os.environ, load.read_package(project.data).region)
    catalog = pipeline.build_site(project, today).catalog
    found = outgoing.check(outgoing.addresses(catalog, project.content), options.manners)
    print(outgoing.FORMATS[options.format](found))
    return 0


def make_template(options: argparse.Namespace, project: Project) -> int:
    """Write a spreadsheet for a dataset."""
    from generator.spreadsheets import template  # openpyxl: only where it is needed

    package = load.read_package(project.data)
    try:
        resource = importing.resource_of(package, options.dataset)
    except importing.RefusedError as error:
        return _refused(str(error))
    tables, _ = load.load(package)
    rows = tables[resource.name].rows if options.with_records else ()
    path = options.output or Path(f"{resource.name}.xlsx")
    template.write(template.workbook(package, tables, resource, rows), path)
    print(f"{path}: {len(resource.schema.fields)} columns, {len(rows)} records")
    return 0


def import_sheet(options: argparse.Namespace, project: Project) -> int:
    """Show what a spreadsheet would change in a dataset; with --apply write it."""
    today = pipeline.today(options.today, os.environ, load.read_package(project.data).region)
    try:
        planned = importing.plan(project, options.dataset, options.file, today, remove_missing=options.remove_missing)
    except (importing.RefusedError, sheet.UnreadableSheetError) as error:
        return _refused(str(error))
    for line in planned.notes:
        print(f"note: {line}")
    for line in importing.lines(planned):
        print(line)
    if any(p.severity == "error" for _, p in planned.problems):
        return _refused("nothing was written; mend the spreadsheet and import it again")
    print(wording.as_markdown(planned.changes))
    if planned.missing:
        print(f"\n{importing.missing_words(options.dataset, planned.missing)}")
    if options.apply:
        importing.write(planned.files)
    print("\nWritten." if options.apply else "\nNothing is written yet; add --apply to write it.")
    return 0


def _refused(words: str) -> int:
    print(f"eportal: {words}", file=sys.stderr)
    return DATA_ERRORS
