"""Views: each one with the real data, and with cases that the real data does not have."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from inspect import signature
from itertools import pairwise
from pkgutil import iter_modules
from typing import Any

import pytest

from generator import views
from generator.model import Catalog, Record, SetupError
from generator.views import registry
from tests.conftest import TODAY


def without(record: Record, **backlinks: tuple[Record, ...]) -> Record:
    """Return a record with different records referring to it."""
    return replace(record, backlinks=record.backlinks | backlinks)


def ids(records: Any) -> list[str]:
    """Return the IDs of records, in order."""
    return [record.id for record in records]


def nurse(catalog: Catalog) -> Record:
    """Return an occupation with complete data."""
    return catalog["occupations"]["registered-nurses"]


def test_course_sequence_has_three_levels(catalog: Catalog) -> None:
    """A pathway's courses come as introductory, concentrator and capstone, each course once."""
    steps = views.pathways.course_sequence(catalog, catalog["pathways"]["patient-care"])
    assert tuple(step.level.id for step in steps) == views.pathways.LEVELS
    assert [course["name"] for course in steps[0].courses] == ["Introduction to Patient Care"]
    assert all(step.courses for step in steps)


def test_course_sequence_begins_with_the_sector(catalog: Catalog) -> None:
    """Every pathway starts with a course, either its own introduction or its sector's."""
    own = 0
    for pathway in catalog["pathways"]:
        first = views.pathways.course_sequence(catalog, pathway)[0]
        assert first.courses or first.of_sector, pathway.id
        assert all(course["pathway"] is None for course in first.of_sector)
        assert all(course["sector"] is pathway["sector"] for course in first.of_sector)
        own += bool(first.courses)
    assert own == 58 - 23


def test_one_pathway_has_no_capstone(catalog: Catalog) -> None:
    """The one pathway without a capstone in the state list shows none."""
    last = {p.id: views.pathways.course_sequence(catalog, p)[-1] for p in catalog["pathways"]}
    missing = [pathway for pathway, step in last.items() if not step.courses]
    assert missing == ["consumer-services"]
    assert all(step.of_sector == () for step in last.values())


def test_every_course_is_in_a_sequence(catalog: Catalog) -> None:
    """Every course in the state list belongs to a pathway's sequence or its sector's."""
    steps = [step for p in catalog["pathways"] for step in views.pathways.course_sequence(catalog, p)]
    shown = {course.id for step in steps for course in (*step.courses, *step.of_sector)}
    assert shown == set(ids(catalog["courses"]))
    assert len(shown) == 209


def test_wages_go_from_near_to_far(catalog: Catalog) -> None:
    """An occupation's wages are listed for the region, the state and the nation, in this order."""
    for occupation in catalog["occupations"]:
        assert [wage["area"] for wage in views.wages.wages_of(catalog, occupation)] == list(views.wages.AREAS)
        wage = views.wages.regional_wage(catalog, occupation)
        assert wage is not None
        assert wage["area"] == "region"


def test_no_wages_give_no_regional_wage(catalog: Catalog) -> None:
    """An occupation without wage rows has no regional wage and no chart."""
    bare = without(nurse(catalog), wages=())
    assert views.wages.regional_wage(catalog, bare) is None
    assert views.wages.wages_of(catalog, bare) == ()
    assert views.wages.pay_rows(catalog, bare) == ()


def test_by_wage_puts_unpublished_last(catalog: Catalog) -> None:
    """Occupations are sorted by the region's median, highest first, then by name if they have none."""
    ranked = views.wages.by_wage(catalog, catalog["occupations"])
    medians = [wage["median_usd_per_year"] for o in ranked if (wage := views.wages.regional_wage(catalog, o))]
    published = [median for median in medians if median]
    assert published == sorted(published, reverse=True)
    assert len(published) < len(medians)
    assert not any(medians[len(published) :])
    names = [o["name"] for o in ranked[len(published) :]]
    assert names == sorted(names)
    assert len(ranked) == len(catalog["occupations"])


