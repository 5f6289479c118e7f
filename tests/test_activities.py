"""What the pages of an activity say: answers of the law, times with their sources, and codes for reporting."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from lxml.html import HtmlElement

from generator import views
from generator.model import Catalog, Record, Site
from tests.built import Built, content_of, words
from tests.conftest import edit

FOR_JOBS = "They are not hired, so the state’s rules on age, hours, pay, and work permits, which are about jobs"
ON_CONDITION = "Some of these rules apply only if a student is hired"


def answers(page: HtmlElement) -> dict[str, str]:
    """Return the answers on a page by topic; topics with one answer in common are split."""
    found = {}
    for group in content_of(page).xpath(".//dl[@class='facts']/div"):
        for topic in words(group.find("dt")).split(", "):
            found[topic] = " ".join(words(answer) for answer in group.findall("dd"))
    return found


def pages_of(built: Built, activity: Record) -> dict[str, str]:
    """Return the answers on both pages of an activity's requirements."""
    return answers(built.pages[f"{activity.url}rules/"]) | answers(built.pages[f"{activity.url}time/"])


def test_what_the_law_answers_is_answered_where_students_work(catalog: Catalog, built: Built) -> None:
    """Where students are hired, age, pay, permits, hours, insurance and supervision are answered."""
    topics = ("Age", "Pay", "Permits and hours", "Workers' compensation", "Supervision and safety", "Time for students")
    hired = [activity for activity in catalog["activities"] if activity["students_work"] == "yes"]
    assert len(hired) == 4
    for activity in hired:
        found = pages_of(built, activity)
        assert all(len(found[topic]) > len("Not found") for topic in topics), activity.id


def test_where_nobody_is_hired_the_rules_for_jobs_are_not_called_unknown(catalog: Catalog, built: Built) -> None:
    """Where students only watch or practice, topics without a fact say that the rules for jobs do not apply."""
    for activity in (a for a in catalog["activities"] if a["students_work"] == "no"):
        found = pages_of(built, activity)
        for topic in ("Age", "Pay", "Permits and hours"):
            assert FOR_JOBS in found[topic], (activity.id, topic)
        assert "Not found" not in found["Time for students"]


def test_what_depends_on_the_activity_says_so(catalog: Catalog, built: Built) -> None:
    """The note about being hired is on the pages of activities that may count as work, and on no others."""
    for activity in catalog["activities"]:
        shown = ON_CONDITION in words(content_of(built.pages[f"{activity.url}rules/"]))
        assert shown == (activity["students_work"] == "may"), activity.id


def test_a_local_rule_is_shown_with_each_of_its_activities(catalog: Catalog, built: Built) -> None:
    """A minimum wage is written once and shown with every activity that it applies to, and with the rules to join."""
    rule = catalog["local_rules"]["city-minimum-wage"]
    applies = {activity.id for activity in rule["activities"]}
    for activity in catalog["activities"]:
        shown = rule["statement"] in words(content_of(built.pages[f"{activity.url}rules/"]))
        assert shown == (activity.id in applies), activity.id
    asked = words(content_of(built.pages["join/"]))
    assert asked.count(rule["statement"]) == 1


def test_every_typical_time_names_its_source(catalog: Catalog, built: Built) -> None:
    """The publisher of a time is next to it, on the activity's page and in the tables that compare activities."""
    timed = [activity for activity in catalog["activities"] if activity["typical_effort"]]
    assert timed
    for activity in timed:
        source = activity["typical_effort_source"]
        figures = content_of(built.pages[activity.url]).xpath(".//dl[@class='key-figures']/div")
        (time,) = (words(group[1]) for group in figures if words(group[0]) == "Typical time")
        assert (source["short_name"] or source["publisher"]) in time, activity.id
        for hub in ("educators/", "partners/"):
            (cell,) = content_of(built.pages[hub]).xpath(f".//tr[th/a[contains(@href, '/{activity.id}/')]]/td[1]")
            assert cell.xpath(f".//a[contains(@href, 'sources/{source.id}/')]"), (hub, activity.id)


def test_reporting_is_for_coordinators_only(catalog: Catalog, built: Built) -> None:
    """The code and what to record are with the requirements, not on the page that students read and print."""
    for activity in catalog["activities"]:
        assert "CALPADS" not in words(content_of(built.pages[activity.url])), activity.id
        found = answers(built.pages[f"{activity.url}rules/"])
        assert found["CALPADS code"].startswith(activity["calpads_code"] or "No code"), activity.id
        assert found["What to record"]
        assert (found["College/Career Indicator"] == "It counts.") == (activity["calpads_indicator"] == "counts")


def test_educators_see_every_code_once(catalog: Catalog, built: Built) -> None:
    """The table of codes has those of our activities first, then the others, and none that was retired."""
    field = catalog["activities"].resource.schema.field("calpads_code")
    assert field is not None
    (table,) = content_of(built.pages["educators/"]).xpath(".//table[contains(caption, 'CALPADS')]")
    codes = [words(row[0]).split()[0] for row in table.xpath("./tbody/tr")]
    ours = sorted(a["calpads_code"] for a in catalog["activities"] if a["calpads_code"])
    assert codes[: len(ours)] == ours
    assert sorted(codes) == sorted(field.labels)
    assert not field.retired.keys() & set(codes)


@pytest.mark.parametrize(
    ("code", "problems"),
    [("25", []), ("30", ["write 25 if the program is registered, otherwise leave it blank"]), ("31", ["allowed: 10"])],
)
def test_a_retired_code_is_refused(code: str, problems: list[str], real: Path, check: Callable[..., Site]) -> None:
    """A code that the state retired is refused with what to write instead, an unknown one with the list."""
    edit(real / "data/activities/pre-apprenticeship.yaml", "calpads_code: '25'", f"calpads_code: '{code}'")
    found = [problem for problem in check().problems if problem.field == "calpads_code"]
    assert [(p.code, part in p.message + p.hint) for p, part in zip(found, problems, strict=True)] == [
        ("E206", True) for _ in problems
    ]


def test_rules_for_jobs_need_to_know_whether_students_work(catalog: Catalog) -> None:
    """Only topics about jobs, and only where students do not work."""
    topics = ("minimum-age", "insurance", "pay")
    found = {
        activity["students_work"]: views.activities.rules_for_jobs(catalog, activity, topics)
        for activity in catalog["activities"]
    }
    assert found == {"no": ("minimum-age", "pay"), "may": (), "yes": ()}
