"""Fill the theme's page shell for record pages.

The theme renders a few sentinel pages for each kind of record page; their finished HTML is cut at the
sentinels, and every record's page is that shell, filled. It works only on HTML, no matter which engine
made it. The result equals what MkDocs would have built: `tests/test_page_shell.py` compares the two.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from html import unescape
from typing import NamedTuple

import pyromark
from markdown.extensions.toc import slugify, unique
from markupsafe import escape

from generator.model import SetupError

#: Placeholders for what differs between pages of one kind. Plain letters, which no engine escapes or changes.
NAMES = ("TITLE", "DESCRIPTION", "PREVIEW", "WORDS", "EDIT", "LINE", "ROBOTS", "START", "END")
TITLE, DESCRIPTION, PREVIEW, WORDS, EDIT, LINE, ROBOTS, START, END = (f"EPORTAL{name}SENTINEL" for name in NAMES)
ID = "eportal-id-sentinel-{}"
HEADING = "EPORTALHEADING{}SENTINEL"
CONTENTS = "EPORTALCONTENTSSENTINEL"
#: A heading's text is in uppercase, its anchor (made by the engine) in lowercase.
HEADING_SLOT = re.compile(r"(?:EPORTALHEADING|eportalheading)([0-9])(?:SENTINEL|sentinel)")
#: The instruction to search engines is a whole element: a page without one doesn't have the element.
SLOT = re.compile(
    r"(EPORTAL(?:TITLE|DESCRIPTION|PREVIEW|WORDS|EDIT|LINE|CONTENTS|HEADING[0-9])SENTINEL|eportal-id-sentinel-[0-9]|eportalheading[0-9]sentinel"
    rf"|<meta [^<>]*{ROBOTS}[^<>]*>\n?)"
)
CONTENT = re.compile(rf"(?:<h1[^>]*>|<p>){START}(?:</h1>|</p>).*?<p>{END}</p>", re.DOTALL)

#: Numbers of headings with their own sentinel page: a short table of contents may look different.
FEW = (0, 1, 2)
MANY = 3

MARKDOWN_HEADING = re.compile(r"\n\n(#{1,6}) ([^\n]+)(?=\n\n|\n?\Z)")
TAGS = re.compile(r"<[^>]+>")
KEPT = re.compile(r"(<(pre|textarea|script|style)\b.*?</\2>)", re.DOTALL | re.IGNORECASE)
SPACE = re.compile(r"\s*\n\s*")


class Heading(NamedTuple):
    """A heading of a page: its anchor, its text as HTML, and its level."""

    slug: str
    html: str
    level: int = 2


class Filling(NamedTuple):
    """What turns a shell into a record's page."""

    id: str
    title: str
    description: str
    edit_uri: str
    line: str
    content: str
    headings: tuple[Heading, ...]
    robots: str = ""
    preview: str = ""
    preview_words: str = ""


def content_html(markdown: str) -> tuple[str, tuple[Heading, ...]]:
    """Convert a page's Markdown (CommonMark with HTML blocks); return HTML and the headings below the first level."""
    headings: list[Heading] = []
    taken: set[str] = set()

    def made(match: re.Match[str]) -> str:
        level, (text, slug) = len(match[1]), _heading(match[2])
        slug = unique(slug, taken)
        if level > 1:
            headings.append(Heading(slug, text, level))
        return f'\n\n<h{level} id="{slug}">{text}</h{level}>'

    return pyromark.html(MARKDOWN_HEADING.sub(made, f"\n\n{markdown}")).strip(), tuple(headings)


@lru_cache(maxsize=1024)  # most headings are on every page of a kind
def _heading(markdown: str) -> tuple[str, str]:
    """Return the HTML of a heading's text, and its anchor."""
    text = pyromark.html(markdown).strip().removeprefix("<p>").removesuffix("</p>")
    return text, slugify(unescape(TAGS.sub("", text)), "-")


def sentinel_markdown(headings: int, *, has_h1: bool) -> str:
    """Return the Markdown of a sentinel page with some headings."""
    start = f"<h1>{START}</h1>" if has_h1 else f"<p>{START}</p>"
    lines = [start, *(f"## {HEADING.format(i)}" for i in range(headings)), f"<p>{END}</p>"]
    return "\n\n".join(lines) + "\n"


