"""`eportal build` with its judgement switched off: what a build takes without the check. Run in a project's folder.

Files are still read and values typed and linked, as pages need them; no value is judged, no rule applied, no link of
prose looked up. There is no such option: nobody should publish what was not checked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from generator import cli, pages, rules, text_safety, validate
from generator.model import Field, Raw

#: Text to value, without a look at it.
TYPED: Mapping[str, Callable[[str], Any]] = {"integer": int, "boolean": "true".__eq__}


def typed(field: Field, distinct: Mapping[str, Raw]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Give the value of each text, and no finding."""
    if field.type == "list":
        return {key: tuple(key.split(field.delimiter)) if key else None for key in distinct}, {}
    value_of = TYPED.get(field.type, str)
    return {key: value_of(key) if key else None for key in distinct}, {}


def nothing(*_: object) -> Iterator[Any]:
    """Find nothing."""
    return iter(())


def main() -> None:
    """Switch judgement off, build."""
    validate._judged = typed  # type: ignore[assignment]  # noqa: SLF001 - what this script is for
    validate._repeated_ids = nothing  # type: ignore[assignment]  # noqa: SLF001
    pages._collisions = nothing  # type: ignore[assignment]  # noqa: SLF001
    rules.RULES = ()
    rules.prose_links_lead_somewhere = nothing  # type: ignore[assignment]
    text_safety.judge = nothing  # type: ignore[assignment]
    cli.main(["build"])


main()
