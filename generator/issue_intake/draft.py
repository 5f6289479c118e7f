"""Turns the answers of a form into a draft record, with its problems and the records that it resembles.

Nothing is trusted: what people type is parsed and checked like any record, and only the command writes it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import NamedTuple

from generator import link, load, rules, unpublish, validate
from generator.diagnostics import alike, problem
from generator.input_parsing import Names, read
from generator.issue_intake import record_files
from generator.issue_intake.forms import Form, read_forms
from generator.issue_intake.issue_forms import AGREE_LABEL
from generator.issue_intake.issue_text import answers, form_of
from generator.load.data_files import record_path
from generator.model import Package, Problem, Raw, Record, Resource, Row, Table

TODAY = "today"


class Draft(NamedTuple):
    """The record made from an issue: its file, problems, notes, and records that it resembles."""

    form: Form
    resource: Resource
    id: str
    path: Path
    values: Mapping[str, Raw]
    problems: tuple[Problem, ...]
    notes: tuple[tuple[str, str], ...]  # field, how its text was read
    similar: tuple[tuple[str, str], ...]  # id, name

    @property
    def good(self) -> bool:
        """Whether the record can be written."""
        return not any(problem.severity == "error" for problem in self.problems)


@dataclass(frozen=True, slots=True)
class Intake:
    """What is needed to turn issues into records; read once for any number of issues."""

    package: Package
    tables: Mapping[str, Table]
    records: Mapping[str, tuple[Record, ...]]
    forms: tuple[Form, ...]
    names: Names
    today: date

    @classmethod
    def open(cls, package: Package, today: date) -> Intake:
        """Read data and forms."""
        tables, _ = load.load(package)
        records, _ = validate.validate(package, tables)
        return cls(package, tables, records, read_forms(package, tables), Names(package, tables), today)

    def form(self, text: str, name: str = "") -> Form | None:
        """Return the form that an issue was made with, or the form with a name; None if there is none."""
        if name:
            return next((form for form in self.forms if form.name == name), None)
        return form_of(text, self.forms)

    def draft(self, text: str, form: Form) -> Draft:
        """Return the record that an issue proposes; nothing is written."""
        resource = self.package.get(form.dataset)
        if resource is None:
            raise LookupError(form.dataset)  # forms are checked against the datasets when they are read
        typed = answers(text, form, AGREE_LABEL)
        values: dict[str, Raw] = {}
        faults: list[tuple[str, Problem]] = []
        notes: list[tuple[str, str]] = []
        table = self.tables[form.dataset]
        record_id = record_files.new_id(typed.get("name", ""), table)
        path = record_path(self.package.root, form.dataset, record_id)
        row = Row(load.shown_path(path), values, lambda *_: (1, 1), stem=record_id if path.stem == record_id else "")
        values["id"] = record_id
        for question in form.questions:
            if question.field is None:
                continue
            name = question.field.name
            found = read(question.field, typed[question.id], self.names)
            if found.raw:
                values[name] = found.raw
            notes += [(name, note) for note in found.notes]
            about = {"dataset": form.dataset, "record": record_id, "field": name}
            faults += [(name, fault.at(row.origin(name), about)) for fault in found.faults]
        for name, value in form.fixed.items():
            values.setdefault(name, self.today.isoformat() if value == TODAY else value)
        undecided = {name for name, _ in faults}
        checked = [one for one in self._check(resource, row) if one.field not in undecided]
        missing = self._missing(form, row)
        values["status"] = unpublish.DRAFT
        problems = (*(one for _, one in faults), *checked, *missing)
        return Draft(form, resource, record_id, path, values, problems, tuple(notes), self._similar(resource, values))

    def _check(self, resource: Resource, row: Row) -> list[Problem]:
        """Check the record among all others, as if it were published."""
        tables = {**self.tables, resource.name: Table(resource.name, (row,), whole=False)}
        mine, problems = validate.validate_table(resource, tables[resource.name])
        records = {**self.records, resource.name: mine}
        unpublished, waits = unpublish.find_unpublished(self.package, records, self.today)
        catalog, found = link.link(self.package, tables, records, unpublished)
        problems += [*waits, *found, *rules.apply(catalog, self.today)]
        return [one for one in problems if one.origin.path == row.path and one.field != "status"]

    def _missing(self, form: Form, row: Row) -> list[Problem]:
        """Return problems for answers that the form requires although the schema does not."""
        return [
            problem("E203", row.origin(), about={"dataset": form.dataset, "field": question.id}, example=question.help)
            for question in form.questions
            if question.required and question.field and not question.field.required and not row.values.get(question.id)
        ]

    def _similar(self, resource: Resource, values: Mapping[str, Raw]) -> tuple[tuple[str, str], ...]:
        """Return (id, name) of records with nearly the same name."""
        rows = self.tables[resource.name].rows
        names = {str(row.values.get("name", "")): row.stem or load.row_id(row) for row in rows}
        return tuple((names[name], name) for name in alike(str(values.get("name", "")), names))
