"""Run the steps in order: the table of contents of the program.

    data/ ─load▶ rows ─validate▶ records ─link▶ catalog ─rules▶ ─plan▶ pages ─render▶ Markdown ─MkDocs▶ site/

Every step is a function of values. Problems in the data are collected, never raised.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from zoneinfo import ZoneInfo

from generator import link, load, pages, policy, report, rules, theme, unpublish, validate
from generator.model import Package, Page, Region, SetupError, Site
from generator.progress import Tell, silent

if TYPE_CHECKING:
    from generator.render import Renderer


class Project(NamedTuple):
    """Where the project's files are: all that the pipeline needs to know about the machine."""

    root: Path
    other_data: Path | None = None

    @property
    def data(self) -> Path:
        """The folder of the datasets."""
        return self.other_data or self.root / "data"

    @property
    def content(self) -> Path:
        """The folder of pages and templates."""
        return self.root / "content"

    @property
    def overrides(self) -> Path:
        """The folder of the theme's templates and assets."""
        return self.root / "overrides"


def build_site(
    project: Project, today: date, *, package: Package | None = None, release: bool = False, tell: Tell = silent
) -> Site:
    """Read and check the data, and plan the pages.

    Args:
        project: where the files are.
        today: the day to build for.
        package: the setup, if the caller has already read it (to know the region's time zone).
        release: also check that the site is ready for the public.
        tell: called with the name of each step, to show progress.

    Returns:
        The pages that will be made, and what is wrong.

    Raises:
        SetupError: a fault in the project itself, such as a missing schema.
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
    former = pages.parts_no_longer_made(load.published_addresses(package.root), planned) | former
    now = pages.addresses(planned, former)
    problems += rules.pictures_are_there(catalog, project.content)
    problems += rules.prose_links_lead_somewhere(catalog, now)
    problems += rules.front_matter_is_readable(planned, project.content)
    problems += rules.icons_on_pages_exist(planned, project.content)
    if all(p.severity == "warning" for p in problems):  # a record that cannot be read must not look like a deleted one
        problems += rules.published_addresses_remain(package, now)
    if release:
        problems += rules.ready_for_release(catalog)

    return Site(catalog, planned, former, report.ordered(problems), today)


def renderer(site: Site, project: Project) -> Renderer:
    """Return the renderer of a site's pages."""
    from generator.render import Renderer  # imports Jinja and Babel, which a check does not need

    return Renderer(site, project.content, project.overrides)


def markdown(site: Site, project: Project) -> Iterator[tuple[Page, str]]:
    """Render the pages one at a time; yield each page with its Markdown, including front matter."""
    rendered = renderer(site, project)
    for page in site.pages:
        yield page, rendered.page(page)


#: The page that explains sample records; the bar above every page leads there.
SAMPLES_PAGE = "about/figures/"


def theme_settings(site: Site, project: Project) -> dict[str, Any]:
    """Return what the theme needs in addition to the pages: day, region, languages, policy, samples."""
    region = site.catalog.region
    return {
        "today": site.today.isoformat(),
        "region": dict(region.values),
        "languages": list(region.languages),
        "frame_languages": theme.languages(project.overrides),
        "policy": policy.PAGE,
        "has_samples": site.catalog.has_samples,
        "samples_page": next((page.url for page in site.pages if page.url == SAMPLES_PAGE), ""),
    }


def today(given: str | None, environment: Mapping[str, str], region: Region) -> date:
    """Return the day to build for: the option, else EPORTAL_TODAY, else today in the region's time zone.

    SOURCE_DATE_EPOCH is ignored, because nothing would ever expire in a nightly build of an old commit.

    Raises:
        SetupError: the text is not a date.
    """
    text = given or environment.get("EPORTAL_TODAY")
    if not text:
        return datetime.now(ZoneInfo(region.timezone)).date()
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise SetupError(f"EPORTAL_TODAY: '{text}' is not a date; write it like 2027-02-14") from None
