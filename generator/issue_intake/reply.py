"""Writes the answer to a submitter, in Markdown: the record made from the issue, or what to correct."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generator.issue_intake.draft import Draft
from generator.model import Problem
from generator.pr_report.summary import code, plain

#: Problems whose hint is about data files: a required answer is blank, a name is unknown.
IN_FORM_WORDS = ("E203", "E301")
UNKNOWN = (
    "This issue was not made with one of our forms, so it cannot become a record. "
    "Please choose **New issue** and then one of the forms."
)
REPORT = "Thank you for your report. Someone on our staff will read it and correct the site by hand."


def reply(draft: Draft, shown: str) -> str:
    """Return the whole answer; `shown` is the record as it is written in its file."""
    parts = [*(_thanks(draft) if draft.good else _asks(draft)), *_similar(draft), *_notes(draft)]
    if draft.good:
        parts += ["", "The record:", "", *_block(shown)]
    return "\n".join(parts) + "\n"


def _thanks(draft: Draft) -> Iterator[str]:
    yield f"Thank you. Your proposal is now the draft record {code(draft.id)} in {code(draft.resource.name)}."
    yield "Our staff will review it before it is published."
    if draft.problems:
        yield from ("", "For staff to check:", "", *_problems(draft, draft.problems))


def _asks(draft: Draft) -> Iterator[str]:
    yield "Thank you. Before we can use this, please correct the following. Choose **Edit** at the top of "
    yield "this issue, change the text below the heading, and save."
    yield ""
    yield from _problems(draft, (problem for problem in draft.problems if problem.severity == "error"))


def _problems(draft: Draft, problems: Iterable[Problem]) -> Iterator[str]:
    for problem in problems:
        question = draft.form.question(problem.field)
        subject = f"**{plain(question.label)}**" if question else f"{code(problem.field)} (for staff)"
        words = "an answer is required" if problem.code == "E203" else plain(problem.message)
        own = question and problem.code in IN_FORM_WORDS and not problem.hint.startswith("did you mean")
        hint = question.help if question and own else problem.hint
        yield f"- {subject}: {words}{f' ({plain(hint)})' if hint else ''}"


def _similar(draft: Draft) -> Iterator[str]:
    if draft.similar:
        yield from (
            "",
            "Is it one of these, which we already have? If so, please comment here, and staff will update it.",
            "",
        )
        yield from (f"- {plain(name)} ({code(record_id)})" for record_id, name in draft.similar)


def _notes(draft: Draft) -> Iterator[str]:
    if draft.notes:
        yield from ("", "Please check that we read these correctly:", "")
    for field, note in draft.notes:
        question = draft.form.question(field)
        yield f"- {plain(question.label if question else field)}: {plain(note)}"


def _block(text: str) -> Iterator[str]:
    """Yield text as a code block that no run of backticks inside it can end."""
    fence = "```"
    while fence in text:
        fence += "`"
    yield from (fence, text.rstrip("\n"), fence)
