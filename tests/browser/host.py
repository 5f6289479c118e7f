"""A local static web host with compression, so that Lighthouse measures what visitors get."""

from __future__ import annotations

import gzip
from contextlib import AbstractContextManager
from http import HTTPStatus
from pathlib import Path
from urllib.parse import unquote, urlsplit

from tests.browser.chromium import Quiet, served

COMPRESSED = {".html", ".css", ".js", ".json", ".svg", ".xml", ".txt", ".ics"}
#: Typical settings of a host: pages are requested again, the files they use are cached for a while.
KEPT = {".html": "no-cache"}


class Compressing(Quiet):
    """Serves files with gzip if the browser accepts it."""

    def do_GET(self) -> None:  # noqa: N802 - the name that http.server calls
        """Send a text file compressed and everything else as it is."""
        path = Path(self.translate_path(unquote(urlsplit(self.path).path)))
        file = path / "index.html" if path.is_dir() and self.path.endswith("/") else path
        if not file.is_file() or file.suffix not in COMPRESSED or "gzip" not in self.headers.get("Accept-Encoding", ""):
            super().do_GET()
            return
        content = gzip.compress(file.read_bytes())
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", self.guess_type(file))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", KEPT.get(file.suffix, "max-age=31536000"))
        self.end_headers()
        self.wfile.write(content)


def compressed(folder: Path) -> AbstractContextManager[str]:
    """Serve a folder on this machine only, compressed, and return a context manager with its address."""
    return served(folder, Compressing)
