"""Text safety: tables of good and hostile addresses, plain text and prose, and what prose becomes."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

from generator import load, text_safety
from generator.model import Field
from generator.render import PROSE_TAGS, prose, words
from tests.conftest import PROJECT

PLAIN = Field("name")
PROSE = Field("description", markdown=True)
LONG_LABEL = "a" * 64

HOSTILE_ADDRESSES = {
    "user name": "https://cde.ca.gov@evil.example/",
    "user name and password": "https://www.cde.ca.gov:secret@evil.example/",
    "encoded at sign in the host": "https://cde.ca.gov%40evil.example/",
    "empty user name": "https://@evil.example/",
    "backslash before the at sign": "https://ok.example\\@evil.example/",
    "backslashes for slashes": "https:\\\\evil.example\\",
    "backslash in the path": "https://ok.example/a\\b",
    "port": "https://ok.example:8443/",
    "usual port": "https://ok.example:443/",
    "empty port": "https://ok.example:/",
    "port of an address in numbers": "https://127.0.0.1:80/",
    "address in numbers": "https://192.0.2.7/",
    "loopback": "https://127.0.0.1/",
    "short address in numbers": "https://127.1/",
    "one decimal number": "https://2130706433/",
    "hexadecimal number": "https://0x7f000001/",
    "hexadecimal parts": "https://0x7f.0x0.0x0.0x1/",
    "octal parts": "https://0177.0.0.1/",
    "number with a final dot": "https://127.0.0.1./",
    "five numbers": "https://1.2.3.4.5/",
    "IPv6": "https://[::1]/",
    "IPv6 with IPv4 inside": "https://[::ffff:127.0.0.1]/",
    "IPv6 with a zone": "https://[fe80::1%25eth0]/",
    "IPv6 without brackets": "https://::1/",
    "javascript": "javascript:alert(1)",
    "javascript in capitals": "JaVaScRiPt:alert(1)",
    "javascript as a comment": "javascript://ok.example/%0aalert(1)",
    "javascript after a space": " javascript:alert(1)",
    "javascript with a tab": "java\tscript:alert(1)",
    "javascript with a line break": "java\nscript:alert(1)",
    "javascript after a control character": "\x01javascript:alert(1)",
    "javascript as character references": "&#106;avascript:alert(1)",
    "vbscript": "vbscript:msgbox(1)",
    "data": "data:text/html,<script>alert(1)</script>",
    "data in base64": "data:text/html;base64,PHNjcmlwdD4=",
    "blob": "blob:https://ok.example/1",
    "file": "file:///etc/passwd",
    "ftp": "ftp://ok.example/",
    "http": "http://www.cde.ca.gov/",
    "scheme in capitals": "HTTPS://ok.example/",
    "scheme inside a scheme": "view-source:https://ok.example/",
    "protocol-relative": "//evil.example/",
    "three slashes": "https:///evil.example/",
    "one slash": "https:/evil.example/",
    "no slash": "https:evil.example",
    "no host": "https://",
    "no host but a query": "https://?a=b",
    "no scheme": "www.cde.ca.gov",
    "path only": "/pathways/",
    "space inside": "https://ok.example/a b",
    "space before": " https://ok.example/",
    "space after": "https://ok.example/ ",
    "no-break space": "https://ok.example/\u00a0",
    "tab": "https://ok.example/\t",
    "line break": "https://ok.example/\n",
    "header after a line break": "https://ok.example/\r\nX: y",
    "null": "https://ok.example/\x00",
    "zero-width space": "https://ok\u200b.example/",
    "turned around": "https://ok.example/\u202egnp.exe",
    "angle brackets": "https://ok.example/<script>",
    "quotation mark": 'https://ok.example/"onload="x',
    "backtick": "https://ok.example/`",
    "Cyrillic letter": "https://www.cd\u0435.ca.gov/",
    "umlaut in the host": "https://b\u00fccher.example/",
    "fullwidth letters": "https://\uff45\uff56\uff49\uff4c.example/",
    "fullwidth dot": "https://cde\uff0eca.gov/",
    "ideographic dot": "https://cde\u3002ca.gov/",
    "fraction slash": "https://cde.ca.gov\u2044x.evil.example/",
    "script in a fragment": "https://ok.example/#<script>alert(1)</script>",
    "quoted script in a fragment": "https://ok.example/#'\"><img src=x>",
    "punycode, mixed alphabets": "https://xn--pple-43d.com/",
    "punycode, all Cyrillic": "https://xn--80ak6aa92e.com/",
    "punycode in capitals": "https://XN--PPLE-43D.com/",
    "punycode that decodes to nothing": "https://xn--.com/",
    "punycode that is broken": "https://xn--999999999.com/",
    "punycode with a slash-like sign": "https://xn--cde-ca-gov-evil-4i7h.example/",
    "short link": "https://bit.ly/abc",
    "short link with www": "https://www.bit.ly/abc",
    "short link in capitals": "https://BIT.LY/abc",
    "short link with www in capitals": "https://WWW.TinyURL.com/abc",
    "short link below a name": "https://county.forms.gle/abc",
    "short link of a search engine": "https://goo.gl/maps/abc",
    "final dot": "https://www.cde.ca.gov./",
    "only a dot": "https://./",
    "empty label": "https://www..gov/",
    "empty first label": "https://.cde.ca.gov/",
    "label begins with a hyphen": "https://-cde.ca.gov/",
    "label ends with a hyphen": "https://cde-.ca.gov/",
    "underscore in the host": "https://a_b.example/",
    "label too long": f"https://{LONG_LABEL}.example/",
    "host too long": "https://" + "a." * 130 + "example/",
    "address too long": "https://ok.example/" + "a" * 500,
    "host in percent signs": "https://%65vil.example/",
    "dot in percent signs": "https://cde%2eca.gov/",
    "null in percent signs in the host": "https://ok.example%00.evil.example/",
    "no top-level domain": "https://intranet/",
    "top-level domain of digits": "https://ok.123/",
    "localhost": "https://localhost/",
    "below localhost": "https://app.localhost/",
    "local network": "https://printer.local/",
    "inside an office": "https://wiki.internal/",
    "home router": "https://router.home.arpa/",
    "hidden service": "https://abcdefghij.onion/",
    "asterisk": "https://*.example/",
    "empty": "",
}
GOOD_ADDRESSES = [
    "https://www.cde.ca.gov/",
    "https://www.cde.ca.gov",
    "https://cde.ca.gov/ci/ct/sf/ctemcstandards.asp",
    "https://www.bls.gov/oes/current/oes_41740.htm",
    "https://www.onetonline.org/link/summary/29-1141.00",
    "https://example.org/a/b/c.html?x=1&y=2#part-3",
    "https://example.org/?q=a+b%20c",
    "https://example.org/~user/",
    "https://example.org/wiki/Nurse_(profession)",
    "https://example.org/path;v=1,2",
    "https://example.org/@name/post",
    "https://example.org/a:b",
    "https://example.org/!$&'()*+,;=",
    "https://example.org/%C3%A9t%C3%A9",
    "https://WWW.Example.ORG/Path",
    "https://3com.example/",
    "https://a-b-c.example.co.uk/",
    "https://sub.sub.sub.example.edu/",
    "https://xn--bcher-kva.example/",
    "https://xn--caf-dma.example/",
    "https://mybit.ly.example/",
    "https://notbit.ly/",
    "https://localhost.example/",
    "https://example.museum/#/route?x",
    f"https://{LONG_LABEL[:63]}.example/",
]


def scheme(address: str) -> str:
    """Return the scheme that a browser would see, ignoring control characters and spaces."""
    bare = "".join(c for c in address if c > " ").casefold()
    found = re.match(r"([a-z][a-z0-9+.-]*):", bare)
    return found[1] if found else ""


def codes(field: Field, value: str) -> list[str]:
    """Return the codes of a text's problems."""
    return [found.code for found in text_safety.judge(field, value)]


