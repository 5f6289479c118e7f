"""The message catalogs, a language's formats, and partly translated records."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po
from markupsafe import Markup, escape

from generator import extract, translations
from generator.link import link
from generator.load import load, read_package
from generator.model import Record
from generator.render import Fallback, Translated, marked, original, translated, words
from generator.validate import validate
from tests.conftest import ROOT, edit

PLACEHOLDER = re.compile(r"%\(\w+\)s|%%|\{\w+\}")
TAG = re.compile(r"</?[a-z]+[^>]*>")
CATALOGUES = extract.catalogues(translations.LOCALE)


def read(path: Path) -> Catalog:
    """Read a catalog."""
    with path.open("rb") as file:
        return read_po(file, locale=path.parent.parent.name)


def messages(path: Path) -> list[Message]:
    """Return a catalog's messages without its header."""
    return [message for message in read(path) if message.id]


def texts(value: str | tuple[str, ...] | list[str] | None) -> list[str]:
    """Return the texts of a message: one, or one for each plural form."""
    return [value or ""] if isinstance(value, str | None) else list(value)


# Catalogs


def test_template_is_up_to_date() -> None:
    """The .pot has exactly the messages of templates and schemas, as `make messages` writes it."""
    assert (translations.LOCALE / "eportal.pot").read_bytes() == extract.template(ROOT)


def test_there_is_a_spanish_catalog() -> None:
    """There is a Spanish catalog for the tests below."""
    assert [path.parent.parent.name for path in CATALOGUES] == ["es"]


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parent.parent.name)
def test_catalog_is_up_to_date(path: Path) -> None:
    """Updating a catalog changes nothing: it has all messages and no others."""
    assert path.read_bytes() == extract.updated(path, ROOT)


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parent.parent.name)
def test_every_message_is_translated(path: Path) -> None:
    """No message or plural form is blank or fuzzy."""
    forms = read(path).num_plurals
    for message in messages(path):
        found = texts(message.string)
        assert all(found), message.id
        assert not message.fuzzy, message.id
        assert len(found) == (forms if message.pluralizable else 1), message.id


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parent.parent.name)
def test_placeholders_and_tags_are_kept(path: Path) -> None:
    """A translation keeps its message's placeholders, HTML and final punctuation."""
    for message in messages(path):
        wanted = texts(message.id)[-1]
        for text in texts(message.string):
            assert Counter(PLACEHOLDER.findall(text)) == Counter(PLACEHOLDER.findall(wanted)), message.id
            assert TAG.findall(text) == TAG.findall(wanted), message.id
            assert (text[-1] in ".:") == (wanted[-1] in ".:"), message.id
            assert text == text.strip(), message.id


#: Pages for adults, whose Spanish uses 'usted'.
FOR_ADULTS = (
    *(f"content/{name}/" for name in ("educators", "families", "join", "needs", "partners", "refer", "request")),
    *("content/_partials/ask.md.j2", "content/_partials/message.md.j2"),
)


def test_students_are_addressed_as_friends() -> None:
    """Spanish uses 'tú' and never 'usted', except on pages that are only for adults."""
    formal = re.compile(r"\b(usted|ustedes|su consejer\w+|vea|elija|mire|busque|haga)\b", re.IGNORECASE)
    (path,) = CATALOGUES
    read_by_students = [m for m in messages(path) if not all(p.startswith(FOR_ADULTS) for p, _ in m.locations)]
    assert [text for message in read_by_students for text in texts(message.string) if formal.search(text)] == []


def test_extracted_words_come_from_all_places() -> None:
    """Messages from templates, plurals, (shared) labels and schema titles are all extracted."""
    found = {message.words for message in extract.messages(ROOT)}
    assert {"Occupations", "Bachelor's degree", "Workers' compensation", "Wages and employment", "Counselors"} <= found
    assert ("%(programs)s program", "%(programs)s programs") in found


