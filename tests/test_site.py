"""The built site as visitors see it: every record has its page, and nothing on it is dead or empty."""

from __future__ import annotations

import posixpath
import re
from datetime import date
from itertools import pairwise
from urllib.parse import parse_qs, urlsplit

import pytest

from generator import views
from generator.model import Catalog, Record, Site
from generator.search import fold, index
from tests.built import Built, content_of, words
from tests.conftest import PROJECT, ROOT

COUNTS = {
    "sectors": 15,
    "pathways": 58,
    "occupations": len(list((PROJECT / "data/occupations").glob("*.yaml"))),
    "skills": 6,
    "activities": 24,
    "institutions": 55,
}
EXCHANGE = ("employers", "offers", "opportunities", "events", "stories")
WITH_PAGES = (*COUNTS, "sources", *EXCHANGE)
ONET = "This site includes information from the O*NET 29.3 Database by the U.S. Department of Labor"
DOLLARS_A_YEAR = re.compile(r"\$\d{2,3},\d{3}\b")
#: Pages with dollar amounts that are not wages: a grant, and the text about the figures.
OTHER_DOLLARS = {"about/consortium/"}
LEFTOVERS = re.compile(
    r"[:,($] ?None\b|\bNone[,.;:)%]|^None$|\bundefined\b|\bnan\b|\{\{|\}\}|\{%|%\}|\bMarkup\(|<built-in"
)


def records(catalog: Catalog) -> list[Record]:
    """Return every record that must have a page."""
    return [record for name in WITH_PAGES for record in catalog[name]]


@pytest.mark.parametrize(("dataset", "count"), COUNTS.items())
def test_every_record_is_there(catalog: Catalog, built: Built, dataset: str, count: int) -> None:
    """Each reference dataset is complete, and its only pages are its records' pages and their subpages."""
    pages = {a for a in built.pages if a.startswith(f"{dataset}/") and a != f"{dataset}/"}
    own = {record.url for record in catalog[dataset]}
    assert len(catalog[dataset]) == count
    assert {a for a in pages if a.count("/") == len(("dataset", "id"))} == own
    assert {posixpath.dirname(a.rstrip("/")) + "/" for a in pages - own} <= own


def test_every_source_has_a_page(catalog: Catalog, built: Built) -> None:
    """Every source named on the site has its own page."""
    assert {a for a in built.pages if a.startswith("sources/")} == {"sources/", *(s.url for s in catalog["sources"])}


def test_every_record_page_says_what_it_is(catalog: Catalog, built: Built) -> None:
    """A record's name is in its heading and title, and its description and summary are present."""
    for record in records(catalog):
        tree = built.pages[record.url]
        (heading,) = tree.xpath("//h1")
        assert words(heading) == record["name"], record.url
        assert tree.findtext(".//title").removeprefix("Sample: ").startswith(record["name"]), record.url
        assert tree.xpath("string(//meta[@name='description']/@content)").strip(), record.url
        if summary := record.values.get("summary"):
            assert summary in words(content_of(tree)), record.url
            assert tree.xpath("string(//meta[@name='description']/@content)") == summary, record.url


def test_titles_are_unique(built: Built) -> None:
    """Titles are unique within a section, so that search results and tabs can be told apart."""
    titles = [(address.partition("/")[0], tree.findtext(".//title")) for address, tree in built.pages.items()]
    assert sorted(titles) == sorted(set(titles))


def test_no_link_is_dead(built: Built) -> None:
    """Every internal address, including its anchor, leads somewhere: links, images, scripts, style sheets."""
    links = [link for link in (*built.links(), *built.css_links()) if built.is_internal(link.resolved)]
    assert len(links) > 10_000
    assert {(link.page, link.written) for link in links if built.is_dead(link.resolved)} == set()


def test_external_links_are_safe(catalog: Catalog, built: Built) -> None:
    """External links use https, unless an official page has only http; the rest are mail, phone and inline pictures."""
    old = {
        record.values[field.name]
        for dataset in catalog
        for field in dataset.resource.schema.fields
        if field.http
        for record in dataset
    }
    external = [link for link in built.links() if not built.is_internal(link.resolved) and link.written not in old]
    assert external
    allowed = ("https://", "mailto:", "tel:", "data:image/")
    assert {link for link in external if not link.resolved.startswith(allowed)} == set()


