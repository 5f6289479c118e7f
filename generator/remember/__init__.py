"""Remembering rendered pages from one build to the next; alone knows when a page is still what it was.

A page is used again only if every record and dataset that it read, and all that every page is made of (templates,
generator, libraries, set-up, day), is the same. What is torn, foreign or changed is rendered. See decision 0014.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Callable, Iterable
from hashlib import blake2b
from pathlib import Path
from typing import Any

from generator.load.text import shown_path
from generator.model import Page, Record, SetupError, Site
from generator.remember import reads
from generator.remember.foundation import foundation

__all__ = ["FILE", "Memory", "Remembered", "foundation", "reads"]

#: The one file in the folder that `eportal build --cache DIR` names.
FILE = "eportal-pages"
#: A line holds: digest of the rest, uri, JSON.
LINE_PARTS = 3

#: What a page says of itself, and its Markdown.
Parts = tuple[dict[str, Any], str]


class Memory:
    """The pages of the last build, as lines: in a folder, or in memory alone where there is none (`serve`)."""

    def __init__(self, folder: Path | None) -> None:
        """Read what is there; what is no line of ours is left out.

        Raises:
            SetupError: the folder cannot be used.
        """
        self.folder, self.lines = folder, dict[str, bytes]()
        if folder:
            try:
                folder.mkdir(parents=True, exist_ok=True)
                file = folder / FILE
                self.lines = _by_uri(file.read_bytes()) if file.is_file() else {}
            except OSError as error:
                raise SetupError(f"{shown_path(folder)}: cannot be used as cache: {error.strerror}") from None

    def keep(self, lines: dict[str, bytes]) -> None:
        """Remember these pages and no others; the file is replaced in one step."""
        self.lines = lines
        if self.folder:
            number, name = tempfile.mkstemp(prefix=f"{FILE}-", dir=self.folder)
            with os.fdopen(number, "wb") as file:
                file.writelines(b"%b\n" % line for line in lines.values())
            Path(name).replace(self.folder / FILE)


def _by_uri(content: bytes) -> dict[str, bytes]:
    """Sort lines by the page that each is about."""
    lines = ((line.split(b" ", LINE_PARTS - 1), line) for line in content.split(b"\n"))
    return {parts[1].decode("utf-8", "replace"): line for parts, line in lines if len(parts) == LINE_PARTS}


class Remembered:
    """The pages of one build: those of the last one where they are what they were, else rendered.

    Helpers write the lines of their pages into files of their own, which the first process gathers in the end.
    """

    def __init__(self, memory: Memory, site: Site, base: str, render: Callable[[Page], Parts]) -> None:
        """Prepare for a build of `site`, whose catalog notes what is read; `base` is its foundation."""
        self.memory, self.site, self.base, self.render = memory, site, base, render
        self.digests: dict[str, str] = {}
        self.made: dict[str, bytes] = {}
        self.parent, self.place = os.getpid(), tempfile.TemporaryDirectory(prefix="eportal-")

    def parts(self, page: Page) -> Parts:
        """Give what a page says of itself, and its Markdown."""
        if not page.template.endswith(".j2"):
            return self.render(page)
        line = self.memory.lines.get(page.uri)
        found = self._recalled(line) if line else None
        if line and found:
            self.made[page.uri] = line
            return found
        reads.begin(page)
        meta, text = self.render(page)
        read = reads.tokens()
        if read is not None:
            self.made[page.uri] = self._line(page.uri, read, meta, text)
        return meta, text

    def hand_over(self) -> None:
        """Write what a helper has made where the first process finds it."""
        if os.getpid() != self.parent and self.made:
            with (Path(self.place.name) / str(os.getpid())).open("ab") as file:
                file.writelines(b"%b\n" % line for line in self.made.values())
            self.made.clear()

    def finish(self) -> None:
        """Remember the pages of this build for the next one."""
        made = dict(self.made)
        for path in sorted(Path(self.place.name).iterdir()):
            made |= _by_uri(path.read_bytes())
        self.place.cleanup()
        self.memory.keep({page.uri: made[page.uri] for page in self.site.pages if page.uri in made})

    def _line(self, uri: str, read: list[str], meta: dict[str, Any], text: str) -> bytes:
        content = json.dumps([self._key(uri, read), read, meta, text], ensure_ascii=True)
        rest = f"{uri} {content}".encode()
        return _digest(rest).encode() + b" " + rest

    def _recalled(self, line: bytes) -> Parts | None:
        """Give a page of the last build if it is whole and nothing that it is made of has changed."""
        digest, _, rest = line.partition(b" ")
        uri, _, content = rest.partition(b" ")
        if digest != _digest(rest).encode():
            return None
        try:
            key, read, meta, text = json.loads(content)
            whole = isinstance(meta, dict) and isinstance(text, str)
            return (meta, text) if whole and key == self._key(uri.decode(), read) else None
        except (ValueError, TypeError, AttributeError, RecursionError):  # of another form than ours
            return None

    def _key(self, uri: str, read: Iterable[str]) -> str:
        """Give the digest of all that a page is made of."""
        return _digest("\n".join([self.base, uri, *(f"{one} {self._state(one)}" for one in read)]).encode())

    def _state(self, token: str) -> str:
        """Give the digest of a record, or of all records of a dataset, as they are now; '' for what is not there."""
        if token not in self.digests:
            name, is_one, record_id = token.partition("/")
            dataset = self.site.catalog.datasets.get(name)
            if dataset is None:
                return ""
            if is_one:
                record = dataset.by_id.get(record_id)
                self.digests[token] = _digest(_written(record)) if record else ""
            else:
                states = (f"{record.id} {self._state(f'{name}/{record.id}')}" for record in dataset)
                self.digests[token] = _digest("\n".join(states).encode())
        return self.digests[token]


def _written(record: Record) -> bytes:
    """Give all that a record holds: its values, the records it leads to and those that lead to it."""
    return repr((record.values, _ids(record.links), _ids(record.backlinks))).encode("utf-8", "backslashreplace")


def _ids(value: Any) -> Any:
    """Give a value with ids in the place of records."""
    if isinstance(value, Record):
        return value.id
    if isinstance(value, dict):
        return {key: _ids(one) for key, one in value.items()}
    return [_ids(one) for one in value] if isinstance(value, tuple) else value


def _digest(content: bytes) -> str:
    return blake2b(content, digest_size=16).hexdigest()