@pytest.mark.parametrize("address", HOSTILE_ADDRESSES.values(), ids=HOSTILE_ADDRESSES)
def test_hostile_address_is_refused_with_a_reason(address: str) -> None:
    """No hostile address passes, and the message says why and what to do."""
    found = text_safety.address_fault("uri", address)
    assert found is not None
    reason, advice = found
    assert reason
    assert advice
    assert codes(Field("website", format="uri"), address)


@pytest.mark.parametrize("address", GOOD_ADDRESSES)
def test_good_address_passes(address: str) -> None:
    """An address that is plain about its target is accepted."""
    assert codes(Field("website", format="uri"), address) == []


def test_addresses_of_the_real_data_pass() -> None:
    """Every address in data/ passes, and there are many."""
    package = load.read_package(PROJECT / "data")
    tables, _ = load.load(package)
    found = [
        (str(row.values.get(field.name, "")), field)
        for resource in package
        for field in resource.schema.fields
        if field.format == "uri"
        for row in tables[resource.name].rows
        if row.values.get(field.name)
    ]
    assert len(found) > 20
    assert {address: codes(field, address) for address, field in found} == {address: [] for address, _ in found}


@pytest.mark.parametrize("address", HOSTILE_ADDRESSES.values(), ids=HOSTILE_ADDRESSES)
def test_hostile_address_is_refused_where_http_is_allowed(address: str) -> None:
    """A field for official pages, some of which have only http, keeps every other rule."""
    official = Field("official_url", format="uri", http=True)
    assert codes(official, "http://www.sdett.org/") == []
    assert codes(official, address) or address.startswith("http://")
    assert not address.startswith("https://") or codes(official, address.replace("https://", "http://"))


