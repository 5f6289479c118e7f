"""The set-up of a data folder: datapackage.yaml, region.yaml and the schemas.

These are written by maintainers, so a mistake here is a SetupError, not a Problem.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from zoneinfo import available_timezones

from generator.load.forms import check_forms
from generator.load.text import shown_path
from generator.load.yaml_file import Tree, read_tree
from generator.messages import did_you_mean
from generator.model import Field, Origin, Package, Region, Resource, Schema, SetupError

FIELD_KEYS = frozenset(
    "name type title description format example delimiter itemType itemConstraints constraints markdown translatable "
    "fields categories choices source".split()
)
SCHEMA_KEYS = frozenset("title description extends primaryKey fields foreignKeys ordered search".split())
RESOURCE_KEYS = frozenset("name sources verified_on owner sample editorial handout".split())
NUMBER_CONSTRAINTS = ("minLength", "maxLength")
REGION_NEEDS = ("site_name", "site_url", "site_description", "county", "timezone", "languages")
#: For how many days an offer holds after it was last confirmed.
DAYS_CONFIRMED = "offers_confirmed_for_days"
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z]{2})?")
#: What a region writes that has no public repository: there is no pencil, and mistakes are reported by mail.
NO_REPOSITORY = "none"
FLAGS = {"true": True, "false": False}
#: What templates get from a record itself: a field of the same name could never be shown.
RECORD_NAMES = frozenset("backlinks dataset faulty links origin row url values".split())


def read_package(root: Path) -> Package:
    """Read the set-up of a data folder.

    Raises:
        SetupError: a file of the set-up is missing or says something that cannot be.
    """
    region = _region(_tree(root / "region.yaml"))
    listing = _tree(root / "datapackage.yaml")
    entries = _mapping_of(listing).get("resources")
    if not isinstance(entries, list) or not entries:
        raise SetupError(f"{shown_path(root / 'datapackage.yaml')}: needs a list 'resources' with at least one dataset")
    places = [Origin(listing.path, *listing.locate(("resources", i))) for i in range(len(entries))]
    resources = tuple(_resource(root, entry, at, region) for entry, at in zip(entries, places, strict=True))
    _check_references(root, resources)
    about = {key: value for key, value in _mapping_of(listing).items() if key != "resources"}
    return Package(root, region, resources, about)


def _region(tree: Tree) -> Region:
    values = _mapping_of(tree)
    for name in REGION_NEEDS:
        if not values.get(name):
            raise SetupError(f"{tree.path}: '{name}' is missing")
    languages, zone = values["languages"], str(values["timezone"])
    if not isinstance(languages, list) or not all(LANGUAGE.fullmatch(str(one)) for one in languages):
        raise SetupError(f"{tree.path}: 'languages' must be a list of language codes such as [en, es]")
    if zone not in available_timezones():
        raise SetupError(f"{tree.path}: there is no time zone '{zone}'. {did_you_mean(zone, available_timezones())}")
    days = values.get(DAYS_CONFIRMED, "365")
    if not str(days).isdigit() or not int(days):
        raise SetupError(f"{tree.path}: '{DAYS_CONFIRMED}' must be a whole number of days, such as 365")
    check_forms(tree.path, values)
    origins = {key: Origin(tree.path, *tree.locate((key,))) for key in values}
    if str(values.get("repository", "")).casefold() == NO_REPOSITORY:
        values = {**values, "repository": ""}
    return Region(values, tuple(languages), zone, origins)


def _resource(root: Path, entry: Any, origin: Origin, region: Region) -> Resource:
    """Read one line of the list of datasets: a name, or a name with further keys."""
    path = root / "datapackage.yaml"
    settings = {"name": entry} if isinstance(entry, str) else dict(entry)
    _known_keys(path, settings, RESOURCE_KEYS)
    name = str(settings.get("name", ""))
    return Resource(
        name=name,
        schema=read_schema(root / "schemas" / f"{name}.yaml", name, region),
        sources=tuple(settings.get("sources", ())),
        verified_on=str(settings.get("verified_on", "")),
        owner=str(settings.get("owner", "")),
        sample=_flag(path, settings, "sample"),
        editorial=_flag(path, settings, "editorial"),
        handout=_flag(path, settings, "handout"),
        origin=origin,
    )


def read_schema(path: Path, dataset: str, region: Region) -> Schema:
    """Read a Table Schema; `extends: _record` puts the fields of that file around its own.

    A translatable field gets a sibling for every further language: name, name_es.
    """
    descriptor = _mapping(path)
    _known_keys(path, descriptor, SCHEMA_KEYS)
    entries, targets = list(descriptor.get("fields", ())), _targets(path, descriptor)
    if parent := descriptor.get("extends"):
        inherited = _mapping(path.parent / f"{parent}.yaml")
        entries = _surrounded(entries, inherited["fields"])
        targets = _targets(path, inherited) | targets
    fields: list[Field] = []
    for one in entries:
        made = _field(path, _with_choices(path, one, region), targets)
        fields.append(made)
        fields += [_translation(made, language) for language in region.languages[1:] if made.translatable]
    key = descriptor.get("primaryKey", "id")
    return Schema(
        dataset=dataset,
        path=shown_path(path),
        title=str(descriptor.get("title", dataset)),
        description=str(descriptor.get("description", "")),
        fields=tuple(fields),
        key=tuple([key] if isinstance(key, str) else key),
        ordered=tuple(tuple(chain) for chain in descriptor.get("ordered", ())),
        search=_search(path, descriptor, {f.name for f in fields}),
    )


def _surrounded(own: list[dict[str, Any]], shared: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Put the shared fields around a schema's own: id and name before them, all others after; its own win."""
    own_names = [f["name"] for f in own]
    before = [f for f in shared if f["name"] in ("id", "name") and f["name"] not in own_names]
    return before + own + [f for f in shared if f not in before and f["name"] not in own_names]


