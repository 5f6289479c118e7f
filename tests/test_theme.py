"""Settings that Material's documentation promises: each one is changed, and a built page or the stylesheet shows it."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from lxml.html import HtmlElement
from ruamel.yaml import YAML

from generator import css_bundle, icons, theme, translations
from generator.model import SetupError, Site
from tests.built import parse
from tests.conftest import GOLDEN, ROOT, TODAY, edit, eportal

OFFICE = "office: County Office\ncontact_email: careers@golden.example\n"
HEADINGS = "\n\n## One\n\nText.\n\n## Two\n\nText.\n\n## Three\n\nText.\n"
HIDDEN = {
    "shown": "",
    "list": "hide:\n  - toc\n  - footer\n",
    "brackets": "hide: [toc, navigation]\n",
    "word": "hide: toc\n",
}
LIGHT = {"scheme": "default", "primary": "deep purple", "accent": "lime"}
DARK = {"scheme": "slate", "primary": "teal", "accent": "pink"}
SPROUT = "material/sprout"
SYSTEM = {"light": "(prefers-color-scheme: light)", "dark": "(prefers-color-scheme: dark)"}


def project_with(folder: Path, settings: Mapping[str, Any], **others: Any) -> Path:
    """Create the small project with our theme and settings of mkdocs.yml."""
    shutil.copytree(GOLDEN / "_base", folder)
    shutil.copytree(ROOT / "overrides", folder / "overrides")
    region = folder / "data" / "region.yaml"
    region.write_text(f"{region.read_text(encoding='utf-8')}{OFFICE}", encoding="utf-8")
    yaml = YAML()
    config = yaml.load(folder / "mkdocs.yml")
    config["theme"] = {"name": "material", "custom_dir": "overrides", "font": False, **settings}
    config["extra"] |= others.pop("extra", {})
    yaml.dump(config | others, folder / "mkdocs.yml")
    return folder


def built(project: Path) -> Path:
    """Build the site and return its folder."""
    done = eportal("build", "--today", TODAY.isoformat(), cwd=project)
    assert done.returncode == 0, done.stdout + done.stderr
    return project / "site"


def page(site: Path, address: str = "") -> HtmlElement:
    """Return a page of a site."""
    return parse((site / address / "index.html").read_bytes())


def styles(settings: Mapping[str, Any]) -> str:
    """Return the stylesheet that is published with settings of the theme."""
    return css_bundle.stylesheet(ROOT / "overrides", {"name": "material", **settings})


def shape(icon: str) -> str:
    """Return the outline of an icon as a stylesheet has it."""
    return quote(re.findall(r' d="([^"]+)"', icons.svg(icon))[0])


def colors(settings: Mapping[str, Any]) -> list[str]:
    """Return the primary and the accent color that the stylesheet sets for every page."""
    (rule,) = re.findall(r"body \{ (--md-primary-fg-color[^}]*|--md-accent-fg-color[^}]*|)\}", styles(settings))[:1]
    return [value.strip() for value in re.findall(r"fg-color: ([^;]+);", rule)]


# One site with most settings, one with the rest


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build a site with two palettes, a language that Material translates, and pictures and links of a county."""
    project = project_with(
        tmp_path_factory.mktemp("full") / "project",
        {
            "language": "vi",
            "palette": [{**LIGHT, "media": SYSTEM["light"]}, {**DARK, "media": SYSTEM["dark"]}],
            "logo": "mine/logo.svg",
            "favicon": "mine/icon.png",
            "icon": {"edit": "material/sprout", "search": "material/cloud-search"},
        },
        copyright="Text under <b>CC BY</b>",
        extra_css=["mine/colors.css"],
        extra={
            "homepage": "https://county.example/",
            "social": [{"icon": "fontawesome/brands/mastodon", "link": "https://m.example/@us", "name": "Us & you"}],
        },
    )
    mine = project / "content" / "mine"
    mine.mkdir()
    for name in ("logo.svg", "icon.png", "colors.css"):
        (mine / name).write_text(name, encoding="utf-8")
    for name, hidden in HIDDEN.items():
        text = f"---\ntitle: Page {name}\n{hidden}---\n# Page {name}{HEADINGS}"
        (project / "content" / f"{name}.md").write_text(text, encoding="utf-8")
    edit(project / "overrides/main.html", "{% block announce %}", "{% block announce %}<p>Career week</p>")
    return built(project)


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build a site with one dark palette in a custom color and an icon instead of a logo."""
    palette = {"scheme": "slate", "primary": "custom", "accent": "custom"}
    icon = {"logo": "material/school", "view": "material/eye", "alternate": "material/translate"}
    project = project_with(tmp_path_factory.mktemp("plain") / "project", {"palette": palette, "icon": icon})
    return built(project)


@pytest.mark.slow
def test_language_of_the_frame(full: Path) -> None:
    """`theme.language` gives Material's words and the page's language; the content keeps its own."""
    home = page(full, "shown/")
    assert home.get("lang") == "vi"
    assert home.xpath("//*[@id='content']/@lang") == ["en"]
    words = (theme.folder() / theme.LANGUAGES / "vi.html").read_text(encoding="utf-8")
    (heading,) = home.xpath("//nav[@id='toc']/p/text()")
    assert f'"toc": "{heading}"' in words


@pytest.mark.slow
def test_two_palettes_and_their_switch(full: Path, plain: Path) -> None:
    """Two schemes have a switch, one has none; the body names the first palette, as with Material."""
    body = page(full).xpath("//body")[0]
    assert [body.get(f"data-md-color-{name}") for name in ("scheme", "primary", "accent")] == [
        "default",
        "deep-purple",
        "lime",
    ]
    assert len(page(full).xpath("//palette-switch")) == 1
    assert page(plain).xpath("//palette-switch") == []
    assert page(plain).xpath("//body/@data-md-color-scheme") == ["slate"]
    published = (full / css_bundle.PATH).read_text(encoding="utf-8")
    assert f"light-dark({theme.PRIMARY['deep-purple']}, {theme.PRIMARY['teal']})" in published
    assert f"light-dark({theme.ACCENT['lime']}, {theme.ACCENT['pink']})" in published


@pytest.mark.slow
def test_logo_and_favicon(full: Path, plain: Path) -> None:
    """`theme.logo` and `theme.favicon` name files of the county; without a logo, Material's favicon is published."""
    assert page(full, "shown/").xpath("//img[@class='masthead__logo']/@src") == ["../mine/logo.svg"]
    assert page(full, "shown/").xpath("//link[@rel='icon']/@href") == ["../mine/icon.png"]
    assert (full / "mine" / "icon.png").is_file()
    assert page(plain).xpath("//img[@class='masthead__logo']") == []
    (favicon,) = page(plain).xpath("//link[@rel='icon']/@href")
    assert (plain / favicon).is_file()


