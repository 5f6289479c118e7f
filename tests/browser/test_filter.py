"""<record-filter> as people use it: choices, counts and address, by keyboard, on a phone, and without JavaScript."""

from __future__ import annotations

from urllib.parse import parse_qs

import pytest
from playwright.sync_api import Page, expect

from generator import views
from generator.model import Catalog
from tests.browser.conftest import Watched
from tests.conftest import TODAY

WIDTHS = (320, 1280)
SKILL = "collaboration"
#: Items as the IDs of their records: their own, or the last part of the address they link to.
IDS = "all => all.map((e) => e.id || e.querySelector('a').pathname.split('/').at(-2))"


def open_list(watched: Watched, address: str, width: int = 1280) -> Page:
    """Open a page with a list, and expand the filters if the screen is too narrow to show them."""
    page = watched.page
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(address, wait_until="networkidle")
    expect(page.locator("record-filter [role=status]")).not_to_be_empty()
    fold = page.locator(".filter__fold > summary")
    if fold.is_visible():
        fold.click()
    return page


def choose(page: Page, facet: str, *values: str) -> None:
    """Open a facet and choose values in it."""
    fieldset = page.locator(f"fieldset[data-facet={facet}]")
    if not fieldset.is_visible():
        page.locator(f"summary:has(+ fieldset[data-facet={facet}])").click()
    for value in values:
        fieldset.locator(f"input[value='{value}']").check()


def shown(page: Page) -> list[str]:
    """Return the IDs of the visible items."""
    ids: list[str] = page.locator("article [data-id]:visible").evaluate_all(IDS)
    return ids


def query(page: Page) -> dict[str, list[str]]:
    """Return the choice in the address."""
    return parse_qs(page.evaluate("location.search.slice(1)"))


def status(page: Page) -> str:
    """Return the announced status of the list."""
    return page.locator("record-filter [role=status]").inner_text()


@pytest.mark.parametrize("width", WIDTHS)
def test_a_choice_narrows_the_list(watched: Watched, site_url: str, catalog: Catalog, width: int) -> None:
    """Values of a facet add up, facets narrow each other, the count is updated, and empty groups are hidden."""
    resources = list(catalog["resources"])
    page = open_list(watched, f"{site_url}resources/", width)
    assert status(page) == f"{len(resources)} of {len(resources)} resources"
    choose(page, "skills", SKILL)
    wanted = [r for r in resources if SKILL in {s.id for s in r["skills"] or ()}]
    assert sorted(shown(page)) == sorted(r.id for r in wanted)
    assert status(page) == f"{len(wanted)} of {len(resources)} resources"
    choose(page, "audiences", "students", "families")
    both = [r for r in wanted if {"students", "families"} & set(r["audiences"])]
    assert 0 < len(both) < len(wanted)
    assert sorted(shown(page)) == sorted(r.id for r in both)
    kinds = {r["kind"] for r in both}
    assert page.locator("article h2:visible:has(+ [data-group])").count() == len(kinds)
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert watched.errors == []


def test_counts_follow_the_other_facets(watched: Watched, site_url: str, catalog: Catalog) -> None:
    """Next to each value is the number of results for the choices in the other facets."""
    page = open_list(watched, f"{site_url}resources/?skills={SKILL}")
    having = [r for r in catalog["resources"] if SKILL in {s.id for s in r["skills"] or ()}]
    for kind in {r["kind"] for r in catalog["resources"]}:
        label = page.locator(f"fieldset[data-facet=kind] label:has([value={kind}]) .filter__count")
        assert label.text_content() == str(sum(r["kind"] == kind for r in having)), kind
    other = page.locator("fieldset[data-facet=skills] label:has([value=communication]) .filter__count").text_content()
    assert other == str(sum("communication" in {s.id for s in r["skills"] or ()} for r in catalog["resources"]))


def test_the_address_holds_the_choice(watched: Watched, site_url: str) -> None:
    """The choice is in the address, and reloading or going back restores it."""
    page = open_list(watched, f"{site_url}resources/?from=mail")
    choose(page, "skills", SKILL, "communication")
    page.locator("record-filter [name=q]").fill("class")
    page.wait_for_url("**q=class")
    assert query(page) == {"from": ["mail"], "skills": [SKILL, "communication"], "q": ["class"]}
    before, address = shown(page), page.url
    assert before
    page.reload(wait_until="networkidle")
    assert shown(page) == before
    page.goto(f"{site_url}skills/")
    page.go_back(wait_until="networkidle")
    assert page.url == address
    assert shown(page) == before
    page.get_by_role("button", name="Clear all").click()
    assert query(page) == {"from": ["mail"]}


def test_words_find_names_and_other_names(watched: Watched, site_url: str) -> None:
    """The text field matches an item's words, including other names that the list does not show."""
    page = open_list(watched, f"{site_url}occupations/?q=RN")
    assert "registered-nurses" in shown(page)
    page = open_list(watched, f"{site_url}occupations/?q=charge%20NURSES")
    assert shown(page) == ["registered-nurses"]


