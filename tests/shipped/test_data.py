"""The records of the county are without errors and written as the program writes them."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import jsonschema
import pytest
import yaml

from generator import formatter, load
from generator.model import Catalog, Resource, Site
from generator.pipeline import Project, build_site
from tests.conftest import PROJECT, ROOT
from tests.test_editor_schemas import Loader

#: A table that lost more of its rows since records were frozen was cut off by mistake, or it is time to freeze anew.
MOST_LOST = 0.1


def test_the_data_has_no_errors(real_site: Site) -> None:
    """The check finds no error, so that the site can be published."""
    assert [str(problem) for problem in real_site.errors] == []


def test_the_data_is_in_canonical_form(shipped: Path) -> None:
    """Every data file is as `eportal fmt` writes it, so that a change shows what changed and nothing else."""
    for path, resource in formatter.data_files(load.read_package(shipped / "data")):
        found = formatter.formatted(path, resource)
        assert not found.problems
        assert not found.changed, f"{path}:{found.first_line} is not in canonical form; run: eportal fmt"


YAML_DATASETS = [r for r in load.read_package(ROOT / "data") if not (ROOT / f"data/{r.name}.csv").exists()]


@pytest.mark.parametrize("resource", YAML_DATASETS, ids=lambda resource: resource.name)
def test_editors_mark_no_record_as_wrong(resource: Resource, shipped: Path) -> None:
    """No file that `eportal check` accepts is marked as wrong in the editor."""
    schema = json.loads((ROOT / f"data/schemas/json/{resource.name}.json").read_text(encoding="utf-8"))
    validator = jsonschema.Draft202012Validator(schema)
    validator.check_schema(schema)
    single = shipped / f"data/{resource.name}.yaml"
    for path in [single] if single.exists() else sorted((shipped / "data" / resource.name).glob("*.yaml")):
        found = yaml.load(path.read_text(encoding="utf-8"), Loader)  # noqa: S506 - a safe loader with fewer types
        assert [error.message for error in validator.iter_errors(found)] == [], path


def test_no_table_lost_rows(catalog: Catalog) -> None:
    """A dataset is about as long as it was: a spreadsheet that was saved while filtered would be shorter."""
    before = {dataset.name: len(dataset) for dataset in build_site(Project(PROJECT), date.max).catalog}
    short = {d.name: (len(d), before[d.name]) for d in catalog if len(d) < before.get(d.name, 0) * (1 - MOST_LOST)}
    assert short == {}
