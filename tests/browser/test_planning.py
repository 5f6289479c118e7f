"""Matching, comparing and planning as a student does, stored only in the address and this browser."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from generator.model import Catalog
from tests.browser.conftest import Watched

WIDTHS = [320, 1280]


def opened(watched: Watched, address: str, width: int = 1280) -> Page:
    """Open a page of the site with empty storage."""
    page = watched.page
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(address, wait_until="networkidle")
    page.evaluate("localStorage.clear()")
    page.reload(wait_until="networkidle")
    return page


def save(page: Page) -> None:
    """Save the open page and wait until the button confirms it, because it loads its script first."""
    page.get_by_role("button", name="Save to my plan").click()
    expect(page.get_by_role("button", name="Saved to my plan")).to_be_visible()


def overflow(page: Page) -> int:
    """Return by how many pixels the page is wider than the screen."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


SHIFT = """() => new Promise((done) => {
  let sum = 0;
  new PerformanceObserver((list) => {
    for (const one of list.getEntries()) sum += one.hadRecentInput ? 0 : one.value;
  }).observe({ type: "layout-shift", buffered: true });
  requestAnimationFrame(() => setTimeout(() => done(sum)));
})"""


def test_nothing_moves_when_the_scripts_arrive_late(watched: Watched, site_url: str) -> None:
    """Space is reserved for what scripts add: forms, buttons of offers, filtered lists."""
    page = watched.page
    page.set_viewport_size({"width": 412, "height": 800})
    late: list[Route] = []

    def hold(route: Route) -> None:
        late.append(route)

    page.route("**/assets/js/site.js", hold)
    for address in ("match/", "compare/", "offers/", "employers/cordillera-medical-center/", "skills/collaboration/"):
        page.goto(site_url + address, wait_until="commit")
        expect(page.locator(".colophon")).to_be_attached()
        page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
        late.pop().continue_()
        page.wait_for_load_state("networkidle")
        assert page.evaluate(SHIFT) <= 0.01, address


# Matching

STATEMENTS = 18


def ranking(page: Page) -> list[str]:
    """Return the names of the ranked occupations, once they are there."""
    expect(page.locator("interest-match [data-count]")).to_contain_text("best match first")
    found = names(page.locator("#match-list ol").first)
    assert found
    return found


@pytest.mark.parametrize("width", WIDTHS)
def test_answers_by_keyboard_lead_to_a_ranking(watched: Watched, site_url: str, width: int) -> None:
    """Each statement is rated with one key press; the end shows a profile and reasons."""
    page = opened(watched, f"{site_url}match/", width)
    page.locator("interest-match fieldset button:visible").first.focus()
    for number in range(STATEMENTS):
        expect(page.locator("[data-progress]")).to_have_text(f"{number} of {STATEMENTS} answered")
        for _ in range(number % 3 + (number > 0)):
            page.keyboard.press("Tab")
        page.keyboard.press("Space" if number % 2 else "Enter")
    assert page.evaluate("document.activeElement.hasAttribute('data-profile')")
    expect(page.locator("[data-progress]")).to_have_text("18 of 18 answered")
    expect(page.get_by_role("heading", name="Your interests", exact=True)).to_be_visible()
    expect(page.locator("interest-match [data-count]")).to_contain_text("best match first")
    expect(page.locator("#match-list [data-why]:visible").first).to_contain_text("Why:")
    assert overflow(page) == 0
    assert watched.errors == []


def test_one_tap_answers_and_goes_on(watched: Watched, site_url: str) -> None:
    """A tap answers a statement and focuses the next one; a double tap answers only one."""
    page = opened(watched, f"{site_url}match/", 320)
    questions = page.locator("interest-match fieldset")
    for number in range(STATEMENTS):
        expect(page.locator("interest-match fieldset:visible")).to_have_count(1)
        if number:
            expect(questions.nth(number)).to_be_focused()
        answer = questions.nth(number).get_by_role("button", name="Maybe" if number % 4 else "I’d like that")
        answer.dblclick() if number == 2 else answer.click()
    expect(page.locator("[data-progress]")).to_have_text(f"{STATEMENTS} of {STATEMENTS} answered")
    assert page.evaluate("new URLSearchParams(location.search).get('a')") == ("2111" * STATEMENTS)[:STATEMENTS]
    expect(page.locator("interest-match [data-profile]")).to_be_focused()
    expect(page.locator("interest-match [data-profile]")).to_be_in_viewport()


