"""Filling templates: catalog and content/ to Markdown pages. The only importer of Jinja.

A page is CommonMark with HTML blocks, so that MkDocs and every other builder read it alike. Text from
data is escaped and goes into HTML; prose is CommonMark without HTML, converted here and cleaned by nh3.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import jinja2
import nh3
import pyromark
from markupsafe import Markup, escape

from generator import translations, views
from generator.model import Catalog, Field, Page, Record, SetupError, Site

PROSE_TAGS = {"p", "ul", "ol", "li", "strong", "em", "code", "pre", "blockquote", "a", "br", "h3", "h4"}
PROSE_ATTRIBUTES = {"a": {"href"}}
ROOT_LINK = re.compile(r'(?<=href=")/(?!/)')
TAG_LINE = re.compile(r"^[ \t]+(?=<)", re.MULTILINE)
BLANK_BETWEEN_TAGS = re.compile(r"(?<=>)\n(?:[ \t]*\n)+(?=<)")
BLANK_LINES = re.compile(r"\n(?:[ \t]*\n){2,}")
FRONT_MATTER = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)


class Fallback(str):
    """Text in the region's first language where a translation is missing: marked so in HTML."""

    __slots__ = ("language",)
    language: str

    def __html__(self) -> str:
        """Give the text in a span that tells screen readers its language."""
        return f'<span lang="{self.language}">{escape(str(self))}</span>'


class Translated:
    """A record as a page of a further language sees it: translations where there are any."""

    __slots__ = ("_first", "_language", "record")

    def __init__(self, record: Record, language: str, first: str) -> None:
        """Look at `record` in `language`; `first` is the language to fall back to."""
        self.record, self._language, self._first = record, language, first

    def __getattr__(self, name: str) -> Any:
        """Give what the record itself has: id, url, dataset, row."""
        return getattr(self.record, name)

    def __eq__(self, other: object) -> bool:
        """Two views of one record are equal."""
        return isinstance(other, Translated) and other.record is self.record

    def __hash__(self) -> int:
        """Agree with equality."""
        return hash(id(self.record))

    @property
    def backlinks(self) -> dict[str, Any]:
        """Give the records that refer here, translated."""
        return {name: translated(found, self._language, self._first) for name, found in self.record.backlinks.items()}

    def __getitem__(self, name: str) -> Any:
        """Give a value in the page's language, else in the first one, marked."""
        sibling = f"{name}_{self._language}"
        values = self.record.values
        if values.get(sibling):
            return values[sibling]
        value = translated(self.record[name], self._language, self._first)
        return _marked(value, self._first) if sibling in values else value


def translated(value: Any, language: str, first: str) -> Any:
    """Give records, lists of records and answers made of them as a page of `language` sees them."""
    if isinstance(value, Record):
        return Translated(value, language, first)
    if hasattr(value, "_fields"):  # a named tuple of views
        return type(value)(*(translated(one, language, first) for one in value))
    if isinstance(value, tuple | list):
        return tuple(translated(one, language, first) for one in value)
    if isinstance(value, dict):
        return {key: translated(one, language, first) for key, one in value.items()}
    return value


def original(value: Any) -> Any:
    """Give the record behind a translated view, for views that compute with it."""
    return value.record if isinstance(value, Translated) else value


def _marked(value: Any, language: str) -> Any:
    if isinstance(value, str):
        text = Fallback(value)
        text.language = language
        return text
    if isinstance(value, tuple):
        return tuple(_marked(one, language) for one in value)
    if isinstance(value, dict):
        return {key: _marked(one, language) if key != "id" else one for key, one in value.items()}
    return value


