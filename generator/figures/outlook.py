"""Periods of projections: how the site writes them, and which are too old or too unusual to show growth."""

from __future__ import annotations

from collections.abc import Sequence

#: Periods that began in a pandemic year or before it show no growth in percent: the recovery would look like growth.
FIRST_YEAR_WITH_GROWTH = 2023


def period_of(span: Sequence[str]) -> str:
    """Return a period as the site writes it: 2023–33."""
    return f"{span[0]}–{span[1][2:]}"


def shows_growth(year: str) -> bool:
    """Whether growth since a year may be shown in percent."""
    return int(year) >= FIRST_YEAR_WITH_GROWTH
