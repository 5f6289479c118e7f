"""Imports a spreadsheet into a dataset: reads, compares, tries it on a copy, checks that, and only then writes."""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import NamedTuple

from generator import load, pipeline
from generator.diagnostics import did_you_mean, shown
from generator.diff.change_report import ChangeReport, report_of
from generator.diff.revision_data import read_state
from generator.input_parsing import Names
from generator.load.text import shown_path
from generator.model import Origin, Package, Problem, Raw, Resource, Row
from generator.pipeline import Project
from generator.spreadsheets.rewrite import rewrite
from generator.spreadsheets.sheet import read_sheet
from generator.spreadsheets.sheet_records import SheetRecords, same, sheet_records
from generator.validate import record_id


class RefusedError(Exception):
    """A dataset that cannot be imported; the message says why and what to do."""


class ImportPlan(NamedTuple):
    """What an import would do: the new text of files, the changes, problems, notes, and records that are missing.

    `problems` are pairs of a cell and what is wrong there; if any is an error, nothing may be written.
    """

    files: Mapping[Path, str | None]
    changes: ChangeReport
    problems: tuple[tuple[str, Problem], ...] = ()
    notes: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


def resource_of(package: Package, dataset: str) -> Resource:
    """Return a dataset by its name.

    Raises:
        RefusedError: there is no such dataset.
    """
    resource = package.get(dataset)
    if resource is None:
        names = [r.name for r in package]
        hint = did_you_mean(dataset, names) or f"the datasets are: {', '.join(names)}"
        raise RefusedError(f"no dataset {shown(dataset)}: {hint}")
    return resource


def plan_import(project: Project, dataset: str, path: Path, today: date, *, remove_missing: bool = False) -> ImportPlan:
    """Work out what importing a spreadsheet would do, without writing anything.

    Raises:
        RefusedError: there is no such dataset, or its own files must be corrected first.
        UnreadableSheetError: the file is not a spreadsheet.
    """
    package = load.read_package(project.data)
    resource = resource_of(package, dataset)
    tables, _ = load.load(package)
    table = tables[dataset]
    if any(row.broken for row in table.rows) or (not table.whole and table.rows):
        raise RefusedError(f"the files of {dataset} cannot be read: correct what eportal check reports first")
    sheet = read_sheet(path, dataset)
    present = {record_id(resource, row): row for row in table.rows}
    found = sheet_records(sheet, resource, present, Names(package, tables))
    missing = tuple(id_ for id_ in present if id_ not in found.records) if found.columns else ()
    edits = dict(_edits(resource, found, present))
    if remove_missing:
        edits |= dict.fromkeys(missing)
    if any(p.severity == "error" for _, p in found.problems):
        return ImportPlan({}, ChangeReport([]), tuple(found.problems), tuple(found.notes))
    files = rewrite(project.data, resource, table, edits)
    changes, new = tried(project, files, today)
    problems = [(found.cell(p.record, p.field) if p.record in found.rows else str(p.origin), p) for p in new]
    notes = (*(f"{sheet.name}: {note}" for note in sheet.notes), *found.notes)
    return ImportPlan(files, changes, (*found.problems, *problems), notes, () if remove_missing else missing)


def _edits(
    resource: Resource, found: SheetRecords, present: Mapping[str, Row]
) -> Iterator[tuple[str, Mapping[str, Raw] | None]]:
    """Yield the fields that change, by record; a value that means the same stays as it is written."""
    for id_, values in found.records.items():
        row = present.get(id_)
        known = {field.name: field for field in resource.schema.fields}
        if row is None:
            yield id_, {name: raw for name, raw in values.items() if raw}
            continue
        changed = {
            name: raw
            for name, raw in values.items()
            if not same(known[name], row.values.get(name, ""), raw) and not (name == "id" and row.stem == raw)
        }
        if changed:
            yield id_, changed


def tried(project: Project, files: Mapping[Path, str | None], today: date) -> tuple[ChangeReport, list[Problem]]:
    """Write planned files to a copy of the data and check it; return the changes, and the problems that are new."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder).resolve() / "data"
        shutil.copytree(project.data, copy, symlinks=True)
        write_files({copy / path.relative_to(project.data): text for path, text in files.items()})
        after = pipeline.build_site(Project(project.root, copy), today).problems
        before = pipeline.build_site(project, today).problems if after else ()  # what was wrong before is not reported
        old = Counter(map(_said, before))
        new = [p for p in after if _is_new(_said(p), old)]
        changes = report_of(read_state(project.data), read_state(copy, root=f"{copy.parent}/"))
        place = f"{copy}/"
        data = shown_path(project.data)
    return changes, [_moved(p, place, data) for p in new]


def _said(p: Problem) -> tuple[str, ...]:
    """Return what a problem says, without its place: lines move when records are added or removed."""
    return p.code, p.dataset, p.record, p.field, p.value


def _is_new(said: tuple[str, ...], old: Counter[tuple[str, ...]]) -> bool:
    old[said] -= 1
    return old[said] < 0


def _moved(p: Problem, place: str, data: str) -> Problem:
    """Return a problem found in the copy as one of the data itself."""
    words = {name: getattr(p, name).replace(place, f"{data}/") for name in ("message", "hint")}
    path = p.origin.path.replace(place, f"{data}/")
    return replace(p, **words, origin=Origin(path, p.origin.line, p.origin.column))


def write_files(files: Mapping[Path, str | None]) -> None:
    """Write the planned files; None deletes one."""
    for path, text in files.items():
        if text is None:
            path.unlink(missing_ok=True)
        else:
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(text.encode())


def problem_lines(planned: ImportPlan) -> Iterator[str]:
    """Yield the problems as `eportal check` prints them, with cells as places."""
    for cell, p in planned.problems:
        yield str(p).replace(str(p.origin), cell, 1)


def missing_words(dataset: str, missing: Sequence[str]) -> str:
    """Return a sentence on the records that are not in the spreadsheet."""
    stay = "1 record" if len(missing) == 1 else f"{len(missing)} records"
    return f"Not in the spreadsheet: {stay} of {dataset}, left unchanged. Add --remove-missing to remove them."
