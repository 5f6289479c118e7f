"""Front matter: write a page's metadata so that every builder can read it, and read it from handwritten pages."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

FRONT_MATTER = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)
#: Characters that JSON does not escape and YAML does not allow.
NOT_IN_YAML = re.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")


def front_matter(meta: Mapping[str, Any]) -> str:
    """Return front matter as YAML that every builder can read: quoted text and one level of keys."""
    lines = ["---"]
    for key, value in meta.items():
        if isinstance(value, Mapping):
            lines.append(f"{key}:")
            lines += [f"  {name}: {_quoted(one)}" for name, one in value.items()]
        else:
            lines.append(f"{key}: {_quoted(value)}")
    return "\n".join([*lines, "---", "", ""])


def split(text: str) -> tuple[dict[str, str], str]:
    """Split a handwritten page into its front matter (plain `key: value` lines) and its text."""
    match = FRONT_MATTER.match(text)
    if not match:
        return {}, text
    lines = (line.partition(":") for line in match[1].splitlines() if ":" in line)
    meta = {key.strip(): value.strip().strip("\"'") for key, _, value in lines}
    return meta, text[match.end() :]


def bare(value: Any) -> str:
    """Return text without a template's HTML escapes, because the theme escapes front matter itself."""
    return str(value.unescape() if isinstance(value, Markup) else value)


def _quoted(value: Any) -> str:
    """Quote text as JSON, which is also YAML, and escape the characters that only YAML forbids."""
    text = json.dumps(str(value), ensure_ascii=False)
    return NOT_IN_YAML.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
