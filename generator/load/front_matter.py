"""Read the front matter of hand-written pages: strict YAML, like the data, so that a list is a list."""

from __future__ import annotations

import re

from generator.diagnostics import problem
from generator.load.yaml_file import tree_of
from generator.model import Origin, Problem, Raw

FRONT_MATTER = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)


def split(text: str) -> tuple[dict[str, Raw], str]:
    """Split a page into its front matter and its text; front matter that cannot be read is left out."""
    match = FRONT_MATTER.match(text)
    if not match:
        return {}, text
    meta, _ = _read("", match)
    return meta, text[match.end() :]


def front_matter_problems(path: str, text: str) -> list[Problem]:
    """Return what is wrong with the front matter of a page; `path` is what the problems show."""
    match = FRONT_MATTER.match(text)
    return _read(path, match)[1] if match else []


def _read(path: str, match: re.Match[str]) -> tuple[dict[str, Raw], list[Problem]]:
    tree, problems = tree_of(path, f"\n{match[1]}")  # an empty line for the mark, so that line numbers fit
    if tree is None:
        return {}, problems
    if isinstance(tree.value, dict):
        return tree.value, problems
    found = "a list" if isinstance(tree.value, list) else "text"
    wanted = "keys with values (title: …) between the lines '---'"
    return {}, [*problems, problem("E114", Origin(path, 2), about={}, wanted=wanted, found=found)]