def test_update_keeps_translations_and_drops_what_is_gone(tmp_path: Path) -> None:
    """An update keeps translations, adds new messages blank, drops old ones, and is stable."""
    path = tmp_path / "es" / "LC_MESSAGES" / "eportal.po"
    path.parent.mkdir(parents=True)
    path.write_text(
        '# Ours.\nmsgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'
        'msgid "Occupations"\nmsgstr "Oficios"\n\nmsgid "Gone"\nmsgstr "Ido"\n',
        encoding="utf-8",
    )
    extract.write(ROOT, tmp_path)
    catalog, text = read(path), path.read_text(encoding="utf-8")
    assert texts(catalog["Occupations"].string) == ["Oficios"]
    assert texts(catalog["Pathways"].string) == [""]
    assert "Gone" not in text
    assert text.startswith("# Ours.\n")
    extract.write(ROOT, tmp_path)
    assert path.read_text(encoding="utf-8") == text


def test_catalog_may_start_empty(tmp_path: Path) -> None:
    """A new language starts with an empty file, which gets all messages and our header without a date."""
    path = tmp_path / "vi" / "LC_MESSAGES" / "eportal.po"
    path.parent.mkdir(parents=True)
    path.touch()
    extract.write(ROOT, tmp_path)
    text = path.read_text(encoding="utf-8")
    assert text.startswith("# The fixed words of the site")
    assert '"Language: vi\\n"' in text
    assert len(messages(path)) == len(messages(CATALOGUES[0]))


def test_catalogs_are_stable() -> None:
    """Catalogs contain no date, version, line number or local path."""
    for path in (translations.LOCALE / "eportal.pot", *CATALOGUES):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"Date:|Babel|^#: .*:\d", text, re.MULTILINE)
        assert str(ROOT) not in text


def test_unknown_language_keeps_the_words_of_the_templates() -> None:
    """A language without a catalog shows English."""
    assert translations.load("tl").gettext("Occupations") == "Occupations"
    assert translations.load("es").gettext("Occupations") == "Ocupaciones"
    assert (
        translations.load("es").ngettext("%(programs)s program", "%(programs)s programs", 1) == "%(programs)s programa"
    )


# Formats


@pytest.mark.parametrize(
    ("name", "value", "english", "spanish"),
    [
        ("number", 1234567, "1,234,567", "1,234,567"),
        ("number", 1650, "1,650", "1,650"),
        ("number", Decimal("4.25"), "4.25", "4.25"),
        ("usd", 52000, "$52,000", "$52,000"),
        ("percent", Decimal("4.5"), "+4.5%", "+4.5%"),
        ("percent", Decimal("-1.2"), "−1.2%", "−1.2%"),
        ("percent", Decimal(0), "0.0%", "0.0%"),
        ("percent", Decimal(3), "+3.0%", "+3.0%"),
        ("day", "2026-11-24", "November 24, 2026", "24 de noviembre de 2026"),
        ("day", date(2027, 2, 1), "February 1, 2027", "1 de febrero de 2027"),
        ("month", "2026-04", "April 2026", "abril de 2026"),
        ("vintage", "May 2025", "May 2025", "mayo de 2025"),
        ("vintage", "2024-34", "2024-34", "2024-34"),
        ("vintage", None, None, None),
        ("language_name", "es", "Spanish", "español"),
        ("language_name", "tl", "Filipino", "filipino"),
        ("gettext", "Students", "Students", "Estudiantes"),
    ],
)
def test_formats(name: str, value: object, english: str, spanish: str) -> None:
    """Numbers, money and days are formatted as is usual in the United States, in both languages."""
    assert (translations.formats("en")[name](value), translations.formats("es")[name](value)) == (english, spanish)


def test_formats_of_a_language_not_spoken_here() -> None:
    """A language that Babel does not know for this country uses its formats from elsewhere."""
    assert translations.formats("sv")["number"](1234567) == "1\xa0234\xa0567"


# Views of partly translated records


