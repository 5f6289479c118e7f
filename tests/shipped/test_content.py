"""The site's text is short, plain, original, and complete for every record."""

from __future__ import annotations

import re
from collections import defaultdict

import pytest
import textstat

from generator.model import Catalog, Record
from tests.conftest import ROOT

DESCRIBED = ("sectors", "pathways", "occupations", "skills", "activities")
SHORTEST, LONGEST = 60, 150
HIGHEST_GRADE = 8
SENTENCE = re.compile(r"(?<=[.!?])[\"')]*\s+(?=[\"'(]?[A-Z0-9])")
ABBREVIATIONS = re.compile(r"\b(U\.S|Mr|Ms|Dr|St|e\.g|i\.e|vs|a\.m|p\.m)\.")
#: Phrases that sound good but say nothing, and signs of generated text.
FILLER = re.compile(
    r"[—]|\b(delv(?:e|es|ing)|tapestry|testament to|realm|plethora|myriad|leverag(?:e|es|ing)|utili[sz](?:e|es|ing)|"
    r"cutting[- ]edge|state[- ]of[- ]the[- ]art|world[- ]class|seamless(?:ly)?|vibrant|bustling|crucial|pivotal|"
    r"unlock(?:s|ing)? (?:your|the)|empower(?:s|ing)?|embark(?:s|ing)?|robust|holistic|synergy|"
    r"foster(?:s|ing)? (?!care|home|parent|or |child|famil)\w+|"
    r"in today's|fast[- ]paced|ever[- ](?:changing|evolving)|dynamic (?:field|world|environment)|game[- ]changer|"
    r"passionate about|whether you're|look no further|exciting (?:career|field|world)|rewarding (?:career|field)|"
    r"not only\b.{1,60}\bbut also|it's not just|more than just|plays? a (?:key|vital) role|"
    r"lorem|ipsum|tbd|todo|fixme)\b",
    re.IGNORECASE,
)


def described(catalog: Catalog) -> list[Record]:
    """Return the records that have prose; occupations in brief have a summary only."""
    return [record for name in DESCRIBED for record in catalog[name]]


def in_full(catalog: Catalog) -> list[Record]:
    """Return the records that have a description."""
    return [record for record in described(catalog) if record["description"]]


def sentences(text: str) -> list[str]:
    """Split prose into sentences; an abbreviation does not end one."""
    plain = ABBREVIATIONS.sub(lambda match: match[0].replace(".", ""), " ".join(text.split()))
    return [sentence.strip() for sentence in SENTENCE.split(plain) if sentence.strip()]


def prose_of(record: Record) -> list[str]:
    """Return every text of a record that was written for this site."""
    texts = [record["summary"], record["description"] or ""]
    for name in (
        "home_activities",
        "class_activities",
        "at_work",
        "reflection_questions",
        "employer_prepares",
        "what_you_do",
    ):
        texts += record.values.get(name) or ()
    for name in ("kit_before", "kit_during", "kit_after", "employer_prepares"):
        texts += record.values.get(name) or ()
    return texts + [criterion["statement"] for criterion in record.values.get("criteria") or ()]


def test_summaries_are_one_sentence(catalog: Catalog) -> None:
    """A summary is one complete sentence, because cards and results show it alone."""
    odd = {r.url: r["summary"] for r in described(catalog) if len(sentences(r["summary"])) != 1}
    assert odd == {}
    assert [r.url for r in described(catalog) if not r["summary"].endswith((".", "!", "?"))] == []


def test_descriptions_have_the_right_length(catalog: Catalog) -> None:
    """A description has 60 to 150 words: enough to inform and few enough to be read."""
    lengths = {r.url: len(r["description"].split()) for r in in_full(catalog)}
    assert {url: length for url, length in lengths.items() if not SHORTEST <= length <= LONGEST} == {}


def test_descriptions_are_easy_to_read(catalog: Catalog) -> None:
    """Every description can be read in grade nine (Flesch-Kincaid)."""
    grades = {r.url: textstat.flesch_kincaid_grade(" ".join(r["description"].split())) for r in in_full(catalog)}
    assert {url: grade for url, grade in grades.items() if grade > HIGHEST_GRADE} == {}


