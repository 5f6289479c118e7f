"""Check what templates use: fields that a schema declares, functions that `views` offers, and datasets that exist.

This reads the templates' syntax trees. A name whose meaning the template alone does not reveal is accepted;
a record of an unknown dataset may have any field that some schema declares.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple, get_args, get_type_hints

from jinja2 import Environment, nodes

from generator import views
from generator.model import Field, Package, Record

EXTENSIONS = ["jinja2.ext.i18n", "jinja2.ext.do"]
#: What every record offers in addition to its fields.
OF_RECORDS = frozenset({"id", "url", "dataset", "backlinks", "is_sample"})
SAME_LIST = frozenset({"reverse", "list", "sort", "selectattr", "rejectattr", "unique"})
SAME_RECORDS = frozenset({"by_name", "by_wage", "by_deadline", "by_next_day", "by_start", "listed", "not_listed"})


class Kind(NamedTuple):
    """The kind of value an expression has: a record, a list of something, backlinks, a group, or a view's result."""

    what: str
    of: Any = None


ANY_RECORD = Kind("record")


@dataclass
class Contract:
    """Checks templates against the schemas of a package."""

    package: Package
    content: Path

    def breaches(self) -> Iterator[str]:
        """Yield each breach of the contract with its path and line."""
        environment = Environment(extensions=EXTENSIONS, autoescape=True)
        for path in sorted(self.content.rglob("*.j2")):
            name = path.relative_to(self.content).as_posix()
            yield from self.of_template(name, environment.parse(path.read_text(encoding="utf-8")))

    def of_template(self, name: str, tree: nodes.Template) -> Iterator[str]:
        """Yield the breaches in one template."""
        folder = name.rpartition("/")[0]
        known = {"catalog": Kind("catalog"), "views": Kind("views")}
        if self.package.get(folder):
            known |= {"dataset": Kind("list", Kind("record", folder)), "record": Kind("record", folder)}
        walk = Walk(self.package, known)
        walk.body(tree.body)
        yield from (f"{name}:{line}: {words}" for line, words in walk.found)