@pytest.mark.slow
def test_own_stylesheet_comes_after_ours(full: Path) -> None:
    """`extra_css` is the last stylesheet, so that its colors win."""
    assert page(full).xpath("//link[@rel='stylesheet']/@href") == ["assets/css/site.css", "mine/colors.css"]


@pytest.mark.slow
def test_links_and_words_of_the_county(full: Path) -> None:
    """`extra.homepage`, `extra.social` and `copyright` are on every page."""
    home = page(full)
    assert home.xpath("//a[@class='masthead__name']/@href") == ["https://county.example/"]
    (profile,) = home.xpath("//ul[@class='social']//a")
    assert (profile.get("href"), profile.get("aria-label")) == ("https://m.example/@us", "Us & you")
    assert profile.get("rel") == "noopener me"
    assert len(profile.xpath("svg")) == 1
    assert home.xpath("//footer//b/text()") == ["CC BY"]


@pytest.mark.slow
def test_announcement(full: Path, plain: Path) -> None:
    """The block `announce` shows a message on every page; left empty, it shows nothing."""
    for address in ("", "shown/", "pathways/patient-care/"):
        assert page(full, address).xpath("//*[contains(@class, 'md-banner')]//p/text()") == ["Career week"]
    assert page(plain).xpath("//*[contains(@class, 'md-banner')]//p") == []


@pytest.mark.slow
def test_bar_of_samples(full: Path, plain: Path) -> None:
    """A site without sample records has no line about them."""
    for site in (full, plain):
        assert page(site).xpath("//*[@class='samples']") == []


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "gone"),
    [("shown", set()), ("list", {"toc", "footer"}), ("brackets", {"toc", "navigation"}), ("word", {"toc"})],
)
def test_parts_hidden_by_front_matter(full: Path, name: str, gone: set[str]) -> None:
    """`hide` takes a list in either form, or a single word."""
    tree = page(full, f"{name}/")
    parts = {"toc": "//nav[@id='toc']", "navigation": "//nav[@id='menu']", "footer": "//footer/ul[not(@class)]"}
    assert {part for part, path in parts.items() if not tree.xpath(path)} == gone


