"""Filling templates: catalog and content/ to Markdown pages. The only importer of Jinja.

A page is CommonMark with HTML blocks, so that MkDocs and every other builder read it alike. Text from
data is escaped and goes into HTML; prose is CommonMark without HTML, converted here and cleaned by nh3.
"""

from __future__ import annotations

import json
import re
import traceback
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

#: Every block that CommonMark makes is here: without its tag a block's text would stand bare in the page, as Markdown.
PROSE_TAGS = set("p ul ol li strong em code pre blockquote a br hr h1 h2 h3 h4 h5 h6".split())
UNTRANSLATED = "_partials/untranslated.md.j2"
PROSE_ATTRIBUTES: Mapping[str, set[str]] = {"a": {"href"}, "*": set()}  # without "*", nh3 would keep title and lang
HEADING = re.compile(r"(</?h)([1256])>")
HEADING_LEVELS = {"1": "3", "2": "3", "5": "4", "6": "4"}
LESS_THAN = "\ue000"
BLANK_LINE = re.compile(r"\n(?=[ \t]*\n)")
MARKDOWN_MARKS = re.compile(r"([\\`*_{}\[\]#!])")
ODD_ADDRESS = re.compile(r'(?<=\shref=")(?!https://|mailto:|tel:|\.\.?/|#|")[^"]*')
NOT_IN_YAML = re.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
ROOT_LINK = re.compile(r'(?<=href=")/(?!/)')
TAG_LINE = re.compile(r"^[ \t]+(?=<)", re.MULTILINE)
BLANK_BETWEEN_TAGS = re.compile(r"(?<=>)\n(?:[ \t]*\n)+(?=<)")
BLANK_LINES = re.compile(r"\n(?:[ \t]*\n){2,}")
RELATIVE_LINK = re.compile(r'(?P<before>\]\(|\b(?:src|href)=")(?P<path>(?!/)[^\s:#?)"<>]+)')
#: Values of a group (a field of type array) that name something and are no words.
KEYS_OF_GROUPS = {"id", "topic"}
#: Views that sort or choose by what is shown: they take translated records as they are.
VIEWS_OF_WORDS = (views.by_name, views.facts_about, views.grouped)
FRONT_MATTER = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)


class Fallback(str):
    """Text in the region's first language where a translation is missing: marked so in HTML."""

    __slots__ = ("language",)
    language: str

    def __html__(self) -> Markup:
        """Give the text in a span that tells screen readers its language."""
        return Markup('<span lang="{}">{}</span>').format(self.language, str(self))


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
            return translated(self.record[sibling], self._language, self._first)
        value = translated(self.record[name], self._language, self._first)
        return marked(value, self._first) if sibling in values else value


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
    """Give the records behind what a page of a further language sees, for views that compute with them."""
    if isinstance(value, Translated):
        return value.record
    return tuple(original(one) for one in value) if isinstance(value, tuple | list) else value


