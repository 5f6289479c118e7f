"""Commands that edit data files or describe them: new, fmt, describe."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from generator import formatter, load
from generator.cli import session
from generator.cli.options import PATH, command, dataset_argument, output_option
from generator.cli.session import DATA_ERRORS, RefusedError
from generator.formatter import Formatted
from generator.load.text import shown_path


@command("new", "eportal new pathways marine-biology")
@dataset_argument
@click.argument("record_id", metavar="ID", help="The new record's id: lowercase letters, digits and hyphens.")
def new(dataset: str, record_id: str) -> int:
    """Start a new record.

    Creates a file (or a line in one) with every field, ready to be filled in.
    """
    from generator import scaffold

    try:
        session.note(scaffold.new_record(session.package(), dataset, record_id))
    except scaffold.RefusedError as refused:
        raise RefusedError(str(refused)) from refused
    return 0


@command("fmt", "eportal fmt", "eportal fmt --check", "eportal fmt data/pathways")
@click.argument("files", metavar="[FILE]...", nargs=-1, type=PATH, help="Data files or folders (default: all).")
@click.option("--check", is_flag=True, help="Change nothing; list the files that are not formatted and exit with 1.")
def fmt(files: Sequence[Path], *, check: bool) -> int:
    """Format data files, keeping their comments.

    A file that cannot be read is left as it is, and its problems are printed.
    """
    package = session.package()
    try:
        chosen = list(formatter.data_files(package, files))
    except formatter.NoDataFileError as error:
        raise RefusedError(str(error)) from error
    results = [_format(formatter.formatted(path, resource), check=check) for path, resource in chosen]
    return DATA_ERRORS if False in results else 0


def _format(found: Formatted, *, check: bool) -> bool:
    """Write or report one file; return whether it needed nothing."""
    path = shown_path(found.path)
    if found.text is None:
        click.echo(session.problem_lines(found.problems))
        click.echo(f"{path}: left as it is because it cannot be read", err=True)
        return False
    if found.changed and check:
        click.echo(f"{path}:{found.first_line}: not formatted; run: eportal fmt {path}")
        return False
    if found.changed:
        found.path.write_bytes(found.text.encode())
        session.note(f"{path}: formatted")
    return True


@command(
    "describe", "eportal describe --output docs/data-dictionary.md", "eportal describe --json-schemas data/schemas/json"
)
@output_option("Write the data dictionary to this file instead of printing it.")
@click.option("--json-schemas", metavar="DIR", type=PATH, help="Write JSON Schemas for editors to this folder instead.")
@click.option("--issue-forms", metavar="DIR", type=PATH, help="Write GitHub's issue forms to this folder instead.")
def describe(output: Path | None, json_schemas: Path | None, issue_forms: Path | None) -> int:
    """Write the data dictionary, JSON Schemas or issue forms.

    All three are generated from data/schemas/. Without options, prints the data dictionary.
    """
    from generator import describe as dictionary
    from generator import editor_schemas
    from generator.issue_intake import issue_forms as forms

    package = session.package()
    if issue_forms:
        session.note("\n".join(map(str, forms.write_issue_forms(package, load.load(package)[0], issue_forms))))
    elif json_schemas:
        session.note(
            f"{editor_schemas.write_editor_schemas(package, json_schemas)} JSON Schemas written to {json_schemas}"
        )
    elif output:
        output.write_text(dictionary.data_dictionary(package), encoding="utf-8")
    else:
        session.show_markdown(dictionary.data_dictionary(package))
    return 0