def test_only_a_press_goes_on(watched: Watched, site_url: str) -> None:
    """Arrow keys and Tab answer nothing, Back allows changing an answer, and skipped statements come last."""
    page = opened(watched, f"{site_url}match/?a={'-' * STATEMENTS}")
    questions = page.locator("interest-match fieldset")
    questions.first.get_by_role("button", name="Maybe").focus()
    for key in ("ArrowDown", "ArrowRight", "ArrowUp", "ArrowLeft", "Tab"):
        page.keyboard.press(key)
    expect(page.locator("[data-progress]")).to_have_text(f"0 of {STATEMENTS} answered")
    expect(questions.first).to_be_visible()
    page.get_by_role("button", name="Next").click()
    questions.nth(1).get_by_role("button", name="Not for me").click()
    page.get_by_role("button", name="Back").click()
    expect(questions.nth(1)).to_be_focused()
    expect(questions.nth(1).get_by_role("button", pressed=True)).to_have_text("Not for me")
    questions.nth(1).get_by_role("button", name="Maybe").click()
    for number in range(2, STATEMENTS):
        questions.nth(number).get_by_role("button", name="Not for me").click()
    expect(questions.first).to_be_focused()
    questions.first.get_by_role("button", name="Maybe").click()
    expect(page.locator("interest-match [data-profile]")).to_be_focused()


def test_all_at_once_nothing_moves(watched: Watched, site_url: str) -> None:
    """With all statements shown, an answered one stays in place and keeps the focus."""
    page = opened(watched, f"{site_url}match/")
    page.get_by_role("button", name="Show all at once").click()
    questions = page.locator("interest-match fieldset")
    expect(page.locator("interest-match fieldset:visible")).to_have_count(STATEMENTS)
    answer = questions.nth(4).get_by_role("button", name="Maybe")
    answer.click()
    expect(answer).to_be_focused()
    expect(questions.nth(4).get_by_role("button", pressed=True)).to_have_text("Maybe")
    assert page.evaluate("new URLSearchParams(location.search).get('a')") == f"----1{'-' * 13}"
    expect(page.locator("interest-match fieldset:visible")).to_have_count(STATEMENTS)


def test_address_brings_the_answers_back(watched: Watched, site_url: str) -> None:
    """The address contains the answers and gives the same ranking elsewhere; storage is empty."""
    page = opened(watched, f"{site_url}match/?a=002002002002002002")
    first = ranking(page)
    page.goto(f"{site_url}match/")
    assert names(page.locator("#match-list ol").first) == []
    page.goto(f"{site_url}match/?a=002002002002002002")
    assert ranking(page) == first
    assert names(page.locator("#match-list ol").first) == first
    assert page.evaluate("localStorage.length") == 0


def test_liking_to_help_people_leads_to_helping_work(watched: Watched, site_url: str, catalog: Catalog) -> None:
    """Liking only the social statements ranks first those occupations whose strongest score is social."""
    social = "".join("2" if s["interest_type"].id == "social" else "0" for s in catalog["interest_statements"])
    page = opened(watched, f"{site_url}match/?a={social}")
    expect(page.locator("[data-in-words]")).to_contain_text("Helper")
    by_name = {o["name"]: o for o in catalog["occupations"]}
    for name in ranking(page)[:5]:
        assert by_name[name]["interest_code"].startswith("S"), name


def test_filters_leave_out_what_asks_for_more(watched: Watched, site_url: str, catalog: Catalog) -> None:
    """Education and pay narrow the ranking, and the count is updated."""
    page = opened(watched, f"{site_url}match/?a=210210210210210012")
    page.get_by_label("Typical education").select_option("1")
    page.get_by_label("Median annual pay").select_option("60000")
    while page.get_by_role("button", name="Show more").is_visible():
        page.get_by_role("button", name="Show more").click()
    levels = list(catalog["occupations"].resource.schema.field("entry_education").labels)
    by_name = {o["name"]: o for o in catalog["occupations"]}
    shown = ranking(page)
    assert {by_name[name]["entry_education"] for name in shown} <= set(levels[:2])
    expect(page.locator("interest-match [data-count]")).to_contain_text(f"{len(shown)} of ")


