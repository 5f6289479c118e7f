"""What O*NET knows about an occupation: the text files of its database (or the same tables as workbooks)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from generator.figures.numbers import figure
from generator.figures.publisher_files import Column, WrongFileError, read_table
from generator.figures.readings import NewRows, Reading, Values, listed
from generator.figures.site_data import SiteData

CODE, ELEMENT, SCALE = "O*NET-SOC Code", "Element ID", "Scale ID"
RATINGS = {
    "code": Column(CODE),
    "element": Column(ELEMENT),
    "name": Column("Element Name"),
    "scale": Column(SCALE),
    "category": Column("Category", optional=True),
    "value": Column("Data Value"),
    "suppress": Column("Recommend Suppress", optional=True),
}
JOB_ZONES = {"code": Column(CODE), "job_zone": Column("Job Zone")}
RELATED = {
    "code": Column(CODE),
    "related": Column("Related O*NET-SOC Code"),
    "tier": Column("Relatedness Tier"),
    "rank": Column("Index"),
}
IMPORTANCE, LEVEL, INTEREST, HIGH_POINT = "IM", "LV", "OI", "IH"
LETTERS = "RIASEC"
SCHOOLING, SCHOOLING_SCALE = "2.D.1", "RL"
#: O*NET's twelve categories of schooling, in its order.
SCHOOLING_LEVELS = (
    "less-than-high-school high-school certificate some-college associate bachelor post-bachelor-certificate master "
    "post-master-certificate first-professional doctoral post-doctoral"
).split()
#: Only knowledge that is at least important, and of that the most important.
IMPORTANT, MOST_AREAS = 3, 5
#: Scales of work context -> their lowest and highest value.
CONTEXT = {"CX": (1, 5), "CT": (1, 3)}
#: The element whose share of regular schedules is given by category, the category, and the scale of shares.
SCHEDULES, REGULAR, PERCENT_SCALE = "4.C.3.d.4", "1", "CTP"
#: How "Read Me.txt" begins, and what the folder of a release is called: the edition, the month.
READ_ME = re.compile(r"O\*NET\S* (\d\d\.\d) Database\s+([A-Z][a-z]+ \d{4}) Release")
FOLDER = re.compile(r"db_(\d\d)_(\d)(?!\d)")


class Occupations(NamedTuple):
    """The site, and the ids of its occupations by O*NET code."""

    site: SiteData
    ids: Mapping[str, str]

    def rows(self, path: Path, columns: dict[str, Column]) -> Iterator[dict[str, str]]:
        """Yield the rows of a file about occupations of the site, with `id`."""
        for row in read_table(path, columns).rows:
            if id_ := self.ids.get(row["code"]):
                yield {**row, "id": id_}


def read(files: Sequence[Path], site: SiteData, vintage: str) -> Reading:
    """Read the files of a release for the occupations of the site; files with other content are left aside.

    Raises:
        WrongFileError: none of the files is needed, one isn't O*NET's, or the release is not known.
    """
    given = {path.stem.casefold(): path for path in files}
    known = {name: read_file for name, read_file in FILES.items() if name in given}
    if not known:
        raise WrongFileError(f"{files[0].name}: not a file that is read; give {', '.join(n.title() for n in FILES)}")
    occupations = Occupations(site, {code: ids[0] for code, ids in site.ids("occupations", "onet_soc").items()})
    tables: dict[str, list[NewRows]] = {}
    for name, read_file in known.items():
        for table in read_file(given[name], occupations):
            tables.setdefault(table.dataset, []).append(table)
    merged = tuple(_merged(ones) for ones in tables.values())
    notes = tuple(note for table in merged for note in _missing(table, occupations))
    edition, month = _release(files)
    return Reading(merged, vintage or month or _vintage(site, merged, edition), edition, notes)


def _release(files: Sequence[Path]) -> tuple[str, str]:
    """Return the number of the release, and its month if "Read Me.txt" is among the files; else ''."""
    for path in files:
        if path.stem.casefold() == "read me" and (found := READ_ME.search(path.read_text("utf-8", "replace"))):
            return found[1], found[2]
    if found := FOLDER.search(str(files[0].absolute())):
        return f"{found[1]}.{found[2]}", ""
    raise WrongFileError(f"{files[0].name}: release unknown; give Read Me.txt too, or the folder (db_30_3_text)")


def _vintage(site: SiteData, tables: Sequence[NewRows], edition: str) -> str:
    """Return the month of a release that the site has already."""
    names = {name for table in tables for name in site.resource(table.dataset).sources}
    for id_, row in site.rows("sources").items():
        if id_ in names and edition in str(row.values.get("name", "")):
            return str(row.values.get("vintage", ""))
    raise WrongFileError(f"O*NET {edition} is new here: give Read Me.txt too, or add --vintage 'May 2026' (its month)")


def _merged(tables: Sequence[NewRows]) -> NewRows:
    """Join what several files say about the records of one dataset."""
    if len(tables) == 1:
        return tables[0]
    rows: dict[str, dict[str, str]] = {}
    for row in (row for table in tables for row in table.rows):
        rows.setdefault(row["id"], {}).update(row)
    return NewRows(tables[0].dataset, tuple(rows.values()))


def _about(dataset: str, rows: Sequence[Values], ids: Iterable[str]) -> NewRows:
    """Return rows that replace all present rows of the occupations that a file is about."""
    return NewRows(dataset, tuple(rows), "occupation", frozenset(ids))


def _missing(table: NewRows, occupations: Occupations) -> tuple[str, ...]:
    have = table.about or {row["id"] for row in table.rows}
    lacking = [f"{id_} ({code})" for code, id_ in occupations.ids.items() if id_ not in have]
    return listed(f"Nothing in the files for {table.dataset}; rows stay as they are", lacking)


def _job_zones(path: Path, occupations: Occupations) -> Iterator[NewRows]:
    rows = occupations.rows(path, JOB_ZONES)
    yield NewRows("occupations", tuple({"id": r["id"], "job_zone": figure(r["job_zone"], path.name)} for r in rows))


def _interests(path: Path, occupations: Occupations) -> Iterator[NewRows]:
    scores: list[Values] = []
    codes: dict[str, str] = {}
    for row in occupations.rows(path, RATINGS):
        value = figure(row["value"], f"{path.name}: {row['code']}")
        if row["scale"] == INTEREST:
            scores.append({"occupation": row["id"], "interest_type": row["name"].casefold(), "score": value})
        elif row["scale"] == HIGH_POINT and value not in ("", "0"):
            codes[row["id"]] = codes.get(row["id"], "") + LETTERS[int(value) - 1]
    yield _about("interests", scores, (row["occupation"] for row in scores))
    yield NewRows("occupations", tuple({"id": id_, "interest_code": code} for id_, code in codes.items()))


def _rated(path: Path, occupations: Occupations) -> dict[tuple[str, str], dict[str, str]]:
    """Return importance and level by occupation and the name of what is rated."""
    rated: dict[tuple[str, str], dict[str, str]] = {}
    for row in occupations.rows(path, RATINGS):
        field = {IMPORTANCE: "importance", LEVEL: "level"}.get(row["scale"])
        if field:
            value = figure(row["value"], f"{path.name}: {row['code']}")
            rated.setdefault((row["id"], row["name"]), {})[field] = value
    return rated


def _skills(path: Path, occupations: Occupations) -> Iterator[NewRows]:
    skills = {
        str(row.values["name"]): id_
        for id_, row in occupations.site.rows("framework_skills").items()
        if str(row.values["framework"]).startswith("onet-")
    }
    rated = _rated(path, occupations)
    rows = [
        {"occupation": id_, "skill": skills[name], **values}
        for (id_, name), values in rated.items()
        if name in skills and values.get("importance")
    ]
    yield _about("occupation_skills", rows, (id_ for id_, _ in rated))


def _knowledge(path: Path, occupations: Occupations) -> Iterator[NewRows]:
    areas: dict[str, list[Values]] = {}
    for (id_, name), values in _rated(path, occupations).items():
        row = {"occupation": id_, "knowledge": name.casefold().replace(" ", "-"), **values}
        important = float(values.get("importance") or 0) >= IMPORTANT
        areas.setdefault(id_, []).extend([row] if important else [])
    ranked = (sorted(rows, key=lambda row: -float(row["importance"])) for rows in areas.values())
    yield _about("knowledge", [row for rows in ranked for row in rows[:MOST_AREAS]], areas)


def _schooling(path: Path, occupations: Occupations) -> Iterator[NewRows]:
    rows, asked = [], set()
    for row in occupations.rows(path, RATINGS):
        if (row["element"], row["scale"]) == (SCHOOLING, SCHOOLING_SCALE):
            asked.add(row["id"])
            percent = figure(row["value"], f"{path.name}: {row['code']}")
            level = SCHOOLING_LEVELS[int(row["category"]) - 1]
            if percent not in ("", "0"):
                imprecise = "true" if row.get("suppress") == "Y" else ""
                rows.append({"occupation": row["id"], "level": level, "percent": percent, "imprecise": imprecise})
    yield _about("education_mix", rows, asked)


def _work_context(path: Path, occupations: Occupations) -> Iterator[NewRows]:
    conditions = {ids: name[0] for ids, name in occupations.site.ids("work_conditions", "onet_element").items()}
    values: dict[tuple[str, str], str] = {}
    for row in occupations.rows(path, RATINGS):
        if condition := conditions.get(row["element"]):
            value = _context_value(row, f"{path.name}: {row['code']}")
            if value:
                values[row["id"], condition] = value
    rows = [{"occupation": id_, "condition": condition, "value": value} for (id_, condition), value in values.items()]
    yield _about("work_context", rows, (id_ for id_, _ in values))


def _context_value(row: Values, where: str) -> str:
    """Return a value from 0 to 100, '' if the row holds something else."""
    if row["element"] == SCHEDULES:  # its mean says little: what counts is who has no regular schedule
        if (row["scale"], row.get("category")) != (PERCENT_SCALE, REGULAR):
            return ""
        regular = figure(row["value"], where)
        return figure(str(100 - float(regular)), where, digits=0) if regular else ""
    if row["scale"] not in CONTEXT:
        return ""
    low, high = CONTEXT[row["scale"]]
    value = figure(row["value"], where)
    return figure(str((float(value) - low) / (high - low)), where, times=100, digits=0) if value else ""


def _related(path: Path, occupations: Occupations) -> Iterator[NewRows]:
    listed_rows = list(occupations.rows(path, RELATED))
    rows = [
        {"occupation": row["id"], "related": occupations.ids[row["related"]], "rank": row["rank"]}
        for row in listed_rows
        if row["tier"].startswith("Primary") and row["related"] in occupations.ids
    ]
    yield _about("related_occupations", rows, (row["id"] for row in listed_rows))


#: The name of a file, in lowercase and without its ending -> what reads it.
FILES: dict[str, Callable[[Path, Occupations], Iterator[NewRows]]] = {
    "job zones": _job_zones,
    "interests": _interests,
    "skills": _skills,
    "education, training, and experience": _schooling,
    "work context": _work_context,
    "knowledge": _knowledge,
    "related occupations": _related,
}
