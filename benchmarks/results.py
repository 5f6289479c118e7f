"""Write RESULTS.md, which has a section per script that each measurement replaces."""

from __future__ import annotations

import math
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import measure

FILE = Path(__file__).resolve().parent / "RESULTS.md"
ROOT = FILE.parent.parent
#: Published values are medians of at least this many turns.
TURNS = 3


def table(heading: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a Markdown table whose first and last columns are text and all others numbers."""
    marks = ["---", *["---:"] * (len(heading) - 2), "---"]
    return "\n".join(f"| {' | '.join(row)} |" for row in (heading, marks, *rows))


def times(seconds: float, other: float) -> str:
    """Format the ratio of two times."""
    ratio = seconds / other if other else math.nan
    return "–" if math.isnan(ratio) else f"{ratio:.2f} x"


def preamble(versions: Sequence[str], others: float) -> str:
    """Describe how the results below were measured."""
    git = ["git", "-C", str(ROOT), "describe", "--always", "--dirty", "--exclude", "*"]
    revision = subprocess.run(git, capture_output=True, text=True, check=False).stdout.strip() or "unknown"
    command = " ".join(["python", f"benchmarks/{Path(sys.argv[0]).name}", *sys.argv[1:]])
    lines = [
        f"- Command: `{command}`",
        f"- Machine: {measure.machine()}",
        f"- Commit: {revision}",
        f"- Versions: {'; '.join(versions)}",
    ]
    if others > measure.QUIET:
        lines.insert(0, f"- **Not to be quoted: others kept {others:.2f} cores busy meanwhile.**")
    return "\n".join(lines)


def publish(section: str, text: str, others: float, *, anyway: bool, whole: bool) -> None:
    """Print a section, and put it into RESULTS.md if it is complete and the machine was quiet."""
    print(text)
    if others > measure.QUIET and not anyway:
        print(f"\nRESULTS.md is left as it was: others kept {others:.2f} cores busy. Wait, or say --anyway.")
        return
    if not whole and not anyway:
        print("\nRESULTS.md is left as it was: it takes three turns of all builders. Say --anyway to write it.")
        return
    begin, end = f"<!-- {section} -->", f"<!-- /{section} -->"
    old = FILE.read_text(encoding="utf-8")
    block = re.compile(f"{re.escape(begin)}.*?{re.escape(end)}", re.DOTALL)
    FILE.write_text(block.sub(lambda _: f"{begin}\n{text}\n{end}", old), encoding="utf-8")