def squeeze(html: str) -> str:
    """Collapse whitespace around line breaks, except where it is visible or significant."""
    parts = KEPT.split(html)
    # KEPT has two groups: text, kept element, its name, text, ...
    kept = [SPACE.sub("\n", part) if i % 3 == 0 else part for i, part in enumerate(parts) if i % 3 != 2]  # noqa: PLR2004
    return "".join(kept).strip() + "\n"


class Half(NamedTuple):
    """HTML before or after a page's content, cut at its slots: the parts, and the position of each slot among them."""

    parts: tuple[str, ...]
    slots: tuple[tuple[int, str], ...]


class Shell(NamedTuple):
    """The finished HTML of one kind of record page before and after the content.

    `few` has it by number of headings; `many` is for more, with `entry` and `last` for the table of contents.
    """

    few: Mapping[int, tuple[Half, Half]]
    many: tuple[Half, Half] | None = None
    entry: str = ""
    last: str = ""

    def fill(self, page: Filling) -> str:
        """Return the page of a record."""
        values: dict[str, str] = {
            TITLE: escape(page.title),
            DESCRIPTION: escape(page.description),
            PREVIEW: page.preview,
            WORDS: escape(page.preview_words),
            EDIT: escape(page.edit_uri),
            LINE: page.line,
        }
        number = len(page.headings) if self.many else 0
        halves = self.few.get(number)
        if halves is None and self.many:
            halves = self.many
            *others, final = page.headings
            entries = [HEADING_SLOT.sub(_word(heading), self.entry) for heading in others]
            values[CONTENTS] = "".join([*entries, HEADING_SLOT.sub(_word(final), self.last)])
        before, after = halves or self.few[0]
        return "".join([*_filled(before, values, page), page.content, *_filled(after, values, page)])


def _filled(half: Half, values: Mapping[str, str], page: Filling) -> list[str]:
    """Return the parts with the slots filled."""
    parts = list(half.parts)
    for i, slot in half.slots:
        value = values.get(slot)
        parts[i] = _rare(slot, page) if value is None else value
    return parts


def _rare(slot: str, page: Filling) -> str:
    """Return what goes into a slot for a heading, for search engines or for the record's id."""
    if found := HEADING_SLOT.fullmatch(slot):
        return _word(page.headings[int(found[1])])(found)
    if ROBOTS in slot:
        return slot.replace(ROBOTS, page.robots) if page.robots else ""
    return page.id


def _word(heading: Heading) -> Callable[[re.Match[str]], str]:
    """Return a function that puts a heading's text or anchor into a slot."""
    return lambda slot: heading.html if slot[0].isupper() else heading.slug


def cut(pages: Mapping[int, str]) -> Shell:
    """Cut the finished sentinel pages of one kind, given by number of headings, into a shell.

    Raises:
        SetupError: the theme does not show the content as it is, or its table of contents is not a plain list.
    """
    few = {number: _halves(pages[number]) for number in FEW}
    before, after = _halves(pages[MANY])
    side = "".join((before if f"EPORTALHEADING{MANY - 1}SENTINEL" in before.parts else after).parts)
    firsts = [_first(side, i) for i in range(1, MANY)]
    if -1 in firsts:  # a theme without a table of contents
        return Shell({0: few[0]})
    length = firsts[1] - firsts[0]
    start, end = firsts[0] - length, max(m.end() for m in HEADING_SLOT.finditer(side) if m[1] == str(MANY - 1))
    entry = side[start : firsts[0]]
    if HEADING_SLOT.sub("", entry) != HEADING_SLOT.sub("", side[firsts[0] : firsts[1]]):
        raise SetupError("overrides: the theme's table of contents must be a plain list of entries for record pages")
    marked = _cut(f"{side[:start]}{CONTENTS}{side[end:]}")
    many = (marked, after) if side == "".join(before.parts) else (before, marked)
    return Shell(few, many, entry, side[firsts[1] : end])


def _first(html: str, number: int) -> int:
    return next((m.start() for m in HEADING_SLOT.finditer(html) if m[1] == str(number)), -1)


def _halves(html: str) -> tuple[Half, Half]:
    """Cut a sentinel page at its content."""
    found = CONTENT.split(squeeze(html), maxsplit=1)
    if len(found) != 2:  # noqa: PLR2004 - what comes before the content and after it
        raise SetupError("overrides: the theme must show a page's content unchanged for record pages")
    return _cut(found[0]), _cut(found[1])


def _cut(html: str) -> Half:
    parts = tuple(SLOT.split(html))
    return Half(parts, tuple(enumerate(parts))[1::2])
