"""Building, exporting and serving: the same data gives the same bytes, and a site is never broken or lost."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import jinja2
import pytest
from jinja2 import nodes
from ruamel.yaml import YAML

from generator.mkdocs_site import build as site_build
from generator.mkdocs_site import lock as site_lock
from generator.model import SetupError, Site
from generator.pipeline import Project
from tests import longevity
from tests.built import Built, parse
from tests.conftest import EPOCH, GOLDEN, PROJECT, ROOT, TODAY, built_once, copy_project, edit, eportal

DAY = TODAY.isoformat()
PATIENT_CARE = Path("data/pathways/patient-care.yaml")
PLAIN = "id: patient-care\nname: Patient Care\nsector: health-science\nsummary: Help people.\n"


def content_of(folder: Path) -> dict[str, bytes]:
    """Return the content of every file in a folder by its path."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def html_of(folder: Path) -> set[str]:
    """Return the paths of the HTML files in a folder."""
    return {p.relative_to(folder).as_posix() for p in folder.rglob("*.html")}


def mkdocs(*arguments: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run MkDocs itself."""
    settings = {"PYTHONPATH": str(ROOT), "NO_MKDOCS_2_WARNING": "1", **environment}
    command = [sys.executable, "-m", "mkdocs", *arguments]
    return subprocess.run(
        command, cwd=cwd, env={**os.environ, **settings}, capture_output=True, text=True, check=False, timeout=300
    )


def differences(one: Path, other: Path) -> list[str]:
    """Return the files that differ between two folders."""
    first, second = content_of(one), content_of(other)
    return sorted(name for name in first.keys() | second.keys() if first.get(name) != second.get(name))


# The same bytes


def test_builds_are_byte_identical(site_dir: Path, tmp_path: Path) -> None:
    """A different folder, time zone and hash seed change no byte if the day and the commit's time are the same."""
    project = copy_project(tmp_path / "elsewhere" / "a project")
    strange = {"TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "4242", "LANG": "C", "LC_ALL": "C"}
    done = eportal("build", "--today", DAY, "--site-dir", "out/site", cwd=project, SOURCE_DATE_EPOCH="1", **strange)
    assert done.returncode == 0, done.stderr
    assert differences(site_dir, project / "out" / "site") == []


def test_mkdocs_itself_builds_the_same_site(real: Path, site_dir: Path) -> None:
    """`mkdocs build --strict` produces the same site without any of our commands."""
    done = mkdocs("build", "--strict", cwd=real, SOURCE_DATE_EPOCH=EPOCH, EPORTAL_TODAY=DAY)
    assert done.returncode == 0, done.stderr
    assert differences(site_dir, real / "site") == []


def test_the_day_is_part_of_the_site(small: Path) -> None:
    """A different day gives a different site, because every page shows its build date."""
    copy_theme(small)
    texts = []
    for day in ("2026-11-24", "2026-11-25"):
        assert eportal("build", "--today", day, cwd=small, SOURCE_DATE_EPOCH=EPOCH).returncode == 0
        texts.append((small / "site" / "index.html").read_text(encoding="utf-8"))
    assert texts[0].replace("2026-11-24", "2026-11-25") == texts[1]
    assert texts[0] != texts[1]


def copy_theme(project: Path) -> None:
    """Copy the real project's theme into a small project."""
    shutil.copytree(ROOT / "overrides", project / "overrides")
    edit(project / "mkdocs.yml", "{name: material,", "{name: material, custom_dir: overrides,")


def test_error_page_works_at_any_depth_below_the_root_of_the_site(small: Path) -> None:
    """Addresses in 404.html start at the site's root, which may be a folder on its host."""
    copy_theme(small)
    edit(small / "data" / "region.yaml", "https://golden.example/", "https://host.example/careers/")
    assert eportal("build", "--today", DAY, cwd=small).returncode == 0
    tree = parse((small / "site" / "404.html").read_bytes())
    addresses = tree.xpath("//@src | //@action | //a/@href | //link/@href")
    own = [one for one in addresses if not one.startswith(("#", "mailto:"))]
    assert "/careers/search/" in own
    assert [one for one in own if not one.startswith("/careers/")] == []


# Export


def test_export_is_built_by_plain_mkdocs(real: Path, site_dir: Path) -> None:
    """The exported folder builds strictly without our plugin: the same pages, texts, links and policy."""
    assert eportal("export", "plain", "--today", DAY, cwd=real).returncode == 0
    settings = YAML().load(real / "plain" / "mkdocs.yml")
    assert "eportal" not in str(settings["plugins"])
    done = mkdocs("build", "--strict", "--site-dir", str(real / "built"), cwd=real / "plain", SOURCE_DATE_EPOCH=EPOCH)
    assert done.returncode == 0, done.stderr
    assert html_of(real / "built") == html_of(site_dir)
    assert longevity.report(site_dir, real / "built")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<p>Text.</p>", ""),
        ('href="../"', 'href="../../"'),
        ("<title>One</title>", "<title>Two</title>"),
        ("<p>Text.</p>", '<p style="color: red">Text.</p>'),
    ],
    ids=["text", "link", "title", "policy"],
)
def test_longevity_check_finds_what_another_builder_lost(tmp_path: Path, old: str, new: str) -> None:
    """The comparison of two sites fails on a lost text, a wrong link, another title, and an inline style."""
    page = '<!doctype html><title>One</title><article><p>Text.</p><a href="../">Up</a></article>'
    for name, text in (("ours", page), ("same", page), ("other", page.replace(old, new))):
        (tmp_path / name / "a").mkdir(parents=True)
        (tmp_path / name / "a" / "index.html").write_text(text, encoding="utf-8")
    assert longevity.report(tmp_path / "ours", tmp_path / "same")
    assert not longevity.report(tmp_path / "ours", tmp_path / "other")