def test_nothing_is_loaded_from_elsewhere(built: Built) -> None:
    """Scripts, styles, pictures and frames come from the site itself."""
    for page, tree in built.html.items():
        loaded = tree.xpath("//script/@src | //img/@src | //iframe/@src | //link[@rel='stylesheet']/@href")
        assert [one for one in loaded if "//" in one] == [], page


def test_sitemap_lists_the_pages(built: Built, ended: set[str]) -> None:
    """The sitemap has every page once, without redirects, the error page and ended records."""
    assert len(built.sitemap) == len(set(built.sitemap))
    assert set(built.sitemap) == {built.base + address for address in built.pages.keys() - ended}


def test_what_has_ended_keeps_its_page_and_says_so(catalog: Catalog, built: Built, ended: set[str]) -> None:
    """Every record's page says whether it is open; an open one may have a hidden notice for later."""
    notice = "//*[contains(@class, 'notice--ended')]"
    with_page = {record.url for record in records(catalog)}
    shown = {a for a in with_page if built.pages[a].xpath(f"{notice}[not(@hidden)]")}
    assert shown == ended & with_page
    later = [a for a in with_page if built.pages[a].xpath(f"{notice}[@hidden][@data-ended-after]")]
    assert "opportunities/bahia-vista-clinic-summer-internship/" in later


def test_pictures_of_employers_have_words_and_a_place(built: Built, catalog: Catalog) -> None:
    """A few employers have a picture, on the profile and the card, with alt text and reserved space."""
    having = {e.id: e for e in catalog["employers"] if e["picture"]}
    assert 3 <= len(having) < len(catalog["employers"])
    for employer in catalog["employers"]:
        for address, way in ((employer.url, "../../"), ("employers/", "../")):
            path = f"{way}assets/pictures/{employer['picture']}"
            found = built.pages[address].xpath("//article//img[@src=$path]", path=path)
            assert len(found) == (employer.id in having), address
            for img in found:
                assert img.get("alt") == employer["picture_alt"]
                assert (img.get("width"), img.get("height"), img.get("loading")) == ("960", "540", "lazy")


def test_telephone_numbers_of_employers_can_be_called(built: Built, catalog: Catalog) -> None:
    """A phone number is a link next to the email address on its employer's page; most employers have none."""
    having = {e.url: e["contact_phone"] for e in catalog["employers"] if e["contact_phone"]}
    assert 3 <= len(having) < len(catalog["employers"])
    for address in (e.url for e in catalog["employers"]):
        contact = "//article//p[a[starts-with(@href, 'mailto:')]]"
        links = built.pages[address].xpath(f"{contact}/a[starts-with(@href, 'tel:')]")
        assert [a.text for a in links] == [number for url, number in having.items() if url == address], address
        assert all(a.get("href") == f"tel:{a.text.replace('-', '')}" for a in links)


def test_every_open_offer_leads_to_its_request(built: Built, catalog: Catalog, today: date) -> None:
    """An open offer's page has a request link that works without JavaScript; a closed one's has none."""
    for offer in catalog["offers"]:
        found = built.pages[offer.url].xpath("//article//a[contains(@href, 'request/?add=')]/@href")
        open_ = views.listing.is_listed(catalog, offer, today)
        assert found == ([f"../../request/?add={offer.id}"] if open_ else [])


def test_search_engines_are_to_forget_what_has_ended(built: Built, ended: set[str]) -> None:
    """A closed record's page asks not to be indexed; no other page does."""
    robots = {a: tree.xpath("//meta[@name='robots']/@content") for a, tree in built.pages.items()}
    closed = ended & built.pages.keys()
    assert {"offers/orange-door-law-paralegal-shadow/", "events/who-is-hiring-fall-2026/"} <= closed
    assert {a: one for a, one in robots.items() if one} == {a: ["noindex"] for a in closed}


def test_lists_hold_nothing_that_has_ended(catalog: Catalog, built: Built, ended: set[str]) -> None:
    """Index pages link to all open records of their dataset and to no closed one."""
    for name in EXCHANGE:
        linked = {link.resolved.removeprefix(built.base) for link in built.links() if link.page == f"{name}/"}
        everything = {record.url for record in catalog[name]}
        assert linked & everything == everything - ended


