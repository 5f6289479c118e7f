"""The MkDocs plugin `eportal`: pages, navigation, edit links, redirects, live reload.

Only this module (and `site_build` beside it) knows MkDocs. Every hook calls one function of the pipeline.
"""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from markupsafe import escape
from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.utils.templates import TemplateContext

from generator import load, pages, pipeline, publish, report, search, workers
from generator.mkdocs_site import page_shell
from generator.mkdocs_site.pages import (
    edit_uri,
    file_of,
    html_of,
    is_ours,
    is_part,
    published,
    root_of,
    without_comments,
)
from generator.mkdocs_site.record_pages import Parts, RecordPages, write_files
from generator.model import Package, Problem, SetupError, Site
from generator.progress import Progress

if TYPE_CHECKING:
    from mkdocs.livereload import LiveReloadServer

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


@contextmanager
def stopping() -> Iterator[None]:
    """Stop the build where the set-up turns out to be broken."""
    try:
        yield
    except SetupError as error:
        raise StoppedError(f"the set-up is broken: {error}", BROKEN_SETUP) from None


class EportalConfig(Config):  # type: ignore[no-untyped-call]
    """The plugin's settings in mkdocs.yml: none are needed.

    `shell: false` lets MkDocs build every page itself; `processes: 1` keeps helpers away.
    """

    today = config_options.Optional(config_options.Type(str))
    shell = config_options.Type(bool, default=True)
    processes = config_options.Optional(config_options.Type(int))


