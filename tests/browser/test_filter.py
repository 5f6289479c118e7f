"""<record-filter> as people use it: the choice, its counts, its address; by keyboard, on a phone, without a script."""

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
#: Items as the ids of their records: their own, or the end of the address to which they lead.
IDS = "all => all.map((e) => e.id || e.querySelector('a').pathname.split('/').at(-2))"


def open_list(watched: Watched, address: str, width: int = 1280) -> Page:
    """Open a page with a list, and unfold the filters where there is no room for them."""
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
    """Give the ids of the items that one can see."""
    ids: list[str] = page.locator("article [data-id]:visible").evaluate_all(IDS)
    return ids


def query(page: Page) -> dict[str, list[str]]:
    """Give the choice that stands in the address."""
    return parse_qs(page.evaluate("location.search.slice(1)"))


def status(page: Page) -> str:
    """Give what is said of the list."""
    return page.locator("record-filter [role=status]").inner_text()


@pytest.mark.parametrize("width", WIDTHS)
def test_a_choice_narrows_the_list(watched: Watched, site_url: str, catalog: Catalog, width: int) -> None:
    """Values of a facet add up, facets narrow each other; the count says how many are left, empty groups go."""
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
    """Beside each value stands how many there would be, given what is chosen in the other facets."""
    page = open_list(watched, f"{site_url}resources/?skills={SKILL}")
    having = [r for r in catalog["resources"] if SKILL in {s.id for s in r["skills"] or ()}]
    for kind in {r["kind"] for r in catalog["resources"]}:
        label = page.locator(f"fieldset[data-facet=kind] label:has([value={kind}]) .filter__count")
        assert label.text_content() == str(sum(r["kind"] == kind for r in having)), kind
    other = page.locator("fieldset[data-facet=skills] label:has([value=communication]) .filter__count").text_content()
    assert other == str(sum("communication" in {s.id for s in r["skills"] or ()} for r in catalog["resources"]))


def test_the_address_holds_the_choice(watched: Watched, site_url: str) -> None:
    """The choice stands in the address, and comes back on reload and by the back button."""
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
    """The field narrows by words of an item, also by other names that the list does not show."""
    page = open_list(watched, f"{site_url}occupations/?q=RN")
    assert "registered-nurses" in shown(page)
    page = open_list(watched, f"{site_url}occupations/?q=registered%20NURSES")
    assert shown(page) == ["registered-nurses"]


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_left_says_what_to_give_up(watched: Watched, site_url: str, width: int) -> None:
    """Where nothing fits, a button for each part of the choice says what giving it up would bring, and does it."""
    page = open_list(watched, f"{site_url}resources/?skills={SKILL}&q=zebra", width)
    assert shown(page) == []
    empty = page.locator("record-filter [data-empty]")
    assert empty.get_by_role("button").count() == 1  # no resource has a zebra without the skill either
    empty.get_by_role("button").click()
    expect(empty).to_be_hidden()
    assert shown(page)
    assert query(page) == {"skills": [SKILL]}
    assert page.evaluate("document.activeElement.closest('record-filter') !== null")


def test_the_filter_is_used_by_keyboard(watched: Watched, site_url: str) -> None:
    """Tab reaches the facets, Space chooses, Escape closes a facet and stays at it; a chip takes its value away."""
    page = open_list(watched, f"{site_url}resources/")
    page.locator("summary", has_text="Essential skill").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    assert query(page) == {"skills": [SKILL]}
    page.keyboard.press("Escape")
    assert page.locator(".filter__facet[open]").count() == 0
    assert page.evaluate("document.activeElement.textContent").startswith("Essential skill")
    page.get_by_role("button", name="Take away: Collaboration").focus()
    page.keyboard.press("Enter")
    assert query(page) == {}
    assert page.evaluate("document.activeElement.closest('record-filter') !== null")


def test_events_are_narrowed_too(watched: Watched, site_url: str, catalog: Catalog) -> None:
    """For whom, when and how: a month and an audience leave the events that are both; nothing left leads on."""
    events = views.listing.listed(catalog, catalog["events"], TODAY)
    page = open_list(watched, f"{site_url}events/")
    assert status(page) == f"{len(events)} of {len(events)} events"
    choose(page, "audience", "educators")
    page.keyboard.press("Escape")
    choose(page, "month", "1", "2")
    wanted = [e.id for e in events if "educators" in e["audiences"] and e["starts_at"].month <= 2]
    assert 0 < len(wanted) < len(events)
    assert sorted(shown(page)) == sorted(wanted)
    assert query(page) == {"audience": ["educators"], "month": ["1", "2"]}
    page.locator("record-filter [name=q]").fill("zebra")
    empty = page.locator("record-filter [data-empty]")
    expect(empty).to_be_visible()
    assert empty.get_by_role("link").count() == 2


@pytest.mark.parametrize("width", WIDTHS)
def test_a_class_finds_what_takes_all_of_it(watched: Watched, site_url: str, catalog: Catalog, width: int) -> None:
    """A number of students leaves the offers for groups of that size, neither too small nor too large ones."""
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
    expect(page.get_by_role("button", name="Take away: 30 students")).to_be_visible()


def test_strange_addresses_do_no_harm(watched: Watched, site_url: str) -> None:
    """Values that no facet has, and markup, are words at most."""
    page = open_list(watched, f"{site_url}resources/?skills=nowhere&sort=x&q=%3Cimg%20src=x%20onerror=alert(1)%3E")
    assert page.locator("record-filter [name=q]").input_value() == "<img src=x onerror=alert(1)>"
    assert shown(page) == []
    assert watched.errors == []


@pytest.mark.parametrize("address", ["resources/", "occupations/"])
def test_the_list_is_whole_without_a_script(plain_page: Page, site_url: str, address: str) -> None:
    """Without JavaScript there is no form that does nothing, and every item is there under its heading."""
    plain_page.goto(site_url + address)
    assert not plain_page.locator("record-filter form").is_visible()
    items = plain_page.locator("article [data-id]")
    assert items.count() == len(shown(plain_page)) > 50
    assert (
        plain_page.locator("article h2:visible:has(+ [data-group])").count()
        == plain_page.locator("[data-group]").count()
    )


def test_without_its_facets_a_list_stays_whole(watched: Watched, site_url: str, catalog: Catalog) -> None:
    """Where the file with the facets does not arrive, no filter is offered, and all offers are there by group."""
    watched.forgive("facets.json")
    watched.forgive("ERR_FAILED")
    page = watched.page
    page.route("**/offers/facets.json", lambda route: route.abort())
    page.goto(f"{site_url}offers/", wait_until="networkidle")
    expect(page.locator("record-filter")).to_be_hidden()
    assert len(shown(page)) == len(views.listing.listed(catalog, catalog["offers"], TODAY))
    assert page.locator("article section:visible h2:visible").count() > 5
