"""The data health page: each count is correct for the day of the build."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from generator import views
from generator.model import Catalog, Region, Site
from generator.pipeline import Project, build_site
from generator.views.health import DUE_WITHIN_DAYS, MOST_DUE, Health, checked_on, end_of, is_unlinked, owner_of
from tests.built import Built, words
from tests.conftest import TODAY
from tests.test_feeds import changed

OPPORTUNITY = "bahia-vista-clinic-summer-internship"


def of(site: Site, dataset: str, day: date = TODAY) -> Health:
    """Return the health of one dataset."""
    return next(one for one in views.health.health(site.catalog, day) if one.name == dataset)


def with_opportunity(site: Site, **values: Any) -> Site:
    """Return the site with one changed opportunity and no other record that ends."""
    quiet = {"closes_on": None, "review_by_on": None, "status": "active"}
    for record in site.catalog["opportunities"]:
        site = changed(site, "opportunities", record.id, **(quiet | (values if record.id == OPPORTUNITY else {})))
    return site


def test_every_dataset_and_record_is_counted(real_site: Site) -> None:
    """Each dataset has a row, and the rows by owner count the same records."""
    catalog = real_site.catalog
    by_table = views.health.health(catalog, TODAY)
    assert [(one.name, one.records) for one in by_table] == [(d.name, len(d)) for d in catalog]
    by_owner = views.health.health_by_owner(catalog, TODAY)
    for name in ("records", "drafts", "unverified", "stale", "expired", "due", "unlinked"):
        assert sum(getattr(one, name) for one in by_owner) == sum(getattr(one, name) for one in by_table)


@pytest.mark.parametrize(
    ("days", "expired", "due"),
    [(-1, 1, 0), (0, 0, 1), (DUE_WITHIN_DAYS, 0, 1), (DUE_WITHIN_DAYS + 1, 0, 0)],
)
def test_record_is_due_and_then_over(real_site: Site, days: int, expired: int, due: int) -> None:
    """A record is due from 30 days before its last day, and over from the day after it."""
    site = with_opportunity(real_site, closes_on=TODAY + timedelta(days=days))
    found = of(site, "opportunities")
    assert (found.expired, found.due) == (expired, due)
    listed = [one for one in views.health.due(site.catalog, TODAY) if one.record.id == OPPORTUNITY]
    assert [one.is_over for one in listed] == [True] * expired + [False] * due


def test_record_that_is_set_to_ended_is_nobodys_task(real_site: Site) -> None:
    """A record marked as ended needs no attention and does not count as over."""
    site = with_opportunity(real_site, closes_on=date(2020, 1, 1), status="ended")
    assert of(site, "opportunities").expired == 0


def test_earliest_end_counts(real_site: Site) -> None:
    """A record with several end dates is due at the first; a time counts by its day."""
    site = with_opportunity(real_site, closes_on=date(2027, 5, 1), review_by_on=date(2027, 2, 1))
    assert end_of(site.catalog, site.catalog["opportunities"], site.catalog["opportunities"][OPPORTUNITY]) == date(
        2027, 2, 1
    )
    event = real_site.catalog["events"].records[0]
    assert end_of(real_site.catalog, real_site.catalog["events"], event) == event.values["ends_at"].date()


def test_what_has_left_the_lists_is_over(real_site: Site) -> None:
    """A record closed by its dates counts as over, and so does an offer not confirmed for a year."""
    catalog = real_site.catalog
    for dataset in catalog:
        for record in dataset:
            standing = views.listing.standing(catalog, record, TODAY)
            if standing.reason in ("closed", "review", "past", "unconfirmed"):
                end = end_of(catalog, dataset, record)
                assert end is not None
                assert end < TODAY, record.url
    assert of(real_site, "offers").expired > 0


def test_addresses_of_others_are_counted(real_site: Site) -> None:
    """A new address in real data adds one, a repeated one adds none, and samples are not counted."""
    before = views.health.addresses_of_others(real_site.catalog)
    assert before > 50
    first, second, *_ = real_site.catalog["resources"]
    for name, record, url, more in (
        ("institutions", real_site.catalog["institutions"].records[0], "https://www.new-address.org/", 1),
        ("employers", real_site.catalog["employers"].records[0], "https://www.new-address.org/", 0),
        ("resources", first, second.values["official_url"], -1),
    ):
        field = "website" if "website" in record.values else "official_url"
        site = changed(real_site, name, record.id, **{field: url})
        assert views.health.addresses_of_others(site.catalog) == before + more, name


def test_facts_grow_old(real_site: Site) -> None:
    """On the day a table was checked nothing in it is old; a year and a day later everything is."""
    fresh, old = of(real_site, "sectors"), of(real_site, "sectors", date(2027, 11, 25))
    assert (fresh.stale, old.stale) == (0, old.records)
    assert fresh.unverified == 0


def test_region_says_when_facts_are_old(real_site: Site) -> None:
    """`check_again_after_days` in region.yaml sets the limit."""
    package = real_site.catalog.package
    region = Region({**package.region.values, "check_again_after_days": "30"}, ("en",), "America/Los_Angeles")
    catalog = Catalog(replace(package, region=region), real_site.catalog.datasets)
    old = next(o for o in views.health.health(catalog, TODAY + timedelta(days=31)) if o.name == "sectors")
    assert views.health.check_again_after_days(catalog) == 30
    assert old.stale == old.records


def test_confirmation_is_a_check(real_site: Site) -> None:
    """An employer's confirmation counts as a check on that day; what was never checked has no day."""
    dataset = real_site.catalog["offers"]
    record = dataset.records[0]
    assert checked_on(dataset, record) == record.values["last_confirmed_on"]
    bare = replace(record, values={**record.values, "last_confirmed_on": None})
    assert checked_on(dataset, bare) is None