def test_identical_answers_rank_nothing(watched: Watched, site_url: str) -> None:
    """Eighteen identical answers rank nothing, and the page says why."""
    page = opened(watched, f"{site_url}match/?a={'2' * 18}")
    expect(page.get_by_text("Your answers are all the same")).to_be_visible()
    expect(page.locator("interest-match [data-count]")).to_be_hidden()


def test_invalid_answers_in_the_address_are_ignored(watched: Watched, site_url: str) -> None:
    """An invalid address opens an empty questionnaire."""
    page = opened(watched, f"{site_url}match/?a=<script>")
    expect(page.locator("[data-progress]")).to_have_text("0 of 18 answered")
    assert watched.errors == []


def test_matching_page_has_every_occupation_without_a_script(plain_page: Page, site_url: str, catalog: Catalog) -> None:
    """Without JavaScript, occupations are listed under their strongest interest."""
    plain_page.goto(f"{site_url}match/")
    assert sorted(plain_page.locator("#match-list li a").all_inner_texts()) == sorted(
        o["name"] for o in catalog["occupations"]
    )


# Comparing


@pytest.mark.parametrize("width", WIDTHS)
def test_records_are_set_side_by_side(watched: Watched, site_url: str, width: int) -> None:
    """Two records chosen from the list become columns, and the address names them."""
    page = opened(watched, f"{site_url}compare/", width)
    for name in ("Registered nurse", "Medical assistant"):
        page.get_by_label("Add to the comparison").select_option(name)
    columns = page.locator("compare-table thead th")
    expect(columns).to_have_count(2)
    assert page.url.endswith("compare/?with=registered-nurses,medical-assistants")
    page.get_by_role("button", name="Remove Registered nurse").click()
    expect(columns).to_have_count(1)
    assert overflow(page) == 0
    assert watched.errors == []


def test_no_more_than_four_are_compared(watched: Watched, site_url: str) -> None:
    """An address with five records shows four, unknown ones are ignored, and the page says that it is full."""
    wanted = "registered-nurses,nobody,medical-assistants,electricians,firefighters,lawyers"
    page = opened(watched, f"{site_url}compare/?with={wanted}")
    expect(page.locator("compare-table thead th")).to_have_count(4)
    expect(page.get_by_label("Add to the comparison")).to_be_disabled()
    expect(page.locator("compare-table [role=status]")).to_contain_text("You have four.")


def test_comparison_shows_what_the_table_says(watched: Watched, site_url: str) -> None:
    """A column has the same cells as the record's row."""
    page = opened(watched, f"{site_url}compare/pathways/?with=patient-care")
    row = [cell.strip() for cell in page.locator("#patient-care > *").all_inner_texts()]
    column = [cell.strip() for cell in page.locator("compare-table tbody td").all_inner_texts()]
    assert column == row[1:]


def test_pay_held_back_differs_from_pay_nobody_found(watched: Watched, site_url: str, site_dir: Path) -> None:
    """A blank that the publisher leaves is "Not published"; without a row of wages, or a level, it is "Not found"."""
    found = json.loads((site_dir / "occupations/list.json").read_bytes())
    rows = {row["id"]: row for row in found["rows"]}
    assert rows["agricultural-technicians"]["pay"] is None
    for name in ("pay", "growth", "entry_education"):
        del rows["electricians"][name]
    watched.page.route("**/occupations/list.json", lambda route: route.fulfill(json=found))
    page = opened(watched, f"{site_url}compare/?with=agricultural-technicians,electricians")
    shown = page.locator("compare-table tbody tr").all_inner_texts()
    assert [line.split("\t")[1:] for line in shown[:1]] == [["Not published", "Not found"]]
    assert [line.split("\t")[2] for line in shown[:4] if "Typical" in line or "growth" in line] == ["Not found"] * 2


# Planning


