"""Pages for students and families can be read in grade eight (Flesch-Kincaid)."""

from __future__ import annotations

import pytest
import textstat
from lxml.html import HtmlElement

from generator.model import Catalog
from tests.built import Built, content_of, words

HIGHEST_GRADE = 8
#: How much harder a single paragraph may be than its page, because scores of short texts vary widely.
LEEWAY = 4
FEWEST_WORDS = 12
FOR_STUDENTS = ("students/", "match/", "plan/", "plan/skills/", "compare/", "skills/", "families/", "about/cte/")
#: What is not our prose: names in lists and tables, sources, and data for scripts.
NOT_PROSE = " or ".join(
    [
        *(f"contains(concat(' ', @class, ' '), ' {name} ')" for name in ("note", "foot", "mend", "codes")),
        *(f"contains(concat(' ', @class, ' '), ' {name} ')" for name in ("plain-list", "cards", "columns")),
        *(f"self::{element}" for element in ("nav", "table", "template", "noscript")),
    ]
)


def paragraphs(tree: HtmlElement) -> list[str]:
    """Return the paragraphs, list items and answers of an article that are prose, each as sentences."""
    found = content_of(tree).xpath(f".//*[self::p or self::li or self::dd][not(ancestor-or-self::*[{NOT_PROSE}])]")
    texts = [words(one) for one in found if not one.xpath(".//p | .//li")]
    return [text if text[-1] in ".?!" else text.rstrip(':"”') + "." for text in texts if text]


def grade(text: str) -> float:
    """Return the school grade in which a text can be read."""
    return float(textstat.flesch_kincaid_grade(text))


@pytest.mark.parametrize("address", FOR_STUDENTS)
def test_a_page_for_students_is_easy_to_read(built: Built, address: str) -> None:
    """Pages for students and families can be read in grade eight, and no paragraph is much harder."""
    prose = paragraphs(built.pages[address])
    assert prose
    assert grade(" ".join(prose)) <= HIGHEST_GRADE
    long = [one for one in prose if len(one.split()) >= FEWEST_WORDS]
    assert [one for one in long if grade(one) > HIGHEST_GRADE + LEEWAY] == []


def test_questions_for_students_are_easy_to_read(catalog: Catalog) -> None:
    """The questions on which students reflect after an activity can be read in grade eight."""
    asked = {one["id"]: " ".join(one["reflection_questions"] or ()) for one in catalog["activities"]}
    assert any(asked.values())
    assert {name: text for name, text in asked.items() if text and grade(text) > HIGHEST_GRADE} == {}
