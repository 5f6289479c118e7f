"""The region's own forms: what region.yaml may contain, and that they match the pages that compose messages."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from generator.load.forms import FIELDS, check_forms
from generator.model import SetupError, Site
from generator.views import messages
from tests.built import Built
from tests.conftest import ROOT, edit

GOOD = {"url": "https://forms.county.example/request", "fields": {"grades": "entry.1"}}


def test_a_form_is_an_address_and_a_map() -> None:
    """A form may be an https address with field names, in either style, or be left out."""
    check_forms("region.yaml", {})
    check_forms("region.yaml", {"forms": {"request": GOOD, "join": {"url": GOOD["url"], "style": "microsoft"}}})


@pytest.mark.parametrize(
    ("forms", "words"),
    [
        ({"reqest": GOOD}, r"region.yaml: 'forms.reqest': unknown name 'reqest'; did you mean 'request'\?"),
        ({"request": GOOD | {"feilds": {}}}, r"'forms.request': unknown name 'feilds'; did you mean 'fields'\?"),
        ({"request": GOOD | {"style": "gogle"}}, r"'forms.request.style': unknown name 'gogle'"),
        ({"request": GOOD | {"fields": {"grade": "entry.1"}}}, r"'grade'. did you mean 'grades'\?"),
        ({"request": GOOD | {"fields": {"grades": " "}}}, r"'forms.request.fields.grades' must name a parameter"),
        ({"request": GOOD | {"fields": {"grades": ["a"]}}}, r"'forms.request.fields.grades' must name a parameter"),
        ({"request": GOOD | {"fields": ["grades"]}}, r"'forms.request.fields' must contain keys and values"),
        ({"request": "https://forms.county.example/"}, r"'forms.request' must contain keys and values"),
        (["request"], r"'forms' must contain keys and values"),
        ({"request": {"fields": {}}}, r"'forms.request.url' must be the https address of the form, not ''"),
        ({"request": GOOD | {"url": "http://forms.county.example/"}}, r"must be the https address"),
        ({"request": GOOD | {"url": "javascript:alert(1)"}}, r"must be the https address"),
        ({"request": GOOD | {"url": "https://forms.gle/abc"}}, r"must be the https address"),
        ({"request": GOOD | {"url": "https://forms.county.example\\@evil.example/"}}, r"must be the https address"),
    ],
)
def test_a_form_that_cannot_work_is_refused(forms: Any, words: str) -> None:
    """The message names the place in region.yaml and a suggestion if there is one."""
    with pytest.raises(SetupError, match=words):
        check_forms("region.yaml", {"forms": forms})


def test_a_form_of_the_region_is_read(small: Path, check: Callable[..., Site]) -> None:
    """A form under `forms` in region.yaml reaches the pages, and a mistake in it stops the run."""
    form = "\nforms:\n  request:\n    url: https://forms.county.example/r\n    fields: {grades: entry.1}\n"
    edit(small / "data/region.yaml", "\n", form)
    [found] = messages.forms_for(check().catalog, "request")
    assert found == ("https://forms.county.example/r", "google", (("grades", "entry.1"),))
    edit(small / "data/region.yaml", "https://forms", "http://forms")
    with pytest.raises(SetupError, match="https address"):
        check()


def test_issue_forms_belong_to_hosts_that_fill_them(small: Path, check: Callable[..., Site]) -> None:
    """A repository on a host with issue forms has one for employers, but none for requests, which are private."""
    text = (small / "data/region.yaml").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("repository")]
    (small / "data/region.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert messages.forms_for(check().catalog, "join") == ()
    edit(small / "data/region.yaml", "\n", "\nrepository: https://github.com/county/site/\n")
    [form] = messages.forms_for(check().catalog, "join")
    assert (form.url, form.style) == (
        "https://github.com/county/site/issues/new?template=join.yml",
        "issue",
    )
    assert dict(form.fields)["activities"] == "activities"
    assert messages.forms_for(check().catalog, "request") == ()


@pytest.mark.parametrize(("kind", "name"), messages.ISSUE_FORMS.items())
def test_issue_forms_are_there_and_take_our_fields(kind: str, name: str) -> None:
    """Each form that a page links to is in the repository and has most of the fields that the page fills in."""
    form = (ROOT / ".github" / "ISSUE_TEMPLATE" / name).read_text(encoding="utf-8")
    ids = set(re.findall(r"^ +id: (\w+)$", form, re.MULTILINE))
    assert len(ids & set(FIELDS[kind])) >= len(FIELDS[kind]) / 2


#: What the browser adds to a request that is not an input on the page: its recipient and subject.
ADDED: Mapping[str, set[str]] = {"request": {"employer", "offers"}}


@pytest.mark.parametrize("kind", FIELDS)
def test_the_fields_of_a_form_are_those_of_its_page(built: Built, kind: str) -> None:
    """The field names that region.yaml may use are exactly the page's inputs, in the same order."""
    [form] = built.pages[f"{kind}/"].xpath("//form[@class='fields']")
    names = [field.get("data-field") for field in form.xpath(".//*[@data-field]")]
    assert sorted(names) == sorted(set(FIELDS[kind]) - ADDED.get(kind, set()))
    assert {control.get("name") for control in form.xpath(".//input|.//select|.//textarea")} == set(names)


@pytest.mark.parametrize("kind", FIELDS)
def test_no_form_asks_for_a_name_of_a_person(built: Built, kind: str) -> None:
    """Fields ask for roles and organizations, never for a person's name, and no browser offers to fill one in."""
    [form] = built.pages[f"{kind}/"].xpath("//form[@class='fields']")
    personal = {"name", "given-name", "family-name", "nickname", "tel", "bday"}
    assert {control.get("autocomplete") for control in form.xpath(".//input")} & personal == set()
    labels = [" ".join(label.text_content().split()).lower() for label in form.xpath(".//*[@data-label]")]
    assert [label for label in labels if "name" in label and "organization" not in label] == []


def test_the_document_names_every_field() -> None:
    """docs/how-to/own-forms.md lists every message with all its fields, in order."""
    text = (ROOT / "docs" / "how-to" / "own-forms.md").read_text(encoding="utf-8")
    for kind, names in FIELDS.items():
        assert f"| `{kind}` | {', '.join(f'`{name}`' for name in names)} |" in text
