"""Data for the pages that compose messages: recipients, forms that accept them, and what activities require."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from generator.load.forms import FIELDS, STYLES
from generator.model import Catalog, Record
from generator.views.activities import Fact, facts_about, facts_of
from generator.views.listing import is_listed
from generator.views.records import by_name
from generator.views.registry import view

#: The form in .github/ISSUE_TEMPLATE/ for each message, on hosts that prefill such forms from the address.
ISSUE_FORMS = {
    "join": "join.yml",
    "refer": "refer.yml",
    "needs": "need.yml",
}
ISSUE_FORM_HOSTS = frozenset(("github.com",))
EMPLOYER_EFFORT = "effort-employer"


class Form(NamedTuple):
    """An external form that opens prefilled: its address, how it takes values, and (field, parameter) pairs."""

    url: str
    style: str
    fields: tuple[tuple[str, str], ...]


@view
def forms_for(catalog: Catalog, kind: str) -> tuple[Form, ...]:
    """Return the forms that accept a message: the region's own and the code host's public one."""
    found = []
    own = catalog.region.values.get("forms", {}).get(kind)
    if own:
        found.append(Form(own["url"], own.get("style", STYLES[0]), tuple(own.get("fields", {}).items())))
    repository = str(catalog.region.values.get("repository", ""))
    if kind in ISSUE_FORMS and urlsplit(repository).hostname in ISSUE_FORM_HOSTS:
        url = f"{repository.rstrip('/')}/issues/new?template={ISSUE_FORMS[kind]}"
        found.append(Form(url, "issue", tuple((name, name) for name in FIELDS[kind])))
    return tuple(found)


class Answer(NamedTuple):
    """A fact about one topic, and the activities it applies to."""

    fact: Fact
    activities: tuple[Record, ...]


@view
def answers(catalog: Catalog, activities: Iterable[Record], topic: str) -> tuple[Answer, ...]:
    """Return what is known about a topic across activities, merging identical statements from one source."""
    facts: dict[tuple[str, str], Fact] = {}
    holds_for: dict[tuple[str, str], list[Record]] = {}
    for activity in activities:
        for fact in facts_about(catalog, activity, topic):
            key = (fact["statement"], fact["source"].id)
            facts.setdefault(key, fact)
            holds_for.setdefault(key, []).append(activity)
    return tuple(Answer(fact, tuple(holds_for[key])) for key, fact in facts.items())


@view
def employer_activities(catalog: Catalog) -> tuple[Record, ...]:
    """Return the activities that employers can offer: their effort is documented, or one already offers it."""
    return tuple(a for a in catalog["activities"] if a.backlinks.get("offers") or _has_employer_effort(a))


def _has_employer_effort(activity: Record) -> bool:
    return any(fact["topic"] == EMPLOYER_EFFORT for fact in facts_of(activity))


@view
def categories(catalog: Catalog, dataset: str, field: str) -> tuple[str, ...]:
    """Return the values that a field allows; `label` returns their words."""
    found = catalog[dataset].resource.schema.field(field)
    return tuple(found.labels) if found else ()


@view
def choices(catalog: Catalog, options: Iterable[Any]) -> tuple[tuple[str, str], ...]:
    """Return (value, words) for each option: the ID and name of a record, otherwise the option itself."""
    return tuple((o.id, str(o["name"])) if hasattr(o, "dataset") else (str(o), str(o)) for o in options)


class Coordinator(NamedTuple):
    """An employer and its open offers."""

    employer: Record
    offers: tuple[Record, ...]


@view
def coordinators(catalog: Catalog, today: date) -> tuple[Coordinator, ...]:
    """Return the employers that have open offers on a day, each with those offers."""
    found = []
    for employer in by_name(catalog, catalog["employers"]):
        offers = tuple(o for o in employer.backlinks.get("offers", ()) if is_listed(catalog, o, today))
        if offers:
            found.append(Coordinator(employer, offers))
    return tuple(found)
