"""What hand-written pages need beyond the Markdown extensions: names for screen readers, and no inline styles.

Our plugin calls these hooks, and an export includes this file for plain MkDocs, so it imports none of our modules.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
#: The label of the link from a footnote back to the text, by language.
BACK = {"en": "Back to footnote {} in the text", "es": "Volver a la nota {} en el texto"}
#: After ids (5), so that headings have theirs; before MkDocs resolves links (0).
PRIORITY = 4


class AccessibleMarkdown(Extension):
    """Completes the HTML that other extensions produce for a hand-written page."""

    language = "en"

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the name that Python-Markdown calls
        """Register the tree processor."""
        md.treeprocessors.register(_Complete(self, md), "eportal-accessible", PRIORITY)


#: One for all pages: MkDocs converts them one at a time.
EXTENSION = AccessibleMarkdown()


def on_config(config: Any, **_: Any) -> Any:
    """Add the extension to those of mkdocs.yml."""
    if EXTENSION not in config.markdown_extensions:
        config.markdown_extensions.append(EXTENSION)
    if index := config.mdx_configs.get("pymdownx.emoji", {}).get("emoji_index"):
        config.mdx_configs["pymdownx.emoji"]["emoji_index"] = lambda *given: _IndexOnDemand(lambda: index(*given))
    return config


def on_page_markdown(markdown: str, /, *, page: Any, **_: Any) -> str:
    """Remember the language of the page that is converted next."""
    EXTENSION.language = str(page.meta.get("content_lang") or page.meta.get("lang") or "en")
    return markdown


class _IndexOnDemand(dict[str, Any]):
    """The names of all 14,000 icons, read by the first page that has one: 0.1 to 0.2 s."""

    def __init__(self, read: Callable[[], dict[str, Any]]) -> None:
        super().__init__()
        self.read = read

    def __missing__(self, key: str) -> Any:
        self.update(self.read())
        return self.get(key)


class _Complete(Treeprocessor):
    def __init__(self, extension: AccessibleMarkdown, md: Markdown) -> None:
        super().__init__(md)
        self.extension = extension

    def run(self, root: Element) -> None:
        """Walk the page once; the last heading names elements without their own name."""
        heading = ""
        for parent, element in list(_walk(root)):
            classes = element.get("class", "").split()
            if element.tag in HEADINGS:
                heading = element.get("id", "")
            elif element.tag == "table":
                _scroll(parent, element, heading)
            elif element.tag in ("th", "td"):
                _align(element)
            elif element.tag == "details":
                element.set("class", " ".join(["admonition", *classes]))
            elif "tabbed-alternate" in classes:
                _interleave(element, heading)
            elif "twemoji" in classes:
                _name_icon(element)
            elif "footnote-ref" in classes:
                element.set("role", "doc-noteref")
            elif "footnote" in classes:
                element.set("role", "doc-endnotes")
                _name_backlinks(element, BACK.get(self.extension.language, BACK["en"]))


def _walk(parent: Element) -> Iterator[tuple[Element, Element]]:
    for element in parent:
        yield parent, element
        yield from _walk(element)


def _name_after(element: Element, heading: str) -> None:
    """Turn an element into a group named after the heading above it."""
    element.set("role", "group")
    if heading:
        element.set("aria-labelledby", heading)


def _scroll(parent: Element, table: Element, heading: str) -> None:
    """Wrap a table in a box that scrolls on narrow screens, with the keyboard too."""
    box = Element("div", {"class": "table-scroll", "tabindex": "0"})
    _name_after(box, heading)
    box.tail, table.tail = table.tail, None
    parent[list(parent).index(table)] = box
    box.append(table)


def _align(cell: Element) -> None:
    """Turn a column's alignment, an obsolete attribute, into a class; mark header cells as column headers."""
    align = cell.attrib.pop("align", "")
    if align in ("right", "center"):
        cell.set("class", f"{cell.get('class', '')} align-{align}".strip())
    if cell.tag == "th":
        cell.set("scope", "col")


def _interleave(tabs: Element, heading: str) -> None:
    """Put each panel of content tabs after its tab, so that they are read and printed in the right order.

    Each tab is a radio button with its label, as the extension made it: arrow keys move from tab to tab.
    """
    inputs = [child for child in tabs if child.tag == "input"]
    labels, panels = (list(child) for child in tabs if child.tag == "div")
    for child in list(tabs):
        tabs.remove(child)
    tabs.set("class", "tabbed-set")
    _name_after(tabs, heading)
    for parts in zip(inputs, labels, panels, strict=True):
        for part in parts:
            part.tail = "\n"
            tabs.append(part)


def _name_icon(icon: Element) -> None:
    """Hide an icon from screen readers unless its author gave it a title; show an emoji as a character."""
    if icon.tag == "img":  # otherwise it would be loaded from another company's server
        character = icon.get("alt", "")
        icon.attrib.clear()
        icon.tag, icon.text = "span", character
        icon.set("class", "emoji")
    elif title := icon.get("title"):
        icon.set("role", "img")
        icon.set("aria-label", title)
    else:
        icon.set("aria-hidden", "true")


def _name_backlinks(footnotes: Element, words: str) -> None:
    """Label the arrow after each footnote with where it leads."""
    for number, note in enumerate(footnotes.iterfind("ol/li"), start=1):
        for link in note.iter("a"):
            if link.get("class") == "footnote-backref":
                link.attrib.pop("title", None)
                link.set("role", "doc-backlink")
                link.set("aria-label", words.format(number))
