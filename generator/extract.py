"""Collect the fixed words that people can translate: `python -m generator.extract`.

The words are in the templates of content/, in titles and labels of schemas, and in the search. They are written to
locale/eportal.pot, and every language's catalogue is brought up to date: translations are kept, new words are added
without one, words no longer used are dropped. The files hold no dates, line numbers or versions, so that they change
only when the words do.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.pofile import read_po, write_po
from jinja2.ext import babel_extract

from generator import load, search, translations

TEMPLATE_SUFFIX = ".j2"
#: The settings of the environment in `render`, as text, which is how Babel's extractor takes them.
JINJA_OPTIONS = {
    "encoding": "utf-8",
    "extensions": "jinja2.ext.do",
    "newstyle_gettext": "true",
    "trim_blocks": "true",
    "lstrip_blocks": "true",
    "silent": "false",
}
#: Header lines of a catalog that would change although no word did, or that say nothing.
UNSTEADY = tuple(
    f'"{name}: '.encode()
    for name in (
        "Project-Id-Version",
        "Report-Msgid-Bugs-To",
        "POT-Creation-Date",
        "PO-Revision-Date",
        "Last-Translator",
        "Language-Team",
        "Generated-By",
    )
)
WIDTH = 120
HEADER = "# The fixed words of the site, gathered by `python -m generator.extract`."


class Message(NamedTuple):
    """Words to translate (singular and plural if they count something) and the file that they are in."""

    words: str | tuple[str, ...]
    place: str


def messages(root: Path) -> Iterator[Message]:
    """Yield all words of a project that are translated through the catalogs."""
    yield from _of_templates(root)
    yield from _of_schemas(root)
    yield from (Message(words, "generator/search/entries.py") for words in search.WORDS.values())


def template(root: Path) -> bytes:
    """Return the text of the .pot file: all words, sorted, each with the files that it is in."""
    catalog = _catalog(root)
    catalog.header_comment = HEADER
    return _text(catalog)


def updated(path: Path, root: Path) -> bytes:
    """Return the text of a language's catalog, brought up to date; its translations are kept."""
    with path.open("rb") as file:
        catalog = read_po(file, locale=path.parent.parent.name)
    catalog.update(_catalog(root), no_fuzzy_matching=True)
    catalog.fuzzy = False
    if "PROJECT" in catalog.header_comment:  # Babel's own, in a catalog that was empty
        catalog.header_comment = HEADER
    return _text(catalog)


def write(root: Path, folder: Path) -> None:
    """Write the .pot file and bring every catalog up to date."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{translations.DOMAIN}.pot").write_bytes(template(root))
    for path in catalogues(folder):
        path.write_bytes(updated(path, root))


def catalogues(folder: Path) -> list[Path]:
    """Return the catalogs of all languages."""
    return sorted(folder.glob(f"*/LC_MESSAGES/{translations.DOMAIN}.po"))


def _of_templates(root: Path) -> Iterator[Message]:
    for path in sorted((root / "content").rglob(f"*{TEMPLATE_SUFFIX}")):
        file = BytesIO(path.read_bytes())
        for _, words, _, _ in extract(babel_extract, file, DEFAULT_KEYWORDS, (), JINJA_OPTIONS):
            yield Message(
                words if isinstance(words, str) else tuple(map(str, words)), path.relative_to(root).as_posix()
            )


def _of_schemas(root: Path) -> Iterator[Message]:
    """Yield titles of datasets and labels of values: the words of the data that are not in records."""
    for resource in load.read_package(root / "data"):
        place = f"data/schemas/{resource.name}.yaml"
        yield Message(resource.schema.title, place)
        for field in resource.schema.all_fields:
            if not field.choices:  # otherwise the words belong to the region
                yield from (Message(label, place) for label in field.labels.values())


def _catalog(root: Path) -> Catalog:
    catalog = Catalog(project=translations.DOMAIN, charset="utf-8", fuzzy=False)
    places: dict[str | tuple[str, ...], set[str]] = {}
    for words, place in messages(root):
        places.setdefault(words, set()).add(place)
    for words, found in places.items():
        catalog.add(words, locations=[(place, 0) for place in sorted(found)])
    return catalog


def _text(catalog: Catalog) -> bytes:
    file = BytesIO()
    write_po(file, catalog, width=WIDTH, sort_output=True, ignore_obsolete=True, include_lineno=False)
    return b"".join(line for line in file.getvalue().splitlines(keepends=True) if not line.startswith(UNSTEADY))


if __name__ == "__main__":
    write(Path(), translations.LOCALE)