def _search(path: Path, descriptor: dict[str, Any], names: set[str]) -> tuple[str, ...]:
    """Give the fields that a record's search entry holds beside its name."""
    for name in (found := descriptor.get("search", ())):
        if name not in names:
            raise SetupError(f"{shown_path(path)}: 'search' names '{name}'. {did_you_mean(name, names)}")
    return tuple(found)


def _targets(path: Path, descriptor: dict[str, Any]) -> dict[str, str]:
    """Give field -> dataset from the schema's foreign keys."""
    targets = {}
    for key in descriptor.get("foreignKeys", ()):
        try:
            targets[str(key["fields"])] = str(key["reference"]["resource"])
        except (KeyError, TypeError):
            raise SetupError(f"{shown_path(path)}: a foreign key needs 'fields' and 'reference: resource'") from None
    return targets


def _field(path: Path, one: dict[str, Any], targets: dict[str, str], prefix: str = "") -> Field:
    """Read one field; `prefix` is the name of the group that it belongs to, with a dot."""
    _known_keys(path, one, FIELD_KEYS)
    if not prefix and one.get("name") in RECORD_NAMES:
        raise SetupError(
            f"{shown_path(path)}: a field cannot be called '{one['name']}'; records use that name themselves"
        )
    constraints = _constraints(path, one)
    labels = {str(c["value"]): str(c["label"]) for c in one.get("categories", ())}
    is_list = one.get("type") == "list"
    if labels and not is_list:
        constraints.setdefault("enum", list(labels))
    return Field(
        item=_item(path, one, labels) if is_list else None,
        choices=str(one.get("choices", "")),
        labels=labels,
        source=str(one.get("source", "")),
        name=str(one["name"]),
        type=str(one.get("type", "string")),
        title=str(one.get("title", one["name"])),
        description=str(one.get("description", "")),
        format=str(one.get("format", "")),
        example=str(one.get("example", "")),
        delimiter=str(one.get("delimiter", ";")),
        constraints=constraints,
        markdown=_flag(path, one, "markdown"),
        translatable=_flag(path, one, "translatable"),
        reference=targets.get(f"{prefix}{one['name']}", ""),
        fields=tuple(_field(path, nested, targets, f"{one['name']}.") for nested in one.get("fields", ())),
    )


