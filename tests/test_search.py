"""The search index: its contents, how words are ranked, and its file format."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model import Catalog, Page, Record, Site
from generator.search import entries as search
from generator.search import index as written
from generator.search.fold import tokens
from generator.search.typed import Typed, typed, typed_rows
from generator.views import listing
from tests.conftest import ROOT, TODAY, edit

Check = Callable[..., Site]
PATHWAY = "data/pathways/patient-care.yaml"


def entry(name: str, *other_names: str, text: str = "") -> search.Entry:
    """Return an entry to index."""
    return search.Entry(f"{name}/", name, text, other_names, text)


def index_of(*entries: search.Entry, is_internal: bool = False) -> dict[str, Any]:
    """Return an index of these entries."""
    return written.index([search.Kind("All", entries, is_internal=is_internal)], "en")


def places(index: dict[str, Any]) -> dict[str, str]:
    """Return the pages of each word that is only in texts."""
    return dict(zip(index["terms"].split(" "), index["postings"].split("\n"), strict=True))


def texts(site: Site) -> dict[str, tuple[dict[str, str], str]]:
    """Return a text for each page that is not a record."""
    return {page.uri: ({"title": page.uri, "description": "About it."}, "## How it began\n") for page in site.pages}


def found(site: Site) -> dict[str, search.Entry]:
    """Return a site's entries by address, in index order."""
    kinds = search.kinds(site, site.pages, texts(site), "en")
    return {entry.url: entry for kind in kinds for entry in kind.entries}


@pytest.mark.parametrize(("text", "words"), json.loads((ROOT / "tests/fold.json").read_text(encoding="utf-8")))
def test_text_is_cut_into_plain_words(text: str, words: list[str]) -> None:
    """Words are those of the table that the browser's module follows, too."""
    assert tokens(text) == words


def test_names_are_written_once_as_words() -> None:
    """The name comes first; a plural, or a code that begins a longer one, is left out."""
    nurse = entry("Registered nurse", "29-1141", "29-1141.00", "Registered Nurses", "RN", "ER nurse")
    assert index_of(nurse)["names"] == "registered nurse|29 1141 00|rn|er nurse"


def test_texts_have_only_words_that_tell_pages_apart() -> None:
    """Words of the names, common words, numbers, and words in the text of many pages are left out."""
    nurse = entry("Nurse", text="The nurse gives 20 medicines.")
    assert places(index_of(nurse)) == {"gives": "0", "medicines": "0"}
    many = [entry(f"Page {i}", text="everywhere" if i else "everywhere here") for i in range(written.MANY + 1)]
    assert places(index_of(*many)) == {"here": "0"}


def test_internal_pages_are_found_by_name_only() -> None:
    """The text of a page about the site itself is not in the index."""
    index = index_of(entry("Data health", text="medicines"), is_internal=True)
    assert (index["names"], index["terms"]) == ("data health", "")
    assert index["kinds"][0]["internal"] == 1


def test_pages_are_written_as_differences() -> None:
    """A word's page numbers are written as differences in base 36."""
    entries = [entry(f"Ship {i}", text="anchor" if i in {0, 1, 41} else "") for i in range(42)]
    assert places(index_of(*entries))["anchor"] == "0 1 14"


def test_typed_phrases_lead_to_pages_by_number() -> None:
    """Phrases are words; a page that is not listed is left out, and a row that leads nowhere too."""
    rows = [
        Typed(("No college", "sin título"), "", ("nurses/?level=none", "gone/")),
        Typed(("lineman",), "Line worker", ()),
        Typed(("gone",), "", ("gone/",)),
    ]
    expected = [["no college|sin titulo", "", "3?level=none"], ["lineman", "line worker", ""]]
    assert typed_rows(rows, {"nurses/": 3}) == expected


def test_postal_codes_lead_to_their_city(real_site: Site) -> None:
    """A ZIP code in the data means its city, and leads to the places that have it."""
    college = real_site.catalog["institutions"]["palomar-college"]
    assert Typed((college["postal_code"],), college["city"], (college.url,)) in set(typed(real_site.catalog))


@given(st.integers(0, 10**9))
def test_numbers_read_back(number: int) -> None:
    """A number written in base 36 reads back as the same number."""
    assert int(written._base36(number), 36) == number


