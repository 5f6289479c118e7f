"""`eportal links` against a local server: what is fine, moved, uncertain and broken, and what is never requested."""

from __future__ import annotations

import json
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar

import pytest

from generator import cli
from generator.link_check import external_links, fetch
from generator.link_check.external_links import CheckedLink
from generator.link_check.fetch import Answer, Manners, ask, is_public
from generator.model import Origin, Site
from tests.conftest import TODAY, edit


class Server(BaseHTTPRequestHandler):
    """Answers by path (/status/404, /to/<path>, /head-refused, /late) and counts the requests."""

    asked: ClassVar[Counter[str]] = Counter()
    agents: ClassVar[set[str]] = set()

    def answer(self) -> None:
        """Answer HEAD and GET alike, except where the path says otherwise."""
        path = self.path
        self.asked[f"{self.command} {path}"] += 1
        self.agents.add(self.headers["User-Agent"])
        if path.startswith("/status/"):
            self.reply(int(path.removeprefix("/status/")))
        elif path.startswith(("/to/", "/for-now/")):
            kind, _, target = path[1:].partition("/")
            self.reply(301 if kind == "to" else 302, target if "//" in target else f"/{target}")
        elif path == "/head-refused" and self.command == "HEAD":
            self.reply(405)
        elif path == "/late" and sum(n for asked, n in self.asked.items() if asked.endswith("/late")) == 1:
            self.close_connection = True  # no answer the first time
        else:
            self.reply(200)

    def reply(self, status: int, location: str = "") -> None:
        """Send the headers of an answer."""
        self.send_response(status)
        if location:
            self.send_header("Location", location)
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_HEAD = do_GET = answer  # noqa: N815 - names that the library gives

    def log_message(self, *_: object) -> None:
        """Keep the test's output readable."""


@pytest.fixture
def manners() -> Iterator[Manners]:
    """Return settings that allow this test's server and nothing else."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Server)
    Server.asked.clear()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield Manners(
        schemes=("http",), ports=(server.server_port,), may_ask=lambda ip: ip == "127.0.0.1",
        pause_seconds=0, timeout_seconds=5, tries=2,
    )  # fmt: skip
    server.shutdown()
    server.server_close()


def at(manners: Manners, path: str) -> str:
    """Return an address on the server."""
    return f"http://127.0.0.1:{manners.ports[0]}{path}"


@pytest.mark.parametrize(
    ("path", "verdict", "reason"),
    [
        ("/", "fine", ""),
        ("/head-refused", "fine", ""),
        ("/late", "fine", ""),
        ("/status/404", "broken", "it answers 404 Not Found"),
        ("/status/410", "broken", "it answers 410 Gone"),
        ("/status/418", "broken", "it answers 418 I'm a Teapot"),
        ("/status/403", "unsure", "it answers 403 Forbidden"),
        ("/status/429", "unsure", "it answers 429 Too Many Requests"),
        ("/status/503", "unsure", "it answers 503 Service Unavailable"),
        ("/for-now/new", "fine", ""),
        ("/for-now/to/new", "fine", ""),
        ("/to/status/404", "broken", "it answers 404 Not Found"),
        ("/to/https://10.0.0.1/", "broken", "it leads to https:, not to https"),
        ("/to/file:///etc/passwd", "broken", "it leads to file:, not to https"),
        ("/to/http://127.0.0.1:1/", "broken", "it names a port or a user"),
        ("/to/" * 7, "broken", "it redirects more than 5 times"),
    ],
)
def test_verdicts(manners: Manners, path: str, verdict: str, reason: str) -> None:
    """Each server response has one verdict with a reason in words."""
    answer = ask(at(manners, path), manners)
    assert (answer.verdict, answer.reason) == (verdict, reason)


def test_a_page_that_has_moved_for_good_tells_where(manners: Manners) -> None:
    """A permanent redirect names the new address; GET is only used if HEAD is refused."""
    assert ask(at(manners, "/to/new"), manners) == Answer(
        "moved", f"it has moved to {at(manners, '/new')}", at(manners, "/new")
    )
    assert not any(asked.startswith("GET") for asked in Server.asked)
    ask(at(manners, "/head-refused"), manners)
    assert Server.asked["GET /head-refused"] == 1
    assert Server.agents == {manners.agent}
    assert "career-eportal" in manners.agent


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("http://www.cde.ca.gov/", "it leads to http:, not to https"),
        ("https://localhost/", "its host is inside a private network"),
        ("https://127.0.0.1/", "its host is inside a private network"),
        ("https://[::ffff:10.0.0.1]/", "its host is inside a private network"),
        ("https://169.254.169.254/latest/meta-data/", "its host is inside a private network"),
        ("https://127.0.0.1:8443/", "it names a port or a user"),
        ("https://a@127.0.0.1/", "it names a port or a user"),
    ],
)
def test_machines_inside_a_network_are_never_asked(address: str, reason: str) -> None:
    """With the command's settings, no address leads into the network that the check runs in."""
    assert ask(address, Manners()) == Answer("broken", reason)


@pytest.mark.parametrize(
    "ip", ["10.1.2.3", "127.0.0.1", "192.168.0.1", "172.16.9.9", "169.254.1.1", "::1", "fe80::1%eth0", "fc00::1",
           "224.0.0.1", "0.0.0.0", "::ffff:127.0.0.1", "100.64.0.1"],  # noqa: S104 - never bound to
)  # fmt: skip
def test_private_addresses(ip: str) -> None:
    """Only public internet addresses are requested."""
    assert not is_public(ip)
    assert is_public("198.35.26.96")


