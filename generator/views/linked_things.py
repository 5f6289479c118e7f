"""Describe records as schema.org things, with one function for each dataset that has a matching type."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from generator.model import Catalog
from generator.views.listing import is_listed, opens_later, zone_of

#: The types of schools that schema.org calls a high school; any other one is a school.
HIGH_SCHOOLS = frozenset({"high-school", "continuation-school"})


class Place(NamedTuple):
    """The context of a page: its catalog, the root address of its language, and the day of the build."""

    catalog: Catalog
    root: str
    today: date


def text(value: Any) -> str:
    """Return text without a template's escapes."""
    return str(value.unescape() if hasattr(value, "unescape") else value)


def filled(thing: Mapping[str, Any]) -> dict[str, Any]:
    """Return a thing without its blank values."""
    return {key: value for key, value in thing.items() if value not in (None, "", (), [], {})}


def employer(place: Place, record: Any) -> dict[str, Any]:
    """Describe an employer as an organization at a place."""
    return {
        "@type": "Organization",
        "name": text(record["name"]),
        "description": text(record["summary"]),
        "sameAs": record["website"],
        "address": _address(place, record),
    }


def institution(place: Place, record: Any) -> dict[str, Any]:
    """Describe a school: colleges and universities have their own type; districts are educational organizations."""
    college = record["kind"] in ("community-college", "university")
    return {
        "@type": "CollegeOrUniversity" if college else "EducationalOrganization",
        "name": text(record["name"]),
        "sameAs": record["website"],
        "address": _address(place, record),
    }


def school(place: Place, record: Any) -> dict[str, Any]:
    """Describe a school: one that the state lists as a high school, or any other."""
    return {
        "@type": "HighSchool" if record["kind"] in HIGH_SCHOOLS else "School",
        "name": text(record["name"]),
        "alternateName": [text(one) for one in record["state_name"] or ()],
        "sameAs": record["website"],
        "address": _address(place, record),
    }


def occupation(_: Place, record: Any) -> dict[str, Any]:
    """Describe an occupation by its code; its pay is on its page, with the source and its limits."""
    return {"@type": "Occupation", "name": text(record["name"]), "occupationalCategory": record["soc"]}


def pathway(_: Place, record: Any) -> dict[str, Any]:
    """Describe a pathway as a program of classes, without a provider because the data does not name one."""
    return {
        "@type": "EducationalOccupationalProgram",
        "name": text(record["name"]),
        "identifier": record["code"],
    }


def skill(_: Place, record: Any) -> dict[str, Any]:
    """Describe an essential skill as a defined term."""
    return {"@type": "DefinedTerm", "name": text(record["name"])}


def offer(place: Place, record: Any) -> dict[str, Any]:
    """Describe an employer's offer as work-based learning while it is listed."""
    if not is_listed(place.catalog, record, place.today):
        return {}
    return {
        "@type": "WorkBasedProgram",
        "name": text(record["name"]),
        "description": text(record["summary"]),
        "provider": _provider(record),
        "occupationalCategory": [one["soc"] for one in record["occupations"] or ()],
        "maximumEnrollment": record["group_size_max"],
        "timeToComplete": _duration(record["duration_hours"]),
    }


#: Values of `pay_kind` that are wages.
PAID = ("hourly", "stipend", "paid")
WORK_BASED = ("internship", "pre-apprenticeship", "apprenticeship")


def opportunity(place: Place, record: Any) -> dict[str, Any]:
    """Describe an opportunity: a real, open job is a job posting, an internship is work-based learning."""
    if not is_listed(place.catalog, record, place.today):
        return {}
    if record["kind"] in WORK_BASED:
        return {
            "@type": "WorkBasedProgram",
            "name": text(record["name"]),
            "description": text(record["summary"]),
            "provider": _provider(record),
            "occupationalCategory": [one["soc"] for one in record["occupations"] or ()],
            "applicationDeadline": _day(record["closes_on"]),
            "startDate": _day(record["starts_on"]),
        }
    return _posting(place, record) if record["kind"] == "job" and not record.is_sample else {}


def internship_posting(place: Place, record: Any) -> dict[str, Any]:
    """Describe a real, paid internship that takes applications as a job posting, too; {} for every other record.

    An internship with only a season may not take any on this day, so it is not a posting.
    """
    is_paid = record.dataset == "opportunities" and record["kind"] == "internship" and record["pay_kind"] in PAID
    if not is_paid or record.is_sample or not _takes_applications(place, record):
        return {}
    made = _posting(place, record)
    return made and made | {"employmentType": "INTERN"}


