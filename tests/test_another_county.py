"""Another county takes over the project by changing data and region.yaml, but no code or templates."""

from __future__ import annotations

import csv
import re
from functools import partial
from pathlib import Path

import pytest
import yaml
from lxml import html

from tests import another_county
from tests.built import content_of, words
from tests.conftest import PROJECT, built_once

pytestmark = pytest.mark.slow

WORDS = ("San Diego", "SDCOE", "SDWP", "SDICCCA", "Chula Vista", "Carlsbad", "Escondido", "MiraCosta", "Sweetwater")
READ = (".html", ".json", ".xml", ".txt", ".csv", ".ics", ".js")
#: Place names that are also ordinary words or the names of other things.
COMMON = {"Alpine", "Vista", "Ramona", "Julian", "National City", "Imperial Beach", "Warner Springs"}


def names() -> set[str]:
    """Return names that only this county has: its institutions, their cities, its areas."""
    with (PROJECT / "data/institutions.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    areas = re.findall(r"\{id: [a-z-]+, name: ([^}]+)\}", (PROJECT / "data/region.yaml").read_text(encoding="utf-8"))
    return {*WORDS, *areas, *(row["name"] for row in rows), *({row["city"] for row in rows} - COMMON)}


LONGEST_FIRST = sorted(names(), key=len, reverse=True)
LOCAL = re.compile(rf"\b(?:{'|'.join(map(re.escape, LONGEST_FIRST))})\b|san-diego|sdcoe", re.IGNORECASE)


@pytest.fixture(scope="module")
def site() -> Path:
    """Return the site of Example County."""
    return built_once("another-county", partial(another_county.make, local=LOCAL)) / "site"


def test_the_words_to_look_for_are_found_on_our_own_site(site_dir: Path) -> None:
    """The same search finds the names on the shipped site, which proves that it works."""
    pages = list(site_dir.rglob("*.html"))
    assert sum(bool(LOCAL.search(page.read_text(encoding="utf-8"))) for page in pages) > len(pages) / 2
    assert len(names()) > 50


def test_no_word_of_the_former_county_is_left(site: Path) -> None:
    """No page and no other published file mentions the former county."""
    files = [path for path in site.rglob("*") if path.suffix in READ]
    assert len(files) > 200
    found = {}
    for path in files:
        if match := LOCAL.search(path.read_text(encoding="utf-8")):
            text = path.read_text(encoding="utf-8")
            found[path.relative_to(site).as_posix()] = text[max(0, match.start() - 60) : match.end() + 30]
    assert found == {}


def test_the_new_county_is_named(site: Path) -> None:
    """The home page, footer and region page name the new county, and its records are published."""
    home = html.fromstring((site / "index.html").read_bytes()).text_content()
    assert "Example County" in home
    assert "Example County School District" in home
    assert (site / "institutions/exampletown-college/index.html").exists()


def test_without_a_repository_there_is_no_edit_link(site: Path) -> None:
    """`repository: none` leaves no dead edit links, and mistakes are reported by email."""
    page = html.fromstring((site / "pathways/patient-care/index.html").read_bytes())
    assert page.xpath("//a[@class='mend__edit']") == []
    (report,) = page.xpath("//a[contains(@class, 'mend__report')]/@href")
    assert report.startswith("mailto:careers@example-county.example?subject=")


@pytest.mark.parametrize("address", ["", "students/", "families/", "educators/", "partners/", "join/"])
def test_who_runs_the_site_is_in_the_settings(address: str, site: Path) -> None:
    """The home page, the hubs and the page for new partners name the office's department and how to reach it."""
    text = words(content_of(html.fromstring((site / address / "index.html").read_bytes())))
    settings = yaml.safe_load(another_county.REGION)
    for name in ("product", "department", "office", "contact_role", "contact_phone", "contact_email"):
        assert settings[name] in text, name
    assert f"within {settings['reply_within_days']} school days" in text
    assert "free" in text
    assert "This contact is an example" not in text


def test_a_figure_that_was_not_looked_up_is_not_called_held_back(site: Path) -> None:
    """Without a row of wages the pay was not found; only a blank row means that the publisher holds it back."""
    page = content_of(html.fromstring((site / "occupations/carpenters/index.html").read_bytes()))
    figures = {words(group[0]): words(group[1]) for group in page.xpath(".//dl[@class='key-figures']/div")}
    assert "We found no pay figures for Exampletown, NV." in words(page)
    assert figures["Jobs here"].startswith("Not found")
    assert "ot published" not in words(page)
