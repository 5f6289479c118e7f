"""Finds values from a list, and ids of records, by what people call them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from generator.diagnostics import Fault, fault, folded, shown
from generator.load import row_id
from generator.model import Field, Package, Table

#: Spelling (folded) -> the values that it can stand for.
Spellings = Mapping[str, tuple[str, ...]]
NAMES = "name"
ALIASES = "aliases"
MOST_SHOWN = 6


@dataclass(slots=True)
class Names:
    """What people may call a record: its id, its names in every language, and its former ids."""

    package: Package
    tables: Mapping[str, Table]
    known: dict[str, Spellings] = field(default_factory=dict)

    def choices(self, field: Field) -> Spellings | None:
        """Return the spellings of a field's possible values; None if any value is allowed."""
        if field.reference:
            if field.reference not in self.known:
                self.known[field.reference] = self._records(field.reference)
            return self.known[field.reference]
        values = field.labels or {str(value): "" for value in field.constraints.get("enum", ())}
        if not values:
            return None
        return _spellings([(value, [value]) for value in values], [(v, [label]) for v, label in values.items()])

    def several(self, field: Field, text: str, found: Sequence[str]) -> Fault:
        """Return the fault that a name could mean several records or values."""
        ids = ", ".join(found[:MOST_SHOWN]) + (" …" if len(found) > MOST_SHOWN else "")
        return fault("E702", shown=shown(text), dataset=field.reference or field.name, ids=ids)

    def _records(self, dataset: str) -> Spellings:
        resource, table = self.package.get(dataset), self.tables.get(dataset)
        if resource is None or table is None:
            return {}
        fields = [f.name for f in resource.schema.fields if NAMES in (f.name, f.translation_of)]
        ids, names, former = [], [], []
        for row in table.rows:
            id_ = row.stem or row_id(row)
            ids.append((id_, [id_]))
            names.append((id_, [str(row.values.get(name, "")) for name in fields]))
            aliases = row.values.get(ALIASES, "")
            former.append((id_, aliases.split(";") if isinstance(aliases, str) else map(str, aliases)))
        return _spellings(ids, names, former)


def _spellings(*ranks: Sequence[tuple[str, object]]) -> dict[str, tuple[str, ...]]:
    """Collect spellings; one of an earlier rank (an id) wins over one of a later rank (a name)."""
    found: dict[str, tuple[str, ...]] = {}
    for rank in ranks:
        of_rank: dict[str, dict[str, None]] = {}
        for value, words in rank:
            for word in words:  # type: ignore[attr-defined]
                if spelling := folded(str(word)):
                    of_rank.setdefault(spelling, {})[value] = None
        found = {spelling: tuple(values) for spelling, values in of_rank.items()} | found
    return found


def chosen(known: Spellings, text: str) -> tuple[str, ...]:
    """Return the values that text can stand for: none, one or several."""
    return known.get(folded(text), ())


def partition(known: Spellings, parts: Sequence[str]) -> tuple[str, ...]:
    """Join parts between commas into known names ("Arts, Media" is one); () unless exactly one way uses all of them."""
    ways: list[list[tuple[str, ...]]] = [[()], *([] for _ in parts)]
    for end in range(1, len(parts) + 1):
        for start in range(end):
            name = ", ".join(parts[start:end])
            if chosen(known, name):
                ways[end] += [(*way, name) for way in ways[start]][:2]
        ways[end] = ways[end][:2]
    return ways[-1][0] if len(ways[-1]) == 1 else ()
