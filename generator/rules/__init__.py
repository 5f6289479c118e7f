"""Check what no schema can express. Each rule is a small function: `(Catalog, today) -> problems`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from itertools import product

from generator import pages
from generator.diagnostics import did_you_mean, form_words, problem, shown
from generator.diagnostics.about import about
from generator.iter_text import texts
from generator.load import MANIFEST, published_addresses
from generator.load.text import shown_path
from generator.model import Catalog, Field, Origin, Package, Problem
from generator.rules.front_matter import front_matter_is_readable
from generator.rules.icons_in_pages import icons_on_pages_exist
from generator.rules.needed import an_event_ends, an_event_has_a_place, one_of_several_is_there, rolling_is_reviewed
from generator.rules.partners import (
    mailboxes_belong_to_roles,
    offers_of_partners_who_take_part,
    records_of_samples_are_samples,
)
from generator.rules.pictures import pictures_are_there
from generator.rules.release import ready_for_release
from generator.rules.times import start_before_end, time_is_on_the_clock, time_zone_is_known
from generator.text_safety import read_prose

__all__ = [
    "RESERVED_IDS",
    "RULES",
    "apply",
    "front_matter_is_readable",
    "icons_on_pages_exist",
    "pictures_are_there",
    "prose_links_lead_somewhere",
    "published_addresses_remain",
    "ready_for_release",
]

#: The format of a field that has addresses of this site.
PAGE = "page"

Rule = Callable[[Catalog, date], Iterator[Problem]]

#: Ids that a dataset's own pages use, and names that Windows does not allow for files.
RESERVED_IDS = frozenset("index feed events calendar con prn aux nul".split()) | {
    f"{port}{i}" for port in ("com", "lpt") for i in range(1, 10)
}


def apply(catalog: Catalog, today: date) -> list[Problem]:
    """Return the problems that the rules find."""
    return [found for rule in RULES for found in rule(catalog, today)]


def id_is_file_name(catalog: Catalog, _: date) -> Iterator[Problem]:
    """The id of a record with a file of its own is the file's name."""
    for dataset in catalog:
        for record in dataset:
            stem, claimed = record.row.stem, str(record.row.values.get("id", ""))
            if not stem or not claimed or claimed == stem or ("id",) in record.faulty:
                continue
            free = claimed not in dataset.by_id
            fits = pages.is_segment(stem)
            words = {"file": f"{stem}.yaml", "shown": shown(claimed)}
            ways = [f"rename the file to '{claimed}.yaml'"] * (free or not fits) + [f"write id: {stem}"] * fits
            advice = ", or ".join(ways)
            yield problem("E402", record.row.origin("id"), about=about(record, "id"), advice=advice, **words)


def id_is_not_reserved(catalog: Catalog, _: date) -> Iterator[Problem]:
    """Some addresses belong to the site itself, and some names are not allowed for files on Windows."""
    for dataset in catalog:
        for record in dataset:
            if record.id in RESERVED_IDS:
                yield problem("E403", record.row.origin("id"), about=about(record, "id"), shown=shown(record.id))


def aliases_make_addresses(catalog: Catalog, _: date) -> Iterator[Problem]:
    """A former id becomes a folder of the site, so it must have the form of an id."""
    for dataset in catalog:
        field = dataset.resource.schema.field("id")
        form = form_words(field) if field else ""
        for record in dataset:
            for i, alias in enumerate(record.values.get("aliases") or ()):
                here, details = record.row.origin("aliases", i), about(record, "aliases", i)
                if not pages.is_segment(alias):
                    yield problem("E207", here, about=details, shown=shown(alias), form=form)
                elif alias in RESERVED_IDS:
                    yield problem("E403", here, about=details, shown=shown(alias))


def checked_in_the_past(catalog: Catalog, today: date) -> Iterator[Problem]:
    """Nobody can have checked a fact, or asked an employer, on a day in the future."""
    for dataset in catalog:
        fields = dataset.resource.schema.fields
        looked = [field.name for field in fields if field.remind and field.remind.after_months is not None]
        for record, name in product(dataset, looked):
            day = record.values.get(name)
            if isinstance(day, date) and day > today and (name,) not in record.faulty:
                yield problem("E408", record.row.origin(name), about=about(record, name), shown=shown(day))


def prose_links_lead_somewhere(catalog: Catalog, now: list[str]) -> Iterator[Problem]:
    """An address of this site in a field or in prose, as /pathways/patient-care/, must lead to a page or a redirect."""
    known = {*now, *(f"/{dataset.name}/{unread}/" for dataset in catalog for unread in dataset.unread)}
    in_files = ((r.dataset, r.row.values.get("id"), r.row.stem) for dataset in catalog for r in dataset if r.row.stem)
    known |= {f"/{name}/{claimed}/" for name, claimed, stem in in_files if claimed != stem}  # E402 reports them
    incomplete = tuple(f"/{dataset.name}/" for dataset in catalog if not dataset.whole)
    for prose in (text for dataset in catalog for text in texts(dataset, _has_links)):
        for target in (prose.value,) if prose.field.format == PAGE else read_prose(prose.value).links:
            address = re.split("[?#]", target)[0]
            if target.startswith("/") and address not in known and not address.startswith(incomplete):
                hint, details = did_you_mean(address, now), about(prose.record, *prose.where) | {"value": target}
                yield problem("E507", prose.origin_of(target), about=details, hint=hint, shown=shown(target))


def _has_links(field: Field) -> bool:
    return field.markdown or field.format == PAGE


RULES: tuple[Rule, ...] = (
    id_is_file_name,
    id_is_not_reserved,
    aliases_make_addresses,
    start_before_end,
    time_zone_is_known,
    time_is_on_the_clock,
    checked_in_the_past,
    one_of_several_is_there,
    rolling_is_reviewed,
    an_event_ends,
    an_event_has_a_place,
    offers_of_partners_who_take_part,
    records_of_samples_are_samples,
    mailboxes_belong_to_roles,
)


def published_addresses_remain(package: Package, now: list[str]) -> Iterator[Problem]:
    """Every address in data/addresses.txt must still lead to a page or a redirect."""
    present = set(now)
    for number, line in enumerate(published_addresses(package.root), start=1):
        if line.startswith("/") and line not in present:
            yield problem("E407", Origin(shown_path(package.root / MANIFEST), number), address=line)
