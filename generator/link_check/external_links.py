"""Finds links to other sites in data and content, and reports those that no longer work."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from generator.diff.change_report import code
from generator.iter_text import texts
from generator.link_check.fetch import Answer, Manners, ask
from generator.load.text import shown_path
from generator.model import Catalog, Field, Origin
from generator.text_safety import read_prose

ADDRESS = re.compile(r"https://[^\s<>\"'`{}()\[\]|\\]+")
#: Reserved for examples (RFC 2606, 6761): sample records use them, and no site is there.
EXAMPLES = ("example", "test", "invalid", "localhost")
TITLES: Mapping[str, str] = {
    "broken": "Broken: correct or remove",
    "moved": "Moved permanently: write the new address",
    "unsure": "Unclear: open it yourself, because the site did not answer a program",
}


class CheckedLink(NamedTuple):
    """An address, all places where it is used, and the result of the check."""

    address: str
    places: tuple[Origin, ...]
    answer: Answer


def external_addresses(catalog: Catalog, content: Path) -> dict[str, tuple[Origin, ...]]:
    """Return every address of another site with its places; addresses reserved for examples are left out."""
    places: dict[str, list[Origin]] = {}
    for address, origin in (*_in_data(catalog), *_in_content(content)):
        bare = address.partition("#")[0]
        if (urlsplit(bare).hostname or "").rpartition(".")[2] not in EXAMPLES:
            places.setdefault(bare, []).append(origin)
    return {address: tuple(sorted(set(found))) for address, found in sorted(places.items())}


def _in_data(catalog: Catalog) -> Iterator[tuple[str, Origin]]:
    for text in (text for dataset in catalog for text in texts(dataset, _holds_addresses)):
        if text.field.format == "uri":
            if text.value.startswith("https://"):  # `ask` makes no other requests
                yield text.value, text.origin_of(text.value)
        else:
            links = (link for link in read_prose(text.value).links if link.startswith("https://"))
            yield from ((link, text.origin_of(link)) for link in links)


def _holds_addresses(field: Field) -> bool:
    """Whether a field is an address, or prose, which may contain links."""
    return field.format == "uri" or field.markdown


def _in_content(content: Path) -> Iterator[tuple[str, Origin]]:
    for path in sorted((*content.rglob("*.md"), *content.rglob("*.md.j2"))):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            for match in ADDRESS.finditer(line):
                yield match.group().rstrip(".,;:!?*_"), Origin(shown_path(path), number, match.start() + 1)


def check_links(
    found: Mapping[str, tuple[Origin, ...]], manners: Manners, asking: Callable[[str, Manners], Answer] = ask
) -> tuple[CheckedLink, ...]:
    """Check every address: a few hosts at a time, and one address per host at a time with a pause in between."""
    hosts: dict[str, list[str]] = {}
    for address in found:
        hosts.setdefault(urlsplit(address).netloc, []).append(address)

    def of_host(mine: Sequence[str]) -> list[tuple[str, Answer]]:
        answers = []
        for i, address in enumerate(mine):
            if i:
                time.sleep(manners.pause_seconds)
            answers.append((address, asking(address, manners)))
        return answers

    with ThreadPoolExecutor(manners.at_once) as pool:
        answers = dict(pair for pairs in pool.map(of_host, hosts.values()) for pair in pairs)
    return tuple(CheckedLink(address, places, answers[address]) for address, places in found.items())


def summary(found: Sequence[CheckedLink]) -> str:
    """Return "120 links: 2 broken, 1 moved"."""
    counts = [(sum(one.answer.verdict == kind for one in found), kind) for kind in TITLES]
    number = "1 link" if len(found) == 1 else f"{len(found)} links"
    return f"{number}: {', '.join(f'{n} {kind}' for n, kind in counts if n) or 'all work'}"


def link_rows(found: Sequence[CheckedLink]) -> Iterator[tuple[str, str, str, str]]:
    """Yield (verdict, address, reason, place) for every place of a link that needs attention."""
    for one in found:
        if one.answer.verdict != "fine":
            yield from ((one.answer.verdict, one.address, one.answer.reason, str(place)) for place in one.places)


def links_as_text(found: Sequence[CheckedLink]) -> str:
    """Return one line for every place of a link that needs attention, then a summary."""
    lines = [f"{place}: {verdict}: {address}: {reason}" for verdict, address, reason, place in link_rows(found)]
    return "\n".join([*lines, summary(found)])


def links_as_markdown(found: Sequence[CheckedLink]) -> str:
    """Return the text of the weekly issue; everything from data is in code spans."""
    lines = [f"{summary(found)}."]
    for kind, title in TITLES.items():
        mine = [one for one in found if one.answer.verdict == kind]
        lines += ["", f"### {title}", ""] if mine else []
        lines += [f"- {code(one.address)}: {code(one.answer.reason)}{_places(one)}" for one in mine]
    return "\n".join(lines)


def _places(one: CheckedLink) -> str:
    return "".join(f"\n  - {code(f'{place.path}:{place.line}')}" for place in one.places)


def links_as_json(found: Sequence[CheckedLink]) -> str:
    """Return a JSON list of objects, one for each address."""
    rows = [
        {
            "address": one.address,
            "verdict": one.answer.verdict,
            "reason": one.answer.reason,
            "moved_to": one.answer.moved_to,
            "places": [{"path": place.path, "line": place.line, "column": place.column} for place in one.places],
        }
        for one in found
    ]
    return json.dumps(rows, ensure_ascii=False, indent=2)


FORMATS: Mapping[str, Callable[[Sequence[CheckedLink]], str]] = {
    "text": links_as_text,
    "json": links_as_json,
    "markdown": links_as_markdown,
}
