"""Limits: what is too large or deep, a symbolic link, or an invalid path is refused before it does harm."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator import load, pages, text_safety, validate
from generator.load import text as files
from generator.load.csv_file import LONGEST_CELL, read_csv
from generator.load.yaml_file import read_tree, read_yaml
from generator.model import Field, Site
from generator.pipeline import Project, build_site, markdown
from tests.conftest import GOLDEN, PROJECT, TODAY, eportal

Check = Callable[..., Site]


class Untouchable(str):
    """Text that fails if anything but its length is read."""

    __slots__ = ()

    def __len__(self) -> int:
        """Return a large length."""
        return 100_000

    def refuse(self, *_: object) -> None:
        """Fail because somebody read the text."""
        pytest.fail("somebody looked at the text before its length")

    __iter__ = __getitem__ = __contains__ = __add__ = __eq__ = strip = split = startswith = refuse
    __hash__ = str.__hash__


@pytest.mark.parametrize(
    "field", [Field("name"), Field("a", markdown=True), *(Field("b", format=f) for f in text_safety.ADDRESS_CHECKS)]
)
def test_length_is_judged_first(field: Field) -> None:
    """Only the length of an overlong text is read, so no pattern can be slow on it."""
    assert [found.code for found in text_safety.judge(field, Untouchable("<b>\x00"))] == ["E117"]


@pytest.mark.parametrize("form", text_safety.ADDRESS_CHECKS)
def test_address_length_is_judged_first(form: str) -> None:
    """The length of an address is checked before its form."""
    assert "longer than" in text_safety.address_fault(form, Untouchable("https://ok.example/"))[0]


@pytest.mark.parametrize(
    "seed", ["a", "a-", "<", "<a", "`", "[", "](", "&", "@", ".", "a.", "\\", "\n", "0", "0x", "-", "e\u0301"]
)
def test_every_text_pattern_is_behind_the_cap(seed: str) -> None:
    """A hundred thousand hostile characters in any field give only the size problem."""
    value = (seed * 100_000)[:100_000]
    for field in (Field("name"), Field("a", markdown=True), Field("website", format="uri")):
        assert [found.code for found in text_safety.judge(field, value)] == ["E117"]


@pytest.mark.parametrize("kind", ["string", "integer", "number", "date", "boolean", "list"])
def test_huge_value_is_refused_before_it_is_read(kind: str) -> None:
    """A huge value of any type is refused before frictionless and the schema's pattern see it."""
    constraints = {"pattern": "(a+)+b"} if kind == "string" else {}
    value, findings = validate.judge_of(Field("x", type=kind, constraints=constraints))("a" * (files.MAX_VALUE + 1))
    assert value is None
    assert [f.fault.code for f in findings] == ["E117"]


def test_long_list_is_refused() -> None:
    """A list has a maximum number of items, because each is compared with the others."""
    _, findings = validate.judge_of(Field("x", type="array"))([str(i) for i in range(validate.MAX_ITEMS + 1)])
    assert [f.fault.code for f in findings] == ["E117"]


@pytest.mark.parametrize(
    "value", ["1e999999999", "1E5", "9" * 5000, "1_000", "\u0661\u0662", "\uff11", "NaN", "Infinity", "-inf", "0x10"]
)
@pytest.mark.parametrize("kind", ["integer", "number"])
def test_number_that_cannot_be_written_out_is_refused(kind: str, value: str) -> None:
    """Exponents, underscores, endless digits and digits of other scripts are not numbers."""
    _, findings = validate.judge_of(Field("x", type=kind))(value)
    assert [f.fault.code for f in findings] == ["E204"]


DEEP = {
    "flow lists": "[" * 100_000,
    "flow lists closed": "[" * 100_000 + "]" * 100_000,
    "flow mappings": "{a: " * 50_000,
    "block lists on a line": "- " * 50_000 + "a",
    "block lists over lines": "".join(f"{' ' * i}-\n" for i in range(1000)),
    "block mappings": "".join(f"{' ' * i}a:\n" for i in range(1000)),
    "keys of keys": "? " * 50_000 + "a",
    "one level too many": "a: {b: {c: {d: {e: {f: {g: {h: {i: j}}}}}}}}",
}


@pytest.mark.parametrize("content", DEEP.values(), ids=DEEP)
def test_deep_nesting_is_refused(content: str, tmp_path: Path) -> None:
    """Nesting is limited to a few levels, because it could overflow the parser's stack and crash the process."""
    path = tmp_path / "deep.yaml"
    path.write_text(content)
    tree, problems = read_tree(path)
    assert tree is None
    assert [p.code for p in problems] == ["E117"]
    assert "nesting" in problems[0].message


