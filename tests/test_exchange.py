"""The exchange: what is open on a day, when an offer is available, what is nearby, in demand and missing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from generator import views
from generator.model import Catalog, Record
from tests.built import Built
from tests.conftest import TODAY

DAY = timedelta(days=1)


def changed(record: Record, **values: Any) -> Record:
    """Return a record with some values changed."""
    return replace(record, values=record.values | values)


def tour(catalog: Catalog) -> Record:
    """Return an offer that can only end by its confirmation date."""
    return changed(catalog["offers"]["bahia-vista-clinic-tour"], windows=None, months=None, last_confirmed_on=TODAY)


def standing(catalog: Catalog, record: Record, today: date = TODAY) -> tuple[bool, date | None, str | None]:
    """Return a record's standing on a day as a plain tuple."""
    return tuple(views.listing.standing(catalog, record, today))


def event(catalog: Catalog, starts: str, ends: str, zone: str | None = None) -> Record:
    """Return an event with the given times."""
    times = {"starts_at": datetime.fromisoformat(starts), "ends_at": datetime.fromisoformat(ends)}
    return changed(catalog["events"]["tour-planning-workshop-2027-02"], timezone=zone, **times)


@pytest.mark.parametrize("state", ["paused", "ended"])
def test_a_record_that_is_paused_or_ended_is_not_open(catalog: Catalog, state: str) -> None:
    """A record's own status closes it in any dataset, regardless of dates."""
    for record in (tour(catalog), catalog["employers"]["cotorra-precision"], catalog["pathways"]["patient-care"]):
        assert views.listing.standing(catalog, changed(record, status=state), TODAY)[::2] == (False, state)


def test_what_has_no_end_is_open_for_good(catalog: Catalog) -> None:
    """Reference data never ends."""
    assert standing(catalog, catalog["pathways"]["patient-care"]) == (True, None, None)


@pytest.mark.parametrize("state", ["paused", "ended"])
def test_an_offer_is_closed_with_its_employer(catalog: Catalog, state: str) -> None:
    """All offers of a paused or ended employer are closed."""
    offer = tour(catalog)
    employer = changed(offer["employer"], status=state)
    closed = replace(offer, links=offer.links | {"employer": employer})
    assert views.listing.standing(catalog, closed, TODAY).reason == "employer"
    assert views.listing.standing(catalog, offer, TODAY).reason is None


def test_the_day_on_which_applications_close_is_still_open(catalog: Catalog) -> None:
    """`closes_on` is the last open day."""
    one = catalog["opportunities"]["bahia-vista-clinic-summer-internship"]
    last = date(2027, 3, 12)
    assert standing(catalog, one, last) == (True, last, None)
    assert standing(catalog, one, last + DAY) == (False, last, "closed")


def test_what_takes_applications_all_year_ends_when_nobody_reviews_it(catalog: Catalog) -> None:
    """A job without a deadline stays open until its review date."""
    one = catalog["opportunities"]["barista-and-books"]
    last = date(2026, 12, 31)
    assert standing(catalog, one, last) == (True, last, None)
    assert standing(catalog, one, last + DAY) == (False, last, "review")


def test_what_opens_later_says_when(catalog: Catalog, built: Built) -> None:
    """Before applications open, a record shows both dates; after that, only the last one."""
    one = catalog["opportunities"]["bahia-vista-clinic-summer-internship"]
    first = one["opens_on"]
    assert first > TODAY
    assert [views.listing.opens_later(catalog, one, day) for day in (TODAY, first - DAY, first)] == [first, first, None]
    (card,) = built.pages["opportunities/"].xpath(
        "//li[@data-id][.//a[contains(@href, '/bahia-vista-clinic-summer-internship/')]]"
    )
    assert "apply Jan 11, 2027 to Mar 12, 2027" in " ".join(card.text_content().split())


def test_an_offer_holds_for_a_year_after_it_was_confirmed(catalog: Catalog) -> None:
    """The region sets for how many days an offer stays open after its confirmation."""
    offer = tour(catalog)
    last = TODAY + 365 * DAY
    assert standing(catalog, offer, last) == (True, last, None)
    assert standing(catalog, offer, last + DAY) == (False, last, "unconfirmed")
    assert standing(with_region(catalog, offers_confirmed_for_days="30"), offer).count(TODAY + 30 * DAY) == 1


def with_region(catalog: Catalog, **values: str) -> Catalog:
    """Return the catalog with different settings of the region."""
    region = replace(catalog.region, values=catalog.region.values | values)
    region = replace(region, timezone=values.get("timezone", region.timezone))
    return replace(catalog, package=replace(catalog.package, region=region))