# Colors and icons in the stylesheet


def test_colors_by_name() -> None:
    """Names may be written with a space or a hyphen; a palette without colors has Material's usual ones."""
    assert colors({"palette": {"primary": "light blue", "accent": "deep-orange"}}) == [
        theme.PRIMARY["light-blue"],
        theme.ACCENT["deep-orange"],
    ]
    assert colors({"palette": {"scheme": "slate"}}) == [theme.PRIMARY["indigo"], theme.ACCENT["indigo"]]
    assert colors({}) == colors({"palette": {"scheme": "default"}})


def test_custom_colors_are_left_to_the_county() -> None:
    """`custom` sets nothing, so that a stylesheet of the county can, even on the root as Material's examples do."""
    assert colors({"palette": {"primary": "custom", "accent": "red"}}) == [theme.ACCENT["red"]]
    assert colors({"palette": {"primary": "custom", "accent": "custom"}}) == []
    assert ":root { color-scheme: light;" in styles({"palette": {"primary": "custom"}})
    assert f"--md-primary-fg-color: {theme.PRIMARY['indigo']};" in styles({"palette": {"primary": "custom"}})


@pytest.mark.parametrize(
    ("palette", "scheme", "has_choice"),
    [
        ({"scheme": "slate"}, "dark", False),
        ({"scheme": "default"}, "light", False),
        ({"media": SYSTEM["dark"], "scheme": "slate"}, "dark", False),
        ([{"scheme": "slate", "toggle": None}, {"scheme": "default"}], "dark", True),
        ([{"scheme": "default"}, {"scheme": "slate"}], "light", True),
        ([{"scheme": "default"}, {"scheme": "default", "primary": "red"}], "light", False),
        ([{**LIGHT, "media": SYSTEM["light"]}, {**DARK, "media": SYSTEM["dark"]}], "light dark", True),
    ],
)
def test_scheme_that_a_first_visit_sees(palette: object, scheme: str, has_choice: bool) -> None:  # noqa: FBT001
    """The first palette is the usual one; with `media` the system decides; the switch needs two schemes."""
    published = styles({"palette": palette})
    assert f":root {{ color-scheme: {scheme}; }}" in published
    assert ('[data-palette="dark"]' in published) == has_choice


@pytest.mark.parametrize(
    ("setting", "selector"),
    [
        ("logo", ".masthead__name"),
        ("menu", ".masthead__menu"),
        ("search", ".masthead__search"),
        ("edit", ".mend__edit"),
        ("view", ".mend__line"),
        ("alternate", ".languages ul"),
    ],
)
def test_icons_of_the_frame(setting: str, selector: str) -> None:
    """`theme.icon.*` draws an icon at its place."""
    drawn = css_bundle._drawn("theme.icon", "material/sprout")
    assert f"{selector}::before {{ --icon: {drawn};" in styles({"icon": {setting: "material/sprout"}})
    assert drawn not in styles({})


def test_icons_of_notes_and_of_the_switch() -> None:
    """`theme.icon.admonition` and the first icon of a `toggle` are drawn, too."""
    notes = styles({"icon": {"admonition": {"tip": SPROUT}}})
    switch = styles({"palette": [LIGHT, {**DARK, "toggle": {"icon": SPROUT}}]})
    assert '.admonition.tip { --sign: url("data:image/svg+xml' in notes
    for published in (notes, switch):
        assert css_bundle._drawn("", "material/sprout") in published


def test_colors_are_those_of_the_installed_material() -> None:
    """The tables of colors are what Material's own stylesheet says; its black and white are mixed with a hue."""
    (file,) = (icons.folder().parent / "assets" / "stylesheets").glob("palette.*.css")
    text = file.read_text(encoding="utf-8")
    found = re.findall(r"\[data-md-color-(primary|accent)=([a-z-]+)\]\{--md-(?:\1)-fg-color:([^;}]+)", text)
    for kind, table in (("primary", theme.PRIMARY), ("accent", theme.ACCENT)):
        stated = {name: value for one, name, value in found if one == kind}
        assert stated.keys() == table.keys()
        differ = {name for name in table if table[name] != stated[name]}
        assert differ <= {"black", "white"}


