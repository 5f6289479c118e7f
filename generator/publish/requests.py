"""The file that /request/ fetches: the open offers with what a request to their employers needs.

The only module that defines the format of `request/offers.json`; `overrides/assets/js/request/` reads it. The file is
fetched fresh, so that an offer that has closed since it was collected is recognized.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from generator import translations
from generator.model import Record, Site
from generator.open_data.cells import compact
from generator.views.listing import listed

#: The page that fetches the file.
ASKS = "request/"


def request_files(site: Site) -> Iterator[tuple[str, bytes]]:
    """Yield (path in the site, JSON) for every language, or nothing if the site has no page /request/."""
    offers = site.catalog.datasets.get("offers")
    if offers is None or not any(page.url == ASKS for page in site.pages):
        return
    languages = site.catalog.region.languages
    is_open = listed(site.catalog, offers, site.today)
    for language in languages:
        base = f"{language}/" if language != languages[0] else ""
        found = {offer.id: _offer(offer, site, language, base) for offer in is_open}
        yield f"{base}request/offers.json", compact(found)


def _offer(offer: Record, site: Site, language: str, base: str) -> dict[str, Any]:
    """Return what a request needs from an offer, in a language."""
    employer: Record = offer["employer"]
    site_url = str(site.catalog.region["site_url"]).rstrip("/")
    mode = site.catalog["offers"].resource.schema.field("mode")
    return {
        "name": _in(offer, "name", language),
        "sample": offer.is_sample,
        "employer": _in(employer, "name", language),
        "activity": _in(offer["activity"], "name", language),
        "to": employer["contact_email"],
        "role": _in(employer, "contact_role", language) or "",
        "url": f"{site_url}/{base}{offer.url}",
        "mode": translations.load(language).gettext(mode.labels[offer["mode"]]) if mode else "",
        "place": _in(offer, "place", language) or "",
        "grades": list(offer["grades"]),
        "group_size_min": offer["group_size_min"],
        "group_size_max": offer["group_size_max"],
        "areas_served": list(offer["areas_served"]),
        "lead_time_days": offer["lead_time_days"],
        "months": list(offer["months"] or ()),
        "windows": [[str(w["starts_on"]), str(w["ends_on"])] for w in offer["windows"] or ()],
    }


def _in(record: Record, field: str, language: str) -> Any:
    """Return a text in a language, or in the first one if it is not translated."""
    return record.values.get(f"{field}_{language}") or record.values[field]