def test_exact_periods_end_when_nobody_can_ask_any_more(catalog: Catalog) -> None:
    """An offer with exact windows ends when its lead time no longer fits before the end of the last one."""
    windows = ({"starts_on": date(2027, 3, 1), "ends_on": date(2027, 3, 31)},)
    offer = changed(tour(catalog), windows=windows, lead_time_days=21)
    last = date(2027, 3, 10)
    assert standing(catalog, offer, last) == (True, last, None)
    assert standing(catalog, offer, last + DAY) == (False, last, "past")
    assert views.availability.next_day(catalog, offer, last) == date(2027, 3, 31)
    assert views.availability.next_day(catalog, offer, last + DAY) is None
    assert views.listing.standing(catalog, changed(offer, months=(1,)), last + DAY).is_open


@pytest.mark.parametrize(
    ("starts", "ends", "zone", "last"),
    [
        ("2027-02-11T15:30", "2027-02-11T17:30", None, date(2027, 2, 11)),
        ("2027-03-13T20:00", "2027-03-14T08:00", None, date(2027, 3, 14)),
        ("2026-11-01T00:30", "2026-11-01T14:00", None, date(2026, 11, 1)),
        ("2027-05-06T19:00", "2027-05-07T02:30", "America/New_York", date(2027, 5, 6)),
        ("2027-03-14T03:30", "2027-03-14T05:00", "America/New_York", date(2027, 3, 14)),
        ("2026-11-01T00:30", "2026-11-01T01:45", "America/New_York", date(2026, 10, 31)),
    ],
)
def test_an_event_is_over_on_the_day_after_it_on_the_clock_of_the_region(
    catalog: Catalog, starts: str, ends: str, zone: str | None, last: date
) -> None:
    """An event ends with its day in the region's time zone, even when clocks change or the event has another zone."""
    one = event(catalog, starts, ends, zone)
    assert views.listing.standing(catalog, one, last).is_open
    assert standing(catalog, one, last + DAY) == (False, last, "past")


@pytest.mark.parametrize(
    ("moment", "hour", "offset"),
    [
        ("2027-03-14T04:30", 0, -8),  # New York has already changed its clocks, the region has not
        ("2027-03-14T06:30", 3, -7),  # both have changed their clocks
        ("2026-11-01T03:30", 1, -7),  # New York is back on standard time, the region is not
        ("2026-11-01T04:30", 1, -8),  # the same hour on the clock, for the second time
    ],
)
def test_times_cross_the_changes_of_the_clock(catalog: Catalog, moment: str, hour: int, offset: int) -> None:
    """A time in New York is converted to the region's time zone, whichever of them changed clocks first."""
    one = event(catalog, moment, moment, "America/New_York")
    here = views.listing.local_time(catalog, one, one["starts_at"])
    assert (here.hour, here.utcoffset()) == (hour, timedelta(hours=offset))


def test_lists_keep_what_is_open_in_its_order(catalog: Catalog) -> None:
    """Every record is in exactly one of the two lists, and the sample data has both kinds in each dataset."""
    for name in ("employers", "offers", "opportunities", "events"):
        open_, closed = (
            view(catalog, catalog[name], TODAY) for view in (views.listing.listed, views.listing.not_listed)
        )
        assert sorted([r.id for r in (*open_, *closed)]) == sorted(r.id for r in catalog[name])
        assert open_ == tuple(r for r in catalog[name] if r in set(open_))
        assert len(open_) > 5
        assert closed


def test_the_browser_watches_what_ends_soon(catalog: Catalog) -> None:
    """A last day within three months is on the card, a later one is not, because the site is rebuilt nightly."""
    far, near = tour(catalog), catalog["opportunities"]["marea-spring-internship"]
    assert views.listing.last_day_soon(catalog, far, TODAY) is None
    assert views.listing.last_day_soon(catalog, near, TODAY) == date(2026, 12, 11)
    assert views.listing.last_day_soon(catalog, catalog["pathways"]["patient-care"], TODAY) is None


def test_a_closed_record_says_what_is_open_instead(catalog: Catalog) -> None:
    """Suggestions start with the same employer, then the same activity; they are few, open, and other records."""
    closed = catalog["offers"]["orange-door-law-paralegal-shadow"]
    found = views.listing.open_instead(catalog, closed, TODAY)
    assert found[0]["employer"] is closed["employer"]
    assert all(one["activity"] is closed["activity"] or one["employer"] is closed["employer"] for one in found)
    assert closed not in found
    assert len(found) == 5
    assert views.listing.listed(catalog, found, TODAY) == found


