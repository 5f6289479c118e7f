"""Write the files of the index: names and words of all pages for finding, and what the results show."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any

from generator import translations
from generator.model import Site
from generator.open_data.cells import compact
from generator.search.entries import WEIGHTS, WORDS, Entry, Kind, Texts, base, kinds
from generator.search.fold import tokens
from generator.search.typed import Typed, typed, typed_rows

#: Pages per file of entries, so that showing ten results takes a few small files on a site of any size.
SHARED = 128
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
#: The page that helps people who do not find an occupation.
MATCH = "match/"
NEAREST = "occupations"
#: A word in the text of more pages than this, or of more than one page in so many, tells none of them apart.
MANY, ONE_IN = 20, 60

#: Words that say nothing about a page, by language.
IGNORED = {
    "en": "a about an and are as at be become becoming by can do does for from get have how i in into is it like many "
    "me much my of on or that the their there this to want what where which who will with you your",
    "es": "a al como con cual de del donde el en es esta este la las lo los me mi para por que quien quiero se ser su "
    "sus un una uno y yo",
}
#: Words that fit most pages: they count where they are part of a name, and nobody looks for them alone.
COMMON = {
    "en": "best career careers class classes course courses degree earn find hiring income information job jobs learn "
    "make makes making money near needed pay pays people program programs require required requirements salaries "
    "salary school schools schooling student students study teach training wage wages work working",
    "es": "carrera carreras clase clases curso cursos empleo empleos escuela escuelas estudiar gana ganan salario "
    "sueldo trabajar trabajo trabajos",
}


def search_files(site: Site, texts: Texts) -> Iterator[tuple[str, bytes]]:
    """Yield (path in the site, JSON) of every file; `texts` are the rendered pages without a record."""
    for language in site.catalog.region.languages:
        pages = [page for page in site.pages if page.language == language]
        folder = base(site, language)
        found = [kind for kind in kinds(site, pages, texts, language) if kind.entries]
        region = site.catalog.region.values
        about = {"contact": region.get("contact_email", ""), "local": " ".join(tokens(region.get("county", "")))}
        yield f"{folder}search/index.json", compact(index(found, language, typed(site.catalog), folder) | about)
        entries = [entry for kind in found for entry in kind.entries]
        for number, start in enumerate(range(0, len(entries), SHARED)):
            shown = [[e.url.removeprefix(folder), e.name, e.line] for e in entries[start : start + SHARED]]
            yield f"{folder}search/{number}.json", compact(shown)


def index(found: Iterable[Kind], language: str, rows: Iterable[Typed] = (), folder: str = "") -> dict[str, Any]:
    """Return a language's index: interface text, kinds, names, and the pages of every other word."""
    gettext = translations.load(language).gettext
    found = list(found)
    entries = [entry for kind in found for entry in kind.entries]
    numbers = {entry.url.removeprefix(folder): number for number, entry in enumerate(entries)}
    ignored = IGNORED.get(language, "")
    names = [_names(entry) for entry in entries]
    postings = _postings(found, names, frozenset(ignored.split()))
    terms = sorted(postings)
    return {
        "words": {name: gettext(words) for name, words in WORDS.items()},
        "kinds": [_kind(kind) for kind in found],
        "size": SHARED,
        "ignored": ignored,
        "common": COMMON.get(language, ""),
        "names": "\n".join("|".join(one) for one in names),
        "terms": " ".join(terms),
        "postings": "\n".join(_differences(postings[term]) for term in terms),
        "typed": typed_rows(rows, numbers),
        "match": numbers.get(MATCH, -1),
    }


def _kind(kind: Kind) -> dict[str, Any]:
    flags = {"sample": kind.is_sample, "internal": kind.is_internal, "nearest": kind.dataset == NEAREST}
    weight = WEIGHTS.get(kind.dataset, 1)
    return {"title": kind.title, "count": len(kind.entries), "weight": weight} | {k: 1 for k, v in flags.items() if v}


def _names(entry: Entry) -> list[str]:
    """Return an entry's names as words, the name itself first; plurals and longer codes stand for the others."""
    known: dict[str, str] = {}
    for name in (entry.name, *entry.other_names):
        words = " ".join(tokens(name))
        known.setdefault(" ".join(word.removesuffix("s") for word in words.split(" ")), words)
    names = list(known.values())
    codes = [name for name in names if name.replace(" ", "").isdecimal()]
    return [n for n in names if not (n in codes and any(code.startswith(f"{n} ") for code in codes))] or [""]


def _postings(found: Iterable[Kind], names: list[list[str]], ignored: frozenset[str]) -> dict[str, list[int]]:
    """Return the pages of the telling words in a page's text that its names lack.

    Internal pages and those of samples have only names.
    """
    postings: dict[str, list[int]] = {}
    listed = [(kind, entry) for kind in found for entry in kind.entries]
    for number, (kind, entry) in enumerate(listed):
        known = {word for name in names[number] for word in name.split(" ")} | ignored
        for word in () if kind.is_internal or kind.is_sample else dict.fromkeys(tokens(entry.text)):
            if word not in known and not word.isdecimal():
                postings.setdefault(word, []).append(number)
    most = max(MANY, len(listed) // ONE_IN)
    return {word: pages for word, pages in postings.items() if len(pages) <= most}


def _differences(pages: Iterable[int]) -> str:
    """Format ascending page numbers as differences in base 36."""
    return " ".join(_base36(after - before) for before, after in pairwise([0, *pages]))


def _base36(number: int) -> str:
    """Format a number so that JavaScript's parseInt(text, 36) can read it."""
    text = ""
    while number:
        number, digit = divmod(number, 36)
        text = DIGITS[digit] + text
    return text or "0"
