"""What is known about an activity, topic by topic: its own facts, and the local rules that apply to it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

from generator.model import Catalog, Record
from generator.views.registry import view

#: Both kinds have a topic, a statement, and a source.
Fact: TypeAlias = Mapping[str, Any] | Record

#: Topics on which the law speaks of people who work: minimum wage, work permits, hours.
RULED_FOR_JOBS = ("minimum-age", "pay", "permits", "effort-student")


def facts_of(activity: Record) -> Iterable[Fact]:
    """Yield the facts of an activity and the local rules that apply to it."""
    yield from activity["facts"] or ()
    yield from activity.backlinks.get("local_rules", ())


@view
def facts_about(catalog: Catalog, activity: Record, topic: str) -> tuple[Fact, ...]:
    """Return what is known about one topic of an activity, each fact with its source."""
    return tuple(fact for fact in facts_of(activity) if fact["topic"] == topic)


@view
def rules_for_jobs(catalog: Catalog, activity: Record, topics: Iterable[str]) -> tuple[str, ...]:
    """Return those of the topics that the law leaves open because students do not work in the activity."""
    if activity.values.get("students_work") != "no":
        return ()
    return tuple(topic for topic in topics if topic in RULED_FOR_JOBS)