class Walk:
    """Walks through one template and tracks what each name refers to."""

    def __init__(self, package: Package, known: dict[str, Kind]) -> None:
        """Start with the names that the renderer provides."""
        self.package, self.known = package, known
        self.found: list[tuple[int, str]] = []
        self.every_field = {f.name for r in package for f in r.schema.fields}

    def body(self, body: list[nodes.Node]) -> None:
        """Walk through statements in order: a name is known once it is set."""
        for node in body:
            self.statement(node)

    def statement(self, node: nodes.Node) -> None:
        """Walk through one statement in its own scope."""
        if isinstance(node, nodes.For):
            item = self.kind(node.iter)
            outside = dict(self.known)
            self.bind(node.target, item.of if item.what == "list" else None)
            if node.test:
                self.kind(node.test)
            self.body(node.body)
            self.known = outside
            self.body(node.else_)
        elif isinstance(node, nodes.Macro):
            outside = dict(self.known)
            for argument in node.args:
                self.bind(argument, None)
            self.body(node.body)
            self.known = outside
        elif isinstance(node, nodes.Assign):
            self.bind(node.target, self.kind(node.node))
        else:
            for child in node.iter_child_nodes():
                if isinstance(child, nodes.Expr):
                    self.kind(child)
                else:
                    self.statement(child)

    def bind(self, target: nodes.Node, kind: Kind | None) -> None:
        """Record what a name refers to; names unpacked from a tuple are unknown."""
        for name in [target, *target.find_all(nodes.Name)]:
            if isinstance(name, nodes.Name):
                self.known.pop(name.name, None)
                if name is target and kind:
                    self.known[name.name] = kind
                elif name.name == "record":
                    self.known[name.name] = ANY_RECORD

    def kind(self, node: nodes.Node) -> Kind:  # noqa: PLR0911 - a case for each kind of expression
        """Return the kind of an expression's value and record the breaches within it."""
        match node:
            case nodes.Name():
                return self.known.get(node.name, Kind("other"))
            case nodes.Getattr():
                return self.attribute(self.kind(node.node), node.attr, node.lineno)
            case nodes.Getitem(arg=nodes.Const(value=str(name))):
                return self.attribute(self.kind(node.node), name, node.lineno)
            case nodes.Call():
                return self.call(node)
            case nodes.Filter():
                return self.filter(node)
            case nodes.CondExpr():
                kinds = [self.kind(child) for child in node.iter_child_nodes()]
                return kinds[1]
            case _:
                for child in node.iter_child_nodes():
                    self.kind(child)
                return Kind("other")

    def attribute(self, kind: Kind, name: str, line: int) -> Kind:  # noqa: PLR0911 - a case for each kind of value
        """Return the kind of a value's attribute; record a breach if it has no such attribute."""
        match kind:
            case Kind("views"):
                return self.must(name in views.PUBLIC, line, f"views has no {name}", Kind("view", name))
            case Kind("catalog"):
                made = Kind("list", Kind("record", name))
                return self.must(self.package.get(name) is not None, line, f"there is no dataset {name}", made)
            case Kind("backlinks", dataset):
                refers = dataset in self.targets(name) if dataset else self.package.get(name) is not None
                return self.must(refers, line, f"backlinks have no {name}", Kind("list", Kind("record", name)))
            case Kind("record", None):
                if name == "backlinks":
                    return Kind("backlinks")
                return self.must(name in self.every_field | OF_RECORDS, line, f"no record has {name}", Kind("other"))
            case Kind("record", dataset):
                return self.field(dataset, name, line)
            case Kind("group", fields):
                found = next((f for f in fields if f.name == name), None)
                return self.must(found is not None, line, f"the group has no {name}", self.of_field(found))
            case Kind("grouped", (key, records)):
                answers = {"key": key, "records": records}
                return self.must(name in answers, line, f"a group has no {name}", answers.get(name, Kind("other")))
            case Kind("answer", made):
                return self.must(hasattr(made, name), line, f"{made.__name__} has no {name}", self.part(made, name))
        return Kind("other")

    def field(self, dataset: str, name: str, line: int) -> Kind:
        """Return the kind of a record's attribute."""
        if name == "backlinks":
            return Kind("backlinks", dataset)
        if name in OF_RECORDS:
            return Kind("other")
        resource = self.package.get(dataset)
        found = resource.schema.field(name) if resource else None
        return self.must(found is not None, line, f"{dataset} has no field {name}", self.of_field(found))

    def of_field(self, field: Field | None) -> Kind:
        """Return the kind of a field's value."""
        if field is None:
            return Kind("other")
        one = Kind("record", field.reference) if field.reference else Kind("other")
        if field.fields:
            one = Kind("group", field.fields)
        return Kind("list", one) if field.is_list else one

    def call(self, node: nodes.Call) -> Kind:
        """Return the kind of a view's result."""
        called = self.kind(node.node)
        arguments = [self.kind(child) for child in (*node.args, *(k.value for k in node.kwargs))]
        if called.what != "view" or called.of not in views.PUBLIC:
            return Kind("other")
        if called.of in SAME_RECORDS:
            return arguments[0]
        if called.of == "grouped" and isinstance(node.args[1], nodes.Const):
            item = arguments[0].of if arguments[0].what == "list" else Kind("other")
            key = self.attribute(item, str(node.args[1].value), node.lineno)
            return Kind("list", Kind("grouped", (key.of if key.what == "list" else key, arguments[0])))
        return self.answer(get_type_hints(views.PUBLIC[called.of])["return"])

    def answer(self, hint: Any) -> Kind:
        """Return the kind for a type hint: records, lists of them, the named tuples of views."""
        parts = [part for part in get_args(hint) if part not in (type(None), ...)]
        if hint is Record:
            return ANY_RECORD
        if hasattr(hint, "_fields"):
            return Kind("answer", hint)
        if len(parts) == 1:
            inner = self.answer(parts[0])
            return Kind("list", inner) if getattr(hint, "__origin__", None) is tuple else inner
        return Kind("other")

    def part(self, made: Any, name: str) -> Kind:
        """Return the kind of one part of a view's result."""
        return self.answer(get_type_hints(made).get(name))

    def filter(self, node: nodes.Filter) -> Kind:
        """Return the kind of a filter's result; `map(attribute=…)` reads an attribute."""
        kind = self.kind(node.node) if node.node else Kind("other")
        for argument in (*node.args, *node.kwargs):
            self.kind(argument)
        if node.name in SAME_LIST:
            return kind
        if kind.what == "list" and node.name in ("first", "last"):
            return kind.of or Kind("other")
        if kind.what == "list" and node.name == "map":
            for keyword in node.kwargs:
                if keyword.key == "attribute" and isinstance(keyword.value, nodes.Const):
                    return Kind("list", self.attribute(kind.of, str(keyword.value.value), node.lineno))
        return Kind("other")

    def targets(self, dataset: str) -> set[str]:
        """Return the datasets that a dataset refers to."""
        resource = self.package.get(dataset)
        return {(nested or field).reference for field, nested in resource.schema.references} if resource else set()

    def must(self, good: bool, line: int, words: str, kind: Kind) -> Kind:  # noqa: FBT001 - reads as a sentence
        """Record a breach unless a condition holds, and return the value's kind either way."""
        if not good:
            self.found.append((line, words))
        return kind
