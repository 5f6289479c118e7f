"""Edge cases of rules that no schema can express; the golden cases show their messages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from generator import rules
from generator.diagnostics.slips import numbers_meant
from generator.model import SetupError, Site
from tests.conftest import TODAY

Check = Callable[..., Site]
CARE, EVENTS = Path("data/pathways/patient-care.yaml"), Path("data/events.yaml")


def edit(path: Path, old: str, new: str) -> None:
    """Replace a text, which must exist."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_every_rule_states_itself() -> None:
    """Every rule is a function with a docstring."""
    assert all(rule.__doc__ for rule in rules.RULES)


@pytest.mark.parametrize(
    ("end", "codes"), [("2027-02-14", []), ("2027-02-13", ["E405"]), ("''", []), ("soon", ["E204"])]
)
def test_an_end_may_be_the_day_of_its_start(end: str, codes: list[str], small: Path, check: Check) -> None:
    """Equal and blank dates are in order, and an invalid date is only reported as invalid."""
    edit(small / EVENTS, "ends_on: 2027-02-15", f"ends_on: {end}")
    assert [p.code for p in check().problems] == codes


def test_a_blank_between_does_not_break_a_chain(small: Path, check: Check) -> None:
    """The first and last of three dates are compared even if the middle one is blank."""
    edit(small / "data/schemas/wages.yaml", "median_usd_per_year]", "median_usd_per_year, quotient]")
    edit(small / "data/wages.csv", "41000,52000,1.1", "41000,,1.1")
    found = [(p.code, p.field) for p in check().problems if p.origin.line == 2]
    assert found == [("E405", "quotient")]


@pytest.mark.parametrize(("day", "codes"), [(TODAY, []), (TODAY + timedelta(days=1), ["E408"])])
def test_today_is_not_the_future(day: date, codes: list[str], small: Path, check: Check) -> None:
    """A check today is allowed, one tomorrow is not."""
    edit(small / EVENTS, "name: Open day", f"name: Open day\n  verified_on: {day}")
    assert [p.code for p in check().problems] == codes
    assert check(today=TODAY + timedelta(days=2)).problems == ()


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
    """A link in prose may lead to pages, parts of them and former addresses, but not to a record without a page."""
    edit(small / CARE, "/pathways/public-health/", target)
    assert [p.code for p in check().problems] == codes


def test_a_link_in_prose_to_a_hand_written_page_is_good(small: Path, check: Check) -> None:
    """A link in prose may lead to any page of the site, not only to record pages."""
    (small / "content/help.md").write_text("# Help\n", encoding="utf-8")
    edit(small / CARE, "/pathways/public-health/", "/help/")
    assert check().problems == ()


@pytest.mark.parametrize("reserved", ["index", "feed", "con", "lpt1"])
def test_reserved_ids_are_refused(reserved: str, small: Path, check: Check) -> None:
    """An ID reserved by the site or Windows is refused, also as an alias."""
    edit(small / EVENTS, "id: open-day", f"id: {reserved}")
    edit(small / CARE, "aliases: [nursing]", f"aliases: [{reserved}]")
    assert [p.code for p in check().problems] == ["E403", "E403"]


def test_a_note_does_not_hide_a_vanished_address(small: Path, check: Check) -> None:
    """Warnings keep the manifest check active; errors suspend it, because the record may be among them."""
    (small / "data/addresses.txt").write_text("# what was published\n/pathways/gone/\n", encoding="utf-8")
    (small / "data/courses.csv").write_bytes(b"\xef\xbb\xbf" + (small / "data/courses.csv").read_bytes())
    assert [(p.code, p.origin.line) for p in check().problems] == [("E407", 2), ("E104", 1)]
    edit(small / CARE, "sector: health-science", "sector:")
    assert [p.code for p in check().problems] == ["E104", "E203"]


def test_a_real_region_is_ready(small: Path, check: Check) -> None:
    """A region without samples and placeholders passes the release check."""
    edit(small / "data/region.yaml", ".example", ".gov")
    assert check(release=True).problems == ()


PNG, JPEG, WEBP = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0", b"RIFF\x10\x00\x00\x00WEBPVP8 "