def test_what_nothing_replaces_has_nothing_instead(catalog: Catalog) -> None:
    """An event with a unique kind and host has no suggestions."""
    alone = changed(catalog["events"]["signing-day-2027-06"], kind="none-such")
    assert views.listing.open_instead(catalog, alone, TODAY) == ()


@pytest.mark.parametrize(
    ("months", "lead", "expected"),
    [
        (None, 0, date(2026, 11, 24)),
        (None, 21, date(2026, 12, 15)),
        ((12,), 21, date(2026, 12, 15)),
        ((1, 2), 21, date(2027, 1, 4)),
        ((5,), 0, date(2027, 5, 3)),
        (None, 4, date(2026, 11, 30)),
        ((11,), 368, date(2027, 11, 29)),
        ((7,), 249, date(2028, 7, 3)),
        ((11,), 7, date(2027, 11, 1)),
        ((11,), 6, date(2026, 11, 30)),
    ],
)
def test_the_next_day_respects_months_and_lead_time(
    catalog: Catalog, months: tuple[int, ...] | None, lead: int, expected: date
) -> None:
    """A request is met in the first listed month that the lead time allows."""
    offer = changed(tour(catalog), months=months, lead_time_days=lead)
    assert views.availability.next_day(catalog, offer, date(2026, 11, 24)) == expected


def test_periods_come_before_months(catalog: Catalog) -> None:
    """Exact windows come first; when they are over, the months apply, if there are any."""
    windows = (
        {"starts_on": date(2027, 1, 18), "ends_on": date(2027, 1, 22)},
        {"starts_on": date(2026, 12, 1), "ends_on": date(2026, 12, 4)},
    )
    offer = changed(tour(catalog), windows=windows, months=(4,), lead_time_days=0)
    assert views.availability.next_day(catalog, offer, TODAY) == date(2026, 12, 1)
    assert views.availability.next_day(catalog, offer, date(2026, 12, 3)) == date(2026, 12, 3)
    assert views.availability.next_day(catalog, offer, date(2026, 12, 5)) == date(2027, 1, 18)
    assert views.availability.next_day(catalog, offer, date(2027, 1, 23)) == date(2027, 4, 1)


def test_months_of_an_offer(catalog: Catalog) -> None:
    """Months are as listed, or those that windows cover (also across a new year), or all twelve."""
    offer = tour(catalog)
    year = ({"starts_on": date(2026, 11, 28), "ends_on": date(2027, 2, 1)},)
    long = ({"starts_on": date(2026, 1, 1), "ends_on": date(2028, 1, 1)},)
    assert views.availability.months_of(catalog, changed(offer, months=(10, 2))) == (2, 10)
    assert views.availability.months_of(catalog, changed(offer, windows=year)) == (1, 2, 11, 12)
    assert views.availability.months_of(catalog, changed(offer, windows=long)) == tuple(range(1, 13))
    assert views.availability.months_of(catalog, offer) == tuple(range(1, 13))


def test_offers_are_sorted_by_their_next_day(catalog: Catalog) -> None:
    """The next available offer is first; those no longer available are last."""
    gone = changed(
        tour(catalog), windows=({"starts_on": date(2026, 1, 1), "ends_on": date(2026, 1, 2)},), name="A gone offer"
    )
    found = views.availability.by_next_day(catalog, [gone, *catalog["offers"]], TODAY)
    days = [views.availability.next_day(catalog, offer, TODAY) or date.max for offer in found]
    assert days == sorted(days)
    assert found[-1] is gone


def test_a_card_says_what_filters_read(catalog: Catalog) -> None:
    """Every value is an ID or a number, separated by spaces; an offer in either mode is found under both."""
    facets = dict(views.card_facets.card_facets(catalog, catalog["offers"]["graylatch-security-capture-the-printer"]))
    assert facets["activity"] == "industry-workshop"
    assert facets["sector"] == "information-communication-technologies"
    assert facets["mode"] == "in-person virtual"
    assert facets["grade"] == "9 10 11 12"
    assert facets["month"] == "1 2 3 4 10 11"
    assert facets["area"].split() == ["north-county-coastal", "north-county-inland"]


def test_offers_are_found_by_the_size_of_a_class(catalog: Catalog) -> None:
    """Every offer is found by a group size it accepts, and by none that it does not."""
    for offer in catalog["offers"]:
        sizes = dict(views.card_facets.card_facets(catalog, offer))["students"].split()
        least, most = offer["group_size_min"] or 1, offer["group_size_max"]
        assert sizes == [str(n) for n in views.card_facets.GROUPS if least <= n <= most], offer.id


