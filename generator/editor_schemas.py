"""JSON Schemas for editors: completion, titles and checks while typing a record, made from the Table Schemas."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from generator import icons
from generator.diagnostics import type_words
from generator.load.data_files import dataset_file
from generator.model import Field, Package, Resource

DRAFT = "https://json-schema.org/draft/2020-12/schema"
SETTINGS = ".vscode/settings.json"
#: The id of another record. Which ids exist changes with every record, so only `eportal check` looks them up.
ID = "[a-z0-9]+(-[a-z0-9]+)*"
TYPES: Mapping[str, str] = {"integer": "integer", "number": "number", "boolean": "boolean", "year": "integer"}
FORMATS: Mapping[str, str] = {"uri": "uri", "email": "email"}
PATTERNS: Mapping[str, str] = {"date": r"\d{4}-\d{2}-\d{2}", "datetime": r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?"}
LIMITS = ("minimum", "maximum", "minLength", "maxLength")
ITEM_LIMITS: Mapping[str, str] = {"minLength": "minItems", "maxLength": "maxItems"}


def schema_files(package: Package) -> Iterator[tuple[str, str]]:
    """Yield (file name, text) of the JSON Schema of every dataset."""
    for resource in package:
        schema = dataset_schema(resource, one_each=(package.root / resource.name).is_dir())
        yield f"{resource.name}.json", json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def write_editor_schemas(package: Package, folder: Path) -> int:
    """Write a file for each dataset, and delete those of datasets that no longer exist.

    Returns:
        How many files were written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    wanted = dict(schema_files(package))
    for path in folder.glob("*.json"):
        if path.name not in wanted:
            path.unlink()
    for name, text in wanted.items():
        (folder / name).write_text(text, encoding="utf-8")
    _lead_to(package, folder)
    return len(wanted)


def _lead_to(package: Package, folder: Path) -> None:
    """Enter the schema of every YAML file in the settings of VS Code, if the project has any."""
    path = package.root.parent / SETTINGS
    if not path.exists():
        return
    settings = json.loads(path.read_text(encoding="utf-8"))
    where = folder.absolute().relative_to(path.parent.parent.absolute()).as_posix()
    settings["yaml.schemas"] = {
        f"./{where}/{r.name}.json": f"data/{r.name}.yaml" if _is_list(package, r) else f"data/{r.name}/*.yaml"
        for r in package
        if _is_list(package, r) or (package.root / r.name).is_dir()
    }
    path.write_text(json.dumps(settings, indent=2) + "\n", encoding="utf-8")


def _is_list(package: Package, resource: Resource) -> bool:
    return dataset_file(package.root, resource.name) == package.root / f"{resource.name}.yaml"


def dataset_schema(resource: Resource, *, one_each: bool) -> dict[str, Any]:
    """Return the JSON Schema of a file that holds one record, or a list of them."""
    head = {"$schema": DRAFT, "title": resource.schema.title, "description": resource.schema.description}
    record = _group(resource.schema.fields)
    return {**head, **record} if one_each else {**head, "type": ["array", "null"], "items": record}


def _group(fields: tuple[Field, ...]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {field.name: _field(field) for field in fields},
        "required": [field.name for field in fields if field.required],
        "additionalProperties": False,
    }


def _field(field: Field) -> dict[str, Any]:
    """Return the schema of a field with its title and description; an optional field may be blank."""
    words = {"title": field.title, "description": _description(field)}
    if field.example and not field.is_list:
        words["examples"] = [field.example]  # type: ignore[assignment]
    if field.is_list:
        limits = {ITEM_LIMITS[k]: v for k, v in field.constraints.items() if k in ITEM_LIMITS}
        items = _group(field.fields) if field.fields else _value(field.item or Field(field.name), field)
        made: dict[str, Any] = {"type": "array", "items": items, **limits}
    else:
        made = _value(field, field)
    if not field.required:
        made = _or_blank(made)
    return {key: value for key, value in {**words, **made}.items() if value not in ("", [])}


def _description(field: Field) -> str:
    parts = [field.description, "" if field.type == "string" else f"Takes {type_words(field)}."]
    parts.append(f"Id of a record in {field.reference}." if field.reference else "")
    parts += [f"{value}: {label}" for value, label in field.labels.items() if label != value]
    return "\n".join(part for part in parts if part)


def _value(field: Field, marks: Field) -> dict[str, Any]:
    """Return the schema of one value; `marks` is the field that says what it refers to and which values it takes."""
    rules = field.constraints
    made: dict[str, Any] = {"type": TYPES.get(field.type, "string")}
    made |= {name: _number(rules[name]) for name in LIMITS if name in rules}
    pattern = str(rules.get("pattern", "")) or PATTERNS.get(field.type, "") or (ID if marks.reference else "")
    if pattern:
        made["pattern"] = f"^({pattern})$"
    if field.format == "icon":
        made["pattern"] = f"^({icons.NAME.pattern})$"
    if field.format in FORMATS:
        made["format"] = FORMATS[field.format]
    allowed = list(marks.labels) or list(rules.get("enum", ()))
    if allowed:
        made["enum"] = [_number(value) if made["type"] in ("integer", "number") else str(value) for value in allowed]
    return made


def _number(value: Any) -> Any:
    """Return a limit as a number: scalars in the schemas are text."""
    text = str(value)
    return int(text) if text.lstrip("-").isdigit() else float(text)


def _or_blank(made: dict[str, Any]) -> dict[str, Any]:
    blank = {"enum": [*made["enum"], None]} if "enum" in made else {}
    return {**made, "type": [made["type"], "null"], **blank}