class Renderer:
    """Renders the pages of one site; templates are compiled once."""

    def __init__(self, site: Site, content: Path) -> None:
        """Prepare an environment for each language of the site."""
        self.site, self.content = site, content
        self.languages = site.catalog.region.languages
        self.urls = {page.url for page in site.pages}
        self.environments = {language: self._environment(language) for language in self.languages}

    def page(self, page: Page) -> str:
        """Give a page's Markdown with its front matter."""
        if not page.template.endswith(".j2"):
            return self._written(page)
        environment = self.environments[page.language]
        record: Any = page.record
        if record is not None and page.language != self.languages[0]:
            record = Translated(record, page.language, self.languages[0])
        meta: dict[str, str] = {}
        context = {"page": page, "record": record, "dataset": self._dataset(page), "meta": meta}
        try:
            text = environment.get_template(page.template).render(context)
        except jinja2.TemplateSyntaxError as error:
            raise SetupError(f"content/{error.name}:{error.lineno}: {error.message}") from error
        except (jinja2.TemplateError, KeyError, TypeError, ValueError, AttributeError) as error:
            raise SetupError(f"content/{page.template}: {page.uri} cannot be rendered: {error}") from error
        return front_matter(self._meta(page, meta)) + tidy(text)

    def _written(self, page: Page) -> str:
        """Give a hand-written page: its own text, never seen by Jinja."""
        text = (self.content / page.template).read_text(encoding="utf-8")
        own: dict[str, str] = {}
        if match := FRONT_MATTER.match(text):
            lines = (line.partition(":") for line in match[1].splitlines() if ":" in line)
            own = {key.strip(): value.strip().strip("\"'") for key, _, value in lines}
            text = text[match.end() :]
        if not page.translated:
            text = self._not_translated(page, text)
        return front_matter(self._meta(page, own)) + text.lstrip("\n")

    def _not_translated(self, page: Page, text: str) -> str:
        template = self.environments[page.language].get_template("_partials/untranslated.md.j2")
        notice = template.render(page=page, meta={}, record=None, dataset=None)
        return f"{notice.strip()}\n\n{text}"

    def _meta(self, page: Page, own: Mapping[str, str]) -> dict[str, Any]:
        """Complete what a page says of itself: language, its twins in other languages, breadcrumbs."""
        meta: dict[str, Any] = {
            "title": str(own.get("title") or page.uri),
            "description": str(own.get("description", "")),
        }
        meta |= {key: value for key, value in own.items() if key not in meta}
        meta["lang"] = page.language
        if not page.translated:
            meta["content_lang"] = self.languages[0]
        if len(self.languages) > 1:
            meta["alternates"] = {language: self._twin(page, language) for language in self.languages}
        return meta

    def _twin(self, page: Page, language: str) -> str:
        """Give the address of the same page in another language."""
        bare = page.url
        if page.language != self.languages[0]:
            bare = bare.removeprefix(f"{page.language}/")
        return bare if language == self.languages[0] else f"{language}/{bare}"

    def _dataset(self, page: Page) -> Any:
        if not page.dataset:
            return None
        return self._seen(page.language, self.site.catalog[page.dataset].records)

    def _seen(self, language: str, value: Any) -> Any:
        """Give a value as pages of a language see it."""
        return value if language == self.languages[0] else translated(value, language, self.languages[0])

    def _environment(self, language: str) -> jinja2.Environment:
        environment = jinja2.Environment(
            loader=jinja2.FileSystemLoader(self.content),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            extensions=["jinja2.ext.i18n", "jinja2.ext.do"],
        )
        environment.install_gettext_translations(translations.load(language), newstyle=True)  # type: ignore[attr-defined]
        catalog = self.site.catalog
        environment.globals |= {
            "catalog": {d.name: self._seen(language, d.records) for d in catalog},
            "schemas": {d.name: d.resource.schema for d in catalog},
            "region": catalog.region.values,
            "today": self.site.today,
            "language": language,
            "views": {name: self._view(view, language) for name, view in views.PUBLIC.items()},
            "label": self._label(language),
        }
        environment.filters |= {
            "prose": self._prose,
            "plain": str,
            "link": self._link,
            "href": self._href,
            **translations.formats(language),
        }
        return environment

    def _view(self, view: Callable[..., Any], language: str) -> Callable[..., Any]:
        """Bind a view to the catalog; give its answer as pages of the language see it."""
        catalog: Catalog = self.site.catalog

        def bound(*arguments: Any) -> Any:
            return self._seen(language, view(catalog, *(original(a) for a in arguments)))

        return bound

    def _label(self, language: str) -> Callable[[str, str, Any], str]:
        """Make the function that gives the words for a value of a list: label('programs', 'award_level', x)."""
        gettext = translations.load(language).gettext
        labels = {
            (d.name, field.name, value): words
            for d in self.site.catalog
            for field in _fields(d.resource.schema.fields)
            for value, words in field.labels.items()
        }
        return lambda dataset, field, value: gettext(labels[dataset, field, str(value)])

    @staticmethod
    @jinja2.pass_context
    def _prose(context: jinja2.runtime.Context, text: str | None) -> Markup:
        """Turn prose into HTML whose links fit the page."""
        html = ROOT_LINK.sub(Renderer._href(context, ""), prose(str(text or "")))
        language = getattr(text, "language", "")
        html = f'<div lang="{language}">\n{html}\n</div>' if language else html
        return Markup(html)  # noqa: S704 - cleaned by nh3 in `prose`

    @staticmethod
    @jinja2.pass_context
    def _href(context: jinja2.runtime.Context, target: Any) -> str:
        """Give the relative address of a record or of a path below the site's root ('about/cte/')."""
        page: Page = context["page"]
        url = target if isinstance(target, str) else target.url
        prefix = f"{page.language}/" if page.uri.startswith(f"{page.language}/") else ""
        return f"{page.root}{prefix}{url}"

    @staticmethod
    @jinja2.pass_context
    def _link(context: jinja2.runtime.Context, target: Any, words: str | None = None) -> Markup:
        """Give a link to a record's page, with its name as words."""
        return Markup('<a href="{}">{}</a>').format(Renderer._href(context, target), words or target["name"])


def _fields(fields: tuple[Field, ...]) -> Iterator[Field]:
    """Give fields and the fields within them."""
    for field in fields:
        yield field
        yield from field.fields


@cache
def prose(text: str) -> Markup:
    """Turn prose (CommonMark without HTML) into clean HTML; root links stay to be made relative."""
    html = nh3.clean(
        pyromark.html(text),
        tags=PROSE_TAGS,
        attributes=PROSE_ATTRIBUTES,
        url_schemes={"https", "mailto"},
        link_rel=None,
    )
    return Markup(html.replace("\n\n", "\n").strip())  # noqa: S704 - cleaned by nh3 just above


def tidy(text: str) -> str:
    """Make a page that CommonMark and Python-Markdown read alike.

    Lines that begin with a tag lose their indentation, and blank lines between two tags go: a blank
    line would end an HTML block, and an indented line after it would become code.
    """
    text = TAG_LINE.sub("", text)
    text = BLANK_BETWEEN_TAGS.sub("\n", text)
    return BLANK_LINES.sub("\n\n", text).strip() + "\n"


def front_matter(meta: Mapping[str, Any]) -> str:
    """Write front matter as YAML that every builder reads: quoted text and one level of keys."""
    lines = ["---"]
    for key, value in meta.items():
        if isinstance(value, Mapping):
            lines.append(f"{key}:")
            lines += [f"  {name}: {_quoted(one)}" for name, one in value.items()]
        else:
            lines.append(f"{key}: {_quoted(value)}")
    return "\n".join([*lines, "---", "", ""])


def _quoted(value: Any) -> str:
    text = str(value).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{text}"'