@pytest.mark.parametrize("width", WIDTHS)
def test_no_results_suggest_what_to_drop(watched: Watched, site_url: str, width: int) -> None:
    """With no results, a button for each part of the choice says how many dropping it would show, and drops it."""
    page = open_list(watched, f"{site_url}resources/?skills={SKILL}&q=zebra", width)
    assert shown(page) == []
    empty = page.locator("record-filter [data-empty]")
    assert empty.get_by_role("button").count() == 1  # dropping the skill alone would not help
    empty.get_by_role("button").click()
    expect(empty).to_be_hidden()
    assert shown(page)
    assert query(page) == {"skills": [SKILL]}
    assert page.evaluate("document.activeElement.closest('record-filter') !== null")


def test_the_filter_is_used_by_keyboard(watched: Watched, site_url: str) -> None:
    """Tab reaches the facets, Space chooses, Escape closes a facet and keeps the focus; a chip removes its value."""
    page = open_list(watched, f"{site_url}resources/")
    page.locator("summary", has_text="Essential skill").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    assert query(page) == {"skills": [SKILL]}
    page.keyboard.press("Escape")
    assert page.locator(".filter__facet[open]").count() == 0
    assert page.evaluate("document.activeElement.textContent").startswith("Essential skill")
    page.get_by_role("button", name="Remove: Collaboration").focus()
    page.keyboard.press("Enter")
    assert query(page) == {}
    assert page.evaluate("document.activeElement.closest('record-filter') !== null")


def test_events_are_narrowed_too(watched: Watched, site_url: str, catalog: Catalog) -> None:
    """Events can be filtered by audience, month and mode; without results the page suggests what to do."""
    events = views.listing.listed(catalog, catalog["events"], TODAY)
    page = open_list(watched, f"{site_url}events/")
    assert status(page) == f"{len(events)} of {len(events)} events"
    choose(page, "audience", "educators")
    page.keyboard.press("Escape")
    choose(page, "month", "1", "2")
    wanted = [e.id for e in events if "educators" in e["audiences"] and e["starts_at"] and e["starts_at"].month <= 2]
    assert 0 < len(wanted) < len(events)
    assert sorted(shown(page)) == sorted(wanted)
    assert query(page) == {"audience": ["educators"], "month": ["1", "2"]}
    page.locator("record-filter [name=q]").fill("zebra")
    empty = page.locator("record-filter [data-empty]")
    expect(empty).to_be_visible()
    assert empty.get_by_role("link").count() == 2


@pytest.mark.parametrize("width", WIDTHS)
def test_a_class_finds_what_takes_all_of_it(watched: Watched, site_url: str, catalog: Catalog, width: int) -> None:
    """A number of students shows only offers for groups of that size."""
    page = open_list(watched, f"{site_url}offers/", width)
    choose(page, "students", "30")
    fitting = {
        offer.id
        for offer in views.listing.listed(catalog, catalog["offers"], TODAY)
        if (offer["group_size_min"] or 0) <= 30 <= offer["group_size_max"]
    }
    assert set(shown(page)) == fitting
    assert query(page) == {"students": ["30"]}
    assert 0 < len(fitting) < len(catalog["offers"]) / 2
    expect(page.get_by_role("button", name="Remove: 30 students")).to_be_visible()


def test_strange_addresses_do_no_harm(watched: Watched, site_url: str) -> None:
    """Unknown values and markup in the address are at most treated as search words."""
    page = open_list(watched, f"{site_url}resources/?skills=nowhere&sort=x&q=%3Cimg%20src=x%20onerror=alert(1)%3E")
    assert page.locator("record-filter [name=q]").input_value() == "<img src=x onerror=alert(1)>"
    assert shown(page) == []
    assert watched.errors == []


@pytest.mark.parametrize("address", ["resources/", "occupations/"])
def test_the_list_is_complete_without_javascript(plain_page: Page, site_url: str, address: str) -> None:
    """Without JavaScript there is no useless form, and every item is listed under its heading."""
    plain_page.goto(site_url + address)
    assert not plain_page.locator("record-filter form").is_visible()
    items = plain_page.locator("article [data-id]")
    assert items.count() == len(shown(plain_page)) > 50
    assert (
        plain_page.locator("article h2:visible:has(+ [data-group])").count()
        == plain_page.locator("[data-group]").count()
    )


def test_without_its_facets_a_list_stays_complete(watched: Watched, site_url: str, catalog: Catalog) -> None:
    """If the file with the facets fails to load, there is no filter, and all offers are listed in their groups."""
    watched.forgive("facets.json")
    watched.forgive("ERR_FAILED")
    page = watched.page
    page.route("**/offers/facets.json", lambda route: route.abort())
    page.goto(f"{site_url}offers/", wait_until="networkidle")
    expect(page.locator("record-filter")).to_be_hidden()
    assert len(shown(page)) == len(views.listing.listed(catalog, catalog["offers"], TODAY))
    assert page.locator("article section:visible h2:visible").count() > 5
