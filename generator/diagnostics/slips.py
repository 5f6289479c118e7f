"""Guess the numbers that people mean where a list of numbers belongs: "9-12", "ninth", "January"."""

from __future__ import annotations

import re
from calendar import month_abbr, month_name
from collections.abc import Mapping

RANGE = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th)?\s*(?:-|–|—|to|through)\s*([0-9]{1,2})(?:st|nd|rd|th)?(?: grades?)?")
SINGLE = re.compile(r"(?:grade )?([0-9]{1,2})(?:st|nd|rd|th)(?: grades?)?|grade ([0-9]{1,2})")
MOST = 31
#: Words that mean a number: grades (by ordinal and by name) and months.
WORDS: Mapping[str, int] = {
    **{word: i for i, word in enumerate("fifth sixth seventh eighth ninth tenth eleventh twelfth".split(), start=5)},
    **{word: i for i, word in enumerate("freshman sophomore junior senior".split(), start=9)},
    **{word: i for i, word in enumerate("freshmen sophomores juniors seniors".split(), start=9)},
    **{name.casefold(): i for names in (month_name, month_abbr) for i, name in enumerate(names) if name},
}


def numbers_meant(text: str) -> tuple[int, ...]:
    """Return the numbers that a range or a word means ("9-12", "ninth", "January"), or () if that is not clear."""
    plain = text.strip().casefold()
    if found := RANGE.fullmatch(plain):
        low, high = int(found[1]), int(found[2])
        return tuple(range(low, high + 1)) if low < high <= MOST else ()
    if found := SINGLE.fullmatch(plain):
        return (int(found[1] or found[2]),)
    word = plain.removesuffix("graders").removesuffix("grade").strip()
    return (WORDS[word],) if word in WORDS else ()