def test_reasons_name_the_cause() -> None:
    """The message names the actual reason."""
    reasons = {
        "https://a@evil.example/": "user name",
        "https://ok.example:8443/": "port",
        "https://2130706433/": "number",
        "https://www.bit.ly/x": "short link",
        "https://xn--pple-43d.com/": "another alphabet",
        "http://ok.example/": "does not begin with https://",
        "https://ok.example/" + "a" * 500: "longer than 500",
        "https://printer.local/": "local network",
    }
    for address, words_ in reasons.items():
        assert words_ in text_safety.address_fault("uri", address)[0], address


@pytest.mark.parametrize(
    ("address", "good"),
    [
        ("careers@county.example", True),
        ("first.last+tag@sub.county.example", True),
        ("a@b.example", True),
        ("UPPER_case-1@County.Example", True),
        ("careers", False),
        ("@county.example", False),
        ("careers@", False),
        ("careers@county", False),
        ("careers@localhost", False),
        ("careers@printer.local", False),
        ("careers@127.0.0.1", False),
        ("careers@[127.0.0.1]", False),
        ("careers@xn--pple-43d.com", False),
        ("careers@@county.example", False),
        ("a@b@county.example", False),
        (".careers@county.example", False),
        ("careers.@county.example", False),
        ("care..ers@county.example", False),
        ("careers@county..example", False),
        ("careers@-county.example", False),
        ("careers @county.example", False),
        ("careers@county.example ", False),
        ("careers@county.example\n", False),
        ("careers@county.example\r\nBcc: all@county.example", False),
        ("careers@county.example?subject=x", False),
        ("careers@county.example,b@county.example", False),
        ("Careers <careers@county.example>", False),
        ('"quoted"@county.example', False),
        ("mailto:careers@county.example", False),
        ("car\u0435ers@county.example", False),
        ("careers@county\uff0eexample", False),
        ("a" * 65 + "@county.example", False),
        ("a@" + "b." * 130 + "example", False),
        ("javascript:alert(1)@county.example", False),
    ],
)
def test_email(address: str, good: bool) -> None:  # noqa: FBT001 - a table of cases
    """Plain addresses at public hosts pass; names, lists, headers and local hosts do not."""
    assert (codes(Field("contact", format="email"), address) == []) is good


