"""Pages for MkDocs: their files, and their HTML if we convert them instead of Python-Markdown.

Pages made from templates are CommonMark with HTML blocks. pyromark converts them like record pages, hundreds of
times faster; only pages with links or pictures in Markdown, which MkDocs must resolve and check, are left to it.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any

from markdown.extensions.toc import nest_toc_tokens
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, InclusionLevel
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.structure.toc import get_toc

from generator import pipeline, theme
from generator.mkdocs_site import page_shell
from generator.model import Page, Site
from generator.render import front_matter

#: Comes before the address of a link or picture in Markdown.
MARKDOWN_ADDRESS = "]("
ANCHOR = re.compile(r'<[a-zA-Z][^>]*?\s(?:id|name)="([^"]+)"')
#: Deeper headings are not in the table of contents; mkdocs.yml sets the same for Python-Markdown.
TOC_DEPTH = 3
#: Comments in scripts that are on their own lines (a string in a script may look like one).
COMMENT_LINES = re.compile(r"^[ \t]*(?://[^\n]*|/\*\*(?:(?!\*/).)*\*/[ \t]*)\n", re.DOTALL | re.MULTILINE)


def take_region_settings(config: MkDocsConfig, site: Site) -> None:
    """Set the site's name, address and repository from data/region.yaml, and what the theme needs, in MkDocs."""
    region = site.catalog.region
    for name in ("site_name", "site_url", "site_description"):
        setattr(config, name, region[name])
    config.repo_url = region.values.get("repository") or None
    config.edit_uri = region.values.get("edit_path") if config.repo_url else None
    project = pipeline.Project(root_of(config))
    known = [*theme.languages(project.overrides), *region.languages]
    theme.check(config.theme, config.extra, known, (project.content, *map(Path, config.theme.dirs)))
    config.extra.update(pipeline.theme_settings(site, project))
    config.theme["language"] = theme.language(config.theme, region.languages)


def file_of(page: Page, config: MkDocsConfig, meta: Mapping[str, Any] = MappingProxyType({}), text: str = "") -> File:
    """Return a page as a file for MkDocs to build; the preview fills it in when the page is requested."""
    file = File.generated(config, page.uri, content=front_matter(meta) + text)
    if page.record or page.language != config.extra["languages"][0]:
        file.inclusion = InclusionLevel.NOT_IN_NAV
    file.edit_uri = edit_uri(page, root_of(config))
    mark_line(file, line_of(page))
    return file


def is_ours(page: Page, text: str) -> bool:
    """Return whether we turn a page's text into HTML ourselves."""
    return page.template.endswith(".j2") and (page.record is not None or MARKDOWN_ADDRESS not in text)


def html_of(page: MkDocsPage, text: str) -> str:
    """Return the HTML of a page that we convert, and report its headings and anchors to MkDocs."""
    html, headings = page_shell.content_html(text)
    page.toc = get_toc(_tokens(headings))
    page.present_anchor_ids = set(ANCHOR.findall(html))
    return html


def _tokens(headings: Sequence[page_shell.Heading]) -> list[Any]:
    found: list[Any] = [
        {"level": one.level, "id": one.slug, "name": page_shell.TAGS.sub("", one.html)}
        for one in headings
        if one.level <= TOC_DEPTH
    ]
    return list(nest_toc_tokens(found))


def published(file: File) -> File:
    """Let MkDocs publish a script of the theme without its comments; other files stay as they are."""
    if file.src_uri.endswith(".js"):
        file.content_string = COMMENT_LINES.sub("", file.content_string)
    return file


def root_of(config: MkDocsConfig) -> Path:
    """Return the folder of the project that a mkdocs.yml belongs to: the one above content/."""
    return Path(config.docs_dir).parent


def edit_uri(page: Page, root: Path) -> str:
    """Return the path of the file behind a page in the repository, which the edit link opens."""
    absolute, inside = os.path.join(os.getcwd(), page.origin.path), f"{root}{os.sep}"  # noqa: PTH109, PTH118 - 10,000 times
    return absolute.removeprefix(inside) if absolute.startswith(inside) else page.origin.path


def line_of(page: Page) -> str:
    """Return the line of a record that shares its file with others; '' for every other page."""
    return str(page.origin.line) if page.record and not page.record.row.stem else ""


def mark_line(file: File, line: str) -> None:
    """Let the theme know the line of the record in the file that its edit link opens."""
    file.line = line  # type: ignore[attr-defined]
