"""Works out what a publisher's files would change, tries it on a copy of the data, and checks that."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from generator import load
from generator.diff.change_report import ChangeReport
from generator.figures.publisher_files import WrongFileError
from generator.figures.publishers import Publisher
from generator.figures.readings import NewRows, Values
from generator.figures.site_data import SiteData, read_site
from generator.figures.source_records import renewed_sources
from generator.model import Problem, Raw, Resource, Row
from generator.pipeline import Project
from generator.spreadsheets.import_plan import tried
from generator.spreadsheets.rewrite import rewrite
from generator.spreadsheets.sheet_records import same
from generator.validate import record_id


class FiguresPlan(NamedTuple):
    """What the files would do: the datasets they fill, new text of data files, changes, problems, notes for staff."""

    datasets: tuple[str, ...]
    files: Mapping[Path, str | None]
    changes: ChangeReport
    problems: tuple[Problem, ...]
    notes: tuple[str, ...]


def plan_figures(
    project: Project, publisher: Publisher, files: Sequence[Path], today: date, vintage: str
) -> FiguresPlan:
    """Read a publisher's files and work out what they change, without writing anything.

    Args:
        project: where the data is.
        publisher: whose files they are.
        files: the files, or the folders that hold them.
        today: the day.
        vintage: the period or release, if the files don't say; else ''.

    Raises:
        WrongFileError: a file is not what it should be.
        SetupError: the region's codes are missing.
    """
    site = read_site(load.read_package(project.data))
    given = [path for one in files for path in (sorted(one.iterdir()) if one.is_dir() else [one])]
    reading = publisher.read(given, site, vintage)
    how_read = {
        "read_from": f"files from the publisher: {', '.join(sorted(path.name for path in files))}",
        "how_verified": f"read on {today} with eportal figures",
    }
    sources = renewed_sources(site, publisher.sources, publisher.tables, reading, how_read)
    planned: dict[Path, str | None] = {}
    for new in (*reading.tables, *sources):
        resource, table = site.resource(new.dataset), site.tables[new.dataset]
        if any(row.broken for row in table.rows) or not (table.whole or not table.rows):
            raise WrongFileError(f"{new.dataset}: its files cannot be read; correct what eportal check reports first")
        planned.update(rewrite(project.data, resource, table, dict(_edits(new, resource, site))))
    changes, problems = tried(project, planned, today)
    return FiguresPlan(tuple(t.dataset for t in reading.tables), planned, changes, tuple(problems), reading.notes)


def _edits(new: NewRows, resource: Resource, site: SiteData) -> Iterator[tuple[str, Mapping[str, Raw] | None]]:
    """Yield the fields that change, by record; None for a record that the publisher no longer has."""
    present = site.rows(new.dataset)
    keyed = {_key(resource, values): values for values in new.rows}
    for id_, values in keyed.items():
        row = present.get(id_)
        changed = _changed(resource, row, values) if row else {k: v for k, v in values.items() if v}
        if changed:
            yield id_, changed
    for id_, row in present.items():
        if id_ not in keyed and row.values.get(new.field) in new.about:
            yield id_, None


def _key(resource: Resource, values: Values) -> str:
    return record_id(resource, Row("", values, lambda *_: (1, 1)))


def _changed(resource: Resource, row: Row, values: Values) -> dict[str, Raw]:
    """Return the values that mean something else than the present ones."""
    fields = {field.name: field for field in resource.schema.fields}
    present = {"id": row.stem, **row.values} if row.stem else row.values
    return {
        name: value
        for name, value in values.items()
        if name in fields and not same(fields[name], present.get(name, ""), value)
    }
