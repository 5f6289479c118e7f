"""Describe a page to search engines (schema.org, as JSON-LD): its breadcrumbs and its subject.

Only facts that are true and shown on the page. Sample records say that they are samples; a job posting is
written only for a real, open job.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from generator.model import Catalog, Page
from generator.views.linked_things import THINGS, Place, filled, internship_posting, text
from generator.views.registry import view

CONTEXT = "https://schema.org"
SAMPLE_NAME = "Sample: "
SAMPLE = "Sample record: invented to show how the site works."


class Crumb(NamedTuple):
    """One breadcrumb: its address below the root of the language, and its name."""

    url: str
    name: str


@view
def linked_data(
    catalog: Catalog, page: Page, record: Any, crumbs: Sequence[tuple[Any, str]], today: date
) -> Mapping[str, Any]:
    """Return the JSON-LD for a page: its breadcrumbs, and its record if schema.org has a type for it.

    A record's additional pages have breadcrumbs only, and the home page describes the site.

    Args:
        catalog: all records.
        page: the page to describe.
        record: the record that the page is about, if any.
        crumbs: the steps from the home page to this one, as (path or record, name); this page's own has only a name.
        today: the day of the build.
    """
    prefix = page.base.removeprefix(page.root)
    place = Place(catalog, f"{catalog.region['site_url']}{prefix}", today)
    here = page.url.removeprefix(prefix)
    steps = [Crumb(_address(target, here), text(name)) for target, name in crumbs]
    way = _way(place, steps) if steps else _site(place, page)
    things = [] if record is None or page.part else _things(place, record)
    return {"@context": CONTEXT, **({"@graph": [way, *things]} if things else way)}


def _invented(thing: dict[str, Any]) -> dict[str, Any]:
    """Label a sample as one, in the name too, because search engines show the name."""
    return thing | {"name": f"{SAMPLE_NAME}{thing['name']}", "disambiguatingDescription": SAMPLE}


def _address(target: Any, here: str) -> str:
    if target is None:
        return here
    return target if isinstance(target, str) else str(target.url)


def _things(place: Place, record: Any) -> list[dict[str, Any]]:
    """Return what a record is: nothing if schema.org has no type for it, and two things for a paid internship."""
    kinds: Mapping[str, Callable[[Place, Any], dict[str, Any]]] = THINGS
    made = [kinds[record.dataset](place, record)] if record.dataset in kinds else []
    made.append(internship_posting(place, record))
    things = [{**thing, "url": place.root + record.url} for thing in made if thing]
    return [filled(_invented(thing) if record.is_sample else thing) for thing in things]


def _way(place: Place, steps: Sequence[Crumb]) -> dict[str, Any]:
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": i, "name": step.name, "item": place.root + step.url}
            for i, step in enumerate(steps, start=1)
        ],
    }


def _site(place: Place, page: Page) -> dict[str, Any]:
    """Describe the site itself, for its home page."""
    region = place.catalog.region
    return filled(
        {
            "@type": "WebSite",
            "name": region["site_name"],
            "description": region["site_description"],
            "url": place.root,
            "inLanguage": page.language,
            "publisher": {"@type": "GovernmentOrganization", "name": region.values.get("office")},
        }
    )
