"""Numbers as publishers write them: marks for what they don't publish, thousands, percentages."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from generator.figures.publisher_files import WrongFileError

#: What publishers write instead of a number that they don't publish. '#' also marks wages above the highest published.
NOT_PUBLISHED = frozenset({"", "-", "–", "—", "*", "**", "#", "~", "n/a", "na"})


def figure(text: str, where: str, *, times: int = 1, per: int = 1, digits: int | None = None) -> str:
    """Return a number in the form of our tables, '' if it is not published; never 0 in its place.

    Args:
        text: what the publisher wrote.
        where: the file and column, for the message.
        times: what to multiply by: 1,000 for numbers in thousands, 100 for parts of one.
        per: what to divide by: the years of a total.
        digits: round to this many digits after the point.

    Raises:
        WrongFileError: it is neither a number nor a known mark.
    """
    bare = text.strip().replace(",", "").removeprefix("$")
    if bare.casefold() in NOT_PUBLISHED:
        return ""
    try:
        number = Decimal(bare) * times / per
    except InvalidOperation:
        raise WrongFileError(f"{where}: '{text}' is neither a number nor a mark for a number not published") from None
    rounded = number if digits is None else round(number, digits)
    return format(rounded.normalize(), "f") if rounded else "0"
