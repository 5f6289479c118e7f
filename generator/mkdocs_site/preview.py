"""`eportal serve`: a local web server that shows the site and follows every change."""

from __future__ import annotations

import ipaddress
import os
import socket
import threading
import time
from collections.abc import Callable, Mapping
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote, unquote, urlsplit

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

from generator import report
from generator.mkdocs_site.live_pages import INDEX, Answer
from generator.mkdocs_site.live_site import LiveSite
from generator.model import SetupError
from generator.pipeline import Project

#: Addresses of the preview itself; the site's addresses never begin with an underscore.
SCRIPT, VERSION = "/_preview/reload.js", "/_preview/version"
RELOADING = Path(__file__).with_name("reload.js")
#: Seconds that a browser waits for a change before it asks again; seconds without a change that end a series of them.
PATIENCE, QUIET = 25.0, 0.05
#: Kinds of events that change a file; opening or closing it does not.
CHANGES = frozenset(("created", "modified", "moved", "deleted"))
WATCHED = frozenset(("data", "content", "overrides", "mkdocs.yml"))


def serve(project: Project, address: str, environment: Mapping[str, str], say: Callable[[str], None] = print) -> int:
    """Show the site at an address (host:port) until interrupted.

    Raises:
        SetupError: the address cannot be used, or the setup is broken.
    """
    os.environ.update(environment)
    with Preview(project, address, say) as preview:
        say(f"Preview at {preview.url} (Ctrl+C ends it)")
        try:
            preview.serve_forever()
        except KeyboardInterrupt:
            say("")
    return 0


class Preview(ThreadingHTTPServer):
    """The server: one site, a version that grows with each change, and threads that wait for it."""

    def __init__(self, project: Project, address: str, say: Callable[[str], None]) -> None:
        """Listen, read the data, and begin to watch it."""
        host, _, port = address.rpartition(":")
        self.host, self.say = host.strip("[]"), say
        self.address_family = socket.AF_INET6 if ":" in self.host else socket.AF_INET
        try:
            super().__init__((self.host, int(port)), Handler)
        except OSError as error:
            raise SetupError(f"{address}: {error.strerror}; choose another with --address") from error
        self.url = f"http://{host}:{self.server_port}/"
        self.version, self.moved, self.turn = str(time.time_ns()), threading.Condition(), threading.Lock()
        try:
            self.site = LiveSite(project, os.environ)
        except BaseException:
            self.server_close()
            raise
        self._report()
        self.changes = Changes(project.root, self.reload)

    def server_close(self) -> None:
        """Stop watching, too."""
        if hasattr(self, "changes"):
            self.changes.stop()
        super().server_close()

    def reload(self, changed: set[str]) -> None:
        """Reload what has changed, and notify the browsers."""
        with self.turn:
            self.site.reload(changed)
            with self.moved:
                self.version = str(time.time_ns())
                self.moved.notify_all()
        self._report()

    def _report(self) -> None:
        """Print the problems of the data."""
        problems = self.site.problems
        self.say("\n".join(filter(None, (report.as_text(problems), report.summary(problems)))))

    def wait(self, shown: str) -> str:
        """Return the site's version as soon as it differs from the one shown, or after a while."""
        with self.moved:
            self.moved.wait_for(lambda: self.version != shown, PATIENCE)
            return self.version

    def answer(self, path: str) -> Answer:
        """Return what a browser gets for a path; pages load the script that reloads them."""
        with self.turn:
            inside = path.removeprefix("/")
            version = self.version
            found = self.site.answer(f"{inside}{INDEX}" if path.endswith("/") else inside) or self.site.not_found()
        if not found.reloads:
            return found
        script = f'<script src="{SCRIPT}?version={version}"></script></head>'
        return found._replace(content=found.content.replace(b"</head>", script.encode(), 1))

    def is_own_name(self, host: str) -> bool:
        """Return whether a request's Host header names this machine.

        A stranger's page could let its own name lead to 127.0.0.1 and read the preview from a browser here (DNS
        rebinding). A numeric address cannot be made to lead elsewhere.
        """
        name = (urlsplit(f"//{host}").hostname or "").lower()
        if name == "localhost" or name.endswith(".localhost") or name == self.host.lower():
            return True
        try:
            return bool(ipaddress.ip_address(name))
        except ValueError:
            return False


class Handler(BaseHTTPRequestHandler):
    """Answers one browser."""

    server: Preview
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Send a page, a file, or the version of the site."""
        try:
            self._send(self._answer())
        except (BrokenPipeError, ConnectionResetError):  # the browser has gone elsewhere
            self.close_connection = True

    def do_HEAD(self) -> None:
        """Send the headers of a page."""
        self.do_GET()

    def _answer(self) -> Answer:
        if not self.server.is_own_name(self.headers.get("Host", "")):
            return Answer(b"The preview answers to names of this machine only, such as localhost.\n", "text/plain", 403)
        address = urlsplit(self.path)
        if address.path == VERSION:
            shown = parse_qs(address.query).get("shown", [""])[0]
            return Answer(self.server.wait(shown).encode(), "text/plain")
        if address.path == SCRIPT:
            return Answer(RELOADING.read_bytes(), "text/javascript; charset=utf-8")
        path = unquote(address.path)
        if self.server.site.leads_on(path.strip("/")) and not path.endswith("/"):
            return Answer(quote(f"/{path.strip('/')}/").encode(), "text/plain", HTTPStatus.FOUND)
        return self.server.answer(path)

    def _send(self, answer: Answer) -> None:
        self.send_response(answer.status)
        if answer.status == HTTPStatus.FOUND:
            self.send_header("Location", answer.content.decode())
        self.send_header("Content-Type", answer.kind)
        self.send_header("Content-Length", str(len(answer.content)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(answer.content)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the signature is that of the library
        """Leave the terminal to the problems of the data."""


class Changes(FileSystemEventHandler):
    """Watches the project's sources and reports a series of changes once it is over."""

    def __init__(self, root: Path, report: Callable[[set[str]], None]) -> None:
        """Begin to watch."""
        self.root, self.report = root.resolve(), report
        self.changed: set[str] = set()
        self.noticed, self.stopped = threading.Event(), False
        self.observer = Observer()
        self.observer.schedule(self, str(self.root), recursive=False)
        for name in sorted(WATCHED):
            if (folder := self.root / name).is_dir():
                self.observer.schedule(self, str(folder), recursive=True)
        self.observer.start()
        self.thread = threading.Thread(target=self._follow, daemon=True)
        self.thread.start()

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Note a change of a source; hidden files are an editor's own."""
        if event.event_type not in CHANGES or event.is_directory:
            return
        for path in filter(None, (str(event.src_path), str(event.dest_path))):
            parts = Path(path).relative_to(self.root).parts
            if parts[0] in WATCHED and not parts[-1].startswith("."):
                self.changed.add(parts[0])
                self.noticed.set()

    def _follow(self) -> None:
        while self.noticed.wait() and not self.stopped:
            while self.noticed.is_set():
                self.noticed.clear()
                time.sleep(QUIET)
            changed, self.changed = self.changed, set()
            self.report(changed)

    def stop(self) -> None:
        """End the threads."""
        self.stopped = True
        self.noticed.set()
        self.observer.stop()
        self.observer.join()
        self.thread.join()