@pytest.mark.parametrize(
    ("name", "content", "codes"),
    [
        ("a.png", PNG, []),
        ("a.jpg", JPEG, []),
        ("a.webp", WEBP, []),
        ("a.png", PNG.ljust(200_000, b"\0"), []),
        ("a.png", PNG.ljust(200_001, b"\0"), ["E413"]),
        ("a.png", JPEG, ["E413"]),
        ("a.webp", b"RIFF\x10\x00\x00\x00WAVEfmt ", ["E413"]),
        ("a.jpg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", ["E413"]),
        ("a.png", b"", ["E413"]),
        ("a.svg", PNG, ["E207"]),
        ("../a.png", PNG, ["E207"]),
    ],
)
def test_pictures_are_what_they_are_called(
    name: str, content: bytes, codes: list[str], small: Path, check: Check
) -> None:
    """A picture must be PNG, JPEG or WebP by its first bytes, at most 200 kB, and not SVG, which can run scripts."""
    with_picture(small, name)
    file = small / "content/assets/pictures" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)
    assert [p.code for p in check().problems] == codes


def test_a_symbolic_link_is_not_a_picture(small: Path, check: Check) -> None:
    """A symbolic link is not accepted as a picture."""
    with_picture(small, "a.png")
    folder = small / "content/assets/pictures"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "real.png").write_bytes(PNG)
    (folder / "a.png").symlink_to("real.png")
    assert sorted(p.code for p in check().problems) == ["E116", "E413"]


def with_picture(small: Path, name: str) -> None:
    """Add a picture to the small project's event."""
    fields = (
        "  - {name: picture, constraints: {pattern: '[a-z0-9-]+\\.(png|jpg|webp)'}}\n  - {name: picture_alt}\nordered:"
    )
    edit(small / "data/schemas/events.yaml", "ordered:", fields)
    edit(small / EVENTS, "name: Open day", f"name: Open day\n  picture: {name}\n  picture_alt: A sun over waves")


def test_placeholders_are_found_however_deep(small: Path, check: Check) -> None:
    """Settings and data at any depth must not contain .example in a release."""
    edit(small / "data/region.yaml", ".example", ".gov")
    edit(
        small / "data/region.yaml",
        "languages: [en]",
        "languages: [en]\nforms:\n  join:\n    url: https://forms.example/1",
    )
    edit(small / "data/sources.yaml", "The state", "The state, state@county.example")
    assert check().problems == ()
    found = [(p.code, p.origin.path, p.field) for p in check(release=True).problems]
    assert ("E602", "data/region.yaml", "forms") in found
    assert {path for _, path, _ in found} == {"data/region.yaml", "data/sources.yaml"}


@pytest.mark.parametrize(
    ("settings", "fields"),
    [
        ("contact_phone: 619-555-0100", ["contact_phone"]),
        ("contact_phone: 619-555-0200", []),
        ("contact_role: ePortal coordinator\nplaceholders: [contact_role]", ["contact_role"]),
        ("contact_phone: 619-555-0100\nplaceholders: [contact_phone]", ["contact_phone"]),
        ("placeholders: [contact_role]", ["contact_role"]),
        ("placeholders: []", []),
    ],
)
def test_an_example_contact_is_no_release(settings: str, fields: list[str], small: Path, check: Check) -> None:
    """A phone number for fiction and settings listed as placeholders are refused once each, before a release only."""
    edit(small / "data/region.yaml", ".example", ".gov")
    edit(small / "data/region.yaml", "languages: [en]", f"languages: [en]\n{settings}")
    assert check().problems == ()
    found = check(release=True).problems
    assert [(p.code, p.field) for p in found] == [("E602", field) for field in fields]


def test_a_warning_silences_no_later_check(small: Path, check: Check) -> None:
    """After a warning for mixed alphabets, a dead reference, zone or link in the same text is still an error."""
    edit(small / CARE, "sector: health-science", "sector: he\u0430lth-science")
    edit(small / CARE, "(/pathways/public-health/)", "(/pathways/nowhere/), p\u0430yment")
    found = {(p.code, p.field) for p in check().problems}
    assert found == {("E504", "sector"), ("E301", "sector"), ("E504", "description"), ("E507", "description")}


