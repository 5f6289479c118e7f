"""Keeping compiled templates from one run to the next, as Python keeps its modules: compiling takes a fifth of a build.

Jinja itself notices when a template, its own form of bytecode or Python has changed. It does not notice changes of what
a compiled template may contain: results of filters for constants, which differ by language and program.
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
    """Compiled templates in a folder; where they cannot be written, the next run compiles them again."""

    def dump_bytecode(self, bucket: jinja2.bccache.Bucket) -> None:
        """Write a compiled template."""
        with suppress(OSError):
            super().dump_bytecode(bucket)


def compiled_templates(root: Path, kind: str) -> CompiledTemplates:
    """Return the compiled templates of a project for one environment.

    Args:
        root: the project's folder.
        kind: names the environment, such as a language: the same template is compiled differently in each.
    """
    folder = root / FOLDER / _program()
    if not folder.is_dir():
        shutil.rmtree(folder.parent, ignore_errors=True)  # those of another version
        with suppress(OSError):
            folder.mkdir(parents=True)
    return CompiledTemplates(str(folder), f"{kind}-%s")


def _program() -> str:
    """Return a digest of the program that compiles."""
    digest = blake2b(version("jinja2").encode(), digest_size=8)
    for path in (*sorted(PROGRAM.glob("*.py")), PROGRAM.with_name("translations.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()
