"""A teacher, an employer and a student each reach their goal, on a desktop and on a phone.

Each clicks and fills in what a new user would. The number of steps is limited, because steps take time.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from generator import views
from generator.model import Catalog, Record
from tests.browser.conftest import Watched
from tests.conftest import TODAY

NORTH = ("north-county-coastal", "north-county-inland")
DAY = "2027-03-16"
#: Items as the IDs of their records: their own, or the last part of the address they link to.
IDS = "all => all.map((e) => e.id || e.querySelector('a').pathname.split('/').at(-2))"
WIDTHS = {"desktop": (1280, 900), "phone": (320, 640)}
#: Everything that pages store in the browser starts with this prefix.
KEYS = "eportal."


class Visitor:
    """A visitor whose steps are counted."""

    def __init__(self, page: Page, site_url: str, width: str) -> None:
        """Open the home page."""
        self.page, self.steps = page, 0
        self.watched = Watched(page)
        self.is_on_phone = width == "phone"
        size = WIDTHS[width]
        page.set_viewport_size({"width": size[0], "height": size[1]})
        page.goto(site_url, wait_until="networkidle")

    def press(self, target: Locator) -> None:
        """Press a link, button or box."""
        self.steps += 1
        target.click()
        self.page.wait_for_load_state("networkidle")
        self.page.wait_for_function("!document.querySelector(':not(:defined)')")

    def follow(self, name: str) -> None:
        """Follow the link with a name in the page's text."""
        self.press(self.page.locator("article").get_by_role("link", name=name, exact=True).first)

    def menu(self, *names: str) -> None:
        """Navigate by the menu, which is behind a button on a phone."""
        if self.is_on_phone:
            self.press(self.page.get_by_role("button", name="Menu"))
        for name in names:
            self.press(self.page.locator("#menu").get_by_role("link", name=name, exact=True).last)

    def fill(self, label: str, text: str) -> None:
        """Fill in a field or choose an option in it."""
        self.steps += 1
        field = self.page.get_by_label(label, exact=True)
        if field.evaluate("e => e.localName") == "select":
            field.select_option(label=text)
        else:
            field.fill(text)

    def choose(self, facet: str, *values: str) -> None:
        """Open a facet of the list and choose a value."""
        fieldset = self.page.locator(f"fieldset[data-facet={facet}]")
        if not self.page.locator(".filter__facets").is_visible():
            self.press(self.page.locator(".filter__fold > summary"))
        self.press(self.page.locator(f"summary:has(+ fieldset[data-facet={facet}])"))
        for value in values:
            self.press(fieldset.locator(f"label:has([value='{value}'])"))


@pytest.fixture
def fresh(start: Callable[..., BrowserContext]) -> Iterator[BrowserContext]:
    """Yield a browser without stored data."""
    context = start()
    yield context
    context.close()


@pytest.fixture(params=WIDTHS)
def visitor(request: pytest.FixtureRequest, fresh: BrowserContext, site_url: str) -> Iterator[Visitor]:
    """Yield a visitor; fail afterward on errors or requests to other sites."""
    visitor = Visitor(fresh.new_page(), site_url, request.param)
    yield visitor
    assert visitor.watched.errors == []
    assert [one for one in visitor.watched.requests if not one.startswith((site_url, "data:", "blob:"))] == []
    assert visitor.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert fresh.cookies() == []


def tours(catalog: Catalog) -> list[Record]:
    """Return the open tours for 28 tenth-graders from North County in March, in list order."""
    found = views.availability.by_next_day(catalog, views.listing.listed(catalog, catalog["offers"], TODAY), TODAY)
    return [
        offer
        for offer in found
        if offer["activity"].id == "workplace-tour"
        and set(NORTH) & set(offer["areas_served"])
        and 10 in offer["grades"]
        and 3 in views.availability.months_of(catalog, offer)
    ]


def draft(link: Locator) -> tuple[str, dict[str, Any]]:
    """Return the recipient and the parts of an email draft."""
    address = urlsplit(link.get_attribute("href") or "")
    assert address.scheme == "mailto"
    return address.path, {name: values[0] for name, values in parse_qs(address.query).items()}


