"""Read the categories of a field: its values with their labels, icons and colors."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from generator import icons
from generator.diagnostics import did_you_mean
from generator.load.settings import known_keys, mapping
from generator.load.text import shown_path
from generator.model import Mark, Region, SetupError

CATEGORY_KEYS = frozenset("value label icon color retired".split())
MARKS = ("icon", "color")


def with_categories(path: Path, one: dict[str, Any], region: Region) -> dict[str, Any]:
    """Return the descriptor of a field, or of a group's fields, with its categories, which may be written elsewhere.

    `choices: areas` takes them from a list in region.yaml, `categories: _audiences` from the file _audiences.yaml next
    to the schema.
    """
    if "fields" in one:
        return {**one, "fields": [with_categories(path, nested, region) for nested in one["fields"]]}
    if "choices" in one:
        return {**one, "categories": _of_region(path, str(one["choices"]), region)}
    if isinstance(shared := one.get("categories"), str):
        return {**one, "categories": mapping(path.parent / f"{shared}.yaml").get("categories", ())}
    return one


def _of_region(path: Path, name: str, region: Region) -> list[dict[str, Any]]:
    listed = region.values.get(name)
    if not isinstance(listed, list) or not all(isinstance(c, dict) and {"id", "name"} <= c.keys() for c in listed):
        raise SetupError(
            f"{shown_path(path)}: 'choices: {name}' needs a list '{name}' in region.yaml; write an id and a name for "
            "each entry"
        )
    return [{"value": c["id"], "label": c["name"], **{k: c[k] for k in MARKS if k in c}} for c in listed]


def retired_in(categories: Any) -> dict[str, str]:
    """Return the values that are no longer allowed, each with what to write instead."""
    return {str(c["value"]): str(c["retired"]) for c in categories if "retired" in c}


def mark_of(path: Path, category: dict[str, Any]) -> Mark:
    """Return the icon and the color of a category.

    Raises:
        SetupError: the category has an unknown key, or the icon or the color does not exist.
    """
    known_keys(path, category, CATEGORY_KEYS)
    mark = Mark(*(str(category.get(name, "")) for name in MARKS))
    of = f"(category '{category.get('value')}')"
    if mark.icon and not icons.exists(mark.icon):
        raise SetupError(f"{shown_path(path)}: no icon '{mark.icon}' {of}: {icons.suggestion(mark.icon)}")
    if mark.color and mark.color not in icons.COLORS:
        hint = did_you_mean(mark.color, icons.COLORS) or f"write one of: {', '.join(icons.COLORS)}"
        raise SetupError(f"{shown_path(path)}: no color '{mark.color}' {of}: {hint}")
    return mark
