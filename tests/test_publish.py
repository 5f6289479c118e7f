"""The open data next to the pages: standard tools accept it, it leaves out private data, and it is stable."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from io import StringIO
from pathlib import Path
from typing import Any

import frictionless
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import publish, views
from generator.input_parsing import unguarded
from generator.model import Field, Resource, Schema, Site
from generator.open_data import package
from generator.open_data.cells import DELIMITERS, cell, delimiter_of, json_value, plain
from generator.open_data.tables import PRIVATE_FORMATS, Flat, published, tables
from generator.pipeline import Project, build_site
from generator.publish import facets
from tests.conftest import PROJECT, TODAY, edit, eportal

TEXT = Field("x")
#: Spreadsheets read a text that starts with one of these as a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def rows_of(content: bytes) -> list[dict[str, str]]:
    """Read a CSV file as its users do."""
    return list(csv.DictReader(content.decode().splitlines(keepends=True)))


@pytest.fixture(scope="session")
def files(real_site: Site) -> dict[str, bytes]:
    """Return all files published in addition to the real site's pages."""
    return dict(publish.published_files(real_site))


def test_stock_frictionless_accepts_the_package_of_the_built_site(site_dir: Path) -> None:
    """`frictionless validate site/data/datapackage.json` accepts every table of every dataset, including its keys."""
    report = frictionless.validate(str(site_dir / "data" / "datapackage.json"))
    assert report.flatten(["name", "rowNumber", "fieldName", "message"]) == []
    assert report.valid
    assert report.stats["tasks"] > 40


