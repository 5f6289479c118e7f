"""The answer to a submitter, in Markdown: what became of the issue, or what is missing, in the form's own words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generator.issue_intake.draft import Draft
from generator.model import Problem
from generator.pr_report.summary import code, plain

#: Problems whose hint speaks of data files: a blank where an answer is needed, a name that is not known.
IN_FORM_WORDS = ("E203", "E301")
UNKNOWN = (
    "This issue was not made with one of the forms that propose a record, so no record can be made of it. "
    "Please choose **New issue** and one of the forms."
)
REPORT = "This is a report, not a proposal: somebody reads it and changes the site by hand. No record was made of it."


def reply(draft: Draft, shown: str) -> str:
    """Give the whole answer; `shown` is the record as it stands in its file."""
    parts = [*(_thanks(draft) if draft.good else _asks(draft)), *_similar(draft), *_notes(draft)]
    if draft.good:
        parts += ["", "The record:", "", *_block(shown)]
    return "\n".join(parts) + "\n"


def _thanks(draft: Draft) -> Iterator[str]:
    yield f"Thank you. This became the draft record {code(draft.id)} of {code(draft.resource.name)}."
    yield "Staff look at it before it is published."
    if draft.problems:
        yield from ("", "For staff to look at:", "", *_problems(draft, draft.problems))


def _asks(draft: Draft) -> Iterator[str]:
    yield "Thank you. Before this can become a record, please change the following. Choose **Edit** at the top of "
    yield "this issue, change the text below the heading, and save."
    yield ""
    yield from _problems(draft, (problem for problem in draft.problems if problem.severity == "error"))


def _problems(draft: Draft, problems: Iterable[Problem]) -> Iterator[str]:
    for problem in problems:
        question = draft.form.question(problem.field)
        subject = f"**{plain(question.label)}**" if question else f"{code(problem.field)} (for staff)"
        words = "this is needed" if problem.code == "E203" else plain(problem.message)
        own = question and problem.code in IN_FORM_WORDS and not problem.hint.startswith("did you mean")
        hint = question.help if question and own else problem.hint
        yield f"- {subject}: {words}{f' ({plain(hint)})' if hint else ''}"


def _similar(draft: Draft) -> Iterator[str]:
    if draft.similar:
        yield from (
            "",
            "Is it one of these, which are there already? Then say so here, and staff will change that one.",
            "",
        )
        yield from (f"- {plain(name)} ({code(record_id)})" for record_id, name in draft.similar)


def _notes(draft: Draft) -> Iterator[str]:
    if draft.notes:
        yield from ("", "Please check how these were read:", "")
    for field, note in draft.notes:
        question = draft.form.question(field)
        yield f"- {plain(question.label if question else field)}: {plain(note)}"


def _block(text: str) -> Iterator[str]:
    """Show a text as it is: no run of backticks inside it ends the block."""
    fence = "```"
    while fence in text:
        fence += "`"
    yield from (fence, text.rstrip("\n"), fence)
