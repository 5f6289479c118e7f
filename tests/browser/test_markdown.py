"""The elements of handwritten pages in a browser: docs/markdown.md, built and used in every way."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests import markdown_page
from tests.browser import chromium, tools
from tests.browser.conftest import Watched
from tests.browser.test_axe import PALETTES, WIDTHS, open_details, violations
from tests.browser.test_walks import NARROW, PAPER, PROBES, WIDE, problems, walk

TABS = ("Students", "Families", "Employers")
PANELS = ("Ask your counselor", "Ask the school when", "Tell us how many")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the page and return the site's folder."""
    return markdown_page.build(tmp_path_factory.mktemp("markdown") / "project")


@pytest.fixture(scope="module")
def site_url(folder: Path) -> Iterator[str]:
    """Serve the small site with the page, not the real one."""
    with chromium.served(folder) as address:
        yield address


@pytest.fixture
def page(watched: Watched, site_url: str) -> Page:
    """Open the page; the test fails on any error, policy violation, or request to another site."""
    watched.page.goto(f"{site_url}{markdown_page.ADDRESS}")
    return watched.page


def shown(page: Page) -> list[bool]:
    """Return for each panel whether it is visible."""
    return [panel.is_visible() for panel in page.locator(".tabbed-block").all()]


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("palette", PALETTES)
def test_every_element_is_accessible(page: Page, palette: str, width: int) -> None:
    """Axe finds no violation in either palette, on a phone or desktop, with all boxes open and any tab selected."""
    page.emulate_media(color_scheme=palette)  # type: ignore[arg-type]
    page.set_viewport_size({"width": width, "height": 900})
    assert violations(page) == []
    open_details(page)
    for tab in TABS:
        page.get_by_text(tab, exact=True).click()
        assert violations(page) == []


@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_tab_key_leads_through_the_page(page: Page, width: int) -> None:
    """Boxes, tabs, tables and footnotes: each focus stop is in view, uncovered and outlined."""
    page.set_viewport_size({"width": width, "height": 800})
    page.evaluate(PROBES)
    assert walk(page) == []


def test_arrow_keys_move_from_tab_to_tab(page: Page) -> None:
    """The tabs are one focus stop; arrow keys select the next one, and only its panel is shown."""
    group = page.get_by_role("group", name="Tabs")
    assert [tab.get_attribute("id") for tab in group.get_by_role("radio").all()] == [
        f"__tabbed_1_{number}" for number in (1, 2, 3)
    ]
    page.get_by_role("radio", name=TABS[0]).focus()
    for number, (tab, panel) in enumerate(zip(TABS, PANELS, strict=True)):
        expect(page.get_by_role("radio", name=tab)).to_be_checked()
        assert shown(page) == [other == number for other in range(len(TABS))]
        expect(page.get_by_text(panel).last).to_be_visible()
        page.keyboard.press("ArrowRight")
    expect(page.get_by_role("radio", name=TABS[0])).to_be_focused()


def test_enter_opens_a_box(page: Page) -> None:
    """Enter on a box's title shows its hidden text."""
    answer = page.get_by_text("For most visits, no.").last
    expect(answer).to_be_hidden()
    page.locator("summary").first.focus()
    page.keyboard.press("Enter")
    expect(answer).to_be_visible()


def test_footnotes_lead_there_and_back(page: Page) -> None:
    """The number links to the footnote, and the arrow back to the text."""
    page.locator(".footnote-ref").click()
    assert page.url.endswith("#fn:count")
    page.get_by_role("link", name="Back to footnote 1 in the text").press("Enter")
    assert page.url.endswith("#fnref:count")


def test_everything_works_without_javascript(plain_browser: BrowserContext, site_url: str) -> None:
    """Tabs and boxes work with HTML and CSS alone."""
    page = plain_browser.new_page()
    page.goto(f"{site_url}{markdown_page.ADDRESS}")
    assert shown(page) == [True, False, False]
    page.get_by_text(TABS[2], exact=True).click()
    assert shown(page) == [False, False, True]
    page.locator("summary").first.click()
    expect(page.get_by_text("For most visits, no.").last).to_be_visible()
    page.close()


def test_paper_shows_every_tab_and_every_box(page: Page) -> None:
    """Printed from the dark palette, all panels follow their tabs, closed boxes are open, and text is dark on white."""
    page.emulate_media(media="print", color_scheme="dark")
    page.set_viewport_size({"width": PAPER, "height": 900})
    page.evaluate(PROBES)
    assert shown(page) == [True, True, True]
    tops = page.evaluate(
        "[...document.querySelectorAll('.tabbed-set > :is(label, div)')].map((e) => e.getBoundingClientRect().top)"
    )
    assert tops == sorted(tops)
    assert page.get_by_text("For most visits, no.").last.bounding_box()["height"] > 0
    assert problems(page, "onPaper()", "tooWide()", "cut()") == []


def test_narrow_page_loses_nothing(page: Page) -> None:
    """At 320 pixels, even with the text spacing of WCAG 1.4.12, nothing is cut off or scrolls sideways."""
    page.set_viewport_size({"width": NARROW, "height": 800})
    page.evaluate(PROBES)
    open_details(page)
    asked = ("tooWide()", "cut()", "spilt()")
    before = problems(page, *asked)
    page.evaluate("probe.spaceOut()")
    assert before + problems(page, *asked) == []


def test_colors_of_the_system_and_stillness(page: Page) -> None:
    """Forced colors hide no icon or control, and nothing moves with reduced motion."""
    page.emulate_media(forced_colors="active", reduced_motion="reduce")
    page.evaluate(PROBES)
    assert problems(page, "forced()", "moving()") == []


def test_page_is_valid_html(folder: Path) -> None:
    """The HTML checker finds no errors."""
    assert tools.html_errors(folder) == []
