"""Read strict YAML: mappings, lists and text; no aliases, tags, anchors or duplicate keys.

Scalars stay text, because the schema decides their type: NO stays NO, and 1.10 stays 1.10.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import yaml

from generator.diagnostics import problem
from generator.load.text import MAX_DEPTH, read_text, shown_path
from generator.load.yaml_syntax import LOADER, place_of, syntax_problem, unreadable_problem
from generator.model import Origin, Problem, Raw, Row, Table

TAG = "tag:yaml.org,2002:"
SAFE_TAGS = frozenset(
    f"{TAG}{name}" for name in ("str", "int", "float", "bool", "null", "timestamp", "map", "seq", "value")
)
NULL = f"{TAG}null"
FLATTEN = "write it as in another record, with fewer brackets or levels of indentation"
LEVELS = f"{MAX_DEPTH} levels"
#: Without these a file cannot nest deeply enough to overflow the stack of the C parser, which would crash the process.
SUSPICIOUS = re.compile(r"^[ ?:-]{200}", re.MULTILINE)
MANY_BRACKETS = 200
ANCHOR_LIKE = re.compile(r"(?:^|[\s\[,{])&\w", re.MULTILINE)
#: The path to a value: keys of mappings and indexes of lists.
Steps = tuple[str | int, ...]


def read_yaml(dataset: str, paths: Sequence[Path], *, one_each: bool) -> tuple[Table, list[Problem]]:
    """Read one file with a list of records or, if `one_each`, files with one record each."""
    rows: list[Row] = []
    problems: list[Problem] = []
    whole = True
    for path in paths:
        tree, found = read_tree(path)
        problems += found
        made, more = _rows(dataset, tree, path.stem, one_each=one_each) if tree else ([], [])
        problems += more
        if one_each and not made:  # other records may refer to it by its file name
            made = [Row(shown_path(path), {"id": path.stem}, _top, broken=True, stem=path.stem)]
        rows += made
        whole = whole and bool(one_each or (tree and not more))
    return Table(dataset, tuple(rows), {}, whole), problems


def _rows(dataset: str, tree: Tree, stem: str, *, one_each: bool) -> tuple[list[Row], list[Problem]]:
    value = tree.value
    if one_each:
        if isinstance(value, dict) and value:
            return [Row(tree.path, value, partial(tree.locate, ()), stem=stem, lines=tree.lines)], []
        return [], [_shape(dataset, tree, (), "keys with values (name: …), one record per file")]
    if not value:
        return [], []
    if not isinstance(value, list):
        return [], [_shape(dataset, tree, (), "a list of records, each beginning with '- id: …'")]
    rows, problems = [], []
    for i, item in enumerate(value):
        if isinstance(item, dict):
            rows.append(Row(tree.path, item, partial(tree.locate, (i,)), lines=tree.lines))
        else:
            problems.append(_shape(dataset, tree, (i,), "a record, beginning with '- id: …'"))
    return rows, problems


def _shape(dataset: str, tree: Tree, where: Steps, wanted: str) -> Problem:
    value: Any = tree.value
    for step in where:
        value = value[step]
    found = "a group of keys" if isinstance(value, dict) else "a list" if isinstance(value, list) else "text"
    origin = Origin(tree.path, *tree.locate(where))
    return problem("E114", origin, about={"dataset": dataset}, wanted=wanted, found=found if value else "nothing")


def _top(*_: str | int) -> tuple[int, int]:
    return 1, 1


@dataclass(slots=True)
class Tree:
    """The content of a YAML file, with the position of every value."""

    path: str
    value: Raw
    lines: Sequence[str] = ()
    places: dict[Steps, tuple[int, int]] = field(default_factory=dict)

    def locate(self, prefix: Steps, *where: str | int) -> tuple[int, int]:
        """Return the position of a value, or of the nearest value around it that has one."""
        full = prefix + where
        while full not in self.places and full:
            full = full[:-1]
        return self.places.get(full, (1, 1))


def read_tree(path: Path) -> tuple[Tree | None, list[Problem]]:
    """Read a YAML file; None if it cannot be read or uses a feature that is not allowed."""
    text, problems = read_text(path)
    if text is None:
        return None, problems
    tree, found = tree_of(shown_path(path), text)
    return tree, problems + found


def tree_of(name: str, text: str) -> tuple[Tree | None, list[Problem]]:
    """Parse YAML text; `name` is the path that problems show."""
    try:
        if refused := list(_refused(name, text)):
            return None, refused
        node = yaml.compose(text, Loader=LOADER)
    except yaml.MarkedYAMLError as error:
        return None, [syntax_problem(name, text, error)]
    except (yaml.YAMLError, RecursionError) as error:
        return None, [unreadable_problem(name, text, error)]
    tree = Tree(name, {}, text.split("\n"))
    problems: list[Problem] = []
    if node is not None:
        builder = _Builder(tree, [])
        tree.value = builder.build(node, ())
        problems += builder.problems
        if builder.refused:
            return None, problems
    return tree, problems


def _refused(name: str, text: str) -> Iterator[Problem]:
    """Report what must not reach the composer (it would overflow its stack) or would be lost in it (anchors)."""
    if SUSPICIOUS.search(text) or text.count("[") + text.count("{") > MANY_BRACKETS:
        deep = _too_deep(text)
        if deep:
            yield problem("E117", Origin(name, *deep), hint=FLATTEN, what="the nesting", limit=LEVELS)
            return
    if anchor := _anchor(text):
        yield problem("E113", Origin(name, *anchor), what="an anchor (&name)")


def _anchor(text: str) -> tuple[int, int] | None:
    """Return the position of an anchor: `&Pizza place` would silently lose a word. The builder finds aliases."""
    if not ANCHOR_LIKE.search(text):
        return None
    anchors = (token for token in yaml.scan(text, Loader=LOADER) if isinstance(token, yaml.AnchorToken))
    first = next(anchors, None)
    return place_of(first.start_mark) if first else None


def _too_deep(text: str) -> tuple[int, int] | None:
    """Return the position where a file nests too deeply; reading its events needs no stack."""
    depth = 0
    for event in yaml.parse(text, Loader=LOADER):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > MAX_DEPTH + 1:
                return place_of(event.start_mark)
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
    return None


@dataclass(slots=True)
class _Builder:
    """Converts PyYAML's nodes to plain values, and records the position of each."""

    tree: Tree
    problems: list[Problem]
    seen: set[int] = field(default_factory=set)
    refused: bool = False

    def build(self, node: yaml.Node, where: Steps) -> Raw:
        """Return the value of a node."""
        self.tree.places.setdefault(where, _mark(node))
        if id(node) in self.seen:
            return self._refuse("E113", node, what="an alias (*name)")
        self.seen.add(id(node))
        if node.tag not in SAFE_TAGS:
            return self._refuse("E113", node, what=f"the tag '{node.tag.replace(TAG, '!!')}'")
        if len(where) > MAX_DEPTH:
            return self._refuse("E117", node, hint=FLATTEN, what="the nesting", limit=LEVELS)
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, where)
        if isinstance(node, yaml.SequenceNode):
            return [self.build(item, (*where, i)) for i, item in enumerate(node.value)]
        return "" if node.tag == NULL else str(node.value)

    def _mapping(self, node: yaml.MappingNode, where: Steps) -> Raw:
        result: dict[str, Raw] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                self._refuse("E113", key_node, what="a key that is not text")
                continue
            if key_node.tag == f"{TAG}merge":
                self._refuse("E113", key_node, what="the merge key (<<)")
                continue
            key = str(key_node.value)
            if key in result:
                first = Origin(self.tree.path, *self.tree.places[(*where, key)])
                self.problems.append(problem("E110", self._origin(key_node), what="key", name=key, first=first))
                continue
            result[key] = self.build(value_node, (*where, key))
            # an empty value has no position of its own: point at its key
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


def _mark(node: yaml.Node) -> tuple[int, int]:
    return place_of(node.start_mark)
