"""Parses the text of an issue made with a form; the only module that knows how GitHub writes it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from generator.issue_intake.forms import Form, Question

HEADING = re.compile(r"### (.*\S)\s*")
CHECKED = re.compile(r"[-*] \[[xX]\] ?(.*)")
BLANK = ("_No response_",)
NOTHING_CHOSEN = "None"
#: The longest text that GitHub allows in an issue.
LONGEST = 65_536


def form_of(text: str, forms: Iterable[Form]) -> Form | None:
    """Return the form whose questions the issue answers, all in order; if several fit, the longest."""
    headings = [match[1].casefold() for line in text[:LONGEST].splitlines() if (match := HEADING.fullmatch(line))]
    fitting = [form for form in forms if _in_order([q.label.casefold() for q in form.questions], headings)]
    return max(fitting, key=lambda form: len(form.questions), default=None)


def _in_order(wanted: list[str], headings: list[str]) -> bool:
    rest = iter(headings)
    return all(label in rest for label in wanted)


def answers(text: str, form: Form, last: str) -> Mapping[str, str]:
    """Return question id -> what was typed, '' if there is no answer.

    Questions come in the form's order, so a heading typed into an answer does not start another answer.
    `last` is the heading after all questions.
    """
    waiting = [*form.questions]
    found: dict[str, list[str]] = {question.id: [] for question in form.questions}
    current: list[str] = []
    for line in text[:LONGEST].splitlines():
        match = HEADING.fullmatch(line)
        label = match[1].casefold() if match else ""
        if waiting and label == waiting[0].label.casefold():
            current = found[waiting.pop(0).id]
        elif not waiting and label == last.casefold():
            current = []
        else:
            current.append(line)
    return {q.id: _answer(q, "\n".join(found[q.id]).strip()) for q in form.questions}


def _answer(question: Question, text: str) -> str:
    if text in BLANK:
        return ""
    if question.kind == "some":
        checked = [match[1].strip() for line in text.splitlines() if (match := CHECKED.fullmatch(line.strip()))]
        return "\n".join(question.options.get(words, words) for words in checked)
    if question.kind == "one":
        return "" if text == NOTHING_CHOSEN and text not in question.options else question.options.get(text, text)
    return text
