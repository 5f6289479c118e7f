"""The MkDocs plugin `eportal`: it reads and checks the data, and hands MkDocs the pages made from them.

`eportal build` (and `mkdocs build`) runs it from `on_config` to `on_post_build`. In `eportal serve`, the same hooks
prepare single pages, and `live_site.py` provides the site that they are made from.
"""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from jinja2 import Environment
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

from generator import load, pages, pipeline, publish, report, search, translations, workers
from generator.mkdocs_site import markdown_hooks, page_shell
from generator.mkdocs_site.pages import (
    edit_uri,
    file_of,
    html_of,
    is_ours,
    published,
    root_of,
    take_region_settings,
)
from generator.mkdocs_site.record_pages import RecordPages, link_targets, write_files
from generator.mkdocs_site.theme_files import of_theme, with_our_base
from generator.model import SetupError, Site
from generator.progress import VERBOSITY_VARIABLE, Progress
from generator.render.compiled import compiled_templates

log = logging.getLogger("mkdocs.plugins.eportal")

DATA_ERRORS, BROKEN_SETUP = 1, 2


class StoppedError(PluginError):
    """The pipeline stopped the build; `last_code` is the exit code it asks the command line for."""

    last_code: int | None = None

    def __init__(self, message: str, code: int) -> None:
        """Keep the code where the command line finds it, because MkDocs replaces the exception with its own."""
        super().__init__(message)
        StoppedError.last_code = code


@contextmanager
def stopping() -> Iterator[None]:
    """Stop the build if the setup turns out to be broken."""
    try:
        yield
    except SetupError as error:
        raise StoppedError(f"the setup is broken: {error}", BROKEN_SETUP) from None


class EportalConfig(Config):  # type: ignore[no-untyped-call]
    """The plugin's settings in mkdocs.yml: none are needed.

    `shell: false` lets MkDocs build every page itself; `processes: 1` uses a single process.
    """

    today = config_options.Optional(config_options.Type(str))
    shell = config_options.Type(bool, default=True)
    processes = config_options.Optional(config_options.Type(int))


