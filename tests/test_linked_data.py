"""Linked data on pages is correct, complete, and cannot break out of its block."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from generator import views
from generator.model import Catalog, Dataset, Page, Record, Site
from generator.render.markup import json_ld
from generator.views.linked_things import THINGS, Place, internship_posting
from tests.built import Built
from tests.conftest import TODAY


def blocks(tree: Any) -> list[Any]:
    """Return the linked data blocks of a page."""
    return [json.loads(block) for block in tree.xpath("//script[@type='application/ld+json']/text()")]


def things(built: Built) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield (address, thing) for all linked data on the site."""
    for address, tree in built.pages.items():
        for block in blocks(tree):
            assert block["@context"] == "https://schema.org"
            for thing in block.get("@graph", [block]):
                yield address, thing


def as_real(site: Site, dataset: str, **values: Any) -> tuple[Place, Record]:
    """Return the first record of a dataset with some values changed, as if it were not a sample."""
    old = site.catalog[dataset]
    record = replace(old.records[0], values={**old.records[0].values, "sample": None, **values})
    made = Dataset(old.resource, (record,), {record.id: record})
    catalog = Catalog(site.catalog.package, {**site.catalog.datasets, dataset: made})
    return Place(catalog, "https://careers.example/", TODAY), record


def test_breadcrumbs_lead_from_home_to_the_page(built: Built, real_site: Site) -> None:
    """Breadcrumbs go from the home page to the page itself, each step is a page, and every record has them."""
    ways = [(address, thing) for address, thing in things(built) if thing["@type"] == "BreadcrumbList"]
    assert {page.url for page in real_site.pages if page.record} <= {address for address, _ in ways}
    assert len(ways) == len({address for address, _ in ways})
    for address, way in ways:
        steps = way["itemListElement"]
        assert [step["position"] for step in steps] == list(range(1, len(steps) + 1))
        assert steps[0]["item"] == built.base
        assert steps[-1]["item"] == built.base + address
        assert not [step for step in steps if built.is_dead(step["item"]) or not step["name"]]


def test_pages_of_records_say_what_they_are_about(built: Built, real_site: Site) -> None:
    """Each record with a schema.org type is described as such at its page's address."""
    found = {thing["url"]: thing["@type"] for _, thing in things(built) if "url" in thing}
    assert found[built.base] == "WebSite"
    assert found[f"{built.base}occupations/registered-nurses/"] == "Occupation"
    assert found[f"{built.base}pathways/patient-care/"] == "EducationalOccupationalProgram"
    assert found[f"{built.base}institutions/palomar-college/"] == "CollegeOrUniversity"
    for page in real_site.pages:
        if page.record and not page.part and page.dataset in ("occupations", "pathways", "skills", "institutions"):
            assert f"{built.base}{page.url}" in found


def test_an_occupation_has_its_code(built: Built, catalog: Catalog) -> None:
    """Every occupation has its code in the standard classification."""
    found = [(address, thing) for address, thing in things(built) if thing["@type"] == "Occupation"]
    codes = {address: thing["occupationalCategory"] for address, thing in found}
    assert codes == {record.url: record["soc"] for record in catalog["occupations"]}


def test_things_from_samples_say_that_they_are_invented(built: Built, catalog: Catalog) -> None:
    """Sample organizations, offers and events say in their names that they are samples."""
    sample = {record.url for dataset in catalog for record in dataset.samples}
    kinds = set()
    for address, thing in things(built):
        if "url" in thing and address in sample:
            assert thing["name"].startswith("Sample: ")
            assert thing["disambiguatingDescription"].startswith("Sample record")
            kinds.add(thing["@type"])
    assert kinds == {"Organization", "WorkBasedProgram", "Event"}


def test_employer_is_an_organization(real_site: Site) -> None:
    """An employer has its name, website and city, but no mailbox."""
    made = THINGS["employers"](*as_real(real_site, "employers"))
    assert made["@type"] == "Organization"
    assert made["address"]["addressRegion"] == "California"
    assert real_site.catalog["employers"].records[0].values["contact_email"] not in json.dumps(made)


def test_offer_is_work_based_learning_while_it_is_listed(real_site: Site) -> None:
    """An offer names its employer and length; once it has ended, it has no linked data."""
    made = THINGS["offers"](*as_real(real_site, "offers"))
    assert made["@type"] == "WorkBasedProgram"
    assert made["provider"]["name"] == real_site.catalog["offers"].records[0]["employer"]["name"]
    assert made["timeToComplete"].startswith("PT")
    assert THINGS["offers"](*as_real(real_site, "offers", status="ended")) == {}


POSTING = {"kind": "job", "city": "Chula Vista", "closes_on": date(2027, 7, 1), "pay_kind": "hourly", "pay_usd_min": 19}


def test_real_open_job_is_a_job_posting(real_site: Site) -> None:
    """A posting has everything that search engines require; its end is in the region's time zone."""
    values = POSTING | {"pay_usd_min": Decimal(19), "pay_usd_max": Decimal("21.5")}
    made = THINGS["opportunities"](*as_real(real_site, "opportunities", **values))
    assert made["@type"] == "JobPosting"
    assert all(made[name] for name in ("title", "description", "datePosted", "hiringOrganization", "jobLocation"))
    assert made["validThrough"] == "2027-07-01T23:59:59-07:00"
    assert made["baseSalary"]["value"] == {
        "@type": "QuantitativeValue",
        "minValue": 19,
        "maxValue": 21.5,
        "unitText": "HOUR",
    }


