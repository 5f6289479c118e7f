"""Remembered pages: whatever changes and whatever the cache holds, pages equal those of a build without one."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from hashlib import blake2b
from pathlib import Path
from typing import Any

import pytest

from generator import load, pipeline
from generator.load import read_package
from generator.model import Package, Resource, SetupError, Site, Table
from generator.pipeline import Project
from generator.remember import FILE, Memory, Remembered, foundation, reads
from tests.conftest import ROOT, TODAY, edit, eportal
from tests.test_page_shell import EPOCH, files

Pages = dict[str, tuple[dict[str, Any], str]]


def rendered(project: Project, today: date = TODAY) -> Pages:
    """Render every page without a cache."""
    site = pipeline.build_site(project, today)
    renderer = pipeline.renderer(site, project)
    return {page.uri: renderer.parts(page) for page in site.pages}


def recalled(project: Project, memory: Memory, today: date = TODAY) -> tuple[Site, Pages, set[str]]:
    """Give site and pages as a build with a memory makes them, and the uris of those that were rendered anew."""
    site = pipeline.build_site(project, today)
    noted = reads.noted(site)
    render, anew = pipeline.renderer(noted, project).parts, set[str]()

    def parts(page: Any) -> tuple[dict[str, Any], str]:
        anew.add(page.uri)
        return render(page)

    build = Remembered(memory, noted, foundation(site, project), parts)
    pages = {page.uri: build.parts(page) for page in site.pages}
    build.finish()
    return site, pages, anew


def filled(pages: Mapping[str, Any], project: Project) -> set[str]:
    """Give the pages that are made of templates: hand-written ones are read anew each time."""
    return {uri for uri in pages if not (project.content / uri).exists()}


def resources() -> list[str]:
    """Name the datasets of the real data."""
    return [resource.name for resource in read_package(ROOT / "data")]


def first_changed(resource: Resource, table: Table) -> Table:
    """Change one record: a word more in a text that is free; where there is none, the last record is gone."""
    free = (
        f
        for f in resource.schema.fields
        if f.type == "string" and not (f.constraints.keys() - {"required", "maxLength"})
    )
    names = [f.name for f in free if not (f.format or f.reference or f.name in ("id", "status", "owner"))]
    for number, row in enumerate(table.rows):
        for name in names:
            if isinstance(text := row.values.get(name), str) and text:
                changed = row._replace(values={**row.values, name: f"{text[:60]} otherwise"})
                return replace(table, rows=(*table.rows[:number], changed, *table.rows[number + 1 :]))
    return replace(table, rows=table.rows[:-1])


@pytest.fixture(scope="module")
def real_tables() -> tuple[Package, dict[str, Table], Memory]:
    """Give the real data as read, and the memory of a build of it."""
    package = read_package(ROOT / "data")
    tables, problems = load.load(package)
    assert [p for p in problems if p.severity == "error"] == []
    memory = Memory(None)
    recalled(Project(ROOT), memory)
    return package, tables, memory


@pytest.mark.parametrize("name", resources())
def test_a_changed_record_changes_every_page_that_shows_it(
    name: str, real_tables: tuple[Package, dict[str, Table], Memory], monkeypatch: pytest.MonkeyPatch
) -> None:
    """For a change in each dataset of the real data, every page taken from the cache is what a clean build gives."""
    package, tables, memory = real_tables
    resource = package.get(name)
    assert resource is not None
    changed = {**tables, name: first_changed(resource, tables[name])}
    monkeypatch.setattr(load, "load", lambda _: (changed, []))
    before = Memory(None)
    before.keep(memory.lines)
    site, pages, anew = recalled(Project(ROOT), before)
    fresh = pipeline.renderer(site, Project(ROOT))
    reused = {page.uri: fresh.parts(page) for page in site.pages if page.uri not in anew}
    assert anew
    assert {uri: pages[uri] for uri in reused} == reused


def test_nothing_changed_nothing_rendered(small: Path) -> None:
    """A second build of the same data takes all filled pages from the first."""
    project, memory = Project(small), Memory(None)
    _, first, anew = recalled(project, memory)
    assert anew == set(first)
    _, second, anew = recalled(project, memory)
    assert second == first
    assert anew & filled(first, project) == set()


def test_only_pages_that_read_a_record_are_rendered_anew(small: Path) -> None:
    """A pathway's page shows its courses; the other pathway's page stays as it was."""
    project, memory = Project(small), Memory(None)
    recalled(project, memory)
    edit(small / "data" / "pathways" / "patient-care.yaml", "name: ", "name: New ")
    _, pages, anew = recalled(project, memory)
    assert "pathways/patient-care.md" in anew
    assert "pathways/public-health.md" not in anew
    assert pages == rendered(project)


CHANGES: Mapping[str, Callable[[Path], object]] = {
    "template": lambda root: _append(root / "content/pathways/record.md.j2", "\n<p>More.</p>\n"),
    "partial": lambda root: _append(root / "content/_partials/name.md.j2", "!"),
    "region": lambda root: edit(root / "data/region.yaml", "county: ", "county: New "),
    "schema": lambda root: edit(root / "data/schemas/pathways.yaml", "title: ", "title: New "),
    "new record": lambda root: _append(
        root / "data/pathways/nursing.yaml", (root / "data/pathways/patient-care.yaml").read_text(encoding="utf-8")
    ),
    "deleted page": lambda root: (root / "content/pathways/index.md.j2").unlink(),
}


def _append(path: Path, text: str) -> None:
    with path.open("a", encoding="utf-8") as file:
        file.write(text)


@pytest.fixture
def telling(small: Path) -> Path:
    """Give the small project with a template that shows a partial, the region, the day and the first course."""
    (small / "content/_partials").mkdir()
    _append(small / "content/_partials/name.md.j2", "<b>{{ region.county }}</b>")
    words = (
        "{% include '_partials/name.md.j2' %}\n<p>{{ today }} {{ schemas.pathways.title }} {{ dataset | length }}</p>\n"
    )
    _append(small / "content/pathways/record.md.j2", f"\n{words}")
    return small


@pytest.mark.parametrize("change", CHANGES)
def test_what_every_page_is_made_of_is_noticed(telling: Path, change: str) -> None:
    """A changed template, partial, region, schema or set of records shows on all pages that it should show on."""
    project, memory = Project(telling), Memory(None)
    _, before, _ = recalled(project, memory)
    CHANGES[change](telling)
    _, after, _ = recalled(project, memory)
    assert after == rendered(project)
    assert after != before


def test_a_new_day_is_noticed(telling: Path) -> None:
    """What a page says of today is not yesterday's."""
    project, memory = Project(telling), Memory(None)
    recalled(project, memory)
    tomorrow = TODAY + timedelta(days=1)
    _, pages, _ = recalled(project, memory, tomorrow)
    assert pages == rendered(project, tomorrow)
    assert tomorrow.isoformat() in pages["pathways/patient-care.md"][1]


