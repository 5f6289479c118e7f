"""What search knows of each page: its names, its text, and the line that results show, in groups by kind of page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from generator import translations
from generator.model import Dataset, Field, Page, Record, Site
from generator.views.listing import is_listed

#: Page URI -> its front matter and Markdown.
Texts = Mapping[str, tuple[Mapping[str, Any], str]]

LONGEST_LINE = 110
HEADINGS = re.compile(r"^#{1,3} +(.+)$|<h[1-3][^>]*>(.*?)</h[1-3]>", re.MULTILINE | re.DOTALL)
MARKUP = re.compile(r"<[^>]*>|\{:?[ #.][^{}]*\}|(?<!\w):[\w+-]+:(?!\w)|\[\^[^\]]*\]|[*_`\[\]]|\]\([^)]*\)|&#?\w+;")

#: Text of the search interface by its name in the index.
WORDS = {
    "none": "No results. Check your spelling or try a more general word.",
    "one": "1 result",
    "other": "{n} results",
    "near": "No exact match. Showing results for {words}.",
    "all": "Show all results",
    "close": "Close",
    "pages": "Pages",
    "about": "About this site and its data",
    "sample": "Sample",
    "alike": "Occupations with similar names",
    "else": "Other ways to find it",
    "match": "Find occupations by what you like to do",
    "ask": "Ask us: {address}",
}
#: How much a result counts by the dataset of its page: most people look for an occupation.
WEIGHTS = {
    "occupations": 1.3,
    "pathways": 1.05,
    "activities": 1.1,
    "schools": 0.9,
    "employers": 0.8,
    "opportunities": 0.8,
    "offers": 0.7,
    "events": 0.7,
    "stories": 0.6,
    "sources": 0.3,
}
#: Pages that explain the site itself. Students do not look for them, so only their whole name finds them.
INTERNAL = ("data/", "about/figures/", "accessibility/", "privacy/", "sources/", "search/", "whats-new/")


class Entry(NamedTuple):
    """A page in the index."""

    url: str
    name: str
    line: str
    other_names: tuple[str, ...] = ()
    text: str = ""


class Kind(NamedTuple):
    """Pages that are grouped in the results; those of sample records come last and are tagged.

    Internal pages are shown last, and only if nothing else has the words or their name is exactly what was typed.
    """

    title: str
    entries: tuple[Entry, ...]
    dataset: str = ""
    is_sample: bool = False
    is_internal: bool = False


def kinds(site: Site, pages: Iterable[Page], texts: Texts, language: str) -> Iterator[Kind]:
    """Yield a language's pages by kind: datasets in the package's order, then all other pages."""
    gettext = translations.load(language).gettext
    written = []
    of: dict[str, list[Page]] = {}
    for page in pages:
        if not page.record:
            written.append(page)
        elif not page.part and is_listed(site.catalog, page.record, site.today):
            of.setdefault(page.dataset, []).append(page)
    for dataset in site.catalog:
        title, mine = gettext(dataset.resource.schema.title), of.get(dataset.name, [])
        for is_sample in (False, True):
            entries = tuple(_of_record(page, dataset) for page in mine if _is_sample(page) == is_sample)
            yield Kind(title, entries, dataset.name, is_sample, is_internal=dataset.name == "sources")
    for is_internal, words in ((False, WORDS["pages"]), (True, WORDS["about"])):
        mine = [page for page in written if _plain_url(site, page).startswith(INTERNAL) == is_internal]
        entries = tuple(_of_page(page, *texts[page.uri]) for page in mine)
        yield Kind(gettext(words), entries, is_internal=is_internal)


def base(site: Site, language: str) -> str:
    """Return the folder of a language's pages: '' for the first language."""
    return "" if language == site.catalog.region.languages[0] else f"{language}/"


def _plain_url(site: Site, page: Page) -> str:
    return page.url.removeprefix(base(site, page.language))


def _is_sample(page: Page) -> bool:
    return bool(page.record and page.record.is_sample)


def _of_record(page: Page, dataset: Dataset) -> Entry:
    """Return the entry of a record: its name, and the fields that its schema lists under `search`."""
    record: Any = page.record
    names: list[str] = []
    texts: list[str] = []
    for name in dataset.resource.schema.search:
        field: Any = dataset.resource.schema.field(name)
        is_name = field.is_list or field.format == "name" or "pattern" in field.constraints
        values = list(_shown(record, field, page.language))
        names += values if is_name or name == "city" else []
        texts += [] if is_name else values
    line = " · ".join(texts)
    return Entry(page.url, _name(record, page.language), _cut(line), tuple(names), line)


def _shown(record: Record, field: Field, language: str) -> Iterator[str]:
    """Yield a field's values as text: translated, links by name, categories by label."""
    value = record.values.get(f"{field.name}_{language}") or record[field.name]
    for one in value if isinstance(value, tuple) else (value,):
        if isinstance(one, Record):
            yield _name(one, language)
        elif one is not None:
            yield str(field.labels.get(str(one), one))


def _name(record: Record, language: str) -> str:
    return str(record.values.get(f"name_{language}") or record.values["name"])


def _of_page(page: Page, meta: Mapping[str, Any], markdown: str) -> Entry:
    """Return the entry of any other page: its title, description and headings."""
    headings = (" ".join(MARKUP.sub(" ", one or other).split()) for one, other in HEADINGS.findall(markdown))
    description = str(meta["description"])
    return Entry(page.url, str(meta["title"]), _cut(description), (), f"{description} {' '.join(headings)}")


def _cut(line: str) -> str:
    """Shorten a line at a space."""
    return line if len(line) <= LONGEST_LINE else f"{line[:LONGEST_LINE].rpartition(' ')[0]}…"