# What does not exist


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"palette": {"primary": "teall"}}, "theme.palette.primary: no color 'teall'. did you mean 'teal'?"),
        ({"palette": {"accent": "lim"}}, "theme.palette.accent: no color 'lim'. did you mean 'lime'?"),
        ({"icon": {"edit": "material/sprot"}}, "no icon 'material/sprot': did you mean 'material/sprout'?"),
    ],
)
def test_unknown_colors_and_icons(settings: Mapping[str, Any], message: str) -> None:
    """The stylesheet refuses a name that Material does not have, and suggests one."""
    with pytest.raises(SetupError, match=re.escape(message)):
        styles(settings)


@pytest.mark.parametrize(
    ("settings", "extra", "message"),
    [
        ({"language": "vii"}, {}, "theme.language: no language 'vii'. did you mean 'vi'?"),
        ({"icon": {"repo": "material/sprot"}}, {}, "theme.icon.repo: no icon 'material/sprot': did you mean"),
        ({"icon": {"admonition": {"tip": "x"}}}, {}, "theme.icon.admonition.tip: no icon 'x'"),
        ({}, {"social": [{"icon": "fontawesome/brands/mastodn"}]}, "did you mean 'fontawesome/brands/mastodon'?"),
        ({"logo": "mine.svg"}, {}, "theme.logo: no file 'mine.svg' in content/ or overrides/"),
        ({"favicon": "../mkdocs.yml/x"}, {}, "theme.favicon: no file '../mkdocs.yml/x' in content/ or overrides/"),
    ],
)
def test_other_unknown_settings(settings: Mapping[str, Any], extra: Mapping[str, Any], message: str) -> None:
    """A language, an icon that no page shows, a profile's icon, a picture: none may be missing."""
    with pytest.raises(SetupError, match=re.escape(message)):
        theme.check(settings, extra, theme.languages(ROOT / "overrides"), [ROOT / "content", ROOT / "overrides"])


@pytest.mark.slow
@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"palette": {"primary": "teall"}}, "no color 'teall'. did you mean 'teal'?"),
        ({"language": "vii"}, "no language 'vii'. did you mean 'vi'?"),
    ],
)
def test_unknown_settings_stop_the_build(tmp_path: Path, settings: Mapping[str, Any], message: str) -> None:
    """The exit code is that of a broken set-up, and no site is written."""
    project = project_with(tmp_path / "project", settings)
    done = eportal("build", "--today", TODAY.isoformat(), cwd=project)
    assert done.returncode == 2
    assert message in done.stdout + done.stderr
    assert not (project / "site").exists()


@pytest.mark.slow
def test_build_says_what_falls_back_to_english(tmp_path: Path) -> None:
    """For a language without a catalog, the build says once that our own words are English; not with -q."""
    project = project_with(tmp_path / "project", {})
    edit(project / "data" / "region.yaml", "languages: [en]", "languages: [vi]")
    loud, quiet = (eportal(*flags, "build", "--today", TODAY.isoformat(), cwd=project) for flags in ((), ("-q",)))
    assert (loud.returncode, quiet.returncode) == (0, 0)
    said = r"our own [0-9,]+ fixed words have no Vietnamese; they appear in English"
    assert len(re.findall(said, loud.stdout + loud.stderr)) == 1
    assert "Vietnamese" not in quiet.stdout + quiet.stderr


def test_languages_with_a_catalog_need_no_notice() -> None:
    """English needs no catalog, and Spanish has one; a made-up code is shown as it is."""
    assert translations.fallbacks(["en", "es"]) == []
    assert ["'qqq'" in sentence for sentence in translations.fallbacks(["en", "qqq"])] == [True]


def test_front_matter_that_cannot_be_read_is_a_problem(small: Path, check: Callable[..., Site]) -> None:
    """The check names the place in the page, because settings such as `hide` would be lost."""
    (small / "content" / "one.md").write_text("---\ntitle: One: two\n---\n# One\n", encoding="utf-8")
    (small / "content" / "two.md").write_text("---\n- toc\n---\n# Two\n", encoding="utf-8")
    assert [(p.code, str(p.origin)) for p in check().errors] == [
        ("E112", "content/one.md:2:11"),
        ("E114", "content/two.md:2:1"),
    ]