def test_no_sentence_is_used_twice(catalog: Catalog) -> None:
    """Every record has its own text: no two of them have a sentence in common."""
    users = defaultdict(set)
    for record in described(catalog):
        for text in prose_of(record):
            for sentence in sentences(text):
                users[sentence.casefold()].add(record.url)
    assert {sentence: sorted(urls) for sentence, urls in users.items() if len(urls) > 1} == {}


def test_descriptions_start_differently(catalog: Catalog) -> None:
    """No two descriptions start with the same six words."""
    openings = defaultdict(list)
    for record in in_full(catalog):
        openings[" ".join(record["description"].casefold().split()[:6])].append(record.url)
    assert {words: urls for words, urls in openings.items() if len(urls) > 1} == {}


def test_no_turn_of_phrase_wears_out(catalog: Catalog) -> None:
    """Five words in a row occur in at most three descriptions; readers would notice a fourth."""
    users = defaultdict(set)
    for record in in_full(catalog):
        spoken = re.findall(r"[a-z']+", record["description"].casefold())
        for start in range(len(spoken) - 4):
            users[" ".join(spoken[start : start + 5])].add(record.url)
    assert {phrase: sorted(urls) for phrase, urls in users.items() if len(urls) > 3} == {}


def test_sector_summaries_start_differently(catalog: Catalog) -> None:
    """No two sector summaries, which are on one page, start with the same two words."""
    openings = [tuple(sector["summary"].split()[:2]) for sector in catalog["sectors"]]
    assert len(set(openings)) == len(openings)


def test_prose_has_no_filler(catalog: Catalog) -> None:
    """Records have no filler phrases, and no em dash joins two sentences."""
    found = {(r.url, m[0]) for r in described(catalog) for text in prose_of(r) for m in FILLER.finditer(text)}
    assert found == set()


@pytest.mark.parametrize("path", sorted((ROOT / "content").rglob("*.md*")), ids=lambda path: path.stem)
def test_pages_have_no_filler(path) -> None:
    """Handwritten pages and templates have no filler phrases either."""
    assert [match[0] for match in FILLER.finditer(path.read_text(encoding="utf-8"))] == []


def test_every_pathway_leads_somewhere(catalog: Catalog) -> None:
    """A pathway has at least one course and one occupation."""
    assert [p.id for p in catalog["pathways"] if not p.backlinks["courses"]] == []
    assert [p.id for p in catalog["pathways"] if not p.backlinks["occupations"]] == []


def test_every_sector_has_pathways_and_occupations(catalog: Catalog) -> None:
    """A sector has three to seven pathways, and its own occupations."""
    assert {s.id for s in catalog["sectors"] if not 3 <= len(s.backlinks["pathways"]) <= 7} == set()
    assert {s.id for s in catalog["sectors"] if not s.backlinks["occupations"]} == set()


def test_occupations_stay_in_their_sector(catalog: Catalog) -> None:
    """At least one pathway of an occupation in full belongs to the occupation's sector."""
    occupations = [occupation for occupation in catalog["occupations"] if occupation["description"]]
    strangers = [o.id for o in occupations if o["sector"] not in {p["sector"] for p in o["pathways"]}]
    assert strangers == []


def test_every_skill_and_activity_can_be_used(catalog: Catalog) -> None:
    """A skill has criteria and things to do; an activity has materials for before, during and after."""
    for skill in catalog["skills"]:
        assert all(len(skill[name]) >= 3 for name in ("criteria", "home_activities", "class_activities", "at_work"))
    for activity in catalog["activities"]:
        assert all(activity[name] for name in ("kit_before", "kit_during", "kit_after", "reflection_questions"))


def test_other_names_are_other_names(catalog: Catalog) -> None:
    """Other names are unique and different from the name itself."""
    for record in described(catalog):
        names = [name.casefold() for name in record.values.get("other_names") or ()]
        assert len(names) == len(set(names)), record.url
        assert record["name"].casefold() not in names, record.url


# Facts


