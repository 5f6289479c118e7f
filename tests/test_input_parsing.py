"""How text typed into spreadsheets and forms is parsed into values."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import load
from generator.diagnostics import KINDS
from generator.input_parsing import Names, guarded, read, unguarded
from generator.load.yaml_file import tree_of
from generator.model import Field, Raw
from generator.pipeline import Project
from tests.conftest import PROJECT
from tests.test_problems_doc import SECTIONS


@pytest.fixture(scope="module")
def names() -> Names:
    """Return the names of the real data's records."""
    package = load.read_package(Project(PROJECT).data)
    return Names(package, load.load(package)[0])


NO_NAMES = Names(load.read_package(Project(PROJECT).data), {})
DATE, MOMENT = Field("closes_on", "date"), Field("starts_at", "datetime")
SECTOR = Field("sector", reference="sectors", title="Industry sector")
SECTORS = Field("sectors", "list", reference="sectors")
LANGUAGES = Field("languages", "list", item=Field("languages", constraints={"pattern": "[a-z]{2,3}"}))
GRADES = Field("grades", "list", item=Field("grades", "integer"))
NAMES = Field("other_names", "list")
ENUM = Field("status", constraints={"enum": ["draft", "active"]})
LABELS = Field("mode", labels={"in-person": "In person", "virtual": "Online"})
MODES = Field("modes", "list", labels=LABELS.labels)
WINDOWS = Field("windows", "array", fields=(Field("starts_on", "date"), Field("note")))


@pytest.mark.parametrize(
    ("field", "typed", "raw"),
    [
        (DATE, "2027-02-14", "2027-02-14"),
        (DATE, "2/14/2027", "2027-02-14"),
        (DATE, "02-14-2027", "2027-02-14"),
        (DATE, "14.2.2027", "2027-02-14"),
        (DATE, "3/3/2027", "2027-03-03"),
        (DATE, "2027/2/14", "2027-02-14"),
        (DATE, "2027-02-14 00:00:00", "2027-02-14"),
        (DATE, "February 14, 2027", "2027-02-14"),
        (DATE, "Sun, Feb. 14th, 2027", "2027-02-14"),
        (DATE, "14 Feb 2027", "2027-02-14"),
        (DATE, "14-Feb-2027", "2027-02-14"),
        (DATE, "Sept 1 2027", "2027-09-01"),
        (DATE, "2/30/2027", "2/30/2027"),
        (DATE, "2/14/27", "2/14/27"),
        (DATE, "Fri, Feb 14th", "Fri, Feb 14th"),
        (DATE, "Smarch 14, 2027", "Smarch 14, 2027"),
        (MOMENT, "2027-02-11T15:30", "2027-02-11T15:30"),
        (MOMENT, "2027-02-11 15:30:00", "2027-02-11T15:30"),
        (MOMENT, "2/14/2027 3:30 PM", "2027-02-14T15:30"),
        (MOMENT, "Tuesday, February 16, 2027 at 12 a.m.", "2027-02-16T00:00"),
        (MOMENT, "2/14/2027 12:15pm", "2027-02-14T12:15"),
        (MOMENT, "2/14/2027", "2/14/2027"),
        (MOMENT, "2/14/2027 31:00", "2/14/2027 31:00"),
        (MOMENT, "tomorrow 15:00", "tomorrow 15:00"),
        (Field("n", "integer"), "12.0", "12"),
        (Field("n", "integer"), "$1,200", "1200"),
        (Field("n", "integer"), "12.5", "12.5"),
        (Field("n", "integer"), "a dozen", "a dozen"),
        (Field("n", "number"), "85%", "85"),
        (Field("n", "number"), "-1.30", "-1.30"),
        (Field("b", "boolean"), "TRUE", "true"),
        (Field("b", "boolean"), "No", "false"),
        (Field("b", "boolean"), "x", "true"),
        (Field("b", "boolean"), "1.0", "true"),
        (Field("b", "boolean"), "perhaps", "perhaps"),
        (Field("u", format="uri"), "www.cde.ca.gov", "https://www.cde.ca.gov"),
        (Field("u", format="uri"), "http://www.cde.ca.gov", "http://www.cde.ca.gov"),
        (Field("e", format="email"), "mailto:careers@county.example", "careers@county.example"),
        (ENUM, "ACTIVE", "active"),
        (ENUM, "retired", "retired"),
        (LABELS, "in person", "in-person"),
        (LABELS, "Virtual", "virtual"),
        (SECTOR, "Health Science and Medical Technology", "health-science-medical-technology"),
        (SECTOR, "health-science-medical-technology", "health-science-medical-technology"),
        (SECTOR, "Gardening of Clouds", "Gardening of Clouds"),
        (Field("t"), "  “Acme”  ", "Acme"),
        (Field("t"), "“A” and “B”", "“A” and “B”"),
        (Field("t"), "8 Main St\r\nSuite 5", "8 Main St Suite 5"),
        (Field("t"), "\u00a0San\u200b Diego ", "San Diego"),
        (DATE, "February\u00a014,\u00a02027", "2027-02-14"),
        (Field("t"), "Cafe\u0301", "Café"),
        (Field("t"), "'=1+1", "=1+1"),
        (Field("t"), "'til noon", "'til noon"),
        (Field("t", markdown=True), "One,  \ntwo.\r\n\r\nThree.\n", "One,  \ntwo.\n\nThree."),
        (NAMES, "farming; animals", ["farming", "animals"]),
        (NAMES, "farming, animals", ["farming, animals"]),
        (NAMES, "one; two\nthree", ["one; two", "three"]),
        (NAMES, "- one; two", ["one; two"]),
        (NAMES, "• one\n• two\n\n", ["one", "two"]),
        (NAMES, "one; One; one;", ["one", "One"]),
        (NAMES, " ; ", ""),
        (LANGUAGES, "en, es", ["en", "es"]),
        (LANGUAGES, "English, es", ["English, es"]),
        (GRADES, "9, 10,11", ["9", "10", "11"]),
        (GRADES, "9.0", ["9"]),
        (MODES, "Online, in person", ["virtual", "in-person"]),
        (
            SECTORS,
            "Arts, Media, and Entertainment, Energy, Environment, and Utilities",
            ["arts-media-entertainment", "energy-environment-utilities"],
        ),
        (SECTORS, "Arts, Clouds", ["Arts, Clouds"]),
        (
            WINDOWS,
            "- starts_on: 2/14/2027\n  note: spring",
            [{"starts_on": "2027-02-14", "note": "spring"}],
        ),
        (WINDOWS, "- colour: red", [{"colour": "red"}]),
        (WINDOWS, "in spring", "in spring"),
        (WINDOWS, "- in spring", "- in spring"),
        (WINDOWS, "- a: [", "- a: ["),
        (WINDOWS, " ", ""),
    ],
)
def test_what_is_typed_is_read(names: Names, field: Field, typed: str, raw: Raw) -> None:
    """Common habits become the data file's value; what cannot be guessed stays as typed, for the check."""
    found = read(field, typed, names)
    assert found.raw == raw
    assert found.faults == ()


