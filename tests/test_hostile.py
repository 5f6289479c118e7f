"""Hostile text in every field of every dataset is refused by the checks, and harmless on a page anyway.

Pages are read as browsers would read them, after Python-Markdown (MkDocs) and after CommonMark (other
builders). They may contain only what pages with clean data contain.
"""

from __future__ import annotations

import json
import re
import shutil
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

import markdown
import pyromark
import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import html

from generator import load, pipeline, publish, validate
from generator.model import Field, Page, Record, Resource, Site, Table
from generator.pipeline import Project, build_site
from generator.render import FRONT_MATTER, Renderer, front_matter
from tests.conftest import GOLDEN, PROJECT, ROOT, TODAY, eportal
from tests.test_text_safety import XSS, scheme

#: Refused in every field, regardless of type.
LOUD = [
    "<script>alert(1)</script>",
    "x <img src=x onerror=alert(1)> y",
    '"><svg onload=alert(1)>',
    "</p></li></ul></nav><iframe src=javascript:alert(1)></iframe>",
    "</title><script>alert(1)</script>",
    "<!-- x --> <b>x</b>",
    "x\x00y",
    "x\r\ry",
    "x\x02wzxhzdk:0\x03y",
    "x\u202ey",
    "x\u200by",
    "x\U000e0041y",
]
#: Allowed in plain text: characters with a meaning in Markdown, HTML, Jinja, YAML or a spreadsheet.
QUIET = [
    "[x](javascript:alert(1))",
    "![x](https://evil.example/x.png)",
    "`a` **b** _c_ ~~d~~ x",
    "{{ 7 * 7 }} {% raw %} {# x #}",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;img src=x onerror=alert(1)&#62;",
    '" onmouseover="alert(1)',
    "' onfocus='alert(1)' autofocus='",
    '0;url=https://evil.example" http-equiv="refresh',
    "x {: onclick=alert(1) #x .y }",
    "# x {#y}",
    "- x",
    "1. x",
    "[x]: javascript:alert(1)",
    "[x][y] [x] ![x][y]",
    "| a | b |",
    "```",
    "---",
    "javascript:alert(1)",
    "[^1]",
    "\\",
    "\\&quot; \\u003cscript\\u003e",
    "=1+1",
    "a: b # c",
    "%3Cscript%3E",
]
#: Text that reaches a page only if the checks are ignored.
BROKEN_LINES = [
    "x\n\n[y](javascript:alert(1))\n\n<script>alert(1)</script>",
    "x\n\n<img src=x onerror=alert(1)>\n\ny",
    "x\r\r# y\r\r[y](javascript:alert(1))",
    "x\n---\n\n<script>alert(1)</script>\n",
    'x"\ny: "z',
    "x\u2028\u2028[y](javascript:alert(1))",
    "x\x0c\x0b\x85[y](javascript:alert(1))",
    "x\n\n    [y](javascript:alert(1))",
    "x\n\n```\n<script>alert(1)</script>",
    "x\n\n[a]: javascript:alert(1)\n\n[a]",
]
BAD_ADDRESSES = ["javascript:alert(1)", " JAVA\tSCRIPT:alert(1)", "data:text/html,<script>alert(1)</script>", "//evil"]
HOSTILE = [*LOUD, *QUIET, *BROKEN_LINES, *BAD_ADDRESSES]

Choose = Callable[[str, Field], str | None]
#: The only pictures allowed on pages: our own files.
OWN_PICTURE = re.compile(r"(\.\./)+assets/[a-z0-9/-]+\.(svg|png|jpg|webp)")
#: How many records of a dataset get hostile text.
PLANTED = 20
NEVER = {
    "iframe",
    "style",
    "object",
    "embed",
    "base",
    "link",
    "meta",
    "math",
}
#: Our own templates have these; text from data must not add one.
CONTROLS = ("form", "template", "select", "textarea")
#: Input types on our pages; filters have one input for each value of a list.
INPUT_TYPES = {
    "checkbox",
    "radio",
    "search",
    "text",
    "email",
    "date",
    "number",
    "file",
    "button",
    "reset",
    "submit",
    "url",
}


