"""The real project built in two languages: every page has a twin below /es/ and declares its language."""

from __future__ import annotations

import json
from collections.abc import Iterator
from urllib.parse import urljoin

import pytest
from lxml.html import HtmlElement

from generator import views
from generator.model import Site
from generator.pipeline import Project, build_site
from tests import second_language
from tests.built import Built, content_of, words
from tests.conftest import TODAY
from tests.second_language import ALONE, TRANSLATED, TWIN

pytestmark = pytest.mark.slow

SPANISH = "es/"
#: Text outside the content that is the same in both languages: names of languages, and an address.
ALIKE = {"English", "Español", "careers@county.example"}


@pytest.fixture(scope="module")
def planned() -> Site:
    """Return the planned site of the project in two languages."""
    return build_site(Project(second_language.built()), TODAY)


@pytest.fixture(scope="module")
def two(planned: Site) -> Built:
    """Return its site, built as a user builds it, so that a dead link or any other warning fails."""
    return Built(second_language.built() / "site", planned.catalog.region["site_url"])


def twins(two: Built) -> Iterator[tuple[str, HtmlElement, HtmlElement]]:
    """Yield every English page's address and the page in both languages."""
    for address, tree in two.pages.items():
        if not address.startswith(SPANISH):
            yield address, tree, two.pages[SPANISH + address]


def test_every_page_has_its_twin(two: Built) -> None:
    """Both languages have the same pages at the same addresses, the Spanish ones below /es/."""
    spanish = {address.removeprefix(SPANISH) for address in two.pages if address.startswith(SPANISH)}
    english = {address for address in two.pages if not address.startswith(SPANISH)}
    assert spanish == english
    assert len(english) > 180


def test_pages_name_their_language(two: Built) -> None:
    """<html lang> matches the language of the page's text."""
    for address, english, spanish in twins(two):
        assert (english.get("lang"), spanish.get("lang")) == ("en", "es"), address


def test_pages_name_each_other(two: Built) -> None:
    """Both twins list both languages and the default with full addresses."""
    for address, english, spanish in twins(two):
        wanted = {
            "en": two.base + address,
            "es": f"{two.base}{SPANISH}{address}",
            "x-default": two.base + address,
        }
        for tree in (english, spanish):
            links = tree.xpath("//head/link[@rel='alternate'][@hreflang]")
            assert {link.get("hreflang"): link.get("href") for link in links} == wanted, address
            assert len(links) == len(wanted), address


def test_canonical_address_is_the_pages_own(two: Built) -> None:
    """A translation's canonical address is its own, below /es/."""
    for address, english, spanish in twins(two):
        assert english.xpath("//head/link[@rel='canonical']/@href") == [two.base + address]
        assert spanish.xpath("//head/link[@rel='canonical']/@href") == [f"{two.base}{SPANISH}{address}"]


def test_language_switch_leads_to_the_twin(two: Built) -> None:
    """The switch links to the same page in each language, labeled in that language."""
    resolved = {(link.page, link.written): link.resolved for link in two.links()}
    for address, english, spanish in twins(two):
        for page, tree in ((address, english), (SPANISH + address, spanish)):
            links = tree.xpath("//body//a[@hreflang]")
            assert [(a.get("hreflang"), a.get("lang")) for a in links] == [("en", "en"), ("es", "es")], page
            assert [resolved[page, a.get("href")] for a in links] == [two.base + address, two.base + SPANISH + address]
            assert [words(a) for a in links] == ["English", "Español"]


def test_all_links_are_alive(two: Built) -> None:
    """No internal link is dead in either language."""
    inside = [link for link in two.links() if link.resolved.startswith(two.base)]
    assert [link for link in inside if two.is_dead(link.resolved)] == []


def test_links_of_spanish_pages_stay_spanish(two: Built) -> None:
    """On a Spanish page, only the switch and the head's alternates link to English pages."""
    english = {two.base + address for address in two.pages if not address.startswith(SPANISH)}
    for address, tree in two.pages.items():
        if address.startswith(SPANISH):
            written = tree.xpath("//body//a[not(@hreflang='en')]/@href")
            assert {urljoin(two.base + address, href).partition("#")[0] for href in written} & english == set(), address


