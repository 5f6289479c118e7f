"""The wording of problems: quoting, suggestions, and a sentence for each finding of a validator."""

from __future__ import annotations

import string

import pytest

from generator.diagnostics import KINDS, constraint_fault, did_you_mean, fault, nearest, problem, shown
from generator.model import Field, Origin

HERE = Origin("data/x.csv", 2, 3)


def message_of(note: str, field: Field, value: object) -> str:
    """Return the line for a finding."""
    return str(constraint_fault(note, field, value).at(HERE, {"field": field.name})).partition("f: ")[2]


@pytest.mark.parametrize("code", KINDS)
def test_every_kind_can_be_said(code: str) -> None:
    """Each kind's sentence and hint can be filled in completely, without a period inside a line of parts."""
    kind = KINDS[code]
    names = {name for part in (kind.sentence, kind.hint) for _, name, _, _ in string.Formatter().parse(part) if name}
    made = problem(code, HERE, **dict.fromkeys(names, "word"))
    assert "{" not in str(made)
    assert made.severity == kind.severity
    assert not made.message.endswith(".")


def test_a_shown_value_is_one_short_line_with_nothing_hidden() -> None:
    """Line breaks and invisible characters are escaped, and a long value is shortened."""
    assert shown("a\nb\u200bc") == "'a<U+000A>b<U+200B>c'"
    assert len(shown("x" * 500)) == 62
    assert shown("x" * 500).endswith("…'")


@pytest.mark.parametrize(
    ("value", "meant"),
    [
        ("helth-science", "health-science"),
        ("Health Science", "health-science"),
        ("health_science", "health-science"),
        ("science health", "health-science"),
        ("art-media", "arts-media"),
        ("medicina", "health-science"),
        ("zzz", ""),
        ("", ""),
        ("  ", ""),
    ],
)
def test_nearest_goes_by_words_prefix_letters_and_names(value: str, meant: str) -> None:
    """A wrong letter, order, case or joint, or a name instead of an ID, finds the ID; nonsense finds nothing."""
    assert nearest(value, ["health-science", "arts-media"], {"Medicine": "health-science"}) == meant


def test_a_suggestion_is_a_question_or_nothing() -> None:
    """A suggestion is phrased as a question, or there is none."""
    assert did_you_mean("pathway", ["pathways"]) == "did you mean 'pathways'?"
    assert did_you_mean("pathway", []) == ""


@pytest.mark.parametrize(
    ("kind", "value", "line"),
    [
        ("integer", "1,200", "'1,200' is not a whole number (digits only, such as 1200); write 1200"),
        ("integer", "$1200", "'$1200' is not a whole number (digits only, such as 1200); write 1200"),
        ("integer", "12.0", "'12.0' is not a whole number (digits only, such as 1200); write 12"),
        ("integer", "4,5", "'4,5' is not a whole number (digits only, such as 1200)"),
        ("integer", "many", "'many' is not a whole number (digits only, such as 1200)"),
        ("number", "4,5", "'4,5' is not a number (digits and at most one point, such as 1200 or 4.5); write 4.5"),
        (
            "number",
            "1,200.5",
            "'1,200.5' is not a number (digits and at most one point, such as 1200 or 4.5); write 1200.5",
        ),
        ("number", "12%", "'12%' is not a number (digits and at most one point, such as 1200 or 4.5); write 12"),
        ("boolean", "Yes", "'Yes' is not true or false; write true"),
        ("boolean", "off", "'off' is not true or false; write false"),
        ("boolean", "maybe", "'maybe' is not true or false"),
        ("date", "2/14/2027", "'2/14/2027' is not a date in the form 2027-02-14 (year-month-day); write 2027-02-14"),
        ("date", "2027-2-1", "'2027-2-1' is not a date in the form 2027-02-14 (year-month-day); write 2027-02-01"),
        ("date", "31/12/2027", "'31/12/2027' is not a date in the form 2027-02-14 (year-month-day); write 2027-12-31"),
        ("date", "soon", "'soon' is not a date in the form 2027-02-14 (year-month-day)"),
        ("string", {"a": "b"}, "a group of keys is not text; put quotation marks around text that contains ': '"),
    ],
)
def test_a_wrong_type_says_what_to_write(kind: str, value: object, line: str) -> None:
    """Common slips come with the intended value, others with the expected form only."""
    assert message_of("type", Field("f", kind), value) == line


@pytest.mark.parametrize(
    ("note", "constraints", "value", "line"),
    [
        ("minimum", {"minimum": "1"}, "0", "'0' is out of range: it must be at least 1"),
        ("maximum", {"maximum": "9"}, "10", "'10' is out of range: it must be at most 9"),
        ("maximum", {"minimum": "1", "maximum": "9"}, "10", "'10' is out of range: it must be between 1 and 9"),
        ("minLength", {"minLength": 3}, "ab", "this has 2 characters; it must have at least 3; write more"),
        (
            "maxLength",
            {"minLength": 1, "maxLength": 2},
            "abc",
            "this has 3 characters; it must have 1 to 2; shorten it",
        ),
        ("enum", {"enum": ["red", "blue"]}, "rod", "'rod' is not one of the allowed values; allowed: red, blue"),
        ("pattern", {"pattern": "[a-z]"}, "A", "'A' is not in the right format; write it like this: a; a letter"),
        ("required", {"required": True}, "", "this value is required; for example: a"),
    ],
)
def test_a_broken_constraint_says_what_is_allowed(note: str, constraints: dict, value: str, line: str) -> None:
    """The sentence names the value and the limit or choices, with an example if the schema has one."""
    with_example = note in ("pattern", "required")
    field = Field("f", constraints=constraints, **({"example": "a", "description": "a letter"} if with_example else {}))
    assert message_of(note, field, value) == line


def test_a_list_counts_its_items() -> None:
    """A list's length is its number of items, in CSV and in YAML."""
    field = Field("f", "list", constraints={"maxLength": 2})
    expected = "this has 3 items; it must have at most 2; shorten it"
    assert message_of("maxLength", field, "a;b;c") == message_of("maxLength", field, ["a", "b", "c"]) == expected


def test_a_missing_reference_says_of_what() -> None:
    """The hint for a missing reference names the dataset."""
    field = Field("f", reference="sectors", constraints={"required": True})
    assert message_of("required", field, "") == "this value is required; write the id of a record in sectors"


def test_a_fault_knows_the_part_it_is_about() -> None:
    """A fault names the affected part, which locates the column; without one it is the whole value."""
    assert fault("E501", character="<", part="<").part == "<"
    assert fault("E203", example="").part == ""
