"""Pages of the preview: each is rendered on request, the way MkDocs would build it.

MkDocs' settings and the theme's environment stay loaded when the data changes.
"""

from __future__ import annotations

import mimetypes
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import NamedTuple

from mkdocs.commands.build import get_context
from mkdocs.config import load_config
from mkdocs.exceptions import Abort, ConfigurationError
from mkdocs.structure.files import File, Files, get_files, set_exclusions
from mkdocs.structure.nav import get_navigation
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.utils import get_relative_url

from generator import pipeline, publish, search
from generator.mkdocs_site.pages import file_of, is_ours, take_region_settings
from generator.mkdocs_site.plugin import EportalPlugin
from generator.mkdocs_site.record_pages import link_targets
from generator.model import Page, SetupError, Site
from generator.render import Renderer, front_matter

INDEX, NOT_FOUND = "index.html", "404.html"
#: Types that `mimetypes` does not know on every system.
KINDS = {".js": "text/javascript", ".ics": "text/calendar", ".gz": "application/gzip", ".svg": "image/svg+xml"}


class Answer(NamedTuple):
    """What a browser gets for an address."""

    content: bytes
    kind: str
    status: int = 200
    #: Whether it is one of our pages, which reload when something changes.
    reloads: bool = False


class Theme:
    """MkDocs' settings and the theme's environment and files, which stay loaded when the data changes."""

    def __init__(self, project: pipeline.Project) -> None:
        """Load them.

        Raises:
            SetupError: mkdocs.yml is broken.
        """
        try:
            self.config = load_config(str(project.root / "mkdocs.yml"), strict=False)
        except (ConfigurationError, Abort) as error:
            raise SetupError(f"mkdocs.yml: {error}") from error
        plugin = self.config.plugins.get("eportal")
        if not isinstance(plugin, EportalPlugin):
            raise SetupError("mkdocs.yml: add `eportal` to the plugins")
        self.plugin = plugin
        self.plugin.is_preview = True
        self.config.plugins.on_startup(command="serve", dirty=False)
        self.config = self.config.plugins.on_config(self.config)
        self.env = self.config.theme.get_env()
        self.files = Files([])
        self.files.add_files_from_theme(self.env, self.config)


class Pages:
    """The pages for one state of the data; each is rendered on request."""

    def __init__(self, theme: Theme, site: Site, project: pipeline.Project) -> None:
        """Let MkDocs set up files and navigation."""
        self.theme, self.site, self.project = theme, site, project
        config, plugins = theme.config, theme.config.plugins
        theme.plugin.site = site
        take_region_settings(config, site)
        plugins.on_pre_build(config=config)
        files = plugins.on_files(Files([*get_files(config), *theme.files]), config=config)
        set_exclusions(files, config)
        self.nav = plugins.on_nav(get_navigation(files, config), config=config, files=files)
        self.files = files
        self.env = plugins.on_env(theme.env, config=config, files=files)
        self.by_url = {page.url: page for page in site.pages}
        self.by_path = {file.dest_uri: file for file in files}
        self.published: dict[str, bytes] = {}

    @cached_property
    def renderer(self) -> Renderer:
        """Return the renderer of the templates in content/."""
        return pipeline.renderer(self.site, self.project)

    @cached_property
    def redirects(self) -> dict[str, str]:
        """Return the pages at former addresses."""
        return dict(publish.redirects(self.site))

    @cached_property
    def unpublished(self) -> Iterator[tuple[str, bytes]]:
        """Yield the files published in addition to pages, on request; search needs the text of all index pages."""
        yield from publish.published_files(self.site)
        index = {page.uri: self.renderer.parts(page) for page in self.site.pages if not page.record}
        yield from search.search_files(self.site, index)

    def has(self, url: str) -> bool:
        """Return whether there is a page or a redirect at an address that ends with a slash."""
        return url in self.by_url or url in self.site.redirects

    def answer(self, path: str) -> Answer | None:
        """Return what is at a path of the site, or None if there is nothing."""
        if page := self.by_url.get(path.removesuffix(INDEX)):
            return _html(self._page(page))
        if path in self.theme.config.theme.static_templates and (text := self._template(path)):
            return _html(text) if path.endswith(".html") else _file(path, text.encode())
        if file := self.by_path.get(path):
            if file.is_documentation_page():
                return _html(self._built(file))
            return _file(path, file.content_bytes)
        content = self.redirects.get(path, "").encode() if path.endswith(INDEX) else self._beside(path)
        return None if not content else _file(path, content)

    def _page(self, page: Page) -> str:
        """Render a page and build it as MkDocs would."""
        meta, text = self.renderer.parts(page)
        file = self.files.get_file_from_path(page.uri) or file_of(page, self.theme.config)
        file.content_string = front_matter(meta) + text
        self.theme.plugin.prepare(page.uri, text if is_ours(page, text) else None)
        return self._built(file, link_targets(self.site, {page.uri: text}, self.theme.config))

    def _built(self, file: File, targets: Iterable[File] = ()) -> str:
        config, plugins = self.theme.config, self.theme.config.plugins
        files = Files([*self.files, *targets])
        page: MkDocsPage = plugins.on_pre_page(file.page or MkDocsPage(None, file, config), config=config, files=files)
        page.read_source(config)
        page.markdown = plugins.on_page_markdown(page.markdown or "", page=page, config=config, files=files)
        page.render(config, files)
        page.content = plugins.on_page_content(page.content or "", page=page, config=config, files=files)
        page.active = True
        try:
            template = self.env.get_template(page.meta.get("template", "main.html"))
            context = get_context(self.nav, self.files, config, page)
            context = plugins.on_page_context(context, page=page, config=config, nav=self.nav)
            output: str = plugins.on_post_page(template.render(context), page=page, config=config)
        finally:
            page.active = False
        return output

    def _template(self, name: str) -> str:
        """Fill a static template of the theme."""
        config, plugins = self.theme.config, self.theme.config.plugins
        template = plugins.on_pre_template(self.env.get_template(name), template_name=name, config=config)
        root = "/" if name == NOT_FOUND else get_relative_url(".", name)
        context = get_context(self.nav, self.files, config, base_url=root)
        context = plugins.on_template_context(context, template_name=name, config=config)
        output: str = plugins.on_post_template(template.render(context), template_name=name, config=config)
        return output

    def _beside(self, path: str) -> bytes | None:
        """Write additional files until one is the file at a path."""
        while path not in self.published:
            made = next(self.unpublished, None)
            if made is None:
                return None
            self.published[made[0]] = made[1]
        return self.published[path]


def _html(text: str) -> Answer:
    return Answer(text.encode("utf-8", "xmlcharrefreplace"), "text/html; charset=utf-8", reloads=True)


def _file(path: str, content: bytes) -> Answer:
    """Return a file as it is, with its media type."""
    ending = f".{path.rpartition('.')[2]}"
    kind = KINDS.get(ending) or mimetypes.guess_type(path)[0] or "application/octet-stream"
    is_text = kind.startswith("text/") or kind in ("application/json", "application/xml")
    return Answer(content, f"{kind}; charset=utf-8" if is_text else kind)