ALIASES = {
    "of a list": "- &a [x]\n- *a\n",
    "of a text": "a: &x text\nb: *x\n",
    "of itself": "&a [*a]",
    "of a key's value": "a: &x {b: c}\nd: *x\n",
    "merged": "a: &x {b: c}\nd:\n  <<: *x\n",
    "not there": "a: *x\n",
    "bomb": "a: &a [x, x]\n"
    + "".join(f"{b}: &{b} [{', '.join([f'*{a}'] * 9)}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)),
}


@pytest.mark.parametrize("content", ALIASES.values(), ids=ALIASES)
def test_aliases_are_refused(content: str, tmp_path: Path) -> None:
    """Aliases are refused, so that a small file cannot expand."""
    path = tmp_path / "alias.yaml"
    path.write_text(content)
    tree, problems = read_tree(path)
    assert tree is None
    assert [p.code for p in problems] == ["E113"]


def test_large_file_is_refused_unread(small: Path, check: Check, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file above the limit is one problem and only affects its own dataset's rows."""
    biggest = max(p.stat().st_size for p in small.glob("data/**/*.yaml") if p.name != "events.yaml")
    monkeypatch.setattr(files, "MAX_BYTES", biggest)
    (small / "data/events.yaml").write_text("x" * (biggest + 1))
    found = [p for p in check().problems if p.code == "E117"]
    assert [p.origin.path for p in found] == ["data/events.yaml"]


def test_large_cell_is_named_as_such(small: Path, check: Check) -> None:
    """A cell above the limit is reported as too large, not as an open quotation mark."""
    path = small / "data/courses.csv"
    path.write_text(path.read_text() + f"7940,{'x' * (LONGEST_CELL + 1)},,capstone,\n7950,Last,,capstone,\n")
    found = {(p.code, p.origin.line) for p in check().problems}
    assert found == {("E117", 5)}


@pytest.mark.usefixtures("small")
def test_too_many_records_are_refused(check: Check, monkeypatch: pytest.MonkeyPatch) -> None:
    """A dataset has a maximum number of records."""
    monkeypatch.setattr(load, "MAX_RECORDS", 2)
    assert [(p.code, p.dataset) for p in check().problems] == [("E117", "courses")]


#: A trailing slash means the link points to a folder.
SYMLINKS = [
    "data/pathways/leak.yaml",
    "data/notes.yaml",
    "data/schemas/leak.yaml",
    "data/.hidden",
    "data/folder/",
    "content/leak.md",
    "content/leak.md.j2",
    "content/leak.png",
    "content/_partials/leak.md.j2",
    "content/pathways/leak.md",
    "content/folder/",
    "content/.git/",
    "overrides/leak.html",
    "overrides/assets/leak.css",
    "overrides/folder/",
]


@pytest.mark.parametrize("where", ["inside", "outside"])
@pytest.mark.parametrize("place", SYMLINKS)
def test_symbolic_link_is_refused(place: str, where: str, small: Path, tmp_path: Path, check: Check) -> None:
    """A symbolic link in data/, content/ or overrides/ is an error wherever it points, and its target is not shown."""
    target = (small if where == "inside" else tmp_path) / "secret"
    target.mkdir()
    (target / "config.md").write_text("id: SECRET\n")
    link = small / place
    link.parent.mkdir(parents=True, exist_ok=True)
    link.symlink_to(target if place.endswith("/") else target / "config.md")
    site = check()
    assert ("E116", place.rstrip("/")) in {(p.code, p.origin.path) for p in site.errors}
    assert not [page.uri for page in site.pages if "leak" in page.uri or "config" in page.uri]
    assert not [name for name in pages.assets(small / "content") if "leak" in name or "config" in name]
    for _, made in markdown(site, Project(Path())):
        assert "SECRET" not in made


@pytest.mark.parametrize("name", ["data", "content", "overrides", "data/pathways", "content/pathways"])
def test_folder_that_is_a_symbolic_link_is_refused(name: str, small: Path, tmp_path: Path, check: Check) -> None:
    """A whole folder may not be a symbolic link either."""
    (small / "overrides").mkdir()
    shutil.move(small / name, tmp_path / "elsewhere")
    (small / name).symlink_to(tmp_path / "elsewhere")
    assert ("E116", name) in {(p.code, p.origin.path) for p in check().errors}


def test_symbolic_links_are_not_published(small: Path, tmp_path: Path) -> None:
    """The build stops at a symbolic link and publishes nothing from its target."""
    (tmp_path / "secret.txt").write_text("SECRET")
    (small / "content/leak.txt").symlink_to(tmp_path / "secret.txt")
    done = eportal("build", "--today", TODAY.isoformat(), cwd=small)
    assert done.returncode == 1
    assert "E116" in done.stderr
    assert not (small / "site").exists()


IDS = [
    "../x",
    "..",
    ".",
    "",
    "CON",
    "Con",
    "a/b",
    "a\\b",
    "/etc",
    "Patient",
    "a_b",
    "a b",
    "a--b",
    "-a",
    "a-",
    "a" * 65,
]
IDS += ["é", "e\u0301", "a.b", "%2e%2e", "a\n", "a\x00", "<b>", "\uff41"]


@pytest.mark.parametrize("bad", IDS)
def test_bad_id_is_refused_and_makes_no_path(bad: str, small: Path, check: Check) -> None:
    """An invalid ID is an error, and no page leaves the site even if the error is ignored."""
    path = small / "data/sectors.yaml"
    quoted = "".join(f"\\U{ord(c):08x}" for c in bad)
    path.write_text(path.read_text().replace("id: arts-media", f'id: "{quoted}"'))
    shutil.copytree(small / "content/pathways", small / "content/sectors")
    (small / "content/sectors/record.md.j2").write_text("{{ record.name }}")
    site = check()
    assert [p for p in site.errors if p.dataset == "sectors" and p.field == "id"]
    assert_inside(site)
    assert not [page for page in site.pages if page.dataset == "sectors" and page.record and page.record.id == bad]


@pytest.mark.parametrize("reserved", ["con", "nul", "prn", "aux", "com1", "lpt9", "index", "feed"])
def test_reserved_id_is_refused(reserved: str, small: Path, check: Check) -> None:
    """Names reserved by Windows or the site are not valid IDs."""
    path = small / "data/sectors.yaml"
    path.write_text(path.read_text().replace("id: arts-media", f"id: {reserved}"))
    assert [p.code for p in check().errors] == ["E403"]


def test_pages_without_a_pattern_for_ids_are_a_broken_setup(small: Path, check: Check) -> None:
    """A dataset with pages needs a pattern for its IDs; the message is for the maintainer."""
    schema = small / "data/schemas/courses.yaml"
    schema.write_text(schema.read_text().replace(', pattern: "[0-9]{4}"', ""))
    (small / "content/courses").mkdir()
    (small / "content/courses/record.md.j2").write_text("x")
    with pytest.raises(load.package.SetupError, match="pattern"):
        check()


def test_real_pages_stay_inside_the_site() -> None:
    """Every address of the real site is a plain relative path below its root."""
    assert_inside(build_site(Project(PROJECT), TODAY))


def assert_inside(site: Site) -> None:
    """Assert that every page and redirect is written to a plain path below the site's root."""
    for uri in [*(page.uri for page in site.pages), *(f"{former}index.html" for former in site.redirects)]:
        assert re.fullmatch(r"(?:[a-z0-9_-]+/)*[a-z0-9_-]+\.(?:md|html)", uri), uri
        assert (Path("/site") / uri).resolve().is_relative_to("/site")


BYTES = st.one_of(
    st.binary(max_size=300),
    st.text(max_size=200).map(lambda s: s.encode("utf-8", "surrogatepass")),
    st.text(alphabet="ab,;\"'\n\r\t-: []{}&*!|>#%@\x00\ufeff", max_size=120).map(str.encode),
)
QUICK = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@QUICK
@given(content=BYTES)
def test_any_bytes_as_csv_give_rows_or_problems(content: bytes, tmp_path: Path) -> None:
    """Any bytes read as CSV give rows, problems, or an empty file, never a failure."""
    path = tmp_path / "x.csv"
    path.write_bytes(content)
    table, problems = read_csv("x", path, ["id", "name"])
    assert problems or table.columns or not content.strip(b"\r\n")
    for row in table.rows:
        assert row.origin("id").line <= content.count(b"\n") + content.count(b"\r") + 1


@QUICK
@given(content=BYTES, one_each=st.booleans())
def test_any_bytes_as_yaml_give_rows_or_problems(content: bytes, one_each: bool, tmp_path: Path) -> None:  # noqa: FBT001
    """Any bytes read as YAML give rows, problems, or an empty list, never a failure."""
    path = tmp_path / "x.yaml"
    path.write_bytes(content)
    table, problems = read_yaml("x", [path], one_each=one_each)
    tree, _ = read_tree(path)
    assert problems or table.rows or (tree is not None and not tree.value)


@QUICK
@given(
    content=BYTES, name=st.sampled_from(["courses.csv", "wages.csv", "events.yaml", "sectors.yaml", "pathways/x.yaml"])
)
def test_any_bytes_in_any_file_of_data_are_problems(content: bytes, name: str, tmp_path: Path) -> None:
    """Arbitrary bytes in place of a data file pass through the whole pipeline and give problems."""
    project = tmp_path / "project"
    shutil.rmtree(project, ignore_errors=True)
    shutil.copytree(GOLDEN / "_base", project)
    (project / "data" / name).write_bytes(content)
    assert build_site(Project(project), TODAY).problems


def test_untouchable_text_is_a_good_witness() -> None:
    """The text that must not be read really fails when read."""
    with pytest.raises(pytest.fail.Exception):
        Untouchable("x").strip()
    field = replace(Field("x"), format="uri")
    with pytest.raises(pytest.fail.Exception):
        text_safety.ADDRESS_CHECKS[field.format](Untouchable("x"))
