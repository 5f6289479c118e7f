"""Strict YAML: mappings, lists and text; no aliases, tags, anchors or repeated keys.

Scalars stay text: the schema gives the type, so that NO stays NO and 1.10 stays 1.10.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import yaml

from generator.load.text import MAX_DEPTH, read_text, shown_path
from generator.messages import problem
from generator.model import Origin, Problem, Raw, Row, Table

LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
SAFE_TAGS = frozenset(
    f"tag:yaml.org,2002:{name}" for name in ("str", "int", "float", "bool", "null", "timestamp", "map", "seq", "value")
)
NULL = "tag:yaml.org,2002:null"
Path_ = tuple[str | int, ...]


def read_yaml(dataset: str, paths: Sequence[Path], *, one_each: bool) -> tuple[Table, list[Problem]]:
    """Read one file with a list of records, or (`one_each`) files with one record each."""
    rows: list[Row] = []
    problems: list[Problem] = []
    whole = True
    for path in paths:
        tree, found = read_tree(path)
        problems += found
        if tree is None:
            whole = whole and one_each
            if one_each:  # others may refer to it: its id is the name of its file
                rows.append(Row(shown_path(path), {"id": path.stem}, _top, broken=True))
            continue
        made, more = _rows(dataset, tree, one_each=one_each)
        rows += made
        problems += more
    return Table(dataset, tuple(rows), {}, whole), problems


@dataclass(slots=True)
class Tree:
    """The content of a YAML file, and the place of everything in it."""

    path: str
    value: Raw
    places: dict[Path_, tuple[int, int]] = field(default_factory=dict)

    def locate(self, prefix: Path_, *where: str | int) -> tuple[int, int]:
        """Give the place of a value, or of the nearest thing around it."""
        full = prefix + where
        while full not in self.places and full:
            full = full[:-1]
        return self.places.get(full, (1, 1))


def read_tree(path: Path) -> tuple[Tree | None, list[Problem]]:
    """Read a YAML file; None where it cannot be read or uses what is not allowed."""
    text, problems = read_text(path)
    if text is None:
        return None, problems
    name = shown_path(path)
    try:
        node = yaml.compose(text, Loader=LOADER)
    except yaml.MarkedYAMLError as error:
        return None, [*problems, _syntax(name, text, error)]
    except (yaml.YAMLError, RecursionError) as error:
        return None, [*problems, problem("E112", Origin(name), reason=str(error).split("\n")[0], advice="retype it")]
    tree = Tree(name, {})
    if node is not None:
        builder = _Builder(tree, [])
        tree.value = builder.build(node, ())
        problems += builder.problems
        if builder.refused:
            return None, problems
    return tree, problems


@dataclass(slots=True)
class _Builder:
    """Turns PyYAML's nodes into plain values and notes where each stood."""

    tree: Tree
    problems: list[Problem]
    seen: set[int] = field(default_factory=set)
    refused: bool = False

    def build(self, node: yaml.Node, where: Path_) -> Raw:
        """Give the value of a node."""
        self.tree.places.setdefault(where, _mark(node))
        if not isinstance(node, yaml.ScalarNode):
            if id(node) in self.seen:
                return self._refuse("E113", node, what="an alias (*name)")
            self.seen.add(id(node))
        if node.tag not in SAFE_TAGS:
            return self._refuse("E113", node, what=f"the tag or key '{node.tag.rpartition(':')[2]}'")
        if len(where) > MAX_DEPTH:
            return self._refuse("E117", node, what="the nesting", limit=f"{MAX_DEPTH} levels")
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, where)
        if isinstance(node, yaml.SequenceNode):
            return [self.build(item, (*where, i)) for i, item in enumerate(node.value)]
        return "" if node.tag == NULL else str(node.value)

    def _mapping(self, node: yaml.MappingNode, where: Path_) -> Raw:
        result: dict[str, Raw] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                self._refuse("E113", key_node, what="a key that is not text")
                continue
            if key_node.tag == "tag:yaml.org,2002:merge":
                self._refuse("E113", key_node, what="the merge key (<<)")
                continue
            key = str(key_node.value)
            if key in result:
                first = Origin(self.tree.path, *self.tree.places[(*where, key)])
                self.problems.append(problem("E110", self._origin(key_node), name=key, first=first))
                continue
            result[key] = self.build(value_node, (*where, key))
            # an empty value has no place of its own: show its key
            place = _mark(key_node) if result[key] == "" else _mark(value_node)
            self.tree.places[(*where, key)] = place
            self.tree.places[(*where, key, "key")] = _mark(key_node)
        return result

    def _origin(self, node: yaml.Node) -> Origin:
        return Origin(self.tree.path, *_mark(node))

    def _refuse(self, code: str, node: yaml.Node, **words: Any) -> str:
        if not self.refused:
            self.problems.append(problem(code, self._origin(node), **words))
        self.refused = True
        return ""


