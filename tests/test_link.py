"""References: what they resolve to, what refers back, and how a dead one is reported."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from generator.model import Problem, Site

Check = Callable[..., Site]
CARE, COURSES = Path("data/pathways/patient-care.yaml"), Path("data/courses.csv")


def edit(path: Path, old: str, new: str) -> None:
    """Replace a text that must be there."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def codes(problems: tuple[Problem, ...]) -> list[str]:
    """Return the codes of problems."""
    return [problem.code for problem in problems]


@pytest.mark.usefixtures("small")
def test_a_reference_becomes_the_record(check: Check) -> None:
    """An ID, a list of IDs and an ID in a group resolve to records; a blank gives none."""
    catalog = check().catalog
    care = catalog["pathways"]["patient-care"]
    assert care["sector"] is catalog["sectors"]["health-science"]
    assert care["sources"] == ()
    assert care["criteria"][0]["source"] is catalog["sources"]["state-list"]
    assert [p.id for p in catalog["courses"]["7910"]["pathways"]] == ["patient-care", "public-health"]


@pytest.mark.usefixtures("small")
def test_a_record_knows_what_refers_to_it(check: Check) -> None:
    """Backlinks are grouped by dataset in file order, with an empty tuple if nothing refers back."""
    catalog = check().catalog
    care = catalog["pathways"]["patient-care"]
    assert [course.id for course in care.backlinks["courses"]] == ["7910", "7920", "7930"]
    assert [wage.id for wage in care.backlinks["wages"]] == ["patient-care--region", "patient-care--state"]
    assert catalog["sectors"]["arts-media"].backlinks["pathways"] == ()
    assert [p.id for p in catalog["sources"]["state-list"].backlinks["pathways"]] == ["patient-care"]


@pytest.mark.usefixtures("small")
def test_a_draft_is_neither_published_nor_linked(check: Check) -> None:
    """Lists omit a draft, records that require it wait, and the draft's own references are ignored."""
    edit(CARE, "sector: health-science", "sector: health-science\nstatus: draft")
    edit(CARE, "source: state-list}", "source: nothing}")
    site = check()
    assert sorted(codes(site.problems)) == ["E302", "E416"]
    assert "patient-care" not in site.catalog["pathways"].by_id
    assert [p.id for p in site.catalog["courses"]["7910"]["pathways"]] == ["public-health"]
    assert len(site.catalog["wages"]) == 0


@pytest.mark.usefixtures("small")
def test_what_waits_for_a_record_that_waits_waits_too(check: Check) -> None:
    """A draft sector holds back pathways and their wages, each with one warning."""
    edit(Path("data/sectors.yaml"), "- id: health-science\n", "- id: health-science\n  status: draft\n")
    site = check()
    waiting = [p for p in site.problems if p.code == "E416"]
    found = {(p.dataset, p.value): p.message for p in waiting}
    assert found.keys() == {("wages", "patient-care"), ("pathways", "health-science")}
    assert "1 more" in found["wages", "patient-care"]
    assert len(site.catalog["pathways"]) == len(site.catalog["wages"]) == 0
    assert [c["pathways"] for c in site.catalog["courses"]] == [(), (), ()]


@pytest.mark.usefixtures("small")
def test_a_group_without_its_draft_source_is_kept_where_the_source_is_optional(check: Check) -> None:
    """A draft source leaves the statement in place if it is optional, and removes it if required."""
    edit(Path("data/sources.yaml"), "- id: state-list\n", "- id: state-list\n  status: draft\n")
    edit(Path("data/datapackage.yaml"), "sources: [state-list], ", "")
    assert [c["source"] for c in check().catalog["pathways"]["patient-care"]["criteria"]] == [None]
    edit(Path("data/schemas/pathways.yaml"), "{name: source}", "{name: source, constraints: {required: true}}")
    assert check().catalog["pathways"]["patient-care"]["criteria"] == ()


@pytest.mark.usefixtures("small")
def test_links_never_change_once_they_are_made(check: Check) -> None:
    """Links and backlinks are read-only, even empty ones."""
    catalog = check().catalog
    for record in (catalog["pathways"]["patient-care"], catalog["events"]["open-day"]):
        for mapping in (record.links, record.backlinks):
            with pytest.raises(TypeError):
                mapping["sector"] = None  # type: ignore[index]


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("data/sectors.yaml", "- id: health-science", "id: health-science"),
        ("data/sectors.yaml", "- id: health-science\n", "- "),
        ("data/sectors.yaml", "id: health-science", "id: Health-Science"),
        ("data/sectors.yaml", "id: health-science", "id: ' health-science'"),
        ("data/pathways/patient-care.yaml", "id: patient-care", "id: Patient Care"),
        ("data/pathways/patient-care.yaml", "id: patient-care", "id: caring"),
        ("data/pathways/patient-care.yaml", "id: patient-care\n", ""),
        ("data/pathways/patient-care.yaml", "name: Patient Care", "name Patient Care"),
        ("data/sources.yaml", "id: state-list", "ids: state-list"),
    ],
)
def test_a_record_with_a_fault_of_its_own_is_not_missed(
    file: str, old: str, new: str, small: Path, check: Check
) -> None:
    """A record that cannot be read does not make references to it dead."""
    edit(small / file, old, new)
    problems = check().problems
    assert [p.origin.path for p in problems] == [file], problems


def test_other_dead_references_are_found_next_to_a_misspelled_id(small: Path, check: Check) -> None:
    """A refused ID excuses only references that could mean it."""
    edit(small / "data/sectors.yaml", "id: health-science", "id: Health Science")
    edit(small / "data/pathways/public-health.yaml", "sector: health-science", "sector: transport")
    assert codes(check().problems) == ["E301", "E207"]


@pytest.mark.usefixtures("small")
def test_a_claimed_id_is_known_despite_the_file_name(check: Check) -> None:
    """Renaming an ID and its references but not the file is reported for the file only."""
    for path in (CARE, COURSES, Path("data/wages.csv")):
        edit(path, "patient-care", "caring")
    assert codes(check().problems) == ["E402"]


@pytest.mark.usefixtures("small")
def test_a_value_that_was_refused_is_not_looked_up(check: Check) -> None:
    """One mistake is one problem: an item with a hidden character is not also a dead reference."""
    edit(COURSES, "patient-care;public-health", "patient-care;public\u200b-health")
    edit(CARE, "source: state-list}", "source: “state-list”}")
    assert codes(check().problems) == ["E502", "E115"]


def test_sources_of_a_dataset_need_a_dataset_of_sources(small: Path, check: Check) -> None:
    """The list of datasets may name sources only if there is a dataset of sources."""
    listing = small / "data/datapackage.yaml"
    edit(listing, "  - {name: pathways, sources: [state-list], verified_on: 2026-11-01}\n  - courses\n  - wages\n", "")
    edit(listing, "  - sources\n", "")
    edit(small / "data/schemas/_record.yaml", "  - {fields: sources, reference: {resource: sources, fields: id}}\n", "")
    edit(small / "data/schemas/_record.yaml", "foreignKeys:\n", "")
    for name in ("sources.yaml", "courses.csv", "wages.csv"):
        (small / "data" / name).unlink()
    for folder in ("data/pathways", "content/pathways"):
        for path in (small / folder).iterdir():
            path.unlink()
        (small / folder).rmdir()
    problems = check().problems
    assert [(p.code, p.field, p.hint) for p in problems] == [("E301", "sources", "list a dataset 'sources'")]
