"""The MkDocs side of the shell: sentinel pages go in, finished record pages come out.

MkDocs builds index pages and prose as usual, and four sentinel pages for each dataset and language; this
module writes the record pages from them.
"""

from __future__ import annotations

import errno
import os
import posixpath
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, InclusionLevel

from generator.mkdocs_site import page_shell
from generator.mkdocs_site.pages import line_of, mark_line
from generator.model import Page, SetupError, Site
from generator.progress import Tell
from generator.render import front_matter
from generator.workers import MOST_JOBS, Workers

#: Pages that a process writes before it takes more; with fewer portions than this, helpers cost more than they gain.
PORTION, FEW_JOBS = 25, 10
#: What may differ between pages of one kind, in addition to their content.
OWN_META = ("title", "description", "alternates", "robots", "preview", "preview_words")
MARKDOWN_LINK = re.compile(r"\]\(<?([^)#?\s>]+\.md)")

#: Files as they are made: path in the site, bytes.
Written = Iterator[tuple[str, bytes]]
#: Returns a page's metadata and its Markdown.
Parts = Callable[[Page], tuple[dict[str, Any], str]]


class Kind(NamedTuple):
    """Record pages that share a shell."""

    template: str
    language: str


class RecordPages:
    """The record pages of one build."""

    def __init__(self, site: Site, parts: Parts) -> None:
        """Sort the record pages by kind."""
        self.site, self.parts = site, parts
        self.kinds: dict[Kind, list[Page]] = {}
        for page in site.pages:
            if page.record:
                self.kinds.setdefault(Kind(page.template, page.language), []).append(page)
        self.meta: dict[Kind, dict[str, Any]] = {}
        self.finished: dict[Kind, dict[int, str]] = {}
        self.sentinels: dict[str, tuple[Kind, int]] = {}
        self.workers: Workers | None = None

    def files(self, config: MkDocsConfig) -> Iterator[File]:
        """Yield the sentinel pages for MkDocs to build."""
        for kind, pages in self.kinds.items():
            sample = pages[0]
            meta, text = self.parts(sample)
            self.meta[kind] = _shared(meta)
            for number in (*page_shell.FEW, page_shell.MANY):
                sentinel = page_shell.ID.format(number)
                uri = _renamed(sample.uri, sample, sentinel)
                own: dict[str, Any] = {
                    "title": page_shell.TITLE,
                    "description": page_shell.DESCRIPTION,
                    "robots": page_shell.ROBOTS,
                }
                twins = {lang: _renamed(url, sample, sentinel) for lang, url in meta.get("alternates", {}).items()}
                own |= {"alternates": twins} if twins else {}
                own |= {"preview": page_shell.PREVIEW, "preview_words": page_shell.WORDS} if "preview" in meta else {}
                body = page_shell.sentinel_markdown(number, has_h1="<h1" in text)
                file = File.generated(config, uri, content=front_matter(meta | own) + body)
                file.inclusion = InclusionLevel.NOT_IN_NAV
                file.edit_uri = page_shell.EDIT
                mark_line(file, page_shell.LINE if line_of(sample) else "")
                self.sentinels[uri] = (kind, number)
                yield file

    def take(self, uri: str, html: str) -> bool:
        """Keep the finished HTML of a sentinel page; return False for every other page."""
        if uri not in self.sentinels:
            return False
        kind, number = self.sentinels[uri]
        self.finished.setdefault(kind, {})[number] = html
        return True

    @property
    def is_ready(self) -> bool:
        """Return whether every sentinel page is finished, so that writing can begin."""
        return sum(map(len, self.finished.values())) == len(self.sentinels)

    def begin(self, site_dir: Path, edit_uri: Callable[[Page], str], processes: int) -> None:
        """Begin to write record pages: helpers start while MkDocs builds the other pages."""
        shells = {kind: page_shell.cut(self.finished[kind]) for kind in self.kinds}
        for pages in self.kinds.values():
            (site_dir / pages[0].url).parent.mkdir(parents=True, exist_ok=True)

        def write(pages: list[tuple[Kind, Page]]) -> None:
            for kind, page in pages:
                html = shells[kind].fill(self._filling(kind, page, edit_uri(page)))
                _write(f"{site_dir}/{page.url}", html.encode())

        jobs = list(_portions([(kind, page) for kind, pages in self.kinds.items() for page in pages]))
        self.workers = Workers(lambda number: write(jobs[number]), len(jobs), processes if len(jobs) > FEW_JOBS else 1)

    def finish(self, tell: Tell) -> None:
        """Write what is left."""
        if self.workers:
            self.workers.finish(lambda done, jobs: tell(f"Writing pages: {done * 100 // jobs}%"))

    def stop(self) -> None:
        """Stop the helpers, because the build has failed."""
        if self.workers:
            self.workers.stop()

    def _filling(self, kind: Kind, page: Page, edit_uri: str) -> page_shell.Filling:
        """Render a record page's own part.

        Raises:
            SetupError: its front matter differs from other pages of its kind in more than it may.
        """
        meta, text = self.parts(page)
        if _shared(meta) != self.meta[kind]:
            what = "the front matter of its pages may differ in title, description, robots and preview only"
            raise SetupError(f"content/{page.template}: {what}; {page.uri} differs in more")
        content, headings = page_shell.content_html(text)
        title, description = meta["title"], meta["description"]
        rest = (meta.get(name, "") for name in ("robots", "preview", "preview_words"))
        return page_shell.Filling(page.record_id, title, description, edit_uri, line_of(page), content, headings, *rest)


