"""Strict YAML: mappings, lists and text; no aliases, tags, anchors or repeated keys.

Scalars stay text: the schema gives the type, so that NO stays NO and 1.10 stays 1.10.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import yaml

from generator.load.text import MAX_DEPTH, read_text, shown_path
from generator.messages import problem
from generator.model import Origin, Problem, Raw, Row, Table

LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
TAG = "tag:yaml.org,2002:"
SAFE_TAGS = frozenset(
    f"{TAG}{name}" for name in ("str", "int", "float", "bool", "null", "timestamp", "map", "seq", "value")
)
NULL = f"{TAG}null"
FLATTEN = "write it as in a neighbouring record, without brackets or indentation inside each other"
LEVELS = f"{MAX_DEPTH} levels"
#: Without these a file cannot nest deeply enough to overflow the stack of the C parser, which would end the process.
SUSPICIOUS = re.compile(r"^[ ?:-]{200}", re.MULTILINE)
MANY_BRACKETS = 200
ANCHOR_LIKE = re.compile(r"(?:^|[\s\[,{])&\w", re.MULTILINE)
Path_ = tuple[str | int, ...]


def read_yaml(dataset: str, paths: Sequence[Path], *, one_each: bool) -> tuple[Table, list[Problem]]:
    """Read one file with a list of records, or (`one_each`) files with one record each."""
    rows: list[Row] = []
    problems: list[Problem] = []
    whole = True
    for path in paths:
        tree, found = read_tree(path)
        problems += found
        made, more = _rows(dataset, tree, path.stem, one_each=one_each) if tree else ([], [])
        problems += more
        if one_each and not made:  # others may refer to it: its id is the name of its file
            made = [Row(shown_path(path), {"id": path.stem}, _top, broken=True, stem=path.stem)]
        rows += made
        whole = whole and bool(one_each or (tree and not more))
    return Table(dataset, tuple(rows), {}, whole), problems


@dataclass(slots=True)
class Tree:
    """The content of a YAML file, and the place of everything in it."""

    path: str
    value: Raw
    lines: Sequence[str] = ()
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
        if refused := list(_refused(name, text)):
            return None, [*problems, *refused]
        node = yaml.compose(text, Loader=LOADER)
    except yaml.MarkedYAMLError as error:
        return None, [*problems, _syntax(name, text, error)]
    except (yaml.YAMLError, RecursionError) as error:
        return None, [*problems, _unreadable(name, text, error)]
    tree = Tree(name, {}, text.split("\n"))
    if node is not None:
        builder = _Builder(tree, [])
        tree.value = builder.build(node, ())
        problems += builder.problems
        if builder.refused:
            return None, problems
    return tree, problems


def _refused(name: str, text: str) -> Iterator[Problem]:
    """Find what must not reach the composer (it would overflow its stack) or would not come out of it (anchors)."""
    if SUSPICIOUS.search(text) or text.count("[") + text.count("{") > MANY_BRACKETS:
        deep = _too_deep(text)
        if deep:
            yield problem("E117", Origin(name, *deep), hint=FLATTEN, what="the nesting", limit=LEVELS)
            return
    if anchor := _anchor(text):
        yield problem("E113", Origin(name, *anchor), what="an anchor (&name)")


def _anchor(text: str) -> tuple[int, int] | None:
    """Find an anchor: `&Pizza place` would lose its first word silently. Aliases are found by the builder."""
    if not ANCHOR_LIKE.search(text):
        return None
    anchors = (token for token in yaml.scan(text, Loader=LOADER) if isinstance(token, yaml.AnchorToken))
    first = next(anchors, None)
    return _at(first.start_mark) if first else None


def _too_deep(text: str) -> tuple[int, int] | None:
    """Give the place where a file nests too deeply; goes through the events, which needs no stack."""
    depth = 0
    for event in yaml.parse(text, Loader=LOADER):
        mark = event.start_mark
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > MAX_DEPTH + 1 and mark:
                return mark.line + 1, mark.column + 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
    return None


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

    def _mapping(self, node: yaml.MappingNode, where: Path_) -> Raw:
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


def _rows(dataset: str, tree: Tree, stem: str, *, one_each: bool) -> tuple[list[Row], list[Problem]]:
    value = tree.value
    if one_each:
        if isinstance(value, dict) and value:
            return [Row(tree.path, value, partial(tree.locate, ()), stem=stem, lines=tree.lines)], []
        return [], [_shape(dataset, tree, (), "keys with values (name: …), one record a file")]
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


def _shape(dataset: str, tree: Tree, where: Path_, wanted: str) -> Problem:
    value: Any = tree.value
    for step in where:
        value = value[step]
    found = "a group of keys" if isinstance(value, dict) else "a list" if isinstance(value, list) else "text"
    origin = Origin(tree.path, *tree.locate(where))
    return problem("E114", origin, about={"dataset": dataset}, wanted=wanted, found=found if value else "nothing")


def _syntax(name: str, text: str, error: yaml.MarkedYAMLError) -> Problem:
    """Say in words what the parser stumbled over, at the line where it did."""
    what, context = (error.problem or "").strip(), (error.context or "").strip()
    where = Origin(name, *_at(error.problem_mark or error.context_mark))
    opened = Origin(name, *_at(error.context_mark or error.problem_mark))
    line = (text.split("\n")[where.line - 1 : where.line] or [""])[0]
    if "\t" in line[: len(line) - len(line.lstrip())]:
        return problem("E111", Origin(name, where.line, line.find("\t") + 1))
    if what == "but found another document":
        return problem(
            "E113",
            where,
            what="a second document (---)",
            hint="remove the line '---': a file holds one record or one list",
        )
    if "quoted scalar" in context and "escape" not in what:
        return problem("E106", opened, hint=CLOSE_IT)
    if "alias" in what or "alias" in context or "anchor" in context:
        return problem("E113", opened, what="an alias (*name)")
    if what == "mapping values are not allowed in this context" and ": " not in line[: where.column - 1]:
        what = "indented too far"
    if place := _runaway_quote(text):
        return problem("E106", Origin(name, *place), hint=CLOSE_IT)
    reason, advice = _WORDS.get(what, _OTHER)
    return problem("E112", opened if what in _AT_OPENING else where, reason=reason, advice=advice)


def _runaway_quote(text: str) -> tuple[int, int] | None:
    """Find a quotation mark that is closed by that of a later line: the last quoted text before the error."""
    last = None
    try:
        for token in yaml.scan(text, Loader=LOADER):
            if isinstance(token, yaml.ScalarToken) and token.style in ("'", '"'):
                last = token
    except yaml.YAMLError:
        pass
    if last and last.start_mark.line != last.end_mark.line:
        return _at(last.start_mark)
    return None


def _unreadable(name: str, text: str, error: Exception) -> Problem:
    """Say which character no YAML file may have."""
    code = getattr(error, "character", None)
    at = text.find(chr(code)) if isinstance(code, int) else -1
    if at < 0 or not isinstance(code, int):
        return problem("E112", Origin(name), reason=str(error).split("\n")[0], advice="retype it")
    before = text[:at].split("\n")
    return problem("E502", Origin(name, len(before), len(before[-1]) + 1), name=f"control character (U+{code:04X})")


CLOSE_IT = 'put the same mark at its end; between "…" write \\" for a mark that belongs to the text'
_OTHER = (
    "the indentation or the punctuation is off",
    "compare with a neighbouring file: 'key: value', lists with '- ', the same indentation for keys of one record",
)
_QUOTE_IT = "put the whole value between quotation marks"
_WORDS = {
    "mapping values are not allowed in this context": (
        "a second ': ' in one line",
        "put the whole value between quotation marks, or begin it with '>-' on a line of its own",
    ),
    "indented too far": (
        "this line is indented further than the keys above it",
        "indent it as far as the other keys of the record",
    ),
    "could not find expected ':'": (
        "this line has no 'key: ' at its beginning",
        "write 'key: value' with a colon and a space; a line that continues a text is indented further than its key",
    ),
    "found character that cannot start any token": ("a value cannot begin with this character", _QUOTE_IT),
    "found unknown escape character": (
        "a backslash has a meaning of its own between double quotation marks",
        "remove the backslash, or use single quotation marks",
    ),
    "block sequence entries are not allowed in this context": (
        "a list cannot begin beside its key",
        "begin the list on the next line, or put a text that begins with '-' between quotation marks",
    ),
    "did not find expected ',' or ']'": ("the list that begins here is not closed", "put ] at its end"),
    "did not find expected ',' or '}'": ("the group that begins here is not closed", "put } at its end"),
    "did not find expected '-' indicator": (
        "a line that belongs to no item of the list",
        "indent it as far as the lines around it; a new item begins with '- '",
    ),
}
_AT_OPENING = ("could not find expected ':'", "did not find expected ',' or ']'", "did not find expected ',' or '}'")


def _at(mark: Any) -> tuple[int, int]:
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)


def _mark(node: yaml.Node) -> tuple[int, int]:
    return node.start_mark.line + 1, node.start_mark.column + 1


def _top(*_: str | int) -> tuple[int, int]:
    return 1, 1
