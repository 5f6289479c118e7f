"""The sample records that come with the project: nobody can take them for real, and they break no law."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from generator.model import Catalog, Record

#: The highest minimum wage of a city in the county in 2026 (City of San Diego), and the one of its large hotels.
MINIMUM_WAGE = Decimal("17.75")
#: Words in the names of public agencies.
OF_AGENCIES = re.compile(
    r"\b(district|county of|city of|police|sheriff|department|authority|agency|navy|port of)\b", re.IGNORECASE
)
#: Trademarks that a sample must not use as the name of something it offers.
TRADEMARKS = re.compile(r"stop the bleed|kelpwatch|mano a mano", re.IGNORECASE)


@pytest.fixture(scope="module")
def samples(catalog: Catalog) -> tuple[Record, ...]:
    """Return every sample record."""
    return tuple(record for dataset in catalog for record in dataset.samples)


def test_sample_names_are_not_those_of_agencies_or_trademarks(samples: tuple[Record, ...]) -> None:
    """No sample is named like a public agency or uses a trademark."""
    found = [
        record["name"] for record in samples if OF_AGENCIES.search(record["name"]) or TRADEMARKS.search(record["name"])
    ]
    assert found == []


def test_sample_addresses_lead_nowhere(samples: tuple[Record, ...]) -> None:
    """Every address and mailbox of a sample is on a domain reserved for examples."""
    for record in samples:
        for name in ("website", "apply_url", "registration_url", "online_url", "official_url"):
            address = record.values.get(name)
            assert not address or re.fullmatch(r"https://[^/]+\.example(/.*)?", address), record.id
        for name in ("contact_email", "apply_email", "registration_email"):
            address = record.values.get(name)
            assert not address or address.endswith(".example"), record.id


def test_sample_pay_is_at_least_the_minimum_wage(catalog: Catalog) -> None:
    """Hourly pay is lawful everywhere in the county; a stipend pays that much for its hours."""
    for record in catalog["opportunities"].samples:
        pay = record["pay_usd_min"]
        if record["pay_kind"] == "hourly":
            assert pay >= MINIMUM_WAGE, record.id
        elif record["pay_kind"] == "stipend":
            assert pay >= MINIMUM_WAGE * record["hours_per_week_max"] * record["duration_weeks"], record.id


def test_schools_issue_work_permits(samples: tuple[Record, ...]) -> None:
    """No sample lets an employer sign or issue a work permit on the spot."""
    for record in samples:
        text = str(record.values.get("description") or "")
        assert "permit" not in text or "on the spot" not in text, record.id
