"""The preview shows what a build would write, follows every change, and survives every mistake."""

from __future__ import annotations

import http.client
import shutil
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from generator import policy
from generator.mkdocs_site import preview
from generator.mkdocs_site.live_site import LiveSite
from generator.mkdocs_site.preview import Preview
from generator.model import SetupError
from generator.pipeline import Project
from tests.conftest import PROJECT, ROOT, TODAY, edit, eportal

DAY = TODAY.isoformat()
PATIENT_CARE = Path("data/pathways/patient-care.yaml")
RECORD_TEMPLATE = Path("content/pathways/record.md.j2")
PAGE = "/pathways/patient-care/"


class Browser:
    """Requests pages of a preview as a browser does."""

    def __init__(self, server: Preview, said: list[str]) -> None:
        """Start without any page loaded."""
        self.server, self.said = server, said

    def get(self, path: str, *, host: str = "localhost", method: str = "GET") -> tuple[int, dict[str, str], str]:
        """Return the status, headers and text of a response."""
        connection = http.client.HTTPConnection("127.0.0.1", self.server.server_port, timeout=60)
        connection.request(method, path, headers={"Host": host})
        answer = connection.getresponse()
        text = answer.read().decode()
        connection.close()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, text

    def text(self, path: str) -> str:
        """Return the text of an existing page."""
        status, _, text = self.get(path)
        assert status == 200, text
        return text

    def after(self, change: Callable[[], object]) -> None:
        """Make a change and wait, as an open page does, until the preview has picked it up."""
        version = self.server.version
        change()
        assert self.get(f"{preview.VERSION}?shown={version}")[2] != version, "no change was noticed"


@contextmanager
def serving(project: Path) -> Iterator[Browser]:
    """Run a project's preview on a free port."""
    said: list[str] = []
    with Preview(Project(project), "127.0.0.1:0", said.append) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield Browser(server, said)
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture
def browser(small: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Browser]:
    """Serve the small project."""
    monkeypatch.setenv("EPORTAL_TODAY", DAY)
    with serving(small) as opened:
        yield opened


@pytest.fixture
def themed(small: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Browser]:
    """Serve the small project with the real project's theme."""
    monkeypatch.setenv("EPORTAL_TODAY", DAY)
    shutil.copytree(ROOT / "overrides", small / "overrides")
    edit(small / "mkdocs.yml", "{name: material,", "{name: material, custom_dir: overrides,")
    with serving(small) as opened:
        yield opened


def test_the_preview_shows_what_a_build_writes(site_dir: Path) -> None:
    """Every index and handwritten page, a record page of each kind, and every other file equal the build's bytes."""
    live = LiveSite(Project(PROJECT), {"EPORTAL_TODAY": DAY})
    assert live.pages
    of_kind = {(page.template, page.language): page for page in live.pages.site.pages}
    files = {path.relative_to(site_dir).as_posix(): path for path in site_dir.rglob("*") if path.is_file()}
    of_records = {f"{page.url}index.html" for page in live.pages.site.pages if page.record}
    wanted = {name for name in files if name not in of_records}
    wanted |= {f"{page.url}index.html" for page in of_kind.values()}
    for name in sorted(wanted):
        answer = live.answer(name)
        assert answer, name
        assert answer.status == 200, name
        assert answer.content == files[name].read_bytes(), name


def test_a_saved_record_shows_at_once(browser: Browser) -> None:
    """A record's page and its index show a saved change immediately."""
    assert "<h1>Patient Care</h1>" in browser.text(PAGE)
    browser.after(lambda: edit(PATIENT_CARE, "name: Patient Care", "name: Care of patients"))
    assert "<h1>Care of patients</h1>" in browser.text(PAGE)
    assert "Care of patients" in browser.text("/pathways/")


def test_a_new_page_and_a_new_picture_show(browser: Browser) -> None:
    """Added and removed files are picked up too."""
    assert browser.get("/more/")[0] == 404
    browser.after(lambda: Path("content/more.md").write_text("# More\n\n![](dot.svg)\n", encoding="utf-8"))
    browser.after(lambda: Path("content/dot.svg").write_text("<svg/>", encoding="utf-8"))
    assert 'src="../dot.svg"' in browser.text("/more/")
    assert browser.get("/dot.svg")[1]["content-type"] == "image/svg+xml"
    browser.after(Path("content/more.md").unlink)
    assert browser.get("/more/")[0] == 404


