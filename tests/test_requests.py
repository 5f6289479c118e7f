"""The open offers that /request/ fetches are complete, current, and in the page's language."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

from generator.model import Catalog, Dataset, Record, Site
from generator.publish import requests
from generator.views import listing
from tests.conftest import TODAY

ESSENTIAL = ("name", "employer", "activity", "to", "url", "grades", "group_size_max", "areas_served")


def offers(site: Site) -> dict[str, Any]:
    """Return the offers in the first language."""
    found: dict[str, Any] = json.loads(dict(requests.request_files(site))["request/offers.json"])
    return found


def with_offer(site: Site, change: dict[str, Any]) -> tuple[Site, Record]:
    """Return the site with its first open offer changed."""
    catalog = site.catalog
    dataset = catalog["offers"]
    first = next(o for o in dataset if listing.is_listed(catalog, o, TODAY))
    changed = replace(first, values={**first.values, **change})
    others = tuple(changed if o is first else o for o in dataset)
    made = Dataset(dataset.resource, others, {o.id: o for o in others})
    return replace(site, catalog=Catalog(catalog.package, {**catalog.datasets, "offers": made})), changed


def test_every_open_offer_is_there_with_what_a_request_needs(real_site: Site) -> None:
    """The file has exactly the open offers, each with a recipient, an address and its limits."""
    found = offers(real_site)
    assert set(found) == {o.id for o in real_site.catalog["offers"] if listing.is_listed(real_site.catalog, o, TODAY)}
    assert found
    for offer_id, offer in found.items():
        assert all(offer[name] for name in ESSENTIAL), offer_id
        assert offer["url"] == f"{real_site.catalog.region['site_url']}offers/{offer_id}/"


def test_an_offer_that_has_ended_is_not_there(real_site: Site) -> None:
    """A closed offer is missing from the file, which tells the browser that it has closed."""
    site, offer = with_offer(real_site, {"status": "ended"})
    assert offer.id not in offers(site)


def test_an_offer_is_in_the_language_of_the_page(real_site: Site) -> None:
    """Each language has its own file, with translated text where available and its own addresses."""
    site, offer = with_offer(real_site, {"name_es": "De la recepción al laboratorio"})
    region = replace(site.catalog.region, languages=("en", "es"))
    catalog = replace(site.catalog, package=replace(site.catalog.package, region=region))
    files = dict(requests.request_files(replace(site, catalog=catalog)))
    assert set(files) == {"request/offers.json", "es/request/offers.json"}
    spanish = json.loads(files["es/request/offers.json"])[offer.id]
    assert spanish["name"] == "De la recepción al laboratorio"
    assert spanish["url"].endswith(f"/es/offers/{offer.id}/")
    assert spanish["employer"] == offer["employer"]["name"]


def test_windows_and_months_are_plain(real_site: Site) -> None:
    """Days are ISO strings in pairs, months are numbers, and all year is an empty value."""
    end = TODAY + timedelta(days=400)
    window = {"starts_on": TODAY, "ends_on": end}
    site, offer = with_offer(real_site, {"windows": (window,), "months": None})
    assert offers(site)[offer.id]["windows"] == [[TODAY.isoformat(), end.isoformat()]]
    assert offers(site)[offer.id]["months"] == []


def test_a_county_without_offers_has_no_file(real_site: Site) -> None:
    """Without the offers dataset, nothing is published."""
    others = {name: d for name, d in real_site.catalog.datasets.items() if name != "offers"}
    assert list(requests.request_files(replace(real_site, catalog=Catalog(real_site.catalog.package, others)))) == []
