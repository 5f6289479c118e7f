"""Checks that no schema can state, a small function each: `(Catalog, today) -> problems`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from itertools import pairwise
from pathlib import Path

from generator.load.text import shown_path
from generator.messages import problem, shown
from generator.model import Catalog, Origin, Package, Problem, Record
from generator.text import PROSE_LINK

Rule = Callable[[Catalog, date], Iterator[Problem]]

#: Ids under which a dataset's own pages live.
RESERVED_IDS = frozenset({"index", "feed", "events", "con", "prn", "aux", "nul", *(f"com{i}" for i in range(1, 10))})
PLACEHOLDER_HOST = ".example"


def apply(catalog: Catalog, today: date) -> list[Problem]:
    """Apply every rule."""
    return [found for rule in RULES for found in rule(catalog, today)]


def id_is_file_name(catalog: Catalog, _: date) -> Iterator[Problem]:
    """In a folder with a file per record, a record is found by its file's name."""
    for dataset in catalog:
        if not (catalog.package.root / dataset.name).is_dir():
            continue
        for record in dataset:
            stem = Path(record.row.path).stem
            if record.id and record.id != stem:
                words = {"file": f"{stem}.yaml", "wanted": f"{record.id}.yaml", "stem": stem}
                here = record.row.origin("id")
                yield problem("E402", here, about=_about(record, "id"), shown=shown(record.id), **words)


def id_is_not_reserved(catalog: Catalog, _: date) -> Iterator[Problem]:
    """Some addresses are the site's own, and some names are no file names on Windows."""
    for dataset in catalog:
        for record in dataset:
            if record.id in RESERVED_IDS:
                yield problem("E403", record.row.origin("id"), about=_about(record, "id"), shown=shown(record.id))


def start_before_end(catalog: Catalog, _: date) -> Iterator[Problem]:
    """A schema's `ordered` lists fields whose values may not fall from one to the next."""
    for dataset in catalog:
        for chain in dataset.resource.schema.ordered:
            for record in dataset:
                filled = [(name, record.values[name]) for name in chain if record.values.get(name) is not None]
                for (first, low), (second, high) in pairwise(filled):
                    if high < low:
                        words = {"shown": f"{shown(high)}", "other": first, "other_shown": low}
                        yield problem("E405", record.row.origin(second), about=_about(record, second), **words)


def verified_in_the_past(catalog: Catalog, today: date) -> Iterator[Problem]:
    """Nobody can have checked a fact tomorrow."""
    for dataset in catalog:
        for record in dataset:
            day = record.values.get("verified_on")
            if isinstance(day, date) and day > today:
                here = record.row.origin("verified_on")
                yield problem("E408", here, about=_about(record, "verified_on"), shown=shown(day))


def prose_links_lead_somewhere(catalog: Catalog, _: date) -> Iterator[Problem]:
    """A link in prose such as /pathways/patient-care/ needs a record of that id."""
    known = {f"/{record.url}" for dataset in catalog for record in dataset}
    known |= {f"/{dataset.name}/" for dataset in catalog} | {"/"}
    for dataset in catalog:
        for field in dataset.resource.schema.fields:
            if not field.markdown:
                continue
            for record in dataset:
                for target in PROSE_LINK.findall(str(record.values.get(field.name) or "")):
                    if target.startswith("/") and target.partition("#")[0] not in known:
                        here = record.row.origin(field.name)
                        yield problem("E507", here, about=_about(record, field.name), shown=shown(target))


RULES: tuple[Rule, ...] = (
    id_is_file_name,
    id_is_not_reserved,
    start_before_end,
    verified_in_the_past,
    prose_links_lead_somewhere,
)


def published_addresses_remain(package: Package, now: list[str]) -> Iterator[Problem]:
    """Every address of data/addresses.txt must still lead somewhere: to a page or a redirect."""
    manifest = package.root / "addresses.txt"
    if not manifest.exists():
        return
    present = set(now)
    for number, line in enumerate(manifest.read_text(encoding="utf-8").splitlines(), start=1):
        if line.startswith("/") and line not in present:
            yield problem("E407", Origin(shown_path(manifest), number), address=line)


def ready_for_release(package: Package) -> Iterator[Problem]:
    """Before the public sees the site: no sample records and no placeholder of the region."""
    listing = Origin(shown_path(package.root / "datapackage.yaml"))
    for resource in package:
        if resource.sample:
            yield problem("E601", listing, about={"dataset": resource.name}, name=resource.name)
    region = Origin(shown_path(package.root / "region.yaml"))
    for key, value in package.region.values.items():
        if isinstance(value, str) and PLACEHOLDER_HOST in value:
            yield problem("E602", region, about={"field": key, "value": value}, shown=shown(value))


def _about(record: Record, field: str) -> Mapping[str, str]:
    value = str(record.values.get(field, ""))[:200]
    return {"dataset": record.dataset, "record": record.id, "field": field, "value": value}