def test_frictionless_finds_a_dead_id_in_the_published_files(site_dir: Path, tmp_path: Path) -> None:
    """The package's keys are checked: the same command finds an ID that leads nowhere."""
    for path in (site_dir / "data").glob("*.csv"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    made = json.loads((site_dir / "data" / "datapackage.json").read_text(encoding="utf-8"))
    for resource in made["resources"]:
        del resource["hash"], resource["bytes"]
    (tmp_path / "datapackage.json").write_text(json.dumps(made), encoding="utf-8")
    edit(tmp_path / "offers-skills.csv", "communication", "comunication")
    found = frictionless.validate(str(tmp_path / "datapackage.json")).flatten(["type"])
    assert found == [["foreign-key"]]


def test_every_dataset_is_published_as_csv_and_json(real_site: Site, files: dict[str, bytes]) -> None:
    """Both files of a dataset have all its records in order, with all fields except email and phone."""
    for dataset in real_site.catalog:
        records = json.loads(files[f"data/{dataset.name}.json"])["records"]
        rows = rows_of(files[f"data/{dataset.name}.csv"])
        kept = published(dataset, TODAY)
        assert len(records) == len(rows) == len(kept)
        names = [f.name for f in dataset.resource.schema.fields if f.format not in PRIVATE_FORMATS]
        for record, made, row in zip(kept, records, rows, strict=True):
            assert list(made) == names
            assert all(row[key] == plain(record.values[key]) for key in dataset.resource.schema.key)
            expected = {name: record.values.get(name) for name in names}
            assert made == json.loads(json.dumps(expected, default=json_value))


def test_tables_of_lists_hold_every_reference(real_site: Site, files: dict[str, bytes]) -> None:
    """The join tables contain exactly the records' lists of IDs."""
    for dataset in real_site.catalog:
        for field in dataset.resource.schema.fields:
            path = f"data/{dataset.name}-{field.name}.csv"
            wanted = [
                (record.id, one)
                for record in dataset
                if field.is_list and field.reference
                for one in record.values.get(field.name) or ()
            ]
            if wanted:
                assert [(row["record"], row["linked"]) for row in rows_of(files[path])] == wanted


def test_no_foreign_key_is_on_a_list(files: dict[str, bytes]) -> None:
    """No foreign key is on a list, which standard frictionless does not support."""
    made = json.loads(files["data/datapackage.json"])
    keys = 0
    for resource in made["resources"]:
        types = {f["name"]: f["type"] for f in resource["schema"]["fields"]}
        for key in resource["schema"].get("foreignKeys", ()):
            keys += 1
            assert all(types[name] not in ("list", "array") for name in key["fields"])
    assert keys > 40


def test_sample_tables_say_so(real_site: Site, files: dict[str, bytes]) -> None:
    """Samples are marked in the package, in their JSON files and on the downloads page."""
    made = json.loads(files["data/datapackage.json"])
    marks = {r["name"].partition("-")[0]: r["sample"] for r in made["resources"]}
    for dataset in real_site.catalog:
        assert marks[dataset.name] is bool(dataset.samples)
        content = json.loads(files[f"data/{dataset.name}.json"])
        assert content["sample"] is bool(dataset.samples)
        assert [one["id"] for one in content["records"] if one.get("sample")] == [one.id for one in dataset.samples]
    assert made["sample"] is any(marks.values())
    assert {d.dataset: d.samples for d in views.downloads.downloads(real_site.catalog, TODAY) if d.samples} == {
        d.name: len(d.samples) for d in real_site.catalog if d.samples
    }


def test_a_column_marks_samples(real_site: Site, files: dict[str, bytes]) -> None:
    """The table of a dataset has a column that is true for invented records and blank for real ones."""
    rows = csv.DictReader(files["data/opportunities.csv"].decode().splitlines())
    samples = {record.id for record in real_site.catalog["opportunities"].samples}
    assert {row["id"]: row["sample"] for row in rows} == {
        record.id: "true" if record.id in samples else "" for record in real_site.catalog["opportunities"]
    }


@pytest.mark.parametrize("kind", sorted(PRIVATE_FORMATS))
def test_no_mailbox_or_number_is_in_the_downloads(real_site: Site, files: dict[str, bytes], kind: str) -> None:
    """Email addresses and phone numbers are on pages only, never in a download."""
    contacts = {
        str(record.values[field.name])
        for dataset in real_site.catalog
        for field in dataset.resource.schema.fields
        if field.format == kind
        for record in dataset
        if record.values.get(field.name)
    }
    assert contacts
    for path, content in files.items():
        if path.startswith("data/"):
            text = content.decode()
            assert not [one for one in contacts if one in text], path


def test_package_names_license_sources_and_sizes(real_site: Site, files: dict[str, bytes]) -> None:
    """The package has its license and date, and for each table its source and actual size."""
    made = json.loads(files["data/datapackage.json"])
    assert made["licenses"][0]["name"] == "CC-BY-4.0"
    assert made["version"] == TODAY.isoformat()
    for resource in made["resources"]:
        assert resource["bytes"] == len(files[f"data/{resource['path']}"])
        dataset = real_site.catalog[resource["name"].partition("-")[0]]
        assert len(resource.get("sources", ())) == len(dataset.resource.sources)


def test_same_data_on_the_same_day_gives_the_same_bytes(files: dict[str, bytes]) -> None:
    """No file outside the pages depends on the time or on chance."""
    assert dict(publish.published_files(build_site(Project(PROJECT), TODAY))) == files


@pytest.mark.usefixtures("small")
def test_export_writes_what_the_build_writes(small: Path) -> None:
    """An export contains the same extra files as a build."""
    built = eportal("build", "--today", TODAY.isoformat(), cwd=small)
    exported = eportal("export", "out", "--today", TODAY.isoformat(), cwd=small)
    assert built.returncode == exported.returncode == 0, built.stderr + exported.stderr
    found = list(publish.published_files(build_site(Project(Path()), TODAY)))
    assert "data/datapackage.json" in dict(found)
    for path, content in found:
        assert (small / "site" / path).read_bytes() == (small / "out" / "docs" / path).read_bytes() == content


def test_drafts_are_never_published(small: Path, check: Callable[..., Site]) -> None:
    """No file contains a draft."""
    edit(small / "data" / "pathways" / "public-health.yaml", "name:", "status: draft\nname:")
    files = dict(publish.published_files(check()))
    assert [row["id"] for row in rows_of(files["data/pathways.csv"])] == ["patient-care"]
    assert [one["id"] for one in json.loads(files["data/pathways.json"])["records"]] == ["patient-care"]


def test_story_leaves_the_downloads_when_the_consent_ends(real_site: Site) -> None:
    """A story is published through the last day of consent, and is in no file from the next day on."""
    (story, *_) = real_site.catalog["stories"]
    last = story.values["consent_ends_on"]
    for day, there in ((last, True), (last + timedelta(days=1), False)):
        files = dict(publish.published_files(replace(real_site, today=day)))
        for path in ("data/stories.csv", "data/stories.json", "data/stories-skills.csv"):
            assert (story.id.encode() in files.get(path, b"")) is there


@given(st.text())
def test_no_text_cell_begins_like_a_formula(text: str) -> None:
    """No cell starts with a character that a spreadsheet would run, and the text can be restored."""
    made = cell(TEXT, text)
    assert not made.startswith(FORMULA)
    assert unguarded(made) == text


def test_an_apostrophe_of_the_text_itself_is_kept() -> None:
    """Text with an apostrophe before a formula gets another one, so that the two are distinct."""
    assert [cell(TEXT, text) for text in ("=1", "'=1", "'t is")] == ["'=1", "''=1", "'t is"]


@given(st.lists(st.text(min_size=1), min_size=1))
def test_no_cell_of_a_list_begins_like_a_formula(items: list[str]) -> None:
    """A list whose first item looks like a formula is guarded too."""
    field = Field("x", type="list")
    assert not cell(field, tuple(items), delimiter_of([tuple(items)])).startswith(FORMULA)


@given(st.one_of(st.decimals(allow_nan=False, allow_infinity=False), st.integers()))
def test_typed_numbers_stay_numbers(value: Decimal | int) -> None:
    """-1.3 is a number without an apostrophe, and keeps its digits."""
    made = cell(Field("x", type="number"), value)
    assert Decimal(made) == value
    assert not made.startswith("'")


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (None, ""),
        (True, "true"),
        (False, "false"),
        (date(2027, 2, 14), "2027-02-14"),
        (datetime(2027, 2, 11, 15, 30), "2027-02-11T15:30"),  # noqa: DTZ001 - on the clock of the event's zone
        (Decimal("-1.30"), "-1.30"),
        (Decimal("1E+3"), "1000"),
        ("Bahía", "Bahía"),
    ],
)
def test_values_are_written_plainly(value: Any, written: str) -> None:
    """Blanks, booleans, days, times and numbers have one format each."""
    assert plain(value) == written


