"""What is published beside pages, a module for each kind: `files` gives all of it as (path in the site, bytes).

Every module is a function of the site alone: the same data on the same day gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.model import Site
from generator.publish import atom, facets, package, qr, requests
from generator.publish.package import Known
from generator.publish.redirects import redirects

__all__ = ["Known", "files", "redirects"]


def files(site: Site, known: Known | None = None) -> Iterator[tuple[str, bytes]]:
    """Give every file beside the pages: (path in the site, its bytes); not those that `known` has put there."""
    from generator.publish import calendar  # takes a moment, which a helper has while MkDocs begins

    for path, text in redirects(site):
        yield path, text.encode()
    for kind in (atom, calendar, qr, requests, facets):
        yield from kind.files(site)
    yield from package.files(site, known)
