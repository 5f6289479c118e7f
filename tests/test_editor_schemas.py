"""JSON Schemas for editors match the Table Schemas: they accept good records and flag slips."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from generator import cli, editor_schemas, load
from tests.conftest import PROJECT, ROOT

PACKAGE = load.read_package(ROOT / "data")
FOLDER = ROOT / "data/schemas/json"
YAML_DATASETS = [r for r in PACKAGE if not (ROOT / f"data/{r.name}.csv").exists()]


class Loader(yaml.SafeLoader):
    """Reads YAML as editors do: by the YAML 1.2 core schema, in which dates are text and NO is not a boolean."""


Loader.yaml_implicit_resolvers = {
    first: [(tag, regexp) for tag, regexp in resolvers if not tag.endswith((":timestamp", ":bool", ":int", ":float"))]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
for tag, expression, first in (
    ("bool", r"true|false", "tf"),
    ("int", r"-?[0-9]+", "-0123456789"),
    ("float", r"-?[0-9]+\.[0-9]+", "-0123456789"),
):
    Loader.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(f"^(?:{expression})$"), list(first))


def test_the_committed_schemas_are_up_to_date() -> None:
    """The committed schemas match the Table Schemas; if not, run: eportal describe --json-schemas data/schemas/json."""
    committed = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.json")}
    assert committed == dict(editor_schemas.schema_files(PACKAGE)), (
        "run: eportal describe --json-schemas data/schemas/json"
    )


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", None), ("sectors", "health"), ("sectors", ["Health Science"]), ("area", "north-pole"),
        ("city", "x" * 61), ("partner_since_year", 1900), ("partner_since_year", "2021"), ("contact_is_role", "yes"),
        ("colour", "red"),
        ("first_listed_on", "8/17/2026"), ("status", "retired"), ("languages", ["English"]),
    ],
)  # fmt: skip
def test_slips_are_marked(field: str, value: Any) -> None:
    """The editor flags a wrong type, an unknown key or value, or a malformed date before any check runs."""
    schema = editor_schemas.dataset_schema(PACKAGE.get("employers"), one_each=True)  # type: ignore[arg-type]
    path = min((PROJECT / "data/employers").glob("*.yaml"))
    record = yaml.load(path.read_text(encoding="utf-8"), Loader)  # noqa: S506 - as above
    validator = jsonschema.Draft202012Validator(schema)
    assert validator.is_valid(record)
    assert not validator.is_valid({**record, field: value})


def test_describe_writes_them(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`eportal describe --json-schemas DIR` writes one file per dataset and removes obsolete ones."""
    folder = small / "data/schemas/json"
    folder.mkdir()
    (small / ".vscode").mkdir()
    (small / ".vscode/settings.json").write_text('{"a": 1}', encoding="utf-8")
    (folder / "gone.json").write_text("{}", encoding="utf-8")
    assert cli.run(["describe", "--json-schemas", "data/schemas/json"]) == 0
    assert "6 JSON Schemas written to data/schemas/json" in capsys.readouterr().out
    assert sorted(path.stem for path in folder.iterdir()) == [
        *("courses", "events", "pathways", "sectors", "sources", "wages")
    ]
    settings = json.loads((small / ".vscode/settings.json").read_text(encoding="utf-8"))
    assert settings["a"] == 1
    assert settings["yaml.schemas"]["./data/schemas/json/pathways.json"] == "data/pathways/*.yaml"
    assert cli.run(["check"]) == 0


def test_a_new_record_names_its_schema(small: Path) -> None:
    """The first line of a file made by `eportal new` points the editor to its schema, and `fmt` keeps it."""
    assert cli.run(["new", "pathways", "dental-care"]) == 0
    path = small / "data/pathways/dental-care.yaml"
    line = "# yaml-language-server: $schema=../schemas/json/pathways.json\n"
    assert path.read_text(encoding="utf-8").startswith(f"{line}id: dental-care\n")
    assert cli.run(["fmt"]) == 0
    assert path.read_text(encoding="utf-8").startswith(line)


def test_the_editor_settings_name_every_yaml_dataset() -> None:
    """.vscode/settings.json maps each YAML file in data/ to its schema."""
    settings = json.loads((ROOT / ".vscode/settings.json").read_text(encoding="utf-8"))["yaml.schemas"]
    assert settings == {
        f"./data/schemas/json/{r.name}.json": (
            f"data/{r.name}.yaml" if (ROOT / f"data/{r.name}.yaml").exists() else f"data/{r.name}/*.yaml"
        )
        for r in YAML_DATASETS
    }
