"""Check that text is safe to publish: plain text, prose and addresses.

Rows may come from strangers. `docs/security.md` describes the rules: plain text has no markup and no invisible
characters, prose is Markdown without HTML, and addresses show openly where they lead.
"""

from __future__ import annotations

import ipaddress
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

import pyromark

from generator import icons
from generator.diagnostics import Fault, fault, shown
from generator.model import Field

MAX_PLAIN = 1_000
MAX_PROSE = 10_000
MAX_ADDRESS = 500

#: A link to a page of the site, so simple that every Markdown parser reads it the same way; and the characters around
#: it that could change that: code (also by indentation), escapes, tags, entities, images, other brackets.
PLAIN_LINK = re.compile(r"\[[A-Za-z0-9 ,.'-]*\]\((/[A-Za-z0-9/-]*)\)")
OTHER_MARKS = re.compile(r"[\[\]<`~\\&!\t\r]")

#: Characters that reorder or hide the text next to them (U+200B to 200F, 202A to 202E, 2060 to 2069, FEFF, soft hyphen,
#: tags), that look blank (fillers, blank Braille), or that have no common meaning (private use).
INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u2800\u3164"
    "\ue000-\uf8ff\ufeff\uffa0\ufff0-\uffff\U0001d173-\U0001d17a\U000e0000-\U0010ffff]"
)
CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
LINE_BREAK = re.compile("[\n\t]")
#: A typographic quotation mark at one end only: the other one was lost in a spreadsheet or never typed.
OPENED_ONLY = re.compile("([“„«])[^“”»]*+$")
CLOSED_ONLY = re.compile("^[^“„«”]*+([”»])$")
HTML = re.compile(r"<(?=[A-Za-z/!?])[^<>\n]{0,80}>?")
WORD = re.compile(r"[^\W\d_]{2,80}")
LOOK_ALIKE_SCRIPTS = ("LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE")

HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?", re.IGNORECASE)
EMAIL = re.compile(r"[A-Za-z0-9][A-Za-z0-9._+-]{0,63}@(?P<host>[A-Za-z0-9.-]{1,253})")
PHONE = re.compile(r"\+?[0-9][0-9 ().-]{5,24}")
FEWEST_DIGITS, MOST_DIGITS = 7, 15  # E.164
#: Last parts of host names that lead each reader to a different machine (RFC 6761, 6762, 7686, 8375 and common use).
LOCAL_HOSTS = frozenset("local localhost localdomain internal intranet lan home corp private onion arpa".split())
HTTP = re.compile(r"^http://")
ADDRESS_CHARACTERS = re.compile(r"[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]+")
SHORTENERS = frozenset(
    "bit.ly tinyurl.com t.co goo.gl ow.ly is.gd buff.ly rebrand.ly cutt.ly t.ly shorturl.at tiny.cc lnkd.in "
    "forms.gle youtu.be qrco.de rb.gy s.id v.gd adf.ly bl.ink smarturl.it amzn.to dlvr.it short.io shorte.st soo.gd "
    "tr.im x.co g.co 1drv.ms fb.me aka.ms".split()
)


class Prose(NamedTuple):
    """What Markdown text contains in addition to words: HTML as written, and the addresses of links and images."""

    html: tuple[str, ...]
    links: tuple[str, ...]
    images: tuple[str, ...]


def judge(field: Field, value: str) -> Iterator[Fault]:
    """Yield what makes text unsafe to publish, at most one fault for each cause."""
    limit = MAX_PROSE if field.markdown else MAX_PLAIN
    if len(value) > limit:
        what, most = f"this text ({len(value)} characters)", f"{limit} characters"
        yield fault("E117", what=what, limit=most)
        return
    seen = value.replace("\n", "") if field.markdown else value
    hidden = not (seen.isascii() and seen.isprintable()) and (
        CONTROL.search(value) or INVISIBLE.search(value) or (not field.markdown and LINE_BREAK.search(value))
    )
    if hidden:
        name = _character_name(hidden.group())
        yield fault("E502", name=name, part=hidden.group())
        return
    composed = unicodedata.normalize("NFC", value)
    if composed != value:
        yield fault("E503", shown=shown(value), composed=shown(composed))
    if field.format in ADDRESS_CHECKS:
        yield from _address(field.format, value, http=field.http)
    elif field.format == "icon":
        yield from _icon(value)
    elif field.markdown:
        yield from _prose(value)
    else:
        yield from _plain(value)


