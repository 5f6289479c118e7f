"""Paths through the built site: no page is orphaned, far from home, or a dead end."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urldefrag, urljoin, urlsplit

from lxml.html import HtmlElement

from tests.built import Built, content_of, words

MOST_CLICKS = 4
MOST_TOP_ENTRIES = 6
#: Parts of an article whose links lead back or away instead of onward.
NOT_ONWARD = "ancestor::nav or ancestor::*[contains(@class, 'mend')]"


def leads_to(built: Built, address: str, links: list[HtmlElement]) -> Iterator[str]:
    """Yield the addresses of the pages that links lead to."""
    for link in links:
        whole = urlsplit(urldefrag(urljoin(built.base + address, link.get("href"))).url)._replace(query="").geturl()
        if built.is_internal(whole):
            yield whole.removeprefix(built.base)


def test_every_page_is_near_the_home_page(built: Built) -> None:
    """Following only links from the home page, every page that search knows is at most four clicks away.

    An ended record's page remains for those who have its address, but no list links to it.
    """
    seen, edge = {""}, {""}
    for _ in range(MOST_CLICKS):
        found = {to for page in edge for to in leads_to(built, page, built.pages[page].xpath("//a[@href]"))}
        edge = (found & built.pages.keys()) - seen
        seen |= edge
    assert len(built.search) > 300
    assert set(built.search) - seen == set()


def test_no_page_is_a_dead_end(built: Built) -> None:
    """Every page's content links to another page, not counting the menu, breadcrumbs and footer."""
    ends = set()
    for address, tree in built.pages.items():
        links = content_of(tree).xpath(f".//a[@href][not({NOT_ONWARD})]")
        if not set(leads_to(built, address, links)) & built.pages.keys() - {address}:
            ends.add(address)
    assert ends == set()


def test_the_menu_is_short(built: Built) -> None:
    """The menu has at most six entries, which contain a link to each main page."""
    for address, tree in built.pages.items():
        (menu,) = tree.xpath("//nav[@id='menu']")
        assert 0 < len(menu.xpath("./ul/li")) <= MOST_TOP_ENTRIES, address
        assert menu.xpath(".//a[@href]"), address


def test_the_footer_names_the_office_and_what_answers_for_the_site(built: Built) -> None:
    """Every page's footer has the office, its email address, and the pages about the site itself."""
    for address, tree in built.pages.items():
        (foot,) = tree.xpath("//footer[@class='colophon']")
        assert foot.xpath(".//a[starts-with(@href, 'mailto:')]"), address
        to = set(leads_to(built, address, foot.xpath(".//a[@href]")))
        assert {"about/cte/", "accessibility/", "privacy/", "data/", "sources/"} <= to, address
        assert "Office of Education" in words(foot), address
