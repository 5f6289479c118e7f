"""Read setup files: their keys and values, true or false, and no unknown keys."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from generator.diagnostics import did_you_mean
from generator.load.text import shown_path
from generator.load.yaml_file import Tree, read_tree
from generator.model import SetupError

FLAGS = {"true": True, "false": False}


def mapping(path: Path) -> dict[str, Any]:
    """Return the keys and values of a setup file.

    Raises:
        SetupError: the file is missing, cannot be read, or does not contain keys.
    """
    return mapping_of(tree_of(path))


def tree_of(path: Path) -> Tree:
    """Read a setup file, with the positions of its values.

    Raises:
        SetupError: the file is missing, cannot be read, or does not contain keys.
    """
    if not path.exists():
        raise SetupError(f"{shown_path(path)}: the file is missing")
    tree, problems = read_tree(path)
    if problems and tree is None:
        raise SetupError(str(problems[0]))
    if tree is None or not isinstance(tree.value, dict):
        raise SetupError(f"{shown_path(path)}: must contain keys and values; write each as 'key: value'")
    return tree


def mapping_of(tree: Tree) -> dict[str, Any]:
    """Return the keys and values of a setup file that `tree_of` has read."""
    return tree.value if isinstance(tree.value, dict) else {}


def flag(path: Path, entry: dict[str, Any], key: str) -> bool:
    """Read a setting that is true or false; anything else is refused, or it would silently count as false."""
    value = str(entry.get(key, "false"))
    if value not in FLAGS:
        raise SetupError(f"{shown_path(path)}: '{key}' must be true or false, not '{value}'")
    return FLAGS[value]


def known_keys(path: Path, entry: dict[str, Any], known: frozenset[str]) -> None:
    """Refuse unknown keys, because they would have no effect."""
    for key in entry:
        if key not in known:
            raise SetupError(f"{shown_path(path)}: unknown key '{key}'; {suggestion(key, known)}")


def suggestion(name: str, known: Iterable[str]) -> str:
    """Return what to write in place of an unknown name: the nearest known one, else all of them."""
    return did_you_mean(name, known) or f"write one of: {', '.join(sorted(known))}"
