"""Write front matter: a page's metadata as YAML that every builder can read."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

PLAIN_KEY = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")
#: Characters that JSON does not escape and YAML does not allow.
NOT_IN_YAML = re.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")


def front_matter(meta: Mapping[str, Any]) -> str:
    """Return front matter as YAML that every builder can read: quoted text, lists of it, and one level of keys."""
    lines = ["---"]
    for key, value in meta.items():
        if isinstance(value, Mapping):
            lines.append(f"{_key(key)}:")
            lines += [f"  {_key(name)}: {_quoted(one)}" for name, one in value.items()]
        elif isinstance(value, list):
            lines.append(f"{_key(key)}: [{', '.join(map(_quoted, value))}]")
        else:
            lines.append(f"{_key(key)}: {_quoted(value)}")
    return "\n".join([*lines, "---", "", ""])


def bare(value: Any) -> str:
    """Return text without a template's HTML escapes, because the theme escapes front matter itself."""
    return str(value.unescape() if isinstance(value, Markup) else value)


def _key(text: str) -> str:
    """Return a key as it is if it is one plain word, else quoted."""
    return text if PLAIN_KEY.fullmatch(text) else _quoted(text)


def _quoted(value: Any) -> str:
    """Quote text as JSON, which is also YAML, and escape the characters that only YAML forbids."""
    text = json.dumps(str(value), ensure_ascii=False)
    return NOT_IN_YAML.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
