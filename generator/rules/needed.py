"""Check information that one of several fields must contain: who offers it, when it ends, where it takes place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import NamedTuple

from generator.diagnostics import problem
from generator.diagnostics.about import about
from generator.model import Catalog, Problem, Record


class Need(NamedTuple):
    """A group of fields that must not all be blank, what the record must say in them, and what to write."""

    fields: tuple[str, ...]
    what: str
    advice: str


#: By field, not by dataset, so that a county's own datasets follow the same rules.
NEEDS: Mapping[str, Need] = {
    "provider": Need(("employer", "provider"), "who offers it", "write employer: (an id), or provider: (a name)"),
    "apply_url": Need(
        ("apply_url", "apply_email", "official_url"),
        "where to apply",
        "write apply_url:, apply_email: or official_url:",
    ),
    "last_confirmed_on": Need(
        ("last_confirmed_on", "verified_on"),
        "when it was last confirmed",
        "write last_confirmed_on:, or verified_on: (the day it was read at its source)",
    ),
    "recurs": Need(
        ("starts_at", "recurs"), "when it takes place", "write starts_at: and ends_at:, or recurs: in words"
    ),
    "rolling": Need(
        ("closes_on", "review_by_on"),
        "when it ends",
        "write closes_on: (the last day to apply), or rolling: true with review_by_on: (when to ask again)",
    ),
}
PLACE = Need(("place", "address", "city"), "where it takes place", "write place: and city:, or mode: virtual")
ROOM = Need(("online_url",), "the address of the online room", "write online_url:, or mode: in-person")
END = Need(("ends_at",), "when it ends", "write ends_at:")
LOOK = Need(("review_by_on",), "when to look for its next date", "write review_by_on:")
#: Mode of an event -> what it needs.
BY_MODE: Mapping[str, tuple[Need, ...]] = {"in-person": (PLACE,), "virtual": (ROOM,), "either": (PLACE, ROOM)}


def one_of_several_is_there(catalog: Catalog, _: date) -> Iterator[Problem]:
    """Some information must be in one field or another: who offers it, where to apply, when it ends."""
    for dataset in catalog:
        names = {field.name for field in dataset.resource.schema.fields}
        known = {
            field: need._replace(fields=tuple(filter(names.__contains__, need.fields))) for field, need in NEEDS.items()
        }
        needs = [need for field, need in known.items() if field in names and len(need.fields) > 1]
        for record in dataset:
            for need in needs:
                yield from _missing(record, need)


def rolling_is_reviewed(catalog: Catalog, _: date) -> Iterator[Problem]:
    """A record that takes applications all year needs a day to ask again, even if it has a closing day."""
    for dataset in catalog:
        for record in dataset:
            says = record.values.get("closes_on") and not record.values.get("review_by_on")
            if record.values.get("rolling") and says and not _faulty(record, ("review_by_on",)):
                words = {
                    "what": "when to ask again",
                    "advice": "write review_by_on:, or rolling: false",
                }
                yield problem("E409", record.row.origin("rolling"), about=about(record, "rolling"), **words)


def an_event_ends(catalog: Catalog, _: date) -> Iterator[Problem]:
    """An event with a start needs an end; one without needs a day to look for its next date."""
    for dataset in catalog:
        for record in dataset if dataset.resource.schema.field("recurs") else ():
            yield from _missing(record, END if record.values.get("starts_at") else LOOK)


def an_event_has_a_place(catalog: Catalog, _: date) -> Iterator[Problem]:
    """An event must say where it is: a place, an online room, or both, depending on its mode."""
    for dataset in catalog:
        if dataset.resource.schema.field("online_url"):
            for record in dataset:
                for need in BY_MODE.get(str(record.values.get("mode")), ()):
                    yield from _missing(record, need)


def _missing(record: Record, need: Need) -> Iterator[Problem]:
    """Report that all fields of a need are blank, unless one of them is already reported as faulty."""
    if not any(record.values.get(name) for name in need.fields) and not _faulty(record, need.fields):
        words = {"what": need.what, "advice": need.advice}
        yield problem("E409", record.origin, about=about(record), **words)


def _faulty(record: Record, fields: tuple[str, ...]) -> bool:
    return any(where[0] in fields for where in record.faulty)
