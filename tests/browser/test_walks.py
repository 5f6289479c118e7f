"""One page of each kind by keyboard, without JavaScript, with text spacing, reduced motion, forced colors, in print."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from generator.model import Site
from generator.views import listing
from tests.browser import kinds
from tests.browser.conftest import Watched
from tests.conftest import TODAY

PROBES = Path(__file__).with_name("probes.js").read_text(encoding="utf-8")
NARROW, WIDE = 320, 1280
#: The width of the text on a sheet of Letter paper with half an inch of margin, in CSS pixels.
PAPER = 720
#: Presses of Tab: at most this many before the content, and on a whole page before it counts as endless.
BEFORE_CONTENT, ENDLESS = 12, 600
AT_ONCE = 10


def problems(page: Page, *probes: str) -> list[str]:
    """Check a page and return everything that is wrong with it."""
    return [words for probe in probes for words in page.evaluate(f"probe.{probe}")]


def over_all(
    page: Page, site_url: str, site: Site, judge: Callable[[Page], list[str]], share: int | None = None
) -> dict[str, list[str]]:
    """Visit one page of each kind, check it, and return what is wrong by address."""
    found = {}
    for address in kinds.addresses(site, share):
        page.goto(site_url + address)
        page.evaluate(PROBES)
        if wrong := judge(page):
            found[address] = wrong
    return found


def walk(page: Page) -> list[str]:
    """Press Tab until the focus has been everywhere, and return what is wrong with the stops.

    The key is held down so that the browser repeats it; releasing it at each stop would take twice as long.
    """
    expect(page.locator("css=:not(:defined)")).to_have_count(0)
    page.evaluate("probe.watch()")
    for _ in range(0, ENDLESS, AT_ONCE):
        for _ in range(AT_ONCE):
            page.keyboard.down("Tab")
        if page.evaluate("probe.isOver()"):
            return problems(page, f"walked({BEFORE_CONTENT})")
    return ["the walk does not end"]


@pytest.mark.parametrize("width", [NARROW, WIDE])
@pytest.mark.parametrize("share", range(kinds.SHARES))
def test_tab_key_leads_through_every_page(
    watched: Watched, site_url: str, real_site: Site, share: int, width: int
) -> None:
    """The skip link is first and the content near; each stop is in view, uncovered and outlined; no stop is a trap."""
    watched.forgive("404")
    watched.page.set_viewport_size({"width": width, "height": 800})
    assert over_all(watched.page, site_url, real_site, walk, share) == {}


def test_skip_link_leads_to_the_content(watched: Watched, site_url: str) -> None:
    """Tab and Enter move the focus to the content, and the next Tab is inside it."""
    page = watched.page
    page.goto(f"{site_url}occupations/welders/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#content")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("Boolean(document.activeElement.closest('#content'))")


def test_menu_is_used_by_keyboard_on_a_narrow_screen(watched: Watched, site_url: str) -> None:
    """Enter opens the menu, Tab moves through its entries, Escape closes it and returns the focus."""
    page = watched.page
    page.set_viewport_size({"width": NARROW, "height": 800})
    page.goto(f"{site_url}occupations/welders/")
    button = page.get_by_role("button", name="Menu")
    button.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#menu")).to_be_visible()
    page.evaluate("""() => {
      window.visited = new Set();
      document.querySelector("#menu").addEventListener("focusin", ({ target }) => window.visited.add(target));
    }""")
    stops = page.locator("#menu :is(a, button):visible").count()
    for _ in range(stops):
        page.keyboard.press("Tab")
    assert page.evaluate("window.visited.size") == stops > 10
    page.keyboard.press("Escape")
    expect(page.locator("#menu")).not_to_be_visible()
    expect(button).to_be_focused()


@pytest.fixture(scope="module")
def lists(real_site: Site) -> dict[str, set[str]]:
    """Return the addresses that each dataset's list must link to: all open records."""
    catalog = real_site.catalog
    first = catalog.region.languages[0]
    pages = [page for page in real_site.pages if page.language == first]
    found: dict[str, set[str]] = {page.url: set() for page in pages if not page.record}
    for page in pages:
        folder = f"{page.url.split('/', maxsplit=1)[0]}/"
        if page.record and not page.part and folder in found and listing.is_listed(catalog, page.record, TODAY):
            found[folder].add(page.url)
    return {address: records for address, records in found.items() if records}


def test_everything_is_there_without_javascript(
    plain_browser: BrowserContext, site_url: str, real_site: Site, lists: dict[str, set[str]]
) -> None:
    """Lists link to every record, the menu is reachable, nothing waits for a script, and every control works."""
    page = plain_browser.new_page()
    one = Watched(page)
    one.forgive("404")
    page.set_viewport_size({"width": WIDE, "height": 800})

    def judge(page: Page) -> list[str]:
        address = page.url.removeprefix(site_url)
        missing = lists.get(address, set()) - {
            link.removeprefix(site_url) for link in page.evaluate("probe.links('main')")
        }
        return [*sorted(missing), *problems(page, "lost('nav')", "dead()", "waits()")]

    found = over_all(page, site_url, real_site, judge)
    page.close()
    assert found == {}
    assert one.problems(site_url) == []


def test_narrow_pages_lose_nothing_when_text_is_spaced_out(watched: Watched, site_url: str, real_site: Site) -> None:
    """At 320 pixels nothing is cut off or scrolls sideways, even with the text spacing of WCAG 1.4.12."""
    watched.forgive("404")
    watched.page.set_viewport_size({"width": NARROW, "height": 800})

    def judge(page: Page) -> list[str]:
        asked = ("tooWide()", "cut()", "spilt()")
        before = problems(page, *asked)
        page.evaluate("probe.spaceOut()")
        return before + problems(page, *asked)

    assert over_all(watched.page, site_url, real_site, judge) == {}


def test_nothing_moves_for_those_who_ask_for_stillness(watched: Watched, site_url: str, real_site: Site) -> None:
    """With reduced motion no element has a transition or animation, and none runs on interaction."""
    watched.forgive("404")
    watched.page.emulate_media(reduced_motion="reduce")

    def judge(page: Page) -> list[str]:
        page.locator("a:visible").last.hover()
        page.get_by_role("button", name="Dark mode").click()
        return problems(page, "moving()")

    assert over_all(watched.page, site_url, real_site, judge) == {}


def test_colors_of_the_system_hide_nothing(watched: Watched, site_url: str, real_site: Site) -> None:
    """With forced colors controls have an edge, icons have the text's color, and the focus has a ring."""
    watched.forgive("404")
    watched.page.emulate_media(forced_colors="active")

    def judge(page: Page) -> list[str]:
        page.keyboard.press("Tab")
        ringed = page.evaluate("getComputedStyle(document.activeElement).outlineStyle !== 'none'")
        return problems(page, "forced()") + ([] if ringed else ["no ring"])

    assert over_all(watched.page, site_url, real_site, judge) == {}


def test_paper_holds_the_content_in_black_on_white(watched: Watched, site_url: str, real_site: Site) -> None:
    """A printed page, even from the dark palette, has no navigation, dark text, and nothing cut off."""
    watched.forgive("404")
    watched.page.set_viewport_size({"width": PAPER, "height": 900})
    watched.page.emulate_media(media="print", color_scheme="dark")
    found = over_all(watched.page, site_url, real_site, lambda page: problems(page, "onPaper()", "tooWide()", "cut()"))
    assert found == {}