@pytest.mark.parametrize(
    ("number", "good"),
    [
        ("+1 619 555 0100", True),
        ("619-555-0100", True),
        ("619.555.0100", True),
        ("1 (619) 555-0100", True),
        ("555 0100", True),
        ("+442071234567", True),
        ("911", False),
        ("call me", False),
        ("619 555 0100 ext. 5", False),
        ("619;555;0100", False),
        ("+1 619 555 0100\n", False),
        ("tel:+16195550100", False),
        ("++16195550100", False),
        ("1------------", False),
        ("+1 619 555 0100 619 555 0100", False),
        ("\u0661\u0662\u0663\u0664\u0665\u0666\u0667\u0668", False),
        ("\uff11\uff12\uff13\uff14\uff15\uff16\uff17\uff18", False),
        ("javascript:1234567", False),
        ('1234567" onclick="x', False),
    ],
)
def test_phone(number: str, good: bool) -> None:  # noqa: FBT001 - a table of cases
    """Numbers as people write them pass; words, extensions and digits of other scripts do not."""
    assert (codes(Field("phone", format="phone"), number) == []) is good


BAD_PLAIN = {
    "a tag": ("Nurse <b>", "E501"),
    "a script": ("<script>alert(1)</script>", "E501"),
    "less than": ("a < b", "E501"),
    "greater than": ("a > b", "E501"),
    "a comment": ("<!-- x", "E501"),
    "a line break": ("a\nb", "E502"),
    "a carriage return": ("a\rb", "E502"),
    "a tab": ("a\tb", "E502"),
    "null": ("a\x00b", "E502"),
    "escape": ("a\x1b[31mb", "E502"),
    "start of text, Python-Markdown's own mark": ("\x02wzxhzdk:0\x03", "E502"),
    "delete": ("a\x7fb", "E502"),
    "next line": ("a\x85b", "E502"),
    "application command": ("a\x9fb", "E502"),
    "line separator": ("a\u2028b", "E502"),
    "paragraph separator": ("a\u2029b", "E502"),
    "right-to-left override": ("a\u202eb", "E502"),
    "left-to-right embedding": ("a\u202ab", "E502"),
    "isolate": ("a\u2066b", "E502"),
    "right-to-left mark": ("a\u200fb", "E502"),
    "Arabic letter mark": ("a\u061cb", "E502"),
    "zero-width space": ("a\u200bb", "E502"),
    "zero-width joiner": ("a\u200db", "E502"),
    "word joiner": ("a\u2060b", "E502"),
    "byte order mark inside": ("a\ufeffb", "E502"),
    "soft hyphen": ("a\u00adb", "E502"),
    "grapheme joiner": ("a\u034fb", "E502"),
    "Hangul filler": ("a\u3164b", "E502"),
    "halfwidth Hangul filler": ("a\uffa0b", "E502"),
    "Hangul Jungseong filler": ("a\u1160b", "E502"),
    "Mongolian vowel separator": ("a\u180eb", "E502"),
    "blank Braille": ("a\u2800b", "E502"),
    "object replacement": ("a\ufffcb", "E502"),
    "replacement character": ("a\ufffdb", "E502"),
    "tag letters": ("a\U000e0061\U000e007fb", "E502"),
    "variation selector beyond the plane": ("a\U000e0100b", "E502"),
    "private use": ("a\ue000b", "E502"),
    "private use, last plane": ("a\U0010fffdb", "E502"),
    "musical format": ("a\U0001d173b", "E502"),
    "separate accents": ("Cafe\u0301", "E503"),
    "Angstrom sign": ("\u212bngstrom", "E503"),
    "Latin and Cyrillic": ("p\u0430yment", "E504"),
    "Latin and Greek": ("nur\u03c3e", "E504"),
    "Latin and Armenian": ("h\u0585me", "E504"),
    "space before": (" a", "E209"),
    "space after": ("a ", "E209"),
    "no-break space after": ("a\u00a0", "E209"),
    "typographic marks around": ("\u201ca\u201d", "E115"),
    "typographic mark opened only": ("\u201ca b", "E115"),
    "typographic mark closed only": ("a b\u201d", "E115"),
    "too long": ("a" * (text_safety.MAX_PLAIN + 1), "E117"),
}