def _plain(value: str) -> Iterator[Fault]:
    if value != value.strip():
        yield fault("E209", shown=shown(value))
    if value[:1] + value[-1:] in ("“”", "„“", "«»", "‘’") and len(value) > 1:
        yield fault("E115", shown=value[0] + value[-1])
    elif lonely := OPENED_ONLY.match(value) or CLOSED_ONLY.search(value):
        yield fault("E115", shown=lonely[1])
    for character in "<>":
        if character in value:
            yield fault("E501", character=character, part=character)
            break
    yield from mixed_scripts(value)


def _icon(value: str) -> Iterator[Fault]:
    if not icons.exists(value):
        yield fault("E212", icons.suggestion(value), shown=shown(value))


def _prose(value: str) -> Iterator[Fault]:
    found = read_prose(value)
    if found.html:
        tag = HTML.search(found.html[0])
        part = tag.group() if tag else found.html[0].strip()
        yield fault("E506", shown=shown(part), part=part)
    elif found.images:
        yield fault("E506", "pictures are not allowed in prose: describe them in words", shown="an image (![…])")
    for link in found.links:
        if not link.startswith("/") or link.startswith("//"):
            yield from _address("uri", link)
    yield from mixed_scripts(value)


@lru_cache(maxsize=16_384)  # each text is read twice: to judge it, and to check where its links lead
def read_prose(value: str) -> Prose:
    """Return what is not plain text, found by the parser that also makes the page, so that the two cannot differ."""
    value = value[:MAX_PROSE]
    if "[" not in value and "<" not in value:  # no link, picture or tag begins with anything else
        return Prose((), (), ())
    rest = PLAIN_LINK.sub("", value)
    if "  " not in rest and not OTHER_MARKS.search(rest):  # takes a tenth of the parser's time
        return Prose((), tuple(PLAIN_LINK.findall(value)), ())
    return _parsed(value)


def _parsed(value: str) -> Prose:
    html: list[str] = []
    links: list[str] = []
    images: list[str] = []
    for event in pyromark.events(value):
        match event:
            case {"InlineHtml": str(tag)} | {"Html": str(tag)}:
                html.append(tag)
            case {"Start": {"Link": {"dest_url": str(address), "link_type": str(kind)}}}:
                links.append(address)
                if kind in ("Autolink", "Email"):
                    html.append(f"<{address}>")
            case {"Start": {"Image": {"dest_url": str(address)}}}:
                images.append(address)
    return Prose(tuple(html), tuple(links), tuple(images))


def one_line(value: str) -> str:
    """Return a refused text without line breaks and invisible characters, which could do harm in a preview."""
    return " ".join(INVISIBLE.sub("", CONTROL.sub(" ", value)).split())


def mixed_scripts(value: str) -> Iterator[Fault]:
    """Yield a fault for the first word whose letters come from different alphabets that look alike."""
    if value.isascii():
        return
    for word in WORD.findall(value):
        scripts = sorted({s for c in word if (s := unicodedata.name(c, "?").split(" ")[0]) in LOOK_ALIKE_SCRIPTS})
        if len(scripts) > 1:
            names = " and ".join(s.title() for s in scripts)
            yield fault("E504", shown=shown(word), scripts=names, part=word)
            return


def _address(form: str, value: str, *, http: bool = False) -> Iterator[Fault]:
    """Yield what is wrong with an address; with `http`, one that starts with http:// is held to the same rules."""
    found = address_fault(form, HTTP.sub("https://", value) if http else value)
    if found:
        reason, advice = found
        yield fault("E505", shown=shown(value), reason=reason, advice=advice, part=value)


