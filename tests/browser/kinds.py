"""The kinds of pages that a site has: found in the site itself, so that a new page or dataset is covered on arrival."""

from __future__ import annotations

from generator.model import Site

ERROR_PAGE = "404.html"
#: Tests that go to a page of each kind do so in so many shares, which several workers take.
SHARES = 4


def addresses(site: Site, share: int | None = None) -> list[str]:
    """Return one address of each kind in the first language: every page that is no record, a record of each dataset.

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
