"""Keep compiled templates between runs, as Python does with its modules: compiling takes a fifth of a build.

Jinja notices when a template, its bytecode format or Python has changed. It does not notice when the results of
filters on constants change, which depend on the language and the program, so these are part of the key.
"""

from __future__ import annotations

import shutil
from contextlib import suppress
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path

import jinja2

FOLDER = Path(".cache", "templates")
PROGRAM = Path(__file__).parent


class CompiledTemplates(jinja2.FileSystemBytecodeCache):
    """Compiled templates in a folder; if it is not writable, every run compiles them again."""

    def dump_bytecode(self, bucket: jinja2.bccache.Bucket) -> None:
        """Write a compiled template."""
        with suppress(OSError):
            super().dump_bytecode(bucket)


def compiled_templates(root: Path, kind: str) -> CompiledTemplates:
    """Return the compiled templates of a project for one environment.

    Args:
        root: the project's folder.
        kind: identifies the environment, such as a language, because each compiles the same template differently.
    """
    folder = root / FOLDER / _program()
    if not folder.is_dir():
        shutil.rmtree(folder.parent, ignore_errors=True)  # from another version
        with suppress(OSError):
            folder.mkdir(parents=True)
    return CompiledTemplates(str(folder), f"{kind}-%s")


def _program() -> str:
    """Return a digest of the code that compiles."""
    digest = blake2b(version("jinja2").encode(), digest_size=8)
    for path in (*sorted(PROGRAM.glob("*.py")), PROGRAM.with_name("translations.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()
