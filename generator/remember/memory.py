"""The one file in the folder that `eportal build --cache DIR` names: lines, each with a name and a digest of its own.

A line is `digest name JSON`. What is torn, foreign or of another form is as good as none.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterable
from hashlib import blake2b
from pathlib import Path
from typing import Any

from generator.load.text import shown_path
from generator.model import SetupError

FILE = "eportal-pages"
LINE_PARTS = 3


class Memory:
    """What the last build left for the next: in a folder, or in memory alone where there is none (`serve`)."""

    def __init__(self, folder: Path | None) -> None:
        """Read the lines that are there, none of them looked at yet.

        Raises:
            SetupError: the folder cannot be used.
        """
        self.folder, self.lines = folder, dict[str, bytes]()
        if folder:
            try:
                folder.mkdir(parents=True, exist_ok=True)
                file = folder / FILE
                self.lines = by_name(file.read_bytes()) if file.is_file() else {}
            except OSError as error:
                raise SetupError(f"{shown_path(folder)}: cannot be used as cache: {error.strerror}") from None

    def value(self, name: str) -> Any:
        """Give what a line holds, None where there is none or it is torn."""
        digest_, _, rest = self.lines.get(name, b"").partition(b" ")
        found, _, content = rest.partition(b" ")
        if digest_ != digest(rest).encode() or found != name.encode():
            return None
        try:
            return json.loads(content)
        except (ValueError, RecursionError):
            return None

    def keep(self, lines: dict[str, bytes]) -> None:
        """Remember these lines and no others; the file is replaced in one step."""
        self.lines = lines
        if self.folder:
            number, name = tempfile.mkstemp(prefix=f"{FILE}-", dir=self.folder)
            with os.fdopen(number, "wb") as file:
                file.writelines(joined(lines.values()))
            Path(name).replace(self.folder / FILE)


def line(name: str, value: Any) -> bytes:
    """Write a line."""
    rest = f"{name} {json.dumps(value, ensure_ascii=True)}".encode()
    return digest(rest).encode() + b" " + rest


def by_name(content: bytes) -> dict[str, bytes]:
    """Sort lines by name; what is no line is left out."""
    lines = ((one.split(b" ", LINE_PARTS - 1), one) for one in content.split(b"\n"))
    return {parts[1].decode("utf-8", "replace"): one for parts, one in lines if len(parts) == LINE_PARTS}


def joined(lines: Iterable[bytes]) -> Iterable[bytes]:
    """Give lines as they stand in a file."""
    return (b"%b\n" % one for one in lines)


def digest(content: bytes) -> str:
    """Give the digest of anything; against accidents, and no guard against intent."""
    return blake2b(content, digest_size=16).hexdigest()
