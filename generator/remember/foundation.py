"""What every page of a build is made of, as one digest: templates, generator, libraries, set-up, addresses, day."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path

from generator.model import Site
from generator.pipeline import Project

GENERATOR = Path(__file__).parent.parent
#: Packages that have a part in the text of a page.
LIBRARIES = ("babel", "frictionless", "jinja2", "markupsafe", "nh3", "pyromark", "pyyaml")
#: The set-up in data/: the records themselves are noted page by page.
SETUP = ("datapackage.yaml", "region.yaml", "schemas")


def foundation(site: Site, project: Project) -> str:
    """Give the digest; where one thing differs, no page of the last build is used."""
    digest = blake2b(digest_size=16)
    for name, content in _parts(site, project):
        digest.update(f"{name}\n{len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()


def _parts(site: Site, project: Project) -> Iterator[tuple[str, bytes]]:
    yield "python", sys.version.encode()
    yield from ((name, version(name).encode()) for name in LIBRARIES)
    yield "day", site.today.isoformat().encode()
    for folder in (GENERATOR, project.content, *(project.data / name for name in SETUP)):
        yield from _files(folder)
    first = site.catalog.region.languages[0]
    yield "addresses", "\n".join(sorted(p.url for p in site.pages if p.language == first and not p.record)).encode()
    yield "datasets with pages", "\n".join(sorted({p.dataset for p in site.pages if p.record})).encode()


def _files(place: Path) -> Iterator[tuple[str, bytes]]:
    """Give the name of every file, and what is in those that have a part in filled pages."""
    for path in sorted(place.rglob("*")) if place.is_dir() else [place]:
        if path.is_file() and "__pycache__" not in path.parts:
            counts = path.suffix in (".py", ".po", ".j2", ".yaml")
            yield path.relative_to(place.parent).as_posix(), path.read_bytes() if counts else b""
