"""The kinds of pages on a site, determined from the site so that new pages and datasets are covered automatically."""

from __future__ import annotations

from generator.model import Site

ERROR_PAGE = "404.html"
#: Tests that visit a page of each kind are split into this many parts for parallel workers.
SHARES = 4


def addresses(site: Site, share: int | None = None) -> list[str]:
    """Return one address of each kind in the first language: every page without a record, one record per dataset.

    Args:
        site: The site that is tested.
        share: Which of `SHARES` parts to return; all of them by default.
    """
    first = site.catalog.region.languages[0]
    found: dict[str, str] = {}
    for page in site.pages:
        if page.language == first:
            found.setdefault(page.template if page.record else page.url, page.url)
    everything = [*found.values(), ERROR_PAGE]
    return everything if share is None else everything[share::SHARES]
