"""Drafts in the shipped data: whichever record becomes a draft, the check finds it or the site builds without it."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from generator import link, load, pages, pipeline, unpublish, validate
from generator.model import Package, Record, Site, Table
from generator.pipeline import Project
from tests.conftest import PROJECT, TODAY

PACKAGE = load.read_package(PROJECT / "data")
TARGETS = sorted({(nested or field).reference for r in PACKAGE for field, nested in r.schema.references})

Loaded = tuple[Package, dict[str, Table], dict[str, tuple[Record, ...]]]


@pytest.fixture(scope="module")
def loaded() -> Loaded:
    """Return the shipped data, checked but not yet linked."""
    tables, _ = load.load(PACKAGE)
    return PACKAGE, tables, validate.validate(PACKAGE, tables)[0]


def most_used(records: dict[str, tuple[Record, ...]], dataset: str) -> str:
    """Return the ID of the dataset's record that most others refer to."""
    found: Counter[str] = Counter()
    for resource in PACKAGE:
        for field, nested in resource.schema.references:
            if (nested or field).reference == dataset:
                for record in records[resource.name]:
                    value = record.values.get(field.name)
                    items = (value or ()) if field.is_list else (value,)
                    found.update(item[nested.name] if nested else item for item in items)
    found.pop(None, None)
    return found.most_common(1)[0][0] if found else records[dataset][0].id


@pytest.mark.parametrize("dataset", TARGETS)
def test_a_draft_is_an_error_or_the_site_builds_without_it(dataset: str, loaded: Loaded) -> None:
    """Making the most used record of each dataset a draft breaks no page."""
    package, tables, records = loaded
    chosen = most_used(records, dataset)
    changed = tuple(
        replace(r, values={**r.values, "status": "draft"}) if r.id == chosen else r for r in records[dataset]
    )
    records = {**records, dataset: changed}
    unpublished, warned = unpublish.find_unpublished(package, records, TODAY)
    catalog, found = link.link(package, tables, records, unpublished)
    assert chosen not in catalog[dataset].by_id
    assert warned or found or not any(r.backlinks for r in catalog[dataset])
    if any(problem.severity == "error" for problem in found):
        assert {problem.code for problem in found if problem.severity == "error"} == {"E303"}
        return
    planned, _ = pages.plan(catalog, PROJECT / "content")
    site = Site(catalog, planned, {}, (), TODAY)
    assert sum(1 for _ in pipeline.markdown(site, Project(PROJECT))) == len(planned)