def test_pay_rows_share_one_scale(catalog: Catalog) -> None:
    """Positions are proportional to the pay, on a scale from zero to the highest pay of all areas."""
    for occupation in catalog["occupations"]:
        rows = views.wages.pay_rows(catalog, occupation)
        ends = [row.wage["p90_usd_per_year"] or row.wage["median_usd_per_year"] for row in rows]
        for row in rows:
            assert row.middle == pytest.approx(100 * row.wage["median_usd_per_year"] / max(ends), abs=0.1), (
                occupation.id
            )
            places = [place for place in (row.low, row.middle, row.high) if place is not None]
            assert places == sorted(places)
            assert 0 <= places[0] <= places[-1] <= 100
        assert len(rows) == sum(bool(w["median_usd_per_year"]) for w in occupation.backlinks["wages"])


def test_pay_bars_keep_their_order_and_share_one_scale(catalog: Catalog) -> None:
    """The bars of a sector follow the order given; the longest ends at the end of the scale."""
    occupations = views.wages.by_jobs(catalog, catalog["sectors"]["transportation"].backlinks["occupations"])
    found = views.wages.pay_bars(catalog, occupations)
    assert tuple(bar.occupation for bar in found) == occupations
    assert max(place for bar in found for place in (bar.low, bar.middle, bar.high) if place is not None) == 100
    jobs = [(wage and wage["employment_jobs"]) or 0 for wage in (bar.wage for bar in found)]
    assert jobs == sorted(jobs, reverse=True)
    assert views.wages.jobs_in(catalog, occupations) == sum(jobs)


def test_pay_rows_leave_gaps_open(catalog: Catalog) -> None:
    """Unpublished values have no position, and the bar between them has no width."""
    bare = nurse(catalog)
    wages = tuple(replace(wage, values={**wage.values, "p90_usd_per_year": None}) for wage in bare.backlinks["wages"])
    for row in views.wages.pay_rows(catalog, without(bare, wages=wages)):
        assert (row.high, row.width) == (None, None)
        assert row.middle is not None


def test_interests_are_strongest_first(catalog: Catalog) -> None:
    """All six interests are listed, strongest first, in agreement with the code."""
    for occupation in catalog["occupations"]:
        found = views.occupations.interests_of(catalog, occupation)
        scores = [one.score for one in found]
        assert len(found) == (6 if occupation.backlinks["interests"] else 0)
        assert scores == sorted(scores, reverse=True)
        assert all(0 <= one.width <= 100 for one in found)
    first = views.occupations.interests_of(catalog, nurse(catalog))[0]
    assert first.interest_type["name"] == "Social"
    assert nurse(catalog)["interest_code"].startswith("S")


def test_strongest_skills_are_few_and_in_order(catalog: Catalog) -> None:
    """At most eight O*NET skills are shown, the most important first."""
    for occupation in catalog["occupations"]:
        found = views.occupations.strongest_skills(catalog, occupation)
        importances = [row["importance"] for row in found]
        assert len(found) <= views.occupations.STRONGEST_SKILLS
        assert importances == sorted(importances, reverse=True)
        rest = set(occupation.backlinks["occupation_skills"]) - set(found)
        assert all(row["importance"] <= importances[-1] for row in rest)


def test_essential_skills_are_means_of_onet_skills(catalog: Catalog) -> None:
    """An essential skill's importance is the mean of its O*NET skills in our crosswalk."""
    importance = {row["skill"].id: float(row["importance"]) for row in nurse(catalog).backlinks["occupation_skills"]}
    found = views.occupations.essential_skills(catalog, [nurse(catalog)])
    assert [one.importance for one in found] == sorted((one.importance for one in found), reverse=True)
    for one in found:
        counted = [importance[s.id] for s in one.skill["crosswalk"] if s.id in importance]
        assert one.importance == pytest.approx(sum(counted) / len(counted), abs=0.01)
        assert 1 <= len(one.through) <= 3
        assert importance[one.through[0].id] == max(counted)