def test_own_owner_comes_first(real_site: Site) -> None:
    """A record's own owner takes precedence over its table's."""
    dataset = real_site.catalog["offers"]
    record = replace(dataset.records[0], values={**dataset.records[0].values, "owner": "liaison"})
    assert owner_of(dataset, record) == "liaison"
    assert owner_of(dataset, dataset.records[0]) == dataset.resource.owner


def test_record_without_links_is_alone(real_site: Site) -> None:
    """A record is alone if it links only to sources and nothing links to it."""
    record = real_site.catalog["sectors"].records[0]
    assert not is_unlinked(record)
    assert is_unlinked(replace(record, links={"sources": (record,), "employer": None}, backlinks={"offers": ()}))


def test_blank_cells_are_a_share_of_the_optional_ones(small: Path) -> None:
    """A table without optional fields has no percentage; one with them has one between 0 and 100."""
    assert small.is_dir()
    shares = [one.blank_percent for one in views.health.health(build_site(Project(Path()), TODAY).catalog, TODAY)]
    assert any(share is not None for share in shares)
    assert all(share is None or 0 <= share <= 100 for share in shares)


def test_untranslated_records_are_counted_for_each_language(real: Path) -> None:
    """With Spanish enabled, a record counts as untranslated until all its texts are in Spanish."""
    region = real / "data" / "region.yaml"
    region.write_text(region.read_text(encoding="utf-8").replace("languages: [en]", "languages: [en, es]"), "utf-8")
    site = build_site(Project(Path()), TODAY)
    (before,) = of(site, "sectors").untranslated
    record = site.catalog["sectors"].records[0]
    fields = site.catalog["sectors"].resource.schema.fields
    texts = {f"{f.name}_es": record.values[f.name] for f in fields if f.translatable}
    (after,) = of(changed(site, "sectors", record.id, **texts), "sectors").untranslated
    lacks = any(texts[name] and not record.values.get(name) for name in texts)
    assert before - after == lacks


def test_list_of_what_is_due_stays_short(real_site: Site) -> None:
    """At most 50 records are listed, the longest overdue first."""
    found = views.health.due(real_site.catalog, date(2090, 1, 1))
    assert 0 < len(found) <= MOST_DUE
    assert [one.on for one in found] == sorted(one.on for one in found)


def test_page_shows_the_counts(built: Built, catalog: Catalog) -> None:
    """Each dataset has a row with its number of records, and so does each owner."""
    by_table, by_owner = built.pages["data/health/"].xpath("//table")
    for table, found in (
        (by_table, views.health.health(catalog, TODAY)),
        (by_owner, views.health.health_by_owner(catalog, TODAY)),
    ):
        lines = [[words(cell) for cell in row.xpath("./td")] for row in table.xpath(".//tbody/tr")]
        assert [line[0] for line in lines] == [f"{one.records:,}" for one in found]
        assert [line[1:4] for line in lines] == [
            [f"{n:,}" for n in (one.drafts, one.expired, one.due)] for one in found
        ]
