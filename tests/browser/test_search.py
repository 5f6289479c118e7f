"""Search as people use it: results, keyboard, phone, and what is loaded when."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Watched

#: Twenty queries and the page that must come first: (query, address, whether first overall or of its kind).
TASKS = {
    "nurse": "occupations/registered-nurses/",
    "RN": "occupations/registered-nurses/",
    "registered nurses": "occupations/registered-nurses/",
    "how to become a nurse": "occupations/registered-nurses/",
    "29-1141": "occupations/registered-nurses/",
    "29-1141.00": "occupations/registered-nurses/",
    "nures": "occupations/registered-nurses/",
    "electritian": "occupations/electricians/",
    "welding": "occupations/welders/",
    "wellder": "occupations/welders/",
    "computer": "occupations/computer-systems-analysts/",
    "programer": "occupations/software-developers/",
    "accountent": "occupations/accountants-and-auditors/",
    "cook": "occupations/restaurant-cooks/",
    "fire fighter": "occupations/firefighters/",
    "198": "pathways/patient-care/",
    "HLT": "sectors/health-science-medical-technology/",
    "internship": "activities/internship/",
    "dependability": "skills/dependability/",
    "san marcos": "institutions/san-marcos-unified-district/",
    "glossary": "about/glossary/",
}
ASK = """async ([root, query]) => {
  const { Index } = await import(`${root}assets/js/search/index.js`);
  const index = await Index.load(`${root}search/`);
  return index.find(query, 5);
}"""
INDEX_FILES = "search/"


def ask(page: Page, site_url: str, query: str) -> dict[str, Any]:
    """Run a query with the site's own module in the page and return the results."""
    if page.url != f"{site_url}about/cte/":
        page.goto(f"{site_url}about/cte/")
    answer: dict[str, Any] = page.evaluate(ASK, [site_url, query])
    return answer


@pytest.mark.parametrize("query", TASKS)
def test_question_finds_its_page_first(watched: Watched, site_url: str, query: str) -> None:
    """The page that people mean is the first of its kind, and its kind is among the first two."""
    answer = ask(watched.page, site_url, query)
    firsts = [group["results"][0]["url"] for group in answer["groups"][:2]]
    assert f"/{TASKS[query]}" in firsts


def test_nurse_finds_registered_nurses_first_of_all(watched: Watched, site_url: str) -> None:
    """The query "nurse" puts Registered nurse first."""
    answer = ask(watched.page, site_url, "nurse")
    assert answer["groups"][0]["results"][0]["name"] == "Registered nurse"
    assert answer["groups"][0]["kind"] == "Occupations"


def test_samples_come_last_and_are_tagged(watched: Watched, site_url: str) -> None:
    """Real records come before samples, and the name of each sample has a tag, also for screen readers."""
    page = watched.page
    page.goto(f"{site_url}search/?q=apprenticeship", wait_until="networkidle")
    groups = page.locator(".finder__group")
    expect(groups.last.get_by_role("link").first).to_contain_text("Sample")
    tagged = groups.evaluate_all("all => all.map((one) => Boolean(one.querySelector('.tag')))")
    assert tagged == sorted(tagged)
    assert set(tagged) == {True, False}


def test_nonsense_finds_nothing(watched: Watched, site_url: str) -> None:
    """A word without a close match finds nothing, and neither does an empty query."""
    assert ask(watched.page, site_url, "qqxzzkjw")["count"] == 0
    assert ask(watched.page, site_url, " - ")["count"] == 0


@pytest.mark.parametrize("width", [320, 1280])
def test_search_is_used_by_keyboard(watched: Watched, site_url: str, width: int) -> None:
    """Slash opens search, arrow keys move through the results and back, Enter follows; the count is announced."""
    page = watched.page
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(site_url, wait_until="networkidle")
    page.keyboard.press("/")
    field = page.locator("dialog input")
    expect(field).to_be_focused()
    page.keyboard.type("nures")
    status = page.locator("dialog .finder__status")
    expect(status).to_contain_text("Showing results for nurse.")
    expect(status).to_contain_text("results")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("dialog").get_by_role("link", name="Registered nurse")).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(field).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/occupations/registered-nurses/")


