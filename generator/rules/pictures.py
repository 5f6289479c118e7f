"""Check the pictures of records: where they are, how large they are, and whether their format is real."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from generator.diagnostics import problem, shown
from generator.diagnostics.about import about
from generator.model import Catalog, Problem

FIELD, WORDS = "picture", "picture_alt"
FOLDER = Path("assets", "pictures")
MOST_BYTES = 200_000
#: Suffix -> the first bytes of such a file. In WebP, four bytes of length and then WEBP follow.
BEGINNINGS: Mapping[str, bytes] = {".png": b"\x89PNG\r\n\x1a\n", ".jpg": b"\xff\xd8\xff", ".webp": b"RIFF"}
WEBP = slice(8, 12), b"WEBP"


def pictures_are_there(catalog: Catalog, content: Path) -> Iterator[Problem]:
    """A record's picture must be a real PNG, JPEG or WebP, not too large, and described in words."""
    for dataset in catalog:
        for record in dataset if dataset.resource.schema.field(FIELD) else ():
            name = record.values.get(FIELD)
            if not name or (FIELD,) in record.faulty:
                continue
            here, details = record.row.origin(FIELD), about(record, FIELD)
            if reason := _fault(content / FOLDER / name):
                yield problem("E413", here, about=details, shown=shown(name), reason=reason, folder=FOLDER.as_posix())
            if not record.values.get(WORDS) and (WORDS,) not in record.faulty:
                yield problem("E414", here, about=details)


def _fault(path: Path) -> str:
    """Return why a file cannot be published as a picture, '' if it can."""
    shown_path = f"content/{(FOLDER / path.name).as_posix()}"
    if path.is_symlink() or not path.is_file():
        return f"there is no file {shown_path}"
    size = path.stat().st_size
    if size > MOST_BYTES:
        return f"it is {size // 1000} kB, over the limit of {MOST_BYTES // 1000} kB"
    with path.open("rb") as file:
        head = file.read(16)
    begins = head.startswith(BEGINNINGS[path.suffix])
    if not begins or (path.suffix == ".webp" and head[WEBP[0]] != WEBP[1]):
        return f"the file is not really a {path.suffix.removeprefix('.').upper()} picture"
    return ""
