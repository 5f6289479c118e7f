"""Split texts into words for search; `overrides/assets/js/fold.js` does the same in the browser.

`tests/fold.json` lists texts and their words; the tests of both read it.
"""

from __future__ import annotations

import re
from unicodedata import category, normalize

#: Letters that Unicode does not decompose into a letter and a mark.
LETTERS = str.maketrans(
    {
        "đ": "d",
        "ð": "d",
        "ø": "o",
        "ł": "l",
        "æ": "ae",
        "œ": "oe",
        "ß": "ss",
        "þ": "th",
        "\u0131": "i",
        "ħ": "h",
        "ŋ": "n",
    }
)
APOSTROPHES = re.compile("['`\u00b4\u02bb\u02bc\u2018\u2019]")
IDEOGRAPHS = re.compile("([\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af])")
INITIALS = re.compile(r"(?<![^\W_])[^\W\d_](?:\.[^\W\d_])+(?![^\W_])")
STAR = re.compile(r"(?<=[^\W_])\*(?=[^\W_])")
WORD = re.compile(r"(?<![^\W_])[^\W\d_]{1,2}&[^\W\d_]{1,2}(?![^\W_])|[^\W_]+(?:\+\+|#)?")


def tokens(text: str) -> list[str]:
    """Split a text into words: lowercase, without accents and apostrophes, initials and O*NET joined.

    AT&T, C++, and C# stay whole; Chinese, Japanese, and Korean characters are words of their own, so that a part of a
    name finds it.
    """
    text = APOSTROPHES.sub("", text)
    if not text.isascii():
        text = "".join(c for c in normalize("NFKD", text) if not category(c).startswith("M"))
        text = IDEOGRAPHS.sub(r" \1 ", normalize("NFC", text).lower().translate(LETTERS))
    text = INITIALS.sub(lambda found: found[0].replace(".", ""), STAR.sub("", text))
    return WORD.findall(text.lower())