def test_no_scores_give_no_essential_skills(catalog: Catalog) -> None:
    """Without scores, no essential skills are ranked."""
    assert views.occupations.essential_skills(catalog, []) == ()
    assert views.occupations.essential_skills(catalog, [without(nurse(catalog), occupation_skills=())]) == ()


def test_programs_near_follow_the_crosswalk(catalog: Catalog) -> None:
    """The programs are exactly those in areas mapped to the pathway, each once, by institution."""
    for pathway in catalog["pathways"]:
        places = views.pathways.programs_near(catalog, pathway)
        shown = [program.id for place in places for program in place.programs]
        mapped = {
            program.id
            for area in pathway.backlinks["program_areas"]
            for field in area.backlinks["fields_of_study"]
            for program in field.backlinks["programs"]
        }
        assert len(shown) == len(set(shown))
        assert set(shown) == mapped
        for place in places:
            assert all(program["institution"] is place.institution for program in place.programs)
            assert place.completions == sum(program["completions"] for program in place.programs)


def test_programs_near_begin_at_home(catalog: Catalog) -> None:
    """The county comes before its neighbors, colleges before universities, and more awards before fewer."""
    places = views.pathways.programs_near(catalog, catalog["pathways"]["patient-care"])
    order = [(p.institution["county"] != "San Diego", p.institution["kind"], -p.completions) for p in places]
    assert order == sorted(order)
    assert order[0][:2] == (False, "community-college")
    assert order[-1][0]
    for place in places:
        awards = [program["completions"] for program in place.programs]
        assert awards == sorted(awards, reverse=True)


def test_pathways_at_mirror_programs_near(catalog: Catalog) -> None:
    """An institution lists a pathway exactly if the pathway lists the institution, with as many programs."""
    there = {
        (i.id, p.pathway.id): p.programs
        for i in catalog["institutions"]
        for p in views.pathways.pathways_at(catalog, i)
    }
    here = {
        (place.institution.id, pathway.id): place.distinct
        for pathway in catalog["pathways"]
        for place in views.pathways.programs_near(catalog, pathway)
    }
    assert there
    assert there == here


def test_program_is_one_at_all_its_award_levels(catalog: Catalog) -> None:
    """A program with three award levels counts once, and what is outside the county counts apart."""
    rows = list(catalog["programs"])
    counts = views.pathways.program_counts(catalog)
    assert counts.everywhere == len({(row["institution"].id, row["cip_code"].id) for row in rows}) < len(rows)
    neighbors = [row for row in rows if row["institution"]["county"] != "San Diego"]
    assert counts.in_county == counts.everywhere - views.pathways.program_count(catalog, neighbors) < counts.everywhere
    assert counts.institutions_in_county < len(catalog["institutions"])
    for pathway in catalog["pathways"]:
        for place in views.pathways.programs_near(catalog, pathway):
            assert place.distinct == len({program["cip_code"].id for program in place.programs})


def test_pathways_at_begin_with_most_programs(catalog: Catalog) -> None:
    """The pathway that most programs continue comes first."""
    for institution in catalog["institutions"]:
        counts = [found.programs for found in views.pathways.pathways_at(catalog, institution)]
        assert counts == sorted(counts, reverse=True)


def test_grouped_keeps_every_record_and_the_order_of_keys(catalog: Catalog) -> None:
    """Groups follow the order of the dataset they refer to and include every record."""
    groups = views.records.grouped(catalog, reversed(tuple(catalog["pathways"])), "sector")
    assert ids(group.key for group in groups) == ids(catalog["sectors"])
    assert {pathway.id for group in groups for pathway in group.records} == set(ids(catalog["pathways"]))


