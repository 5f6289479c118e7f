"""The summary of a check that a person reads on the code host: problems in words, what changes, where to look.

Alone knows how to write text from data into the code host's Markdown so that it stays text.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping

from generator import report
from generator.model import Problem

#: What the code host shows of a summary (1 MiB) leaves room for this many problems and what follows.
MOST = 200
MARKS = re.compile(r"[&<>\\`*_{}\[\]()#+!|~:@-]")


def plain(text: str) -> str:
    """Give text in which no mark acts: no HTML, link, image, table cell, heading, mention or number of an issue."""
    line = " ".join(text.split())
    return MARKS.sub(lambda mark: f"&#{ord(mark[0])};" + ("&#8203;" if mark[0] in "@#" else ""), line)


def code(text: str) -> str:
    """Give text in a code span, with a fence longer than any run of backticks inside it."""
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence, line = "`" * (longest + 1), " ".join(text.split()).replace("|", "\\|")
    return f"{fence} {line} {fence}" if longest else f"`{line}`"


def changed_first(problems: Iterable[Problem], changed: Collection[str]) -> tuple[Problem, ...]:
    """Put the problems of changed files first: the code host shows ten of a kind for each step."""
    return tuple(sorted(problems, key=lambda problem: problem.origin.path not in changed))


def summary(problems: Iterable[Problem], changed: Collection[str], change_list: str, links: Mapping[str, str]) -> str:
    """Give the whole summary; `change_list` is Markdown, `links` are words and addresses of what else there is."""
    found = changed_first(problems, changed)
    parts = ["# Check of the data", "", _verdict(found), ""]
    if found:
        parts += [*_table(found[:MOST], changed), ""]
    if len(found) > MOST:
        parts += [f"And {len(found) - MOST} more: mend these first.", ""]
    parts += ["## What changes", "", change_list.strip() or "No record changes.", ""]
    if links:
        parts += ["## See for yourself", "", *(f"- [{words}]({address})" for words, address in links.items()), ""]
    return "\n".join(parts)


def _verdict(found: Collection[Problem]) -> str:
    counts = report.summary(found)
    if any(problem.severity == "error" for problem in found):
        return f"**Not yet: {counts}.** Open each file at its line, change what the table says, and commit again."
    if found:
        return f"**It can go live: {counts}.** Have a look at what the table says."
    return "**It can go live: no problems.**"


def _table(found: Iterable[Problem], changed: Collection[str]) -> Iterable[str]:
    yield "| Where | What is wrong | What to do |"
    yield "| --- | --- | --- |"
    for problem in found:
        origin = problem.origin
        where = f"{code(origin.path)} line {origin.line}" + ("" if origin.path in changed else " (not changed here)")
        subject = f"{code(problem.field)}: " if problem.field else ""
        kind = "" if problem.severity == "error" else " (warning)"
        yield f"| {where} | {subject}{plain(problem.message)}{kind} | {plain(problem.hint)} |"