def test_a_time_zone_with_a_foreign_letter_is_unknown(small: Path, check: Check) -> None:
    """A time zone with a look-alike letter is unknown, because it would publish an event at the wrong hour."""
    schema = small / "data/schemas/events.yaml"
    edit(schema, "  - {name: ends_on, type: date}\n", "  - {name: ends_on, type: date}\n  - {name: timezone}\n")
    zone = "Americ\u0430/New_York"
    edit(small / "data/events.yaml", "name: Open day\n", f"name: Open day\n  timezone: {zone}\n")
    assert [(p.code, p.value) for p in check().problems if p.severity == "error"] == [("E411", zone)]


def withdrawn(small: Path, day: str) -> None:
    """End a pathway's consent on a day, and publish its address."""
    edit(small / "data/schemas/pathways.yaml", "\nfields:\n", "\nfields:\n  - {name: consent_ends_on, type: date}\n")
    edit(small / CARE, "id: patient-care\n", f"id: patient-care\nconsent_ends_on: {day}\n")


def test_consent_holds_on_its_last_day(small: Path, check: Check) -> None:
    """The record is published on the last day of consent and withdrawn automatically on the next."""
    withdrawn(small, f"{TODAY}")
    site = check()
    assert site.problems == ()
    assert "patient-care" in site.catalog["pathways"].by_id
    later = check(today=TODAY + timedelta(days=1))
    assert [p.code for p in later.problems if p.severity == "error"] == []
    assert "patient-care" not in later.catalog["pathways"].by_id
    assert "pathways/patient-care/" not in {page.url for page in later.pages}


def test_a_withdrawn_address_redirects_to_its_list(small: Path, check: Check) -> None:
    """A withdrawn record's address redirects to its list, and no page links to it as a record."""
    withdrawn(small, "2026-11-23")
    (small / "data/addresses.txt").write_text("/pathways/patient-care/\n", encoding="utf-8")
    site = check()
    assert "E407" not in [p.code for p in site.problems]
    assert site.redirects["pathways/patient-care/"] == "pathways/"
    named = [b for d in site.catalog for r in d for b in r.backlinks.get("pathways", ())]
    assert named
    assert "patient-care" not in [r.id for r in named]


@pytest.mark.parametrize(
    ("day", "codes"), [("2027-03-14T01:59", []), ("2027-03-14T03:00", []), ("2026-11-01T01:30", [])]
)
def test_only_hours_that_the_clock_skips_are_refused(day: str, codes: list[str], small: Path, check: Check) -> None:
    """Only the hour skipped by the clock change is refused; a repeated hour means the first one."""
    fields = '  - {name: starts_at, type: datetime, format: "%Y-%m-%dT%H:%M"}\nordered:'
    edit(small / "data/schemas/events.yaml", "ordered:", fields)
    edit(small / EVENTS, "name: Open day", f"name: Open day\n  starts_at: {day}")
    assert [p.code for p in check().problems] == codes


@pytest.mark.parametrize("days", ["soon", "0", "-3", "30.5"])
def test_days_of_confirmation_are_a_whole_number(days: str, small: Path, check: Check) -> None:
    """An impossible value for the setting is reported with its file."""
    edit(small / "data/region.yaml", "languages: [en]", f"languages: [en]\noffers_confirmed_for_days: {days}")
    with pytest.raises(SetupError, match=r"region\.yaml: 'offers_confirmed_for_days' must be a whole number"):
        check()


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("9-12", (9, 10, 11, 12)),
        ("9 to 12", (9, 10, 11, 12)),
        ("9th through 11th grade", (9, 10, 11)),
        ("ninth", (9,)),
        ("Juniors", (11,)),
        ("10th", (10,)),
        ("grade 8", (8,)),
        ("twelfth grade", (12,)),
        ("January", (1,)),
        ("sept", ()),
        ("12-9", ()),
        ("9-99", ()),
        ("all", ()),
    ],
)
def test_grades_and_months_in_words_are_understood(text: str, numbers: tuple[int, ...]) -> None:
    """Grades and months in words are understood for the message's suggestion; unclear ones are not guessed."""
    assert numbers_meant(text) == numbers
