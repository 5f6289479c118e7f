"""Suggest the nearest of some names, by words, prefix or letters. The only module that imports rapidfuzz."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping

#: Texts at least this similar differ only by typos, even if they share no words.
ALIKE = 60


def did_you_mean(value: str, candidates: Iterable[str], names: Mapping[str, str] = {}) -> str:
    """Return "did you mean 'x'?" if a candidate is near, else ''; see `nearest`."""
    found = nearest(value, candidates, names)
    return f"did you mean '{found}'?" if found else ""


def nearest(value: str, candidates: Iterable[str], names: Mapping[str, str] = {}) -> str:
    """Return the candidate that is nearest by words, prefix or letters, '' if none is near.

    `names` maps other spellings (such as a record's name) to the candidates that they mean.
    """
    from rapidfuzz import fuzz, process

    spellings = {folded(c): c for c in names} | {folded(c): c for c in candidates}
    if not spellings or not value.strip():
        return ""
    typed = folded(value)
    found = process.extract(typed, spellings.keys(), scorer=fuzz.WRatio, score_cutoff=76, limit=5)
    near = [one for one in found if fuzz.ratio(typed, one[0]) >= ALIKE or _shares_words(typed, one[0])]
    if not near:
        return ""
    best = max(near, key=lambda one: one[1] + fuzz.ratio(typed, one[0]))
    spelling = spellings[best[0]]
    return names.get(spelling, spelling)


def _shares_words(typed: str, other: str) -> bool:
    """Whether at least half of the words of one text are in the other."""
    parts = (typed.split(), other), (other.split(), typed)
    return any(2 * sum(word in text for word in words) >= len(words) for words, text in parts)


def alike(value: str, candidates: Iterable[str], most: int = 5) -> list[str]:
    """Return the candidates that may be the same thing under a slightly different name, closest first."""
    from rapidfuzz import fuzz, process

    spellings = {folded(c): c for c in candidates}
    near = process.extract(folded(value), spellings.keys(), scorer=fuzz.token_sort_ratio, score_cutoff=85, limit=most)
    return [spellings[found[0]] for found in near if value.strip()]


def folded(text: str) -> str:
    """Return text without case, accents, hyphens and underscores, so that only its words count."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(c if c.isalnum() else " " for c in decomposed if not unicodedata.combining(c)).split())
