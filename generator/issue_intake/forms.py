"""Reads the forms of data/schemas/_forms.yaml: the questions of each, worded by the schema or the form.

Maintainers write that file, so a mistake in it is a SetupError.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Literal, NamedTuple

from generator.diagnostics import did_you_mean
from generator.load.text import shown_path
from generator.load.yaml_file import read_tree
from generator.model import Field, Package, SetupError, Table

FILE = Path("schemas", "_forms.yaml")
YES_NO = {"Yes": "true", "No": "false"}
LONG_TEXT = 200
FORM_KEYS = frozenset("name title about dataset subject ask set".split())
QUESTION_KEYS = frozenset("field id label help write options needed long".split())

Kind = Literal["short", "long", "one", "some"]


class Question(NamedTuple):
    """One question of a form; `options` maps labels to choose from to their values."""

    id: str
    label: str
    help: str
    kind: Kind
    required: bool
    example: str = ""
    options: Mapping[str, str] = {}
    field: Field | None = None


class Form(NamedTuple):
    """A form; without a dataset it is a report for a person to read."""

    name: str
    title: str
    about: str
    subject: str
    dataset: str
    questions: tuple[Question, ...]
    fixed: Mapping[str, str]

    def question(self, field: str) -> Question | None:
        """Return the question that asks for a field."""
        return next((q for q in self.questions if q.field and q.field.name == field), None)


def read_forms(package: Package, tables: Mapping[str, Table]) -> tuple[Form, ...]:
    """Read all forms; () if the project has none.

    Raises:
        SetupError: there is a mistake in the file.
    """
    path = package.root / FILE
    if not path.exists():
        return ()
    tree, problems = read_tree(path)
    if tree is None or not isinstance(tree.value, dict) or not isinstance(tree.value.get("forms"), list):
        raise SetupError(str(problems[0]) if problems else f"{shown_path(path)}: the list 'forms' is missing")
    return tuple(_form(shown_path(path), one, package, tables) for one in tree.value["forms"])


def _form(path: str, entry: Any, package: Package, tables: Mapping[str, Table]) -> Form:
    where = f"{path}: form '{entry.get('name', '')}'"
    _known(where, entry, FORM_KEYS)
    dataset = str(entry.get("dataset", ""))
    resource = package.get(dataset)
    if dataset and resource is None:
        raise SetupError(f"{where}: no dataset '{dataset}'{_hint(dataset, [r.name for r in package])}")
    fields = {field.name: field for field in resource.schema.fields} if resource else {}
    questions = tuple(_question(where, one, fields, tables) for one in entry["ask"])
    labels = [question.label.casefold() for question in questions]
    if twice := next((label for label in labels if labels.count(label) > 1), None):
        raise SetupError(f"{where}: duplicate question '{twice}': rename one")
    fixed = dict(entry.get("set") or {})
    if unknown := next((name for name in fixed if name not in fields), None):
        raise SetupError(f"{where}: {dataset} has no field '{unknown}'{_hint(unknown, fields)}")
    words = {key: str(entry.get(key, "")) for key in ("name", "title", "about", "subject")}
    return Form(**words, dataset=dataset, questions=questions, fixed=fixed)


def _question(where: str, entry: Any, fields: Mapping[str, Field], tables: Mapping[str, Table]) -> Question:
    _known(where, entry, QUESTION_KEYS)
    needed = entry.get("needed") == "true"
    if "id" in entry:
        kind: Kind = "long" if entry.get("long") == "true" else "short"
        return Question(entry["id"], entry["label"], entry.get("help", ""), kind, needed)
    name = str(entry.get("field", ""))
    field = fields.get(name)
    if field is None or field.fields:
        raise SetupError(f"{where}: '{name}' is not a field that a form can ask for{_hint(name, fields)}")
    options = entry.get("options") or ({} if entry.get("write") == "true" else dict(_options(field, tables)))
    return Question(
        id=name,
        label=entry.get("label") or field.title,
        help=entry.get("help") or field.description,
        kind=_kind(field, options),
        required=field.required or needed,
        example=field.example,
        options=options,
        field=field,
    )


def _options(field: Field, tables: Mapping[str, Table]) -> Iterator[tuple[str, str]]:
    """Yield (label, value) of what can be chosen: from the schema, or names and ids of the records referred to."""
    if field.type == "boolean":
        yield from YES_NO.items()
    elif field.reference:
        rows = tables[field.reference].rows
        yield from sorted((str(row.values.get("name", "")), row.stem or str(row.values.get("id", ""))) for row in rows)
    elif field.labels:
        yield from ((label, value) for value, label in field.labels.items())
    else:
        yield from ((str(value), str(value)) for value in field.constraints.get("enum", ()))


def _kind(field: Field, options: Mapping[str, str]) -> Kind:
    if options:
        return "some" if field.is_list else "one"
    is_long = field.is_list or field.markdown or int(field.constraints.get("maxLength", 0)) >= LONG_TEXT
    return "long" if is_long else "short"


def _hint(typed: str, known: Iterable[str]) -> str:
    words = did_you_mean(typed, known)
    return f"; {words}" if words else ""


def _known(where: str, entry: Any, keys: frozenset[str]) -> None:
    if not isinstance(entry, dict):
        raise SetupError(f"{where}: '{entry}' is not a group of keys")
    if unknown := next((key for key in entry if key not in keys), None):
        raise SetupError(f"{where}: unknown key '{unknown}'{_hint(unknown, keys)}")
