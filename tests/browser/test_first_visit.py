"""A ninth-grader who likes to help people visits for the first time, on a phone, and gets a tour requested.

Starting at the home page, the test only uses what pages show, by the names that everybody hears or reads: with
JavaScript, without it, and by keyboard alone. It fails if a step disappears, a link is renamed or the path gets longer.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from generator import views
from generator.model import Catalog, Record
from tests.browser.conftest import Watched
from tests.browser.test_journeys import draft
from tests.conftest import TODAY

PHONE = {"width": 360, "height": 740}
#: Links to follow from the home page to the request, and presses of the Tab key for the whole path.
MOST_STEPS, MOST_STOPS = 7, 190
#: Milliseconds until a script counts as missing; long, because a busy machine is not the page's fault.
PATIENCE = 30_000
IS_FOCUSED = "all => all.includes(document.activeElement)"
IS_IN_VIEW = """() => {
  const { top, bottom } = document.activeElement.getBoundingClientRect();
  return top < innerHeight && bottom > 0 && getComputedStyle(document.activeElement).outlineStyle !== "none";
}"""


class Student:
    """A visitor who taps on a phone."""

    has_scripts = True

    def __init__(self, page: Page, site_url: str) -> None:
        """Open the home page."""
        self.page, self.steps, self.stops = page, 0, 0
        page.set_viewport_size(PHONE)
        page.goto(site_url)
        self.settle()

    def settle(self) -> None:
        """Wait until the page is ready."""
        self.page.wait_for_load_state("load")
        if self.has_scripts:
            expect(self.page.locator("css=:not(:defined)")).to_have_count(0, timeout=PATIENCE)

    def press(self, targets: Locator) -> None:
        """Tap the first of some links, buttons or boxes that exists."""
        targets.first.click()

    def fill(self, label: str, text: str, keys: str = "") -> None:  # noqa: ARG002 - what a keyboard would type instead
        """Fill in a field."""
        self.page.get_by_label(label, exact=True).fill(text)

    def follow(self, name: str, heading: str) -> None:
        """Follow a link in the page's text by name, and expect the target's first heading."""
        self.steps += 1
        self.press(self.page.get_by_role("main").get_by_role("link", name=name, exact=True))
        self.settle()
        expect(self.page.get_by_role("heading", level=1)).to_have_text(heading)


class Keyboard(Student):
    """A visitor with only a keyboard."""

    def press(self, targets: Locator) -> None:
        """Tab to the first of some links, buttons or boxes, then press the key that activates it."""
        expect(targets.first).to_be_visible()
        self.reach(targets)
        self.page.keyboard.press("Space" if targets.first.get_attribute("type") == "checkbox" else "Enter")

    def reach(self, targets: Locator) -> None:
        """Tab until one of the targets has the focus, and require it to be visible."""
        while not targets.evaluate_all(IS_FOCUSED):
            self.stops += 1
            assert self.stops <= MOST_STOPS, f"too far: {targets}"
            self.page.keyboard.press("Tab")
        assert self.page.evaluate(IS_IN_VIEW)

    def fill(self, label: str, text: str, keys: str = "") -> None:
        """Fill in a field by keyboard."""
        field = self.page.get_by_label(label, exact=True)
        self.reach(field)
        self.page.keyboard.type(keys or text)
        expect(field).to_have_value(text)


class Plain(Student):
    """A visitor whose browser runs no JavaScript."""

    has_scripts = False


@pytest.fixture(params=[Student, Plain, Keyboard])
def student(
    request: pytest.FixtureRequest, browser: BrowserContext, plain_browser: BrowserContext, site_url: str
) -> Iterator[Student]:
    """Yield a student on the home page; fail afterward on errors or requests to other sites."""
    kind = request.param
    page = (browser if kind.has_scripts else plain_browser).new_page()
    watched = Watched(page)
    yield kind(page, site_url)
    if kind.has_scripts:
        page.evaluate("localStorage.clear()")
    page.close()
    assert watched.problems(site_url) == []


@pytest.fixture(scope="module")
def helper(catalog: Catalog) -> Record:
    """Return an occupation for the interest in helping that has a pathway with a tour nearby."""
    groups = views.interests.by_strongest_interest(catalog, catalog["occupations"])
    social = next(group for group in groups if group.interest_type.id == "social")
    return next(one for one in social.occupations if tour_near(catalog, one["pathways"][0]))


def tour_near(catalog: Catalog, pathway: Record) -> Record | None:
    """Return a tour that a pathway's page leads to."""
    offers = views.local_chain.near(catalog, pathway, TODAY).offers
    return next((offer for offer in offers if offer["activity"].id == "workplace-tour"), None)


def test_ninth_grader_gets_a_tour_requested(student: Student, catalog: Catalog, helper: Record) -> None:
    """The answer "I like helping people" leads to an occupation, a pathway, a college program and a tour request."""
    page = student.page
    pathway = helper["pathways"][0]
    tour = tour_near(catalog, pathway)
    assert tour
    student.follow(catalog["interest_types"]["social"]["nickname"], "Match your interests")
    student.follow(helper["name"], helper["name"])
    student.follow(pathway["name"], pathway["name"])
    place = views.pathways.programs_near(catalog, pathway)[0]
    student.follow(place.institution["name"], f"{pathway['name']} programs at nearby colleges")
    expect(page.get_by_role("heading", name=place.institution["name"])).to_be_in_viewport()
    expect(page.get_by_role("listitem").filter(has_text=place.programs[0]["cip_code"]["name"]).first).to_be_visible()
    student.follow(pathway["name"], pathway["name"])
    student.follow(tour["name"], tour["name"])
    to, parts = ask(student) if student.has_scripts else draft(page.get_by_role("link", name="Start an email"))
    assert to == tour["employer"]["contact_email"]
    assert parts["subject"]
    assert f"Workplace tour: {tour['name']}" in parts["body"]
    assert "Number of students" in parts["body"] or "number of students" in parts["body"]
    assert student.steps <= MOST_STEPS


def ask(student: Student) -> tuple[str, dict[str, str]]:
    """Write the request as a teacher would, and return the recipient and the parts of the draft."""
    page = student.page
    student.follow("Make a request", "Make a request")
    expect(page.get_by_role("status").filter(has_text="Offers in your request: 1")).to_be_visible()
    student.fill("School", "Valle Verde High School")
    student.press(page.get_by_role("checkbox", name="9", exact=True))
    student.fill("Number of students", "20")
    student.fill("First choice", "2027-03-16", keys="03162027")
    student.fill("Who you are", "Teacher of Patient Care")
    student.fill("Your school email", "care@valle-verde.example")
    student.press(page.get_by_role("button", name="Show my requests"))
    expect(page.get_by_role("heading", name="3. Your requests")).to_be_in_viewport()
    expect(page.locator("[data-missing]")).to_be_hidden()
    write = page.get_by_role("link", name="Start an email")
    expect(write).to_be_in_viewport()
    return draft(write)
