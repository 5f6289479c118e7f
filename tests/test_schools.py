"""Schools: the programs found at them, where pages show them, and that drafts stay unseen."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from generator import views
from generator.model import Catalog, Record, SetupError, Site
from generator.pipeline import Project, build_site, markdown
from tests.built import Built, words
from tests.conftest import TODAY

#: Programs of earlier sources are drafts.
OLDEST = "2021"


def program(**values: Any) -> Record:
    """Return a program without a page, as far as its dates go."""
    row: Any = None
    return Record("school_programs", "x", {"document_date": None, "confirmed_on": None} | values, row)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2024-06-10", (date(2024, 6, 10), "", "", "2024")),
        ("2013-01", (None, "2013-01", "", "2013")),
        ("2015-16", (None, "", "2015-16", "2015")),
        ("2024", (None, "", "2024", "2024")),
    ],
)
def test_date_of_a_source_is_as_exact_as_the_source(catalog: Catalog, text: str, found: tuple[Any, ...]) -> None:
    """A day, a month, a school year and a year are told apart."""
    assert views.schools.source_date(catalog, program(document_date=text)) == found


def test_source_without_a_date_has_none(catalog: Catalog) -> None:
    """No date is made up for an undated page."""
    assert views.schools.source_date(catalog, program()) is None


def test_schools_of_a_pathway_are_those_of_its_programs(catalog: Catalog) -> None:
    """Each published program is found through its pathway exactly once, below its school."""
    found = [
        (pathway.id, teaching.school.id, one.id)
        for pathway in catalog["pathways"]
        for teaching in views.schools.schools_teaching(catalog, (pathway,), TODAY)
        for one in teaching.programs
    ]
    rows = [one for one in catalog["school_programs"] if one["pathway"]]
    assert sorted(found) == sorted((one["pathway"].id, one["school"].id, one.id) for one in rows)


def with_first_program(project: Path, **cells: str) -> Site:
    """Return the site of a project after changing the first program that is shown."""
    path = project / "data/school_programs.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    next(row for row in rows if row["status"] != "draft" and row["pathway"]).update(cells)
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        table.writeheader()
        table.writerows(rows)
    return build_site(Project(project), TODAY)


def test_ended_program_leaves_the_lists(real: Path, catalog: Catalog) -> None:
    """A program that has ended is at no school and in no pathway, and counts no more."""
    one = next(one for one in catalog["school_programs"] if one["pathway"])
    after = with_first_program(real, status="ended").catalog
    school, pathway = after["schools"][one["school"].id], after["pathways"][one["pathway"].id]
    assert one.id in after["school_programs"].by_id
    assert one.id not in {p.id for p in views.schools.programs_at(after, school, TODAY)}
    teaching = views.schools.schools_teaching(after, (pathway,), TODAY)
    assert one.id not in {p.id for found in teaching for p in found.programs}


def test_program_of_a_sector_alone_is_on_the_pages_of_its_pathways(catalog: Catalog, built: Built) -> None:
    """Where only the sector is known, the pages of the sector and of each of its pathways name the school."""
    sectors = {one["sector"] for one in catalog["school_programs"] if one["sector"]}
    assert sectors
    for sector in sectors:
        found = views.schools.schools_in_sector(catalog, sector, TODAY)
        for record in (sector, *sector.backlinks["pathways"]):
            items = built.pages[record.url].xpath("//details[summary[contains(., 'in this sector')]]//li")
            assert [words(item.find("a")) for item in items] == [one.school["name"] for one in found]


def test_coverage_counts_what_pages_show(catalog: Catalog, built: Built) -> None:
    """The figures on the data health page equal the pages that show a program."""
    found = views.schools.coverage(catalog, TODAY)
    schools = [s for s in catalog["schools"] if views.schools.programs_at(catalog, s, TODAY)]
    pathways = [p for p in catalog["pathways"] if views.schools.schools_teaching(catalog, (p,), TODAY)]
    assert (found.schools, found.pathways) == (len(schools), len(pathways))
    assert found.drafts == len(catalog["school_programs"].drafts)
    text = words(built.pages["data/health/"])
    assert f"{found.pathways} of {len(catalog['pathways'])} pathways have a school" in text
    assert f"{found.schools} of {len(catalog['schools'])} schools have a program we found" in text


def test_old_and_uncertain_programs_are_drafts(catalog: Catalog) -> None:
    """What was written before 2021 waits for someone to confirm it, and the figures say how much that is."""
    dataset = catalog["school_programs"]
    assert [one.id for one in dataset if (one["document_date"] or OLDEST) < OLDEST and not one["confirmed_on"]] == []
    found = views.schools.coverage(catalog, TODAY)
    assert 40 <= found.schools < found.schools_with_drafts == 72
    assert 25 <= found.pathways < found.pathways_with_drafts == 37
    assert len(dataset) + found.drafts == 171


def test_no_page_or_file_shows_a_draft(catalog: Catalog, built: Built) -> None:
    """The program of a draft is on no page of its school, and not in the open data."""
    shown = {(one.values["school"], one.values["program"]) for one in catalog["school_programs"]}
    table = (built.folder / "data/school_programs.csv").read_text(encoding="utf-8")
    for draft in catalog["school_programs"].drafts:
        school, name = draft.values["school"], draft.values["program"]
        assert (school, name) not in shown
        names = built.pages[f"schools/{school}/"].xpath("//article//li/strong/text()")
        assert name not in names, draft.id
        assert f"\n{school},{name}," not in table, draft.id
    assert "draft" not in table


def test_every_shown_program_says_where_it_was_seen(catalog: Catalog, built: Built) -> None:
    """Each program on a school's page names its source and asks the reader to ask the school."""
    for school in catalog["schools"]:
        items = built.pages[f"schools/{school.id}/"].xpath("//article//li[strong]")
        programs = views.schools.programs_at(catalog, school, TODAY)
        assert len(items) == len(programs)
        for item, one in zip(items, programs, strict=True):
            text = words(item)
            assert one["program"] in text
            assert "Confirmed by" in text if one["confirmed_on"] else "ask the school" in text
            assert one["confirmed_on"] or one["seen_in"] in text