def test_another_generator_or_library_is_noticed(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The foundation differs with a library's version and with the generator's own text."""
    project = Project(small)
    site = pipeline.build_site(project, TODAY)
    own = foundation(site, project)
    assert foundation(site, project) == own
    with monkeypatch.context() as other:
        other.setattr(sys.modules[foundation.__module__], "version", lambda name: f"{name} 99")
        assert foundation(site, project) != own
    monkeypatch.setattr(sys.modules[foundation.__module__], "GENERATOR", small / "content")
    assert foundation(site, project) != own


def test_a_page_that_reads_places_is_not_remembered(small: Path) -> None:
    """Where a record stands in its file is no part of what is compared, so such a page is rendered each time."""
    _append(small / "content/pathways/record.md.j2", "\n<p>{{ record.row.path }}</p>\n")
    project, memory = Project(small), Memory(None)
    recalled(project, memory)
    *_, anew = recalled(project, memory)
    assert "pathways/patient-care.md" in anew


def damaged(content: bytes) -> Iterator[bytes]:
    """Give what may become of a file: cut, empty, garbage, a letter changed, lines of other pages, other forms."""
    yield from (b"", b"\n\n", content[: len(content) // 2], content[len(content) // 2 :], b"\xff\x00 " * 99)
    for one in content.splitlines():
        digest, uri, rest = one.split(b" ", 2)
        yield b" ".join([digest, uri, rest.replace(b"a", b"b")])
        yield from (one.replace(uri, other) for other in (b"pathways/public-health.md", b"../../outgoing.md", b"\xff"))
        for form in (
            b"[]",
            b"{}",
            b"7",
            b"[1,2,3,4]",
            b'["",[],{},""]',
            b'["",7,{},""]',
            b'["",[7],{},""]',
            b"[" * 9999,
        ):
            made = b"%b %b" % (uri, form)
            yield b"%b %b" % (blake2b(made, digest_size=16).hexdigest().encode(), made)


def test_a_torn_or_foreign_cache_costs_time_only(small: Path) -> None:
    """No page is stale or broken whatever the file holds, be its digest right."""
    project, folder = Project(small), small / "cache"
    recalled(project, Memory(folder))
    content, pages = (folder / FILE).read_bytes(), rendered(project)
    for one in damaged(content):
        (folder / FILE).write_bytes(one)
        assert recalled(project, Memory(folder))[1] == pages


def test_a_cache_of_another_project_is_of_no_use(small: Path, tmp_path: Path) -> None:
    """The pages of a project with other templates are not taken."""
    recalled(Project(small), Memory(tmp_path / "cache"))
    _append(small / "content/pathways/record.md.j2", "\n<p>Other.</p>\n")
    _, pages, _ = recalled(Project(small), Memory(tmp_path / "cache"))
    assert pages == rendered(Project(small))


def test_a_folder_that_cannot_be_used_is_a_broken_setup(tmp_path: Path) -> None:
    """A file in the place of the folder is said to be one."""
    (tmp_path / "file").touch()
    with pytest.raises(SetupError, match="cannot be used as cache"):
        Memory(tmp_path / "file")


def test_a_build_with_a_cache_equals_one_without(real: Path) -> None:
    """The whole site is the same bytes: after a linked record changed, after the theme changed."""
    day = TODAY.isoformat()

    def build(*options: str) -> dict[str, bytes]:
        done = eportal("build", "--today", day, *options, cwd=real, SOURCE_DATE_EPOCH=EPOCH)
        assert done.returncode == 0, done.stdout + done.stderr
        return files(real / "site")

    first = build("--cache", "cache")
    edit(next((real / "data" / "sectors").glob("*.yaml")), "name: ", "name: New ")
    edit(real / "overrides" / "main.html", "</head>", '<meta name="other" content="theme"></head>')
    second = build("--cache", "cache")
    assert second != first
    assert second == build()