def test_twins_have_one_structure(two: Built) -> None:
    """A page and its twin have the same number of headings, lists, tables and links."""
    ours = "h1 h2 h3 h4 ul ol li table tr td th dl dt dd figure meter a svg form input".split()
    for address, english, spanish in twins(two):
        if address.removesuffix("/") in (TWIN, ALONE) or address.startswith("about/c"):
            continue
        counts = [{tag: len(content_of(tree).findall(f".//{tag}")) for tag in ours} for tree in (english, spanish)]
        assert counts[0] == counts[1], address


def test_no_markup_of_a_fallback_is_shown(two: Built) -> None:
    """The markup of a fallback never appears as text, or in an attribute, title or picture."""
    for address, tree in two.pages.items():
        assert "<span" not in words(tree), address
        assert tree.xpath("//@*[contains(., '<span') or contains(., '<div')]") == [], address
        assert tree.xpath("//svg//span | //title/* | //option/*") == [], address


def test_translated_record_is_in_spanish(two: Built) -> None:
    """Spanish text is shown on the page, in its head and in links to it, and the English page is unchanged."""
    address = f"occupations/{TRANSLATED}/"
    page = two.pages[SPANISH + address]
    assert words(content_of(page).find(".//h1")) == "Enfermeras y enfermeros"
    assert content_of(page).xpath(".//h1//@lang") == []
    assert words(page.find(".//title")).startswith("Enfermeras y enfermeros")
    assert page.xpath("//meta[@name='description']/@content") == ["Cuidan a personas enfermas."]
    links = two.pages["es/occupations/"].xpath(f"//a[contains(@href, '{TRANSLATED}')]")
    assert {words(link) for link in links} == {"Enfermeras y enfermeros"}
    assert "Enfermer" not in words(two.pages[address])


def test_what_is_missing_is_english_and_says_so(two: Built) -> None:
    """Untranslated prose is in a <div lang="en">, words in a <span lang="en">, and there is a notice."""
    page = content_of(two.pages[f"{SPANISH}occupations/{TRANSLATED}/"])
    assert page.get("lang") in (None, "es")
    assert page.xpath(".//div[@lang='en']/p")
    assert page.xpath(".//span[@lang='en']")
    (notice,) = page.xpath(".//*[contains(@class, 'notice')][@lang='es']")
    assert words(notice).startswith("Algunas partes de esta página todavía no están traducidas")


def test_hand_written_twin_takes_its_place(two: Built) -> None:
    """A page in content/es/ replaces the fallback, without a notice, and links to Spanish pages."""
    page = content_of(two.pages[f"{SPANISH}{TWIN}/"])
    assert words(page.find(".//h1")) == "Qué es la educación técnica y profesional"
    assert page.get("lang") in (None, "es")
    assert page.xpath(".//*[contains(@class, 'notice')]") == []


def test_hand_written_page_without_twin_is_english_and_says_so(two: Built) -> None:
    """A handwritten page without a twin shows English below /es/, marked as English, under a Spanish notice."""
    page = content_of(two.pages[f"{SPANISH}{ALONE}/"])
    assert page.get("lang") == "en"
    (notice,) = page.xpath(".//*[contains(@class, 'notice')]")
    assert notice.get("lang") == "es"
    assert words(notice) == "Esta página todavía no está traducida, por eso aparece en inglés."


def test_fixed_words_are_spanish(two: Built) -> None:
    """Template text, labels, the menu and formats are in the page's language."""
    page = two.pages[f"{SPANISH}occupations/{TRANSLATED}/"]
    text = words(content_of(page))
    for spanish in ("Cuánto paga", "Licenciatura", "mayo de 2025", "por última vez el 24 de noviembre"):
        assert spanish in text
    for english in ("What it pays", "Bachelor's degree", "Facts checked", "not published", "Not published"):
        assert english not in text
    assert "Ocupaciones" in {words(a) for a in page.xpath("//header//a | //nav//a")}


