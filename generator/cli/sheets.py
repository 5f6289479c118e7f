"""Commands for spreadsheets: template, import."""

from __future__ import annotations

from pathlib import Path

import click

from generator import load
from generator.cli import session
from generator.cli.options import PATH, command, dataset_argument, output_option, today_option
from generator.cli.session import RefusedError
from generator.diff import change_report
from generator.spreadsheets import import_plan, sheet


@command("template", "eportal template employers", "eportal template employers --with-records -o partners.xlsx")
@dataset_argument
@output_option("The file to write (default: DATASET.xlsx).")
@click.option("--with-records", is_flag=True, help="Fill in the existing records.")
def template(dataset: str, output: Path | None, *, with_records: bool) -> int:
    """Write a spreadsheet for a dataset, with drop-down lists and notes."""
    from generator.spreadsheets import template as sheets  # openpyxl takes long to import

    package = session.package()
    try:
        resource = import_plan.resource_of(package, dataset)
    except import_plan.RefusedError as error:
        raise RefusedError(str(error)) from error
    tables, _ = load.load(package)
    rows = tables[resource.name].rows if with_records else ()
    path = output or Path(f"{resource.name}.xlsx")
    sheets.write_workbook(sheets.dataset_workbook(package, tables, resource, rows), path)
    session.note(f"{path}: {len(resource.schema.fields)} columns, {len(rows)} records")
    return 0


@command("import", "eportal import employers employers.xlsx", "eportal import employers employers.xlsx --apply")
@dataset_argument
@click.argument(
    "file", metavar="FILE", type=PATH, help="An .xlsx workbook, or values separated by commas, semicolons or tabs."
)
@today_option
@click.option("--apply", is_flag=True, help="Write the changes (default: only show them).")
@click.option("--remove-missing", is_flag=True, help="Remove records that are not in the spreadsheet.")
def import_sheet(dataset: str, file: Path, today: str | None, *, apply: bool, remove_missing: bool) -> int:
    """Import a spreadsheet into a dataset.

    Shows what would change. Nothing is written without --apply, or if the spreadsheet has errors.
    """
    project, day = session.project(), session.day(today, session.package())
    try:
        planned = import_plan.plan_import(project, dataset, file, day, remove_missing=remove_missing)
    except (import_plan.RefusedError, sheet.UnreadableSheetError) as error:
        raise RefusedError(str(error)) from error
    for words in planned.notes:
        click.echo(f"note: {words}")
    for line in import_plan.problem_lines(planned):
        click.echo(line)
    if any(p.severity == "error" for _, p in planned.problems):
        raise RefusedError("nothing was written; correct the spreadsheet and import it again")
    session.show_markdown(change_report.changes_as_markdown(planned.changes))
    if planned.missing:
        click.echo(f"\n{import_plan.missing_words(dataset, planned.missing)}")
    if apply:
        import_plan.write_files(planned.files)
    session.note("\nWritten." if apply else "\nNothing was written. Add --apply to write it.")
    return 0