def test_failures_of_the_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """An unknown host, a timeout, a broken connection and a bad certificate each give a verdict, not a traceback."""
    quick = Manners(pause_seconds=0, tries=2)
    cases = {
        fetch.socket.gaierror(): ("broken", "no such host"),
        TimeoutError(): ("unsure", "no answer within 15 seconds"),
        ConnectionResetError(): ("unsure", "the connection failed"),
        fetch.ssl.SSLCertVerificationError("x"): ("broken", "the certificate is not valid"),
    }
    for error, expected in cases.items():

        def fail(*_: object, error: Exception = error) -> Any:
            raise error

        monkeypatch.setattr(fetch, "_request", fail)
        assert ask("https://www.cde.ca.gov/", quick)[:2] == expected


def test_each_host_is_asked_one_at_a_time() -> None:
    """No host gets two requests at once, and every address gets a result."""
    busy: Counter[str] = Counter()
    most: Counter[str] = Counter()
    lock = threading.Lock()

    def asking(address: str, _: Manners) -> Answer:
        host = address.split("/")[2]
        with lock:
            busy[host] += 1
            most[host] = max(most[host], busy[host])
        with lock:
            busy[host] -= 1
        return Answer("fine")

    links = {f"https://{host}.org/{i}": (Origin("data/x.csv"),) for host in "abcdef" for i in range(20)}
    found = external_links.check_links(links, Manners(pause_seconds=0), asking)
    assert [one.address for one in found] == list(links)
    assert set(most.values()) == {1}


def test_links_are_found_where_they_stand(small: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    """Each address in fields, prose and pages has its file and line, without samples, and the exit code is 0."""
    edit(
        small / "data/pathways/patient-care.yaml",
        "website: https://health.example.org/care",
        "website: https://a.org/x#part",
    )
    edit(small / "data/pathways/patient-care.yaml", "See also ", "See [this](https://b.org/) and https://c.example/, ")
    with (small / "content/index.md").open("a") as page:
        page.write("\nRead [more](https://a.org/x), or https://d.example/.\n")
    dead = Answer("broken", "it answers 404 Not Found")
    monkeypatch.setattr(
        external_links.check_links, "__defaults__", (lambda address, _: dead if "a.org" in address else Answer("fine"),)
    )
    monkeypatch.setattr(fetch.time, "sleep", lambda _: None)
    day = ("--today", TODAY.isoformat())
    assert cli.run(["links", *day]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("content/index.md:")
    assert "data/pathways/patient-care.yaml:6:10: broken: https://a.org/x: it answers 404 Not Found" in lines
    assert lines[-1].endswith("1 broken")
    assert cli.run(["links", "--format", "json", *day]) == 0
    found = {one["address"]: one for one in json.loads(capsys.readouterr().out)}
    assert {"https://a.org/x", "https://b.org/"} <= found.keys()
    assert not any("example/" in address for address in found)
    assert len(found["https://a.org/x"]["places"]) == 2
    assert cli.run(["links", "--format", "markdown", *day]) == 0
    text = capsys.readouterr().out
    assert (
        "### Broken: correct or remove\n\n- `https://a.org/x`: `it answers 404 Not Found`\n  - `content/index.md:"
        in text
    )
    assert "Moved" not in text
    monkeypatch.setattr("generator.cli.options.is_terminal", lambda: True)
    monkeypatch.setenv("COLUMNS", "160")
    assert cli.run(["links", *day]) == 0
    table = capsys.readouterr().out
    assert "│ broken │ https://a.org/x │ it answers 404 Not Found │ content/index.md:" in table
    assert table.endswith("1 broken\n")


def test_addresses_are_found_all_the_way_down(small: Path, check: Callable[..., Site]) -> None:
    """Addresses in lists, groups and their prose are found too, each with its place."""
    groups = "      - {name: page, format: uri}\n      - {name: hint, markdown: true}\n      - {name: source}\n"
    edit(small / "data/schemas/pathways.yaml", "      - {name: source}\n", groups)
    edit(
        small / "data/schemas/pathways.yaml",
        "  - {name: website",
        "  - {name: pages, type: list, format: uri}\n  - {name: website",
    )
    path = small / "data/pathways/patient-care.yaml"
    edit(path, "open: true\n", "open: true\npages: [https://a.org/, https://b.org/two]\n")
    said = "  - {id: ask, statement: I ask., page: https://c.org/, hint: 'See [this](https://d.org/).'}\n"
    edit(path, "criteria:\n", f"criteria:\n{said}")
    text = path.read_text(encoding="utf-8").splitlines()
    found = external_links.external_addresses(check().catalog, small / "content")
    for address in ("https://a.org/", "https://b.org/two", "https://c.org/", "https://d.org/"):
        [place] = found[address]
        assert place.path == "data/pathways/patient-care.yaml"
        assert text[place.line - 1][place.column - 1 :].startswith(address)


def test_prose_in_groups_leads_somewhere(small: Path, check: Callable[..., Site]) -> None:
    """A link in a group to a missing page is a problem on its own line."""
    edit(
        small / "data/schemas/pathways.yaml",
        "{name: source}\n",
        "{name: source}\n      - {name: hint, markdown: true}\n",
    )
    edit(
        small / "data/pathways/patient-care.yaml", "source: state-list}", "source: state-list, hint: '[x](/nowhere/)'}"
    )
    [found] = check().errors
    assert (found.code, found.field, found.value) == ("E507", "criteria.hint", "/nowhere/")


def test_words_when_all_is_well() -> None:
    """A week without a broken link also has a report."""
    found = [CheckedLink("https://a.org/", (Origin("data/x.csv", 3, 4),), Answer("fine"))]
    assert external_links.links_as_text(found) == "1 link: all work"
    assert external_links.links_as_markdown(found) == "1 link: all work."
