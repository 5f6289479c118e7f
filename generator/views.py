"""Derived answers for templates: everything on a page that is not simply a field of a record.

A view takes the catalog and records and gives values; PUBLIC lists those that templates may call.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any, NamedTuple
from unicodedata import combining, normalize

from generator.model import Catalog, Record

AREAS = ("region", "state", "country")
LEVELS = ("introductory", "concentrator", "capstone")
HIGHEST_LISTED = 5
STRONGEST_SKILLS = 8


class Step(NamedTuple):
    """One level of a pathway's course sequence: its own courses, else those of the whole sector."""

    level: Record
    courses: tuple[Record, ...]
    of_sector: tuple[Record, ...]


def course_sequence(catalog: Catalog, pathway: Record) -> tuple[Step, ...]:
    """Give a pathway's courses by level; it starts with the courses that introduce its sector."""
    own = pathway.backlinks["courses"]
    sector_wide = [c for c in pathway["sector"].backlinks["courses"] if c["pathway"] is None]
    return tuple(
        Step(
            level=level,
            courses=tuple(c for c in own if c["level"] is level),
            of_sector=tuple(c for c in sector_wide if c["level"] is level),
        )
        for level in catalog["course_levels"]
    )


def wages_of(catalog: Catalog, occupation: Record) -> tuple[Record, ...]:
    """Give the wage rows of an occupation: region, state, country."""
    rows = occupation.backlinks["wages"]
    return tuple(sorted(rows, key=lambda w: AREAS.index(w["area"])))


def regional_wage(catalog: Catalog, occupation: Record) -> Record | None:
    """Give the region's wage row of an occupation."""
    return next((w for w in occupation.backlinks["wages"] if w["area"] == "region"), None)


def by_wage(catalog: Catalog, occupations: Iterable[Record]) -> tuple[Record, ...]:
    """Sort occupations by the region's median wage, highest first; those without one last, by name."""

    def rank(occupation: Record) -> tuple[int, str]:
        wage = regional_wage(catalog, occupation)
        return -((wage and wage["median_usd_per_year"]) or 0), occupation["name"]

    return tuple(sorted(occupations, key=rank))


def top_wages(catalog: Catalog, sector: Record) -> tuple[Record, ...]:
    """Give the sector's occupations with the highest published median in the region."""
    paid = by_wage(catalog, sector.backlinks["occupations"])
    with_median = [o for o in paid if (w := regional_wage(catalog, o)) and w["median_usd_per_year"]]
    return tuple(with_median[:HIGHEST_LISTED])


class WageRow(NamedTuple):
    """One area of the wage picture; positions are percentages of its width, None where not published."""

    wage: Record
    p10: float | None
    p25: float | None
    median: float | None
    p75: float | None
    p90: float | None
    label_y: int
    bar_y: int

    @property
    def range_width(self) -> float | None:
        """Give the width of the line from the 10th to the 90th percentile."""
        return None if self.p10 is None or self.p90 is None else round(self.p90 - self.p10, 2)

    @property
    def middle_width(self) -> float | None:
        """Give the width of the box from the 25th to the 75th percentile."""
        return None if self.p25 is None or self.p75 is None else round(self.p75 - self.p25, 2)


class Tick(NamedTuple):
    """One mark of the picture's scale."""

    usd_per_year: int
    x: float


class WagePicture(NamedTuple):
    """The geometry of the wage picture, in percent (x) and pixels (y)."""

    rows: tuple[WageRow, ...]
    ticks: tuple[Tick, ...]
    height: int
    axis_y: int


ROW_HEIGHT, LABEL_Y, BAR_Y, AXIS_HEIGHT = 62, 18, 28, 34
#: Nice steps for a scale of dollars a year.
STEPS = (20_000, 25_000, 50_000, 100_000)
MOST_TICKS = 5