def test_grouped_by_a_list_repeats_the_record(catalog: Catalog) -> None:
    """A record with several values is in several groups."""
    groups = views.records.grouped(
        catalog, [nurse(catalog), catalog["occupations"]["software-developers"]], "other_names"
    )
    assert {group.key for group in groups} > {"RN", "nurse"}
    assert views.records.grouped(catalog, [], "sector") == ()


def test_by_name_ignores_case(catalog: Catalog) -> None:
    """A lowercase name does not sort after Z."""
    first, second, third = list(catalog["sectors"])[:3]
    named = [
        replace(record, values=dict(record.values) | {"name": name})
        for record, name in ((first, "Zoo"), (second, "art"), (third, "Bee"))
    ]
    assert [r["name"] for r in views.records.by_name(catalog, named)] == ["art", "Bee", "Zoo"]


def test_facts_about_a_topic(catalog: Catalog) -> None:
    """Only facts about the topic are returned, and none for an activity without facts."""
    internship = catalog["activities"]["internship"]
    topics = {fact["topic"] for fact in internship["facts"]}
    for topic in topics:
        found = views.activities.facts_about(catalog, internship, topic)
        assert found
        assert {fact["topic"] for fact in found} == {topic}
    bare = replace(internship, values=dict(internship.values) | {"facts": None}, links=dict(internship.links))
    bare.links.pop("facts", None)
    assert views.activities.facts_about(catalog, bare, "documents") == ()


def test_related_occupations_are_those_of_onet(catalog: Catalog) -> None:
    """Related occupations are the ones in O*NET's list, closest first, and never the occupation itself."""
    listed = {(row["occupation"].id, row["related"].id): row["rank"] for row in catalog["related_occupations"]}
    for occupation in catalog["occupations"]:
        found = views.occupations.related_occupations(catalog, occupation)
        ranks = [listed[occupation.id, other.id] for other in found]
        assert occupation not in found
        assert ranks == sorted(ranks)
    assert views.occupations.related_occupations(catalog, nurse(catalog))


def test_only_pathways_that_prepare_for_an_occupation_list_it(catalog: Catalog) -> None:
    """A pathway that merely comes closest does not claim to lead to the occupation."""
    pathway = catalog["pathways"]["patient-care"]
    near = [o for o in pathway.backlinks["occupations"] if pathway not in o["pathways"]]
    shown = views.occupations.occupations_of(catalog, pathway)
    assert set(shown).isdisjoint(near)
    assert all(pathway in occupation["pathways"] for occupation in shown)


def test_a_nurse_has_two_college_routes_here(catalog: Catalog) -> None:
    """The associate and the bachelor's route are both shown, with the awards earned in the county."""
    programs = views.ways_in.programs_for(catalog, nurse(catalog))
    awards = {award.level: award.awards for award in views.ways_in.awards_here(catalog, programs)}
    assert (awards["associate"], awards["bachelor"]) == (329, 494)
    places = views.ways_in.places_for(catalog, programs)
    assert sum(place.awards for place in places) == sum(awards.values())
    assert all(views.pathways.is_in_the_county(catalog, place.institution) for place in places)


def test_programs_follow_the_official_crosswalk(catalog: Catalog) -> None:
    """Every program shown for an occupation is in a field of study that the crosswalk links to it."""
    links = {(row["cip_code"].id, row["occupation"].id) for row in catalog["program_occupations"]}
    for occupation in catalog["occupations"]:
        for program in views.ways_in.programs_for(catalog, occupation):
            assert (program["cip_code"].id, occupation.id) in links


def test_growth_in_the_county_comes_from_one_period_only(catalog: Catalog) -> None:
    """Periods that began in a pandemic year, or that use older job definitions, show openings and no growth."""
    rows = [row for row in catalog["outlook"] if row["area"] == "region"]
    assert {row["period"] for row in rows if row["growth_percent"] is not None} == {"2023–33"}
    assert {row["period"] for row in rows} > {"2023–33"}


