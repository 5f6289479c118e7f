"""Write the site as plain Markdown files for MkDocs without our plugin, or for another builder."""

from __future__ import annotations

import posixpath
import re
import shutil
from collections.abc import Mapping
from io import StringIO
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from generator import css_bundle, pages, pipeline, publish, search, theme
from generator.load.text import shown_path
from generator.model import Page, SetupError, Site
from generator.render import front_matter

OUR_PLUGIN = "eportal"
#: What completes hand-written pages; MkDocs runs it without our plugin.
HOOKS = Path(__file__).parent / "mkdocs_site" / "markdown_hooks.py"
#: A link or picture in Markdown that is relative.
MARKDOWN_LINK = re.compile(r"(?<=\]\()(?!/)[^\s:#?)]+(?=[\s#?)])")
MARKER = "# Written by `eportal export`"


def export(site: Site, project: pipeline.Project, folder: Path) -> int:
    """Write all pages, additional files, assets and a mkdocs.yml; return the number of pages.

    Raises:
        SetupError: the folder contains something other than a previous export.
    """
    _make_room(folder)
    docs = folder / "docs"
    renderer = pipeline.renderer(site, project)
    places = {page.uri: _place(page) for page in site.pages}
    written = {}
    for page in site.pages:
        meta, text = renderer.parts(page)
        _write(docs / places[page.uri], front_matter(meta) + _relinked(text, page.uri, places))
        if not page.record:
            written[page.uri] = meta, text
    for path, content in (*publish.published_files(site), *search.search_files(site, written)):
        (docs / path).parent.mkdir(parents=True, exist_ok=True)
        (docs / path).write_bytes(content)
    for asset in pages.assets(project.content):
        (docs / asset).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(project.content / asset, docs / asset)
    if project.overrides.is_dir():
        shutil.copytree(project.overrides, folder / "overrides", dirs_exist_ok=True)
        _fill_theme(folder / "overrides", project)
    shutil.copyfile(HOOKS, folder / HOOKS.name)
    _write(folder / "mkdocs.yml", f"{MARKER}; the next export replaces it.\n{_settings(site, project, places)}")
    return len(site.pages)


def _place(page: Page) -> str:
    """Return the file that a page is exported to: pages made from templates get a folder of their own.

    Links in their HTML are relative to the page's address. MkDocs keeps them, but Zensical resolves them against the
    file, so the file has to be in the folder that the address names.
    """
    return f"{page.url}index.md" if page.template.endswith(".j2") else page.uri


def _relinked(text: str, uri: str, places: Mapping[str, str]) -> str:
    """Return a page's text with its links in Markdown leading to where pages are exported to."""

    def link(found: re.Match[str]) -> str:
        target = posixpath.normpath(posixpath.join(posixpath.dirname(uri), found[0]))
        return posixpath.relpath(places.get(target, target), posixpath.dirname(places[uri]) or ".")

    return MARKDOWN_LINK.sub(link, text)


def _in_places(nav: Any, places: Mapping[str, str]) -> Any:
    """Return `nav` of mkdocs.yml with the files that pages are exported to."""
    if isinstance(nav, Mapping):
        return {title: _in_places(below, places) for title, below in nav.items()}
    return places.get(nav, nav) if isinstance(nav, str) else [_in_places(entry, places) for entry in nav]


def _fill_theme(overrides: Path, project: pipeline.Project) -> None:
    """Write what our plugin makes of the theme: one stylesheet, and Material's base.html adapted to our pages."""
    styles = css_bundle.stylesheet(project.overrides, theme.settings(project.root))
    shutil.rmtree(overrides / css_bundle.FOLDER, ignore_errors=True)
    _write(overrides / css_bundle.PATH, f"{styles}\n")
    if not (overrides / theme.BASE).exists():
        _write(overrides / theme.BASE, theme.base((theme.folder() / theme.BASE).read_text(encoding="utf-8")))


def _make_room(folder: Path) -> None:
    settings = folder / "mkdocs.yml"
    if folder.exists() and any(folder.iterdir()):
        if not settings.exists() or not settings.read_text(encoding="utf-8").startswith(MARKER):
            raise SetupError(
                f"{shown_path(folder)}: the folder is not empty; choose one that is empty or does not exist yet"
            )
        shutil.rmtree(folder)
    folder.mkdir(parents=True, exist_ok=True)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def _settings(site: Site, project: pipeline.Project, places: Mapping[str, str]) -> str:
    """Return the project's mkdocs.yml without our plugin, with what the plugin would have set.

    ruamel.yaml keeps comments, and the names of functions in the settings of Markdown extensions.
    """
    yaml = YAML()
    settings = yaml.load(project.root / "mkdocs.yml")
    region = site.catalog.region
    settings |= {name: region[name] for name in ("site_name", "site_url", "site_description")}
    settings["docs_dir"] = "docs"
    settings["theme"]["language"] = theme.language(settings["theme"], region.languages)
    settings["plugins"] = [p for p in settings.get("plugins", []) if p != OUR_PLUGIN]
    settings["hooks"] = [HOOKS.name]
    settings["extra"] = settings.get("extra", {}) | pipeline.theme_settings(site, project)
    if "nav" in settings:
        settings["nav"] = _in_places(settings["nav"], places)
    settings.pop("exclude_docs", None)
    text = StringIO()
    yaml.dump(settings, text)
    return text.getvalue()
