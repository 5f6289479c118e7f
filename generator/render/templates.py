"""The templates of one language and everything they may use; it sets up Jinja."""

from __future__ import annotations

import re
import traceback
from collections.abc import Callable
from functools import lru_cache
from inspect import signature
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup, escape

from generator import translations, views
from generator.model import Field, Page, Record, SetupError, Site
from generator.render.compiled import compiled_templates
from generator.render.languages import Translated, original, translated
from generator.render.markup import icon, json_ld, prose, words

ROOT_LINK = re.compile(r'href="/(?!/)')
#: Views that sort or select by what is shown, and so get translated records.
VIEWS_OF_WORDS = (
    views.activities.facts_about,
    views.messages.answers,
    views.records.by_name,
    views.messages.choices,
    views.records.grouped,
    views.linked_data.linked_data,
)
#: Attributes that every record has, which are not fields; see docs/developing.md.
OF_EVERY_RECORD = frozenset((*dir(Record), *dir(Translated)))
#: File endings of templates: our own and the theme's.
TEMPLATES = (".j2", ".html", ".css", ".xml")
RECORDS = (Record, Translated)
#: What the name of an invented record is tagged with; `search.WORDS` has it for translators.
SAMPLE = "Sample"
#: What a template may raise if a name or a value in it is wrong.
MISTAKES = (jinja2.TemplateError, LookupError, TypeError, ValueError, AttributeError, ArithmeticError)


class Environment(jinja2.Environment):
    """A Jinja environment that looks up a record's fields before its attributes, which is faster."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Return an attribute or an item; for records an item first, except for attributes that every record has."""
        if isinstance(obj, RECORDS) and attribute not in OF_EVERY_RECORD:
            try:
                return obj[attribute]
            except KeyError:
                pass
        return super().getattr(obj, attribute)


class Templates:
    """The templates in content/ for pages in one language; each is compiled once."""

    def __init__(self, site: Site, content: Path, language: str) -> None:
        """Prepare Jinja: StrictUndefined, escaping everywhere, i18n, and our globals and filters."""
        self.catalog, self.content, self.language = site.catalog, content, language
        self.today, self.known = site.today, dict[str, jinja2.Template]()
        self.environment = Environment(
            loader=jinja2.FileSystemLoader(content),
            bytecode_cache=compiled_templates(content.parent, language),
            auto_reload=False,  # every build has its own environment
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            extensions=["jinja2.ext.i18n", "jinja2.ext.do"],
        )
        self.datasets = {d.name: self.seen(d.records) for d in self.catalog}
        gettext = translations.load(language)
        self.environment.install_gettext_translations(gettext, newstyle=True)  # type: ignore[attr-defined]
        self.environment.globals |= self._globals() | {"today": self.today}
        self.sample = gettext.gettext(SAMPLE)
        tag = Markup(' <span class="tag">{}</span>').format(self.sample)
        self.environment.globals["sample_tag"] = tag
        self.environment.filters |= {"prose": _prose, "plain": str, "words": words, **_links(site, tag)}
        self.environment.filters["json_ld"] = json_ld
        self.environment.globals["shown_datasets"] = frozenset(p.dataset for p in site.pages if p.record)
        self.environment.filters |= translations.formats(language)

    def fill(self, name: str, page: Page, **context: Any) -> str:
        """Render a template for a page.

        Raises:
            SetupError: a mistake in a template, with its path and line.
        """
        try:
            return self._template(name).render(context, page=page, base=page.base)
        except jinja2.TemplateSyntaxError as error:
            raise SetupError(f"content/{error.name}:{error.lineno}: {error.message}") from error
        except MISTAKES as error:
            where = place_of(error, self.content.parent) or f"content/{name}"
            raise SetupError(f"{where}: {page.uri} cannot be rendered: {error}") from error

    def _template(self, name: str) -> jinja2.Template:
        """Return a template with its globals as one plain dict, because Jinja copies them for each page."""
        if name not in self.known:
            self.known[name] = self.environment.get_template(name)
            self.known[name].globals = dict(self.known[name].globals)
        return self.known[name]

    def seen(self, value: Any) -> Any:
        """Return records and results of views as pages in this language see them."""
        first = self.catalog.region.languages[0]
        return value if self.language == first else translated(value, self.language, first)

    def _globals(self) -> dict[str, Any]:
        return {
            "catalog": self.datasets,
            "schemas": {d.name: d.resource.schema for d in self.catalog},
            "region": self._region(),
            "language": self.language,
            "views": {name: self._view(view) for name, view in views.PUBLIC.items()},
            "label": self._label(),
            "icon": icon,
        }

    def _region(self) -> dict[str, Any]:
        """Return the region's settings, each translated if region.yaml has it in this language: county, county_es."""
        values = self.catalog.region.values
        return {key: values.get(f"{key}_{self.language}") or value for key, value in values.items()}

    def _view(self, view: Callable[..., Any]) -> Callable[..., Any]:
        """Bind a view to the catalog, and to the day if that is its last parameter; its result is translated."""
        _, *names = signature(view).parameters
        ends_with_day = names[-1:] == ["today"]

        def bound(*arguments: Any) -> Any:
            given = arguments if view in VIEWS_OF_WORDS else map(original, arguments)
            day = {"today": self.today} if ends_with_day and len(arguments) == len(names) - 1 else {}
            return self.seen(view(self.catalog, *given, **day))

        return bound

    def _label(self) -> Callable[[str, str, Any], str]:
        """Return a function that returns the label of a category: label('programs', 'award_level', x)."""
        labels = {
            (dataset.name, field.name, value): words
            for dataset in self.catalog
            for field in dataset.resource.schema.all_fields
            for value, words in self._labels_of(field).items()
        }

        def label(dataset: str, field: str, value: Any) -> str:
            words = labels.get((dataset, field, str(value)))
            if words is None:
                raise LookupError(f"the schema of {dataset} has no category {value!r} of '{field}'")
            return words

        return label

    def _labels_of(self, field: Field) -> dict[str, str]:
        """Return the labels of a field by value: from region.yaml for its lists, otherwise from the catalog."""
        if field.choices:
            entries = self.catalog.region[field.choices]
            return {entry["id"]: entry.get(f"name_{self.language}") or entry["name"] for entry in entries}
        gettext = translations.load(self.language).gettext
        return {value: gettext(words) for value, words in field.labels.items()}