def test_workplace_words_follow_the_value(catalog: Catalog) -> None:
    """A condition has a line only if its value reaches one of the limits in work_conditions."""
    for occupation in catalog["occupations"]:
        values = {row["condition"].id: row["value"] for row in occupation.backlinks["work_context"]}
        for condition, words in views.outlook.workplace_of(catalog, occupation):
            assert condition[words]
            if words == "seldom":
                assert values[condition.id] <= condition["seldom_to"]
            else:
                assert values[condition.id] >= condition[f"{words}_from"]


def test_resources_for_a_record(catalog: Catalog) -> None:
    """Resources linked to a record are returned, and none for a dataset that has no links to resources."""
    tied = next(resource for resource in catalog["resources"] if resource["skills"])
    assert tied in views.records.resources_for(catalog, tied["skills"][0])
    assert views.records.resources_for(catalog, catalog["sources"]["bls-oews-2025"]) == ()


def test_sources_of_a_record_its_dataset_and_others(catalog: Catalog) -> None:
    """A page's sources are the record's own or its dataset's, then those of other data shown, each once."""
    assert ids(views.sources.sources_for(catalog, nurse(catalog))) == ["onet-29-3", "bls-ep-2024-34"]
    assert ids(views.sources.sources_for(catalog, "pathways")) == ["calpads-vcc-12"]
    named = ids(views.sources.sources_for(catalog, nurse(catalog), ["wages", "interests"]))
    assert named == ["onet-29-3", "bls-ep-2024-34", "bls-oews-2025"]
    district = catalog["institutions"]["alpine-union-elementary-district"]
    assert ids(views.sources.sources_for(catalog, district)) == list(district.values["sources"])


def test_verified_on_falls_back_to_the_dataset(catalog: Catalog) -> None:
    """A record's own date precedes its dataset's, and a dataset has one too."""
    assert str(views.sources.verified_on(catalog, nurse(catalog))) == catalog["occupations"].resource.verified_on
    own = replace(nurse(catalog), values=dict(nurse(catalog).values) | {"verified_on": "2026-01-02"})
    assert views.sources.verified_on(catalog, own) == "2026-01-02"
    assert str(views.sources.verified_on(catalog, "pathways")) == catalog["pathways"].resource.verified_on


def test_every_source_is_of_use(catalog: Catalog) -> None:
    """Every source is used by a dataset."""
    used = {source.id: views.sources.uses_of_source(catalog, source) for source in catalog["sources"]}
    assert used["bls-oews-2025"] == ("wages",)
    assert "institutions" in used["cde-pubdistricts"]
    assert {name for names in used.values() for name in names} <= set(catalog.datasets)


def test_figures_count_every_dataset(catalog: Catalog) -> None:
    """The figures on the home page are the numbers of records."""
    figures = views.records.figures(catalog)
    assert (figures["sectors"], figures["pathways"], figures["occupations"]) == (15, 58, len(catalog["occupations"]))
    assert list(figures) == list(catalog.datasets)


@pytest.mark.parametrize("view", views.PUBLIC.values(), ids=lambda view: view.__name__)
def test_public_views_are_documented_and_take_the_catalog(view: Callable[..., Any]) -> None:
    """A view that templates may call has a docstring, and its first parameter is the catalog."""
    assert view.__doc__
    assert next(iter(signature(view).parameters)) == "catalog"
    assert not hasattr(view, "cache_info"), "what a page reads of a kept answer would not be noted"


def test_every_module_of_views_is_gathered() -> None:
    """Every module of views is imported, so that templates find its views."""
    names = {name for _, name, _ in iter_modules(views.__path__)}
    assert names - {"linked_things", "registry"} <= set(views.__all__)
    assert {view.__module__.rpartition(".")[2] for view in views.PUBLIC.values()} == set(views.__all__) - {"PUBLIC"}