def test_teacher_gets_a_request_ready(visitor: Visitor, catalog: Catalog, tmp_path: Path) -> None:
    """A teacher finds tours for 28 tenth-graders from North County in March, collects them, and completes a request."""
    page = visitor.page
    fitting = tours(catalog)
    offer = next(o for o in fitting if (o["group_size_min"] or 1) <= 28 <= o["group_size_max"])
    visitor.follow("For educators")
    visitor.follow("See visits, talks, and more")
    visitor.choose("activity", "workplace-tour")
    visitor.choose("area", *NORTH)
    visitor.choose("grade", "10")
    visitor.choose("month", "3")
    cards = page.locator("article [data-id]:visible")
    assert sorted(cards.evaluate_all(IDS)) == sorted(o.id for o in fitting)
    card = page.locator(f"article [data-id]:has([href*='/{offer.id}/'])")
    assert "28" in card.inner_text() or str(offer["group_size_max"]) in card.inner_text()
    visitor.press(card.get_by_role("button", name="Add to my request"))
    visitor.press(card.get_by_role("link", name="My request (1)"))
    visitor.fill("School", "Valle Verde High School")
    visitor.fill(
        "School’s area", "North County Coastal" if NORTH[0] in offer["areas_served"] else "North County Inland"
    )
    visitor.press(page.locator("[data-field=grades] label:has([value='10'])"))
    visitor.fill("Number of students", "28")
    visitor.fill("First choice", DAY)
    visitor.fill("Who you are", "Teacher of Agriscience")
    visitor.fill("Your school email", "ag-science@valle-verde.example")
    request = page.locator(".message")
    assert request.count() == 1
    expect(request.locator("[data-missing]")).to_be_hidden()
    expect(page.locator("[data-offers] [data-advice] li")).to_have_count(0)
    to, parts = draft(request.locator("[data-mailto]"))
    assert to == offer["employer"]["contact_email"]
    assert "Workplace tour" in parts["subject"]
    for needed in (
        offer["name"],
        "Valle Verde High School",
        "Grades: 10",
        "28",
        "March 16, 2027",
        "Teacher of Agriscience",
    ):
        assert needed in parts["body"], needed
    assert len(request.locator("[data-mailto]").get_attribute("href") or "") <= 1800
    assert visitor.steps <= 22

    with page.expect_download() as download:
        request.get_by_role("button", name="Save as a file").click()
    download.value.save_as(tmp_path / "request.json")
    saved = json.loads((tmp_path / "request.json").read_text(encoding="utf-8"))
    assert saved["values"]["offers"] == [offer.id]
    assert saved["values"]["group_size"] == "28"
    kept = page.evaluate("Object.keys(localStorage)")
    assert kept
    assert all(key.startswith(KEYS) for key in kept)


def test_teacher_is_told_what_does_not_fit(visitor: Visitor, site_url: str, catalog: Catalog) -> None:
    """Advice next to an offer blocks nothing, closed offers are marked, names are noticed, and all can be deleted."""
    page = visitor.page
    offer = next(o for o in tours(catalog) if o["group_size_max"] < 28)
    page.goto(f"{site_url}request/?add={offer.id}&add=closed-long-ago", wait_until="networkidle")
    visitor.fill("Number of students", "28")
    visitor.press(page.locator("[data-field=grades] label:has([value='10'])"))
    visitor.fill("First choice", "2026-11-30")
    advice = page.locator("[data-offers] li", has_text=offer["name"]).locator("[data-advice] li").all_inner_texts()
    assert any(f"groups of up to {offer['group_size_max']}" in one for one in advice)
    assert any(f"asks for {offer['lead_time_days']} days" in one for one in advice)
    assert "This offer has closed" in page.locator("[data-offers]").inner_text()
    assert page.locator(".message").count() == 1
    visitor.fill("What students should learn", "Ana Pérez\nJohn Smith\nMai Nguyen")
    expect(page.get_by_text("This looks like a list of names")).to_be_visible()
    page.reload(wait_until="networkidle")
    assert page.get_by_label("Number of students").input_value() == "28"
    visitor.press(page.get_by_role("button", name="Clear everything"))
    assert page.get_by_text("Your request is empty.").is_visible()
    assert page.evaluate("Object.keys(localStorage)") == []


def test_teacher_with_much_to_say_gets_an_empty_e_mail(visitor: Visitor, site_url: str, catalog: Catalog) -> None:
    """A request too long for a draft offers the text, the file, and an email with only the subject."""
    page = visitor.page
    page.goto(f"{site_url}request/?add={tours(catalog)[0].id}", wait_until="networkidle")
    visitor.fill("What students should learn", "¿Qué se hace aquí todo el día? " * 25)
    request = page.locator(".message")
    assert request.locator("[data-long]").is_visible()
    link = request.locator("[data-mailto]")
    assert link.inner_text() == "Open a blank email"
    _, parts = draft(link)
    assert set(parts) == {"subject"}
    visitor.press(request.get_by_role("button", name="Copy the text"))
    expect(request.get_by_role("status")).not_to_be_empty()


