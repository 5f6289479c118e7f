"""The data dictionary: what every dataset and field means, generated from the schemas."""

from __future__ import annotations

from collections.abc import Iterator

from generator.diagnostics import form_words, length_words, range_words
from generator.load.data_files import record_path
from generator.model import Field, Package, Resource

INTRODUCTION = """# Data dictionary

Written from `data/schemas/` by `eportal describe -o docs/data-dictionary.md`; edit the schemas, not this page.
An asterisk marks a required field. A record's `id` is used in addresses and references. In CSV files the items of a
list are separated by semicolons.
"""


def data_dictionary(package: Package) -> str:
    """Return the data dictionary as Markdown."""
    parts = [INTRODUCTION, *(_dataset(package, resource) for resource in package)]
    return "\n".join(parts)


def _dataset(package: Package, resource: Resource) -> str:
    schema = resource.schema
    about = [f"## {resource.name}", "", schema.description, ""]
    about.append(f"Where: `{_place(package, resource)}`. Key: {' and '.join(f'`{k}`' for k in schema.key)}.")
    if resource.sources:
        about.append(f"Sources: {', '.join(f'`{s}`' for s in resource.sources)}.")
    if resource.owner:
        about.append(f"Owner: {resource.owner}.")
    if resource.editorial:
        about.append("Our own matches, labeled as such on the site.")
    about += [
        f"Values must not decrease from {' to '.join(f'`{name}`' for name in chain)}." for chain in schema.ordered
    ]
    table = ["", "| Field | Type | Meaning |", "| --- | --- | --- |", *_rows(schema.fields), ""]
    return "\n".join(about + table)


def _place(package: Package, resource: Resource) -> str:
    return f"data/{record_path(package.root, resource.name, '<id>').relative_to(package.root).as_posix()}"


def _rows(fields: tuple[Field, ...], prefix: str = "") -> Iterator[str]:
    for field in fields:
        if field.translation_of:
            continue
        yield f"| `{prefix}{field.name}`{' *' if field.required else ''} | {_type(field)} | {_meaning(field)} |"
        yield from _rows(field.fields, f"{prefix}{field.name}.")


def _type(field: Field) -> str:
    if field.reference:
        return f"{'ids' if field.is_list else 'id'} of `{field.reference}`"
    if field.markdown:
        return "prose (Markdown)"
    words = {
        "uri": "web address",
        "email": "email address",
        "phone": "phone number",
        "icon": "icon",
        "color": "color",
    }
    return words.get(field.format) or {"array": "list of groups", "list": "list"}.get(field.type) or field.type


def _meaning(field: Field) -> str:
    parts = [f"{field.title}.", field.description]
    rules = field.constraints
    if "enum" in rules:
        parts.append(f"One of: {', '.join(map(str, rules['enum']))}.")
    if "minimum" in rules or "maximum" in rules:
        parts.append(f"Must be {range_words(field)}.")
    if "minLength" in rules or "maxLength" in rules:
        parts.append(f"Length: {length_words(field)}.")
    if "pattern" in rules and not field.description:
        parts.append(f"{form_words(field)}.")
    elif field.example:
        parts.append(f"For example: {field.example}.")
    if field.translatable:
        parts.append("Translatable.")
    if rules.get("unique"):
        parts.append("Must be unique.")
    return " ".join(part for part in parts if part).replace("|", "\\|")