@pytest.mark.parametrize("width", WIDTHS)
def test_saved_pages_are_in_the_plan(watched: Watched, site_url: str, width: int) -> None:
    """Two pages are saved, reordered and annotated, and the plan is still there after a reload."""
    page = opened(watched, f"{site_url}occupations/registered-nurses/", width)
    save(page)
    expect(page.get_by_role("button", name="Saved to my plan")).to_have_attribute("aria-pressed", "true")
    page.goto(f"{site_url}pathways/patient-care/", wait_until="networkidle")
    save(page)
    page.goto(f"{site_url}plan/", wait_until="networkidle")
    page.get_by_role("button", name="Move Registered nurse down").click()
    expect(page.locator("saved-plan [role=status]")).to_have_text("Registered nurse is now number 2.")
    page.get_by_label("My note on Patient Care").fill("Ask Ms. counselor")
    expect(page.locator("saved-plan [role=status]")).to_have_text("Saved in this browser.")
    page.reload(wait_until="networkidle")
    assert page.locator("saved-plan li a").all_inner_texts() == ["Patient Care", "Registered nurse"]
    expect(page.get_by_label("My note on Patient Care")).to_have_value("Ask Ms. counselor")
    page.get_by_role("link", name="Patient Care").click()
    page.wait_for_url("**/pathways/patient-care/")
    assert overflow(page) == 0
    assert watched.errors == []


def test_plan_goes_into_a_file_and_comes_back(watched: Watched, site_url: str, tmp_path: Path) -> None:
    """A plan saved to a file can be opened in a browser with empty storage."""
    page = opened(watched, f"{site_url}occupations/welders/")
    save(page)
    page.goto(f"{site_url}plan/", wait_until="networkidle")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Save to a file").click()
    file = tmp_path / waiting.value.suggested_filename
    waiting.value.save_as(file)
    assert re.fullmatch(r"career-plan-\d{4}-\d\d-\d\d\.json", file.name)
    assert json.loads(file.read_text())["items"][0]["page"] == "occupations/welders/"
    page = opened(watched, f"{site_url}plan/")
    expect(page.get_by_text("Nothing saved yet")).to_be_visible()
    page.get_by_label("Open a saved file").set_input_files(file)
    expect(page.locator("saved-plan li a")).to_have_count(1)


def test_other_files_are_not_accepted_as_a_plan(watched: Watched, site_url: str, tmp_path: Path) -> None:
    """A file that is not a plan changes nothing, and the page says so."""
    file = tmp_path / "x.json"
    file.write_text('{"format": "career-eportal/plan/1", "items": [{"page": "javascript:alert(1)//", "name": "<b>x"}]}')
    page = opened(watched, f"{site_url}plan/")
    page.get_by_label("Open a saved file").set_input_files(file)
    expect(page.locator("saved-plan [role=status]")).to_have_text("Opened 0 saved pages from the file.")
    file.write_text("not JSON")
    page.get_by_label("Open a saved file").set_input_files(file)
    expect(page.locator("saved-plan [role=status]")).to_have_text("This file isn’t a saved plan from this site.")
    expect(page.locator("saved-plan li")).to_have_count(0)


def test_budget_counts_with_the_visitors_own_figures(watched: Watched, site_url: str) -> None:
    """The budget starts empty; wage, share and costs give what is left and what is needed."""
    page = opened(watched, f"{site_url}plan/")
    assert set(page.locator("budget-check input").evaluate_all("all => all.map(i => i.value)")) == {""}
    page.get_by_label("Salary per year before taxes").fill("24000")
    page.get_by_label("Share you take home").fill("75")
    page.get_by_label("Rent, or your share of it").fill("1800")
    result = page.locator(".budget__result")
    expect(result).to_contain_text("you’d be $300 short")
    expect(result).to_contain_text("$28,800 a year")
    page.get_by_label("Rent, or your share of it").fill("900")
    expect(result).to_contain_text("$600 left over")


# Skills


def test_marks_stay_in_this_browser(watched: Watched, site_url: str) -> None:
    """A mark on a skill's page appears on the record of all skills and disappears when it is cleared."""
    page = opened(watched, f"{site_url}skills/dependability/")
    row = page.locator("[data-criterion=finish]")
    row.get_by_label("often", exact=True).check()
    expect(page.locator("skill-record [role=status]")).to_contain_text("1 of 8 marked, 1 of them “often”")
    page.goto(f"{site_url}plan/skills/", wait_until="networkidle")
    expect(page.locator("[data-skill=dependability] [data-criterion=finish]").get_by_label("often")).to_be_checked()
    page.get_by_role("button", name="Clear my answers").click()
    assert page.evaluate("localStorage.getItem('eportal.skills')") == "{}"
    assert watched.errors == []


def names(place: Locator) -> list[str]:
    """Return the names on the cards in an element."""
    return [text.strip() for text in place.locator("li h3").all_inner_texts()]