def test_bad_data_shows_above_the_last_good_page(browser: Browser) -> None:
    """Problems are on every page and on the terminal until the data is correct."""
    browser.after(lambda: edit(PATIENT_CARE, "sector: health-science", "sector: helth-science"))
    for address in (PAGE, "/"):
        text = browser.text(address)
        assert "notice--problems" in text
        assert "E301" in text
        assert "data/pathways/patient-care.yaml:4" in text
    assert "<h1>Patient Care</h1>" in browser.text(PAGE)
    assert "E301" in browser.said[-1]
    browser.after(lambda: edit(PATIENT_CARE, "sector: helth-science", "sector: health-science"))
    assert "notice--problems" not in browser.text(PAGE)


def test_bad_data_at_the_start_shows_the_problems(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without any good page yet, every address shows the problems, and the site once they are fixed."""
    monkeypatch.setenv("EPORTAL_TODAY", DAY)
    edit(PATIENT_CARE, "sector: health-science", "sector: helth-science")
    with serving(small) as browser:
        status, _, text = browser.get("/anywhere/")
        assert status == 500
        assert "data/pathways/patient-care.yaml:4" in text
        assert preview.SCRIPT in text
        browser.after(lambda: edit(PATIENT_CARE, "sector: helth-science", "sector: health-science"))
        assert "<h1>Patient Care</h1>" in browser.text(PAGE)


@pytest.mark.parametrize("mistake", ["{{ record.nmae }}", "{% if %}"])
def test_a_broken_template_shows_its_place(browser: Browser, mistake: str) -> None:
    """The page names the file and line and reloads once the template is fixed; other pages keep working."""
    good = RECORD_TEMPLATE.read_text(encoding="utf-8")
    line = len(good.splitlines()) + 1
    browser.after(lambda: RECORD_TEMPLATE.write_text(f"{good}{mistake}\n", encoding="utf-8"))
    status, _, text = browser.get(PAGE)
    assert status == 500
    assert f"content/pathways/record.md.j2:{line}" in text
    assert preview.SCRIPT in text
    assert "Pathways" in browser.text("/pathways/")
    browser.after(lambda: RECORD_TEMPLATE.write_text(f"{good}<p>right</p>\n", encoding="utf-8"))
    assert "<p>right</p>" in browser.text(PAGE)


@pytest.mark.parametrize("mistake", ["{{ page.nothing.at_all }}", "{% if %}"])
def test_a_broken_theme_shows_its_place(themed: Browser, mistake: str) -> None:
    """Any mistake in overrides/ is also shown with its file and line."""
    main = Path("overrides/main.html")
    good = main.read_text(encoding="utf-8")
    themed.after(lambda: main.write_text(good.replace("{% block libs %}", mistake), encoding="utf-8"))
    status, _, text = themed.get("/")
    assert status == 500
    assert "overrides/main.html:" in text
    themed.after(lambda: main.write_text(good, encoding="utf-8"))
    assert "notice--problems" not in themed.text("/")


@pytest.mark.parametrize(
    ("path", "text", "place"),
    [
        ("data/schemas/pathways.yaml", "fields: [\n", "data/schemas/pathways.yaml"),
        ("mkdocs.yml", "site_name: [\n", "mkdocs.yml"),
        ("mkdocs.yml", "site_name: Golden\ndocs_dir: content\n", "mkdocs.yml"),
    ],
    ids=["schema", "settings", "without the plugin"],
)
def test_a_broken_setup_shows_above_the_last_good_page(browser: Browser, path: str, text: str, place: str) -> None:
    """The preview keeps serving what it had and picks up the corrected setup."""
    good = Path(path).read_text(encoding="utf-8")
    browser.after(lambda: Path(path).write_text(text, encoding="utf-8"))
    shown = browser.text(PAGE)
    assert "<h1>Patient Care</h1>" in shown
    assert place in shown
    browser.after(lambda: Path(path).write_text(good, encoding="utf-8"))
    assert "notice--problems" not in browser.text(PAGE)


def test_a_broken_setup_at_the_start_stops(small: Path) -> None:
    """A broken setup at the start exits with 2 and names the place."""
    (small / "data" / "schemas" / "pathways.yaml").write_text("fields: [\n", encoding="utf-8")
    done = eportal("serve", "--address", "127.0.0.1:0", "--today", DAY, cwd=small)
    assert done.returncode == 2
    assert "data/schemas/pathways.yaml" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_command_serves_until_it_is_interrupted(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command prints the preview's address, and Ctrl-C exits successfully."""
    said: list[str] = []

    def interrupted(_: Preview) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Preview, "serve_forever", interrupted)
    monkeypatch.delenv("EPORTAL_TODAY", raising=False)
    assert preview.serve(Project(small), "127.0.0.1:0", {"EPORTAL_TODAY": DAY}, said.append) == 0
    assert any(text.startswith("Preview at http://127.0.0.1:") for text in said)