def test_invented_records_are_called_so(catalog: Catalog, built: Built) -> None:
    """Every page of a sample says so, and lists with samples do; no other page has that notice."""
    samples = {dataset.name for dataset in catalog if dataset.samples}
    invented = {record.url for record in records(catalog) if record.is_sample}
    marked = {address for address, tree in built.pages.items() if tree.xpath("//*[contains(@class, 'notice--sample')]")}
    indexes = {f"{name}/" for name in samples} & built.pages.keys()
    assert marked == invented | indexes | {"demand/"}


def test_every_page_says_that_there_are_samples(built: Built) -> None:
    """A line above each page of a site with samples leads to the explanation; the error page has it too."""
    pages = {address: tree for address, tree in built.html.items() if address not in built.redirects}
    (words_of_bar,) = {tuple(tree.xpath("//*[@class='samples']/a/text()")) for tree in pages.values()}
    assert words_of_bar == ("Demonstration data",)
    targets = {link.resolved for link in built.links() if link.written.endswith("#samples")}
    assert targets == {f"{built.base}about/figures/#samples"}


def test_links_to_samples_are_tagged(catalog: Catalog, built: Built) -> None:
    """Wherever the name of a sample is a link, a tag follows; no other link has one."""
    invented = {record["name"] for record in records(catalog) if record.is_sample}
    real = {record["name"] for record in records(catalog) if not record.is_sample} - invented
    tagged = {True: 0, False: 0}
    for address, tree in built.pages.items():
        for link in content_of(tree).xpath(".//a[not(starts-with(@href, 'http'))]"):
            if (name := words(link)) in invented | real:
                following = link.getnext()
                has_tag = following is not None and following.get("class") == "tag" and not (link.tail or "").strip()
                assert has_tag is (name in invented), (address, name)
                tagged[has_tag] += 1
    assert all(number > 100 for number in tagged.values())


def test_a_fee_is_never_shown_as_pay(catalog: Catalog, built: Built) -> None:
    """The card of a course names its fee as one, and its page gives a cost instead of pay."""
    (course,) = (one for one in catalog["opportunities"] if one.id == "nurse-assistant-evening-course")
    (card,) = built.pages["opportunities/"].xpath(f"//li[.//a[contains(@href, '{course.id}')]]")
    assert "Fee: $0 to $480 ·" in words(card)
    facts = [words(one) for one in built.pages[course.url].xpath("//*[@class='key-figures']/div")]
    assert "Cost $0 to $480" in facts
    assert not any(fact.startswith("Pay") for fact in facts)


def test_what_nobody_has_confirmed_says_where_it_was_seen(catalog: Catalog, built: Built) -> None:
    """The page of a real opportunity that we read about names the day and the sources, and invents no date."""
    found = [one for one in catalog["opportunities"] if one["sources"]]
    assert len(found) > 30
    for one in found:
        foot = words(built.pages[one.url].xpath("//*[@class='foot']")[0])
        assert f"Seen on November 30, 2026: {one['sources'][0]['publisher']}" in foot
        assert "ask before you count on it" in foot
        assert one["closes_on"] is None
        if not one["season"]:
            assert "Dates not found. Ask." in words(built.pages[one.url].xpath("//*[@class='key-figures']")[0])


def test_events_without_a_date_say_so(catalog: Catalog, built: Built) -> None:
    """The card and the page of an event without a date say when it usually takes place."""
    found = [one for one in catalog["events"] if one["starts_at"] is None]
    assert found
    for one in found:
        assert f"Usually: {one['recurs']}. Next date not announced." in words(built.pages["events/"])
        assert "Next date not announced" in words(built.pages[one.url])
        assert not built.pages[one.url].xpath("//a[@type='text/calendar']")


def test_one_main_heading(built: Built) -> None:
    """Every page, including the error page, has exactly one h1."""
    pages = {a: t for a, t in built.html.items() if a not in built.redirects}
    assert {a for a, tree in pages.items() if len(tree.xpath("//h1")) != 1} == set()


def test_headings_do_not_skip_levels(built: Built) -> None:
    """Headings never skip a level: an h2 is followed by an h3 at most."""
    for address, tree in built.pages.items():
        levels = [int(heading.tag[1]) for heading in content_of(tree).xpath(".//*[re:test(name(), '^h[1-6]$')]", **RE)]
        assert levels[0] == 1, address
        assert [pair for pair in pairwise(levels) if pair[1] > pair[0] + 1] == [], address


RE = {"namespaces": {"re": "http://exslt.org/regular-expressions"}}