def allowed_by_schema(field: Field) -> bool:
    """Whether a field's text is printed as is, which excludes IDs, references, categories and months."""
    return (
        field.name != "month"
        and field.type in ("string", "list", "array")
        and not field.reference
        and not field.constraints.get("enum")
        and not (field.item and (field.item.constraints.get("enum") or field.item.type != "string"))
    )


def plant(resource: Resource, values: Mapping[str, Any], choose: Choose) -> dict[str, Any]:
    """Insert text into every field of a record that has a value and is printed as is."""
    planted = dict(values)
    for field in resource.schema.fields:
        if field.name in resource.schema.key or not allowed_by_schema(field) or not planted.get(field.name):
            continue
        if field.fields:
            items = planted[field.name]
            nested = [f for f in field.fields if allowed_by_schema(f) and f.name != "id"]
            hostile = {f.name: choose(resource.name, f) for f in nested}
            planted[field.name] = [item | {k: v for k, v in hostile.items() if v and k in item} for item in items]
        elif chosen := choose(resource.name, field):
            planted[field.name] = [chosen] if field.is_list else chosen
    return planted


def site_with(choose: Choose, monkeypatch: pytest.MonkeyPatch) -> Site:
    """Run the pipeline with hostile text in the first records of every dataset."""
    read = load.load

    def changed(package: Any) -> tuple[dict[str, Table], list[Any]]:
        tables, problems = read(package)
        for resource in package:
            table = tables[resource.name]
            planted = (row._replace(values=plant(resource, row.values, choose)) for row in table.rows[:PLANTED])
            tables[resource.name] = replace(table, rows=(*planted, *table.rows[PLANTED:]))
        return tables, problems

    with monkeypatch.context() as patch:
        patch.setattr(load, "load", changed)
        return build_site(Project(Path()), TODAY)


def telling_pages(site: Site) -> list[Page]:
    """Return pages of changed records and all pages without a record, which together use every template."""
    first = {id(record) for dataset in site.catalog for record in dataset.records[:PLANTED]}
    return [p for p in site.pages if p.template.endswith(".j2") and (p.record is None or id(p.record) in first)]


def as_browsers_see(text: str) -> Iterator[Any]:
    """Yield a page's HTML as produced by MkDocs, and by a CommonMark builder."""
    body = FRONT_MATTER.sub("", text, count=1)
    extensions = ["toc", "tables", "fenced_code"]
    for made in (markdown.markdown(body, extensions=extensions), pyromark.html(body)):
        yield html.fragment_fromstring(made, create_parent="div")


def shape(top: Any) -> set[tuple[str, str]]:
    """Return a page's elements and attributes as pairs."""
    found = set()
    for element in top.iterdescendants():
        assert isinstance(element.tag, str), f"a comment or an instruction: {html.tostring(element)}"
        found |= {(element.tag, "")} | {(element.tag, name) for name in element.attrib}
    return found


def controls(text: str) -> Counter[str]:
    """Count the controls on a page built by MkDocs."""
    top = next(as_browsers_see(text))
    return Counter(element.tag for element in top.iter(*CONTROLS))


