"""Text for a page: prose as sanitized HTML, text without Markdown, and HTML blocks that every builder reads alike.

The only module that imports nh3. A page is CommonMark with HTML blocks: a blank line would end a block, and the
text after it would be read as Markdown; so would text in a heading.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import nh3
import pyromark
from markupsafe import Markup, escape

from generator import icons
from generator.text_safety import MAX_PROSE, read_prose

#: All of CommonMark's block elements, because text of a block without its tag would be read as Markdown.
PROSE_TAGS = set("p ul ol li strong em code pre blockquote a br hr h1 h2 h3 h4 h5 h6".split())
PROSE_ATTRIBUTES: Mapping[str, set[str]] = {"a": {"href"}, "*": set()}  # without "*", nh3 would keep title and lang
CLEANER = nh3.Cleaner(
    tags=PROSE_TAGS, attributes=dict(PROSE_ATTRIBUTES), url_schemes={"https", "mailto"}, link_rel=None
)
#: Headings in prose are below those of the page's template.
HEADING = re.compile(r"(</?h)([1256])>")
HEADING_LEVELS = {"1": "3", "2": "3", "5": "4", "6": "4"}
BLANK_LINE = re.compile(r"\n(?=[ \t]*\n)")
MARKDOWN_MARKS = re.compile(r"([\\`*_{}\[\]#!])")
#: Handwritten pages use this for icons; in text from data a colon is only a character.
SHORTCODE = re.compile(r":(?=[\w+-]+:)")
#: An address that is neither on this site nor of a kind that data may contain.
ODD_ADDRESS = re.compile(r'href="(?!https?://|mailto:|tel:|\.\.?/|#|")[^"]*')
#: Characters escaped in a data block: those of HTML, and line ends that scripts recognize in addition to \n.
IN_SCRIPT = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}
INDENTED_TAG = re.compile(r"\n[ \t]+(?=<)")  # with ^ it would be tried on every line and take ten times as long
BLANK_BETWEEN_TAGS = re.compile(r">\n(?:[ \t]*\n)+(?=<)")
BLANK_LINES = re.compile(r"\n(?:[ \t]*\n){2,}")


@lru_cache(maxsize=256)  # a text is on the pages of each language; memory must not grow with the site
def prose(text: str) -> Markup:
    """Return prose (CommonMark without HTML) as sanitized HTML; root-relative links are adjusted later.

    The parser gets exactly the text that `text_safety.judge` has checked with it, so what was checked is what is
    published. Unchecked text with HTML is shown as it was typed.
    """
    is_plain = len(text) > MAX_PROSE or read_prose(text).html
    html = f"<p>{escape(text)}</p>" if is_plain else CLEANER.clean(pyromark.html(text))
    html = HEADING.sub(lambda found: f"{found[1]}{HEADING_LEVELS[found[2]]}>", html)
    # a blank line ends an HTML block, and the text after it would be read as Markdown
    html = BLANK_LINE.sub("&#10;", html.replace("\r", " ").strip())
    return Markup(html)  # noqa: S704 - cleaned by nh3 just above


def words(text: Any) -> Markup:
    """Return text for a place that is Markdown, such as a heading ('## …'), with all markup escaped."""
    bare = " ".join(str(text).split())
    shown = Markup(SHORTCODE.sub("&#58;", escape(MARKDOWN_MARKS.sub(r"\\\1", bare))))  # noqa: S704 - escaped
    language = getattr(text, "language", "")
    return Markup('<span lang="{}">{}</span>').format(language, shown) if language else shown


def icon(name: str | None, classes: str = "", otherwise: str = "") -> Markup:
    """Return one of Material's icons, such as material/sprout, as HTML with further classes.

    `otherwise` names the icon for a record that has none, or one that was refused.
    """
    drawn = name if name and (not otherwise or icons.exists(name)) else otherwise
    return Markup(icons.svg(drawn, f"icon {classes}".strip()))  # noqa: S704 - Material's file, and classes of templates


def json_ld(value: Mapping[str, Any]) -> Markup:
    """Return a data block for machines, in which no text can end the block or start another element."""
    data = json.dumps(value, ensure_ascii=False, separators=(",", ":")).translate(IN_SCRIPT)
    return Markup(f'<script type="application/ld+json">{data}</script>')  # noqa: S704 - every < > & is spelled out


def tidy(text: str) -> str:
    """Return a page that CommonMark and Python-Markdown read alike.

    Lines that start with a tag lose their indentation, and blank lines between two tags are removed: a blank
    line would end an HTML block, and an indented line after it would become code. A link that leads neither
    to this site nor to an address that data may contain loses its target.
    """
    text = ODD_ADDRESS.sub('href="#', text)
    text = INDENTED_TAG.sub("\n", text)
    text = BLANK_BETWEEN_TAGS.sub(">\n", text)
    return BLANK_LINES.sub("\n\n", text).strip() + "\n"
