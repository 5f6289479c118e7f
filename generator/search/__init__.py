"""The site's search index: small files that a browser fetches when search is opened.

The only package that defines their format; `overrides/assets/js/search/index.js` reads them. `search/index.json` has
the names of every page, the pages of every word in other texts, and what people type for them; `search/<n>.json` has
what the results show.
"""

from generator.search.entries import WORDS, Texts
from generator.search.index import search_files

__all__ = ["WORDS", "Texts", "search_files"]
