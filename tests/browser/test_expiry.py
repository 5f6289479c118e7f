"""Expiry in the browser days after the build follows the region's date, also across clock changes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, Route

from tests.conftest import TODAY

FIRST = '<li class="card" id="'
NOTICE = '<div class="notice" data-ended-after="{day}" hidden>Over</div><p><span data-count-of="content">58</span></p>'


@pytest.fixture(scope="module")
def anywhere(start: Callable[..., BrowserContext]) -> BrowserContext:
    """Return a browser in a distant time zone, where the date is different most of the time."""
    return start(timezone_id="Asia/Tokyo")


@pytest.fixture
def page(anywhere: BrowserContext) -> Iterator[Page]:
    """Yield a new page of that browser."""
    page = anywhere.new_page()
    yield page
    page.close()


def visit(page: Page, site_url: str, site_dir: Path, now: datetime, until: str) -> None:
    """Open the list of resources at a moment, with its first item ending on a day and a notice for after that."""
    html = (site_dir / "resources/index.html").read_text(encoding="utf-8")
    assert FIRST in html
    html = html.replace(FIRST, f'<li class="card" data-until="{until}" id="', 1)
    html = html.replace('<footer class="foot"', NOTICE.format(day=until) + '<footer class="foot"', 1)
    page.route("**/resources/", lambda route: answer(route, html))
    page.clock.set_fixed_time(now)
    page.goto(f"{site_url}resources/", wait_until="networkidle")


def answer(route: Route, html: str) -> None:
    """Respond with a page."""
    route.fulfill(body=html, content_type="text/html; charset=utf-8")


def moment(text: str) -> datetime:
    """Return a moment in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


#: The last moment of a day in the region, on ordinary days and on days with clock changes.
LAST = {
    "winter": ("2026-12-15", "2026-12-16T07:59:59"),
    "the day before clocks go forward": ("2027-03-13", "2027-03-14T07:59:59"),
    "the day on which clocks go forward": ("2027-03-14", "2027-03-15T06:59:59"),
    "summer": ("2027-07-01", "2027-07-02T06:59:59"),
    "the day before clocks go back": ("2027-11-06", "2027-11-07T06:59:59"),
    "the day on which clocks go back": ("2027-11-07", "2027-11-08T07:59:59"),
}


@pytest.mark.parametrize("case", LAST)
def test_a_record_lasts_until_midnight_in_the_region(page: Page, site_url: str, site_dir: Path, case: str) -> None:
    """A record is listed and counted until a second before midnight; a second later its notice replaces it."""
    day, last = LAST[case]
    visit(page, site_url, site_dir, moment(last), day)
    assert page.locator("[data-until]").is_visible()
    assert not page.locator("[data-ended-after]").is_visible()
    assert page.locator("record-filter [role=status]").inner_text() == "58 of 58 resources"
    visit(page, site_url, site_dir, moment(last) + timedelta(seconds=1), day)
    assert not page.locator("[data-until]").is_visible()
    assert page.locator("[data-ended-after]").is_visible()
    assert page.locator("record-filter [role=status]").inner_text() == "57 of 57 resources"
    assert page.locator("[data-count-of]").inner_text() == "57"


def test_what_has_ended_does_not_come_back_by_a_choice(page: Page, site_url: str, site_dir: Path) -> None:
    """Filtering the list and showing all again does not bring an ended record back."""
    visit(page, site_url, site_dir, moment("2027-01-01T12:00:00"), "2026-12-01")
    page.locator("record-filter [name=q]").fill("career")
    page.wait_for_url("**q=career")
    page.get_by_role("button", name="Clear all").click()
    assert not page.locator("[data-until]").is_visible()


@pytest.mark.parametrize(("days", "said"), [(0, False), (2, False), (3, True), (40, True)])
def test_an_old_page_says_how_old_it_is(page: Page, site_url: str, days: int, said: bool) -> None:  # noqa: FBT001
    """From the third day after the build, a notice above the page says how many days old it is."""
    page.clock.set_fixed_time(datetime.combine(TODAY, datetime.min.time(), UTC) + timedelta(days=days, hours=20))
    page.goto(f"{site_url}about/cte/", wait_until="networkidle")
    notices = page.locator("article > .notice", has_text="last updated")
    assert notices.count() == int(said)
    if said:
        assert f"This page was last updated {days} days ago." in notices.inner_text()
        assert page.locator("article > :first-child").evaluate("e => e.className") == "notice"
