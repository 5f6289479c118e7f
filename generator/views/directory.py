"""The directory of schools, colleges and districts: one list with one filter for two datasets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from generator.model import Catalog, Record
from generator.views.facets import Facet, Label, Option
from generator.views.listing import is_listed
from generator.views.pathways import pathways_at
from generator.views.records import by_name
from generator.views.registry import view
from generator.views.schools import programs_at

SCHOOLS, INSTITUTIONS = "schools", "institutions"
DISTRICTS = frozenset({"unified-district", "high-school-district", "elementary-district"})


class Place(NamedTuple):
    """A school or institution in the directory, and what a filter reads from it."""

    record: Record
    city: str
    district: str
    pathways: str
    programs: int


class Section(NamedTuple):
    """All places of one kind, by name."""

    dataset: str
    kind: str
    places: tuple[Place, ...]


@view
def directory(catalog: Catalog, today: date) -> tuple[Section, ...]:
    """Return the schools, then colleges and universities, then districts, by kind."""
    return tuple(section for section in _sections(catalog, today) if section.places)


@view
def directory_facets(catalog: Catalog, today: date) -> tuple[Facet, ...]:
    """Return what the directory can be narrowed by: pathway, city, district and type, each with the values in it."""
    sections = directory(catalog, today)
    places = [place for section in sections for place in section.places]
    cities = {place.city: str(place.record["city"]) for place in places}
    pathways = {key for place in places for key in place.pathways.split()}
    districts = {place.district for place in places}
    others = {place.district: str(place.record["authorizer"]) for place in places if _has_authorizer(place.record)}
    return (
        Facet("pathway", _records(catalog["pathways"], pathways)),
        Facet("city", tuple(Option(key, cities[key]) for key in sorted(cities))),
        Facet(
            "district",
            (
                *_records(by_name(catalog, catalog[INSTITUTIONS]), districts),
                *(Option(key, others[key]) for key in sorted(others)),
            ),
        ),
        Facet("kind", tuple(Option(one.kind, Label(one.dataset, "kind", one.kind)) for one in sections)),
    )


def _sections(catalog: Catalog, today: date) -> Iterator[Section]:
    kinds = [(SCHOOLS, kind) for kind in _kinds(catalog, SCHOOLS)]
    others = [(INSTITUTIONS, kind) for kind in _kinds(catalog, INSTITUTIONS)]
    for dataset, kind in (*kinds, *sorted(others, key=lambda one: one[1] in DISTRICTS)):
        found = (one for one in catalog[dataset] if one["kind"] == kind and is_listed(catalog, one, today))
        yield Section(dataset, kind, tuple(_place(catalog, one, today) for one in by_name(catalog, found)))


def _kinds(catalog: Catalog, dataset: str) -> Iterable[str]:
    field = catalog[dataset].resource.schema.field("kind")
    return field.labels if field else ()


def _place(catalog: Catalog, record: Record, today: date) -> Place:
    city = _key(record["city"])
    if record.dataset == SCHOOLS:
        programs = programs_at(catalog, record, today)
        keys = dict.fromkeys(program["pathway"].id for program in programs if program["pathway"])
        district = record["district"].id if record["district"] else _key(record["authorizer"] or "")
        return Place(record, city, district, " ".join(keys), len(programs))
    district = record.id if record["kind"] in DISTRICTS else ""
    after = " ".join(found.pathway.id for found in pathways_at(catalog, record))
    return Place(record, city, district, after, 0)


def _has_authorizer(record: Record) -> bool:
    return record.dataset == SCHOOLS and not record["district"] and bool(record["authorizer"])


def _key(words: str) -> str:
    """Return words as one value of a filter, which reads several from spaces."""
    return "-".join(words.lower().split())


def _records(records: Iterable[Record], keys: Iterable[str]) -> tuple[Option, ...]:
    chosen = set(keys)
    return tuple(Option(record.id, record) for record in records if record.id in chosen)