@pytest.mark.parametrize(("value", "code"), BAD_PLAIN.values(), ids=BAD_PLAIN)
def test_bad_plain_text(value: str, code: str) -> None:
    """Markup, invisible characters and look-alikes in plain text each have their own code."""
    assert code in codes(PLAIN, value)


@pytest.mark.parametrize(
    "value",
    [
        "Women's Studies",
        'The "Big" Bay & Co. (San Diego), 100%',
        "Español, Tiếng Việt, 中文, العربية, 한국어, Soomaali",
        "C++ / C# [advanced] *starred* _under_ `tick` ~ {x} | y",
        "Nurse \u2013 night shift \u2192 day shift \U0001f469",
        "\u041c\u043e\u0441\u043a\u0432\u0430 and London",
        "a" * text_safety.MAX_PLAIN,
    ],
)
def test_good_plain_text(value: str) -> None:
    """Names in any language and any visible character except angle brackets pass."""
    assert codes(PLAIN, value) == []


RAW_HTML = {
    "script": "<script>alert(1)</script>",
    "script over lines": "<script\n>alert(1)</script\n>",
    "script in capitals": "a <SCRIPT SRC=//evil.example></SCRIPT>",
    "image with a handler": "<img src=x onerror=alert(1)>",
    "closing tag": "a </p> b",
    "comment": "<!-- x -->",
    "declaration": "<!DOCTYPE html>",
    "processing instruction": "<?php x ?>",
    "character data": "<![CDATA[x]]>",
    "custom element": "<x-y>",
    "anchor over lines": 'a <a\nhref="javascript:alert(1)">b</a>',
    "in a list": "- a\n- <b>x</b>",
    "in a quotation": "> <iframe src=x>",
    "in a heading": "# <u>x</u>",
    "in link words": "[<b>x</b>](https://ok.example/)",
    "between escaped backticks": "\\`<img src=x onerror=alert(1)>\\`",
    "between backticks of unlike number": "`` <b>x</b> `",
    "after a code span": "`a` <b>x</b> `b`",
    "autolink": "<https://ok.example/>",
    "autolink to a script": "<javascript:alert(1)>",
    "autolink to data": "<data:text/html,x>",
    "autolink of an e-mail": "<careers@county.example>",
}


@pytest.mark.parametrize("value", RAW_HTML.values(), ids=RAW_HTML)
def test_html_in_prose_is_refused(value: str) -> None:
    """HTML is refused wherever the page's parser would see it, however it is disguised."""
    assert "E506" in codes(PROSE, value)


BAD_LINKS = {
    "script": "[x](javascript:alert(1))",
    "script in capitals": "[x](JAVASCRIPT:alert(1))",
    "script in angle brackets": "[x](<javascript:alert(1)>)",
    "script with a title": '[x](javascript:alert(1) "title")',
    "script on the next line": "[x](\njavascript:alert(1))",
    "script as references": "[x](&#106;avascript:alert(1))",
    "script as hexadecimal references": "[x](&#x6A;avascript&colon;alert(1))",
    "script behind a tab reference": "[x](java&Tab;script:alert(1))",
    "script with escaped signs": "[x](javascript\\:alert\\(1\\))",
    "reference": "[x][y]\n\n[y]: javascript:alert(1)",
    "collapsed reference": "[y][]\n\n[y]: javascript:alert(1)",
    "shortcut reference": "[y]\n\n[y]: javascript:alert(1)",
    "reference with title": "[y]\n\n[y]: <javascript:alert(1)> 'title'",
    "reference before its use": "[y]: data:text/html,x\n\n[y]",
    "data": "[x](data:text/html,x)",
    "plain http": "[x](http://ok.example/)",
    "protocol-relative": "[x](//evil.example/)",
    "user name": "[x](https://ok.example@evil.example/)",
    "backslash": "[x](https://ok.example\\\\@evil.example/)",
    "short link": "[x](https://bit.ly/x)",
    "relative": "[x](../secret)",
    "empty": "[x]()",
    "mail": "[x](mailto:a@b.example)",
}


