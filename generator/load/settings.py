"""Reading files of the set-up: keys with values, marks, and no key that nobody knows."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from generator.diagnostics import did_you_mean
from generator.load.text import shown_path
from generator.load.yaml_file import Tree, read_tree
from generator.model import SetupError

FLAGS = {"true": True, "false": False}


def mapping(path: Path) -> dict[str, Any]:
    """Give the keys and values of a file of the set-up."""
    return mapping_of(tree_of(path))


def tree_of(path: Path) -> Tree:
    """Read a file of the set-up, with the places of its values.

    Raises:
        SetupError: the file is missing, cannot be read, or holds no keys.
    """
    if not path.exists():
        raise SetupError(f"{shown_path(path)}: the file is missing")
    tree, problems = read_tree(path)
    if problems and tree is None:
        raise SetupError(str(problems[0]))
    if tree is None or not isinstance(tree.value, dict):
        raise SetupError(f"{shown_path(path)}: must hold keys with values")
    return tree


def mapping_of(tree: Tree) -> dict[str, Any]:
    """Give the keys and values of a file of the set-up; that it holds some is seen to already."""
    return tree.value if isinstance(tree.value, dict) else {}


def flag(path: Path, entry: dict[str, Any], key: str) -> bool:
    """Read a mark that is true or false; everything else would silently be false."""
    value = str(entry.get(key, "false"))
    if value not in FLAGS:
        raise SetupError(f"{shown_path(path)}: '{key}' must be true or false, not '{value}'")
    return FLAGS[value]


def known_keys(path: Path, entry: dict[str, Any], known: frozenset[str]) -> None:
    """Refuse a key that nobody knows; it would have no effect."""
    for key in entry:
        if key not in known:
            raise SetupError(f"{shown_path(path)}: unknown key '{key}'. {did_you_mean(key, known)}")