def test_ids_are_unique(built: Built) -> None:
    """IDs are unique on every page."""
    for address, tree in built.html.items():
        ids = tree.xpath("//@id")
        assert sorted(ids) == sorted(set(ids)), address


def test_search_finds_every_page_by_name(catalog: Catalog, built: Built, real_site: Site, ended: set[str]) -> None:
    """Search knows every page except ended records and subpages, and each record by its name."""
    further = {page.url for page in real_site.pages if page.part}
    assert set(built.search) == built.pages.keys() - ended - further
    found = [r for r in records(catalog) if r.url not in ended]
    assert {r.url: built.search[r.url].name for r in found} == {r.url: r["name"] for r in found}
    unknown = {url: set(fold.tokens(found.name)) - found.words for url, found in built.search.items()}
    ignored = set(index.IGNORED["en"].split())
    assert {url: words for url, words in unknown.items() if words - ignored} == {}


def test_search_knows_codes_and_other_names(catalog: Catalog, built: Built, ended: set[str]) -> None:
    """A record is found by its common names and its codes."""
    ignored = set(index.IGNORED["en"].split())
    for record in (r for r in records(catalog) if r.url not in ended):
        wanted = [*(record.values.get("other_names") or ())]
        wanted += [record.values[name] for name in ("code", "soc", "onet_soc", "state_code") if record.values.get(name)]
        words = {word for text in wanted for word in fold.tokens(text)} - ignored
        known = {word.removesuffix("s") for word in built.search[record.url].words}  # search treats plurals alike
        assert {word.removesuffix("s") for word in words} <= known, record.url
    assert {"nurse", "rn", "29", "1141"} <= built.search["occupations/registered-nurses/"].words


def test_search_finds_other_pages_by_their_headings(built: Built) -> None:
    """A handwritten page is found by its title, its description and each of its headings."""
    glossary = built.search["about/cte/"]
    assert (glossary.name, glossary.kind) == ("What is CTE?", "Pages")
    assert {"career", "teaches", "meanings"} <= glossary.words | set(fold.tokens(glossary.line))


def test_pages_with_onet_data_name_it(built: Built) -> None:
    """Pages with O*NET data have the attribution that its license requires."""
    shown = {a for a, t in built.pages.items() if "O*NET 29.3" in words(content_of(t))}
    own = {a for a in built.pages if a.count("/") == len(("dataset", "id"))}
    for part in ("occupations/", "pathways/"):
        assert {a for a in own if a.startswith(part)} <= shown
    shown |= {a for a in own if a.startswith(("occupations/", "pathways/", "sectors/"))}
    shown -= {"sources/"}  # only lists it by name
    assert {a for a in shown if ONET not in words(content_of(built.pages[a]))} == set()


def test_wages_are_named_with_publisher_and_vintage(built: Built) -> None:
    """Pages with wages name the Bureau of Labor Statistics and the month of the figures."""
    with_wages = {a: words(content_of(t)) for a, t in built.pages.items()}
    with_wages = {a: text for a, text in with_wages.items() if DOLLARS_A_YEAR.search(text) and a not in OTHER_DOLLARS}
    assert len(with_wages) > 170
    for address, text in with_wages.items():
        assert "U.S. Bureau of Labor Statistics" in text, address
        assert "May 2025" in text, address


def test_wages_are_whole_dollars(built: Built) -> None:
    """Yearly wages are whole dollars; hourly pay may have cents."""
    cents = re.compile(r"\$\d{1,3}(,\d{3})+\.\d\d\b")
    assert {a for a, t in built.pages.items() if cents.search(words(content_of(t)))} == set()


def test_copies_are_named_on_source_pages_only(built: Built) -> None:
    """Pages name the publishers, while the copies used are on the source pages only."""
    copies = re.compile(
        r"careergraph|github (?=\w+/)|github\.com", re.IGNORECASE
    )  # GitHub itself is a tool of some jobs
    found = {a for a, t in built.pages.items() if copies.search(words(t) + " ".join(t.xpath("//@href | //@src")))}
    assert found
    assert {a for a in found if not a.startswith("sources/")} == set()
    entries = {url for url, e in built.search.items() if copies.search(f"{e.line} {e.name}")}
    assert {location for location in entries if not location.startswith("sources/")} == set()


