"""Find, install and start Chromium for the browser tests.

`python -m tests.browser.chromium --install` installs one if needed; it is quiet and quick if there already is one.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread

from playwright.sync_api import BrowserContext, Error, Playwright, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
ROOT_USER = 0
#: Show one site and make no network requests of the browser's own.
ARGUMENTS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


class NoBrowserError(Exception):
    """There is no Chromium and none could be installed; the message lists what was tried."""


def find(environment: Mapping[str, str]) -> str | None:
    """Return the path of Chromium from CHROMIUM, PATH or Playwright's download, or None."""
    named = environment.get("CHROMIUM")
    if named:
        return named
    for name in NAMES:
        if path := shutil.which(name, path=environment.get("PATH")):
            return path
    return _own()


def _own() -> str | None:
    """Return the path of the Chromium that Playwright has downloaded."""
    try:
        with sync_playwright() as playwright:
            path = playwright.chromium.executable_path
    except Error:
        return None
    return path if Path(path).exists() else None


def install(environment: Mapping[str, str]) -> str:
    """Return the path of Chromium, installing it if there is none.

    Raises:
        NoBrowserError: neither the system's package nor Playwright's download could be installed.
    """
    if found := find(environment):
        return found
    ways = [[sys.executable, "-m", "playwright", "install", "chromium"]]
    if os.geteuid() == ROOT_USER and shutil.which("apt-get"):
        ways.insert(0, ["sh", "-c", "apt-get update -qq && apt-get install -y -qq chromium"])
    said = []
    for way in ways:
        done = subprocess.run(way, capture_output=True, text=True, check=False)
        if done.returncode == 0 and (found := find(environment)):
            return found
        said.append(f"{' '.join(way)}: {(done.stderr or done.stdout).strip()[-500:]}")
    raise NoBrowserError("no Chromium; name one with CHROMIUM=/path/to/it. Tried:\n" + "\n".join(said))


@contextmanager
def started(playwright: Playwright, executable: str, **options: object) -> Iterator[BrowserContext]:
    """Start the browser with a new temporary profile."""
    with TemporaryDirectory(prefix="chromium-", ignore_cleanup_errors=True) as profile:
        context = playwright.chromium.launch_persistent_context(
            profile, executable_path=executable, args=list(ARGUMENTS), headless=True, **options
        )
        try:
            yield context
        finally:
            context.close()


class Quiet(SimpleHTTPRequestHandler):
    """Serves files as a simple web host does, with the site's own error page and without logging."""

    def log_message(self, *_: object) -> None:
        """Keep the test's output readable."""

    def send_error(self, code: int, *_: object) -> None:
        """Answer with 404.html."""
        page = Path(self.directory, "404.html").read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        self.wfile.write(page)


@contextmanager
def served(folder: Path, handler: type[Quiet] = Quiet) -> Iterator[str]:
    """Serve a folder on this machine only and yield its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(folder)))
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


if __name__ == "__main__":
    if sys.argv[1:] not in ([], ["--install"]):
        sys.exit("usage: python -m tests.browser.chromium [--install]")
    try:
        path = install(os.environ)
    except NoBrowserError as error:
        sys.exit(str(error))
    if not sys.argv[1:]:
        print(path)  # noqa: T201 - a command