@pytest.mark.parametrize("name", ["offers", "opportunities", "employers", "events"])
def test_facets_of_every_card_are_plain_values(catalog: Catalog, name: str) -> None:
    """Facet values need no escaping, are unique, and no facet is empty."""
    for record in catalog[name]:
        for facet in views.card_facets.card_facets(catalog, record):
            values = facet.values.split()
            assert values
            assert len(values) == len(set(values))
            assert all(value.replace("-", "").isalnum() for value in values), record.url


def test_an_offer_without_pathways_is_in_the_sectors_of_its_employer(catalog: Catalog) -> None:
    """An offer without pathways counts in its employer's sectors; an opportunity without either counts nowhere."""
    offer = tour(catalog)
    bare = replace(offer, links=offer.links | {"pathways": (), "occupations": ()})
    assert views.news.sectors_of(catalog, bare) == offer["employer"]["sectors"]
    nobody = replace(changed(bare, employer=None), links=bare.links | {"employer": None})
    assert views.news.sectors_of(catalog, nobody) == ()


def test_the_chain_from_an_occupation_ends_at_open_things(catalog: Catalog) -> None:
    """Employers, offers and opportunities near an occupation are open and linked to it or its pathway."""
    occupation = catalog["occupations"]["medical-assistants"]
    found = views.local_chain.near(catalog, occupation, TODAY)
    assert "bahia-vista-clinic" in [one.id for one in found.employers]
    assert "sdwp-community-health-worker" in [one.id for one in found.opportunities], "real ones come first"
    assert found.all_opportunities > len(found.opportunities)
    for one in found.offers:
        assert occupation in one["occupations"] or set(occupation["pathways"]) & set(one["pathways"])
        assert views.listing.is_listed(catalog, one, TODAY)
    assert len(found.offers) <= 5 < found.all_offers


def test_the_chain_goes_on_to_programs_nearby(catalog: Catalog) -> None:
    """A sector leads to the programs that follow its pathways, each counted once."""
    record = catalog["sectors"]["transportation"]
    wanted = {
        program.id: place.institution
        for pathway in record.backlinks["pathways"]
        for place in views.pathways.programs_near(catalog, pathway)
        for program in place.programs
    }
    found = views.local_chain.near(catalog, record, TODAY)
    for place in found.places:
        assert len(place.programs) == list(wanted.values()).count(place.institution)
    assert len(found.places) + found.more_places == len(set(wanted.values()))
    assert views.pathways.is_in_the_county(catalog, found.places[0].institution)
    assert views.local_chain.near(catalog, catalog["skills"]["communication"], TODAY).places == ()


def test_an_occupation_leaves_colleges_to_the_crosswalk(catalog: Catalog) -> None:
    """An occupation's colleges follow the official crosswalk, so the chain does not list others by field."""
    assert views.local_chain.near(catalog, catalog["occupations"]["medical-assistants"], TODAY).places == ()


def test_the_chain_from_a_skill_finds_employers_through_offers(catalog: Catalog) -> None:
    """Employers are near a skill through their offers, since no employer names a skill."""
    found = views.local_chain.near(catalog, catalog["skills"]["resourcefulness"], TODAY)
    assert found.employers
    assert found.all_offers >= len(found.offers) == views.local_chain.MOST_OFFERS


def test_what_nobody_is_tied_to_has_an_empty_chain(catalog: Catalog) -> None:
    """A pathway without linked employers shows none, and nothing else in their place."""
    empty = [p.id for p in catalog["pathways"] if not any(views.local_chain.near(catalog, p, TODAY))]
    assert "agriscience" in empty


def test_the_nearest_deadline_comes_first(catalog: Catalog) -> None:
    """Opportunities without a deadline come after all that have one, and samples after all real ones."""
    found = views.local_chain.by_deadline(catalog, catalog["opportunities"], TODAY)
    ranks = [(one.is_sample, one["closes_on"] or date.max) for one in found]
    assert ranks == sorted(ranks)
    assert {True, False} == {is_sample for is_sample, _ in ranks}
    assert ranks[-1][1] == date.max


def test_occupations_in_demand_are_ranked_by_people(catalog: Catalog) -> None:
    """Demand counts the low end of each range, adds up employers, and shows the earliest horizon."""
    found = views.demand.in_demand_occupations(catalog, TODAY)
    people = [one.people for one in found]
    assert people == sorted(people, reverse=True)
    support = next(one for one in found if one.occupation.id == "medical-assistants")
    assert (support.people, support.horizon) == (6, "within-1-year")
    pipes = next(one for one in found if one.occupation.id == "plumbers-and-pipefitters")
    assert [one.id for one in pipes.employers] == ["estero-hull-and-weld"]