def assert_harmless(text: str, allowed: set[tuple[str, str]], own: Counter[str]) -> None:
    """Assert that a page adds no element, attribute or control to the clean page's, and no address that runs code."""
    assert controls(text) <= own
    for top in as_browsers_see(text):
        found = shape(top)
        assert found <= allowed, sorted(found - allowed)
        assert not {tag for tag, _ in found} & NEVER
        for block in top.iter("script"):
            assert dict(block.attrib) == {"type": "application/ld+json"}
            data = json.loads(block.text)
            assert "@context" in data
            assert all("@type" in thing for thing in data.get("@graph", [data]))
        assert {element.get("type", "text") for element in top.iter("input", "button")} <= INPUT_TYPES
        assert not [name for _, name in found if name.startswith("on") or name in ("srcdoc", "style")]
        assert {tag for tag, name in found if name == "src"} <= {"img"}
        assert all(OWN_PICTURE.fullmatch(picture.get("src", "")) for picture in top.iter("img"))
        for element in top.iterdescendants():
            assert scheme(element.get("href", "")) in ("", "https", "http", "mailto", "tel")
            assert not element.get("href", "").startswith("//")


def rendered(site: Site, project: Project) -> Iterator[tuple[Page, str]]:
    """Render those pages regardless of what the checks found."""
    renderer = Renderer(site, project.content)
    for page in telling_pages(site):
        yield page, renderer.page(page)


@cache
def clean_shape(root: Path) -> set[tuple[str, str]]:
    """Return all elements and attributes of the clean data's pages, plus those allowed in prose."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(root)
        site = build_site(Project(Path()), TODAY)
        assert not site.errors
        found = {
            pair for _, text in rendered(site, Project(Path())) for top in as_browsers_see(text) for pair in shape(top)
        }
    prose = "p ul ol li strong em code pre blockquote a br hr h3 h4".split()
    return found | {(tag, "") for tag in prose} | {("a", "href"), ("h2", "id"), ("h3", "id"), ("h4", "id")}


@cache
def clean_controls(root: Path) -> dict[str, Counter[str]]:
    """Return the number of controls on each page with clean data."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(root)
        site = build_site(Project(Path()), TODAY)
        return {page.uri: controls(text) for page, text in rendered(site, Project(Path()))}


PACKAGE = load.read_package(PROJECT / "data")


@pytest.mark.parametrize("dataset", [resource.name for resource in PACKAGE])
def test_loud_text_is_refused_in_every_field(dataset: str) -> None:
    """Markup, control and invisible characters are errors in any field of any dataset, also in a list or a group."""
    resource = PACKAGE.get(dataset)
    table = load.load_table(PACKAGE.root, resource)[0]
    for field, nested in [(f, n) for f in resource.schema.fields for n in (*f.fields, None)]:
        if field.fields and not nested:
            continue
        for payload in LOUD:
            value: Any = [{nested.name: payload}] if nested else [payload] if field.type == "array" else payload
            row = table.rows[0]._replace(values={**table.rows[0].values, field.name: value})
            alone = replace(resource, schema=replace(resource.schema, fields=(field,)))
            only = replace(table, rows=(row,), columns={})
            problems = [p for p in validate.validate_table(alone, only)[1] if p.code != "E201"]
            assert any(p.field.split(".")[0] == field.name and p.severity == "error" for p in problems), (
                field.name,
                payload,
            )


