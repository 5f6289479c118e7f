"""The search index: its contents, how words are ranked, and its file format."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import search
from generator.model import Catalog, Page, Record, Site
from generator.views import listing
from tests.conftest import TODAY, edit

Check = Callable[..., Site]
PATHWAY = "data/pathways/patient-care.yaml"


def entry(name: str, *other_names: str, text: str = "") -> search.Entry:
    """Return an entry to index."""
    return search.Entry(f"{name}/", name, text, other_names, text)


def places(*entries: search.Entry) -> dict[str, str]:
    """Return the postings of each word in an index of these entries."""
    index = search.index([search.Kind("All", entries)], "en")
    return dict(zip(index["terms"].split(" "), index["postings"].split("\n"), strict=True))


def texts(site: Site) -> dict[str, tuple[dict[str, str], str]]:
    """Return a text for each page that is not a record."""
    return {page.uri: ({"title": page.uri, "description": "About it."}, "## How it began\n") for page in site.pages}


def found(site: Site) -> dict[str, search.Entry]:
    """Return a site's entries by address, in index order."""
    kinds = search.kinds(site, site.pages, texts(site), "en")
    return {entry.url: entry for kind in kinds for entry in kind.entries}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Registered Nurses", ["registered", "nurses"]),
        ("29-1141.00", ["29", "1141", "00"]),
        ("nurse's aide", ["nurses", "aide"]),
        ("Enfermería y niñez", ["enfermeria", "y", "ninez"]),
        ("e‑mail_box", ["e", "mail", "box"]),  # noqa: RUF001 - a hyphen that does not break lines
        ("", []),
    ],
)
def test_text_is_cut_into_plain_words(text: str, words: list[str]) -> None:
    """Words are lowercase without accents and apostrophes; every other symbol separates them."""
    assert search.tokens(text) == words


def test_word_counts_in_its_best_class() -> None:
    """A one-word name outranks a word in a name, then one in another name, then one in the text."""
    nurse = entry("Registered Nurses", "nurse", "school nurse", text="The nurse gives medicines in a school.")
    assert places(nurse) == {
        "nurse": "0",
        "nurses": ",0",
        "registered": ",0",
        "school": ",,0",
        "gives": ",,,0",
        "medicines": ",,,0",
    }


def test_common_words_are_left_out_unless_they_are_a_name() -> None:
    """Common words such as "of" are ignored, unless one is a whole name."""
    assert set(places(entry("Port of San Diego", "It"))) == {"port", "san", "diego", "it"}


def test_pages_are_written_as_differences() -> None:
    """A word's page numbers are written as differences in base 36, by rank."""
    entries = [entry(f"Ship {i}") if i in {0, 1, 41} else entry("Boat", "ship one") for i in range(42)]
    posting = places(*entries)["ship"]
    assert posting.split(",")[1] == "0 1 14"
    assert sum(int(step, 36) for step in posting.split(",")[2].split(" ")) == 40


@given(st.integers(0, 10**9))
def test_numbers_read_back(number: int) -> None:
    """A number written in base 36 reads back as the same number."""
    assert int(search._base36(number), 36) == number


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
    monkeypatch.setattr(search, "SHARED", 2)
    site = check()
    written = dict(search.search_files(site, texts(site)))
    index = json.loads(written["search/index.json"])
    number = sum(kind["count"] for kind in index["kinds"])
    assert index["size"] == 2
    assert len(written) == 1 + (number + 1) // 2
    shown = [one for n in range((number + 1) // 2) for one in json.loads(written[f"search/{n}.json"])]
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
