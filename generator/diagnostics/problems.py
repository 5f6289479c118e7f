"""Make problems: a kind, the words of its sentence, and a place in a file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from generator.diagnostics.kinds import KINDS
from generator.model import Origin, Problem

LONGEST_VALUE_SHOWN = 60


class Fault(NamedTuple):
    """What is wrong with a value, before its place is known."""

    code: str
    words: Mapping[str, Any]
    hint: str = ""

    def at(self, origin: Origin, about: Mapping[str, str]) -> Problem:
        """Return this fault as a problem at a place."""
        return problem(self.code, origin, about=about, hint=self.hint, **self.words)

    @property
    def is_error(self) -> bool:
        """Whether the value is rejected; a warning lets it pass."""
        return KINDS[self.code].severity == "error"

    @property
    def part(self) -> str:
        """The part of the value that is at fault, '' for the whole value."""
        return str(self.words.get("part", ""))


def fault(code: str, hint: str = "", **words: Any) -> Fault:
    """Return a fault of the kind `code`."""
    return Fault(code, words, hint)


def problem(
    code: str, origin: Origin, *, hint: str = "", about: Mapping[str, str] | None = None, **words: Any
) -> Problem:
    """Return a problem.

    Args:
        code: its kind, a key of `KINDS`.
        origin: where it is.
        hint: what to do about it, if the kind's own hint does not fit.
        about: its dataset, record, field and value, as far as they are known.
        words: what to fill into the sentence and the hint of its kind.
    """
    kind = KINDS[code]
    return Problem(
        code=code,
        message=kind.sentence.format(**words),
        origin=origin,
        severity=kind.severity,
        hint=hint or kind.hint.format(**words),
        **(about or {}),
    )


def shown(value: Any) -> str:
    """Return a value quoted for a message: on one line, invisible characters spelled out, not too long."""
    text = " ".join(str(value).split(" "))
    text = "".join(c if c.isprintable() else f"<U+{ord(c):04X}>" for c in text)
    if len(text) > LONGEST_VALUE_SHOWN:
        text = text[: LONGEST_VALUE_SHOWN - 1] + "…"
    return f"'{text}'"
