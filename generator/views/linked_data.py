"""Describe a page to search engines (schema.org, as JSON-LD): its breadcrumbs and its subject.

Only facts that are true and shown on the page. Sample records say that they are samples; a job posting is
written only for a real, open job.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from generator.model import Catalog, Page
from generator.views.linked_things import THINGS, Place, filled, text
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
    """Return the JSON-LD for a page: its record if schema.org has a type for it, otherwise its breadcrumbs.

    A record's page has to stay light: its visible breadcrumbs show the way, and its subpages add nothing.

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
    if record is None:
        return {"@context": CONTEXT, **(_way(place, steps) if steps else _site(place, page))}
    made = {} if page.part else _thing(place, record)
    if not made:
        return {}
    thing = {**made, "url": place.root + record.url}
    return {"@context": CONTEXT, **filled(_invented(thing) if record.is_sample else thing)}


def _invented(thing: dict[str, Any]) -> dict[str, Any]:
    """Label a sample as one, in the name too, because search engines show the name."""
    return thing | {"name": f"{SAMPLE_NAME}{thing['name']}", "disambiguatingDescription": SAMPLE}


def _address(target: Any, here: str) -> str:
    if target is None:
        return here
    return target if isinstance(target, str) else str(target.url)


def _thing(place: Place, record: Any) -> dict[str, Any]:
    kind: Callable[[Place, Any], dict[str, Any]] | None = THINGS.get(record.dataset)
    return kind(place, record) if kind else {}


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
