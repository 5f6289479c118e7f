"""The promises of the privacy page match the scripts and the built pages."""

from __future__ import annotations

import re

from tests.built import Built
from tests.conftest import ROOT

SCRIPTS = ROOT / "overrides" / "assets" / "js"
#: A key in the scripts: eportal.palette in full, or the name that stored.js prefixes.
WHOLE_KEY = re.compile(r"\"(eportal\.[a-z-]+)\"")
NAME = re.compile(r"\b(?:stored|keep)\(\s*(?:\"([a-z-]+)\"|([A-Z_]+))")
CONSTANT = re.compile(r"^(?:export )?const ([A-Z_]+) = \"([a-z-]+)\"", re.MULTILINE)
NOT_OURS = re.compile(r"\bdocument\.cookie\b|\bsessionStorage\b|\bindexedDB\b|\bsendBeacon\b|\bXMLHttpRequest\b")


def keys() -> set[str]:
    """Return the keys that the scripts use to store something in the browser."""
    texts = [path.read_text(encoding="utf-8") for path in SCRIPTS.rglob("*.js")]
    constants = [found for text in texts for found in CONSTANT.findall(text)]
    used = {name for text in texts for found in NAME.findall(text) for name in found if name}
    named = {name for name in used if name.islower()} | {value for name, value in constants if name in used}
    return {key for text in texts for key in WHOLE_KEY.findall(text)} | {f"eportal.{name}" for name in named}


def test_every_key_is_on_the_privacy_page(built: Built) -> None:
    """The privacy page lists exactly what the scripts store in the browser."""
    assert {"eportal.palette", "eportal.plan"} <= keys()
    assert set(built.pages["privacy/"].xpath("//table//td[1]/code/text()")) == keys()


def test_the_scripts_have_no_other_memory_and_no_way_out() -> None:
    """No script uses cookies or a database or sends anything; they only request files of the site."""
    found = {path.name: NOT_OURS.findall(path.read_text(encoding="utf-8")) for path in SCRIPTS.rglob("*.js")}
    assert len(found) > 5
    assert {name: words for name, words in found.items() if words} == {}
