"""Did you mean …?: the nearest of some names, by words, prefix or letters. The only importer of rapidfuzz."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping

#: From here on two texts are one and the same but for slips, whatever their words.
ALIKE = 60


def did_you_mean(value: str, candidates: Iterable[str], names: Mapping[str, str] = {}) -> str:
    """Give "did you mean 'x'?" when a candidate is near, else ''; see `nearest`."""
    found = nearest(value, candidates, names)
    return f"did you mean '{found}'?" if found else ""


def nearest(value: str, candidates: Iterable[str], names: Mapping[str, str] = {}) -> str:
    """Give the candidate that is near by words, prefix or letters, else ''.

    `names` maps further spellings (a record's name) to the candidate that they stand for.
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
    """Tell whether at least half of the words of one text are in the other."""
    parts = (typed.split(), other), (other.split(), typed)
    return any(2 * sum(word in text for word in words) >= len(words) for words, text in parts)


def alike(value: str, candidates: Iterable[str], most: int = 5) -> list[str]:
    """Give the candidates that may be the same thing under nearly the same name, nearest first."""
    from rapidfuzz import fuzz, process

    spellings = {folded(c): c for c in candidates}
    near = process.extract(folded(value), spellings.keys(), scorer=fuzz.token_sort_ratio, score_cutoff=85, limit=most)
    return [spellings[found[0]] for found in near if value.strip()]


def folded(text: str) -> str:
    """Fold case, accents, hyphens and underscores away, so that only the words count."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(c if c.isalnum() else " " for c in decomposed if not unicodedata.combining(c)).split())
