"""Read a Table Schema: its own fields and the shared ones, with the properties that this project adds."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from generator import icons
from generator.load.categories import mark_of, retired_in, with_categories
from generator.load.settings import flag, known_keys, mapping, suggestion
from generator.load.text import shown_path
from generator.model import Field, Region, Remind, Schema, SetupError

FIELD_KEYS = frozenset(
    "name type title description format example delimiter itemType itemConstraints constraints markdown translatable "
    "fields categories choices source remind http".split()
)
SCHEMA_KEYS = frozenset("title description extends primaryKey fields foreignKeys ordered search".split())
NUMBER_CONSTRAINTS = ("minLength", "maxLength")
REMIND_KEYS = frozenset("after_months before_days words".split())
#: Attributes of a record. In templates they hide a field of the same name, which could never be shown.
RECORD_NAMES = frozenset("backlinks dataset faulty links origin row url values".split())


def read_schema(path: Path, dataset: str, region: Region) -> Schema:
    """Read a Table Schema; `extends: _record` puts the fields of _record.yaml around its own.

    A translatable field gets a sibling for every other language: name, name_es.

    Raises:
        SetupError: a file is missing, or has an unknown key or a value that cannot work.
    """
    descriptor = mapping(path)
    known_keys(path, descriptor, SCHEMA_KEYS)
    entries, targets = list(descriptor.get("fields", ())), _targets(path, descriptor)
    if parent := descriptor.get("extends"):
        inherited = mapping(path.parent / f"{parent}.yaml")
        entries = _surrounded(entries, inherited["fields"])
        targets = _targets(path, inherited) | targets
    fields: list[Field] = []
    for one in entries:
        made = _field(path, with_categories(path, one, region), targets)
        fields.append(made)
        fields += [_translation(made, language) for language in region.languages[1:] if made.translatable]
    key = descriptor.get("primaryKey", "id")
    return Schema(
        dataset=dataset,
        path=shown_path(path),
        title=str(descriptor.get("title", dataset)),
        description=str(descriptor.get("description", "")),
        fields=tuple(fields),
        key=tuple([key] if isinstance(key, str) else key),
        ordered=tuple(tuple(chain) for chain in descriptor.get("ordered", ())),
        search=_search(path, descriptor, {f.name for f in fields}),
    )


def _surrounded(own: list[dict[str, Any]], shared: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the shared fields around a schema's own: id and name first, the others last; its own fields win."""
    own_names = [f["name"] for f in own]
    before = [f for f in shared if f["name"] in ("id", "name") and f["name"] not in own_names]
    return before + own + [f for f in shared if f not in before and f["name"] not in own_names]


def _search(path: Path, descriptor: dict[str, Any], names: set[str]) -> tuple[str, ...]:
    """Return the fields that a record's search entry contains in addition to its name."""
    for name in (found := descriptor.get("search", ())):
        if name not in names:
            raise SetupError(
                f"{shown_path(path)}: 'search' names '{name}', which is not a field; {suggestion(name, names)}"
            )
    return tuple(found)


def _targets(path: Path, descriptor: dict[str, Any]) -> dict[str, str]:
    """Return the schema's foreign keys: field -> dataset."""
    targets = {}
    for key in descriptor.get("foreignKeys", ()):
        try:
            targets[str(key["fields"])] = str(key["reference"]["resource"])
        except (KeyError, TypeError):
            raise SetupError(
                f"{shown_path(path)}: a foreign key needs 'fields', and 'reference' with a 'resource'"
            ) from None
    return targets