def test_longevity_check_finds_a_missing_page(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The comparison of two sites fails on a missing page and names it."""
    for name in ("ours", "other"):
        (tmp_path / name).mkdir()
    (tmp_path / "ours" / "index.html").write_text("<!doctype html><title>One</title>", encoding="utf-8")
    assert not longevity.report(tmp_path / "ours", tmp_path / "other")
    assert "Files missing: 1, such as index.html" in capsys.readouterr().out


@pytest.mark.parametrize("path", sorted((ROOT / "overrides").rglob("*.html")), ids=lambda path: path.stem)
def test_templates_of_the_theme_call_no_method_of_python(path: Path) -> None:
    """Templates use filters instead of Python methods of text and mappings, which Zensical does not have."""
    tree = jinja2.Environment(autoescape=True).parse(path.read_text(encoding="utf-8"))
    called = {call.node.attr for call in tree.find_all(nodes.Call) if isinstance(call.node, nodes.Getattr)}
    assert called & {*dir(str), *dir(dict), *dir(list)} == set()


def test_export_has_redirects_and_assets(small: Path) -> None:
    """An export includes redirects and static files, but no templates."""
    (small / PATIENT_CARE).write_text(f"{PLAIN}aliases: [care]\n", encoding="utf-8")
    (small / "content" / "picture.svg").write_text("<svg/>", encoding="utf-8")
    assert eportal("export", "plain", "--today", DAY, cwd=small).returncode == 0
    files = {p.relative_to(small / "plain").as_posix() for p in (small / "plain").rglob("*") if p.is_file()}
    assert {"docs/pathways/care/index.html", "docs/picture.svg", "docs/pathways/patient-care/index.md"} <= files
    assert [name for name in files if name.endswith(".j2")] == []


def test_export_moves_links_with_the_pages(small: Path) -> None:
    """A page made from a template gets its own folder; menu and Markdown links lead there, others stay as they are."""
    (small / PATIENT_CARE).write_text(PLAIN, encoding="utf-8")
    text = "# Care\n\n[Care](pathways/patient-care.md#top) [Page](care.md) [Other](https://example.org/a.md)\n"
    (small / "content" / "care.md").write_text(text, encoding="utf-8")
    with (small / "mkdocs.yml").open("a", encoding="utf-8") as settings:
        settings.write("nav: [{Pathways: [pathways/patient-care.md]}, care.md]\n")
    assert eportal("export", "plain", "--today", DAY, cwd=small).returncode == 0
    written = (small / "plain" / "docs" / "care.md").read_text(encoding="utf-8")
    assert "[Care](pathways/patient-care/index.md#top) [Page](care.md) [Other](https://example.org/a.md)" in written
    nav = YAML().load(small / "plain" / "mkdocs.yml")["nav"]
    assert nav == [{"Pathways": ["pathways/patient-care/index.md"]}, "care.md"]


def test_export_goes_only_where_it_was_before(small: Path) -> None:
    """An export refuses to overwrite other files (exit 2) and replaces an earlier export."""
    (small / "notes").mkdir()
    (small / "notes" / "mine.txt").write_text("keep", encoding="utf-8")
    done = eportal("export", "notes", "--today", DAY, cwd=small)
    assert done.returncode == 2
    assert "notes: the folder is not empty" in done.stderr
    assert content_of(small / "notes") == {"mine.txt": b"keep"}
    assert eportal("export", "plain", "--today", DAY, cwd=small).returncode == 0
    (small / "plain" / "docs" / "old.md").write_text("# Old\n", encoding="utf-8")
    assert eportal("export", "plain", "--today", DAY, cwd=small).returncode == 0
    assert not (small / "plain" / "docs" / "old.md").exists()


# A failed or interrupted build


@pytest.fixture
def published(small: Path) -> Path:
    """Return the small project with a site that was built before."""
    before = built_once("small", lambda folder: shutil.copytree(GOLDEN / "_base", folder, dirs_exist_ok=True))
    shutil.copytree(before / "site", small / "site")
    return small


def siblings(project: Path) -> set[str]:
    """Return the files that a build may have left next to the site."""
    return {p.name for p in project.iterdir() if "site" in p.name}


def test_bad_data_leaves_the_site_alone(published: Path) -> None:
    """Errors in the data exit with 1, print every problem, and leave the previous site unchanged."""
    before = content_of(published / "site")
    edit(published / "data" / "sectors.yaml", "name: Health Science", "nmae: Health Science")
    edit(published / "data" / "wages.csv", "41000", "much")
    done = eportal("build", "--today", DAY, cwd=published)
    assert done.returncode == 1
    assert "data/sectors.yaml:2" in done.stderr
    assert "data/wages.csv:2" in done.stderr
    assert "Traceback" not in done.stderr
    assert content_of(published / "site") == before
    assert siblings(published) == {"site"}


@pytest.mark.parametrize("mistake", ["{{ record.nmae }}", "{% if %}"])
def test_broken_template_leaves_the_site_alone(published: Path, mistake: str) -> None:
    """A mistake in a template exits with 2, names its place, and leaves the previous site unchanged."""
    before = content_of(published / "site")
    (published / "content" / "pathways" / "record.md.j2").write_text(mistake, encoding="utf-8")
    done = eportal("build", "--today", DAY, cwd=published)
    assert done.returncode == 2
    assert "content/pathways/record.md.j2:1" in done.stderr
    assert content_of(published / "site") == before
    assert siblings(published) == {"site"}


def test_dead_link_in_prose_leaves_the_site_alone(published: Path) -> None:
    """An error that strict MkDocs finds does not replace the site either."""
    before = content_of(published / "site")
    (published / "content" / "more.md").write_text("# More\n\n[nowhere](nowhere.md)\n", encoding="utf-8")
    done = eportal("build", "--today", DAY, cwd=published)
    assert done.returncode == 1
    assert "nowhere.md" in done.stderr
    assert content_of(published / "site") == before


def test_cut_off_between_the_renames_is_repaired(published: Path) -> None:
    """If a build dies after moving the old site aside, the next run restores it."""
    before = content_of(published / "site")
    (published / "site").rename(published / ".site-old")
    (published / ".site-new-abc").mkdir()
    edit(published / "data" / "wages.csv", "41000", "much")
    assert eportal("build", "--today", DAY, cwd=published).returncode == 1
    assert content_of(published / "site") == before
    assert siblings(published) == {"site"}


def test_cut_off_after_the_renames_is_cleaned_up(published: Path) -> None:
    """If a build dies before removing the old site, the next run keeps the new one."""
    shutil.copytree(published / "site", published / ".site-old")
    (published / ".site-old" / "index.html").write_text("older", encoding="utf-8")
    before = content_of(published / "site")
    site_build._restore(published / "site")
    assert content_of(published / "site") == before
    assert siblings(published) == {"site"}


def test_site_is_complete_at_every_moment(published: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If a run dies during the second rename, the next run finds and restores the previous site."""
    before = content_of(published / "site")
    fresh = published / ".site-new-x"
    fresh.mkdir()
    rename = Path.rename

    def dies(path: Path, target: Path) -> Path:
        if path == fresh:
            raise KeyboardInterrupt
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", dies)
    with pytest.raises(KeyboardInterrupt):
        site_build._swap(fresh, published / "site")
    assert not (published / "site").exists()
    monkeypatch.undo()
    site_build._restore(published / "site")
    assert content_of(published / "site") == before
    assert siblings(published) == {"site"}


def test_two_builds_at_once_leave_one_whole_site(published: Path) -> None:
    """A second build waits for the first, so neither deletes what the other is writing."""
    before = content_of(published / "site")
    command = [sys.executable, "-m", "generator", "build", "--today", DAY]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "SOURCE_DATE_EPOCH": EPOCH}
    both = [subprocess.Popen(command, cwd=published, env=environment, stderr=subprocess.PIPE) for _ in range(2)]
    errors = [process.communicate(timeout=300)[1].decode() for process in both]
    assert [process.returncode for process in both] == [0, 0], errors
    assert content_of(published / "site").keys() == before.keys()
    assert siblings(published) == {"site"}


