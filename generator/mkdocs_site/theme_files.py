"""The theme as MkDocs sees it: which of its files are published, and its page template."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from jinja2 import BaseLoader, ChoiceLoader, DictLoader, Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File

from generator import css_bundle, theme


def overrides_of(config: MkDocsConfig) -> Path | None:
    """Return the folder of our templates over Material's, or None for another theme or unmodified Material."""
    folder = config.theme.custom_dir
    return Path(folder) if folder and config.theme.name == "material" else None


def of_theme(files: Iterable[File], config: MkDocsConfig) -> Iterator[File]:
    """Yield the files of the theme that are published.

    Of Material's own files, these are only those named in settings; our stylesheets are joined into one.
    """
    overrides = overrides_of(config)
    named = {config.theme.get("favicon"), config.theme.get("logo")}
    for file in files:
        if file.src_dir == config.docs_dir:
            continue
        is_ours = overrides and file.src_dir == str(overrides)
        if not overrides or file.src_uri in named or (is_ours and not file.src_uri.startswith(css_bundle.FOLDER)):
            yield file
    if overrides and (styles := css_bundle.stylesheet(overrides, config.theme)):
        yield File.generated(config, css_bundle.PATH, content=f"{styles}\n")


def with_our_base(environment: Environment, config: MkDocsConfig) -> Environment:
    """Return the environment with Material's base.html adapted to our pages; one in overrides/ stays as it is."""
    loader = environment.loader
    if overrides_of(config) and isinstance(loader, BaseLoader) and not isinstance(loader, ChoiceLoader):
        source, path, _ = loader.get_source(environment, theme.BASE)
        if path and Path(path).is_relative_to(theme.folder()):
            environment.loader = ChoiceLoader([DictLoader({theme.BASE: theme.base(source)}), loader])
    return environment