def test_escape_closes_search_and_gives_the_focus_back(watched: Watched, site_url: str) -> None:
    """Escape closes the dialog, even with text in the field, and returns the focus."""
    page = watched.page
    page.goto(f"{site_url}about/cte/", wait_until="networkidle")
    link = page.locator(".masthead__search")
    link.focus()
    page.keyboard.press("Enter")
    page.keyboard.type("nurse")
    expect(page.locator(".finder__group").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(link).to_be_focused()


def test_nothing_of_search_is_loaded_before_it_is_opened(watched: Watched, site_url: str) -> None:
    """The search index and modules are loaded on the first opening, and only once."""
    page = watched.page
    page.goto(f"{site_url}occupations/welders/", wait_until="networkidle")
    assert [url for url in watched.requests if "/search/" in url] == []
    for _ in range(2):
        page.locator(".masthead__search").click()
        page.keyboard.type("nurse")
        expect(page.locator(".finder__group").first).to_be_visible()
        page.keyboard.press("Escape")
    indexes = [url for url in watched.requests if url == f"{site_url}search/index.json"]
    assert len(indexes) == 1


def test_more_results_are_on_the_search_page(watched: Watched, site_url: str) -> None:
    """The dialog links to a page with all results, and the query is in its address."""
    page = watched.page
    page.goto(site_url, wait_until="networkidle")
    page.locator(".masthead__search").click()
    page.keyboard.type("technicians")
    more = page.get_by_role("link", name="Show all results")
    expect(more).to_have_attribute("href", re.compile(r"q=technicians$"))
    more.click()
    page.wait_for_url("**/search/?q=technicians")
    expect(page.locator("#query")).to_have_value("technicians")
    expect(page.locator(".finder__result").first).to_be_visible()
    expect(page.locator(".finder__status")).to_have_text(f"{page.locator('.finder__result').count()} results")


def test_form_of_the_error_page_leads_to_the_search_page(watched: Watched, site_url: str) -> None:
    """The error page has its own search, a plain form."""
    page = watched.page
    watched.forgive("404")
    page.goto(f"{site_url}nowhere/", wait_until="networkidle")
    page.get_by_label("Search this site").fill("welder")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=welder")
    expect(page.get_by_role("link", name="Welder", exact=True)).to_be_visible()


def test_enter_in_the_dialog_leads_to_the_search_page(watched: Watched, site_url: str) -> None:
    """Enter without a selected result opens the search page."""
    page = watched.page
    page.goto(site_url, wait_until="networkidle")
    page.keyboard.press("/")
    page.keyboard.type("welder")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=welder")
    expect(page.get_by_role("link", name="Welder", exact=True)).to_be_visible()


def test_search_page_keeps_its_question_in_the_address(watched: Watched, site_url: str) -> None:
    """The page's query is in its address, so that it can be bookmarked, shared and reloaded."""
    page = watched.page
    page.goto(f"{site_url}search/", wait_until="networkidle")
    page.locator("#query").press_sequentially("paralegal")
    page.wait_for_url("**/search/?q=paralegal")
    page.reload()
    expect(page.get_by_role("link", name="Paralegal", exact=True)).to_be_visible()
    page.locator("#query").fill("")
    page.wait_for_url("**/search/")


def test_search_without_javascript_leads_to_the_lists(plain_page: Page, site_url: str) -> None:
    """Without JavaScript the link leads to a page that says what to do and links to every list."""
    plain_page.goto(f"{site_url}occupations/welders/")
    plain_page.locator(".masthead__search").click()
    assert plain_page.url == f"{site_url}search/"
    assert plain_page.get_by_text("needs JavaScript").is_visible()
    assert plain_page.locator("article").get_by_role("link", name="Occupations", exact=True).is_visible()
    plain_page.locator("#query").fill("nurse")
    plain_page.keyboard.press("Enter")
    plain_page.wait_for_url(f"{site_url}search/?q=nurse")