@pytest.mark.parametrize("missing", [{"city": None}, {"status": "ended"}, {"kind": "scholarship"}])
def test_no_posting_without_what_it_needs(real_site: Site, missing: dict[str, Any]) -> None:
    """There is no job posting without a place, after its end, or for something that is not a job."""
    values = POSTING | {"pay_kind": "unpaid"} | missing
    assert THINGS["opportunities"](*as_real(real_site, "opportunities", **values)) == {}


def test_sample_job_is_not_a_job_posting(real_site: Site) -> None:
    """Sample jobs are never described to search engines as postings."""
    _, record = as_real(real_site, "opportunities", **POSTING, sample=True)
    assert THINGS["opportunities"](Place(real_site.catalog, "https://careers.example/", TODAY), record) == {}


def test_internship_is_work_based_learning(real_site: Site) -> None:
    """An internship has its employer and application deadline."""
    values = {"kind": "internship", "closes_on": date(2027, 3, 12)}
    made = THINGS["opportunities"](*as_real(real_site, "opportunities", **values))
    assert made["@type"] == "WorkBasedProgram"
    assert made["applicationDeadline"] == "2027-03-12"


INTERNSHIP = POSTING | {"kind": "internship", "opens_on": None, "pay_usd_min": Decimal(19), "pay_usd_max": None}


def test_real_paid_internship_is_a_job_posting_too(real_site: Site) -> None:
    """A paid internship that takes applications is a posting for interns; its end is given only if it is known."""
    made = internship_posting(*as_real(real_site, "opportunities", **INTERNSHIP))
    assert (made["@type"], made["employmentType"]) == ("JobPosting", "INTERN")
    assert made["validThrough"] == "2027-07-01T23:59:59-07:00"
    values = INTERNSHIP | {"closes_on": None, "rolling": True}
    assert internship_posting(*as_real(real_site, "opportunities", **values))["validThrough"] is None


@pytest.mark.parametrize(
    "values",
    [
        {"kind": "job"},
        {"pay_kind": "unpaid"},
        {"pay_kind": "unknown"},
        {"sample": True},
        {"status": "ended"},
        {"city": None},
        {"opens_on": date(2027, 6, 1)},
        {"closes_on": None, "rolling": None, "season": "Summer"},
    ],
)
def test_other_internships_are_no_job_postings(real_site: Site, values: dict[str, Any]) -> None:
    """One that is unpaid, invented, closed, without a place, or not open yet is not a posting."""
    assert internship_posting(*as_real(real_site, "opportunities", **(INTERNSHIP | values))) == {}


def test_a_paid_internship_is_described_as_both(real_site: Site) -> None:
    """Its page has breadcrumbs, the work-based program, and the job posting, all at one address."""
    place, record = as_real(real_site, "opportunities", **INTERNSHIP)
    page = next(page for page in real_site.pages if page.record and page.record.id == record.id)
    made = views.linked_data.linked_data(place.catalog, page, record, (("", "Home"), (None, "Internship")), TODAY)
    assert [thing["@type"] for thing in made["@graph"]] == ["BreadcrumbList", "WorkBasedProgram", "JobPosting"]
    assert len({thing["url"] for thing in made["@graph"][1:]}) == 1


def test_event_has_moments_and_places(real_site: Site) -> None:
    """An event has a start with time zone, and its online and physical locations."""
    values = {"mode": "either", "online_url": "https://meet.example/x", "timezone": "America/New_York"}
    made = THINGS["events"](*as_real(real_site, "events", **values))
    assert made["startDate"].endswith("-05:00")
    assert made["eventAttendanceMode"].endswith("/MixedEventAttendanceMode")
    assert [spot["@type"] for spot in made["location"]] == ["Place", "VirtualLocation"]
    assert made["eventStatus"].endswith("/EventScheduled")
    assert THINGS["events"](*as_real(real_site, "events", status="ended"))["eventStatus"].endswith("/EventCancelled")


def test_event_without_a_date_is_not_an_event_yet(real_site: Site) -> None:
    """schema.org requires a start, so an event that only says when it usually takes place is left out."""
    assert THINGS["events"](*as_real(real_site, "events", starts_at=None, ends_at=None, recurs="In March")) == {}


def test_home_page_of_a_language_is_at_its_own_address(real_site: Site) -> None:
    """Breadcrumbs of Spanish pages start at /es/."""
    (home,) = (page for page in real_site.pages if page.url == "")
    spanish = replace(home, uri="es/sectors/index.md", language="es")
    made = views.linked_data.linked_data(real_site.catalog, spanish, None, (("", "Inicio"), (None, "Sectores")), TODAY)
    steps = made["itemListElement"]
    assert [step["item"].removeprefix("https://careers.example/") for step in steps] == ["es/", "es/sectors/"]
    assert isinstance(spanish, Page)


@given(st.recursive(st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)))
def test_block_holds_any_text(value: Any) -> None:
    """Any text stays within the block, and the block reads back as the same data."""
    made = str(json_ld({"x": value}))
    (script,) = html.fragments_fromstring(made)
    assert json.loads(script.text) == {"x": value}
    assert not set(script.text) & set("<>&\u2028\u2029")


@pytest.mark.parametrize("text", ["</script><script>alert(1)</script>", "<!--", "]]>", "<!--<script>", "\u2028"])
def test_hostile_text_does_not_end_the_block(text: str) -> None:
    """The known ways out of a script element are blocked."""
    made = str(json_ld({"name": text}))
    assert made.count("<") == 2
    block = made.removeprefix('<script type="application/ld+json">').removesuffix("</script>")
    assert json.loads(block)["name"] == text