class EportalPlugin(BasePlugin[EportalConfig]):  # type: ignore[no-untyped-call]
    """Feeds MkDocs with the pages of the pipeline."""

    def __init__(self) -> None:
        """Start without a site; `serve` keeps the last good one."""
        self.serving = False
        self.tell = Progress(sys.stderr, os.environ)
        self.good: Site | None = None
        self.own: dict[str, str] = {}
        self.problems: tuple[Problem, ...] = ()
        self.rendered: dict[str, tuple[dict[str, Any], str]] = {}
        self.parts: Parts | None = None
        self.records: RecordPages | None = None
        self.beside: workers.Workers | None = None

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
            config.extra.update(pipeline.theme_settings(self._run(project, package, day)))
            if self.serving:
                config.extra["policy"] = ""  # MkDocs puts an inline script into each page, for reloading
        except SetupError as error:
            if not self.serving or self.good is None:
                raise StoppedError(f"the set-up is broken: {error}", BROKEN_SETUP) from None
            self.problems = (report.of_setup(error),)
        return config

    def _run(self, project: pipeline.Project, package: Package, day: date) -> Site:
        """Build the site; bad data stops a build, and leaves `serve` with the last good pages."""
        self.tell = Progress(sys.stderr, os.environ)
        site = pipeline.build_site(project, day, package=package, tell=self.tell)
        self.problems = site.problems
        self.tell("Rendering pages")
        if self.problems:
            self.tell.clear()
        if site.errors and not self.serving:
            raise StoppedError(f"\n{report.as_text(self.problems)}\n{report.summary(self.problems)}", DATA_ERRORS)
        if site.errors:
            log.error("%s\n%s", report.as_text(self.problems), report.summary(self.problems))
            return self.good or site
        for warning in self.problems:  # not through the logger: warnings of data do not break --strict
            log.info("%s", warning)
        self._render(site, project)
        self.good = site
        return site

    def _render(self, site: Site, project: pipeline.Project) -> None:
        """Render the pages that MkDocs builds; while serving all of them, so that a bad template is known at once."""
        render = pipeline.renderer(site, project).parts
        lazily = self.config.shell and not self.serving
        rendered = {page.uri: render(page) for page in site.pages if not (page.record and lazily)}
        self.rendered, self.parts = rendered, lambda page: rendered.get(page.uri) or render(page)

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Replace templates and hand-written pages with the pages of the pipeline; keep assets and the theme's."""
        project = project_of(config)
        wanted = set(pages.assets(project.content))
        of_theme = (f for f in files if f.src_dir != config.docs_dir and not is_part(f))
        kept = Files([*(f for f in files if f.src_uri in wanted), *map(published, of_theme)])
        if self.good is None:
            kept.append(File.generated(config, "index.md", content="# Problems\n"))
            return kept
        self._begin_beside(Path(config.site_dir))
        self.records = RecordPages(self.good, self.parts) if self.config.shell and self.parts else None
        by_mkdocs = [page for page in self.good.pages if not (page.record and self.records)]
        texts = {page.uri: self.rendered[page.uri] for page in by_mkdocs}
        if self.records:  # first, so that helpers can write record pages while MkDocs builds the others
            kept = Files([*self.records.files(config), *kept])
        self.own = {page.uri: texts[page.uri][1] for page in by_mkdocs if is_ours(page, texts[page.uri][1])}
        for page in by_mkdocs:
            kept.append(file_of(page, *texts[page.uri], config))
        if self.records:
            for file in self.records.link_targets({uri: text for uri, (_, text) in texts.items()}, config):
                kept.append(file)
        return kept

    def on_page_markdown(self, markdown: str, /, *, page: MkDocsPage, config: MkDocsConfig, files: Files) -> str | None:
        """Escape title and description: themes for MkDocs print them into tags and attributes as they are.

        Of pages that are ours to convert, Python-Markdown gets nothing to do.
        """
        page.meta.update({key: escape(page.meta[key]) for key in ("title", "description") if key in page.meta})
        return "" if page.file.src_uri in self.own else None

    def on_page_content(self, content: str, /, *, page: MkDocsPage, config: MkDocsConfig, files: Files) -> str:
        """Convert what is ours in the one dialect of all template pages, whoever builds them."""
        text = self.own.get(page.file.src_uri)
        return content if text is None else html_of(page, text)

    def on_page_context(
        self, context: TemplateContext, *, page: MkDocsPage, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """Show the problems of the data on every page while serving."""
        if self.serving and any(p.severity == "error" for p in self.problems):
            page.content = report.as_html(self.problems) + (page.content or "")
        return context

    def on_post_template(self, output: str, /, *, template_name: str, config: MkDocsConfig) -> str:
        """Publish the sheet without its comments; MkDocs' own sitemap, which knows of no record page, not at all."""
        if template_name == publish.sitemap.PATH:
            return ""
        return without_comments(output) if template_name.endswith(".css") else output

    def on_post_page(self, output: str, /, *, page: MkDocsPage, config: MkDocsConfig) -> str:
        """Keep sentinel pages for the shell: MkDocs does not write a page that is empty."""
        if self.records and self.records.take(page.file.src_uri, output):
            if self.records.is_ready:
                root = root_of(config)
                with stopping():
                    self.records.begin(Path(config.site_dir), lambda page: edit_uri(page, root), self._processes())
                self.tell("Writing pages")
            return ""
        return page_shell.squeeze(output)

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Write what MkDocs did not: record pages and what is published beside pages."""
        with stopping():
            if self.records:
                self.records.finish(self.tell)
            if self.beside:
                self.beside.finish()
        self.tell.clear()

    def _begin_beside(self, site_dir: Path) -> None:
        """Begin to write what is published beside pages: a helper does it while MkDocs builds pages."""
        if self.good is None:
            return
        jobs = [search.files(self.good, self.rendered), publish.files(self.good)]
        self.beside = workers.Workers(lambda number: write_files(jobs[number], site_dir), len(jobs), self._processes())

    def _processes(self) -> int:
        return self.config.processes or workers.processes()

    def on_build_error(self, *, error: Exception) -> None:
        """Let no helper go on writing for a build that has failed."""
        self.tell.clear()
        for helpers in (self.records, self.beside):
            if helpers:
                helpers.stop()

    def on_serve(
        self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Callable[..., Any]
    ) -> LiveReloadServer:
        """Reload when data, theme or generator change (content/ is watched by MkDocs itself)."""
        project = project_of(config)
        for folder in (project.data, project.overrides, Path(__file__).parent.parent):
            if folder.is_dir():
                server.watch(str(folder))
        return server


def project_of(config: MkDocsConfig) -> pipeline.Project:
    """Give the project that a mkdocs.yml belongs to: the folder above content/."""
    return pipeline.Project(root_of(config))