def test_an_address_in_use_is_refused(small: Path) -> None:
    """An address in use is refused, and the message says what to do."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        address = f"127.0.0.1:{taken.getsockname()[1]}"
        with pytest.raises(SetupError, match=f"{address}: Address already in use; choose another with --address"):
            Preview(Project(small), address, print)


def test_mkdocs_own_preview_is_refused(small: Path) -> None:
    """`mkdocs serve` would rebuild everything after every change, so the message names our command instead."""
    from tests.test_build import mkdocs

    done = mkdocs("serve", cwd=small)
    assert done.returncode != 0
    assert "eportal serve" in done.stderr


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("localhost:8000", 200),
        ("127.0.0.1", 200),
        ("[::1]:8000", 200),
        ("a.localhost", 200),
        ("LOCALHOST", 200),
        ("192.168.1.7:8000", 200),
        ("evil.example", 403),
        ("localhost.evil.example", 403),
        ("127.0.0.1.evil.example", 403),
        ("", 403),
    ],
)
def test_a_foreign_name_is_refused(browser: Browser, host: str, status: int) -> None:
    """A foreign host name that resolves here cannot read the preview."""
    assert browser.get("/", host=host)[0] == status


def test_pages_keep_their_policy_and_load_no_inline_script(themed: Browser) -> None:
    """The reload script is a file of the preview, so the policy applies as on the built site."""
    text = themed.text("/")
    assert f'content="{policy.PAGE}"'.replace("'", "&#39;") in text or f'content="{policy.PAGE}"' in text
    assert f'<script src="{preview.SCRIPT}?version={themed.server.version}"></script></head>' in text
    status, headers, script = themed.get(preview.SCRIPT)
    assert (status, headers["content-type"]) == (200, "text/javascript; charset=utf-8")
    assert preview.VERSION in script


def test_other_files_are_served_unchanged(themed: Browser) -> None:
    """Other files have their own type and no reload script, and the browser does not cache them."""
    kinds = {
        "/assets/css/site.css": "text/css; charset=utf-8",
        "/assets/js/site.js": "text/javascript; charset=utf-8",
        "/sitemap.xml": "application/xml; charset=utf-8",
        "/data/pathways.csv": "text/csv; charset=utf-8",
    }
    for address, kind in kinds.items():
        status, headers, text = themed.get(address)
        assert (status, headers["content-type"], headers["cache-control"]) == (200, kind, "no-store"), address
        assert preview.SCRIPT not in text


def test_addresses_without_their_slash_and_former_ones_lead_on(browser: Browser) -> None:
    """Redirects stay on this host for any address, and no address leaves the site."""
    for address in ("/pathways/patient-care", "//pathways/patient-care"):
        status, headers, _ = browser.get(address)
        assert (status, headers["location"]) == (302, PAGE)
    assert "url=../../pathways/patient-care/" in browser.text("/pathways/nursing/")
    for address in ("/../data/region.yaml", "/..%2fdata/region.yaml", "//evil.example", "/pathways/%2e%2e/mkdocs.yml"):
        assert browser.get(address)[0] == 404


def test_head_requests_are_answered(browser: Browser) -> None:
    """HEAD gives the headers of GET without a body."""
    status, headers, text = browser.get("/", method="HEAD")
    assert (status, text) == (200, "")
    assert int(headers["content-length"]) > 100


def test_the_page_for_lost_addresses_is_the_sites_own(themed: Browser) -> None:
    """A missing page shows the theme's error page, if it has one, with status 404."""
    status, _, text = themed.get("/no/such/page/")
    assert status == 404
    assert "Page not found" in text


def test_hidden_files_of_editors_change_nothing(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    """A swap file next to a record, or any other file that is not a source, changes nothing."""
    monkeypatch.setattr(preview, "PATIENCE", 0.5)
    version = browser.server.version
    Path("data/pathways/.patient-care.yaml.swp").write_text("x", encoding="utf-8")
    Path("notes.txt").write_text("x", encoding="utf-8")
    assert browser.get(f"{preview.VERSION}?shown={version}")[2] == version