class EportalPlugin(BasePlugin[EportalConfig]):  # type: ignore[no-untyped-call]
    """Feeds MkDocs the pages of the pipeline."""

    def __init__(self) -> None:
        """Start without a site."""
        self.tell = Progress(sys.stderr, os.environ)
        self.site: Site | None = None
        #: Set by the preview, which renders pages on request; `notice` is HTML to show on top of every page.
        self.is_preview, self.notice = False, ""
        #: Text of the pages whose Markdown we convert ourselves, by source path.
        self.own: dict[str, str] = {}
        self.records: RecordPages | None = None
        self.others: workers.Workers | None = None
        self.search: Iterator[tuple[str, bytes]] = iter(())

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Refuse MkDocs' own preview, which would build the whole site after every change."""
        if command == "serve" and not self.is_preview:
            raise PluginError("run `eportal serve` instead of `mkdocs serve`")

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Run the pipeline once for this build, and take the region's settings."""
        if not self.is_preview:
            with stopping():
                self.site = self._checked(pipeline.Project(root_of(config)))
                take_region_settings(config, self.site)
        markdown_hooks.on_config(config)
        return config

    def _checked(self, project: pipeline.Project) -> Site:
        """Read and check the data; bad data stops the build."""
        package = load.read_package(project.data)
        day = pipeline.today(self.config.today, os.environ, package.region)
        site = pipeline.build_site(project, day, package=package, tell=self.tell)
        self.tell("Rendering pages")
        if site.problems:
            self.tell.clear()
        if site.errors:
            raise StoppedError(f"\n{report.as_text(site.problems)}\n{report.summary(site.problems)}", DATA_ERRORS)
        for warning in site.problems:  # not through the logger: warnings of data do not break --strict
            log.info("%s", warning)
        if os.environ.get(VERBOSITY_VARIABLE) != "quiet":
            for sentence in translations.fallbacks(package.region.languages):
                log.info("%s", sentence)
        return site

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Replace templates and hand-written pages with the pages of the pipeline; keep assets and the theme's."""
        if self.site is None:
            raise PluginError("on_config did not run")
        wanted = set(pages.assets(root_of(config) / "content"))
        with stopping():
            assets = [published(file) for file in of_theme(files, config)]
        kept = [*(f for f in files if f.src_uri in wanted), *assets]
        if self.is_preview:
            return Files([*kept, *(file_of(page, config) for page in self.site.pages if not page.record)])
        with stopping():
            return Files(self._files_to_build(self.site, kept, config))

    def _files_to_build(self, site: Site, kept: list[File], config: MkDocsConfig) -> list[File]:
        """Render the pages that MkDocs builds; meanwhile helpers write what is published along with the pages."""
        site_dir, groups = Path(config.site_dir), publish.file_groups(site)
        self.others = workers.Workers(lambda n: write_files(groups[n], site_dir), len(groups), self._processes())
        parts = pipeline.renderer(site, pipeline.Project(root_of(config))).parts
        self.records = RecordPages(site, parts) if self.config.shell else None
        rendered = {page.uri: parts(page) for page in site.pages if not (page.record and self.records)}
        texts = {uri: text for uri, (_, text) in rendered.items()}
        by_mkdocs = [page for page in site.pages if page.uri in rendered]
        self.own = {page.uri: texts[page.uri] for page in by_mkdocs if is_ours(page, texts[page.uri])}
        index = {page.uri: rendered[page.uri] for page in by_mkdocs if not page.record}
        self.search = search.search_files(site, index)
        sentinels = self.records.files(config) if self.records else ()  # first: then helpers can begin early
        made = [file_of(page, config, *rendered[page.uri]) for page in by_mkdocs]
        targets = link_targets(site, texts, config) if self.records else ()
        return [*sentinels, *kept, *made, *targets]

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Fill pages from Material's base.html as ours need it, and keep the compiled templates for the next build."""
        env.bytecode_cache = compiled_templates(root_of(config), "theme")
        with stopping():
            return with_our_base(env, config)

    def on_page_markdown(self, markdown: str, /, *, page: MkDocsPage, config: MkDocsConfig, files: Files) -> str | None:
        """Escape title and description: themes for MkDocs print them into tags and attributes as they are.

        Python-Markdown gets no text of the pages that we convert ourselves.
        """
        page.meta.update({key: escape(page.meta[key]) for key in ("title", "description") if key in page.meta})
        return "" if page.file.src_uri in self.own else markdown_hooks.on_page_markdown(markdown, page=page)

    def on_page_content(self, content: str, /, *, page: MkDocsPage, config: MkDocsConfig, files: Files) -> str:
        """Convert our pages in the same dialect as all template pages, no matter who builds them."""
        text = self.own.get(page.file.src_uri)
        return content if text is None else html_of(page, text)

    def on_page_context(
        self, context: TemplateContext, *, page: MkDocsPage, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """Show the problems of the data on top of every page of the preview."""
        page.content = f"{self.notice}{page.content or ''}"
        return context

    def on_post_template(self, output: str, /, *, template_name: str, config: MkDocsConfig) -> str:
        """Squeeze the page for unknown addresses; leave out MkDocs' own sitemap, which has no record pages."""
        return "" if template_name == publish.sitemap.PATH else page_shell.squeeze(output)

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
        """Write what MkDocs did not: record pages and additional files."""
        with stopping():
            write_files(self.search, Path(config.site_dir))
            if self.records:
                self.records.finish(self.tell)
            if self.others:
                self.others.finish()
        self.tell.clear()

    def _processes(self) -> int:
        return self.config.processes or workers.processes()

    def on_build_error(self, *, error: Exception) -> None:
        """Stop the helpers, so that they don't keep writing for a failed build."""
        self.tell.clear()
        for helpers in (self.records, self.others):
            if helpers:
                helpers.stop()

    def prepare(self, page_uri: str, text: str | None) -> None:
        """Take the text of a page that the preview is about to build, or None if MkDocs converts it."""
        self.own = {} if text is None else {page_uri: text}
