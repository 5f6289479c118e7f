"""The records in data/sources.yaml that publishers' files belong to, and how a new release changes them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence

from generator.figures.publisher_files import WrongFileError
from generator.figures.readings import NewRows, Reading, Values
from generator.figures.site_data import SiteData
from generator.model import Raw

#: Fields of a source's record that name the release.
NAMING = ("name", "short_name", "attribution")
DATASET = "sources"


def source_of(site: SiteData, prefix: str) -> str:
    """Return the id of the first source that begins so.

    Raises:
        WrongFileError: there is no such source.
    """
    found = next((id_ for id_ in site.rows(DATASET) if id_.startswith(prefix)), "")
    if not found:
        raise WrongFileError(f"data/sources.yaml: no source '{prefix}…'; add one for the publisher's files")
    return found


def source_of_period(site: SiteData, prefix: str, years: Sequence[str]) -> str:
    """Return the id of the source whose time period has these years.

    Raises:
        WrongFileError: there is no such source.
    """
    records = {id_: row for id_, row in site.rows(DATASET).items() if id_.startswith(prefix)}
    for id_, row in records.items():
        if re.findall(r"\d{4}", str(row.values.get("vintage", ""))) == list(years):
            return id_
    known = ", ".join(records) or "none"
    raise WrongFileError(
        f"data/sources.yaml: no source '{prefix}…' has the vintage '{years[0]} to {years[1]}' (there is: {known}); "
        f"add one, such as '{prefix}-{years[0]}-{years[1][2:]}', and list it under the dataset in data/datapackage.yaml"
    )


def renewed_sources(
    site: SiteData, prefix: str, all_tables: Collection[str], reading: Reading, how_read: Values
) -> tuple[NewRows, ...]:
    """Return the new values of the sources that the tables of a reading name, if the release is another.

    Args:
        site: the present tables.
        prefix: how the ids of the publisher's sources begin.
        all_tables: the datasets that the publisher's files fill, if all are given.
        reading: what was read.
        how_read: the fields of a source that tell how its files were read.

    Raises:
        WrongFileError: a source would change for tables whose files were not given.
    """
    written = {table.dataset for table in reading.tables} if reading.vintage else set()
    rows = []
    for id_, row in site.rows(DATASET).items():
        users = {r.name for r in site.package if id_ in r.sources}
        if id_.startswith(prefix) and users & written and row.values.get("vintage") != reading.vintage:
            if left := (users - written) & set(all_tables):
                raise WrongFileError(
                    f"data/sources.yaml: {id_} would become '{reading.vintage}', but it is also the source of "
                    f"{', '.join(sorted(left))}, whose files were not given; give all files of the release"
                )
            rows.append({"id": id_, **dict(_renewed(row.values, reading)), **how_read})
    return (NewRows(DATASET, tuple(rows)),) if rows else ()


def _renewed(values: Mapping[str, Raw], reading: Reading) -> Iterator[tuple[str, str]]:
    yield "vintage", reading.vintage
    former = re.search(edition_form(reading.edition), str(values.get("name", ""))) if reading.edition else None
    if former:
        for field in NAMING:
            if text := str(values.get(field, "")):
                yield field, text.replace(former[0], reading.edition)


def edition_form(edition: str) -> str:
    """Return a pattern for the names of other editions: 29.3 for 30.0."""
    return re.sub(r"\d", r"\\d", re.escape(edition))