def wage_picture(catalog: Catalog, occupation: Record) -> WagePicture | None:
    """Place an occupation's wages on one scale from zero; None where nothing is published."""
    wages = wages_of(catalog, occupation)
    names = ("p10", "p25", "median", "p75", "p90")
    highest = max((w[f"{n}_usd_per_year"] or 0 for w in wages for n in names), default=0)
    if not highest:
        return None
    step = next((s for s in STEPS if s * (MOST_TICKS - 1) >= highest), STEPS[-1])
    end = step * -(-highest // step)

    def x(usd: int | None) -> float | None:
        return None if usd is None else round(100 * usd / end, 2)

    rows = tuple(
        WageRow(
            wage=w,
            p10=x(w["p10_usd_per_year"]),
            p25=x(w["p25_usd_per_year"]),
            median=x(w["median_usd_per_year"]),
            p75=x(w["p75_usd_per_year"]),
            p90=x(w["p90_usd_per_year"]),
            label_y=i * ROW_HEIGHT + LABEL_Y,
            bar_y=i * ROW_HEIGHT + BAR_Y,
        )
        for i, w in enumerate(wages)
    )
    ticks = tuple(Tick(usd, round(100 * usd / end, 2)) for usd in range(0, end + 1, step))
    axis = len(rows) * ROW_HEIGHT
    return WagePicture(rows, ticks, axis + AXIS_HEIGHT, axis)


class InterestScore(NamedTuple):
    """How strongly an occupation matches an interest type; width in percent of the scale 1 to 7."""

    interest_type: Record
    score: Decimal
    width: float


def interests_of(catalog: Catalog, occupation: Record) -> tuple[InterestScore, ...]:
    """Give the interest scores of an occupation, strongest first."""
    rows = sorted(occupation.backlinks["interests"], key=lambda r: -r["score"])
    return tuple(
        InterestScore(r["interest_type"], r["score"], round((float(r["score"]) - 1) / 6 * 100, 1)) for r in rows
    )


def strongest_skills(catalog: Catalog, occupation: Record) -> tuple[Record, ...]:
    """Give the O*NET skills that matter most for an occupation, by importance."""
    rows = sorted(occupation.backlinks["occupation_skills"], key=lambda r: (-r["importance"], r["skill"]["name"]))
    return tuple(rows[:STRONGEST_SKILLS])


class EssentialSkill(NamedTuple):
    """An essential skill, its mean O*NET importance (1 to 5), and the O*NET skills behind it."""

    skill: Record
    importance: float
    through: tuple[Record, ...]


def essential_skills(catalog: Catalog, occupations: Iterable[Record]) -> tuple[EssentialSkill, ...]:
    """Rank the essential skills for occupations: mean importance of the O*NET skills in our crosswalk."""
    importance: defaultdict[str, list[Decimal]] = defaultdict(list)
    for occupation in occupations:
        for row in occupation.backlinks["occupation_skills"]:
            importance[row["skill"].id].append(row["importance"])
    mean = {skill: float(sum(found) / len(found)) for skill, found in importance.items()}
    answers = []
    for skill in catalog["skills"]:
        through = sorted((s for s in skill["crosswalk"] if s.id in mean), key=lambda s: -mean[s.id])
        if through:
            average = sum(mean[s.id] for s in through) / len(through)
            answers.append(EssentialSkill(skill, round(average, 2), tuple(through[:3])))
    return tuple(sorted(answers, key=lambda a: -a.importance))


class ProgramsAt(NamedTuple):
    """The programs of one institution, with all awards of the year."""

    institution: Record
    programs: tuple[Record, ...]
    completions: int


def programs_near(catalog: Catalog, pathway: Record) -> tuple[ProgramsAt, ...]:
    """Give where a pathway leads nearby, by our crosswalk: the county and its colleges first, most awards first."""
    found: dict[Record, list[Record]] = defaultdict(list)
    for area in pathway.backlinks["program_areas"]:
        for program in area.backlinks["programs"]:
            found[program["institution"]].append(program)
    places = [
        ProgramsAt(
            institution,
            tuple(sorted(programs, key=lambda p: (-p["completions"], p["name"]))),
            sum(p["completions"] for p in programs),
        )
        for institution, programs in found.items()
    ]

    def rank(place: ProgramsAt) -> tuple[bool, str, int]:
        return not is_in_the_county(catalog, place.institution), place.institution["kind"], -place.completions

    return tuple(sorted(places, key=rank))


def is_in_the_county(catalog: Catalog, institution: Record) -> bool:
    """Tell whether a school is in the county of this site, and not in one beside it."""
    return str(institution["county"]) == str(catalog.region["county"]).removesuffix(" County")


class PathwayAt(NamedTuple):
    """A pathway and how many programs of one institution follow on from it."""

    pathway: Record
    programs: int


def pathways_at(catalog: Catalog, institution: Record) -> tuple[PathwayAt, ...]:
    """Give the pathways that an institution's programs follow on from, most programs first."""
    count: dict[str, PathwayAt] = {}
    for program in institution.backlinks["programs"]:
        for pathway in program["program_area"]["pathways"]:
            so_far = count.get(pathway.id, PathwayAt(pathway, 0))
            count[pathway.id] = PathwayAt(pathway, so_far.programs + 1)
    return tuple(sorted(count.values(), key=lambda c: (-c.programs, c.pathway["name"])))


class Group(NamedTuple):
    """Records that share something: its key (a record or a value) and they."""

    key: Any
    records: tuple[Record, ...]


def grouped(catalog: Catalog, records: Iterable[Record], name: str) -> tuple[Group, ...]:
    """Group records by a field, in the order in which its values are listed (datasets) or occur."""
    groups: dict[Any, list[Record]] = defaultdict(list)
    for record in records:
        value = record[name]
        for one in value if isinstance(value, tuple) else (value,):
            groups[one].append(record)
    keys = list(groups)
    if keys and all(hasattr(k, "dataset") for k in keys):  # records
        order = {r.id: i for i, r in enumerate(catalog[keys[0].dataset])}
        keys.sort(key=lambda k: order[k.id])
    return tuple(Group(key, tuple(groups[key])) for key in keys)


def by_name(catalog: Catalog, records: Iterable[Record]) -> tuple[Record, ...]:
    """Sort records by name, without regard to case and accents."""

    def rank(record: Record) -> tuple[str, str]:
        name = record["name"].casefold()
        bare = "".join(c for c in normalize("NFKD", name) if not combining(c))
        return bare, name

    return tuple(sorted(records, key=rank))


def facts_about(catalog: Catalog, activity: Record, topic: str) -> tuple[Mapping[str, Any], ...]:
    """Give what is known of one topic of an activity, each with its source."""
    return tuple(fact for fact in activity["facts"] or () if fact["topic"] == topic)


def related_occupations(catalog: Catalog, occupation: Record) -> tuple[Record, ...]:
    """Give the other occupations of the same pathways, then of the same sector."""
    same_pathway = [o for p in occupation["pathways"] for o in p.backlinks["occupations"]]
    same_sector = occupation["sector"].backlinks["occupations"]
    found = dict.fromkeys([*same_pathway, *same_sector])
    found.pop(occupation, None)
    return tuple(found)[:6]


def resources_for(catalog: Catalog, record: Record) -> tuple[Record, ...]:
    """Give the public resources tied to a record."""
    return record.backlinks.get("resources", ())


def sources_for(catalog: Catalog, record: Record | str, datasets: Iterable[str] = ()) -> tuple[Record, ...]:
    """Give the sources behind a page: the record's own, else its dataset's, and those of other datasets shown."""
    found: dict[str, Record] = {}
    own = () if isinstance(record, str) else record.values.get("sources") or ()
    first = record if isinstance(record, str) else record.dataset
    known = catalog["sources"]
    ids = list(own or catalog[first].resource.sources)
    ids += [source for name in datasets for source in catalog[name].resource.sources]
    for source_id in ids:
        found[source_id] = known[source_id]
    return tuple(found.values())


def source_of(catalog: Catalog, dataset: str, field: str = "") -> Record:
    """Give the source of a field where the schema names one, else the first source of the dataset."""
    resource = catalog[dataset].resource
    found = resource.schema.field(field)
    return catalog["sources"][(found and found.source) or resource.sources[0]]


def verified_on(catalog: Catalog, record: Record | str) -> Any:
    """Give the day on which a record (else its dataset) was last compared with its source."""
    if not isinstance(record, str) and record.values.get("verified_on"):
        return record["verified_on"]
    return catalog[record if isinstance(record, str) else record.dataset].resource.verified_on


def uses_of_source(catalog: Catalog, source: Record) -> tuple[str, ...]:
    """Give the datasets that name a source."""
    return tuple(d.name for d in catalog if source.id in d.resource.sources or source.backlinks.get(d.name))


def figures(catalog: Catalog) -> dict[str, int]:
    """Count the records of every dataset: the live figures of the home page."""
    return {d.name: len(d) for d in catalog}


PUBLIC: Mapping[str, Callable[..., Any]] = {
    view.__name__: view
    for view in (
        by_name,
        by_wage,
        course_sequence,
        essential_skills,
        facts_about,
        figures,
        grouped,
        interests_of,
        is_in_the_county,
        pathways_at,
        programs_near,
        regional_wage,
        related_occupations,
        resources_for,
        source_of,
        sources_for,
        strongest_skills,
        top_wages,
        uses_of_source,
        verified_on,
        wage_picture,
        wages_of,
    )
}
