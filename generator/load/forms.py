"""Check the region's own forms (`forms` in region.yaml): which messages may have one, and with which fields."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from generator.load.settings import suggestion
from generator.model import SetupError
from generator.text_safety import address_fault

#: The messages that the site composes, each with its fields, which are named like the inputs on its page.
FIELDS: Mapping[str, tuple[str, ...]] = {
    "request": tuple(
        "employer offers school contact_role contact_email contact_note area grades group_size pathway dates goals "
        "access_needs".split()
    ),
    "join": tuple(
        "name sectors city area size_band website contact_role contact_email activities languages about".split()
    ),
    "refer": tuple("name city website sectors activities about contact_role contact_email".split()),
    "needs": tuple(
        "employer occupation number_band horizon skills technical_skills credentials note contact_role "
        "contact_email".split()
    ),
}
STYLES = ("google", "microsoft")
FORM_KEYS = frozenset(("url", "style", "fields"))


def check_forms(path: str, values: Mapping[str, Any]) -> None:
    """Check that the region's forms can work.

    Args:
        path: the path of region.yaml, as messages show it.
        values: the settings in region.yaml.

    Raises:
        SetupError: a form has an unknown message, key, style or field, or an address that is not https.
    """
    forms = _mapping(path, "forms", values.get("forms") or {})
    for kind, form in forms.items():
        place = f"forms.{kind}"
        _known(path, place, kind, FIELDS)
        form_values = _mapping(path, place, form)
        for key in form_values:
            _known(path, place, key, FORM_KEYS)
        _address(path, place, str(form_values.get("url", "")))
        _known(path, f"{place}.style", str(form_values.get("style", STYLES[0])), STYLES)
        for name, parameter in _mapping(path, f"{place}.fields", form_values.get("fields") or {}).items():
            _known(path, f"{place}.fields", name, FIELDS[kind])
            if not isinstance(parameter, str) or not parameter.strip():
                raise SetupError(
                    f"{path}: '{place}.fields.{name}' must name a parameter of the form, such as entry.123456"
                )


def _mapping(path: str, place: str, value: Any) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise SetupError(f"{path}: '{place}' must contain keys and values; write each as 'key: value'")
    return value


def _known(path: str, place: str, name: str, names: Any) -> None:
    if name not in names:
        raise SetupError(f"{path}: '{place}': unknown name '{name}'; {suggestion(name, names)}")


def _address(path: str, place: str, url: str) -> None:
    if urlsplit(url).scheme != "https" or address_fault("uri", url):
        raise SetupError(f"{path}: '{place}.url' must be the https address of the form, not '{url}'")
