"""Rules that no schema can state, at their edges; the golden cases show their sentences."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from generator import rules
from generator.model import Site

Check = Callable[..., Site]
CARE, EVENTS = Path("data/pathways/patient-care.yaml"), Path("data/events.yaml")


def edit(path: Path, old: str, new: str) -> None:
    """Replace a text that must be there."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_every_rule_states_itself() -> None:
    """A rule is a function with a sentence."""
    assert all(rule.__doc__ for rule in rules.RULES)


@pytest.mark.parametrize(
    ("end", "codes"), [("2027-02-14", []), ("2027-02-13", ["E405"]), ("''", []), ("soon", ["E204"])]
)
def test_an_end_may_be_the_day_of_its_start(end: str, codes: list[str], small: Path, check: Check) -> None:
    """Equal is in order, blank is in order, and a date that cannot be read is only that."""
    edit(small / EVENTS, "ends_on: 2027-02-15", f"ends_on: {end}")
    assert [p.code for p in check().problems] == codes


def test_a_blank_between_does_not_break_a_chain(small: Path, check: Check) -> None:
    """Of three values in order the first and the last are compared when the one between is blank."""
    edit(small / "data/schemas/wages.yaml", "median_usd_per_year]", "median_usd_per_year, quotient]")
    edit(small / "data/wages.csv", "41000,52000,1.1", "41000,,1.1")
    found = [(p.code, p.field) for p in check().problems if p.origin.line == 2]
    assert found == [("E405", "quotient")]


@pytest.mark.parametrize(("day", "codes"), [("2026-11-24", []), ("2026-11-25", ["E408"])])
def test_today_is_not_the_future(day: str, codes: list[str], small: Path, check: Check) -> None:
    """What was checked today was checked; tomorrow nobody was."""
    edit(small / EVENTS, "name: Open day", f"name: Open day\n  verified_on: {day}")
    assert [p.code for p in check().problems] == codes
    assert check(today=date(2026, 11, 26)).problems == ()


@pytest.mark.parametrize(
    ("target", "codes"),
    [
        ("/pathways/public-health/#summary", []),
        ("/pathways/", []),
        ("/", []),
        ("/pathways/nursing/", []),
        ("/pathways/public-health", ["E507"]),
        ("/sectors/health-science/", ["E507"]),
    ],
)
def test_a_link_in_prose_needs_a_page(target: str, codes: list[str], small: Path, check: Check) -> None:
    """Pages, their parts and former addresses are there; a record without a page is not."""
    edit(small / CARE, "/pathways/public-health/", target)
    assert [p.code for p in check().problems] == codes


def test_a_link_in_prose_to_a_hand_written_page_is_good(small: Path, check: Check) -> None:
    """Every page of the site counts, not only those of records."""
    (small / "content/help.md").write_text("# Help\n", encoding="utf-8")
    edit(small / CARE, "/pathways/public-health/", "/help/")
    assert check().problems == ()


@pytest.mark.parametrize("reserved", ["index", "feed", "con", "lpt1"])
def test_reserved_ids_are_refused(reserved: str, small: Path, check: Check) -> None:
    """An id that the site or Windows needs is refused, as an alias too."""
    edit(small / EVENTS, "id: open-day", f"id: {reserved}")
    edit(small / CARE, "aliases: [nursing]", f"aliases: [{reserved}]")
    assert [p.code for p in check().problems] == ["E403", "E403"]


def test_a_note_does_not_hide_a_vanished_address(small: Path, check: Check) -> None:
    """Warnings leave the manifest of addresses in force; errors suspend it, for the record may be among them."""
    (small / "data/addresses.txt").write_text("# what was published\n/pathways/gone/\n", encoding="utf-8")
    (small / "data/courses.csv").write_bytes(b"\xef\xbb\xbf" + (small / "data/courses.csv").read_bytes())
    assert [(p.code, p.origin.line) for p in check().problems] == [("E407", 2), ("E104", 1)]
    edit(small / CARE, "sector: health-science", "sector:")
    assert [p.code for p in check().problems] == ["E104", "E203"]


def test_a_real_region_is_ready(small: Path, check: Check) -> None:
    """Without samples and placeholders a release has nothing to say."""
    edit(small / "data/region.yaml", ".example", ".gov")
    assert check(release=True).problems == ()
