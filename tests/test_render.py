"""Filling templates: the parts of a page, what a template may contain, and how a mistake in one is reported."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import markdown
import pyromark
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from generator import load, pipeline
from generator.model import Page, Record, SetupError, Site
from generator.pipeline import Project
from generator.render import FRONT_MATTER, front_matter, prose, tidy
from tests.conftest import PROJECT, edit, eportal
from tests.contract import OF_RECORDS, Contract

HEADINGS = {f"h{level}" for level in range(1, 7)}
#: As set by mkdocs.yml and MkDocs itself.
EXTENSIONS = ["toc", "tables", "fenced_code"]
WRITTEN = "{% do meta.update(title=record.name | plain) %}\n"


def tree(text: str) -> list[object]:
    """Return HTML as a flat list of tags, attributes and words, without heading IDs, which differ by engine."""
    return list(_flat(html.fragment_fromstring(text, create_parent="div")))


def _flat(element: html.HtmlElement):
    attributes = {k: v for k, v in element.attrib.items() if not (element.tag in HEADINGS and k == "id")}
    yield element.tag, tuple(sorted(attributes.items())), " ".join((element.text or "").split())
    for child in element:
        if isinstance(child.tag, str):
            yield from _flat(child)
        yield " ".join((child.tail or "").split())
    yield f"/{element.tag}"


def by_python_markdown(text: str) -> list[object]:
    """Read Markdown as MkDocs does."""
    return tree(markdown.markdown(text, extensions=EXTENSIONS))


def by_commonmark(text: str) -> list[object]:
    """Read Markdown as a CommonMark engine with tables does."""
    return tree(pyromark.html(text, options=pyromark.Options.ENABLE_TABLES))


def pages(site: Site) -> dict[str, str]:
    """Render every page of the project in the working directory."""
    return {page.uri: text for page, text in pipeline.markdown(site, Project(Path()))}


@pytest.mark.parametrize(
    ("link", "address"),
    [("{{ 'pathway/' | href }}", "pathway/"), ("{{ record.sector | link }}", "sectors/health-science/")],
)
def test_link_to_no_page_is_refused(small: Path, check: Callable[..., Site], link: str, address: str) -> None:
    """A template's link to a missing page, or to a record without a page, is reported with the address."""
    template(small, f"{WRITTEN}{link}")
    with pytest.raises(SetupError, match=f"a link leads to {address}, and there is no such page"):
        pages(check())


def template(project: Path, text: str, name: str = "pathways/record.md.j2") -> None:
    """Write a template into the small project."""
    (project / "content" / name).write_text(text, encoding="utf-8")


def meta_of(text: str) -> dict[str, object]:
    """Return a page's front matter as any builder reads it."""
    match = FRONT_MATTER.match(text)
    assert match
    found: dict[str, object] = yaml.safe_load(match[1])
    return found


@pytest.fixture(scope="session")
def real_pages(real_site: Site) -> list[tuple[Page, str]]:
    """Return the real site's rendered pages."""
    return list(pipeline.markdown(real_site, Project(PROJECT)))


# What a page is


@pytest.mark.slow
def test_pages_are_read_alike_by_both_engines(real_pages: list[tuple[Page, str]]) -> None:
    """Python-Markdown and a CommonMark engine give the same result for every page of the real site."""
    bodies = {page.uri: FRONT_MATTER.sub("", text) for page, text in real_pages}
    assert len(bodies) > 250
    assert [uri for uri, body in bodies.items() if by_python_markdown(body) != by_commonmark(body)] == []


def test_engines_can_differ() -> None:
    """The comparison above detects an indented line after a blank one, and a list right after a paragraph."""
    for text in ("<div>\n\n    <p>code?</p>\n\n</div>", "Words\n- item", "1) one"):
        assert by_python_markdown(text) != by_commonmark(text), text


