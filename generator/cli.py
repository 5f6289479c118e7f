"""The command line `eportal`: reads arguments, calls one function, prints, gives the exit code.

Exit codes: 0 all well (warnings allowed), 1 the data has errors, 2 the set-up is broken.
"""

from __future__ import annotations

import argparse
import gc
import os
import sys
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import NoReturn

from generator import load, pages, pipeline, report
from generator.model import SetupError, Site, UnknownRevisionError
from generator.progress import Progress

DATA_ERRORS, BROKEN_SETUP = 1, 2
LAST_PORT = 65_535
#: What the system says of a file that somebody named, in words of ours.
OF_THE_SYSTEM: Mapping[type[OSError], str] = {
    FileNotFoundError: "there is no such file or folder",
    IsADirectoryError: "is a folder; name a file",
    NotADirectoryError: "is a file; name a folder",
    FileExistsError: "is a file; name a folder",
    PermissionError: "give yourself the right to read and write it",
}

#: Looking for garbage among all records as often as Python would takes longer than a build.
CALM_GC = (200_000, 50, 100)


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command line and leave with its exit code."""
    gc.disable()  # what a run makes lives until its end: looking for garbage takes a tenth of the time, and finds none
    code = run(sys.argv[1:] if arguments is None else arguments)
    gc.freeze()  # else Python looks once more before it ends
    sys.exit(code)


def run(arguments: Sequence[str]) -> int:
    """Run one command; give its exit code."""
    options = _parser(arguments).parse_args(arguments)
    try:
        code: int = options.run(options)
        sys.stdout.flush()
    except UnknownRevisionError as error:
        print(f"eportal: {error}", file=sys.stderr)
        return BROKEN_SETUP
    except SetupError as error:
        print(f"eportal: the set-up is broken: {error}", file=sys.stderr)
        return BROKEN_SETUP
    except BrokenPipeError:  # `eportal check | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:  # the disk is full, a folder may not be written: the core reports what it cannot read
        words = OF_THE_SYSTEM.get(type(error), error.strerror)
        print(f"eportal: {error.filename or 'system'}: {words}", file=sys.stderr)
        return BROKEN_SETUP
    return code


def check(options: argparse.Namespace) -> int:
    """Print all problems at once."""
    site = _site(options, release=options.release)
    problems = site.problems
    if options.changed_from:
        from generator.pr_report import revisions
        from generator.pr_report.summary import changed_first

        problems = changed_first(problems, revisions.changed_paths(Path.cwd(), options.changed_from))
    text = report.FORMATS[options.format](problems)
    if text:
        print(text)
    if options.format == "text":
        print(report.summary(site.problems))
    return DATA_ERRORS if site.errors else 0


def build(options: argparse.Namespace) -> int:
    """Check, then build the site with MkDocs into a new folder that takes the place of the old one."""
    from generator.mkdocs_site import build as site_build

    return site_build.build(_project(options), options.site_dir, _environment(options))


def serve(options: argparse.Namespace) -> int:
    """Preview the site; it follows changes of data and content."""
    from generator.mkdocs_site import preview

    gc.enable()  # it builds as often as something is saved, and former sites are garbage
    gc.set_threshold(*CALM_GC)
    return preview.serve(_project(options), options.address, _environment(options), _say)


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def export_pages(options: argparse.Namespace) -> int:
    """Write all pages as plain Markdown files."""
    from generator import export

    project = _project(options)
    site = _site(options)
    if site.errors:
        print(report.as_text(site.problems), report.summary(site.problems), sep="\n", file=sys.stderr)
        return DATA_ERRORS
    count = export.export(site, project, options.folder)
    print(f"{count} pages written to {options.folder}")
    return 0


def new(options: argparse.Namespace) -> int:
    """Begin a record."""
    from generator import scaffold

    package = load.read_package(_project(options).data)
    try:
        print(scaffold.new_record(package, options.dataset, options.id))
    except scaffold.RefusedError as refused:
        print(f"eportal: {refused}", file=sys.stderr)
        return DATA_ERRORS
    return 0


def describe_data(options: argparse.Namespace) -> int:
    """Print the data dictionary, or write what else is made from the schemas."""
    from generator import describe, editor_schemas
    from generator.issue_intake import commands as intake

    package = load.read_package(_project(options).data)
    if options.issue_forms:
        print(*intake.write_forms(package, options.issue_forms), sep="\n")
        return 0
    if options.json_schemas:
        print(f"{editor_schemas.write(package, options.json_schemas)} JSON Schemas written to {options.json_schemas}")
        return 0
    text = describe.dictionary(package)
    if options.output:
        options.output.write_text(text, encoding="utf-8")
    else:
        print(text, end="")
    return 0


def list_addresses(options: argparse.Namespace) -> int:
    """Print every address of the site, or write them to the manifest."""
    site = _site(options)
    if site.errors:
        print(report.as_text(site.errors), file=sys.stderr)
        return DATA_ERRORS
    found = pages.addresses(site.pages, site.redirects)
    if options.write:
        manifest = _project(options).data / "addresses.txt"
        manifest.write_text("".join(f"{address}\n" for address in found), encoding="utf-8")
    else:
        print("\n".join(found))
    return 0


def _site(options: argparse.Namespace, *, release: bool = False) -> Site:
    project = _project(options)
    package = load.read_package(project.data)
    day, tell = pipeline.today(options.today, os.environ, package.region), Progress(sys.stderr, os.environ)
    try:
        return pipeline.build_site(project, day, package=package, release=release, tell=tell)
    finally:
        tell.clear()


def _project(options: argparse.Namespace) -> pipeline.Project:
    root = Path.cwd()
    data = getattr(options, "data", None)
    if not (data or root / "data").is_dir():
        raise SetupError(f"{data or 'data'}: there is no such folder; run eportal in the project's own folder")
    return pipeline.Project(root, data)


def _environment(options: argparse.Namespace) -> dict[str, str]:
    environment = {"NO_MKDOCS_2_WARNING": "1"}
    return environment | ({"EPORTAL_TODAY": options.today} if options.today else {})


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise argparse.ArgumentTypeError(f"'{text}' is not a date; write it like 2027-02-14") from None


def _address(text: str) -> str:
    host, _, port = text.rpartition(":")
    if not host or not port.isdecimal() or int(port) > LAST_PORT:
        raise argparse.ArgumentTypeError(f"'{text}' is not a host and a port; write it like 127.0.0.1:8001")
    return text


def _parser(arguments: Sequence[str] = ()) -> argparse.ArgumentParser:
    """Make the parser; modules of the further commands are read only where one of them may be meant."""
    parser = argparse.ArgumentParser(
        prog="eportal", description="Check the data of a career ePortal and build its site."
    )
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")

    def command(name: str, run: object, text: str, example: str, *, day: bool = True) -> argparse.ArgumentParser:
        made = commands.add_parser(
            name,
            help=text,
            description=text,
            epilog=f"example:\n  {example}",
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        made.set_defaults(run=run)
        if day:
            words = "build for this day, such as 2027-02-14 (default: EPORTAL_TODAY, else today in the region)"
            made.add_argument("--today", metavar="DATE", type=_day, help=words)
        return made

    one = command("check", check, "Report every problem of the data.", "eportal check --format github")
    one.add_argument("--data", metavar="DIR", type=Path, help="the data folder (default: data)")
    one.add_argument("--format", choices=report.FORMATS, default="text", help="for people, programs or the code host")
    one.add_argument("--changed-from", metavar="BASE", help="first the problems of files changed since this revision")
    one.add_argument("--release", action="store_true", help="also fail on sample records and placeholders")

    one = command("build", build, "Check the data and build the site.", "eportal build --site-dir site")
    one.add_argument("--site-dir", metavar="DIR", type=Path, default=Path("site"), help="where to (default: site)")

    one = command("serve", serve, "Preview the site while you work.", "eportal serve --address 127.0.0.1:8001")
    one.add_argument(
        "--address", type=_address, default="127.0.0.1:8000", help="host and port (default: 127.0.0.1:8000)"
    )

    one = command("export", export_pages, "Write all pages as plain Markdown.", "eportal export ../plain")
    one.add_argument("folder", metavar="DIR", type=Path, help="a folder that is empty or does not exist yet")

    one = command("new", new, "Begin a record.", "eportal new pathways marine-biology", day=False)
    one.add_argument("dataset", help="a dataset of data/datapackage.yaml")
    one.add_argument("id", help="the new record's id: small letters, digits, hyphens")

    one = command(
        "describe",
        describe_data,
        "Print the data dictionary.",
        "eportal describe -o docs/data-dictionary.md",
        day=False,
    )
    one.add_argument("-o", "--output", metavar="FILE", type=Path, help="write to a file instead")
    words = "write JSON Schemas for editors into this folder instead"
    one.add_argument("--json-schemas", metavar="DIR", type=Path, help=words)
    words = "write the issue forms of the code host into this folder instead"
    one.add_argument("--issue-forms", metavar="DIR", type=Path, help=words)

    one = command("addresses", list_addresses, "List every address of the site.", "eportal addresses --write")
    one.add_argument("--write", action="store_true", help="write them to data/addresses.txt, the manifest")

    if not arguments or arguments[0] not in commands.choices:
        from generator import data_commands
        from generator.issue_intake import commands as intake
        from generator.pr_report import commands as review

        review.add(command, _site, _project)
        data_commands.add(command, _project)
        intake.add(command, _project, lambda: dict(os.environ))
    return parser
