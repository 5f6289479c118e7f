"""Where the bars of a picture stand: numbers to percent (x) and pixels (y), whatever they count."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from textwrap import wrap
from typing import NamedTuple

from generator.model import Catalog
from generator.views.registry import view

#: Heights in pixels: of a line of a name, from it to the bar, of the bar, and from there to the next name.
LINE, GAP, BAR, SPACE = 19, 5, 16, 8
#: From the upper edge of a bar to the line on which its number stands.
NUMBER_LINE = 13
#: Letters that fit in a line of a name on the narrowest screen.
NARROW = 34
#: The longest bar, in percent of the width: its number stands after it.
LONGEST = 86


class Line(NamedTuple):
    """A line of a name, and the height at which it stands."""

    text: str
    y: int


class Bar(NamedTuple):
    """One bar: its name, in lines too, its number, its width in percent and its places in pixels."""

    name: str
    lines: tuple[Line, ...]
    number: int
    width: float
    bar_y: int
    number_y: int


class Bars(NamedTuple):
    """A picture of bars from top to bottom, with its height in pixels."""

    bars: tuple[Bar, ...]
    height: int


@view
def bars(catalog: Catalog, names: Sequence[str], numbers: Sequence[int]) -> Bars:
    """Draw numbers as bars from zero on one scale, each below its name; long names take several lines."""
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
