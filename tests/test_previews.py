"""What other sites and search engines show of a page: link previews, icons, robots.txt and the sitemap's dates."""

from __future__ import annotations

import struct
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from lxml.html import HtmlElement

from generator.model import Page, Site
from generator.publish.sitemap import DAYS
from generator.render.previews import FOLDER, KINDS, SECTORS, Previews
from tests.built import Built

LOC = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
REQUIRED = ("type", "site_name", "locale", "title", "description", "url", "image", "image:alt")
MOST_BYTES = 25_000


def tags(tree: HtmlElement) -> dict[str, str]:
    """Return the Open Graph tags of a page."""
    found = tree.xpath("//head/meta[starts-with(@property, 'og:')]")
    assert len({meta.get("property") for meta in found}) == len(found)
    return {meta.get("property").removeprefix("og:"): meta.get("content") for meta in found}


def size(png: bytes) -> tuple[int, int]:
    """Return the width and height of a PNG."""
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", png[16:24])
    return width, height


def page_at(site: Site, address: str) -> Page:
    """Return the page at an address."""
    return next(page for page in site.pages if page.url == address)


def test_every_page_has_a_preview(built: Built) -> None:
    """Title, description and address are the page's own, and the picture is a file of the site."""
    for address, tree in built.pages.items():
        found = tags(tree)
        assert [name for name in REQUIRED if not found.get(name)] == [], address
        assert found["url"] == tree.xpath("//link[@rel='canonical']/@href")[0] == built.base + address
        assert tree.findtext(".//title").startswith(found["title"]), address
        assert found["description"] == tree.xpath("//meta[@name='description']/@content")[0], address
        assert (found["image:width"], found["image:height"]) == ("1200", "630")
        assert not built.is_dead(found["image"]), address
        assert tree.xpath("//meta[@name='twitter:card']/@content") == ["summary_large_image"]


def test_pages_without_an_address_have_no_preview(built: Built) -> None:
    """The error page can appear at any address, and redirects are not shared."""
    for address in built.html.keys() - built.pages.keys():
        assert tags(built.html[address]) == {}, address


def test_pictures_are_small_and_of_the_stated_size(built: Built) -> None:
    """Every picture is 1200 by 630 pixels and light, and every kind has one."""
    pictures = {path: path.read_bytes() for path in (built.folder / FOLDER).rglob("*.png")}
    assert {path.stem for path in pictures if path.parent.name == "previews"} == KINDS.keys()
    assert {size(png) for png in pictures.values()} == {(1200, 630)}
    assert [path.name for path, png in pictures.items() if len(png) > MOST_BYTES] == []


def test_every_sector_has_a_picture(built: Built, real_site: Site) -> None:
    """There is one for each sector; `make previews` draws it."""
    sectors = {path.stem for path in (built.folder / FOLDER / SECTORS).iterdir()}
    assert {record.id for record in real_site.catalog[SECTORS]} == sectors


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("occupations/registered-nurses/", "sectors/health-science-medical-technology"),
        ("pathways/patient-care/", "sectors/health-science-medical-technology"),
        ("pathways/patient-care/counselor/", "sectors/health-science-medical-technology"),
        ("institutions/palomar-college/", "institutions"),
        ("offers/", "offers"),
        ("privacy/", "site"),
        ("", "site"),
    ],
)
def test_closest_picture_is_chosen(built: Built, address: str, name: str) -> None:
    """A page has its sector's picture, else the one of its kind of record, else the site's."""
    assert tags(built.pages[address])["image"] == f"{built.base}assets/previews/{name}.png"


def test_new_sector_has_the_picture_of_its_kind(real_site: Site, tmp_path: Path) -> None:
    """Without a picture for the sector, there is one for the kind, then the site's; a theme without any has none."""
    page = page_at(real_site, "occupations/registered-nurses/")
    folder = tmp_path / FOLDER
    folder.mkdir(parents=True)
    assert Previews(tmp_path).meta(page) == Previews(None).meta(page) == {}
    (folder / "site.png").touch()
    assert Previews(tmp_path).meta(page)["preview"] == "site"
    (folder / "occupations.png").touch()
    assert Previews(tmp_path).meta(page) == {"preview": "occupations", "preview_words": "Occupations"}


def test_icons_are_where_browsers_look(built: Built) -> None:
    """`favicon.ico` has three sizes, and the touch icon is 180 pixels wide on every page."""
    icon = (built.folder / "favicon.ico").read_bytes()
    assert struct.unpack("<HHH", icon[:6]) == (0, 1, 3)
    for start in (6, 22, 38):
        length, offset = struct.unpack("<II", icon[start + 8 : start + 16])
        assert size(icon[offset : offset + length]) == (icon[start], icon[start + 1])
    assert size((built.folder / "apple-touch-icon.png").read_bytes()) == (180, 180)
    for address, tree in built.html.items():
        if address not in built.redirects:
            assert len(tree.xpath("//link[@rel='apple-touch-icon']")) == 1, address


def test_robots_may_read_everything(built: Built) -> None:
    """robots.txt forbids nothing and names the sitemap."""
    text = (built.folder / "robots.txt").read_text(encoding="utf-8")
    assert text == f"User-agent: *\nDisallow:\n\nSitemap: {built.base}sitemap.xml\n"


def test_sitemap_has_true_dates(built: Built, real_site: Site) -> None:
    """A page's date is the last day that its record states; pages without one have no date."""
    root = ET.parse(built.folder / "sitemap.xml").getroot()  # noqa: S314 - our own file
    dates = {str(url.findtext(f"{LOC}loc")): url.findtext(f"{LOC}lastmod") for url in root}
    for page in real_site.pages:
        values = page.record.values if page.record else {}
        days = [values[name] for name in DAYS if values.get(name)]
        if built.base + page.url in dates:
            expected = max((day.isoformat() for day in days if day <= real_site.today), default=None)
            assert dates[built.base + page.url] == expected, page.url
    assert len(set(dates.values()) - {None}) > 1
