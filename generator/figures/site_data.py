"""What the site already has: the region's codes, and the codes of its occupations, colleges and schools."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from generator import load
from generator.load import shown_path
from generator.model import Package, Raw, Resource, Row, SetupError, Table
from generator.validate import record_id

#: Setting -> its form, and an example for the message.
CODES = {
    "metropolitan_area_code": (r"\d{5}", 'the five digits of the metropolitan area, such as "41740"'),
    "county_fips": (r"\d{5}", 'the five digits of the county, such as "06073"'),
}


class RegionCodes(NamedTuple):
    """How publishers name the region."""

    metropolitan_area: str
    county: str

    @property
    def state(self) -> str:
        """The FIPS code of the state: the first two digits of the county's."""
        return self.county[:2]


class SiteData(NamedTuple):
    """The present tables of the site, as written."""

    package: Package
    tables: Mapping[str, Table]

    @property
    def codes(self) -> RegionCodes:
        """The region's codes in region.yaml.

        Raises:
            SetupError: one is missing or does not have its form.
        """
        return RegionCodes(*(self._code(name, *about) for name, about in CODES.items()))

    def _code(self, name: str, form: str, words: str) -> str:
        value = str(self.package.region.values.get(name, ""))
        if not re.fullmatch(form, value):
            path = shown_path(self.package.root / "region.yaml")
            raise SetupError(f"{path}: '{name}' is '{value}'; write {words}")
        return value

    def setting(self, name: str) -> str:
        """Return a setting of region.yaml, '' if there is none."""
        return str(self.package.region.values.get(name, ""))

    @property
    def county_name(self) -> str:
        """The county's name without the word County, as state departments write it."""
        return self.setting("county").removesuffix(" County")

    def resource(self, dataset: str) -> Resource:
        """Return a dataset.

        Raises:
            SetupError: it is not listed in datapackage.yaml.
        """
        found = self.package.get(dataset)
        if found is None:
            path = shown_path(self.package.root / "datapackage.yaml")
            raise SetupError(f"{path}: there is no dataset '{dataset}'; add it to the list")
        return found

    def rows(self, dataset: str) -> dict[str, Row]:
        """Return the rows of a dataset by id."""
        resource = self.resource(dataset)
        return {record_id(resource, row): row for row in self.tables[dataset].rows}

    def ids(self, dataset: str, field: str) -> dict[str, list[str]]:
        """Return the ids of records by what is written in a field; a blank field has none."""
        found: dict[str, list[str]] = {}
        for id_, row in self.rows(dataset).items():
            for value in _texts(row.values.get(field, "")):
                found.setdefault(value, []).append(id_)
        return found


def _texts(raw: Raw) -> Iterator[str]:
    if isinstance(raw, str) and raw:
        yield raw


def read_site(package: Package) -> SiteData:
    """Read the present tables."""
    return SiteData(package, load.load(package)[0])