def address_fault(form: str, value: str) -> tuple[str, str] | None:
    """Return why an address may not be published and what to do about it, None if it may be published.

    Args:
        form: the kind of address, a key of `ADDRESS_CHECKS`.
        value: the address.
    """
    if len(value) > MAX_ADDRESS:
        return f"it is longer than {MAX_ADDRESS} characters", "use a shorter address for the same page"
    return ADDRESS_CHECKS[form](value)


def _email_fault(value: str) -> tuple[str, str] | None:
    match = EMAIL.fullmatch(value)
    if not match or ".." in value or ".@" in value or not HOST.fullmatch(match["host"]):
        return "it is not an email address", "write it like this: careers@county.example"
    return _host_fault(match["host"])


def _phone_fault(value: str) -> tuple[str, str] | None:
    digits = sum(c.isdigit() for c in value)
    if not PHONE.fullmatch(value) or not FEWEST_DIGITS <= digits <= MOST_DIGITS:
        return "it is not a telephone number", "write it like this: +1 619 555 0100"
    return None


def _web_fault(value: str) -> tuple[str, str] | None:
    advice = "write the full address, beginning with https://"
    if "\\" in value or not ADDRESS_CHARACTERS.fullmatch(value):
        return "it contains a space or a character that is not allowed in addresses", advice
    if not value.startswith("https://"):
        return "it does not begin with https://", advice
    authority = re.split(r"[/?#]", value.removeprefix("https://"), maxsplit=1)[0]
    if "@" in authority:
        return "it hides its host behind a user name (@)", "remove everything before the @"
    if ":" in authority and not authority.startswith("["):
        return "it contains a port number", "remove the colon and the number after the host"
    return _host_fault(authority)


def _host_fault(host: str) -> tuple[str, str] | None:
    """Return (reason, advice) unless a host is a name that leads all readers to the same public place."""
    lower = host.lower()
    if host.startswith("[") or _is_ip(host):
        return "its host is a number, not a name", "write the full address, beginning with https://"
    if not HOST.fullmatch(host) or len(host) > 253:  # noqa: PLR2004 - RFC 1035
        return "its host is not a full name such as www.cde.ca.gov", "write the full address, beginning with https://"
    if lower.rpartition(".")[2] in LOCAL_HOSTS:
        return "its host exists only on a local network", "use an address that everyone can open"
    if any(label.startswith("xn--") for label in lower.split(".")) and not _clear_punycode(lower):
        return "its host imitates another alphabet", "ask the publisher for a plain address"
    if any(lower == short or lower.endswith(f".{short}") for short in SHORTENERS):
        return "it is a short link, which hides where it leads", "open it and copy the full address it leads to"
    return None


def _clear_punycode(host: str) -> bool:
    """Whether an internationalized host contains only Latin letters, digits, dots and hyphens."""
    try:
        name = host.encode("ascii").decode("idna")
    except UnicodeError:
        return False
    return all(c in ".-" or (c.isascii() and c.isalnum()) or _is_latin_letter(c) for c in name)


def _is_latin_letter(character: str) -> bool:
    return character.isalpha() and unicodedata.name(character, "").startswith("LATIN SMALL LETTER")


def _is_ip(host: str) -> bool:
    if re.fullmatch(r"(0x[0-9a-f]+|[0-9]+)(\.(0x[0-9a-f]+|[0-9]+)){0,3}\.?", host, re.IGNORECASE):
        return True
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _character_name(character: str) -> str:
    if character in "\n\t":
        return {"\n": "a line break", "\t": "a tab"}[character]
    return f"{unicodedata.name(character, 'control character').lower()} (U+{ord(character):04X})"


ADDRESS_CHECKS: Mapping[str, Callable[[str], tuple[str, str] | None]] = {
    "uri": _web_fault,
    "email": _email_fault,
    "phone": _phone_fault,
}