@pytest.mark.slow
@pytest.mark.usefixtures("real")
@pytest.mark.parametrize("shift", [0, 17, 34])
def test_real_pages_are_harmless_even_unchecked(shift: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Hostile text in every printed field of the real data is an error, and its pages are harmless anyway."""
    allowed, own = clean_shape(PROJECT), clean_controls(PROJECT)
    turn = count(shift)
    site = site_with(lambda _dataset, _field: HOSTILE[next(turn) % len(HOSTILE)], monkeypatch)
    assert site.errors
    for page, text in rendered(site, Project(Path())):
        assert_harmless(text, allowed, own[page.uri])


@pytest.mark.slow
@pytest.mark.usefixtures("real")
@pytest.mark.parametrize("shift", [0, 8, 16])
def test_quiet_text_is_only_text_on_real_pages(shift: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Text that the checks allow in names and other plain text is shown as written and becomes no markup."""
    allowed, own = clean_shape(PROJECT), clean_controls(PROJECT)
    turn = count(shift)

    def choose(_: str, field: Field) -> str | None:
        plain = not field.markdown and not field.format and not field.constraints.get("pattern") and not field.is_list
        return QUIET[next(turn) % len(QUIET)] if plain else None

    site = site_with(choose, monkeypatch)
    assert {p.code for p in site.errors} <= {"E208", "E211", "E411"}  # E411: unknown time zone
    shown = set()
    for page, text in rendered(site, Project(Path())):
        assert_harmless(text, allowed, own[page.uri])
        for top in as_browsers_see(text):
            if page.record and not page.part and page.record["name"] in QUIET:
                assert top.find(".//h1").text_content() == page.record["name"]
                shown.add(page.record["name"])
    assert len(shown) > 8


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("payload", XSS)
def test_prose_on_a_page_is_harmless_even_unchecked(payload: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Prose that attacks both converters from inside a page changes nothing around it."""
    allowed, own = clean_shape(GOLDEN / "_base"), clean_controls(GOLDEN / "_base")
    site = site_with(lambda _, field: payload if field.markdown else None, monkeypatch)
    for page, text in rendered(site, Project(Path())):
        assert_harmless(text, allowed, own[page.uri])


@pytest.mark.usefixtures("small")
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_mixture_in_any_field_is_harmless(data: st.DataObject) -> None:
    """Any mixture of hostile texts in any fields is reported or harmless."""
    allowed, own = clean_shape(GOLDEN / "_base"), clean_controls(GOLDEN / "_base")
    parts = st.lists(st.sampled_from([*HOSTILE, "\n\n", "\t", " "]), min_size=1, max_size=3).map("".join)
    with pytest.MonkeyPatch.context() as patch:
        site = site_with(lambda dataset, field: data.draw(parts, label=f"{dataset}.{field.name}"), patch)
    for page, text in rendered(site, Project(Path())):
        assert_harmless(text, allowed, own[page.uri])
        meta = yaml.safe_load(FRONT_MATTER.match(text)[1])
        if isinstance(page.record, Record):
            assert meta["title"] == (page.record["name"] or page.uri)
    for path, text in publish.redirects(site):
        assert ".." not in path
        assert_redirect(text)


@settings(max_examples=30, deadline=None)
@given(st.text(), st.text())
def test_front_matter_comes_back_as_it_went_in(title: str, description: str) -> None:
    """Every text survives YAML front matter, and none ends it early."""
    meta = {"title": title, "description": description, "alternates": {"en": title}}
    text = front_matter(meta) + "body\n"
    assert yaml.safe_load(FRONT_MATTER.match(text)[1]) == meta
    assert FRONT_MATTER.sub("", text, count=1).strip() == "body"


@pytest.mark.parametrize("value", [*HOSTILE, "\ufeff", "\ufffe", "a\x85b", "\U0001f469", "\x7f", '"', "\\", "é\ud7ff"])
def test_front_matter_holds_hostile_text(value: str) -> None:
    """Hostile texts pass through front matter unchanged, on one line."""
    written = front_matter({"title": value})
    assert written.count("\n") == 4
    assert yaml.safe_load(FRONT_MATTER.match(written)[1]) == {"title": value}


def assert_redirect(text: str) -> None:
    """Assert that a redirect page leads to a relative address within the site and runs nothing."""
    page = html.document_fromstring(text)
    assert {e.tag for e in page.iter()} <= {"html", "head", "meta", "title", "link", "body", "p", "a"}
    (link,) = page.iter("a")
    assert link.get("href").startswith("../../")
    assert scheme(link.get("href")) == ""
    assert page.find(".//title").text == link.text
    refresh = page.find(".//meta[@http-equiv='refresh']")
    assert refresh.get("content") == f"0; url={link.get('href')}"


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize(
    "name", [*QUIET, *LOUD, "{title} {0} {target.__class__}", "</title></head><script>alert(1)</script>"]
)
def test_redirect_escapes_names(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A hostile name of a redirect's record is only text on its page."""
    site = site_with(
        lambda dataset, field: name if (dataset, field.name) == ("pathways", "name") else None, monkeypatch
    )
    ((path, text),) = publish.redirects(site)
    assert path == "pathways/nursing/index.html"
    assert_redirect(text)


ALIASES = [
    "../../x",
    "/etc/passwd",
    "a/b",
    "..",
    ".",
    "A",
    "a b",
    "a--b",
    "-a",
    "a" * 65,
    "x.html",
    "\\x",
    "é",
    "a\nb",
    "<b>",
]


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("alias", ALIASES)
def test_alias_needs_the_form_of_an_id(alias: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """An alias that is not a valid ID is an error at its place and creates no redirect."""
    site = site_with(lambda _, field: alias if field.name == "aliases" else None, monkeypatch)
    (found,) = {(p.field, p.severity, p.dataset, p.record) for p in site.problems if p.code == "E207"}
    assert found == ("aliases", "error", "pathways", "patient-care")
    assert list(publish.redirects(site)) == []


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("alias", ["index", "con", "lpt1"])
def test_alias_is_not_reserved(alias: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """An address reserved by the site or Windows is not allowed as an alias."""
    site = site_with(lambda _, field: alias if field.name == "aliases" else None, monkeypatch)
    assert [p.code for p in site.errors] == ["E403"]


@pytest.mark.parametrize("theme", ["stock", "ours"])
def test_built_site_shows_quiet_text_as_text(theme: str, small: Path) -> None:
    """Titles, descriptions and headings of a real build show special characters as text, in either theme."""
    if theme == "ours":
        shutil.copytree(ROOT / "overrides", small / "overrides")
        settings_ = (small / "mkdocs.yml").read_text().replace("font: false", "font: false, custom_dir: overrides")
        (small / "mkdocs.yml").write_text(settings_)
    clean = build_small(small)
    template = yaml.safe_load((small / "data/pathways/patient-care.yaml").read_text())
    for number, payload in enumerate(QUIET):
        values = template | {"id": f"quiet-{number}", "name": payload, "summary": payload, "aliases": [f"was-{number}"]}
        path = small / f"data/pathways/quiet-{number}.yaml"
        path.write_text(yaml.safe_dump(values))
    hostile = build_small(small)
    shutil.rmtree(small / "site")
    assert {key for page in hostile.values() for key in shape(page)} <= {
        key for page in clean.values() for key in shape(page)
    }
    for number, payload in enumerate(QUIET):
        page = hostile[f"pathways/quiet-{number}/index.html"]
        assert page.find(".//meta[@name='description']").get("content") == payload
        assert page.find(".//title").text == f"{payload} - Golden County careers"
        assert not page.xpath("//meta[@http-equiv='refresh']")
        assert [e for e in page.iter("h1") if e.text_content() == payload]


def build_small(project: Path) -> dict[str, Any]:
    """Build the small project and return its pages without redirects, parsed as a browser would."""
    done = eportal("build", "--today", TODAY.isoformat(), cwd=project)
    assert done.returncode == 0, done.stdout + done.stderr
    found = {p.relative_to(project / "site").as_posix(): p for p in (project / "site").rglob("*.html")}
    pages = {name: html.document_fromstring(p.read_text()) for name, p in found.items() if "/was-" not in name}
    for page in pages.values():
        for comment in page.xpath("//comment()"):
            comment.drop_tree()
    return {name: page for name, page in pages.items() if "/nursing/" not in name}


@pytest.mark.usefixtures("small")
def test_settings_of_the_theme_are_text() -> None:
    """The theme's settings come from the region, never from a record."""
    site = build_site(Project(Path()), TODAY)
    assert set(pipeline.theme_settings(site, Project(Path()))) == {
        "today",
        "region",
        "languages",
        "frame_languages",
        "has_samples",
        "policy",
        "samples_page",
    }