def _portions(pages: list[tuple[Kind, Page]]) -> Iterator[list[tuple[Kind, Page]]]:
    """Split the pages into jobs small enough that all processes end together."""
    size = max(PORTION, -(-len(pages) // MOST_JOBS))
    for start in range(0, len(pages), size):
        yield pages[start : start + size]


def write_files(files: Written, site_dir: Path) -> None:
    """Write files as they are made."""
    for path, content in files:
        file = site_dir / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)


def _write(folder: str, content: bytes) -> None:
    """Write a page's file into its own folder."""
    try:
        os.mkdir(folder)  # noqa: PTH102 - twice as fast as pathlib, which counts at 10,000 pages
    except FileExistsError:
        pass
    except FileNotFoundError:  # a further page of a record whose own is not written yet
        os.makedirs(folder, exist_ok=True)  # noqa: PTH103 - as above
    number = os.open(f"{folder}index.html", os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    try:
        if os.write(number, content) < len(content):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), folder)
    finally:
        os.close(number)


def _shared(meta: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in meta.items() if key not in OWN_META}


def _renamed(url: str, page: Page, sentinel: str) -> str:
    """Replace the record's id with a sentinel, in the address or path of its page."""
    return re.sub(rf"(^|/){page.dataset}/{page.record_id}(?=/|\.md$)", rf"\g<1>{page.dataset}/{sentinel}", url, count=1)


def link_targets(site: Site, texts: Mapping[str, str], config: MkDocsConfig) -> Iterator[File]:
    """Yield the record pages that other pages (uri -> Markdown) link to in Markdown, for MkDocs to resolve."""
    linked = {
        posixpath.normpath(posixpath.join(posixpath.dirname(uri), target))
        for uri, text in texts.items()
        for target in MARKDOWN_LINK.findall(text)
    }
    for page in site.pages if linked else ():
        if page.record and page.uri in linked:
            yield LinkTarget(page.uri, None, config.site_dir, use_directory_urls=True, dest_uri=f"{page.url}index.html")


class LinkTarget(File):
    """A record page that prose links to: MkDocs resolves the link, and the shell writes the page."""

    def copy_file(self, dirty: bool = False) -> None:  # noqa: FBT001, FBT002 - the signature is MkDocs'
        """Write nothing."""

    def is_documentation_page(self) -> bool:
        """Return that there is nothing for MkDocs to build."""
        return False
