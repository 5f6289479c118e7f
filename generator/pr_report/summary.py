"""Writes the summary of a check that reviewers read on GitHub: problems, what changes, where to look.

The only module that escapes text from data for GitHub's Markdown.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping

from generator import report
from generator.model import Problem

#: GitHub shows 1 MiB of a summary, which has room for this many problems and what follows.
MOST = 200
MARKS = re.compile(r"[&<>\\`*_{}\[\]()#+!|~:@-]")


def plain(text: str) -> str:
    """Return text in which nothing acts as HTML, link, image, table cell, heading, mention or issue number."""
    line = " ".join(text.split())
    return MARKS.sub(lambda mark: f"&#{ord(mark[0])};" + ("&#8203;" if mark[0] in "@#" else ""), line)


def code(text: str) -> str:
    """Return text in a code span, with a fence longer than any run of backticks inside it."""
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence, line = "`" * (longest + 1), " ".join(text.split()).replace("|", "\\|")
    return f"{fence} {line} {fence}" if longest else f"`{line}`"


def changed_first(problems: Iterable[Problem], changed: Collection[str]) -> tuple[Problem, ...]:
    """Put the problems in changed files first: GitHub shows only ten of a kind for each step."""
    return tuple(sorted(problems, key=lambda problem: problem.origin.path not in changed))


def summary(problems: Iterable[Problem], changed: Collection[str], change_list: str, links: Mapping[str, str]) -> str:
    """Return the whole summary; `change_list` is Markdown, `links` maps words to addresses of what else to look at."""
    found = changed_first(problems, changed)
    parts = ["# Check of the data", "", _verdict(found), ""]
    if found:
        parts += [*_table(found[:MOST], changed), ""]
    if len(found) > MOST:
        parts += [f"And {len(found) - MOST} more: correct these first.", ""]
    parts += ["## What changes", "", change_list.strip() or "No record changes.", ""]
    if links:
        parts += ["## See the result", "", *(f"- [{words}]({address})" for words, address in links.items()), ""]
    return "\n".join(parts)


def _verdict(found: Collection[Problem]) -> str:
    counts = report.summary(found)
    if any(problem.severity == "error" for problem in found):
        return (
            f"**Not yet: {counts}.** Open each file at the line given, correct what the table says, and commit again."
        )
    if found:
        return f"**Ready to publish: {counts}.** Please read what the table says."
    return "**Ready to publish: no problems.**"


def _table(found: Iterable[Problem], changed: Collection[str]) -> Iterable[str]:
    yield "| Where | What is wrong | What to do |"
    yield "| --- | --- | --- |"
    for problem in found:
        origin = problem.origin
        where = f"{code(origin.path)} line {origin.line}" + ("" if origin.path in changed else " (not changed here)")
        subject = f"{code(problem.field)}: " if problem.field else ""
        kind = "" if problem.severity == "error" else " (warning)"
        yield f"| {where} | {subject}{plain(problem.message)}{kind} | {plain(problem.hint)} |"