def test_front_matter_says_what_a_page_is(real_pages: list[tuple[Page, str]]) -> None:
    """Every page has a title, a description and its language, and no title is an address."""
    for page, text in real_pages:
        meta = meta_of(text)
        assert meta["title"], page.uri
        assert meta["title"] != page.uri
        assert meta["description"], page.uri
        assert meta["lang"] == "en"


@given(
    st.dictionaries(
        st.from_regex(r"[a-z_]{1,12}", fullmatch=True),
        st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"])),
        max_size=4,
    )
)
def test_front_matter_is_read_back(meta: dict[str, str]) -> None:
    """A YAML parser reads back any text unchanged, including quotes, colons and backslashes."""
    assert meta_of(front_matter({"title": "x", **meta})) == {"title": "x", **meta}


def test_tidy_unindents_tags_and_closes_gaps() -> None:
    """A tag starts its line, and no blank line splits an HTML block."""
    assert tidy("<ul>\n\n    <li>a</li>\n  \n\n  <li>b</li>\n</ul>\n") == "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n"


def test_tidy_keeps_markdown_apart_from_html() -> None:
    """A heading keeps exactly one blank line before and after it."""
    assert tidy("<p>a</p>\n\n\n\n## B\n\n\n<p>c</p>") == "<p>a</p>\n\n## B\n\n<p>c</p>\n"


@given(st.lists(st.sampled_from(["<p>", "</p>", "  ", "\n", "\n\n", "words", "## H", "\t", "- a"]), max_size=12))
def test_tidy_twice_is_tidy_once(parts: list[str]) -> None:
    """Tidying a tidy page changes nothing."""
    once = tidy("".join(parts))
    assert tidy(once) == once


# Prose and text from data


def test_prose_is_markdown_without_html() -> None:
    """Prose may have emphasis, lists and links, but no other HTML."""
    assert prose("**Bold** and *soft*") == "<p><strong>Bold</strong> and <em>soft</em></p>"
    made = prose("<script>alert(1)</script><img src=x onerror=alert(1)> [a](javascript:alert(1)) <b onclick=x>b</b>")
    assert "<script" not in made
    assert "<img" not in made
    assert "<a" not in made
    assert "javascript:" not in prose("[a](javascript:alert(1))")
    assert "<b" not in made


@given(st.text())
def test_prose_gives_only_allowed_tags(text: str) -> None:
    """Any prose gives only the few allowed tags and no attribute except href."""
    for element in html.fragment_fromstring(str(prose(text)), create_parent="div").iter():
        assert element.tag in {
            "div",
            "p",
            "ul",
            "ol",
            "li",
            "strong",
            "em",
            "code",
            "pre",
            "blockquote",
            "a",
            "br",
            "h3",
            "h4",
        }
        assert set(element.attrib) <= {"href"}
        assert element.get("href", "https:").startswith(("https:", "mailto:", "/", "#", "?")) or ":" not in element.get(
            "href"
        )


def test_prose_links_fit_the_page(small: Path, check: Callable[..., Site]) -> None:
    """A root-relative link in prose becomes relative to its page."""
    edit_description(small, "See [the other](/pathways/public-health/).")
    assert '<a href="../../pathways/public-health/">the other</a>' in pages(check())["pathways/patient-care.md"]


def test_text_from_data_is_escaped(small: Path, check: Callable[..., Site]) -> None:
    """Markup in a plain field is shown as text, both on the page and in the front matter."""
    edit(small / "data" / "pathways" / "patient-care.yaml", "name: Patient Care", "name: 'A & B \"C\" *d* # e'")
    text = pages(check())["pathways/patient-care.md"]
    assert "<h1>A &amp; B &#34;C&#34; *d* # e</h1>" in text
    assert meta_of(text)["title"] == 'A & B "C" *d* # e'


def edit_description(project: Path, text: str) -> None:
    """Change the description of Patient Care."""
    path = project / "data" / "pathways" / "patient-care.yaml"
    record = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 - reads text only
    record["description"] = text
    path.write_text(yaml.safe_dump(record, sort_keys=False), encoding="utf-8")


