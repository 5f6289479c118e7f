"""Run `eportal build` without checks, in a project's folder, to measure how long a build takes without them.

Files are still read and values typed and linked, as pages need them, but no value, rule or link in prose is
checked. The command has no such option, because nobody should publish unchecked data.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from generator import cli, pages, rules, text_safety, validate
from generator.model import Field, Raw

#: Convert text to a value without checking it.
TYPED: Mapping[str, Callable[[str], Any]] = {"integer": int, "boolean": "true".__eq__}


def typed(field: Field, distinct: Mapping[str, Raw]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the value of each text, without findings."""
    if field.type == "list":
        return {key: tuple(key.split(field.delimiter)) if key else None for key in distinct}, {}
    value_of = TYPED.get(field.type, str)
    return {key: value_of(key) if key else None for key in distinct}, {}


def nothing(*_: object) -> Iterator[Any]:
    """Yield no findings."""
    return iter(())


def main() -> None:
    """Disable the checks and build."""
    validate._judged = typed  # type: ignore[assignment]  # noqa: SLF001 - what this script is for
    validate._repeated_ids = nothing  # type: ignore[assignment]  # noqa: SLF001
    pages._collisions = nothing  # type: ignore[assignment]  # noqa: SLF001
    rules.RULES = ()
    rules.prose_links_lead_somewhere = nothing  # type: ignore[assignment]
    text_safety.judge = nothing  # type: ignore[assignment]
    cli.main(["build"])


main()
