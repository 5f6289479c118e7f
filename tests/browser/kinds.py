"""The kinds of pages that a site has: found in the site itself, so that a new page or dataset is covered on arrival."""

from __future__ import annotations

from generator.model import Site

ERROR_PAGE = "404.html"


def addresses(site: Site) -> list[str]:
    """Give one address of each kind in the first language: every page that is no record, a record of each dataset."""
    first = site.catalog.region.languages[0]
    found: dict[str, str] = {}
    for page in site.pages:
        if page.language == first:
            found.setdefault(page.template if page.record else page.url, page.url)
    return [*found.values(), ERROR_PAGE]
