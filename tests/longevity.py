"""Compare a site that another builder made with our own build: python -m tests.longevity OURS OTHER.

Exits with 1 if the other site lacks pages, texts, links, files or the policy. Other differences are only printed.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from urllib.parse import urljoin

from lxml.html import HtmlElement

from tests.built import Built, words

Pages = Mapping[str, HtmlElement]
Reader = Callable[[str, HtmlElement], object]
#: Deeper than any page, so that a link that climbs above the site's root is noticed.
BASE = "https://longevity.example/county/site/"
#: The edit links are left out: they need our plugin, which knows the file of every record.
WITHOUT_EDIT_LINKS = "//article//node()[not(ancestor-or-self::p[@class='mend'])]"
ADDRESSES = "(//@href | //@src | //@action)[not(ancestor::p[@class='mend'])]"
REFUSED = (
    "//style | //*[@style] | //@*[starts-with(name(), 'on')] | //script[not(@src) and not(contains(@type, 'json'))]"
)
EXAMPLES = 3


def title(_: str, tree: HtmlElement) -> object:
    """Return the text of <title>."""
    return tree.findtext("head/title", "").strip()


def policy(_: str, tree: HtmlElement) -> object:
    """Return the Content Security Policy, and how many things on the page it refuses."""
    return tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content"), len(tree.xpath(REFUSED))


def text(_: str, tree: HtmlElement) -> object:
    """Return the words of the article."""
    own = [node for node in tree.xpath(WITHOUT_EDIT_LINKS) if isinstance(node, str)]
    return " ".join(own).split()


def links(address: str, tree: HtmlElement) -> object:
    """Return where the addresses on the page lead, except those of the edit links."""
    return [urljoin(BASE + address, str(one)) for one in tree.xpath(ADDRESSES)]


def frame(_: str, tree: HtmlElement) -> object:
    """Return the words around the article: header, menu, table of contents, footer."""
    around = tree.xpath("//body//*[self::header or self::nav or self::footer][not(ancestor::article)]")
    return [words(part) for part in around]


def markup(_: str, tree: HtmlElement) -> object:
    """Return the elements of the article with their classes and roles."""
    elements = [node for node in tree.xpath(WITHOUT_EDIT_LINKS) if isinstance(getattr(node, "tag", None), str)]
    return [(one.tag, one.get("class"), one.get("role")) for one in elements]


NEEDED = {"title": title, "policy": policy, "text of the article": text, "links": links}
FURTHER = {"words of header, menu, contents, and footer": frame, "markup of the article": markup}


def different(ours: Pages, other: Pages, read: Reader) -> list[str]:
    """Return the addresses of the pages on which a part differs."""
    return [f"/{page}" for page in ours if page in other and read(page, ours[page]) != read(page, other[page])]


def files(folder: Path) -> set[str]:
    """Return the paths of the files of a site."""
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def report(ours: Path, other: Path) -> bool:
    """Write what differs; return whether the other site has all that is needed."""
    one, two = Built(ours, BASE).html, Built(other, BASE).html
    missing = sorted(files(ours) - files(other))
    needed = {name: different(one, two, read) for name, read in NEEDED.items()}
    further = {name: different(one, two, read) for name, read in FURTHER.items()}
    lines = [
        f"Pages: {len(one)} in our build, {len(two)} in the other one",
        f"Files missing: {_some(missing)}",
        f"Files added: {_some(sorted(files(other) - files(ours)))}",
        *(f"Pages that differ in {name}: {_some(found)}" for name, found in (needed | further).items()),
    ]
    sys.stdout.write("\n".join([*lines, ""]))
    return not missing and not any(needed.values())


def _some(found: list[str]) -> str:
    examples = ", ".join(found[:EXAMPLES])
    return f"{len(found)}, such as {examples}" if found else "none"


if __name__ == "__main__":
    sys.exit(0 if report(Path(sys.argv[1]), Path(sys.argv[2])) else 1)
