"""What the filters of a list read from a card: the values of each facet as space-separated IDs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from generator.model import Catalog, Record
from generator.views.availability import months_of
from generator.views.news import sectors_of
from generator.views.registry import view

EITHER = "either"
BOTH_MODES = ("in-person", "virtual")
#: Group sizes to filter by, close enough together that every class finds a match.
GROUPS = (1, 2, 5, 10, 15, 20, 25, 30, 35, 50, 100)

#: Reads the values of one facet of a record.
Reader = Callable[[Catalog, Record], Iterable[object]]


class CardFacet(NamedTuple):
    """One facet of a card: its name, and its values as written in the attribute `data-<name>`."""

    name: str
    values: str


@view
def card_facets(catalog: Catalog, record: Record) -> tuple[CardFacet, ...]:
    """Return the facets for a record's card, without those that have no value."""
    found = ((name, _joined(read(catalog, record))) for name, read in READERS[record.dataset].items())
    return tuple(CardFacet(name, values) for name, values in found if values)


def _joined(values: Iterable[object]) -> str:
    return " ".join(dict.fromkeys(str(one.id if isinstance(one, Record) else one) for one in values))


def _list(*names: str) -> Reader:
    """Return a reader that takes the first of the given fields with a value."""

    def read(_: Catalog, record: Record) -> Iterable[object]:
        value = next((record[name] for name in names if record[name]), ())
        return value if isinstance(value, tuple) else (value,)

    return read


def _mode(_: Catalog, record: Record) -> Iterable[object]:
    return BOTH_MODES if record["mode"] == EITHER else filter(None, (record["mode"],))


def _groups(_: Catalog, offer: Record) -> Iterable[object]:
    least, most = offer["group_size_min"] or 1, offer["group_size_max"]
    return (size for size in GROUPS if least <= size <= most)


def _start(_: Catalog, event: Record) -> Iterable[object]:
    return (event["starts_at"].month,) if event["starts_at"] else ()


def _activities(_: Catalog, employer: Record) -> Iterable[object]:
    return (offer["activity"] for offer in employer.backlinks["offers"] if offer.values["status"] == "active")


#: Dataset -> facet -> reader, in the order of the attributes on a card.
READERS: Mapping[str, Mapping[str, Reader]] = {
    "offers": {
        "activity": _list("activity"),
        "sector": sectors_of,
        "pathway": _list("pathways"),
        "area": _list("areas_served"),
        "grade": _list("grades"),
        "mode": _mode,
        "language": _list("languages"),
        "month": months_of,
        "students": _groups,
    },
    "opportunities": {
        "kind": _list("kind"),
        "sector": sectors_of,
        "pathway": _list("pathways"),
        "area": _list("area"),
        "grade": _list("grades"),
        "pay": _list("pay_kind"),
        "mode": _mode,
    },
    "employers": {
        "sector": sectors_of,
        "area": _list("area"),
        "activity": _activities,
        "language": _list("languages"),
        "size": _list("size_band"),
    },
    "events": {
        "kind": _list("kind"),
        "audience": _list("audiences"),
        "sector": _list("sectors"),
        "area": _list("area"),
        "mode": _mode,
        "month": _start,
    },
}
