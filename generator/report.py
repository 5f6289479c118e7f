"""Problems as text for people, JSON for programs and annotations for GitHub."""

from __future__ import annotations

import html
import json
from collections.abc import Callable, Iterable, Mapping

from generator.model import Origin, Problem, SetupError


def ordered(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Sort problems by file and line, without duplicates."""
    return tuple(dict.fromkeys(sorted(problems, key=lambda p: (p.origin, p.code, p.field, p.message))))


def as_text(problems: Iterable[Problem]) -> str:
    """Return one line per problem: `path:line:column: severity code field: message; hint`."""
    return "\n".join(str(p) for p in problems)


def as_json(problems: Iterable[Problem]) -> str:
    """Return a JSON list of objects; other programs rely on their fields."""
    rows = [
        {
            "code": p.code,
            "severity": p.severity,
            "path": p.origin.path,
            "line": p.origin.line,
            "column": p.origin.column,
            "dataset": p.dataset,
            "record": p.record,
            "field": p.field,
            "value": p.value,
            "message": p.message,
            "hint": p.hint,
        }
        for p in problems
    ]
    return json.dumps(rows, ensure_ascii=False, indent=2)


def as_annotations(problems: Iterable[Problem]) -> str:
    """Return GitHub's workflow commands, which show each problem on its line of the pull request."""
    return "\n".join(_annotation(p) for p in problems)


def _annotation(p: Problem) -> str:
    place = f"file={_property(p.origin.path)},line={p.origin.line},col={p.origin.column},title={_property(p.code)}"
    words = f"{p.field}: {p.message}" if p.field else p.message
    return f"::{p.severity} {place}::{_escaped(f'{words}; {p.hint}' if p.hint else words)}"


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _escaped(text).replace(":", "%3A").replace(",", "%2C")


def summary(problems: Iterable[Problem]) -> str:
    """Return "2 errors, 1 warning" or "no problems"."""
    found = tuple(problems)
    counts = [(sum(p.severity == s for p in found), s) for s in ("error", "warning")]
    words = [f"{n} {name}{'s' if n != 1 else ''}" for n, name in counts if n]
    return ", ".join(words) or "no problems"


def as_html(problems: Iterable[Problem], *, shown: str = "You see the last good pages") -> str:
    """Return a notice with all problems for the pages of the preview; `shown` says what is below it."""
    found = tuple(problems)
    items = "".join(f"<li><code>{html.escape(str(p))}</code></li>" for p in found)
    return (
        '<div class="notice notice--problems" role="alert"><p><strong>The data has problems.</strong> '
        f"{shown} ({summary(found)}).</p><ul>{items}</ul></div>"
    )


def of_setup(error: SetupError) -> Problem:
    """Return a broken setup as a problem, so that it can be shown like the others."""
    path, _, message = str(error).partition(": ")
    return Problem("setup", message or str(error), Origin(path))


FORMATS: Mapping[str, Callable[[Iterable[Problem]], str]] = {
    "text": as_text,
    "json": as_json,
    "github": as_annotations,
}