def test_a_build_is_refused_while_another_one_goes_on(published: Path) -> None:
    """The message names the process that holds the lock; a lock file without a holder blocks nobody."""
    site = published / "site"
    with site_lock.locked(site):
        words = f"another build is writing this folder .process {os.getpid()}, started"
        with pytest.raises(SetupError, match=words), site_lock.locked(site, patience=0):
            pass
        with site_lock.locked(published / "other", patience=0):
            pass
    (published / ".site.lock").write_text("process 1, started long ago", encoding="utf-8")
    with site_lock.locked(site, patience=0):
        pass
    assert siblings(published) == {"site"}


@pytest.mark.parametrize("left", [(), ("index.html",), ("sitemap.xml",)])
def test_a_folder_that_was_tampered_with_is_not_swapped_in(
    left: tuple[str, ...], published: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder is only published if it is complete and carries its own marker."""
    before = content_of(published / "site")

    def half(_: Project, arguments: list[str], __: object) -> int:
        fresh = Path(arguments[-1])
        shutil.rmtree(fresh)
        fresh.mkdir()
        for name in left:
            (fresh / name).write_text("half", encoding="utf-8")
        return 0

    monkeypatch.setattr(site_build, "_mkdocs", half)
    with pytest.raises(SetupError, match="another program has changed this folder"):
        site_build.build(Project(published), Path("site"), {})
    assert content_of(published / "site") == before
    assert siblings(published) == {"site"}


def test_pages_of_removed_records_go(published: Path) -> None:
    """A build removes the page of a deleted record."""
    assert (published / "site" / "pathways" / "public-health").is_dir()
    remove_public_health(published)
    assert eportal("build", "--today", DAY, cwd=published).returncode == 0
    assert not (published / "site" / "pathways" / "public-health").exists()


def remove_public_health(project: Path) -> None:
    """Remove a record and everything that refers to it."""
    (project / PATIENT_CARE).write_text(PLAIN, encoding="utf-8")
    (project / "data" / "pathways" / "public-health.yaml").unlink()
    courses = project / "data" / "courses.csv"
    text = courses.read_text(encoding="utf-8")
    courses.write_text(text.replace("patient-care;public-health", "patient-care"), encoding="utf-8")


# A new dataset


@pytest.mark.slow
def test_new_dataset_needs_no_python(real: Path) -> None:
    """An entry in datapackage.yaml, a schema, a CSV file and two templates are enough for an index and record pages."""
    listing = real / "data" / "datapackage.yaml"
    text = listing.read_text(encoding="utf-8").rstrip()
    listing.write_text(f"{text}\n  - {{name: scholarships, sources: [cde-pages]}}\n", encoding="utf-8")
    (real / "data" / "schemas" / "scholarships.yaml").write_text(
        "title: Scholarships\nextends: _record\nfields:\n"
        "  - {name: pathways, type: list, title: Pathways}\n"
        "  - {name: amount_usd, type: integer, title: Amount, constraints: {minimum: 0}}\n"
        "foreignKeys:\n  - {fields: pathways, reference: {resource: pathways, fields: id}}\n"
    )
    (real / "data" / "scholarships.csv").write_text(
        "id,name,pathways,amount_usd\nfirst-step,First Step,patient-care;marketing,1500\nnext-step,Next Step,,\n"
    )
    (real / "content" / "scholarships").mkdir()
    (real / "content" / "scholarships" / "index.md.j2").write_text(
        "{% do meta.update(title='Scholarships', description='All.') %}\n<h1>Scholarships</h1>\n<ul>\n"
        "{% for one in dataset %}\n<li>{{ one | link }}</li>\n{% endfor %}\n</ul>\n"
    )
    (real / "content" / "scholarships" / "record.md.j2").write_text(
        "{% do meta.update(title=record.name | plain, description='One.') %}\n<h1>{{ record.name }}</h1>\n"
        "<p>{% if record.amount_usd %}{{ record.amount_usd | usd }}{% endif %}</p>\n"
        "{% for pathway in record.pathways %}\n<p>{{ pathway | link }}</p>\n{% endfor %}\n"
    )
    done = eportal("build", "--today", DAY, cwd=real)
    assert done.returncode == 0, done.stderr
    folder = real / "site" / "scholarships"
    assert html_of(folder) == {"index.html", "first-step/index.html", "next-step/index.html"}
    assert 'href="../scholarships/first-step/"' in (folder / "index.html").read_text(encoding="utf-8")
    page = (folder / "first-step" / "index.html").read_text(encoding="utf-8")
    assert "$1,500" in page
    assert 'href="../../pathways/patient-care/"' in page
    assert "scholarships/first-step/" in (real / "site" / "sitemap.xml").read_text(encoding="utf-8")
    assert Built(real / "site", "https://x.example/").search["scholarships/first-step/"].name == "First Step"


def test_dataset_without_templates_gives_no_pages(real_site: Site) -> None:
    """Courses and wages appear on other records' pages and have none of their own."""
    folders = {page.url.partition("/")[0] for page in real_site.pages}
    assert folders & {"courses", "wages", "interests", "programs"} == set()
    assert {"pathways", "occupations"} <= folders


# Published addresses


def test_published_addresses_are_all_there(built: Built) -> None:
    """Every address in the manifest is a page or redirect of the built site; new addresses may be missing from it."""
    manifest = (PROJECT / "data" / "addresses.txt").read_text(encoding="utf-8").splitlines()
    present = {f"/{address}" for address in (*built.pages, *built.redirects)}
    assert manifest == sorted(set(manifest))
    assert len(manifest) > 250
    assert set(manifest) - present == set()


def write_manifest(project: Path) -> None:
    """Record every address of a project as published."""
    assert eportal("addresses", "--write", "--today", DAY, cwd=project).returncode == 0
    assert "/pathways/public-health/" in (project / "data" / "addresses.txt").read_text(encoding="utf-8")


def test_removed_record_without_alias_is_an_error(small: Path, check: Callable[..., Site]) -> None:
    """A published address that disappears is a problem on its line in the manifest."""
    (small / PATIENT_CARE).write_text(PLAIN, encoding="utf-8")
    write_manifest(small)
    assert check().errors == ()
    remove_public_health(small)
    (problem,) = check().errors
    lines = (small / "data" / "addresses.txt").read_text(encoding="utf-8").splitlines()
    assert problem.code == "E407"
    assert problem.origin.path == "data/addresses.txt"
    assert lines[problem.origin.line - 1] == "/pathways/public-health/"


def test_removed_record_with_alias_is_redirected(small: Path, check: Callable[..., Site]) -> None:
    """If another record has the former ID as an alias, the address redirects there without JavaScript."""
    (small / PATIENT_CARE).write_text(PLAIN, encoding="utf-8")
    write_manifest(small)
    remove_public_health(small)
    (small / PATIENT_CARE).write_text(f"{PLAIN}aliases: [public-health]\n", encoding="utf-8")
    assert check().errors == ()
    assert eportal("build", "--today", DAY, cwd=small).returncode == 0
    site = Built(small / "site", "https://golden.example/")
    assert site.redirects == {"pathways/public-health/": "https://golden.example/pathways/patient-care/"}
    assert {link for link in site.links() if site.is_internal(link.resolved) and site.is_dead(link.resolved)} == set()
    assert "https://golden.example/pathways/public-health/" not in site.sitemap