@pytest.mark.parametrize("value", BAD_LINKS.values(), ids=BAD_LINKS)
def test_bad_link_in_prose_is_refused(value: str) -> None:
    """A link in any syntax is checked by the address that the parser reads."""
    assert "E505" in codes(PROSE, value)


@pytest.mark.parametrize(
    "value",
    ["![x](https://ok.example/x.png)", "![x][y]\n\n[y]: https://ok.example/x.png", "![y]\n\n[y]: https://ok.example/"],
)
def test_image_in_prose_is_refused(value: str) -> None:
    """Images in prose are refused, because they would load from elsewhere and track readers."""
    (found,) = (f for f in text_safety.judge(PROSE, value) if f.code == "E506")
    assert "pictures" in found.hint


@pytest.mark.parametrize(
    "value",
    [
        "You learn to **listen** and to *help*.\n\n- one\n- two\n\n1. first",
        "See [Public Health](/pathways/public-health/) and [the state](https://www.cde.ca.gov/ 'its site').",
        "Write `<b>` for bold, and ``a ` b``.\n\n```\n<script>\n```\n\n    <indented>",
        "Fewer than 5 < 6, more than 7 > 6, AT&T, &lt;b&gt;.",
        "[y]\n\n[y]: https://www.cde.ca.gov/",
        "a[1](see below) is no link where the address has spaces: [x](a b)",
    ],
)
def test_good_prose(value: str) -> None:
    """Markdown with good links, code and lone angle brackets passes."""
    assert codes(PROSE, value) == []


#: Pieces of prose, including plain links, that can change the meaning of what is next to them.
PIECES = (
    *("word", "Zoë", " ", "  ", "\n", "\n\n", "\t", "\r", "    ", "- ", "1. ", "> ", "# ", "|", "---", "***", "_", "*"),
    *(
        "[a b](/pathways/x/)",
        "[](/)",
        "[ ](//evil.example/)",
        "[one](/a-1)",
        "[x](https://ok.example/)",
        "(/a)",
        "](/b)",
    ),
    *(
        "!",
        "[",
        "]",
        "(",
        ")",
        "\\",
        "`",
        "```",
        "~~~",
        "&#91;",
        "&",
        "<",
        "<b>",
        "<https://ok.example/>",
        ": /c",
        "'",
        '"',
    ),
)


@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
@settings(max_examples=1_500, deadline=None)
def test_plain_links_are_found_as_the_parser_finds_them(value: str) -> None:
    """The fast path for plain links gives the parser's result, no matter what surrounds them."""
    assert text_safety.read_prose(value) == text_safety._parsed(value)


def test_plain_links_are_found_without_the_parser(monkeypatch: pytest.MonkeyPatch) -> None:
    """Prose of words and plain links skips the parser, all other prose uses it."""
    monkeypatch.setattr(text_safety, "_parsed", lambda value: text_safety.Prose((value,), (), ()))
    text_safety.read_prose.cache_clear()
    assert text_safety.read_prose("See [Public Health](/pathways/public-health/), *soon*.").links == (
        "/pathways/public-health/",
    )
    for value in ("See `[a](/b)`", "![a](/b)", "[a](/b 'c')", "-      [a](/b)", "[a]", "<b>"):
        assert text_safety.read_prose(value).html == (value,), value
    text_safety.read_prose.cache_clear()