@given(st.lists(st.lists(st.sampled_from(["a", "b;c", "d|e", "f¦g"]), min_size=1).map(tuple)))
def test_items_of_a_list_come_back(lists: list[tuple[str, ...]]) -> None:
    """The separator is in none of the items, so splitting restores the list."""
    sign = delimiter_of(list(lists))
    assert sign in DELIMITERS
    for items in lists:
        assert tuple(cell(Field("x", type="list"), items, sign).split(sign)) == items


def test_hostile_text_keeps_the_package_valid(small: Path, check: Callable[..., Site], tmp_path: Path) -> None:
    """Formulas, quotes, semicolons and line breaks in the data keep the tables and their schema valid."""
    hostile = '=HYPERLINK("https://evil.example"); "x", y'
    edit(small / "data" / "sectors.yaml", "name: ", f"name: '{hostile}'\n  # ")
    site = check()
    assert not site.errors
    folder = tmp_path / "out"
    for path, content in publish.published_files(site):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    report = frictionless.validate(str(folder / "data" / "datapackage.json"))
    assert report.flatten(["name", "fieldName", "message"]) == []
    assert f"'{hostile}" in {row["name"] for row in rows_of((folder / "data" / "sectors.csv").read_bytes())}


CELLS = st.text(st.sampled_from("ab é,;'\"\r\n"), max_size=5)


@given(
    st.integers(1, 3).flatmap(lambda width: st.lists(st.tuples(*[CELLS] * width), max_size=6).map(lambda r: (width, r)))
)
def test_tables_are_written_as_the_csv_module_writes_them(given_: tuple[int, list[tuple[str, ...]]]) -> None:
    """Quotation marks, doubled marks, line endings and empty cells give the same bytes as the csv module."""
    width, rows = given_
    fields = tuple(Field(name) for name in ("a", "b,", 'c"')[:width])
    columns = tuple([row[i] for row in rows] for i in range(width))
    table = Flat(Resource("t", Schema("t", "t.yaml", "T", "", fields)), "", fields, columns, ("a",), (), {})
    written = StringIO(newline="")
    csv.writer(written).writerows([[f.name for f in fields], *rows])
    assert package.as_csv(table) == written.getvalue().encode()