def _field(path: Path, one: dict[str, Any], targets: dict[str, str], prefix: str = "") -> Field:
    """Read one field; `prefix` is the name of its group followed by a dot, '' if it is in no group."""
    known_keys(path, one, FIELD_KEYS)
    if not prefix and one.get("name") in RECORD_NAMES:
        raise SetupError(
            f"{shown_path(path)}: a field cannot be named '{one['name']}'; records use that name, so choose another"
        )
    constraints = _constraints(path, one)
    categories = one.get("categories", ())
    retired = retired_in(categories)
    labels = {str(c["value"]): str(c["label"]) for c in categories if "retired" not in c}
    is_list = one.get("type") == "list"
    if labels and not is_list:
        constraints.setdefault("enum", list(labels))
    if one.get("format") == "color":
        constraints.setdefault("enum", list(icons.COLORS))
    return Field(
        item=_item(path, one, labels, retired) if is_list else None,
        choices=str(one.get("choices", "")),
        labels=labels,
        retired=retired,
        marks={str(c["value"]): mark_of(path, c) for c in categories},
        source=str(one.get("source", "")),
        name=str(one["name"]),
        type=str(one.get("type", "string")),
        title=str(one.get("title", one["name"])),
        description=str(one.get("description", "")),
        format=str(one.get("format", "")),
        example=str(one.get("example", "")),
        delimiter=str(one.get("delimiter", ";")),
        constraints=constraints,
        markdown=flag(path, one, "markdown"),
        translatable=flag(path, one, "translatable"),
        reference=targets.get(f"{prefix}{one['name']}", ""),
        remind=_remind(path, one),
        http=flag(path, one, "http"),
        fields=tuple(_field(path, nested, targets, f"{one['name']}.") for nested in one.get("fields", ())),
    )


def _remind(path: Path, one: dict[str, Any]) -> Remind | None:
    """Read when a record needs another look: months after a field's date, or days before it."""
    if "remind" not in one:
        return None
    mark = one["remind"] if isinstance(one["remind"], dict) else {}
    known_keys(path, mark, REMIND_KEYS)
    after, before = str(mark.get("after_months", "")), str(mark.get("before_days", ""))
    if (
        one.get("type") != "date"
        or not mark.get("words")
        or sorted((after.isdigit(), before.isdigit())) != [False, True]
    ):
        raise SetupError(
            f"{shown_path(path)}: 'remind' of '{one.get('name')}' needs a field of type date, words, "
            "and either after_months or before_days; write it like {after_months: 12, words: was last checked on}"
        )
    return Remind(str(mark["words"]), int(after) if after else None, int(before) if before else None)


def _item(path: Path, one: dict[str, Any], labels: dict[str, str], retired: dict[str, str]) -> Field | None:
    """Return the field that each item of a list is checked by, None if any text is allowed."""
    constraints = _constraints(path, {"name": one.get("name"), "constraints": one.get("itemConstraints")})
    if labels:
        constraints.setdefault("enum", list(labels))
    if not constraints and "itemType" not in one:
        return None
    return Field(
        name=str(one["name"]),
        type=str(one.get("itemType", "string")),
        description=str(one.get("description", "")),
        example=str(one.get("example", "")),
        constraints=constraints,
        retired=retired,
    )


def _constraints(path: Path, one: dict[str, Any]) -> dict[str, Any]:
    """Return a field's constraints, with booleans and numbers converted from text."""
    constraints = dict(one.get("constraints") or {})
    if "required" in constraints:
        constraints["required"] = flag(path, constraints, "required")
    for name in NUMBER_CONSTRAINTS:
        if name in constraints:
            if not str(constraints[name]).isdigit():
                raise SetupError(
                    f"{shown_path(path)}: '{name}' of '{one.get('name')}' must be a whole number, "
                    f"not '{constraints[name]}'"
                )
            constraints[name] = int(constraints[name])
    return constraints


def _translation(field: Field, language: str) -> Field:
    """Return a translatable field's sibling for another language: the same rules, but never required."""
    return Field(
        name=f"{field.name}_{language}",
        type=field.type,
        title=f"{field.title} ({language})",
        description=f"The same text in the language '{language}'; blank if it is not translated yet.",
        delimiter=field.delimiter,
        constraints={k: v for k, v in field.constraints.items() if k != "required"},
        item=field.item,
        markdown=field.markdown,
        fields=field.fields,
        labels=field.labels,
        translation_of=field.name,
    )
