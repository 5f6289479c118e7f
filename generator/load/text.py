"""Decode files: UTF-8 text, or a problem that says what the file is instead; and the limits on size."""

from __future__ import annotations

import re
from pathlib import Path

from generator.diagnostics import problem, shown
from generator.model import Origin, Problem, SetupError

#: The markers that git puts around two versions of the same lines.
AROUND_A_MERGE = ("<<<<<<< ", ">>>>>>> ")
LEFT_BY_A_MERGE = re.compile(r"^<{7}(?= )|^>{7}(?= )", re.MULTILINE)
MAX_BYTES = 64 * 1024 * 1024
MAX_RECORDS = 200_000
MAX_DEPTH = 8
MAX_VALUE = 20_000


def shown_path(path: Path) -> str:
    """Return a path as people write it: relative to the working directory if it is inside."""
    absolute = path if path.is_absolute() else Path.cwd() / path
    try:
        return absolute.relative_to(Path.cwd()).as_posix()
    except ValueError:
        return absolute.as_posix()


def listing(folder: Path) -> list[Path]:
    """Return the entries of a folder, sorted.

    Raises:
        SetupError: the folder cannot be read.
    """
    try:
        return sorted(folder.iterdir())
    except OSError as error:
        raise SetupError(f"{shown_path(folder)}: {error.strerror}; give yourself permission to read it") from error


def read_text(path: Path) -> tuple[str | None, list[Problem]]:
    """Read a file as UTF-8 text with plain line ends; None if it is something else."""
    name = shown_path(path)
    if path.is_symlink():
        return None, [problem("E116", Origin(name), name=path.name)]
    if path.exists() and not path.is_file():
        reason = "it is a folder" if path.is_dir() else "it is not a regular file"
        return None, [problem("E118", Origin(name), name=path.name, reason=reason)]
    try:
        if path.stat().st_size > MAX_BYTES:
            return None, [problem("E117", Origin(name), what="the file", limit=f"{MAX_BYTES // 1024 // 1024} MiB")]
        content = path.read_bytes()
    except OSError as error:
        return None, [problem("E118", Origin(name), name=path.name, reason=error.strerror)]
    return _decoded(name, content)


def _decoded(name: str, content: bytes) -> tuple[str | None, list[Problem]]:
    """Decode the bytes of a file; None if they are not UTF-8 text."""
    if content.startswith(b"PK\x03\x04"):
        words = {"wanted": "text", "found": "an Excel workbook"}
        hint = "open it in Excel and save it as 'CSV UTF-8'"
        return None, [problem("E114", Origin(name), hint=hint, about={}, **words)]
    if content.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in content[:200]:
        return None, [problem("E103", Origin(name))]
    problems = []
    if content.startswith(b"\xef\xbb\xbf"):
        problems.append(problem("E104", Origin(name)))
        content = content[3:]
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        return None, [*problems, _not_utf8(name, content, error.start)]
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    marked = any(mark in text for mark in AROUND_A_MERGE)  # the pattern alone takes a quarter of the time
    if marked and (mark := LEFT_BY_A_MERGE.search(text)):
        return None, [*problems, problem("E119", Origin(name, text.count("\n", 0, mark.start()) + 1), shown=mark[0])]
    return text, problems


def _not_utf8(name: str, content: bytes, at: int) -> Problem:
    """Report the first byte that is not UTF-8, shown as Windows would decode it."""
    before = content[:at]
    line = before.count(b"\n") + 1
    column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
    guess = content[at : at + 1].decode("cp1252", "replace")
    return problem("E102", Origin(name, line, column), shown=shown(guess))
