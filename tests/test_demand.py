"""The demand and gaps page: its charts, the data behind them, and where its figures link."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl

from generator import views
from generator.model import Catalog
from tests.built import Built
from tests.conftest import TODAY


def test_bars_stand_below_their_names(catalog: Catalog) -> None:
    """All bars use one scale, and a name on several lines moves everything below it down."""
    names = ["Welders", "Teaching Assistants, Preschool, Elementary, Middle, and Secondary School", "Cooks"]
    drawn = views.bars.bars(catalog, names, [10, 5, 0])
    assert [one.width for one in drawn.bars] == [86.0, 43.0, 0]
    assert [len(one.lines) for one in drawn.bars] == [1, 3, 1]
    assert " ".join(line.text for line in drawn.bars[1].lines) == names[1]
    places = [y for one in drawn.bars for y in (*(line.y for line in one.lines), one.bar_y)]
    assert places == sorted(set(places))
    assert places[-1] < drawn.height
    assert views.bars.bars(catalog, [], []) == ((), 0)
    assert views.bars.bars(catalog, ["Nobody"], [0]).bars[0].width == 0


def test_pictures_of_demand_have_words_and_a_table(built: Built) -> None:
    """Each chart has a name, a text description of every bar, and a table of its figures after it."""
    page = built.pages["demand/"]
    pictures = page.xpath("//svg[@role='img']")
    assert len(pictures) == 5
    for svg in pictures:
        title, text = (page.get_element_by_id(one).text_content() for one in svg.get("aria-labelledby").split())
        assert title
        numbers = svg.xpath("text[@class='bars__number']/text()")
        assert numbers
        assert numbers == re.findall(r": (\d+)\.", text)
        behind = svg.xpath("following::details[1]//table")[0]
        assert set(numbers) <= set(behind.xpath(".//td//text()"))


def test_gaps_lead_to_joining_and_figures_to_offers(built: Built, catalog: Catalog) -> None:
    """Each figure of the matrix links to that many offers, each plus to a message with sector and activity."""
    offers = [(o, {s.id for s in views.news.sectors_of(catalog, o)}) for o in catalog["offers"]]
    open_ = set(views.listing.listed(catalog, catalog["offers"], TODAY))
    links = built.pages["demand/"].xpath("//table[@class='matrix']//td/a")
    assert len(links) > 200
    for link in links:
        way, _, query = link.get("href").partition("?")
        asked = dict(parse_qsl(query.removesuffix("#message")))
        if link.text == "+":
            assert (way, list(asked)) == ("../join/", ["sectors", "activities"])
            continue
        assert (way, list(asked)) == ("../offers/", ["sector", "activity"])
        fits = [o for o, of in offers if o in open_ and asked["sector"] in of and o["activity"].id == asked["activity"]]
        assert len(fits) == int(link.text)