def test_confirmed_program_says_so(real: Path, catalog: Catalog) -> None:
    """Once a school has confirmed a program, its page says who and when, and no longer where it was seen."""
    one = next(one for one in catalog["school_programs"] if one["pathway"])
    site = with_first_program(real, confirmed_on="2026-11-02")
    texts = {page.url: text for page, text in markdown(site, Project(real))}
    assert "Confirmed by the school or district on November 2, 2026." in texts[one["school"].url]
    assert "Confirmed by" not in "".join(text for url, text in texts.items() if url != one["school"].url)


def test_directory_lists_every_school_and_institution_once(catalog: Catalog, built: Built) -> None:
    """One page lists all of them with a filter, and the address of the schools' own list leads there."""
    tree = built.pages["institutions/"]
    shown = [link.split("/")[-2] for link in tree.xpath("//li[@data-id]/a/@href")]
    assert sorted(shown) == sorted(r.id for name in ("schools", "institutions") for r in catalog[name])
    assert built.redirects["schools/"] == f"{built.base}institutions/"
    values = {name: set(" ".join(tree.xpath(f"//li/@data-{name}")).split()) for name in ("pathway", "city", "district")}
    for name, found in values.items():
        assert found == set(tree.xpath(f"//fieldset[@data-facet='{name}']//input/@value")), name


def test_dataset_is_listed_with_one_that_exists(real: Path) -> None:
    """A slip in `listed_with` stops the build and says which names there are."""
    path = real / "data/datapackage.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("listed_with: institutions", "listed_with: institution"), encoding="utf-8")
    with pytest.raises(SetupError, match="'schools' is listed with 'institution', which is not a dataset"):
        build_site(Project(real), TODAY)


def test_each_pathway_has_questions_for_the_counselor(catalog: Catalog, built: Built) -> None:
    """The sheet names the pathway, asks three questions, and has room for a name, a date and answers."""
    for pathway in catalog["pathways"]:
        tree = built.pages[f"pathways/{pathway.id}/counselor/"]
        (head,) = tree.xpath("//p[@class='answers__head']")
        assert words(head) == "My name Date"
        questions = tree.xpath("//ol[@class='answers']/li")
        assert len(questions) == 3
        assert all(len(question.xpath("./span")) == 3 for question in questions)
        assert pathway["name"] in words(questions[0])


def test_pathway_without_a_school_leads_to_district_offices(catalog: Catalog, built: Built) -> None:
    """Where nothing was found, the page says so and lists the districts with high schools."""
    offices = {office.id for office in views.schools.district_offices(catalog)}
    without = [p for p in catalog["pathways"] if not views.schools.schools_teaching(catalog, (p,), TODAY)]
    assert without
    for pathway in without:
        tree = built.pages[pathway.url]
        assert "We haven’t found a school that teaches this" in words(tree)
        links = tree.xpath("//details//ul[@class='columns']//a/@href")
        assert {link.split("/")[-2] for link in links} == offices


def test_search_finds_a_school_by_its_names_city_and_district(built: Built) -> None:
    """People find a school by what they call it, by the state's name, and by where it is."""
    found = built.search["schools/bonita-vista-high-school/"]
    assert found.kind == "Schools"
    assert {"bonita", "senior", "chula", "vista", "sweetwater"} <= found.words