def test_employer_gets_a_message_ready(visitor: Visitor, catalog: Catalog) -> None:
    """An employer learns what a job shadow requires, with sources, and composes a message that offers one."""
    page = visitor.page
    visitor.follow("For employers")
    visitor.follow("Job shadow")
    visitor.follow("Requirements: time, age, pay, insurance, permits, and supervision")
    asked = page.locator("article .facts").first.inner_text()
    employer_time = views.activities.facts_about(catalog, catalog["activities"]["job-shadow"], "effort-employer")
    assert all(fact["statement"] in asked for fact in employer_time)
    assert "Workers' compensation" in asked
    assert "not legal advice" in page.inner_text("article")
    visitor.follow("Employers: offer this activity")
    assert page.locator("[data-field=activities] [value='job-shadow']").is_checked()
    visitor.fill("Organization name", "Bahía Azul Boat Works")
    visitor.fill("City", "Oceanside")
    visitor.press(page.locator("[data-field=sectors] label", has_text="Transportation"))
    visitor.fill("Who will answer requests", "Shop coordinator")
    visitor.fill("Email address for requests", "shop@bahia-azul.example")
    message = page.locator(".message")
    expect(message.locator("[data-missing]")).to_be_hidden()
    to, parts = draft(message.locator("[data-mailto]"))
    assert to == catalog.region["contact_email"]
    for needed in ("Bahía Azul Boat Works", "Oceanside", "Transportation", "Job shadow", "shop@bahia-azul.example"):
        assert needed in parts["body"], needed
    assert visitor.steps <= 12


def test_student_finds_a_way_from_an_interest(visitor: Visitor, catalog: Catalog) -> None:
    """From health, a student finds three occupations, a pathway with a college program, employers and an opening."""
    page = visitor.page
    sector = catalog["sectors"]["health-science-medical-technology"]
    visitor.follow(sector["name"])
    listed = page.locator("article a[href*='/occupations/']").all_inner_texts()
    assert len({one for one in listed if one in {o["name"] for o in sector.backlinks["occupations"]}}) >= 3
    visitor.follow("Patient Care")
    pathway = catalog["pathways"]["patient-care"]
    [place, *_] = views.pathways.programs_near(catalog, pathway)
    near = page.locator("article")
    employers = {e["name"] for e in catalog["employers"]}
    assert len({n for n in near.locator("a[href*='/employers/']").all_inner_texts() if n in employers}) >= 2
    openings = {o["name"] for o in views.listing.listed(catalog, catalog["opportunities"], TODAY)}
    found = [n for n in near.locator("a[href*='/opportunities/']").all_inner_texts() if n in openings]
    assert found
    visitor.follow(place.institution["name"])
    assert place.programs[0]["cip_code"]["name"] in page.locator(f"#{place.institution.id} ~ ul").first.inner_text()
    page.go_back(wait_until="networkidle")
    visitor.follow(found[0])
    assert "apply" in page.inner_text("article").lower()
    assert visitor.steps <= 5


@pytest.mark.parametrize(
    "address", ["offers/", "request/", "join/", "refer/", "needs/", "opportunities/", "employers/"]
)
def test_flows_work_without_a_script(plain_page: Page, site_url: str, address: str) -> None:
    """Without JavaScript lists are complete, no form pretends to work, and there is an email address."""
    plain_page.goto(site_url + address)
    assert not plain_page.locator("article form").first.is_visible()
    assert not plain_page.locator("[data-request-add]").first.is_visible()
    assert plain_page.locator("article [data-id]:visible").count() == plain_page.locator("article [data-id]").count()
    assert plain_page.locator("a[href^='mailto:']").count() > 0


def test_the_coordinators_are_named_without_a_script(plain_page: Page, site_url: str, catalog: Catalog) -> None:
    """Without JavaScript the request page lists every employer with open offers, an address and a text to complete."""
    plain_page.goto(f"{site_url}request/")
    plain_page.locator(".fold > summary").click()
    mailboxes = set(plain_page.locator(".fold a[href^='mailto:']:visible").all_inner_texts())
    assert mailboxes == {c.employer["contact_email"] for c in views.messages.coordinators(catalog, TODAY)}
    assert "Grades and number of students:" in plain_page.inner_text("article pre")
