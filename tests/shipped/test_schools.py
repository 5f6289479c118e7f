"""The county's schools: none is missing, each has a page that the directory links to, and no draft is shown."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from generator.model import Catalog
from tests import test_schools
from tests.built import Built, words

TESTS = (
    test_schools.test_coverage_counts_what_pages_show,
    test_schools.test_directory_lists_every_school_and_institution_once,
    test_schools.test_each_pathway_has_questions_for_the_counselor,
    test_schools.test_every_shown_program_says_where_it_was_seen,
    test_schools.test_no_page_or_file_shows_a_draft,
    test_schools.test_schools_of_a_pathway_are_those_of_its_programs,
)
globals().update({test.__name__: test for test in TESTS})
#: Schools with high school grades in the state directory of April 2026, and the regional occupational program.
SCHOOLS = 189


def test_every_school_of_the_state_directory_has_a_page(catalog: Catalog, built: Built) -> None:
    """No school is missing, and each has a district, or says who runs or approved it."""
    schools = list(catalog["schools"])
    assert len(schools) >= SCHOOLS
    for school in schools:
        assert school.url in built.pages
        assert bool(school["district"]) != bool(school["authorizer"]), school.id


def test_websites_nobody_has_seen_are_not_linked(catalog: Catalog, built: Built) -> None:
    """An address from the state's file of 2018 is text with its year, because someone else may own it by now."""
    for school in catalog["schools"]:
        if old := school["website_2018"]:
            assert not re.match(r"https?:", old)
            links = built.pages[school.url].xpath("//article//a/@href")
            assert [link for link in links if urlsplit(link)._replace(scheme="").geturl().strip("/") == old] == []


def test_pages_count_programs_and_not_award_levels(catalog: Catalog, built: Built) -> None:
    """The home page counts the county's college programs, and each institution's page its own, once each."""
    programs = {(row["institution"].id, row["cip_code"].id) for row in catalog["programs"]}
    county = str(catalog.region["county"])
    local = {row["institution"].id for row in catalog["programs"] if f"{row['institution']['county']} County" == county}
    here = sum(institution in local for institution, _ in programs)
    assert f"The colleges in {county} have {here:,} programs" in words(built.pages[""])
    for institution in local:
        count = sum(one == institution for one, _ in programs)
        (button,) = built.pages[f"institutions/{institution}/"].xpath("//a[contains(@class, 'button--plain')]/text()")
        assert button in {f"All {count} programs", f"All {count} program"}
