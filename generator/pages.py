"""Plan the site's pages: the templates in content/, times records, times languages.

This module knows the layout of content/ and of the site's addresses, but neither Jinja nor MkDocs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from generator.diagnostics import problem
from generator.load.text import listing, shown_path
from generator.model import Catalog, Dataset, Origin, Page, Problem, Record, Region, SetupError

RECORD_TEMPLATE = "record.md.j2"
#: Templates that make a page for each record: `record.md.j2` its own, `record.rules.md.j2` another at <id>/rules/.
RECORD_TEMPLATES = re.compile(r"record(?:\.(?P<part>[a-z0-9]+(?:-[a-z0-9]+)*))?\.md\.j2")
TEMPLATE_SUFFIX = ".md.j2"
PAGE_SUFFIXES = (".md", TEMPLATE_SUFFIX)
#: A name that can be a folder of the site; the schemas require the same of ids.
SEGMENT = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LONGEST_SEGMENT = 64
IN_USE = "remove it here: an alias is a former id, and this id is in use"
ONE_ONLY = "a former address can lead to only one record: remove it from one of the two"


def plan(catalog: Catalog, content: Path) -> tuple[tuple[Page, ...], list[Problem]]:
    """Return all pages in a stable order, and a problem for each pair that would share an address."""
    languages = catalog.region.languages
    for language in languages[1:]:
        _translations_have_originals(content, language)
    pages = [page for language in languages for page in _pages(catalog, content, language, languages)]
    return tuple(pages), list(_collisions(pages))


def symlinks(*folders: Path) -> list[Problem]:
    """Report symbolic links, because MkDocs would follow them and publish what they lead to."""
    inside = (path for folder in folders if folder.is_dir() for path in (folder, *_all_in(folder)))
    found = [path for path in inside if path.is_symlink()]
    return [problem("E116", Origin(shown_path(path)), name=path.name) for path in found]


def _all_in(folder: Path) -> Iterator[Path]:
    """Yield everything in a folder, at any depth; an unreadable folder is an error (`rglob` would skip it)."""
    for path in listing(folder):
        yield path
        if path.is_dir() and not path.is_symlink():
            yield from _all_in(path)


def is_segment(name: str) -> bool:
    """Whether a name can be a folder of the site: it leads nowhere else and is the same on every system."""
    return len(name) <= LONGEST_SEGMENT and SEGMENT.fullmatch(name) is not None


def assets(content: Path) -> list[str]:
    """Return the files that are published unchanged: all files in content/ except pages and templates."""
    files = (p for p in sorted(content.rglob("*")) if p.is_file() and not p.is_symlink())
    relative = (p.relative_to(content) for p in files)
    return [r.as_posix() for r in relative if not r.name.endswith((".md", ".j2")) and not _hidden(r)]


def _hidden(path: Path) -> bool:
    """Whether a file is not published: some part of its path begins with an underscore or a dot."""
    return any(part.startswith(("_", ".")) for part in path.parts)


def _pages(catalog: Catalog, content: Path, language: str, languages: tuple[str, ...]) -> Iterator[Page]:
    """Yield the pages of one language; a hand-written page without a translation is shown untranslated."""
    prefix = "" if language == languages[0] else f"{language}/"
    for path in sorted(content.rglob("*")):
        relative = path.relative_to(content)
        if not path.name.endswith(PAGE_SUFFIXES) or _hidden(relative) or path.is_symlink():
            continue
        if relative.parts[0] in languages[1:]:
            continue
        if found := RECORD_TEMPLATES.fullmatch(path.name):
            yield from _record_pages(catalog, relative, language, prefix, found["part"] or "")
            continue
        template, translated = relative.as_posix(), not prefix
        if prefix and (content / prefix / relative).exists():
            template, translated = f"{prefix}{template}", True
        is_template = path.name.endswith(TEMPLATE_SUFFIX)
        yield Page(
            uri=prefix + relative.as_posix().removesuffix(".j2"),
            language=language,
            template=template,
            origin=Origin(shown_path(content / template)),
            dataset=relative.parts[0] if is_template and relative.parts[0] in catalog.datasets else "",
            translated=translated or is_template,
        )


def _translations_have_originals(content: Path, language: str) -> None:
    """Refuse a page in a language's folder that translates no other page, because it would be silently lost."""
    for path in sorted((content / language).rglob("*")):
        original = path.relative_to(content / language)
        if path.name.endswith(PAGE_SUFFIXES) and not _hidden(original):
            if not (content / original).is_file():
                raise SetupError(
                    f"content/{language}/{original}: there is no page content/{original} to translate; "
                    "rename this file or remove it"
                )
            if RECORD_TEMPLATES.fullmatch(path.name):
                raise SetupError(
                    f"content/{language}/{original}: records have one template for all languages; remove this one"
                )


def _record_pages(catalog: Catalog, relative: Path, language: str, prefix: str, part: str) -> Iterator[Page]:
    """Yield a template's page for each record; a part named after a dataset is only for records it refers to."""
    dataset = relative.parent.as_posix()
    if dataset not in catalog.datasets:
        raise SetupError(f"content/{relative}: there is no dataset '{dataset}'; rename the folder or add the dataset")
    key = catalog[dataset].resource.schema.field("id")
    if key is None or not {"pattern", "enum"} & key.constraints.keys():
        path = catalog[dataset].resource.schema.path
        raise SetupError(f"{path}: records with pages need a field 'id' with a pattern; see schemas/_record.yaml")
    for record in catalog[dataset]:
        if not is_segment(record.id):
            continue  # the schema's pattern refuses it; it must never become a path, even if problems are ignored
        if part in catalog.datasets and not record.backlinks.get(part):
            continue
        yield Page(
            uri=f"{prefix}{dataset}/{record.id}{part and '/'}{part}.md",
            language=language,
            template=relative.as_posix(),
            origin=record.origin,
            record=record,
            dataset=dataset,
            part=part,
            translated=not prefix or _is_translated(catalog, record, language),
        )


