"""Palettes in a browser: the contrast of every named color of Material, and the button for dark mode."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from generator import css_bundle, icons, theme
from tests.browser import chromium
from tests.conftest import ROOT
from tests.test_theme import DARK, LIGHT, built, project_with

GROUNDS = ("var(--page)", "var(--surface)", "var(--sunk)")
DARK_INK = "#17242c"
FULLEST_CELL = "color-mix(in srgb, var(--bar) 48%, var(--surface))"
BODY, TEXT, CONTROL = 7.0, 4.5, 3.0
#: Color in front -> what may be behind it, and the contrast that it needs there (WCAG 1.4.3, 1.4.6, 1.4.11).
PAIRS = (
    ("var(--ink)", GROUNDS, BODY),
    ("var(--ink)", (FULLEST_CELL,), TEXT),
    ("var(--ink-soft)", GROUNDS, TEXT),
    ("var(--link)", GROUNDS, TEXT),
    ("var(--link-hover)", GROUNDS, TEXT),
    ("var(--accent)", GROUNDS, TEXT),
    ("var(--on-brand)", ("var(--brand)", "var(--brand-2)"), TEXT),
    ("var(--on-brand-soft)", ("var(--brand)", "var(--brand-2)"), TEXT),
    (DARK_INK, ("var(--sun)",), TEXT),
    ("var(--control)", GROUNDS, CONTROL),
    ("var(--bar)", GROUNDS, CONTROL),
    ("var(--focus)", GROUNDS, CONTROL),
    ("var(--focus-on-page)", GROUNDS, CONTROL),
    ("var(--sun)", ("var(--brand)", "var(--brand-2)"), CONTROL),
)
ICONS = (("var(--tone)", ("var(--tint)", "var(--page)", "var(--surface)"), TEXT),)
#: Returns each pair that has too little contrast, for each way to set the page up.
MEASURE = """([ways, pairs]) => {
  const pixel = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  const known = new Map();
  const luminance = (color) => {
    if (!known.has(color)) {
      pixel.fillStyle = color;
      pixel.fillRect(0, 0, 1, 1);
      const [r, g, b] = [...pixel.getImageData(0, 0, 1, 1).data].map((v) => v / 255)
        .map((v) => (v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4));
      known.set(color, .2126 * r + .7152 * g + .0722 * b);
    }
    return known.get(color);
  };
  const probes = new Map();
  for (const [front, grounds] of pairs) {
    for (const color of [front, ...grounds]) {
      const probe = document.body.appendChild(document.createElement("i"));
      probe.style.color = color;
      probes.set(color, probe);
    }
  }
  const low = [];
  for (const { name, scheme, variables, color } of ways) {
    document.documentElement.style.colorScheme = scheme;
    for (const [key, value] of Object.entries(variables)) document.body.style.setProperty(key, value);
    for (const probe of probes.values()) color ? (probe.dataset.color = color) : delete probe.dataset.color;
    const seen = new Map([...probes].map(([key, probe]) => [key, luminance(getComputedStyle(probe).color)]));
    for (const [front, grounds, least] of pairs) {
      for (const ground of grounds) {
        const [more, less] = [seen.get(front), seen.get(ground)].sort((a, b) => b - a);
        const contrast = (more + .05) / (less + .05);
        if (contrast < least) low.push(`${name}, ${scheme}: ${front} on ${ground} ${contrast.toFixed(2)}`);
      }
    }
  }
  return { low, colors: known.size };
}"""


@pytest.fixture(scope="module")
def page(browser: BrowserContext) -> Iterator[Page]:
    """Open an empty page with the published stylesheet."""
    one = browser.new_page()
    styles = css_bundle.stylesheet(ROOT / "overrides", {"name": "material"})
    one.set_content(f"<!doctype html><title>Colors</title><style>{styles}</style>")
    yield one
    one.close()


def test_every_named_color_can_be_read(page: Page) -> None:
    """Body text has 7:1, other text 4.5:1, controls and focus 3:1, for each primary with each accent."""
    ways = [
        {
            "name": f"{primary} and {accent}",
            "scheme": scheme,
            "variables": {
                "--md-primary-fg-color": theme.PRIMARY[primary],
                "--md-accent-fg-color": theme.ACCENT[accent],
            },
        }
        for scheme in ("light", "dark")
        for primary in theme.PRIMARY
        for accent in theme.ACCENT
    ]
    found = page.evaluate(MEASURE, [ways, PAIRS])
    assert found["low"] == []
    assert found["colors"] > len(theme.PRIMARY) + len(theme.ACCENT)  # the variables did change the colors


def test_every_color_of_data_can_be_read(page: Page) -> None:
    """The tones that sectors and kinds may have are readable on their tint and on the page."""
    ways = [
        {"name": color, "scheme": scheme, "variables": {}, "color": color}
        for scheme in ("light", "dark")
        for color in icons.COLORS
    ]
    found = page.evaluate(MEASURE, [ways, ICONS])
    assert found["low"] == []
    assert found["colors"] > len(icons.COLORS)


@pytest.fixture(scope="module")
def dark_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve a site whose usual palette is dark, no matter what the system prefers."""
    site = built(project_with(tmp_path_factory.mktemp("dark") / "project", {"palette": [DARK, LIGHT]}))
    with chromium.served(site) as address:
        yield address


def schemes(page: Page) -> list[str]:
    """Return the scheme of the page, and what stylesheets of a county can ask the body for."""
    return page.evaluate(
        "[getComputedStyle(document.documentElement).colorScheme, document.body.dataset.mdColorScheme]"
    )


def test_button_starts_from_the_usual_palette(browser: BrowserContext, dark_site: str) -> None:
    """On a site that is dark at first, the button is pressed; releasing it is remembered."""
    page = browser.new_page()
    page.emulate_media(color_scheme="light")
    page.goto(dark_site)
    button = page.get_by_role("button", name="Dark mode")
    expect(button).to_have_attribute("aria-pressed", "true")
    assert schemes(page) == ["dark", "slate"]
    button.click()
    expect(button).to_have_attribute("aria-pressed", "false")
    assert schemes(page) == ["light", "default"]
    page.reload()
    expect(button).to_have_attribute("aria-pressed", "false")
    assert schemes(page) == ["light", "default"]
    page.evaluate("localStorage.clear()")
    page.close()


def test_page_says_that_scripts_run(browser: BrowserContext, plain_browser: BrowserContext, dark_site: str) -> None:
    """As with Material, the class `no-js` becomes `js`; without scripts it stays, and so does the usual palette."""
    classes = []
    for context in (browser, plain_browser):
        page = context.new_page()
        page.goto(dark_site)
        classes.append(page.locator("html").get_attribute("class"))
        expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
        page.close()
    assert classes == ["js", "no-js"]