def test_two_views_cannot_have_one_name(monkeypatch: pytest.MonkeyPatch) -> None:
    """A second view with the same name raises an error that names both modules."""
    monkeypatch.setattr(registry, "PUBLIC", {})

    def near() -> None:
        """Pretend to be a view."""

    assert registry.view(near) is near
    assert {"near": near} == registry.PUBLIC
    with pytest.raises(SetupError, match="the view 'near' already exists"):
        registry.view(near)


def test_essential_skills_of_several_occupations_are_means(catalog: Catalog) -> None:
    """An O*NET skill counts with its mean over several occupations, so the result stays within the scale."""
    pair = [nurse(catalog), catalog["occupations"]["software-developers"]]
    for one in views.occupations.essential_skills(catalog, pair):
        alone = [found.importance for o in pair for found in views.occupations.essential_skills(catalog, [o])]
        assert min(alone) - 0.01 <= one.importance <= max(alone) + 0.01
        assert 1 <= one.importance <= 5


def test_by_schooling_goes_up_and_counts_each_occupation_once(catalog: Catalog) -> None:
    """Every occupation with a published entry education is listed once, in levels from lowest to highest."""
    rows = views.schooling.by_schooling(catalog)
    field = catalog["occupations"].resource.schema.field("entry_education")
    assert field is not None
    assert [row.level for row in rows] == [level for level in field.labels if level in {row.level for row in rows}]
    assert sum(len(row.occupations) for row in rows) == sum(1 for o in catalog["occupations"] if o["entry_education"])
    for row in rows:
        assert {o["entry_education"] for o in row.occupations} == {row.level}


def test_by_schooling_has_the_median_of_the_medians(catalog: Catalog) -> None:
    """The middle pay is between the lowest and highest, with as many occupations above as below."""
    for row in views.schooling.by_schooling(catalog):
        wages = [views.wages.regional_wage(catalog, o) for o in row.occupations]
        paid = [w["median_usd_per_year"] for w in wages if w and w["median_usd_per_year"]]
        assert row.lowest == min(paid)
        assert row.highest == max(paid)
        assert row.middle is not None
        assert sum(p > row.middle for p in paid) == sum(p < row.middle for p in paid)
    assert views.schooling.highest_middle(catalog) == max(
        row.middle or 0 for row in views.schooling.by_schooling(catalog)
    )


def test_interest_scores_follow_the_order_of_types(catalog: Catalog) -> None:
    """Six scores follow the order of the types; if one is missing, they are estimated from the code."""
    by_type = {row["interest_type"].id: row["score"] for row in nurse(catalog).backlinks["interests"]}
    assert views.interests.interest_scores(catalog, nurse(catalog)) == tuple(
        by_type[t.id] for t in catalog["interest_types"]
    )
    five = without(nurse(catalog), interests=nurse(catalog).backlinks["interests"][:5])
    letters = [kind["letter"] for kind in catalog["interest_types"]]
    estimates = dict(zip(letters, views.interests.interest_scores(catalog, five), strict=True))
    assert sorted(estimates, key=lambda letter: -estimates[letter])[:3] == list(nurse(catalog)["interest_code"])
    assert len({estimates[letter] for letter in set("RIASEC") - set(nurse(catalog)["interest_code"])}) == 1
    unknown = replace(five, values={**five.values, "interest_code": None})
    assert views.interests.interest_scores(catalog, unknown) == ()


def test_by_strongest_interest_has_every_occupation_once(catalog: Catalog) -> None:
    """Each occupation with scores, known or estimated, is listed once under its highest score, strongest first."""
    groups = views.interests.by_strongest_interest(catalog, catalog["occupations"])
    listed = [o.id for g in groups for o in g.occupations]
    assert sorted(listed) == sorted(o.id for o in catalog["occupations"] if views.interests.interest_scores(catalog, o))
    kinds = list(catalog["interest_types"])
    for group in groups:
        scores = [views.interests.interest_scores(catalog, o) for o in group.occupations]
        assert {kinds[found.index(max(found))] for found in scores} == {group.interest_type}
        assert [max(found) for found in scores] == sorted((max(found) for found in scores), reverse=True)