def marked(value: Any, language: str) -> Any:
    """Mark all text of a value as being in `language`; ids stay, and what is no text."""
    if isinstance(value, str):
        text = Fallback(value)
        text.language = language
        return text
    if isinstance(value, tuple):
        return tuple(marked(one, language) for one in value)
    if isinstance(value, dict):
        return {key: marked(one, language) if key not in KEYS_OF_GROUPS else one for key, one in value.items()}
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
        meta, text = self.parts(page)
        return front_matter(meta) + text

    def parts(self, page: Page) -> tuple[dict[str, Any], str]:
        """Give what a page says of itself (title, description, language, twins) and its Markdown."""
        if not page.template.endswith(".j2"):
            return self._written(page)
        record: Any = page.record
        if record is not None and page.language != self.languages[0]:
            record = Translated(record, page.language, self.languages[0])
        meta: dict[str, str] = {}
        text = self._filled(page, page.template, record=record, dataset=self._dataset(page), meta=meta)
        if page.language != self.languages[0] and f' lang="{self.languages[0]}">' in text:
            text = self._not_translated(page, text)
        return self._meta(page, meta), tidy(text)

    def _filled(self, page: Page, template: str, **context: Any) -> str:
        """Fill a template for a page; a mistake in it is told with path and line."""
        try:
            return self.environments[page.language].get_template(template).render(context, page=page)
        except jinja2.TemplateSyntaxError as error:
            raise SetupError(f"content/{error.name}:{error.lineno}: {error.message}") from error
        except (jinja2.TemplateError, LookupError, TypeError, ValueError, AttributeError, ArithmeticError) as error:
            where = _place(error, self.content) or template
            raise SetupError(f"content/{where}: {page.uri} cannot be rendered: {error}") from error

    def _written(self, page: Page) -> tuple[dict[str, Any], str]:
        """Give a hand-written page: its own text, never seen by Jinja."""
        text = (self.content / page.template).read_text(encoding="utf-8")
        own: dict[str, str] = {}
        if match := FRONT_MATTER.match(text):
            lines = (line.partition(":") for line in match[1].splitlines() if ":" in line)
            own = {key.strip(): value.strip().strip("\"'") for key, _, value in lines}
            text = text[match.end() :]
        if not page.translated:
            text = self._not_translated(page, self._one_folder_deeper(page, text))
        return self._meta(page, own), text.lstrip("\n")

    def _not_translated(self, page: Page, text: str) -> str:
        """Put a notice before a page of a further language that is, in whole or in part, in the first one."""
        notice = self._filled(page, UNTRANSLATED, whole=is_in_first_language(page), record=None, dataset=None, meta={})
        return f"{notice.strip()}\n\n{text}"

    def _one_folder_deeper(self, page: Page, text: str) -> str:
        """Mend the links from a hand-written page shown below a language's folder to pictures and files.

        Those stay where they are; links to other pages hold, as each page has its twin.
        """
        folder = (self.content / page.template).parent

        def mended(found: re.Match[str]) -> str:
            path = found["path"]
            stays = not path.endswith(".md") and (folder / path).is_file()
            return f"{found['before']}{'../' if stays else ''}{path}"

        return RELATIVE_LINK.sub(mended, text)

    def _meta(self, page: Page, own: Mapping[str, str]) -> dict[str, Any]:
        """Complete what a page says of itself: language, its twins in other languages, breadcrumbs."""
        meta: dict[str, Any] = {
            "title": _bare(own.get("title") or page.uri),
            "description": _bare(own.get("description", "")),
        }
        meta |= {key: value for key, value in own.items() if key not in meta}
        meta["lang"] = page.language
        if is_in_first_language(page):
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
            "region": self._region(language),
            "today": self.site.today,
            "language": language,
            "views": {name: self._view(view, language) for name, view in views.PUBLIC.items()},
            "label": self._label(language),
        }
        environment.filters |= {
            "prose": self._prose,
            "plain": str,
            "words": words,
            "link": self._link,
            "href": self._href,
            **translations.formats(language),
        }
        return environment

    def _region(self, language: str) -> dict[str, Any]:
        """Give the settings of the region, each in the language where region.yaml has it so: county, county_es."""
        values = self.site.catalog.region.values
        return {key: values.get(f"{key}_{language}") or value for key, value in values.items()}

    def _view(self, view: Callable[..., Any], language: str) -> Callable[..., Any]:
        """Bind a view to the catalog; give its answer as pages of the language see it."""
        catalog: Catalog = self.site.catalog

        def bound(*arguments: Any) -> Any:
            given = arguments if view in VIEWS_OF_WORDS else map(original, arguments)
            return self._seen(language, view(catalog, *given))

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

        def label(dataset: str, field: str, value: Any) -> str:
            words = labels.get((dataset, field, str(value)))
            if words is None:
                raise LookupError(f"the schema of {dataset} has no category {value!r} of '{field}'")
            return gettext(words)

        return label

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


def _place(error: Exception, content: Path) -> str:
    """Give path:line of the innermost template that an error passed through, '' where it passed none."""
    frames = reversed(traceback.extract_tb(error.__traceback__))
    found = next((frame for frame in frames if frame.filename.endswith(".j2")), None)
    return f"{Path(found.filename).relative_to(content).as_posix()}:{found.lineno}" if found else ""


def is_in_first_language(page: Page) -> bool:
    """Tell whether a page of a further language has the text of the first one: hand-written, without a twin."""
    return not page.translated and page.record is None


def _fields(fields: tuple[Field, ...]) -> Iterator[Field]:
    """Give fields and the fields within them."""
    for field in fields:
        yield field
        yield from field.fields


@cache
def prose(text: str) -> Markup:
    """Turn prose (CommonMark without HTML) into clean HTML; root links stay to be made relative."""
    html = nh3.clean(
        pyromark.html(text.replace("<", LESS_THAN)).replace(LESS_THAN, "&lt;"),
        tags=PROSE_TAGS,
        attributes=dict(PROSE_ATTRIBUTES),
        url_schemes={"https", "mailto"},
        link_rel=None,
    )
    html = HEADING.sub(lambda found: f"{found[1]}{HEADING_LEVELS[found[2]]}>", html)
    # a blank line ends an HTML block, and what comes after it would be read as Markdown
    html = BLANK_LINE.sub("&#10;", html.replace("\r", " ").strip())
    return Markup(html)  # noqa: S704 - cleaned by nh3 just above


def words(text: Any) -> Markup:
    """Give text for a place that is Markdown, not HTML, such as a heading ('## …'): every mark is a mere character."""
    bare = " ".join(str(text).split())
    shown = escape(MARKDOWN_MARKS.sub(r"\\\1", bare))
    language = getattr(text, "language", "")
    return Markup('<span lang="{}">{}</span>').format(language, shown) if language else shown


def tidy(text: str) -> str:
    """Make a page that CommonMark and Python-Markdown read alike.

    Lines that begin with a tag lose their indentation, and blank lines between two tags go: a blank
    line would end an HTML block, and an indented line after it would become code. A link that leads neither
    to this site nor to an address that data may hold loses its target.
    """
    text = ODD_ADDRESS.sub("#", text)
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


def _bare(value: Any) -> str:
    """Give text without the escapes that a template added: front matter is no HTML, the theme escapes it."""
    return str(value.unescape() if isinstance(value, Markup) else value)


def _quoted(value: Any) -> str:
    """Write text as JSON does, which YAML reads alike; what JSON leaves and YAML does not know is spelled out."""
    text = json.dumps(str(value), ensure_ascii=False)
    return NOT_IN_YAML.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