@pytest.mark.usefixtures("small")
def test_entry_of_a_record_has_the_fields_that_its_schema_names(check: Check) -> None:
    """Lists and codes are other names; other fields are text and the line shown."""
    edit(
        Path("data/schemas/pathways.yaml"),
        "extends: _record\n",
        "extends: _record\nsearch: [aliases, sector, summary]\n",
    )
    edit(Path(PATHWAY), "id: patient-care\n", "id: patient-care\naliases: [nursing-care]\n")
    site = check()
    pathway = site.catalog["pathways"]["patient-care"]
    made = found(site)["pathways/patient-care/"]
    assert made.other_names == ("nursing-care",)
    assert made.text == f"{pathway['sector']['name']} · {pathway['summary']}"


@pytest.mark.usefixtures("small")
def test_other_pages_are_found_by_title_description_and_headings(check: Check) -> None:
    """A page that is not a record has its title as name, and its description and headings as text."""
    site = check()
    page = next(page for page in site.pages if not page.record)
    assert found(site)[page.url] == search.Entry(page.url, page.uri, "About it.", (), "About it. How it began")


def test_long_lines_are_cut_at_a_space() -> None:
    """A page's line in the results is short and ends at a word."""
    cut = search._cut("word " * 60)
    assert len(cut) <= search.LONGEST_LINE
    assert cut.endswith("word…")
    assert search._cut("short") == "short"


@pytest.mark.usefixtures("small")
def test_ended_records_are_not_found(check: Check) -> None:
    """An ended record keeps its page but is not in the index."""
    assert "pathways/patient-care/" in found(check())
    edit(Path(PATHWAY), "id: patient-care\n", "id: patient-care\nstatus: ended\n")
    site = check()
    assert "pathways/patient-care/" in {page.url for page in site.pages}
    assert "pathways/patient-care/" not in found(site)


@pytest.mark.usefixtures("small")
def test_what_is_listed_depends_on_the_day(check: Check, monkeypatch: pytest.MonkeyPatch) -> None:
    """The index calls `is_listed` for each record with the build day."""
    asked: list[tuple[str, date]] = []

    def note(catalog: Catalog, record: Record, today: date) -> bool:
        asked.append((record.id, today))
        return listing.is_listed(catalog, record, today)

    monkeypatch.setattr(search, "is_listed", note)
    found(check())
    assert ("patient-care", TODAY) in asked


@pytest.mark.usefixtures("small")
def test_sample_records_come_last(check: Check) -> None:
    """Sample records are a kind of their own, so that the browser lists and tags them separately from real ones."""
    assert not any(kind.entries for kind in kinds_of(check()) if kind.is_sample)
    edit(Path("data/pathways/patient-care.yaml"), "id: patient-care", "id: patient-care\nsample: true")
    pathways = [kind for kind in kinds_of(check()) if kind.title == "Pathways"]
    assert [(kind.is_sample, [one.url for one in kind.entries]) for kind in pathways] == [
        (False, ["pathways/public-health/"]),
        (True, ["pathways/patient-care/"]),
    ]


def kinds_of(site: Site) -> list[search.Kind]:
    """Return a site's kinds of pages."""
    return list(search.kinds(site, site.pages, texts(site), "en"))


@pytest.mark.usefixtures("small")
def test_entries_are_shared_out_over_files(check: Check, monkeypatch: pytest.MonkeyPatch) -> None:
    """Entries are split into files with a fixed number of pages, which the index states."""
    monkeypatch.setattr(written, "SHARED", 2)
    site = check()
    files = dict(written.search_files(site, texts(site)))
    index = json.loads(files["search/index.json"])
    number = sum(kind["count"] for kind in index["kinds"])
    assert index["size"] == 2
    assert len(files) == 1 + (number + 1) // 2
    shown = [one for n in range((number + 1) // 2) for one in json.loads(files[f"search/{n}.json"])]
    assert {url for url, _, _ in shown} == {page.url for page in site.pages}


@pytest.mark.usefixtures("small")
def test_names_are_written_as_they_are(check: Check) -> None:
    """HTML characters in a name are plain text in the index, and the browser shows them as text."""
    site = check()
    page = next(page for page in site.pages if page.record)
    record = replace(page.record, values={**page.record.values, "name": "<b>A & B</b>"})  # type: ignore[type-var, union-attr]
    hostile = replace(page, record=record)
    assert_name(site, hostile, "<b>A & B</b>")


def assert_name(site: Site, page: Page, name: str) -> None:
    """Check the name of a page's entry."""
    (kind,) = (kind for kind in search.kinds(site, [page], {}, "en") if kind.entries)
    assert [entry.name for entry in kind.entries] == [name]
