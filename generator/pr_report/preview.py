"""Writes the changed pages to one HTML file, which reviewers can open without building the site.

Compares the rendered pages of two revisions, so a change to a template shows on every page that it affects.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple
from urllib.parse import urljoin

from generator import css_bundle, load, pipeline, theme
from generator.mkdocs_site import page_shell
from generator.model import Page, SetupError, Site
from generator.pipeline import Project
from generator.pr_report import base_revision
from generator.render import split

#: More pages than a person will read; additional ones are only listed.
MOST = 100
ADDRESS = re.compile(r'\b(href|src)="([^"]*)"')
NAMES = re.compile(r' (id|for|list|aria-(?:labelledby|describedby|controls|owns))="([^"]*)"')
#: Elements that run or fetch something; a hand-written page may contain them, and has not been reviewed yet.
ACTIVE = re.compile(r"<(?=/?(?:script|style|meta|base|link|iframe|object|embed|form|template)\b)", re.IGNORECASE)
#: Nothing runs and nothing is loaded, no matter what a contributed page contains.
POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"

#: Rendered pages: file of the page -> its Markdown with front matter.
Texts = Mapping[str, str]


class Changes(NamedTuple):
    """The pages that a change affects."""

    pages: tuple[tuple[Page, str, str], ...]  # page, its Markdown, "new" or "changed"
    removed: tuple[str, ...]  # addresses


def compare(project: Project, site: Site, base: str) -> Changes:
    """Render the site as it is and as it was when the branch left `base`; return the differences."""
    now = tuple(pipeline.markdown(site, project))
    with TemporaryDirectory() as folder:
        base_revision.checkout(project.root, base, Path(folder))
        before = _former(Project(Path(folder)), site)
    changed = [
        (page, text, "changed" if page.uri in before else "new") for page, text in now if before.get(page.uri) != text
    ]
    return Changes(tuple(changed), tuple(sorted(set(before) - {page.uri for page, _ in now})))


def _former(project: Project, site: Site) -> Texts:
    """Render the site as it was; if it cannot be rendered, it counts as empty."""
    try:
        load.read_package(project.data)
        former = pipeline.build_site(project, site.today)
        return {page.uri: text for page, text in pipeline.markdown(former, project)}
    except SetupError:
        return {}


def as_html(changes: Changes, site: Site, overrides: Path) -> str:
    """Return one self-contained HTML file: a list of the changed pages, then their content."""
    shown = changes.pages[:MOST]
    anchors = {page.url: f"p{number}" for number, (page, _, _) in enumerate(shown)}
    root = str(site.catalog.region["site_url"])
    parts = [_head(site, overrides), '<main class="content flow"><h1>What this change does to the site</h1>']
    parts.append(f"<p>{_counts(changes)}. Only links work here.</p><ul>")
    parts += [_entry(page, kind, anchors.get(page.url)) for page, _, kind in changes.pages]
    parts += [f"<li>removed: <code>/{escape(_address(uri))}</code></li>" for uri in changes.removed]
    parts.append("</ul>")
    for page, text, kind in shown:
        parts += _section(page, text, kind, anchors, root)
    return "\n".join([*parts, "</main></body></html>", ""])


def _counts(changes: Changes) -> str:
    new = sum(kind == "new" for _, _, kind in changes.pages)
    words = {"new": new, "changed": len(changes.pages) - new, "removed": len(changes.removed)}
    return ", ".join(f"{number} {word}" for word, number in words.items() if number) or "No page changes"


def _entry(page: Page, kind: str, anchor: str | None) -> str:
    name = f"<code>/{escape(page.url)}</code>"
    return f"<li>{kind}: " + (f'<a href="#{anchor}">{name}</a></li>' if anchor else f"{name} (not shown here)</li>")


def _address(uri: str) -> str:
    return uri.removesuffix(".md").removesuffix("index").rstrip("/") + ("" if uri == "index.md" else "/")


def _section(page: Page, text: str, kind: str, anchors: Mapping[str, str], root: str) -> Iterator[str]:
    """Yield a page's content; its ids are made unique, and its links lead to a place in this file or to the site."""
    anchor = anchors[page.url]
    _, markdown = split(text)

    def leads(match: re.Match[str]) -> str:
        attribute, target = match[1], match[2]
        if target.startswith("#"):
            return f'{attribute}="#{anchor}-{target[1:]}"'
        whole = urljoin(f"{root}{page.url}", target.replace("&amp;", "&"))
        inside = anchors.get(whole.removeprefix(root).partition("#")[0]) if whole.startswith(root) else None
        return f'{attribute}="{f"#{inside}" if inside and attribute == "href" else escape(whole)}"'

    html = ACTIVE.sub("&lt;", page_shell.content_html(markdown)[0])
    html = NAMES.sub(lambda m: f' {m[1]}="{" ".join(f"{anchor}-{name}" for name in m[2].split())}"', html)
    language = escape(page.language)
    yield f'<hr><section class="flow" id="{anchor}" lang="{language}" aria-label="/{escape(page.url)}">'
    source = escape(page.origin.path)
    yield f"<p><strong>{kind}</strong> <code>/{escape(page.url)}</code> from <code>{source}</code></p>"
    yield ADDRESS.sub(leads, html)
    yield "</section>"


def _head(site: Site, overrides: Path) -> str:
    language = escape(site.catalog.region.languages[0])
    styles = css_bundle.stylesheet(overrides, theme.settings(overrides.parent))
    styles = styles.replace("</", "<\\/")  # so that no style can end its element
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>Preview: {escape(str(site.catalog.region['site_name']))}</title>"
        f"<style>{styles} main {{ max-width: 64rem; margin: auto; padding: 1.5rem }}</style></head><body>"
    )
