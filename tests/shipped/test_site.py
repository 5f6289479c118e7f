"""Tests of the site that must pass with any records, run again on the shipped data."""

from __future__ import annotations

from tests import test_activities, test_demand, test_previews, test_site, test_ways, test_weight

TESTS = (
    test_activities.test_educators_see_every_code_once,
    test_activities.test_every_typical_time_names_its_source,
    test_activities.test_what_the_law_answers_is_answered_where_students_work,
    test_activities.test_where_nobody_is_hired_the_rules_for_jobs_are_not_called_unknown,
    test_demand.test_pictures_of_demand_have_words_and_a_table,
    test_previews.test_every_page_has_a_preview,
    test_previews.test_every_sector_has_a_picture,
    test_site.test_copies_are_named_on_source_pages_only,
    test_site.test_every_blank_wage_is_not_published,
    test_site.test_every_open_offer_leads_to_its_request,
    test_site.test_every_page_says_when_it_was_built,
    test_site.test_every_record_page_says_what_it_is,
    test_site.test_every_source_has_a_page,
    test_site.test_external_links_are_safe,
    test_site.test_headings_do_not_skip_levels,
    test_site.test_ids_are_unique,
    test_site.test_invented_records_are_called_so,
    test_site.test_lists_hold_nothing_that_has_ended,
    test_site.test_no_link_is_dead,
    test_site.test_no_trace_of_templates,
    test_site.test_one_main_heading,
    test_site.test_pages_with_onet_data_name_it,
    test_site.test_search_finds_every_page_by_name,
    test_site.test_sitemap_lists_the_pages,
    test_site.test_titles_are_unique,
    test_site.test_wages_are_whole_dollars,
    test_ways.test_every_page_is_near_the_home_page,
    test_ways.test_no_page_is_a_dead_end,
    test_weight.test_pages_keep_their_budget,
    test_weight.test_styles_and_scripts_keep_their_budget,
)
globals().update({test.__name__: test for test in TESTS})
