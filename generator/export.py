"""Write the site as plain Markdown files for MkDocs without our plugin, or for another builder."""

from __future__ import annotations

import shutil
from io import StringIO
from pathlib import Path

from ruamel.yaml import YAML

from generator import css_bundle, pages, pipeline, publish, search, theme
from generator.load.text import shown_path
from generator.model import SetupError, Site
from generator.render import front_matter

OUR_PLUGIN = "eportal"
#: What completes hand-written pages; MkDocs runs it without our plugin.
HOOKS = Path(__file__).parent / "mkdocs_site" / "markdown_hooks.py"
MARKER = "# Written by `eportal export`; replaced by the next export."


def export(site: Site, project: pipeline.Project, folder: Path) -> int:
    """Write all pages, additional files, assets and a mkdocs.yml; return the number of pages.

    Raises:
        SetupError: the folder contains something other than a previous export.
    """
    _make_room(folder)
    docs = folder / "docs"
    renderer = pipeline.renderer(site, project)
    written = {}
    for page in site.pages:
        meta, text = renderer.parts(page)
        _write(docs / page.uri, front_matter(meta) + text)
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
    _write(folder / "mkdocs.yml", f"{MARKER}\n{_settings(site, project)}")
    return len(site.pages)


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


def _settings(site: Site, project: pipeline.Project) -> str:
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
    settings.pop("exclude_docs", None)
    text = StringIO()
    yaml.dump(settings, text)
    return text.getvalue()
