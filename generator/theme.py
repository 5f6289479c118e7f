"""Material for MkDocs as the base theme: its page template, its languages, and the colors and icons of mkdocs.yml."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from ruamel.yaml import YAML

from generator import icons
from generator.diagnostics import did_you_mean
from generator.model import SetupError

LANGUAGES = Path("partials", "languages")
BASE = "base.html"
SLATE, CUSTOM, USUAL = "slate", "custom", "indigo"
USUAL_LANGUAGE = "en"
TOGGLE = "material/weather-night"
#: Colors by Material's names (assets/stylesheets/palette.*.css); a test compares them.
PRIMARY = {
    "red": "#ef5552",
    "pink": "#e92063",
    "purple": "#ab47bd",
    "deep-purple": "#7e56c2",
    "indigo": "#4051b5",
    "blue": "#2094f3",
    "light-blue": "#02a6f2",
    "cyan": "#00bdd6",
    "teal": "#009485",
    "green": "#4cae4f",
    "light-green": "#8bc34b",
    "lime": "#cbdc38",
    "yellow": "#ffec3d",
    "amber": "#ffc105",
    "orange": "#ffa724",
    "deep-orange": "#ff6e42",
    "brown": "#795649",
    "grey": "#757575",
    "blue-grey": "#546d78",
    "black": "#000",
    "white": "#fff",
}
ACCENT = {
    "red": "#ff1a47",
    "pink": "#f50056",
    "purple": "#df41fb",
    "deep-purple": "#7c4dff",
    "indigo": "#526cfe",
    "blue": "#4287ff",
    "light-blue": "#0091eb",
    "cyan": "#00bad6",
    "teal": "#00bda4",
    "green": "#00c753",
    "light-green": "#63de17",
    "lime": "#b0eb00",
    "yellow": "hsl(50,100%,50%)",
    "amber": "#fa0",
    "orange": "hsl(34,100%,50%)",
    "deep-orange": "#ff6e42",
}
SKIP_LINK = '<a class="md-skip" href="#content">{{ lang.t("action.skip") }}</a>'
#: Parts of base.html outside its blocks: first and last text, and what our pages have in their place. Its own menus
#: are checkboxes that a script checks, with an attribute that HTML does not allow there.
REPLACED = (
    ('<input class="md-toggle" data-md-toggle="drawer"', '<label class="md-overlay" for="__drawer"></label>', ""),
    ("{% if page.toc | first is defined %}", "{% endif %}", SKIP_LINK),
    ('<div class="md-dialog"', '<div class="md-dialog__inner md-typeset"></div>\n    </div>', ""),
)


class Palette(NamedTuple):
    """The colors of `theme.palette` as CSS: '' for a custom color, which a stylesheet of the county sets."""

    primary: str
    accent: str
    scheme: str
    has_choice: bool
    toggle: str


def folder() -> Path:
    """Return the folder of Material's templates."""
    return icons.folder().parent


def settings(root: Path) -> Mapping[str, Any]:
    """Return `theme` from a project's mkdocs.yml; ruamel.yaml accepts the function names in that file."""
    given = YAML().load(root / "mkdocs.yml").get("theme")
    return given if isinstance(given, Mapping) else {}


def language(settings: Mapping[str, Any], of_site: Sequence[str]) -> str:
    """Return the language of the frame: `theme.language`, where Material's default means the site's first language."""
    given = str(settings.get("language") or USUAL_LANGUAGE)
    return of_site[0] if given == USUAL_LANGUAGE else given


def languages(overrides: Path) -> list[str]:
    """Return the codes of the languages that Material, or a file of the same name in overrides/, provides."""
    return sorted({file.stem for place in (folder(), overrides) for file in (place / LANGUAGES).glob("*.html")})


def check(settings: Mapping[str, Any], extra: Mapping[str, Any], known: Sequence[str], folders: Sequence[Path]) -> None:
    """Check the language, the icons and the pictures that mkdocs.yml names; the stylesheet checks the colors.

    Args:
        settings: `theme` of mkdocs.yml.
        extra: `extra` of mkdocs.yml.
        known: codes of the languages that there are words in.
        folders: where a picture may be.

    Raises:
        SetupError: one of them does not exist.
    """
    if (code := str(settings.get("language") or USUAL_LANGUAGE)) not in (USUAL_LANGUAGE, *known):
        raise SetupError(_unknown("theme.language", "language", code, known))
    for setting, name in _icons("theme.icon", settings.get("icon") or {}):
        icon(setting, name)
    for number, profile in enumerate(extra.get("social") or ()):
        icon(f"extra.social[{number}].icon", str(profile.get("icon", "")))
    for setting in ("logo", "favicon"):
        path = settings.get(setting)
        if path and "//" not in path and not any((place / path).is_file() for place in folders):
            raise SetupError(f"mkdocs.yml: theme.{setting}: no file '{path}' in content/ or overrides/")


def _icons(setting: str, given: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for key, value in given.items():
        if isinstance(value, Mapping):
            yield from _icons(f"{setting}.{key}", value)
        else:
            yield f"{setting}.{key}", str(value)


def base(source: str) -> str:
    """Return Material's base.html without the parts that no block can override.

    Raises:
        SetupError: a new version of Material has changed one of them.
    """
    for first, last, replacement in REPLACED:
        before, found, rest = source.partition(first)
        _, ended, after = rest.partition(last)
        if not (found and ended):
            raise SetupError(
                f"mkdocs-material: {BASE} no longer contains '{first}'; adapt REPLACED in generator/theme.py"
            )
        source = f"{before}{replacement}{after}"
    return source


def palette(theme: Mapping[str, Any]) -> Palette:
    """Return the colors of `theme.palette`: one palette, or a list with one for each scheme.

    Raises:
        SetupError: Material has no color of that name.
    """
    given = theme.get("palette") or {}
    options: list[Mapping[str, Any]] = [given] if isinstance(given, Mapping) else list(given)
    dark = [one for one in options if one.get("scheme") == SLATE]
    light = [one for one in options if one.get("scheme") != SLATE]
    has_choice = bool(dark and light)
    follows_system = has_choice and any("media" in one for one in options)
    return Palette(
        _color("primary", PRIMARY, (light or dark)[0], (dark or light)[0]),
        _color("accent", ACCENT, (light or dark)[0], (dark or light)[0]),
        "light dark" if follows_system else "dark" if options[0].get("scheme") == SLATE else "light",
        has_choice,
        next(filter(None, ((one.get("toggle") or {}).get("icon") for one in options)), TOGGLE),
    )


def _color(kind: str, table: Mapping[str, str], light: Mapping[str, Any], dark: Mapping[str, Any]) -> str:
    names = [str(one.get(kind) or USUAL).replace(" ", "-") for one in (light, dark)]
    for name in names:
        if name not in table and name != CUSTOM:
            raise SetupError(_unknown(f"theme.palette.{kind}", "color", name, table))
    if CUSTOM in names:
        return ""
    on_light, on_dark = (table[name] for name in names)
    return on_light if on_light == on_dark else f"light-dark({on_light}, {on_dark})"


def icon(setting: str, name: str) -> str:
    """Return the SVG of an icon that a setting of mkdocs.yml names.

    Raises:
        SetupError: Material has no such icon.
    """
    try:
        return icons.svg(name)
    except LookupError as error:
        raise SetupError(f"mkdocs.yml: {setting}: {error}") from None


def _unknown(setting: str, kind: str, name: str, known: Iterable[str]) -> str:
    return f"mkdocs.yml: {setting}: no {kind} '{name}'. {did_you_mean(name, known)}".strip()