def _rows(dataset: str, tree: Tree, *, one_each: bool) -> tuple[list[Row], list[Problem]]:
    value = tree.value
    if one_each:
        if isinstance(value, dict) and value:
            return [Row(tree.path, value, partial(tree.locate, ()))], []
        return [], [_shape(dataset, tree, (), "keys with values (name: …), one record a file")]
    if not value:
        return [], []
    if not isinstance(value, list):
        return [], [_shape(dataset, tree, (), "a list of records, each beginning with '- id: …'")]
    rows, problems = [], []
    for i, item in enumerate(value):
        if isinstance(item, dict):
            rows.append(Row(tree.path, item, partial(tree.locate, (i,))))
        else:
            problems.append(_shape(dataset, tree, (i,), "a record, beginning with '- id: …'"))
    return rows, problems


def _shape(dataset: str, tree: Tree, where: Path_, wanted: str) -> Problem:
    value: Any = tree.value
    for step in where:
        value = value[step]
    found = "a group of keys" if isinstance(value, dict) else "a list" if isinstance(value, list) else "text"
    origin = Origin(tree.path, *tree.locate(where))
    return problem("E114", origin, about={"dataset": dataset}, wanted=wanted, found=found if value else "nothing")


def _syntax(name: str, text: str, error: yaml.MarkedYAMLError) -> Problem:
    """Say in words what the parser stumbled over, at the line where it did."""
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line, mark.column) if mark else (0, 0)
    what = f"{error.context or ''} {error.problem or ''}"
    lines = text.split("\n")
    here = lines[line] if line < len(lines) else ""
    if "\t" in here[: len(here) - len(here.lstrip())] or "\\t" in what:
        return problem("E111", Origin(name, line + 1, here.find("\t") + 1))
    if "another document" in what or "single document" in what:
        return problem("E113", Origin(name, line + 1, column + 1), what="a second document (---)")
    if "quoted scalar" in what and error.context_mark:
        mark = error.context_mark
        return problem("E106", Origin(name, mark.line + 1, mark.column + 1), hint="put the same mark at its end")
    if "undefined alias" in what:
        return problem("E113", Origin(name, line + 1, column + 1), what="an alias (*name)")
    reason, advice = _WORDS.get((error.problem or "").strip(), _OTHER)
    return problem("E112", Origin(name, line + 1, column + 1), reason=reason, advice=advice)


_OTHER = (
    "the indentation or the punctuation is off",
    "compare with a neighbouring file: 'key: value', lists with '- ', the same indentation for keys of one record",
)
_WORDS = {
    "mapping values are not allowed in this context": (
        "a second ': ' in one line",
        "put the whole value between quotation marks, or begin it with '>-' on a line of its own",
    ),
    "could not find expected ':'": ("a key without ': '", "write 'key: value' with a colon and a space"),
    "found character that cannot start any token": (
        "a value cannot begin with this character",
        "put the whole value between quotation marks",
    ),
    "did not find expected key": _OTHER,
    "did not find expected '-' indicator": (
        "a line that belongs to no item of the list",
        "indent it as far as the items around it, beginning with '- '",
    ),
}


def _mark(node: yaml.Node) -> tuple[int, int]:
    return node.start_mark.line + 1, node.start_mark.column + 1


def _top(*_: str | int) -> tuple[int, int]:
    return 1, 1