def test_limits_that_an_apostrophe_would_break_are_left_out() -> None:
    """A column with guarded text declares no pattern, while limits of numbers stay numbers."""
    code = Field("code", constraints={"pattern": "[+][0-9]+", "required": True})
    low = Field("low", type="integer", constraints={"minimum": "-5", "unique": "true"})
    resource = Resource("t", Schema("t", "t.yaml", "T", "", (code, low)))
    flat = next(iter(tables(_catalog_of(resource, {"code": "+1", "low": -3}), TODAY)))
    fields = package._schema(flat)["fields"]
    assert flat.columns == (["'+1"], ["-3"])
    assert fields[0]["constraints"] == {"required": True}
    assert fields[1]["constraints"] == {"minimum": -5, "unique": True}


def _catalog_of(resource: Resource, values: dict[str, Any]) -> Any:
    from generator.model import Catalog, Dataset, Package, Record, Region, Row

    record = Record(resource.name, "r", values, Row("t.csv", {}, lambda *_: (1, 1)))
    region = Region({}, ("en",), "America/Los_Angeles")
    dataset = Dataset(replace(resource, schema=replace(resource.schema, key=("code",))), (record,), {})
    return Catalog(Package(Path(), region, (resource,)), {resource.name: dataset})


def test_dictionary_names_every_public_column(real_site: Site) -> None:
    """The page lists each field in the downloads, with groups under their list."""
    for dataset in real_site.catalog:
        names = {column.name for column in views.downloads.columns(real_site.catalog, dataset.name)}
        shown = {f.name for f in dataset.resource.schema.fields if f.format not in PRIVATE_FORMATS}
        assert shown <= names
    facts = {column.name: column for column in views.downloads.columns(real_site.catalog, "activities")}
    assert facts["facts.source"].of == "sources"
    assert facts["facts.source"].kind == "id"


def test_facets_of_offers_are_those_of_the_open_ones(real_site: Site, files: dict[str, bytes]) -> None:
    """The filter of /offers/ gets each open offer's facets as on its card, and its next available day."""
    catalog = real_site.catalog
    found: dict[str, dict[str, str]] = json.loads(files["offers/facets.json"])
    is_open = views.listing.listed(catalog, catalog["offers"], TODAY)
    assert list(found) == [offer.id for offer in is_open]
    for offer in is_open:
        day = views.availability.next_day(catalog, offer, TODAY)
        assert found[offer.id].pop("next", None) == (day and day.isoformat())
        assert found[offer.id] == dict(views.card_facets.card_facets(catalog, offer))


def test_without_the_page_of_offers_there_are_no_facets(real_site: Site) -> None:
    """A site without /offers/ publishes no facets."""
    others = tuple(page for page in real_site.pages if page.url != "offers/")
    assert "offers/facets.json" not in dict(facets.facet_files(replace(real_site, pages=others)))


def test_facets_of_occupations_hold_every_word_they_are_found_by(real_site: Site, files: dict[str, bytes]) -> None:
    """The filter of /occupations/ gets each occupation's facets and the words of its other names and title."""
    found: dict[str, dict[str, str]] = json.loads(files["occupations/facets.json"])
    occupations = real_site.catalog["occupations"]
    assert list(found) == [occupation.id for occupation in occupations]
    for occupation in occupations:
        facts = found[occupation.id]
        assert facts["pathways"].split() == [pathway.id for pathway in occupation["pathways"]]
        words = f"{occupation['name']} {facts['words']}".casefold()
        assert all(word in words for word in occupation["soc_title"].casefold().split())


def test_the_list_of_occupations_names_what_it_links_to(real_site: Site, files: dict[str, bytes]) -> None:
    """The match and the comparison get every occupation with its pay, education, and named links."""
    found = json.loads(files["occupations/list.json"])
    occupations = real_site.catalog["occupations"]
    assert sorted(row["id"] for row in found["rows"]) == sorted(occupation.id for occupation in occupations)
    for row in found["rows"]:
        wage = views.wages.regional_wage(real_site.catalog, occupations[row["id"]])
        assert row.get("pay", "no row") == (wage["median_usd_per_year"] if wage else "no row")
        assert {*row.get("pathways", ()), *row.get("skills", ()), *row.get("places", ())} <= set(found["names"])