# Hand-written pages


def test_hand_written_pages_never_see_jinja(small: Path, check: Callable[..., Site]) -> None:
    """Braces in a handwritten page are text, and its front matter is kept."""
    (small / "content" / "index.md").write_text("---\ntitle: 'Braces'\ndescription: All\n---\n# {{ 7 * 7 }} {% x %}\n")
    text = pages(check())["index.md"]
    assert text.endswith("# {{ 7 * 7 }} {% x %}\n")
    assert meta_of(text)["title"] == "Braces"


def test_untranslated_pages_say_so(small: Path, check: Callable[..., Site]) -> None:
    """A page without a twin shows the first language's text, with a notice and that language's code."""
    edit(small / "data" / "region.yaml", "languages: [en]", "languages: [en, es]")
    (small / "content" / "_partials").mkdir(exist_ok=True)
    template(small, '<p class="notice">Not translated</p>', "_partials/untranslated.md.j2")
    text = pages(check())["es/index.md"]
    assert "Not translated" in text
    assert meta_of(text)["content_lang"] == "en"
    assert meta_of(text)["alternates"] == {"en": "", "es": "es/"}


def test_translations_are_used_and_the_rest_is_marked(small: Path, check: Callable[..., Site]) -> None:
    """A Spanish page shows Spanish where available and marks remaining English with its language."""
    edit(small / "data" / "region.yaml", "languages: [en]", "languages: [en, es]")
    (small / "content" / "index.md").unlink()
    path = small / "data" / "pathways" / "patient-care.yaml"
    path.write_text("id: patient-care\nname: Care\nname_es: Cuidado\nsector: health-science\nsummary: Help.\n")
    (small / "content" / "_partials").mkdir()
    template(small, '<p class="notice">{{ "All" if whole else "Part" }} in English</p>', "_partials/untranslated.md.j2")
    template(small, f"{WRITTEN}<h1>{{{{ record.name }}}}</h1>\n<p>{{{{ record.summary }}}}</p>\n")
    text = pages(check())["es/pathways/patient-care.md"]
    assert "<h1>Cuidado</h1>" in text
    assert '<p><span lang="en">Help.</span></p>' in text
    assert "Part in English" in text
    assert "content_lang" not in meta_of(text)
    assert meta_of(text)["title"] == "Cuidado"


def test_missing_notice_is_a_broken_setup(small: Path, check: Callable[..., Site]) -> None:
    """A second language needs the notice for untranslated pages, and the message names the missing file."""
    edit(small / "data" / "region.yaml", "languages: [en]", "languages: [en, es]")
    with pytest.raises(SetupError, match=r"_partials/untranslated\.md\.j2"):
        pages(check())


# The contract with templates


def test_templates_keep_the_contract() -> None:
    """The project's templates use only declared fields, public views and existing datasets."""
    assert list(Contract(load.read_package(PROJECT / "data"), PROJECT / "content").breaches()) == []


