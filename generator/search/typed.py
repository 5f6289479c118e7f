"""What people type for a page or for other words: the county's own list, and ZIP codes of the schools it knows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from generator.model import Catalog, Record
from generator.search.fold import tokens

DATASET = "search_words"


class Typed(NamedTuple):
    """Phrases that mean the same, the other words they stand for, and the addresses that answer them, best first."""

    phrases: tuple[str, ...]
    means: str
    pages: tuple[str, ...]


def typed(catalog: Catalog) -> Iterator[Typed]:
    """Yield the rows of `data/search_words.csv`, then the ZIP codes in the data."""
    for row in catalog.datasets.get(DATASET, ()):
        phrases = (row["typed"], *(row["also_typed"] or ()))
        yield Typed(phrases, row["means"] or "", tuple(page.removeprefix("/") for page in row["pages"] or ()))
    yield from _postal_codes(record for dataset in catalog for record in dataset if record.values.get("postal_code"))


def _postal_codes(records: Iterable[Record]) -> Iterator[Typed]:
    """Yield each ZIP code with its city and the places that have it."""
    places: dict[tuple[str, str], list[str]] = {}
    for record in records:
        if record.values.get("city"):
            places.setdefault((record["postal_code"], record["city"]), []).append(record.url)
    for (code, city), urls in places.items():
        yield Typed((code,), city, tuple(urls))


def typed_rows(rows: Iterable[Typed], numbers: Mapping[str, int]) -> list[list[str]]:
    """Return rows for the index: phrases separated by |, other words, and pages by number.

    A page's number is followed by its address's query, if any, as in "12?entry_education=high-school". Pages that are
    not listed are left out.
    """
    found = []
    for row in rows:
        addresses = [address.partition("?") for address in row.pages]
        pages = [f"{numbers[path]}{mark}{query}" for path, mark, query in addresses if path in numbers]
        if pages or row.means:
            phrases = "|".join(dict.fromkeys(" ".join(tokens(phrase)) for phrase in row.phrases))
            found.append([phrases, " ".join(tokens(row.means)), " ".join(pages)])
    return found