@jinja2.pass_context
def _prose(context: jinja2.runtime.Context, text: str | None) -> Markup:
    """Convert prose to HTML with links relative to the page."""
    html = ROOT_LINK.sub(f'href="{context["base"]}', prose(str(text or "")))
    language = getattr(text, "language", "")
    html = f'<div lang="{language}">\n{html}\n</div>' if language else html
    return Markup(html)  # noqa: S704 - cleaned by nh3 in `prose`


def _links(site: Site, tag: Markup) -> dict[str, Callable[..., str]]:
    """Return the filters `href` and `link`, which only accept pages of the site; `tag` follows the link of a sample."""
    first = site.catalog.region.languages[0]
    addresses = {p.url for p in site.pages if p.language == first}
    shown_datasets = frozenset(p.dataset for p in site.pages if p.record)

    def address_of(base: str, record: Any) -> str:
        if record.dataset not in shown_datasets:
            raise _no_page(record.url)
        return f"{base}{record.url}"

    anchor, named = _anchors(address_of, tag)

    @jinja2.pass_context
    def href(context: jinja2.runtime.Context, target: Any, otherwise: str = "") -> str:
        """Return the relative address of a record or of a path below the site's root ('about/cte/').

        `otherwise` is the path to use if the site has no such page, such as a record that a county may not have.
        """
        base = context.parent["base"]  # passed to `render`; `context["base"]` would look elsewhere first
        if not isinstance(target, str):
            return address_of(base, target)
        bare = target.partition("#")[0]
        if otherwise and bare not in addresses:
            target = bare = otherwise
        if bare not in addresses:
            raise _no_page(target)
        return f"{base}{target}"

    @jinja2.pass_context
    def link(context: jinja2.runtime.Context, target: Any, words: str | None = None) -> Markup:
        """Return a link to a record's page; its name is the default text. A sample's is followed by a tag."""
        if words or not isinstance(target, Record):
            made = anchor(href(context, target), words or target["name"])
            return made + tag if isinstance(target, RECORDS) and target.is_sample else made
        return named(context.parent["base"], target)

    return {"href": href, "link": link}


def _anchors(
    address_of: Callable[[str, Any], str], tag: Markup
) -> tuple[Callable[[str, Any], Markup], Callable[[str, Any], Markup]]:
    """Return two cached functions that make links: from an address and text, and from a base path and a record."""

    @lru_cache(maxsize=4096, typed=True)  # text in another language is marked and has its own type
    def anchor(address: str, words: Any) -> Markup:
        return Markup(f'<a href="{escape(address)}">{escape(words)}</a>')  # noqa: S704 - both are escaped here

    @lru_cache(maxsize=4096)
    def named(base: str, record: Record) -> Markup:
        made = anchor(address_of(base, record), record["name"])
        return made + tag if record.is_sample else made

    return anchor, named


def _no_page(address: str) -> LookupError:
    return LookupError(f"a link leads to {address}, and there is no such page")


def place_of(error: Exception, root: Path) -> str:
    """Return path:line of the innermost template in an error's traceback, or '' if there is none."""
    if isinstance(error, jinja2.TemplateSyntaxError):
        found, line = error.filename or error.name or "", error.lineno
    else:
        frames = reversed(traceback.extract_tb(error.__traceback__))
        frame = next((frame for frame in frames if frame.filename.endswith(TEMPLATES)), None)
        found, line = (frame.filename, frame.lineno or 0) if frame else ("", 0)
    path = Path(found)
    shown = path.relative_to(root) if path.is_relative_to(root) else path
    return f"{shown.as_posix()}:{line}" if found else ""