def test_every_interest_type_has_three_statements(catalog: Catalog) -> None:
    """The interest types have three statements each, and no two in a row are about the same type."""
    kinds = [s["interest_type"].id for s in catalog["interest_statements"]]
    assert Counter(kinds) == {t.id: 3 for t in catalog["interest_types"]}
    assert all(a != b for a, b in pairwise(kinds))


def test_answers_like_one_type_rank_it_first(catalog: Catalog) -> None:
    """The address of a tile on the home page holds one yes for each statement of its type, and no other."""
    for kind in catalog["interest_types"]:
        answers = views.interests.answers_like(catalog, kind)
        liked = [
            s["interest_type"] for s, given in zip(catalog["interest_statements"], answers, strict=True) if given == "2"
        ]
        assert liked == [kind] * 3
        assert set(answers) == {"0", "2"}


def test_category_rank_counts_from_the_first(catalog: Catalog) -> None:
    """The rank increases with the level of education and is None if none is published."""
    cook = next(o for o in catalog["occupations"] if o["entry_education"] == "no-formal-credential")
    blank = replace(nurse(catalog), values={**nurse(catalog).values, "entry_education": None})
    assert views.schooling.category_rank(catalog, cook, "entry_education") == 0
    assert views.schooling.category_rank(catalog, nurse(catalog), "entry_education") == 5
    assert views.schooling.category_rank(catalog, blank, "entry_education") is None


def test_foremost_skills_are_the_first_of_the_ranking(catalog: Catalog) -> None:
    """An occupation and a pathway show the three most important essential skills."""
    for record in (catalog["occupations"]["registered-nurses"], catalog["pathways"]["patient-care"]):
        occupations = (record,) if record.dataset == "occupations" else record.backlinks["occupations"]
        wanted = [found.skill for found in views.occupations.essential_skills(catalog, occupations)][:3]
        assert list(views.comparison.foremost_skills(catalog, record)) == wanted


def test_taught_at_names_places_of_the_county_only(catalog: Catalog) -> None:
    """Each college of the county with a program to continue in is listed once, and no other."""
    places = views.comparison.taught_at(catalog, catalog["occupations"]["registered-nurses"])
    assert places
    assert len(set(places)) == len(places)
    assert {place["county"] for place in places} == {"San Diego"}


def test_facets_hold_what_occurs_in_a_known_order(catalog: Catalog) -> None:
    """Records and categories keep their listed order, other values are sorted, and unused ones are omitted."""
    resources = catalog["resources"]
    kinds = [option.value for option in views.facets.facet(catalog, resources, "kind")]
    order = list(resources.resource.schema.field("kind").labels)
    assert kinds == [kind for kind in order if kind in {r["kind"] for r in resources}]
    assert views.facets.facet(catalog, resources, "kind")[0].words == ("resources", "kind", kinds[0])
    skills = views.facets.facet(catalog, resources, "skills")
    assert [(o.value, o.words) for o in skills] == [(s.id, s) for s in catalog["skills"]]
    assert [o.value for o in views.facets.facet(catalog, catalog["offers"], "grades")] == sorted(
        {str(grade) for offer in catalog["offers"] for grade in offer["grades"]}, key=int
    )
    assert views.facets.facet(catalog, (), "kind") == ()


def test_list_facets_are_those_of_the_cards(catalog: Catalog) -> None:
    """A list's facets are those of its cards in the same order, and each value of a card can be chosen."""
    for dataset in ("offers", "opportunities", "employers", "events"):
        records = views.listing.listed(catalog, catalog[dataset], TODAY)
        facets = {
            facet.name: {option.value for option in facet.options}
            for facet in views.facets.list_facets(catalog, records)
        }
        on_cards: dict[str, set[str]] = {}
        for record in records:
            for facet in views.card_facets.card_facets(catalog, record):
                on_cards.setdefault(facet.name, set()).update(facet.values.split())
        assert {name: values for name, values in facets.items() if values} == on_cards
    months = next(f for f in views.facets.list_facets(catalog, catalog["offers"]) if f.name == "month")
    assert [option.value for option in months.options] == [str(month) for month in range(1, 13)]
    sizes = next(f for f in views.facets.list_facets(catalog, catalog["employers"]) if f.name == "size")
    assert sizes.options[0].words == ("employers", "size_band", "1-9")
    assert views.facets.list_facets(catalog, ()) == ()