@pytest.mark.parametrize(
    ("line", "breach"),
    [
        ("{{ record.nmae }}", "pathways has no field nmae"),
        ("{{ record['nmae'] }}", "pathways has no field nmae"),
        ("{{ record.sector.colour }}", "sectors has no field colour"),
        ("{{ views.sing(record) }}", "views has no sing"),
        ("{{ record.backlinks.skills }}", "backlinks have no skills"),
        ("{{ catalog.unicorns }}", "there is no dataset unicorns"),
        ("{% for c in record.backlinks.courses %}{{ c.colour }}{% endfor %}", "courses has no field colour"),
        ("{% for p in dataset if p.colour %}x{% endfor %}", "pathways has no field colour"),
        ("{% for s in views.course_sequence(record) %}{{ s.colour }}{% endfor %}", "Step has no colour"),
        ("{% for s in views.course_sequence(record) %}{{ s.level.colour }}{% endfor %}", "no record has colour"),
        ("{% set all = views.by_name(dataset) %}{% for p in all %}{{ p.colour }}{% endfor %}", "has no field colour"),
        ("{% for g in views.grouped(dataset, 'colour') %}x{% endfor %}", "pathways has no field colour"),
        (
            "{% for g in views.grouped(dataset, 'sector') %}{{ g.key.colour }}{% endfor %}",
            "sectors has no field colour",
        ),
        ("{{ record.sector.backlinks.courses | map(attribute='colour') | join }}", "courses has no field colour"),
        ("{% macro m(record) %}{{ record.colour }}{% endmacro %}", "no record has colour"),
        (
            "{% for c in (catalog.skills | first).criteria %}{{ c.x }}{% endfor %}",
            "the group has no x",
        ),
    ],
)
def test_contract_sees_breaches(tmp_path: Path, line: str, breach: str) -> None:
    """Each use of something that does not exist is reported with the template's path and line."""
    (tmp_path / "pathways").mkdir()
    (tmp_path / "pathways" / "record.md.j2").write_text(f"<p></p>\n{line}\n", encoding="utf-8")
    (found,) = Contract(load.read_package(PROJECT / "data"), tmp_path).breaches()
    assert found.startswith("pathways/record.md.j2:2: ")
    assert breach in found


def test_no_field_is_hidden_by_what_records_have() -> None:
    """No schema has a field with the name of a record attribute, such as `url`, which would hide it in templates."""
    own = {name for name in dir(Record) if not name.startswith("_")} | OF_RECORDS
    package = load.read_package(PROJECT / "data")
    hidden = {(r.name, f.name) for r in package for f in r.schema.fields if f.name in own - {"id"}}
    assert hidden == set()


# Mistakes in templates


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("<p></p>\n{{ record.nmae }}", r"content/pathways/record\.md\.j2:2: .*nmae"),
        ("{{ nothing }}", r"content/pathways/record\.md\.j2:1: .*'nothing' is undefined"),
        ("<p>\n{% if %}\n</p>", r"content/pathways/record\.md\.j2:2: "),
        ("<p>\n\n{{ record.name | shout }}", r"content/pathways/record\.md\.j2:3: .*shout"),
        ("{% include '_partials/none.md.j2' %}", r"content/pathways/record\.md\.j2.*_partials/none\.md\.j2"),
        ("{{ record.name + 1 }}", r"content/pathways/record\.md\.j2:1: "),
        ("{{ label('pathways', 'open', 'x') }}", r"content/pathways/record\.md\.j2:1: "),
    ],
)
def test_mistake_in_a_template_names_its_place(small: Path, check: Callable[..., Site], text: str, words: str) -> None:
    """A broken template is a broken setup, reported with the template's path and line."""
    template(small, text)
    with pytest.raises(SetupError, match=words):
        pages(check())


def test_mistake_in_a_partial_names_the_partial(small: Path, check: Callable[..., Site]) -> None:
    """A mistake in a partial is reported there, with the page that used it."""
    (small / "content" / "_partials").mkdir(exist_ok=True)
    template(small, "\n{% macro show(record) %}\n{{ record.nmae }}\n{% endmacro %}", "_partials/part.md.j2")
    template(small, "{% import '_partials/part.md.j2' as part %}{{ part.show(record) }}")
    with pytest.raises(SetupError, match=r"content/_partials/part\.md\.j2:3: pathways/patient-care\.md"):
        pages(check())


@pytest.mark.parametrize("command", [("build",), ("export", "plain")])
def test_mistake_in_a_template_exits_with_2(small: Path, command: tuple[str, ...]) -> None:
    """The exit code distinguishes a broken setup from bad data, and there is no traceback."""
    template(small, "{{ record.nmae }}")
    done = eportal(*command, "--today", "2026-11-24", cwd=small)
    assert done.returncode == 2, done.stderr
    assert "content/pathways/record.md.j2:1" in done.stderr
    assert "Traceback" not in done.stderr
    assert re.search(r"setup is broken", done.stderr)