@pytest.fixture
def care(small: Path) -> Record:
    """Return a pathway with a Spanish name and no other Spanish text."""
    edit(small / "data" / "region.yaml", "languages: [en]", "languages: [en, es]")
    edit(
        small / "data" / "pathways" / "patient-care.yaml", "name: Patient Care", "name: Patient Care\nname_es: Cuidado"
    )
    package = read_package(small / "data")
    tables, _ = load(package)
    records, problems = validate(package, tables)
    catalog, found = link(package, tables, records, {})
    assert [*problems, *found] == []
    return catalog["pathways"]["patient-care"]


def test_fallback_is_marked_in_html_only() -> None:
    """Text in another language is in a span in HTML, and unmarked everywhere else."""
    text = marked("Care & more", "en")
    assert isinstance(text, Fallback)
    assert str(text) == "Care & more"
    assert type(str(text)) is str
    assert escape(text) == Markup('<span lang="en">Care &amp; more</span>')
    assert Markup("<b>{}</b>").format(text) == '<b><span lang="en">Care &amp; more</span></b>'
    assert words(text) == '<span lang="en">Care &amp; more</span>'
    assert words(marked("a *b*", "en")) == r'<span lang="en">a \*b\*</span>'


def test_marks_go_into_lists_and_groups_but_not_into_ids() -> None:
    """Every text of a list or group is marked, but IDs are not."""
    listed, group, number = marked(("one", {"id": "x", "topic": "pay", "statement": "Two", "source": None}, 3), "en")
    assert isinstance(listed, Fallback)
    assert {key: isinstance(one, Fallback) for key, one in group.items()} == {
        "id": False,
        "topic": False,
        "statement": True,
        "source": False,
    }
    assert number == 3


def test_record_gives_translations_where_there_are_any(care: Record) -> None:
    """A translated field is plain, a missing one is marked, and an untranslatable one is unchanged."""
    seen = Translated(care, "es", "en")
    assert seen["name"] == "Cuidado"
    assert not isinstance(seen["name"], Fallback)
    assert isinstance(seen["summary"], Fallback)
    assert seen["summary"] == care["summary"]
    assert not isinstance(seen["other_names"][0], Fallback)
    assert (seen.id, seen.dataset, seen.row) == (care.id, care.dataset, care.row)


def test_linked_records_are_seen_in_the_language_too(care: Record) -> None:
    """References, including those in groups, and backlinks give views in the same language."""
    seen = Translated(care, "es", "en")
    assert isinstance(seen["sector"]["name"], Fallback)
    assert isinstance(seen["criteria"][0]["source"], Translated)
    assert all(isinstance(wage, Translated) for wage in seen.backlinks["wages"])
    assert seen.backlinks["wages"][0]["pathway"] == seen
    assert len({seen, Translated(care, "es", "en")}) == 1
    assert seen != care


def test_translated_group_has_its_references(care: Record, small: Path) -> None:
    """A translated group refers to the same records as the original."""
    path = small / "data" / "pathways" / "patient-care.yaml"
    line = "criteria_es:\n  - {id: listen, statement: Escucho., source: state-list}\n"
    path.write_text(path.read_text(encoding="utf-8") + line, encoding="utf-8")
    package = read_package(small / "data")
    tables, _ = load(package)
    catalog, _ = link(package, tables, validate(package, tables)[0], {})
    (criterion,) = Translated(catalog["pathways"][care.id], "es", "en")["criteria"]
    assert criterion["statement"] == "Escucho."
    assert criterion["source"]["publisher"] == "The state"


def test_views_compute_with_the_records_behind(care: Record) -> None:
    """A template's arguments to a view are unwrapped, also in lists, and its result is wrapped."""
    seen = Translated(care, "es", "en")
    assert original(seen) is care
    assert original([seen, "x"]) == (care, "x")
    assert translated({"a": [care]}, "es", "en") == {"a": (seen,)}
