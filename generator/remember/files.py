"""The files of the last build's site: linked into the next one where they are what they would become again.

A link takes about half the processor time of filling and writing a page. A file is linked only if its content is, to
the last byte, what the last build wrote, and all that this was made of is the same.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from generator.remember.memory import Memory, digest, line
from generator.remember.states import States

#: Stands before the name of what a line says of a file that was written.
WRITTEN = "file:"


class Files:
    """The files of one build."""

    def __init__(self, memory: Memory, states: States, former: Path | None) -> None:
        """Begin with none; `former` is the folder of the last build's site."""
        self.memory, self.states, self.former = memory, states, former
        self.made, self.kept = dict[str, bytes](), list[str]()
        #: By page, as it was rendered or recalled: the digest of all that it is made of, and what it reads.
        self.keys: dict[str, tuple[str, list[str]]] = {}

    def link_page(self, uri: str, path: str, frame: str, site_dir: Path) -> bool:
        """Put the last build's file of a page at `path`, if it would be the same; `frame` stands around its text."""
        try:
            key, read, around, content = self.memory.value(WRITTEN + uri)
            same = around == digest(frame.encode()) and key == self.states.key(uri, read)
        except (ValueError, TypeError, AttributeError):  # nothing, or of another form than ours
            return False
        if not same or uri not in self.memory.lines or not self.put({path: content}, site_dir):
            return False
        self.kept += (uri, WRITTEN + uri)
        return True

    def note_page(self, uri: str, frame: str, content: bytes) -> None:
        """Note what was written for a page that can be remembered."""
        key = self.keys.pop(uri, None)
        if key:
            self.made[WRITTEN + uri] = line(WRITTEN + uri, [*key, digest(frame.encode()), digest(content)])

    def data_in(self, site_dir: Path) -> Data:
        """Give what is known of the open data, for a build into `site_dir`."""
        return Data(self, site_dir)

    def put(self, files: Mapping[str, str], site_dir: Path) -> bool:
        """Link files (path below the site, digest of the content) if all are what they were."""
        if self.former is None:
            return False
        linked = list[str]()
        try:
            for path, content in files.items():
                if digest(_read(f"{self.former}/{path}")) != content:
                    return False
            for path in files:
                make_folder(f"{site_dir}/{path}".rpartition("/")[0])
                os.link(f"{self.former}/{path}", f"{site_dir}/{path}")
                linked.append(f"{site_dir}/{path}")
        except OSError:  # not there, a link itself, or on another file system
            for path in linked:  # whoever writes them now would write into the last site
                Path(path).unlink()
            return False
        return True


def make_folder(folder: str) -> None:
    """Make a folder, and those above it where they are not there either."""
    try:
        os.mkdir(folder)  # noqa: PTH102 - twice as fast as pathlib, which counts at 10,000 pages
    except FileExistsError:
        pass
    except FileNotFoundError:  # a further page of a record whose own is not written yet
        os.makedirs(folder, exist_ok=True)  # noqa: PTH103 - as above


class Data(NamedTuple):
    """The files of the last build's open data, by dataset."""

    files: Files
    site_dir: Path

    def link(self, name: str, read: Sequence[str]) -> Any:
        """Put the last build's files of a dataset in their place; give what was noted of them, None if they differ."""
        memory, states = self.files.memory, self.files.states
        try:
            key, content, about = memory.value(WRITTEN + name)
            own = all(path.startswith(name) and "/" not in path.removeprefix(name) for path in content)
            same = own and key == states.key(name, read) and self.files.put(content, self.site_dir)
        except (ValueError, TypeError, AttributeError):  # nothing, or of another form than ours
            return None
        if same:
            self.files.kept.append(WRITTEN + name)
        return about if same else None

    def note(self, name: str, read: Sequence[str], files: Mapping[str, bytes], about: Any) -> None:
        """Note what was written for a dataset that rests on the datasets `read`, and what else is to be known of it."""
        digests = {path: digest(content) for path, content in files.items()}
        self.files.made[WRITTEN + name] = line(WRITTEN + name, [self.files.states.key(name, read), digests, about])


def _read(path: str) -> bytes:
    """Read a file that is no symbolic link."""
    number = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0))
    with os.fdopen(number, "rb", buffering=0) as file:
        return file.read()
