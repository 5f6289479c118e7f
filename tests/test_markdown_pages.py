"""Handwritten pages support the Markdown that Material documents: docs/markdown.md, built, shows each element."""

from __future__ import annotations

import re
from pathlib import Path

import pyromark
import pytest
from lxml.html import HtmlElement, fromstring
from markdown import Markdown
from material.extensions import emoji
from ruamel.yaml import YAML

from generator.mkdocs_site import markdown_hooks
from generator.model import Origin, Page
from generator.render import markup
from generator.search import entries
from tests import markdown_page
from tests.built import Built, content_of, words
from tests.conftest import TODAY, eportal

SOURCE = markdown_page.PAGE.read_text(encoding="utf-8")
#: An example (a fence of three or four backticks) and what follows it.
EXAMPLE = re.compile(r"^(`{3,4})markdown\n(.*?)^\1\n\n", re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the page once; return the site's folder."""
    return markdown_page.build(tmp_path_factory.mktemp("markdown") / "project")


@pytest.fixture(scope="module")
def page(site: Path) -> HtmlElement:
    """Return the article of the built page."""
    return content_of(Built(site, "https://golden.example/").html[markdown_page.ADDRESS])


def one(page: HtmlElement, path: str) -> HtmlElement:
    """Return the only element at a path."""
    (found,) = page.xpath(path)
    return found


def test_every_example_is_followed_by_what_it_shows() -> None:
    """The source in the code block and the rendered element below it come from the same text."""
    examples = [(match[2], SOURCE[match.end() :]) for match in EXAMPLE.finditer(SOURCE)]
    assert len(examples) == SOURCE.count("\n## ") - 1  # all sections except the last, which lists what is not supported
    for source, rest in examples:
        assert rest.startswith(source), source


def test_nothing_breaks_the_policy(site: Path, page: HtmlElement) -> None:
    """No element has a style, a script or an external address to load, and no ID is repeated."""
    assert page.xpath(".//@style | .//script | .//*/@*[starts-with(name(), 'on')]") == []
    assert [src for src in page.xpath(".//@src") if "//" in src] == []
    ids = page.getroottree().xpath("//@id")
    assert len(ids) == len(set(ids))
    named = page.xpath(".//@aria-labelledby | .//label/@for")
    assert named
    assert set(named) <= set(ids)
    assert "align=" not in (site / "markdown" / "index.html").read_text(encoding="utf-8")


def test_admonitions(page: HtmlElement) -> None:
    """A box has its kind as a class and a title (its own or its kind's), and its links are resolved."""
    boxes = page.xpath(".//div[contains(@class, 'admonition')]")
    assert [box.get("class") for box in boxes] == ["admonition note", "admonition tip", "admonition warning"]
    titles = [words(box.find("p")) for box in boxes]
    assert titles == ["Before you go", "Tip", "Deadline"]
    assert boxes[0].xpath(".//a/@href") == ["#footnotes"]


def test_collapsible_blocks(page: HtmlElement) -> None:
    """Collapsible blocks are details with a summary, closed unless the author opens them."""
    closed, opened = page.xpath(".//details")
    assert closed.get("class") == "admonition question"
    assert closed.get("open") is None
    assert words(closed.find("summary")) == "Do I have to be 16?"
    assert opened.get("open") is not None
    assert len(opened.findall("ol/li")) == 2


def test_content_tabs(page: HtmlElement) -> None:
    """Each tab is a radio button, its label and its panel, in this order, in a group named by the heading."""
    tabs = one(page, ".//*[contains(@class, 'tabbed-set')]")
    assert [child.tag for child in tabs] == ["input", "label", "div"] * 3
    assert (tabs.get("role"), tabs.get("aria-labelledby")) == ("group", "tabs")
    inputs, labels = tabs.findall("input"), tabs.findall("label")
    assert [one.get("id") for one in inputs] == [label.get("for") for label in labels]
    assert {(one.get("type"), one.get("name")) for one in inputs} == {("radio", "__tabbed_1")}
    assert [one.get("checked") is not None for one in inputs] == [True, False, False]
    assert [words(label) for label in labels] == ["Students", "Families", "Employers"]


def test_cards_and_icons(page: HtmlElement) -> None:
    """A grid contains a list; an icon is inline and hidden unless it has a title; an emoji is a character."""
    cards = page.xpath(".//div[@class='grid cards']/ul/li")
    assert [words(card.find("p")) for card in cards] == ["Explore", "Try"]
    icons = page.xpath(".//span[contains(@class, 'twemoji')]")
    assert len(icons) == 4
    assert all(icon.find("svg/path") is not None for icon in icons)
    assert [icon.get("aria-hidden") for icon in icons] == ["true", "true", "true", None]
    assert (icons[3].get("role"), icons[3].get("aria-label")) == ("img", "Step-free entrance")
    assert words(one(page, ".//span[@class='emoji']")) == "😄"


def test_buttons_definitions_and_attributes(page: HtmlElement) -> None:
    """A button is a link with a class, a term has its definition, and a heading has its custom ID."""
    assert page.xpath(".//a[contains(@class, 'md-button')]/@href") == ["#cards", "#tables"]
    assert [words(term) for term in page.xpath(".//dl/dt")] == ["Capstone", "Median"]
    assert len(page.xpath(".//dl/dd")) == 2
    assert words(one(page, ".//h3[@id='who']")) == "Who can apply"


def test_footnotes(page: HtmlElement) -> None:
    """A reference and its footnote link to each other, and each link has a label."""
    reference, back = (one(page, f".//a[@class='footnote-{name}']") for name in ("ref", "backref"))
    assert (reference.get("href"), reference.get("role")) == ("#fn:count", "doc-noteref")
    assert (back.get("href"), back.get("role")) == ("#fnref:count", "doc-backlink")
    assert back.get("aria-label") == "Back to footnote 1 in the text"
    assert one(page, ".//div[@class='footnote']").get("role") == "doc-endnotes"


def test_tables(page: HtmlElement) -> None:
    """A table scrolls in a named, focusable box; its columns have headers and are aligned by class."""
    box = one(page, ".//div[@class='table-scroll']")
    assert (box.get("tabindex"), box.get("role"), box.get("aria-labelledby")) == ("0", "group", "tables")
    assert box.xpath("table/thead/tr/th/@scope") == ["col", "col"]
    assert [cell.get("class") for cell in box.xpath(".//td")] == [None, "align-right"] * 2


def converted(text: str, language: str = "en") -> HtmlElement:
    """Convert Markdown with the site's settings."""
    settings = YAML(typ="rt").load(markdown_page.ROOT / "mkdocs.yml")["markdown_extensions"]
    names = [name for one in settings for name in ([one] if isinstance(one, str) else one)]
    page = type("Page", (), {"meta": {"lang": language}})()
    markdown_hooks.on_page_markdown(text, page=page)
    icons = {"emoji_index": emoji.twemoji, "emoji_generator": emoji.to_svg}
    options = {"pymdownx.tabbed": {"alternate_style": True}, "tables": {"use_align_attribute": True}}
    options |= {"pymdownx.emoji": icons}
    made = Markdown(extensions=[*names, markdown_hooks.EXTENSION], extension_configs=options)
    return fromstring(f"<div>{made.convert(text)}</div>")


def test_links_back_from_footnotes_speak_the_language_of_the_page() -> None:
    """Backlinks of footnotes are in Spanish on Spanish pages, and in English for languages without a translation."""
    text = "Word[^1] and word[^1].\n\n[^1]: Note."
    names = {code: converted(text, code).xpath("//a[@role='doc-backlink']/@aria-label") for code in ("es", "vi")}
    assert names == {"es": ["Volver a la nota 1 en el texto"] * 2, "vi": ["Back to footnote 1 in the text"] * 2}


def test_what_has_no_heading_has_no_name() -> None:
    """A table or tabs before any heading have no name; nested tabs and a centered column work."""
    page = converted('=== "A"\n\n    === "B"\n\n        | x |\n        | :-: |\n        | 1 |\n\n=== "C"\n\n    c\n')
    assert page.xpath("//@aria-labelledby") == []
    outer, inner = page.xpath("//div[@class='tabbed-set']")
    assert [child.tag for child in inner] == ["input", "label", "div"]
    assert inner.getparent().getparent() is outer
    assert page.xpath("//div[@class='table-scroll']//@class") == ["table-scroll", "align-center", "align-center"]


# Around the page


def test_export_builds_the_same_page(site: Path, tmp_path: Path) -> None:
    """Plain MkDocs builds the same article from the export, which includes the extensions but not our package."""
    project = tmp_path / "project"
    markdown_page.set_up(project)
    assert eportal("export", "plain", "--today", TODAY.isoformat(), cwd=project).returncode == 0
    assert "generator" not in re.findall(
        r"^(?:from|import) (\w+)", read(project / "plain/markdown_hooks.py"), re.MULTILINE
    )
    done = markdown_page.mkdocs("build", "--strict", cwd=project / "plain")
    assert done.returncode == 0, done.stderr
    ours, plain = (
        content_of(Built(folder, "").html[markdown_page.ADDRESS]) for folder in (site, project / "plain" / "site")
    )
    assert shape(plain) == shape(ours)


def read(path: Path) -> str:
    """Read a text file."""
    return path.read_text(encoding="utf-8")


def shape(article: HtmlElement) -> list[tuple[str, dict[str, str], str]]:
    """Return the structure of an article, without the links below it that lead to the repository."""
    below = article.xpath(".//*[contains(@class, 'mend')]/descendant-or-self::*")
    elements = [element for element in article.iter() if element not in below]
    return [(str(e.tag), dict(e.attrib), " ".join((e.text or "").split())) for e in elements]


def test_dead_link_in_a_box_stops_the_build(tmp_path: Path) -> None:
    """A dead link in a box, in a tab or on a card stops the build."""
    project = tmp_path / "project"
    markdown_page.set_up(project)
    page = project / "content" / "markdown.md"
    text = read(page)
    for shown, target in (("[the footnotes](#footnotes)", "box"), ("[Look at tabs](#tabs)", "card"), ("Ask", "tab")):
        text = text.replace(shown, f"[words]({target}.md)")
    page.write_text(text, encoding="utf-8")
    done = eportal("build", "--today", TODAY.isoformat(), cwd=project)
    assert done.returncode != 0
    for target in ("box", "card", "tab"):
        assert f"'{target}.md'" in done.stderr


@pytest.mark.parametrize("name", [":material-sprout: Health", "Health :smile:", ":a:b:", "{ .md-button } [^1]"])
def test_names_in_data_never_become_icons(name: str) -> None:
    """A record whose name looks like an icon or an attribute keeps that name in a heading in every builder."""
    for html in (converted(f"## {markup.words(name)}"), fromstring(pyromark.html(f"## {markup.words(name)}"))):
        assert html.xpath("//svg | //@class") == []
        assert words(html) == name


def test_search_ignores_icons_and_attributes() -> None:
    """Search finds a heading by its words, without icons and attributes."""
    page = Page("a.md", "en", "a.md", Origin("content/a.md"))
    entry = entries._of_page(page, {"title": "A", "description": ""}, "## :material-sprout: Try 9:30:15 [^1]{ #who }\n")
    assert entry.text.split() == ["Try", "9:30:15"]
