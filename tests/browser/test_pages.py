"""One page of each type in a browser is complete, free of errors, and fits its width."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Watched

#: A page of each type: (address, a piece of its text).
PAGES = {
    "home": ("", "What can you become in San Diego County?"),
    "occupations": ("occupations/", "Registered nurse"),
    "occupation": ("occupations/registered-nurses/", "Hospitals never close"),
    "occupation without wages": ("occupations/agricultural-technicians/", "Not published"),
    "sectors": ("sectors/", "Transportation"),
    "sector": ("sectors/health-science-medical-technology/", "Patient Care"),
    "pathways": ("pathways/", "Patient Care"),
    "pathway": ("pathways/patient-care/", "Introduction to Patient Care"),
    "skills": ("skills/", "Dependability"),
    "skill": ("skills/dependability/", "I arrive on time"),
    "activities": ("activities/", "Internship"),
    "activity": ("activities/internship/", "training plan"),
    "rules of an activity": ("activities/internship/rules/", "Workers' compensation"),
    "colleges of a pathway": ("pathways/patient-care/colleges/", "Southwestern College"),
    "questions about a pathway": ("pathways/patient-care/counselor/", "Does our school teach Patient Care"),
    "institutions": ("institutions/", "Clairemont High School"),
    "school": ("schools/coronado-high-school/", "ask the school"),
    "district": ("institutions/poway-unified-district/", "Rancho Bernardo High School"),
    "institution": ("institutions/california-state-university-san-marcos/", "Pathways that can lead here"),
    "resources": ("resources/", "My Next Move"),
    "sources": ("sources/", "Bureau of Labor Statistics"),
    "source": ("sources/bls-oews-2025/", "public domain"),
    "prose": ("about/cte/", "Who it is for"),
    "region": ("about/region/", "San Diego"),
}
WIDTHS = (320, 1280)
#: Elements that extend beyond the window, clipped or not, unless they scroll in their own box.
TOO_WIDE = """() => {
  const scrolls = (e) => ["auto", "scroll"].includes(getComputedStyle(e).overflowX);
  const boxed = (e) => { while ((e = e.parentElement)) if (scrolls(e)) return true; return false; };
  return [...document.querySelectorAll("article *")]
    .filter((e) => e.getBoundingClientRect().right > window.innerWidth + 1 && !boxed(e))
    .map((e) => `${e.tagName}.${e.className} ${e.textContent.slice(0, 40)}`);
}"""


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("kind", PAGES)
def test_page_is_complete_quiet_and_narrow_enough(watched: Watched, site_url: str, kind: str, width: int) -> None:
    """A page requests nothing from other sites, reports no error, and does not scroll sideways."""
    address, text = PAGES[kind]
    page = watched.page
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(site_url + address, wait_until="networkidle")
    assert page.locator("main h1, article h1").count() == 1
    assert text in page.inner_text("article")
    assert page.evaluate(TOO_WIDE) == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


@pytest.mark.parametrize("kind", PAGES)
def test_page_is_readable_without_javascript(plain_page: Page, site_url: str, kind: str) -> None:
    """With JavaScript off, a page's heading, text and links are present and visible."""
    address, text = PAGES[kind]
    plain_page.goto(site_url + address)
    assert plain_page.locator("article h1").is_visible()
    assert plain_page.locator("article").get_by_text(text).first.is_visible()
    assert plain_page.locator("article a[href]").first.is_visible()


LINES_OF_NAME = """() => {
  const range = document.createRange();
  range.selectNodeContents(document.querySelector(".masthead__name").lastChild);
  return new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size;
}"""


@pytest.mark.parametrize("collected", [0, 1])
def test_name_of_the_site_takes_two_lines_at_most(watched: Watched, site_url: str, collected: int) -> None:
    """The site's name takes at most two lines on the narrowest phone (or at 400 percent), even with a request."""
    page = watched.page
    page.set_viewport_size({"width": 320, "height": 800})
    page.goto(f"{site_url}offers/", wait_until="networkidle")
    if collected:
        page.locator("[data-request-add]").first.click()
    assert page.locator(".masthead__request").is_visible() == bool(collected)
    assert 1 <= page.evaluate(LINES_OF_NAME) <= 2
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_menu_opens_without_javascript(plain_page: Page, site_url: str) -> None:
    """On a narrow screen the menu is an HTML popover that opens and works without JavaScript."""
    plain_page.set_viewport_size({"width": 320, "height": 800})
    plain_page.goto(site_url)
    entry = plain_page.locator("#menu").get_by_role("link", name="Resources")
    assert not entry.is_visible()
    plain_page.get_by_role("button", name="Menu").click()
    entry.click()
    assert plain_page.url == f"{site_url}resources/"


def test_palette_is_chosen_and_kept(watched: Watched, site_url: str) -> None:
    """The switch turns on dark colors, and the next page has them from its first paint."""
    page = watched.page
    page.emulate_media(color_scheme="light")
    page.goto(site_url, wait_until="networkidle")
    button = page.get_by_role("button", name="Dark mode")
    before = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert button.get_attribute("aria-pressed") == "false"
    button.click()
    assert button.get_attribute("aria-pressed") == "true"
    assert page.evaluate("localStorage.getItem('eportal.palette')") == "dark"
    page.goto(f"{site_url}about/cte/", wait_until="commit")
    page.wait_for_selector("body", state="attached")
    assert page.evaluate("document.documentElement.dataset.palette") == "dark"
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != before
    page.get_by_role("button", name="Dark mode").click()
    assert page.evaluate("localStorage.getItem('eportal.palette')") == "light"


def test_wrong_address_shows_the_error_page(watched: Watched, site_url: str) -> None:
    """A wrong address shows the site's own error page with links to continue."""
    page = watched.page
    watched.forgive("404")
    page.goto(f"{site_url}nowhere/at/all/")
    assert page.inner_text("h1") == "Page not found"
