"""Read the setup of a data folder: datapackage.yaml, region.yaml and the schemas.

Maintainers write these files, so a mistake in them is a SetupError, not a Problem.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from zoneinfo import available_timezones

from generator.diagnostics import did_you_mean
from generator.load.forms import check_forms
from generator.load.schema import read_schema
from generator.load.settings import flag, known_keys, mapping_of, suggestion, tree_of
from generator.load.text import shown_path
from generator.load.yaml_file import Tree
from generator.model import Origin, Package, Region, Resource, SetupError

RESOURCE_KEYS = frozenset("name sources verified_on owner editorial handout listed_with".split())
REGION_NEEDS = ("site_name", "site_url", "site_description", "county", "timezone", "languages")
#: The setting for how many days an offer stays listed after it was last confirmed.
DAYS_CONFIRMED = "offers_confirmed_for_days"
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z]{2})?")
#: The value of `repository` for a region without a public one: pages have no edit link, and mistakes are reported by
#: email.
NO_REPOSITORY = "none"


def read_package(root: Path) -> Package:
    """Read the setup of a data folder.

    Raises:
        SetupError: a setup file is missing or has a value that cannot work.
    """
    region = _region(tree_of(root / "region.yaml"))
    listing = tree_of(root / "datapackage.yaml")
    entries = mapping_of(listing).get("resources")
    if not isinstance(entries, list) or not entries:
        raise SetupError(f"{listing.path}: 'resources' must be a list of datasets; write each as '- name'")
    places = [Origin(listing.path, *listing.locate(("resources", i))) for i in range(len(entries))]
    resources = tuple(_resource(root, entry, at, region) for entry, at in zip(entries, places, strict=True))
    _check_references(root, resources)
    about = {key: value for key, value in mapping_of(listing).items() if key != "resources"}
    return Package(root, region, resources, about)


def _region(tree: Tree) -> Region:
    values = mapping_of(tree)
    for name in REGION_NEEDS:
        if not values.get(name):
            raise SetupError(f"{tree.path}: '{name}' is missing; add a line '{name}: …'")
    languages, zone = values["languages"], str(values["timezone"])
    if not isinstance(languages, list) or not all(LANGUAGE.fullmatch(str(one)) for one in languages):
        raise SetupError(f"{tree.path}: 'languages' must be a list of language codes such as [en, es]")
    if zone not in available_timezones():
        hint = did_you_mean(zone, available_timezones()) or "write it like America/Los_Angeles"
        raise SetupError(f"{tree.path}: 'timezone': '{zone}' is not a time zone; {hint}")
    days = values.get(DAYS_CONFIRMED, "365")
    if not str(days).isdigit() or not int(days):
        raise SetupError(f"{tree.path}: '{DAYS_CONFIRMED}' must be a whole number of days, such as 365")
    check_forms(tree.path, values)
    origins = {key: Origin(tree.path, *tree.locate((key,))) for key in values}
    if str(values.get("repository", "")).casefold() == NO_REPOSITORY:
        values = {**values, "repository": ""}
    return Region(values, tuple(languages), zone, origins)


def _resource(root: Path, entry: Any, origin: Origin, region: Region) -> Resource:
    """Read one entry of the list of datasets: a name, or keys with a name and other settings."""
    path = root / "datapackage.yaml"
    settings = {"name": entry} if isinstance(entry, str) else dict(entry)
    known_keys(path, settings, RESOURCE_KEYS)
    name = str(settings.get("name", ""))
    return Resource(
        name=name,
        schema=read_schema(root / "schemas" / f"{name}.yaml", name, region),
        sources=tuple(settings.get("sources", ())),
        verified_on=str(settings.get("verified_on", "")),
        owner=str(settings.get("owner", "")),
        editorial=flag(path, settings, "editorial"),
        handout=flag(path, settings, "handout"),
        listed_with=str(settings.get("listed_with", "")),
        origin=origin,
    )


def _check_references(root: Path, resources: tuple[Resource, ...]) -> None:
    """Check that each dataset is listed once, and that schemas refer to listed datasets only."""
    names = [r.name for r in resources]
    if len(set(names)) != len(names):
        raise SetupError(
            f"{shown_path(root / 'datapackage.yaml')}: a dataset is listed twice; remove one of the entries"
        )
    for resource in resources:
        if resource.listed_with and resource.listed_with not in names:
            raise SetupError(
                f"{shown_path(root / 'datapackage.yaml')}: '{resource.name}' is listed with '{resource.listed_with}', "
                f"which is not a dataset; {suggestion(resource.listed_with, names)}"
            )
        for field, nested in resource.schema.references:
            target = (nested or field).reference
            if target not in names:
                raise SetupError(
                    f"{resource.schema.path}: '{field.name}' refers to '{target}', which is not in datapackage.yaml; "
                    f"{suggestion(target, names)}"
                )