def _is_translated(catalog: Catalog, record: Record, language: str) -> bool:
    """Whether every translatable field that has text also has it in this language."""
    resource = catalog[record.dataset].resource
    fields = (f for f in resource.schema.fields if f.translatable)
    return all(record.values.get(f"{f.name}_{language}") for f in fields if record.values.get(f.name))


def redirects(catalog: Catalog, pages: tuple[Page, ...], region: Region) -> tuple[dict[str, str], list[Problem]]:
    """Return former address -> present address from the aliases of records, and a problem for each collision."""
    taken = {page.url for page in pages}
    parts = {dataset.name: _parts(pages, dataset.name) for dataset in catalog}
    with_aliases = [d for d in catalog if any(r.values.get("aliases") for r in d)]
    known = {(r.dataset, r.id.casefold()): r for d in with_aliases for r in d}
    former: dict[tuple[str, str], Origin] = {}
    found: dict[str, str] = {}
    problems = []
    for dataset in catalog:
        for record in dataset:
            for i, alias in enumerate(record.values.get("aliases") or ()):
                key, here = (dataset.name, alias.casefold()), record.row.origin("aliases", i)
                about = {"dataset": dataset.name, "record": record.id, "field": "aliases", "value": alias}
                words = {"shown": f"'{alias}'"}
                if key in known:
                    first = known[key].row.origin("id")
                    problems.append(
                        problem("E404", here, about=about, what="an id", first=first, advice=IN_USE, **words)
                    )
                elif key in former:
                    problems.append(
                        problem("E404", here, about=about, what="an alias", first=former[key], advice=ONE_ONLY, **words)
                    )
                elif record.url in taken and is_segment(alias):
                    found |= _of_alias(f"{dataset.name}/{alias}/", record.url, parts[dataset.name], taken, region)
                former.setdefault(key, here)
        found |= dict(_withdrawn(dataset, parts[dataset.name], taken, region))
        found |= dict(_index(dataset, taken, region))
    return found, problems


def parts_no_longer_made(published: Iterable[str], pages: tuple[Page, ...]) -> dict[str, str]:
    """Return where a record's additional pages lead that were once published and are not made anymore: to the record.

    Args:
        published: addresses that the site has had, such as `/occupations/welders/figures/`.
        pages: the pages that are made now.
    """
    made = {page.url: page for page in pages}
    found = {}
    for url in (address.strip("/") + "/" for address in published):
        parent = url[: url.rstrip("/").rfind("/") + 1]
        if url not in made and parent in made and made[parent].record:
            found[url] = parent
    return found


def _parts(pages: tuple[Page, ...], dataset: str) -> tuple[str, ...]:
    """Return what can follow a record's address: "" for its own page, "rules/" for an additional one."""
    return tuple(dict.fromkeys(page.part and f"{page.part}/" for page in pages if page.dataset == dataset))


def _of_alias(
    former: str, url: str, parts: tuple[str, ...], taken: set[str], region: Region
) -> Iterator[tuple[str, str]]:
    """Yield where the former addresses of a record and of its additional pages lead now."""
    for prefix in ["", *(f"{language}/" for language in region.languages[1:])]:
        yield from ((f"{prefix}{former}{part}", f"{prefix}{url}{part}") for part in parts if f"{url}{part}" in taken)


def _withdrawn(dataset: Dataset, parts: tuple[str, ...], taken: set[str], region: Region) -> Iterator[tuple[str, str]]:
    """Yield the addresses of withdrawn records, which lead to the index of their dataset."""
    for prefix in ["", *(f"{language}/" for language in region.languages[1:])]:
        index = f"{prefix}{dataset.resource.listed_with or dataset.name}/"
        gone = (f"{prefix}{dataset.name}/{id_}/{part}" for id_ in dataset.withdrawn for part in parts)
        yield from ((address, index) for address in gone if index in taken)


def _index(dataset: Dataset, taken: set[str], region: Region) -> Iterator[tuple[str, str]]:
    """Yield the address of a dataset without an index page, which leads to the page that lists its records."""
    for prefix in ["", *(f"{language}/" for language in region.languages[1:])]:
        address, target = f"{prefix}{dataset.name}/", f"{prefix}{dataset.resource.listed_with}/"
        if dataset.resource.listed_with and target in taken and address not in taken:
            yield address, target


def _collisions(pages: list[Page]) -> Iterator[Problem]:
    """Report pages with the same address (case-insensitively), because one of them would be silently lost."""
    seen: dict[str, Page] = {}
    for page in pages:
        first = seen.setdefault(page.url.casefold(), page)
        if first is not page:
            yield problem("E406", page.origin, first=first.origin, address=f"/{page.url}")


def addresses(pages: tuple[Page, ...], former: Mapping[str, str]) -> list[str]:
    """Return every address that the site answers to, sorted."""
    return sorted({f"/{page.url}" for page in pages} | {f"/{url}" for url in former})
