"""What a page says to machines (schema.org, as JSON-LD): the way here, and the thing that the page is about.

Only what is true and on the page. Invented records say that they are; a job posting stands for a real, open job.
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
    """A step of the way to a page: its address below the root of the language, its name."""

    url: str
    name: str


@view
def linked_data(
    catalog: Catalog, page: Page, record: Any, crumbs: Sequence[tuple[Any, str]], today: date
) -> Mapping[str, Any]:
    """Give the JSON-LD of a page: its record where there is a kind of thing for it, else the way here.

    A record's page is light: its crumbs show the way, and a further page of it says nothing more.
    `crumbs` are the steps from the home page to this one: (path or record, name), only the name for this page itself.
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
    told = {**made, "url": place.root + record.url}
    return {"@context": CONTEXT, **filled(_invented(told) if catalog[record.dataset].resource.sample else told)}


def _invented(thing: dict[str, Any]) -> dict[str, Any]:
    """Say of an invented thing that it is, in the name too: that is what a search engine shows."""
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
    """Give the site itself, for its home page."""
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