def test_facet_values_are_parted_by_spaces(catalog: Catalog) -> None:
    """A record's values are IDs or plain values, separated by spaces, or nothing."""
    [offer] = [o for o in catalog["offers"] if o.id == "bahia-vista-clinic-tour"]
    assert views.facets.facet_values(catalog, offer, "grades") == "9 10 11 12"
    assert views.facets.facet_values(catalog, offer, "activity") == "workplace-tour"
    assert views.facets.facet_values(catalog, replace(offer, values={**offer.values, "months": None}), "months") == ""


def test_answers_give_each_statement_once(catalog: Catalog) -> None:
    """The same statement from the same source is returned once, with all its activities."""
    found = views.messages.answers(catalog, catalog["activities"], "permits")
    statements = [(answer.fact["statement"], answer.fact["source"].id) for answer in found]
    assert len(statements) == len(set(statements)) > 1
    facts = [f for a in catalog["activities"] for f in a["facts"] or () if f["topic"] == "permits"]
    assert sum(len(answer.activities) for answer in found) == len(facts)
    assert max(len(answer.activities) for answer in found) > 1


def test_employer_activities_are_those_that_employers_give_time_to(catalog: Catalog) -> None:
    """An activity that employers offer has a stated effort or an offer; classroom research has neither."""
    found = ids(views.messages.employer_activities(catalog))
    assert {"guest-speaker", "workplace-tour", "job-shadow", "internship"} <= set(found)
    assert "career-research" not in found
    offered = without(catalog["activities"]["career-research"], offers=tuple(catalog["offers"])[:1])
    changed = replace(catalog["activities"], records=(offered,))
    assert ids(
        views.messages.employer_activities(replace(catalog, datasets={**catalog.datasets, "activities": changed}))
    ) == ["career-research"]


def test_coordinators_are_employers_with_open_offers(catalog: Catalog) -> None:
    """Every employer with open offers is listed once, by name, with only those offers."""
    found = views.messages.coordinators(catalog, TODAY)
    assert [c.employer for c in found] == list(views.records.by_name(catalog, [c.employer for c in found]))
    open_offers = {o.id for o in views.listing.listed(catalog, catalog["offers"], TODAY)}
    assert {o.id for c in found for o in c.offers} == open_offers
    assert all(o["employer"] is c.employer for c in found for o in c.offers)


def test_choices_are_what_one_can_choose(catalog: Catalog) -> None:
    """Records are chosen by ID and shown by name; categories and other values are used as they are."""
    assert ("collaboration", "Collaboration") in views.messages.choices(catalog, catalog["skills"])
    assert views.messages.choices(catalog, range(9, 11)) == (("9", "9"), ("10", "10"))
    assert views.messages.categories(catalog, "needs", "horizon")[0] == "now"
    assert views.messages.categories(catalog, "needs", "nothing") == ()


@pytest.mark.parametrize(
    ("number", "dialed"),
    [
        ("619-555-0142", "6195550142"),
        ("+1 (619) 555.0142", "+16195550142"),
        ("555", ""),
        ("619-555-0142;ext=1", ""),
        ("javascript:alert(1)", ""),
        ("", ""),
        (None, ""),
    ],
)
def test_only_a_number_is_dialed(catalog: Catalog, number: str | None, dialed: str) -> None:
    """A link has digits and a leading plus only; a text that is not a phone number makes no link."""
    assert views.contacts.dialed(catalog, number) == dialed