def test_blank_is_blank(names: Names) -> None:
    """An empty cell has no value in any field."""
    for field in (DATE, MOMENT, SECTOR, SECTORS, NAMES, ENUM, WINDOWS, Field("n", "integer"), Field("b", "boolean")):
        assert read(field, " \n ", names) == ("", (), ())


@pytest.mark.parametrize("field", [DATE, Field("days", "list", item=DATE)])
def test_a_date_with_two_meanings_is_left_to_the_person(names: Names, field: Field) -> None:
    """3/4/2027 is March or April depending on the country, so it is not guessed, and the message names both."""
    found = read(field, "3/4/2027", names)
    [fault] = found.faults
    assert fault.code == "E701"
    sentence = KINDS["E701"].sentence.format(**fault.words)
    assert sentence == "'3/4/2027' could be March 4, 2027 or April 3, 2027"
    assert SECTIONS["E701"][4].endswith(f"{sentence}; {KINDS['E701'].hint.format(**fault.words)}")
    assert read(MOMENT, "3/4/2027 15:00", names).faults[0].code == "E701"


def test_a_name_that_several_records_bear_is_left_to_the_person(names: Names) -> None:
    """An ambiguous name is not resolved, and the message lists the IDs."""
    field = Field("crosswalk", "list", reference="framework_skills")
    found = read(field, "Teamwork; nace-leadership", names)
    assert found.raw == ["Teamwork", "nace-leadership"]
    [fault] = found.faults
    kind = KINDS[fault.code]
    words = f"{kind.sentence.format(**fault.words)}; {kind.hint.format(**fault.words)}"
    assert SECTIONS["E702"][4].endswith(words)
    assert "nace-teamwork, sb-teamwork" in words


def test_an_id_goes_before_a_name(names: Names) -> None:
    """Every ID refers to its own record, even if another record has it as a name."""
    for resource in names.package:
        if resource.schema.key == ("id",):
            field = Field("x", reference=resource.name)
            for row in names.tables[resource.name].rows[:50]:
                id_ = row.stem or str(row.values["id"])
                assert read(field, id_, names) == (id_, (), ())


def test_a_converted_value_is_reported(names: Names) -> None:
    """A label read as its value is reported; a difference in case is not."""
    assert read(LABELS, "Online", names).notes == ("'Online' was read as 'virtual'",)
    assert read(ENUM, "Active", names).notes == ()
    group = read(WINDOWS, "- starts_on: 2/14/2027", names)
    assert group.notes == ("'2/14/2027' was read as '2027-02-14'",)


def test_a_former_id_finds_the_current_record() -> None:
    """A form filled in before a record got its new ID still finds it."""
    package = load.read_package(Project(PROJECT).data)
    tables = load.load(package)[0]
    [row, *_] = tables["sectors"].rows
    row.values["aliases"] = ["farm-things"]  # type: ignore[index]
    assert read(SECTOR, "Farm things", Names(package, tables)).raw == row.stem


@given(st.text())
def test_guarding_text_loses_nothing(text: str) -> None:
    """Guarded text is restored unchanged, and no spreadsheet runs it as a formula."""
    assert unguarded(guarded(text)) == text
    assert not guarded(text).startswith(("=", "+", "-", "@", "\t", "\r"))


@given(st.text(), st.sampled_from([DATE, MOMENT, SECTORS, NAMES, LANGUAGES, GRADES, MODES, WINDOWS, LABELS]))
def test_nothing_typed_breaks_the_reading(text: str, field: Field) -> None:
    """Any input gives a value of a type that data files can contain."""
    found = read(field, text, NO_NAMES)
    assert isinstance(found.raw, str | list)


def test_yaml_in_a_cell_is_as_strict_as_in_a_file() -> None:
    """Aliases and tags are refused in cells too."""
    assert tree_of("facts", "- &a {x: 1}\n- *a")[0] is None
