"""Remembering what a build has made for the next one; alone knows when it is still what it was.

A page is used again only if every record and dataset that it read, and all that every page is made of (templates,
generator, libraries, set-up, day), is the same. What is torn, foreign or changed is made anew. See decision 0014.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from generator.model import Page, Site
from generator.remember import reads
from generator.remember.foundation import foundation
from generator.remember.memory import FILE, Memory, by_name, joined, line
from generator.remember.states import States

__all__ = ["FILE", "Memory", "Remembered", "foundation", "reads"]

#: What a page says of itself, and its Markdown.
Parts = tuple[dict[str, Any], str]


class Remembered:
    """What one build makes: that of the last one where it is what it was, else made anew.

    Helpers write their lines into files of their own, which the first process gathers in the end.
    """

    def __init__(self, memory: Memory, site: Site, base: str, render: Callable[[Page], Parts]) -> None:
        """Prepare for a build of `site`, whose catalog notes what is read; `base` is its foundation."""
        self.memory, self.render = memory, render
        self.states = States(site.catalog, base)
        #: Lines that were made, and names of those that hold again.
        self.made, self.kept = dict[str, bytes](), list[str]()
        self.parent, self.place = os.getpid(), tempfile.TemporaryDirectory(prefix="eportal-")

    def parts(self, page: Page) -> Parts:
        """Give what a page says of itself, and its Markdown."""
        if not page.template.endswith(".j2"):
            return self.render(page)
        found = self._recalled(page.uri)
        if found:
            self.kept.append(page.uri)
            return found
        reads.begin(page)
        meta, text = self.render(page)
        read = reads.tokens()
        if read is not None:
            self.made[page.uri] = line(page.uri, [self.states.key(page.uri, read), read, meta, text])
        return meta, text

    def _recalled(self, uri: str) -> Parts | None:
        """Give a page of the last build if it is whole and nothing that it is made of has changed."""
        try:
            key, read, meta, text = self.memory.value(uri)
            whole = isinstance(meta, dict) and isinstance(text, str)
            return (meta, text) if whole and key == self.states.key(uri, read) else None
        except (ValueError, TypeError, AttributeError):  # of another form than ours
            return None

    def hand_over(self) -> None:
        """Write what a helper has made, and what holds again, where the first process finds it."""
        if os.getpid() != self.parent and (self.made or self.kept):
            with (Path(self.place.name) / str(os.getpid())).open("ab") as file:
                file.writelines(joined(self.made.values()))
                file.writelines(joined(name.encode() for name in self.kept))
            self.made.clear()
            self.kept.clear()

    def finish(self) -> None:
        """Remember what this build has made for the next one."""
        kept, made = set(self.kept), dict(self.made)
        for path in sorted(Path(self.place.name).iterdir()):
            content = path.read_bytes()
            made |= by_name(content)
            kept.update(one.decode() for one in content.split(b"\n") if b" " not in one)
        self.place.cleanup()
        old = self.memory.lines
        self.memory.keep({name: old[name] for name in old.keys() & kept} | made)
