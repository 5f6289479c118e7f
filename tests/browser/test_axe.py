"""Accessibility: axe-core with every rule on one page of each kind, in both palettes and at both widths."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product

import pytest
from playwright.sync_api import Page

from generator.model import Site
from tests.browser import kinds, tools
from tests.browser.conftest import Watched

WIDTHS = (320, 1280)
PALETTES = ("light", "dark")
#: All of axe's rules: WCAG 2.0 to 2.2 at A and AA, and best practices.
RUN = """async () => {
  const { violations } = await axe.run(document, { resultTypes: ["violations"] });
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) =>
    `${id}: ${target.join(" ")}: ${failureSummary.replace(/\\s+/g, " ")}`));
}"""
#: Elements that extend beyond the window, unless they scroll in their own box.
TOO_WIDE = """() => document.documentElement.scrollWidth > window.innerWidth
  ? [`${document.documentElement.scrollWidth} px wide`] : []"""


def violations(page: Page) -> list[str]:
    """Return what axe finds on a page as it is, and whether it is too wide."""
    if not page.evaluate("Boolean(window.axe)"):
        page.evaluate(tools.axe())
    return [*page.evaluate(RUN), *page.evaluate(TOO_WIDE)]


def in_all_modes(page: Page) -> list[str]:
    """Return what axe finds on a page at both widths and in both palettes, without reloading it."""
    found = []
    for width, palette in product(WIDTHS, PALETTES):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=palette)  # type: ignore[arg-type]
        found += [f"{palette}, {width} px: {problem}" for problem in violations(page)]
    return found


@pytest.mark.parametrize("share", range(kinds.SHARES))
def test_pages_are_accessible(watched: Watched, site_url: str, real_site: Site, share: int) -> None:
    """One page of every kind violates no rule and does not scroll sideways."""
    watched.forgive("404")
    found = {}
    for address in kinds.addresses(real_site, share):
        watched.page.goto(site_url + address)
        if problems := in_all_modes(watched.page):
            found[address] = problems
    assert found == {}


def open_search(page: Page) -> None:
    """Open the dialog and search for something."""
    page.locator(".masthead__search").click()
    page.keyboard.type("nurse")
    page.locator(".finder__group").first.wait_for()


def open_empty_search(page: Page) -> None:
    """Open the dialog and search for something that has no results."""
    page.locator(".masthead__search").click()
    page.keyboard.type("qqxzzkjw")
    page.get_by_text("No results").wait_for()


def open_menu(page: Page) -> None:
    """Open the menu, which is a sheet on a narrow screen."""
    if page.get_by_role("button", name="Menu").is_visible():
        page.get_by_role("button", name="Menu").click()


def open_contents(page: Page) -> None:
    """Open the contents, which are a sheet on a narrow screen."""
    if page.get_by_role("button", name="Table of contents").is_visible():
        page.get_by_role("button", name="Table of contents").click()


def open_details(page: Page) -> None:
    """Open everything that can be expanded."""
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")


def focus_a_link(page: Page) -> None:
    """Focus the first link on the page, which makes it visible."""
    page.keyboard.press("Tab")


def search_page(page: Page) -> None:
    """Go to the search page with a query."""
    page.goto(f"{page.url.split('/occupations/', maxsplit=1)[0]}/search/?q=computer")
    page.locator(".finder__group").first.wait_for()


STATES = (open_search, open_empty_search, open_menu, open_contents, open_details, focus_a_link, search_page)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("palette", PALETTES)
@pytest.mark.parametrize("state", STATES)
def test_open_states_are_accessible(
    watched: Watched, site_url: str, state: Callable[[Page], None], palette: str, width: int
) -> None:
    """Open menus, dialogs and details are as accessible as the page itself."""
    page = watched.page
    page.emulate_media(color_scheme=palette)  # type: ignore[arg-type]
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{site_url}occupations/registered-nurses/", wait_until="networkidle")
    state(page)
    assert violations(page) == []