def _takes_applications(place: Place, record: Any) -> bool:
    if not (record["closes_on"] or record["rolling"]) or opens_later(place.catalog, record, place.today):
        return False
    return is_listed(place.catalog, record, place.today)


def _posting(place: Place, record: Any) -> dict[str, Any]:
    """Return a job posting, if all required values are known: title, text, day, employer and place."""
    organization, closes = _provider(record), record["closes_on"]
    if not organization or not record["city"]:
        return {}
    zone = ZoneInfo(place.catalog.region.timezone)
    return {
        "@type": "JobPosting",
        "title": text(record["name"]),
        "description": f"{text(record['summary'])}\n\n{text(record['description'])}",
        "datePosted": _day(record["first_listed_on"]),
        "validThrough": datetime.combine(closes, time(23, 59, 59), zone).isoformat() if closes else None,
        "hiringOrganization": organization,
        "jobLocation": {"@type": "Place", "address": _address(place, record)},
        "baseSalary": _pay(record),
    }


def _pay(record: Any) -> dict[str, Any]:
    if record["pay_kind"] != "hourly" or record["pay_usd_min"] is None:
        return {}
    least, most = (_number(record[name]) for name in ("pay_usd_min", "pay_usd_max"))
    value = filled({"@type": "QuantitativeValue", "minValue": least, "maxValue": most, "unitText": "HOUR"})
    return {"@type": "MonetaryAmount", "currency": "USD", "value": value}


def event(place: Place, record: Any) -> dict[str, Any]:
    """Describe an event, with its times in its own time zone; one without a date is not an event yet."""
    if record["starts_at"] is None:
        return {}
    zone = ZoneInfo(zone_of(place.catalog, record))
    mode = {"in-person": "Offline", "virtual": "Online", "either": "Mixed"}[record["mode"]]
    spots = [
        filled({"@type": "Place", "name": text(record["place"] or ""), "address": _address(place, record)})
        if record["place"] or record["city"]
        else None,
        {"@type": "VirtualLocation", "url": record["online_url"]} if record["online_url"] else None,
    ]
    return {
        "@type": "Event",
        "name": text(record["name"]),
        "description": text(record["summary"]),
        "startDate": record["starts_at"].replace(tzinfo=zone).isoformat(),
        "endDate": record["ends_at"].replace(tzinfo=zone).isoformat(),
        "eventAttendanceMode": f"https://schema.org/{mode}EventAttendanceMode",
        "eventStatus": f"https://schema.org/Event{'Cancelled' if record['status'] == 'ended' else 'Scheduled'}",
        "location": [spot for spot in spots if spot],
        "organizer": _organization(record["employer"], record["host"]),
        "maximumAttendeeCapacity": record["capacity"],
    }


def _provider(record: Any) -> dict[str, Any]:
    other = record.values.get("provider")
    return _organization(record["employer"], other)


def _organization(known: Any, other: Any) -> dict[str, Any]:
    """Describe an organization: a listed employer with its website, otherwise by name only."""
    if known is not None:
        return filled({"@type": "Organization", "name": text(known["name"]), "sameAs": known["website"]})
    return {"@type": "Organization", "name": text(other)} if other else {}


def _address(place: Place, record: Any) -> dict[str, Any]:
    if not record.values.get("city"):
        return {}
    known = {"@type": "PostalAddress", "addressLocality": record["city"], "addressCountry": "US"}
    more = {"streetAddress": record.values.get("address"), "postalCode": record.values.get("postal_code")}
    return filled(known | more | {"addressRegion": place.catalog.region.values.get("state")})


def _duration(hours: Decimal | None) -> str:
    """Format hours as an ISO 8601 duration: PT2H, PT1H30M."""
    if hours is None:
        return ""
    whole, minutes = divmod(int(hours * 60), 60)
    return "PT" + (f"{whole}H" if whole else "") + (f"{minutes}M" if minutes else "")


def _number(value: Decimal | None) -> int | float | None:
    return None if value is None else int(value) if value == value.to_integral_value() else float(value)


def _day(value: date | None) -> str | None:
    return value.isoformat() if value else None


THINGS: Mapping[str, Callable[[Place, Any], dict[str, Any]]] = {
    "employers": employer,
    "institutions": institution,
    "schools": school,
    "occupations": occupation,
    "pathways": pathway,
    "skills": skill,
    "offers": offer,
    "opportunities": opportunity,
    "events": event,
}