def test_needs_of_a_paused_employer_do_not_count(catalog: Catalog) -> None:
    """An occupation that only a paused employer needs is not in demand."""
    assert "telecommunications-line-installers" not in [
        one.occupation.id for one in views.demand.in_demand_occupations(catalog, TODAY)
    ]


@pytest.mark.parametrize(
    "view", [views.demand.in_demand_skills, views.demand.in_demand_methods, views.demand.in_demand_credentials]
)
def test_most_needed_comes_first(catalog: Catalog, view: Any) -> None:
    """Each skill, method and credential is listed once with the number of needs that mention it."""
    found = view(catalog, TODAY)
    counts = [one.needs for one in found]
    assert counts == sorted(counts, reverse=True)
    assert len({one.what for one in found}) == len(found)
    assert 0 < counts[0] <= len(catalog["needs"])


def test_the_matrix_counts_every_open_offer_in_its_sectors(catalog: Catalog) -> None:
    """Rows are all sectors, columns all offered activities; the totals of a row match its cells."""
    rows = views.demand.gap_matrix(catalog, TODAY)
    assert [row.sector for row in rows] == list(catalog["sectors"])
    columns = views.messages.employer_activities(catalog)
    for row in rows:
        assert tuple(cell.activity for cell in row.cells) == columns
        assert row.offers == sum(cell.offers for cell in row.cells)
        assert row.gaps == sum(cell.offers == 0 for cell in row.cells) > 0
    open_ = views.listing.listed(catalog, catalog["offers"], TODAY)
    assert sum(row.offers for row in rows) == sum(len(views.news.sectors_of(catalog, offer)) for offer in open_)


def test_what_is_looked_for_says_what_students_are_shown(catalog: Catalog) -> None:
    """Each occupation in demand shows how many open offers lead to it, and some have none."""
    found = views.demand.in_demand_occupations(catalog, TODAY)
    offers = views.listing.listed(catalog, catalog["offers"], TODAY)
    for one in found:
        assert one.offers == sum(one.occupation in (offer["occupations"] or ()) for offer in offers)
    assert {one.offers > 0 for one in found} == {True, False}


def test_events_without_a_date_come_after_those_with_one(catalog: Catalog) -> None:
    """Real events come first, each group by date, and those without a date last."""
    found = views.local_chain.by_start(catalog, catalog["events"])
    ranks = [(one.is_sample, one["starts_at"] is None, str(one["starts_at"])) for one in found]
    assert ranks == sorted(ranks)
    assert any(one["starts_at"] is None for one in found)


def test_every_area_is_covered_unevenly(catalog: Catalog) -> None:
    """An area counts its own employers, the offers for its schools, and its opportunities."""
    found = views.demand.area_coverage(catalog, TODAY)
    assert [one.area for one in found] == [area["id"] for area in catalog.region["areas"]]
    assert sum(one.employers for one in found) == len(views.listing.listed(catalog, catalog["employers"], TODAY))
    assert len({one.offers for one in found}) > 1
    real = views.records.real(catalog, views.listing.listed(catalog, catalog["opportunities"], TODAY))
    assert 0 < sum(one.opportunities for one in found) == sum(one["area"] is not None for one in real)


def test_share_of_samples(catalog: Catalog) -> None:
    """The notice on a list depends on whether all, some or none of its records are samples."""
    first, *others = (replace(record, values=record.values | {"sample": None}) for record in catalog["offers"])
    assert share(catalog, (first, *others)) == "none"
    assert share(catalog, catalog["offers"].records) == "all"
    assert share(catalog, (first, *catalog["offers"].records[1:])) == "some"


def share(catalog: Catalog, offers: tuple[Record, ...]) -> str:
    """Return the share of samples if a catalog had these offers."""
    dataset = replace(catalog["offers"], records=offers)
    changed = replace(catalog, datasets={**catalog.datasets, "offers": dataset})
    return views.records.share_of_samples(changed, "offers", TODAY)


def test_samples_do_not_count_beside_real_records(catalog: Catalog) -> None:
    """Figures count real records; samples only as long as there are no others."""
    sample = catalog["offers"].records[0]
    real = replace(sample, values=sample.values | {"sample": None})
    assert views.records.counted(catalog, (sample, real)) == (real,)
    assert views.records.counted(catalog, (sample,)) == (sample,)
    assert views.records.real(catalog, (sample,)) == ()
