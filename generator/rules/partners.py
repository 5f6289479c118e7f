"""Check partners: offers of employers that are paused, have ended or are samples, and personal mailboxes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from generator.diagnostics import problem, shown
from generator.diagnostics.about import about
from generator.model import Catalog, Problem

EMPLOYER = "employer"
INACTIVE = ("paused", "ended")
ROLE = "contact_is_role"
#: Mail providers where people, not organizations, have their mailboxes.
PRIVATE_HOSTS = frozenset(
    "gmail.com googlemail.com yahoo.com ymail.com hotmail.com outlook.com live.com msn.com icloud.com me.com mac.com "
    "aol.com gmx.com gmx.net mail.com proton.me protonmail.com comcast.net cox.net att.net sbcglobal.net "
    "verizon.net".split()
)


def offers_of_partners_who_take_part(catalog: Catalog, _: date) -> Iterator[Problem]:
    """An offer cannot be active if its employer is paused or has ended."""
    for dataset in catalog:
        for record in dataset if dataset.resource.schema.field(EMPLOYER) else ():
            employer = record.links.get(EMPLOYER)
            state = employer.values.get("status") if employer else None
            if state in INACTIVE and record.values.get("status") == "active":
                words = {"employer": shown(employer.id), "state": state} if employer else {}
                yield problem("E412", record.row.origin("status"), about=about(record, "status"), **words)


def records_of_samples_are_samples(catalog: Catalog, _: date) -> Iterator[Problem]:
    """What an invented employer offers is invented, too."""
    for dataset in catalog:
        for record in dataset if dataset.resource.schema.field(EMPLOYER) else ():
            employer = record.links.get(EMPLOYER)
            if employer and employer.is_sample and not record.is_sample:
                here = record.row.origin(EMPLOYER)
                yield problem("E417", here, about=about(record, EMPLOYER), employer=shown(employer.id))


def mailboxes_belong_to_roles(catalog: Catalog, _: date) -> Iterator[Problem]:
    """An address at a mail provider is most likely personal, unless the record says that it belongs to a role."""
    for dataset in catalog:
        names = [field.name for field in dataset.resource.schema.fields if field.format == "email"]
        for record in dataset if names else ():
            for name in names:
                address = str(record.values.get(name) or "")
                private = address.rpartition("@")[2].casefold() in PRIVATE_HOSTS
                if private and record.values.get(ROLE) is not True and (name,) not in record.faulty:
                    here = record.row.origin(name)
                    yield problem("E508", here, about=about(record, name), shown=shown(address))