def test_every_occupation_has_its_figures(catalog: Catalog) -> None:
    """Every occupation has wages for three areas from one survey, and a projection for the country."""
    for occupation in catalog["occupations"]:
        assert {w["area"] for w in occupation.backlinks["wages"]} == {"region", "state", "country"}, occupation.id
        assert len(occupation.backlinks["interests"]) in (0, 6), occupation.id
        outlook = {row["area"]: row for row in occupation.backlinks["outlook"]}
        assert outlook["country"]["openings_per_year"] is not None, occupation.id
    assert len({wage["vintage"] for wage in catalog["wages"]}) == 1


def test_every_occupation_leads_to_classes_or_the_closest_ones(catalog: Catalog) -> None:
    """An occupation that no pathway prepares for names the closest ones, and no occupation names both."""
    for occupation in catalog["occupations"]:
        assert bool(occupation["pathways"]) != bool(occupation["nearest_pathways"]), occupation.id


def test_every_occupation_in_full_says_what_you_do(catalog: Catalog) -> None:
    """An occupation with a description has four to six lines about the work, and tools."""
    for occupation in catalog["occupations"]:
        if occupation["description"]:
            assert 4 <= len(occupation["what_you_do"]) <= 6, occupation.id
            assert occupation["tools"], occupation.id


def test_interest_codes_follow_from_the_scores(catalog: Catalog) -> None:
    """The first letter of an interest code is the interest with the highest score."""
    for occupation in catalog["occupations"]:
        if rows := occupation.backlinks["interests"]:
            strongest = max(rows, key=lambda found: found["score"])
            assert occupation["interest_code"][0] == strongest["interest_type"]["letter"], occupation.id


#: What students type -> the occupation that fits, or the one that comes nearest.
TYPED = {
    "phlebotomist": "phlebotomists",
    "journalist": "journalists",
    "psychologist": "psychologists",
    "baker": "bakers",
    "barber": "hairdressers-and-cosmetologists",
    "flight attendant": "flight-attendants",
    "crane operator": "crane-operators",
    "makeup artist": "hairdressers-and-cosmetologists",
    "pilot": "airline-pilots",
    "FBI agent": "detectives-and-criminal-investigators",
    "game designer": "video-game-designers",
    "marine biologist": "wildlife-biologists",
    "dental assistant": "dental-assistants",
    "pharmacy tech": "pharmacy-technicians",
    "photographer": "photographers",
    "veterinarian": "veterinarians",
    "surgeon": "orthopedic-surgeons",
    "lineworker": "electrical-power-line-installers",
    "dispatcher": "public-safety-telecommunicators",
    "sailor": "sailors",
}


@pytest.mark.parametrize(("typed", "occupation"), TYPED.items())
def test_what_students_type_is_a_name_of_an_occupation(catalog: Catalog, typed: str, occupation: str) -> None:
    """Each of these words is in the name or the other names of the occupation that a student means."""
    record = catalog["occupations"][occupation]
    names = [record["name"], record["soc_title"], *record["other_names"], *(record["nearest_for"] or ())]
    assert any(typed.casefold() in name.casefold() for name in names), names


def test_percentiles_lie_in_order(catalog: Catalog) -> None:
    """A higher percentile is never lower than the one before, as far as both are published."""
    names = ("p10_usd_per_year", "p25_usd_per_year", "median_usd_per_year", "p75_usd_per_year", "p90_usd_per_year")
    rows = [[wage[name] for name in names if wage[name] is not None] for wage in catalog["wages"]]
    assert sum(len(row) == len(names) for row in rows) > len(rows) / 2
    assert [row for row in rows if row != sorted(row)] == []


def test_every_pathway_leads_to_a_program_nearby(catalog: Catalog) -> None:
    """Every pathway has a college or university program in our crosswalk."""
    lead = {
        pathway.id
        for area in catalog["program_areas"]
        if any(field.backlinks["programs"] for field in area.backlinks["fields_of_study"])
        for pathway in area["pathways"]
    }
    assert {pathway.id for pathway in catalog["pathways"]} - lead == set()


def test_sources_say_where_they_are(catalog: Catalog) -> None:
    """A source has a publisher and title; one without an address or vintage says how it was verified."""
    assert {s.id for s in catalog["sources"] if not (s["publisher"] and s["name"])} == set()
    lacking = [s for s in catalog["sources"] if not (s["official_url"] and s["vintage"])]
    assert [s.id for s in lacking if not s["how_verified"]] == []
