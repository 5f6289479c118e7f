"""The site's search index: small files that a browser fetches when search is opened.

The only module that defines their format; `overrides/assets/js/search/index.js` reads them and splits words as `tokens`
does. `search/index.json` maps every word to its pages, and `search/<n>.json` has what the results show.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import Any, NamedTuple
from unicodedata import category, normalize

from generator import translations
from generator.model import Dataset, Field, Page, Record, Site
from generator.open_data.cells import compact
from generator.views.listing import is_listed

#: Page URI -> its front matter and Markdown.
Texts = Mapping[str, tuple[Mapping[str, Any], str]]

#: Pages per file of entries, so that showing ten results takes a few small files on a site of any size.
SHARED = 128
#: The rank of a word on a page, best first; `WEIGHT` in search/index.js has the score of each.
WHOLE_NAME, NAME, OTHER_NAME, TEXT = range(4)
LONGEST_LINE = 110
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
WORD = re.compile(r"[^\W_]+")
APOSTROPHES = re.compile("['’]")
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
    "sample": "Sample",
}
#: Words that say nothing about a page, by language.
IGNORED = {
    "en": "a about an and are as at be become becoming by can do for from get how i in into is it my of on or that the "
    "their this to what where which who with you your",
    "es": "a al como con cual de del donde el en es esta este la las lo los me mi para por que quien se ser su sus un "
    "una uno y yo",
}


class Entry(NamedTuple):
    """A page in the index."""

    url: str
    name: str
    line: str
    other_names: tuple[str, ...] = ()
    text: str = ""


class Kind(NamedTuple):
    """Pages that are grouped in the results; those of sample records come last and are tagged."""

    title: str
    entries: tuple[Entry, ...]
    is_sample: bool = False


def search_files(site: Site, texts: Texts) -> Iterator[tuple[str, bytes]]:
    """Yield (path in the site, JSON) of every file; `texts` are the rendered pages without a record."""
    for language in site.catalog.region.languages:
        pages = [page for page in site.pages if page.language == language]
        base = f"{language}/" if language != site.catalog.region.languages[0] else ""
        found = [kind for kind in kinds(site, pages, texts, language) if kind.entries]
        yield f"{base}search/index.json", compact(index(found, language))
        entries = [entry for kind in found for entry in kind.entries]
        for number, start in enumerate(range(0, len(entries), SHARED)):
            shown = [[e.url.removeprefix(base), e.name, e.line] for e in entries[start : start + SHARED]]
            yield f"{base}search/{number}.json", compact(shown)


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
        yield Kind(title, tuple(_of_record(page, dataset) for page in mine if not _is_sample(page)))
        yield Kind(title, tuple(_of_record(page, dataset) for page in mine if _is_sample(page)), is_sample=True)
    yield Kind(gettext(WORDS["pages"]), tuple(_of_page(page, *texts[page.uri]) for page in written))


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
        (names if is_name else texts).extend(_shown(record, field, page.language))
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


def tokens(text: str) -> list[str]:
    """Split a text into words: lowercase, without accents and apostrophes."""
    if not text.isascii():
        text = "".join(c for c in normalize("NFKD", text) if not category(c).startswith("M"))
    return WORD.findall(APOSTROPHES.sub("", text).lower())


def index(found: Iterable[Kind], language: str) -> dict[str, Any]:
    """Return a language's index: interface text, kinds, and the pages of every word."""
    gettext = translations.load(language).gettext
    ignored = IGNORED.get(language, "")
    entries = [entry for kind in found for entry in kind.entries]
    stands = _stands(entries, frozenset(ignored.split()))
    terms = sorted(stands)
    return {
        "words": {name: gettext(words) for name, words in WORDS.items()},
        "kinds": [{"title": k.title, "count": len(k.entries), "sample": int(k.is_sample)} for k in found],
        "size": SHARED,
        "ignored": ignored,
        "lengths": "".join(str(min(9, max(1, len(tokens(entry.name))))) for entry in entries),
        "terms": " ".join(terms),
        "postings": "\n".join(_posting(stands[term]) for term in terms),
    }


def _stands(entries: Iterable[Entry], ignored: frozenset[str]) -> dict[str, dict[int, int]]:
    """Return the pages of every word, each with the word's best rank there."""
    stands: dict[str, dict[int, int]] = {}
    for number, entry in enumerate(entries):
        for place, words in _places(entry):
            for word in words:
                if word not in ignored or place == WHOLE_NAME:
                    stands.setdefault(word, {}).setdefault(number, place)
    return stands


def _places(entry: Entry) -> list[tuple[int, list[str]]]:
    """Return the words of an entry by rank, best first; a one-word name counts as whole."""
    names = [(NAME, tokens(entry.name)), *((OTHER_NAME, tokens(name)) for name in entry.other_names)]
    classed = ((WHOLE_NAME if len(words) == 1 else place, words) for place, words in names)
    return [*sorted(classed, key=lambda pair: pair[0]), (TEXT, tokens(entry.text))]


def _posting(pages: Mapping[int, int]) -> str:
    """Format the pages of a word: the differences of their numbers in base 36, by rank."""
    classes: list[list[int]] = [[0], [0], [0], [0]]
    for number in sorted(pages):
        classes[pages[number]].append(number)
    texts = (" ".join(_base36(after - before) for before, after in pairwise(one)) for one in classes)
    return ",".join(texts).rstrip(",")


def _base36(number: int) -> str:
    """Format a number so that JavaScript's parseInt(text, 36) can read it."""
    text = ""
    while number:
        number, digit = divmod(number, 36)
        text = DIGITS[digit] + text
    return text or "0"