def _item(path: Path, one: dict[str, Any], labels: dict[str, str]) -> Field | None:
    """Give the field that judges each item of a list, None where every text will do."""
    constraints = _constraints(path, {"name": one.get("name"), "constraints": one.get("itemConstraints")})
    if labels:
        constraints.setdefault("enum", list(labels))
    if not constraints and "itemType" not in one:
        return None
    return Field(
        name=str(one["name"]),
        type=str(one.get("itemType", "string")),
        example=str(one.get("example", "")),
        constraints=constraints,
    )


def _with_choices(path: Path, one: dict[str, Any], region: Region) -> dict[str, Any]:
    """Turn `choices: areas` into the categories that region.yaml lists under that key."""
    if "choices" not in one:
        return one
    listed = region.values.get(str(one["choices"]))
    if not isinstance(listed, list) or not all(isinstance(c, dict) and {"id", "name"} <= c.keys() for c in listed):
        raise SetupError(f"{shown_path(path)}: region.yaml has no list '{one['choices']}' of entries with id and name")
    return {**one, "categories": [{"value": c["id"], "label": c["name"]} for c in listed]}


def _constraints(path: Path, one: dict[str, Any]) -> dict[str, Any]:
    """Give a field's constraints, those that are marks or numbers with their type."""
    constraints = dict(one.get("constraints") or {})
    if "required" in constraints:
        constraints["required"] = _flag(path, constraints, "required")
    for name in NUMBER_CONSTRAINTS:
        if name in constraints:
            if not str(constraints[name]).isdigit():
                raise SetupError(f"{shown_path(path)}: '{name}' of '{one.get('name')}' must be a whole number")
            constraints[name] = int(constraints[name])
    return constraints


def _translation(field: Field, language: str) -> Field:
    """Make the sibling of a translatable field for a further language: same rules, never required."""
    return Field(
        name=f"{field.name}_{language}",
        type=field.type,
        title=f"{field.title} ({language})",
        description=f"The same in the language '{language}'; blank where it is not translated yet.",
        delimiter=field.delimiter,
        constraints={k: v for k, v in field.constraints.items() if k != "required"},
        item=field.item,
        markdown=field.markdown,
        fields=field.fields,
        labels=field.labels,
        translation_of=field.name,
    )


def _check_references(root: Path, resources: tuple[Resource, ...]) -> None:
    """Refuse schemas that refer to a dataset which is not listed."""
    names = [r.name for r in resources]
    if len(set(names)) != len(names):
        raise SetupError(f"{shown_path(root / 'datapackage.yaml')}: a dataset is listed twice")
    for resource in resources:
        for field, nested in resource.schema.references:
            target = (nested or field).reference
            if target not in names:
                hint = did_you_mean(target, names)
                raise SetupError(
                    f"{resource.schema.path}: '{field.name}' refers to '{target}', "
                    f"which datapackage.yaml does not list. {hint}"
                )


def _mapping(path: Path) -> dict[str, Any]:
    return _mapping_of(_tree(path))


def _tree(path: Path) -> Tree:
    if not path.exists():
        raise SetupError(f"{shown_path(path)}: the file is missing")
    tree, problems = read_tree(path)
    if problems and tree is None:
        raise SetupError(str(problems[0]))
    if tree is None or not isinstance(tree.value, dict):
        raise SetupError(f"{shown_path(path)}: must hold keys with values")
    return tree


def _mapping_of(tree: Tree) -> dict[str, Any]:
    """Give the keys and values of a file of the set-up; that it holds some is seen to already."""
    return tree.value if isinstance(tree.value, dict) else {}


def _flag(path: Path, entry: dict[str, Any], key: str) -> bool:
    """Read a mark that is true or false; everything else would silently be false."""
    value = str(entry.get(key, "false"))
    if value not in FLAGS:
        raise SetupError(f"{shown_path(path)}: '{key}' must be true or false, not '{value}'")
    return FLAGS[value]


def _known_keys(path: Path, entry: dict[str, Any], known: frozenset[str]) -> None:
    for key in entry:
        if key not in known:
            raise SetupError(f"{shown_path(path)}: unknown key '{key}'. {did_you_mean(key, known)}")
