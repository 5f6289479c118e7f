"""The county's records have no errors and are in canonical form."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import jsonschema
import pytest
import yaml

from generator import formatter, load
from generator.issue_intake import issue_forms
from generator.issue_intake.draft import Intake
from generator.model import Catalog, Resource, Site
from generator.pipeline import Project, build_site
from tests.conftest import PROJECT, ROOT
from tests.test_editor_schemas import Loader

#: If a table lost a larger share of its rows since the records were frozen, it was cut off, or needs `make freeze`.
MOST_LOST = 0.1


def test_the_data_has_no_errors(real_site: Site) -> None:
    """The check finds no errors, so the site can be published."""
    assert [str(problem) for problem in real_site.errors] == []


def test_a_source_says_when(catalog: Catalog) -> None:
    """The time period of a source has a year: of the numbers, of the document, or of the day it was read."""
    said = {source.id: source["vintage"] for source in catalog["sources"] if source["vintage"]}
    assert len(said) > 30
    assert {source: words for source, words in said.items() if not re.search(r"\b(19|20)\d\d\b", words)} == {}


def test_the_data_is_in_canonical_form(shipped: Path) -> None:
    """Every data file is as `eportal fmt` writes it, so that a diff shows only what changed."""
    for path, resource in formatter.data_files(load.read_package(shipped / "data")):
        found = formatter.formatted(path, resource)
        assert not found.problems
        assert not found.changed, f"{path}:{found.first_line} is not in canonical form; run: eportal fmt"


def test_issue_forms_are_up_to_date(real_site: Site, shipped: Path) -> None:
    """The committed forms match the schemas and the names of records: `make describe`."""
    intake = Intake.open(load.read_package(shipped / "data"), real_site.today)
    mailbox = intake.package.region["contact_email"]
    expected = {f"{form.name}.yml": issue_forms.issue_form_yaml(form, mailbox) for form in intake.forms}
    folder = ROOT / ".github" / "ISSUE_TEMPLATE"
    found = {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.yml") if path.stem != "config"}
    assert found == expected


YAML_DATASETS = [r for r in load.read_package(ROOT / "data") if not (ROOT / f"data/{r.name}.csv").exists()]


@pytest.mark.parametrize("resource", YAML_DATASETS, ids=lambda resource: resource.name)
def test_editors_mark_no_record_as_wrong(resource: Resource, shipped: Path) -> None:
    """Editors flag no file that `eportal check` accepts."""
    schema = json.loads((ROOT / f"data/schemas/json/{resource.name}.json").read_text(encoding="utf-8"))
    validator = jsonschema.Draft202012Validator(schema)
    validator.check_schema(schema)
    single = shipped / f"data/{resource.name}.yaml"
    for path in [single] if single.exists() else sorted((shipped / "data" / resource.name).glob("*.yaml")):
        found = yaml.load(path.read_text(encoding="utf-8"), Loader)  # noqa: S506 - a safe loader with fewer types
        assert [error.message for error in validator.iter_errors(found)] == [], path


def test_no_table_lost_rows(catalog: Catalog) -> None:
    """A dataset is about as long as before; one saved from a filtered spreadsheet would be shorter."""
    before = {dataset.name: len(dataset) for dataset in build_site(Project(PROJECT), date.max).catalog}
    short = {d.name: (len(d), before[d.name]) for d in catalog if len(d) < before.get(d.name, 0) * (1 - MOST_LOST)}
    assert short == {}