def around(tree: HtmlElement) -> set[str]:
    """Return the text outside a page's content that is read or heard: header, menu, contents, footer."""
    texts = tree.xpath("//body//*[not(ancestor-or-self::article or self::script)]/text()")
    attributes = "@*[name()='aria-label' or starts-with(name(), 'data-') and not(starts-with(name(), 'data-md-'))]"
    names = tree.xpath(f"//body//*[not(ancestor-or-self::article)]/{attributes}")
    return {one for text in (*texts, *names) if any(map(str.isalpha, one := " ".join(text.split())))}


def test_nothing_around_the_text_is_english(two: Built) -> None:
    """All text in the header, menu and footer of Spanish pages is Spanish, and so is the list of all pages."""
    for address, english, spanish in twins(two):
        if content_of(spanish).get("lang") != "en":
            assert around(english) & around(spanish) - ALIKE == set(), address
    lists = [
        tree.xpath("//article//h2[@id='all']/following-sibling::ul//a")
        for tree in (two.pages["search/"], two.pages["es/search/"])
    ]
    assert len(lists[0]) == len(lists[1]) > 20
    assert {words(a) for a in lists[0]} & {words(a) for a in lists[1]} == set()


def test_own_words_of_the_region(two: Built) -> None:
    """A region setting can be translated: county_es."""
    assert words(content_of(two.pages[SPANISH]).find(".//h1")).startswith("Condado de San Diego")
    assert "San Diego County" in words(content_of(two.pages[""]).find(".//h1"))


def test_former_addresses_lead_on_in_both_languages(two: Built) -> None:
    """A former address also redirects below /es/, to the Spanish page."""
    assert two.redirects["occupations/nurses/"] == f"{two.base}occupations/{TRANSLATED}/"
    assert two.redirects["es/occupations/nurses/"] == f"{two.base}es/occupations/{TRANSLATED}/"
    tree = two.html["es/occupations/nurses/"]
    assert tree.get("lang") == "es"
    assert words(tree.find(".//title")) == "Enfermeras y enfermeros"


def ended(planned: Site) -> set[str]:
    """Return the addresses, in both languages, of records that are closed on the day of the build."""
    catalog = planned.catalog
    found = {record.url for dataset in catalog for record in views.listing.not_listed(catalog, dataset, TODAY)}
    return found | {SPANISH + address for address in found}


def test_search_finds_spanish_pages(two: Built, planned: Site) -> None:
    """Each language has its own index, with Spanish pages under Spanish names, kinds and words."""
    nurses = two.search[f"{SPANISH}occupations/{TRANSLATED}/"]
    assert (nurses.name, nurses.kind) == ("Enfermeras y enfermeros", "Ocupaciones")
    assert {"enfermeras", "enfermeros"} <= nurses.words
    assert "enfermeras" not in two.search[f"occupations/{TRANSLATED}/"].words
    further = {page.url for page in planned.pages if page.part}
    further |= {SPANISH + address for address in further}
    assert set(two.search) == two.pages.keys() - ended(planned) - further
    index = json.loads((two.folder / SPANISH / "search" / "index.json").read_text(encoding="utf-8"))
    assert index["words"]["one"] == "1 resultado"


def test_sitemap_has_both_languages(two: Built, planned: Site) -> None:
    """The sitemap lists every page in both languages except ended records."""
    assert {two.base + address for address in two.pages.keys() - ended(planned)} == set(two.sitemap)


def test_edit_link_of_a_spanish_page_opens_its_source(two: Built, planned: Site) -> None:
    """The edit link opens the record's file, or for a handwritten page the text that is shown."""
    region = planned.catalog.region
    edit_address = f"{region['repository']}/{region['edit_path']}"
    pages = {
        f"{SPANISH}{TWIN}/": f"content/es/{TWIN}.md",
        f"{SPANISH}{ALONE}/": f"content/{ALONE}.md",
        f"{SPANISH}occupations/{TRANSLATED}/": f"data/occupations/{TRANSLATED}.yaml",
    }
    for address, path in pages.items():
        assert two.pages[address].xpath("//a[@class='mend__edit']/@href") == [edit_address + path], address
