"""The order of the steps: the table of contents of the program.

    data/ ─load▶ rows ─validate▶ records ─link▶ catalog ─rules▶ ─plan▶ pages ─render▶ Markdown ─MkDocs▶ site/

Every step is a function of values; what is wrong with the data is collected, never raised.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from zoneinfo import ZoneInfo

from generator import link, load, pages, policy, report, rules, unpublish, validate
from generator.model import Package, Page, Region, SetupError, Site
from generator.progress import Tell, silent

if TYPE_CHECKING:
    from generator.render import Renderer


class Project(NamedTuple):
    """Where things are; the only thing the pipeline needs to know of the machine."""

    root: Path
    other_data: Path | None = None

    @property
    def data(self) -> Path:
        """Give the folder of the datasets."""
        return self.other_data or self.root / "data"

    @property
    def content(self) -> Path:
        """Give the folder of pages and templates."""
        return self.root / "content"

    @property
    def overrides(self) -> Path:
        """Give the folder of the theme layer."""
        return self.root / "overrides"


def build_site(
    project: Project, today: date, *, package: Package | None = None, release: bool = False, tell: Tell = silent
) -> Site:
    """Read and check everything; the result says which pages there will be and what is wrong.

    `package` is the set-up, where the caller has read it already: to know the region's day, say.
    """
    tell("Reading the data")
    package = package or load.read_package(project.data)
    problems = pages.symlinks(project.data, project.content, project.overrides)

    tables, found = load.load(package)  # 1. files -> rows of text with places
    problems += found
    tell("Checking values")
    records, found = validate.validate(package, tables)  # 2. rows -> typed values
    problems += found
    tell("Linking records")
    unpublished, found = unpublish.find_unpublished(package, records, today)  # 3. drafts and ended consent
    problems += found
    catalog, found = link.link(package, tables, records, unpublished)  # 4. ids -> records and backlinks
    problems += found
    problems += rules.apply(catalog, today)  # 5. what no schema can state
    planned, found = pages.plan(catalog, project.content)  # 6. templates x records x languages
    problems += found
    former, found = pages.redirects(catalog, planned, package.region)
    problems += found
    now = pages.addresses(planned, former)
    problems += rules.pictures_are_there(catalog, project.content)
    problems += rules.prose_links_lead_somewhere(catalog, now)
    problems += rules.icons_on_pages_exist(planned, project.content)
    if all(p.severity == "warning" for p in problems):  # a record that cannot be read must not look like a deleted one
        problems += rules.published_addresses_remain(package, now)
    if release:
        problems += rules.ready_for_release(catalog)

    return Site(catalog, planned, former, report.ordered(problems), today)


def renderer(site: Site, project: Project) -> Renderer:
    """Prepare the templates for a site."""
    from generator.render import Renderer  # Jinja and Babel: a mere check does without them

    return Renderer(site, project.content)


def markdown(site: Site, project: Project) -> Iterator[tuple[Page, str]]:
    """Render every page, one at a time: (page, its Markdown with front matter)."""
    rendered = renderer(site, project)
    for page in site.pages:
        yield page, rendered.page(page)


def theme_settings(site: Site) -> dict[str, Any]:
    """Give what the theme needs to know beside the pages: the day, the region, its languages, the policy."""
    region = site.catalog.region
    return {
        "today": site.today.isoformat(),
        "region": dict(region.values),
        "languages": list(region.languages),
        "policy": policy.PAGE,
    }


def today(given: str | None, environment: Mapping[str, str], region: Region) -> date:
    """Give the day to build for: the option, else EPORTAL_TODAY, else the clock in the region's zone.

    Never SOURCE_DATE_EPOCH: in a nightly build of an old commit nothing would ever expire.
    """
    text = given or environment.get("EPORTAL_TODAY")
    if not text:
        return datetime.now(ZoneInfo(region.timezone)).date()
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise SetupError(f"EPORTAL_TODAY: '{text}' is not a date; write it like 2027-02-14") from None
