"""Icons by name: which exist, how one becomes HTML, and what is suggested for a typo."""

from __future__ import annotations

import re

import pytest
from lxml import etree

from generator import icons
from generator.load import read_package
from generator.model import Catalog, Mark, Package
from generator.validate import judge_of
from tests.built import Built
from tests.conftest import PROJECT, ROOT

STYLES = ROOT / "overrides/assets/css"
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
WORD = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@pytest.fixture(scope="module")
def package() -> Package:
    """Return the package of the real data."""
    return read_package(PROJECT / "data")


def test_icons_are_those_of_the_installed_material() -> None:
    """The names are Material's, each with its set; its logo, which has no set, is excluded."""
    names = icons.names()
    assert {"material/sprout", "fontawesome/solid/seedling", "octicons/alert-16", "simple/python"} <= set(names)
    assert {name.partition("/")[0] for name in names} == {"material", "fontawesome", "octicons", "simple"}
    assert list(names) == sorted(names)


def test_every_name_is_an_icon_that_exists() -> None:
    """Every name that could be suggested is accepted."""
    assert [name for name in icons.names() if not icons.NAME.fullmatch(name)] == []
    assert icons.exists(icons.names()[0])
    assert icons.exists(icons.names()[-1])


@pytest.mark.parametrize(
    "name",
    ["", "sprout", "material/sprot", "material/sprout.svg", "../.icons/material/sprout", "material/../logo", "/x"],
)
def test_other_names_are_not_icons(name: str) -> None:
    """A name without its set is not an icon, nor is one that points outside the folder."""
    assert not icons.exists(name)


def test_every_icon_begins_as_expected_and_has_no_style() -> None:
    """Every icon starts with the head that we replace and has no style, which the policy would block."""
    texts = [(name, (icons.folder() / f"{name}.svg").read_text(encoding="utf-8")) for name in icons.names()]
    assert [name for name, text in texts if not text.startswith(icons.HEAD) or "style" in text or "\n\n" in text] == []


def test_an_icon_becomes_html_without_a_name() -> None:
    """An icon has classes and its own view box, and is hidden from screen readers."""
    tree = etree.fromstring(icons.svg("material/sprout", "icon card__icon"))
    assert dict(tree.attrib) == {"class": "icon card__icon", "aria-hidden": "true", "viewBox": "0 0 24 24"}
    assert [child.tag for child in tree] == ["path"]


def test_an_unknown_icon_in_a_template_is_refused_with_a_suggestion() -> None:
    """The message names the most likely intended icon."""
    with pytest.raises(LookupError, match=r"^no icon 'material/sprot': did you mean 'material/sprout'\?$"):
        icons.svg("material/sprot")


@pytest.mark.parametrize(
    ("slip", "meant"),
    [
        ("material/hamer", "material/hammer"),
        ("sprout", "material/sprout"),
        ("palete", "material/palette"),
        ("material-wind-turbine", "material/wind-turbine"),
        (":material-sprout:", "material/sprout"),
    ],
)
def test_the_nearest_icon_is_suggested(slip: str, meant: str) -> None:
    """A suggestion also works without the set, or for a name as Material's search shows it."""
    assert icons.suggestion(slip) == f"did you mean '{meant}'?"


def test_a_check_without_mistakes_reads_no_list_of_icons(package: Package) -> None:
    """Checking that an icon exists looks at one file; the list of names is only read for suggestions."""
    icons.names.cache_clear()
    field = package.resources[0].schema.field("icon")
    assert field
    assert judge_of(field)("material/sprout") == ("material/sprout", [])
    assert icons.names.cache_info().currsize == 0


def test_a_color_is_one_of_the_list(package: Package) -> None:
    """A color field accepts the listed colors only."""
    field = package.resources[0].schema.field("color")
    assert field
    assert tuple(field.constraints["enum"]) == icons.COLORS


def test_categories_carry_icons_and_colors(package: Package) -> None:
    """Categories define icons and colors in the schema (opportunity kinds) or in a shared file (audiences)."""
    kinds = package.get("opportunities").schema.field("kind")  # type: ignore[union-attr]
    assert kinds
    assert kinds.marks.keys() == kinds.labels.keys()
    assert all(mark.icon and mark.color for mark in kinds.marks.values())
    events, resources = (package.get(name).schema.field("audiences") for name in ("events", "resources"))  # type: ignore[union-attr]
    assert events
    assert resources
    assert events.marks == resources.marks
    assert events.marks["families"] == Mark("material/home-heart", "purple")


def test_every_sector_and_activity_has_an_icon_of_its_own(catalog: Catalog) -> None:
    """Every sector and activity has a unique icon, and every sector a unique color, to tell them apart in a list."""
    for name in ("sectors", "activities"):
        found = [record["icon"] for record in catalog[name]]
        assert all(found), name
        assert len(set(found)) == len(found), name
    colors = [record["color"] for record in catalog["sectors"]]
    assert len(set(colors)) == len(colors)


def test_every_color_has_a_rule_and_no_rule_is_for_anything_else() -> None:
    """The stylesheet knows the colors that data may name, and no others."""
    css = (STYLES / "icons.css").read_text(encoding="utf-8")
    assert tuple(re.findall(r'^\[data-color="([a-z-]+)"\] \{ --hue: \d+;', css, re.MULTILINE)) == icons.COLORS


def test_no_stylesheet_names_a_record(catalog: Catalog) -> None:
    """How a record looks is in its own file: a county with other sectors changes no stylesheet."""
    ids = {record.id for name in ("sectors", "activities", "pathways", "occupations") for record in catalog[name]}
    rules = {path.name: COMMENT.sub("", path.read_text(encoding="utf-8")) for path in STYLES.glob("*.css")}
    words = {name: set(WORD.findall(text)) for name, text in rules.items()}
    assert {name: sorted(found & ids) for name, found in words.items() if found & ids} == {}


def drawings(built: Built, address: str) -> list[str]:
    """Return what the icons in the content of a built page draw."""
    return built.html[address].xpath("//article//svg[contains(@class, 'icon')]/path/@d")


def drawing(name: str) -> str:
    """Return what an icon draws."""
    return str(etree.fromstring(icons.svg(name))[0].get("d"))


def test_pages_of_records_carry_their_own_icon_and_no_other(built: Built, catalog: Catalog) -> None:
    """A sector, an activity and a pathway have one icon: their own, or that of the sector."""
    for record in (*catalog["sectors"], *catalog["activities"]):
        assert drawings(built, record.url) == [drawing(record["icon"])], record.url
    for pathway in catalog["pathways"]:
        assert drawings(built, pathway.url) == [drawing(pathway["sector"]["icon"])], pathway.url


def test_lists_show_the_icon_of_each_record_once(built: Built, catalog: Catalog) -> None:
    """A page carries the icons that it shows, each once, in the order of its records."""
    assert drawings(built, "sectors/") == [drawing(sector["icon"]) for sector in catalog["sectors"]]
    assert sorted(drawings(built, "activities/")) == sorted(drawing(one["icon"]) for one in catalog["activities"])
    for address in built.html:
        found = drawings(built, address)
        assert len(found) == len(set(found)), address


def test_colors_are_those_of_the_records(built: Built, catalog: Catalog) -> None:
    """A card has the color of its sector."""
    cards = built.html["sectors/"].xpath("//li[contains(@class, 'card')]/@data-color")
    assert cards == [sector["color"] for sector in catalog["sectors"]]
