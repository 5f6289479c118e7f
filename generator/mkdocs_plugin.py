"""The MkDocs plugin `eportal`: pages, navigation, edit links, redirects, live reload.

Only this module (and `site_build` beside it) knows MkDocs. Every hook calls one function of the pipeline.
"""

from __future__ import annotations

import html
import logging
import os
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, Literal

from markupsafe import escape
from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.utils.templates import TemplateContext

from generator import load, pages, pipeline, publish, report
from generator.model import Origin, Page, Problem, SetupError, Site

log = logging.getLogger("mkdocs.plugins.eportal")

DATA_ERRORS, BROKEN_SETUP = 1, 2
#: Settings of mkdocs.yml that come from data/region.yaml.
REGION_SETTINGS = ("site_name", "site_url", "site_description")


class StoppedError(PluginError):
    """The pipeline stopped the build; `last_code` is the exit code it asks the command line for."""

    last_code: int | None = None

    def __init__(self, message: str, code: int) -> None:
        """Keep the code where the command line finds it: MkDocs replaces the exception by its own."""
        super().__init__(message)
        StoppedError.last_code = code


class EportalConfig(Config):  # type: ignore[no-untyped-call]
    """The plugin's settings in mkdocs.yml: none are needed."""

    today = config_options.Optional(config_options.Type(str))


class EportalPlugin(BasePlugin[EportalConfig]):  # type: ignore[no-untyped-call]
    """Feeds MkDocs with the pages of the pipeline."""

    def __init__(self) -> None:
        """Start without a site; `serve` keeps the last good one."""
        self.serving = False
        self.good: Site | None = None
        self.problems: tuple[Problem, ...] = ()
        self.rendered: dict[str, str] = {}

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Remember the command; having this hook also makes MkDocs keep the plugin between rebuilds."""
        self.serving = command == "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Run the pipeline once for this build, and take the region's settings."""
        project = project_of(config)
        try:
            package = load.read_package(project.data)
            day = pipeline.today(self.config.today, os.environ, package.region)
            for name in REGION_SETTINGS:
                setattr(config, name, package.region[name])
            config.repo_url = package.region.values.get("repository") or None
            config.edit_uri = package.region.values.get("edit_path") if config.repo_url else None
            config.extra.update(pipeline.theme_settings(self._run(project, day)))
            _search_in(package.region.languages, config)
        except SetupError as error:
            if not self.serving or self.good is None:
                raise StoppedError(f"the set-up is broken: {error}", BROKEN_SETUP) from None
            self.problems = (_as_problem(error),)
        return config

    def _run(self, project: pipeline.Project, day: date) -> Site:
        """Build the site; bad data stops a build, and leaves `serve` with the last good pages."""
        site = pipeline.build_site(project, day)
        self.problems = site.problems
        if site.errors and not self.serving:
            raise StoppedError(f"\n{report.as_text(self.problems)}\n{report.summary(self.problems)}", DATA_ERRORS)
        if site.errors:
            log.error("%s\n%s", report.as_text(self.problems), report.summary(self.problems))
            return self.good or site
        for warning in self.problems:  # not through the logger: warnings of data do not break --strict
            log.info("%s", warning)
        self.rendered = {page.uri: text for page, text in pipeline.markdown(site, project)}
        self.good = site
        return site

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Replace templates and hand-written pages with the pages of the pipeline; keep assets and the theme's."""
        project = project_of(config)
        wanted = set(pages.assets(project.content))
        kept = Files([f for f in files if f.src_uri in wanted or f.src_dir != config.docs_dir])
        if self.good is None:
            kept.append(File.generated(config, "index.md", content="# Problems\n"))
            return kept
        region = self.good.catalog.region
        for page in self.good.pages:
            file = File.generated(config, page.uri, content=self.rendered[page.uri])
            file.inclusion = (
                InclusionLevel.NOT_IN_NAV if page.record or page.language != region.languages[0] else file.inclusion
            )
            file.edit_uri = edit_uri(page, project.root)
            kept.append(file)
        for path, text in publish.redirects(self.good):
            kept.append(File.generated(config, path, content=text))
        return kept

    def on_page_markdown(self, markdown: str, /, *, page: MkDocsPage, config: MkDocsConfig, files: Files) -> str | None:
        """Escape title and description: themes for MkDocs print them into tags and attributes as they are."""
        page.meta.update({key: escape(page.meta[key]) for key in ("title", "description") if key in page.meta})
        return None

    def on_page_context(
        self, context: TemplateContext, *, page: MkDocsPage, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """Show the problems of the data on every page while serving."""
        if self.serving and any(p.severity == "error" for p in self.problems):
            page.content = problems_as_html(self.problems) + (page.content or "")
        return context

    def on_serve(
        self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Callable[..., Any]
    ) -> LiveReloadServer:
        """Reload when data, theme or generator change (content/ is watched by MkDocs itself)."""
        project = project_of(config)
        for folder in (project.data, project.overrides, Path(__file__).parent):
            if folder.is_dir():
                server.watch(str(folder))
        return server


def _search_in(languages: tuple[str, ...], config: MkDocsConfig) -> None:
    """Let the theme's search know the words of all languages, unless mkdocs.yml says which."""
    search = config.plugins.get("material/search") or config.plugins.get("search")
    if len(languages) > 1 and search is not None and not search.config.lang:
        search.config.lang = list(languages)


def project_of(config: MkDocsConfig) -> pipeline.Project:
    """Give the project that a mkdocs.yml belongs to: the folder above content/."""
    return pipeline.Project(Path(config.docs_dir).parent)


def edit_uri(page: Page, root: Path) -> str:
    """Give the path of the file behind a page in the repository, where the pencil leads."""
    path = Path(page.origin.path)
    absolute = path if path.is_absolute() else Path.cwd() / path
    return (absolute.relative_to(root) if absolute.is_relative_to(root) else path).as_posix()


def problems_as_html(problems: tuple[Problem, ...]) -> str:
    """Give a notice with all problems, for the pages that `serve` shows meanwhile."""
    items = "".join(f"<li><code>{html.escape(str(p))}</code></li>" for p in problems)
    return (
        '<div class="notice notice--problems" role="alert"><p><strong>The data has problems.</strong> '
        f"You see the last good pages ({report.summary(problems)}).</p><ul>{items}</ul></div>"
    )


def _as_problem(error: SetupError) -> Problem:
    path, _, message = str(error).partition(": ")
    return Problem("set-up", message or str(error), Origin(path))
