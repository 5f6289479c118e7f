"""Writes forms as GitHub reads them (YAML in .github/ISSUE_TEMPLATE); the only module that knows the format."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from generator.issue_intake.forms import Form, Question, read_forms
from generator.model import Package, Table

HEADER = "# Written from data/schemas/ by `eportal describe --issue-forms .github/ISSUE_TEMPLATE`; edit _forms.yaml.\n"
PUBLIC = (
    "**This form is public, and so is what you write.** Please leave out anything about students, and anyone's name, "
    "home address, or personal phone number. Email addresses must belong to a role or a team. To tell us something "
    "privately, write to {mailbox}."
)
NEXT = "Staff will read it first and reply here if anything is missing. Nothing is published until they review it."
AGREE_LABEL = "Before you send"
AGREEMENTS = (
    "I understand that this is public, and I have not named any students or private individuals.",
    "I am allowed to speak for the organization, or this information is already public.",
)
TYPES = {"short": "input", "long": "textarea", "one": "dropdown", "some": "checkboxes"}


class _Dumper(yaml.SafeDumper):
    """Writes text of several lines as a literal block.

    Not ruamel.yaml: it writes YAML 1.2, in which Yes needs no quotation marks; GitHub reads YAML 1.1, in which it does.
    """


def _block(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)


_Dumper.add_representer(str, _block)


def write_issue_forms(package: Package, tables: Mapping[str, Table], folder: Path) -> list[Path]:
    """Write the file of every form, and delete those of forms that no longer exist.

    Returns:
        The files written.
    """
    mailbox = str(package.region.values.get("contact_email", ""))
    folder.mkdir(parents=True, exist_ok=True)
    texts = {folder / f"{form.name}.yml": issue_form_yaml(form, mailbox) for form in read_forms(package, tables)}
    for path in sorted(folder.glob("*.yml")):
        if path not in texts and path.read_text(encoding="utf-8").startswith(HEADER):
            path.unlink()
    for path, text in texts.items():
        path.write_text(text, encoding="utf-8")
    return [*texts]


def issue_form_yaml(form: Form, mailbox: str) -> str:
    """Return the text of one form's file."""
    intro = f"{PUBLIC.format(mailbox=mailbox)}\n\n{NEXT}"
    body: list[dict[str, Any]] = [{"type": "markdown", "attributes": {"value": intro}}]
    body += [_element(question) for question in form.questions]
    checks = [{"label": words, "required": True} for words in AGREEMENTS[: 2 if form.dataset else 1]]
    body.append({"type": "checkboxes", "id": "agreed", "attributes": {"label": AGREE_LABEL, "options": checks}})
    whole = {"name": form.title, "description": form.about, "title": form.subject, "body": body}
    return HEADER + yaml.dump(whole, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=1000)


def _element(question: Question) -> dict[str, Any]:
    attributes: dict[str, Any] = {"label": question.label}
    if question.help:
        attributes["description"] = question.help
    if question.kind == "some":
        attributes["options"] = [{"label": words} for words in question.options]
    elif question.kind == "one":
        attributes["options"] = list(question.options)
    elif question.example and question.kind == "short":
        attributes["placeholder"] = question.example
    made = {"type": TYPES[question.kind], "id": question.id, "attributes": attributes}
    if question.kind != "some":  # checkboxes cannot require that one of them is checked; the intake does
        made["validations"] = {"required": question.required}
    return made