#: Text that the parser could read differently after a "<": what was checked must be what is published.
TWO_READINGS = {
    "a definition hides another one": "[a][k]\n\n[k]: <https://ok.example/(>\n\n[k]: https://user@127.0.0.1:8080/x",
    "a hidden copy": "[a][k]\n\n[k]: <https://ok.example/(>\n\n[k]: mailto:a@b.example?bcc=evil@evil.example",
    "a hidden look-alike": "[a][k]\n\n[k]: <https://ok.example/(>\n\n[k]: https://xn--80ak6aa92e.com/",
    "a hidden short link": "[a][k]\n\n[k]: <https://ok.example/(>\n\n[k]: https://bit.ly/x",
    "angle brackets": "[x](<https://www.ok.example/>)",
    "angle brackets around a definition": "[x]\n\n[x]: <https://www.ok.example/>",
    "less than before a link": "1 < 2, [x](https://www.ok.example/)",
    "a tag that is none": "a <b [x](https://user@ok.example/) c>",
}
LINK_PIECES = (
    *PIECES,
    "](<",
    "https://ok.example/",
    "https://u@127.0.0.1/",
    ">",
    "[k]: ",
    "[k]",
    "\n\n",
    "//evil.example",
)


def published_links(value: str) -> list[str]:
    """Return the addresses that the links in a prose text have on a page."""
    return [unescape(address) for address in re.findall(r'<a [^>]*href="([^"]*)"', prose(value))]


@pytest.mark.parametrize("value", TWO_READINGS.values(), ids=TWO_READINGS)
def test_links_are_published_as_they_were_judged(value: str) -> None:
    """A text that passes has exactly the links on its page that were checked."""
    if not codes(PROSE, value):
        assert published_links(value) == list(text_safety.read_prose(value).links)


def test_a_link_in_angle_brackets_is_published() -> None:
    """A link in angle brackets, which CommonMark allows, is published."""
    assert codes(PROSE, TWO_READINGS["angle brackets"]) == []
    assert published_links(TWO_READINGS["angle brackets"]) == ["https://www.ok.example/"]


@given(st.lists(st.sampled_from(LINK_PIECES), max_size=14).map("".join))
@settings(max_examples=1_500, deadline=None)
def test_no_accepted_prose_publishes_a_link_that_would_be_refused(value: str) -> None:
    """Every link of a text that passes is a page of the site or an address that may be published."""
    if not codes(PROSE, value):
        links = published_links(value)
        assert links == [quote(link, safe="/:?#[]@!$&'()*+,;=%") for link in text_safety.read_prose(value).links]
        for link in links:
            inside = link.startswith("/") and not link.startswith("//")
            assert inside or text_safety.address_fault("uri", link) is None


def test_overlong_prose_is_only_reported_as_too_long() -> None:
    """Overlong prose is only reported as too long, before any pattern or parser reads it."""
    assert codes(PROSE, "<b>" * text_safety.MAX_PROSE) == ["E117"]


def test_one_line_leaves_nothing_that_breaks_a_page() -> None:
    """The preview of a refused text is on one line with only visible characters."""
    assert text_safety.one_line("a\r\n\r\nb\u202e\x00c\u200b d\te") == "a b c d e"


