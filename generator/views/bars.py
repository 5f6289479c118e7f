"""Lay out a bar chart: convert numbers to percentages (x) and pixels (y)."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from textwrap import wrap
from typing import NamedTuple

from generator.model import Catalog
from generator.views.registry import view

#: Heights in pixels: a line of a name, the gap above the bar, the bar, and the space before the next name.
LINE, GAP, BAR, SPACE = 19, 5, 16, 8
#: From the top of a bar to the baseline of its number.
NUMBER_LINE = 13
#: Characters that fit on one line of a name on the narrowest screen.
NARROW = 34
#: The longest bar, in percent of the width: its number is printed after it.
LONGEST = 86


class Line(NamedTuple):
    """A line of a name and its vertical position."""

    text: str
    y: int


class Bar(NamedTuple):
    """One bar: its name (also split into lines), its number, its width in percent and its positions in pixels."""

    name: str
    lines: tuple[Line, ...]
    number: int
    width: float
    bar_y: int
    number_y: int


class Bars(NamedTuple):
    """A bar chart, read from top to bottom, and its height in pixels."""

    bars: tuple[Bar, ...]
    height: int


@view
def bars(catalog: Catalog, names: Sequence[str], numbers: Sequence[int]) -> Bars:
    """Lay out numbers as bars on one scale from zero, each below its name; long names wrap."""
    named = [(name, wrap(name, NARROW)) for name in names]
    highest = max(numbers, default=0) or 1
    tops = list(accumulate((len(lines) * LINE + GAP + BAR + SPACE for _, lines in named), initial=0))
    made = (
        _bar(name, lines, number, round(LONGEST * number / highest, 2), top)
        for (name, lines), number, top in zip(named, numbers, tops, strict=False)
    )
    return Bars(tuple(made), tops[-1])


def _bar(name: str, lines: list[str], number: int, width: float, top: int) -> Bar:
    bar_y = top + len(lines) * LINE + GAP
    placed = tuple(Line(text, top + place * LINE) for place, text in enumerate(lines, start=1))
    return Bar(name, placed, number, width, bar_y, bar_y + NUMBER_LINE)