def test_blank_wages_are_not_published(built: Built) -> None:
    """A wage missing from the source is shown as not published, without a figure."""
    content = content_of(built.pages["occupations/agricultural-technicians/"])
    (row,) = content.xpath(".//table[caption='Annual pay and jobs by area']//tr[th[starts-with(., 'San Diego')]]")
    assert [words(cell) for cell in row.xpath("./td")] == ["Not published"] * 6
    assert "Pay in San Diego-Chula Vista-Carlsbad, CA is not published." in words(content)


def test_the_office_says_when_its_contact_is_an_example(catalog: Catalog, built: Built) -> None:
    """As long as settings are placeholders, the pages that show them say that the contact is not real."""
    assert catalog.region.values["placeholders"]
    for address in ("", "students/", "families/", "educators/", "partners/", "join/"):
        assert "This contact is an example, not a real one." in words(content_of(built.pages[address])), address


def test_every_blank_wage_is_not_published(catalog: Catalog, built: Built) -> None:
    """Each figure of each area is in the table, either as published or as not published."""
    names = [f"{name}_usd_per_year" for name in ("p10", "p25", "median", "p75", "p90")]
    for occupation in catalog["occupations"]:
        rows = {
            words(row[0]): row
            for row in content_of(built.pages[occupation.url]).xpath(
                ".//table[caption='Annual pay and jobs by area']/tbody/tr"
            )
        }
        for wage in occupation.backlinks["wages"]:
            wanted = [f"${wage[name]:,}" if wage[name] else "Not published" for name in names]
            assert [words(cell) for cell in rows[wage["area_name"]][1:6]] == wanted, occupation.url


def test_no_trace_of_templates(built: Built) -> None:
    """No empty value or template fragment appears on a page."""
    for address, tree in built.html.items():
        texts = [words(element) for element in tree.xpath("//body//*[not(*)] | //title")]
        texts += [words(tree), *tree.xpath("//@href | //@alt | //@aria-label | //@content | //@title | //@value")]
        assert [text for text in texts if LEFTOVERS.search(text)] == [], address


def test_no_template_is_published(built: Built) -> None:
    """The site contains no templates, Markdown or YAML data files."""
    assert [p for p in built.folder.rglob("*") if p.suffix in {".j2", ".md", ".yaml", ".yml", ".py"}] == []


def test_every_page_says_when_it_was_built(built: Built, today: date) -> None:
    """Every page shows the day of the build."""
    day = today.isoformat()
    assert {a for a, t in built.pages.items() if not t.xpath(f"//time[@datetime='{day}']")} == set()


def test_every_page_has_an_edit_link(catalog: Catalog, built: Built) -> None:
    """The edit link of a record's page opens its file, and of any other page the page's file."""
    edit = f"{catalog.region['repository']}/{catalog.region['edit_path']}"
    for record in records(catalog):
        file = record.origin.path[record.origin.path.index("data/") :]
        assert built.pages[record.url].xpath("//a[@class='mend__edit']/@href") == [edit + file], record.url
    assert built.pages["about/cte/"].xpath("//a[@class='mend__edit']/@href") == [edit + "content/about/cte.md"]


def test_a_record_of_a_table_is_shown_on_its_line(built: Built, catalog: Catalog) -> None:
    """A second link shows a record's line in its table, which an edit link cannot; a record's own file needs none."""
    lines = (PROJECT / "data/institutions.csv").read_text(encoding="utf-8").splitlines()
    for record in catalog["institutions"]:
        (href,) = built.pages[record.url].xpath("//a[@class='mend__line']/@href")
        path, _, line = href.partition("#L")
        assert path == f"{catalog.region['repository']}/blob/main/data/institutions.csv"
        assert lines[int(line) - 1].startswith(f"{record.id},")
    assert built.pages["pathways/patient-care/"].xpath("//a[@class='mend__line']") == []


def test_a_mistake_is_reported_with_page_and_record_filled_in(built: Built, catalog: Catalog) -> None:
    """The link on every page opens the form with the page's address and the record's name."""
    form = parse_qs(urlsplit(built.pages["pathways/patient-care/"].xpath("//a[@class='mend__report']/@href")[0]).query)
    address = f"{catalog.region['site_url']}pathways/patient-care/"
    assert form == {"template": ["mistake.yml"], "page": [address], "record": ["pathways/patient-care/"]}
    assert (ROOT / ".github/ISSUE_TEMPLATE/mistake.yml").exists()
    for address, page in built.pages.items():
        assert len(page.xpath("//a[@class='mend__report']")) == (0 if address == "search/" else 1), address