XSS = [
    "<svg/onload=alert(1)>",
    *RAW_HTML.values(),
    *BAD_LINKS.values(),
    "<div>\n[x](javascript:alert(1))\n</div>",
    "<table><tr><td>[x](javascript:alert(1))</table>",
    "# \\[x\\]\\(javascript:alert(1)\\)",
    "\\[x\\]\\(javascript:alert(1)\\)\n===",
    "###### \\[x\\]\\(javascript:alert(1)\\)",
    "a&#10;&#10;\\[x\\]\\(javascript:alert(1)\\)",
    "a&#13;&#13;\\[x\\]\\(javascript:alert(1)\\)",
    "a&NewLine;&NewLine;&lt;img src=x onerror=alert(1)&gt;",
    "```\na\n\n\n[x](javascript:alert(1))\n\n<img src=x onerror=alert(1)>\n```",
    "    a\n\n\n    [x](javascript:alert(1))",
    "- a\n\n\n      [x](javascript:alert(1))",
    "\\`a <div> \\[x\\]\\(javascript:alert(1)\\) </div>\\`",
    "</p></div></article><script>alert(1)</script>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=x onerror=alert(1)&gt;'>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<form action=javascript:alert(1)><input type=submit>",
    "<a href=' &#14; javascript:alert(1)'>x</a>",
    "<a href='java\tscript:alert(1)'>x</a>",
    "<a href='//evil.example'>x</a>",
    "<base href=https://evil.example/>",
    "<meta http-equiv=refresh content='0;url=https://evil.example/'>",
    "<link rel=stylesheet href=https://evil.example/x.css>",
    "<p style='background:url(javascript:alert(1))'>x</p>",
    "<object data=javascript:alert(1)>",
    "<embed src=javascript:alert(1)>",
    "<details open ontoggle=alert(1)>",
    "<video><source onerror=alert(1)></video>",
    "<iframe srcdoc='&lt;script&gt;alert(1)&lt;/script&gt;'></iframe>",
    "\ue000script\ue000alert(1)",
    "[x](/\ue000img)",
    '![x" onerror="alert(1)](y)',
    '[x](https://ok.example/ "\\" onmouseover=\\"alert(1)")',
    "{{ 7 * 7 }} {% raw %} {: onclick=alert(1) }",
    "x" * 50_000,
    "[" * 5_000,
    "> " * 2_000 + "x",
    "*" * 5_000 + "a",
]


@pytest.mark.parametrize("value", XSS)
def test_prose_is_harmless_even_unchecked(value: str) -> None:
    """Any input gives only prose tags, links to https or within the site, and no blank line."""
    made = str(prose(value))
    top = html.fragment_fromstring(made, create_parent="div")
    for element in top.iterdescendants():
        assert element.tag in PROSE_TAGS
        assert set(element.attrib) <= {"href"}
        assert scheme(element.get("href", "")) in ("", "https", "mailto")
    assert not (top.text or "").strip(), "bare text would be read as Markdown"
    assert not any((child.tail or "").strip() for child in top), "bare text would be read as Markdown"
    assert not any(not line.strip() for line in made.split("\n")[1:]), "a blank line would end the HTML block"
    assert "\r" not in made


def test_prose_keeps_what_it_should() -> None:
    """Emphasis, lists, links, code with blank lines and lone angle brackets are kept."""
    made = prose("# Title\n\nA **b** [c](/d/) 1 < 2\n\n```\n<i>\n\n\nx\n```\n")
    assert made == (
        '<h3>Title</h3>\n<p>A <strong>b</strong> <a href="/d/">c</a> 1 &lt; 2</p>\n'
        "<pre><code>&lt;i&gt;&#10;&#10;\nx\n</code></pre>"
    )


def test_words_are_only_characters_in_a_heading() -> None:
    """Text in a Markdown heading shows its markup as characters."""
    assert words("a [x](javascript:y) ![i](z) *b* `c` <d>\n\n# e") == (
        r"a \[x\](javascript:y) \!\[i\](z) \*b\* \`c\` &lt;d&gt; \# e"
    )


def test_no_file_of_the_project_shortens_the_rules() -> None:
    """Every format that a schema may use is known to the checks, because an unknown one would not be checked."""
    package = load.read_package(Path(PROJECT / "data"))
    fields = (f for r in package for f in (*r.schema.fields, *(n for x in r.schema.fields for n in x.fields)))
    asked = {f.format for f in fields if f.type == "string"}
    assert asked <= {"", "name", "icon", "color", *text_safety.ADDRESS_CHECKS}
