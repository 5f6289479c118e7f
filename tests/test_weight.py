"""Limits of every built page: the content policy, no inline script or style, no third-party requests, gzip budgets."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator import policy
from generator.model import Site
from tests.built import Built
from tests.conftest import ROOT

KILO = 1000
#: Budgets in kB after gzip.
ANY_PAGE, RECORD_PAGE, SHELL, STYLES, SCRIPTS, RECORD_SCRIPTS, ALL_TOLD, SEARCH_INDEX = 20, 9, 2.3, 28, 20, 10, 90, 80
IMPORT = re.compile(r"""(?:from|import)\s*\(?\s*["'](\.[^"']+)["']""")
LATER = re.compile(r"""import\(\s*["'](\.[^"']+)["']\s*\)""")
#: What a page fetches immediately when its script runs.
FETCHED = {
    "offers/": "offers/facets.json",
    "request/": "request/offers.json",
    "occupations/": "occupations/facets.json",
    "match/": "occupations/list.json",
    "compare/": "occupations/list.json",
}
#: Scripts of these types are data and do not run.
DATA_TYPES = {"application/ld+json", "application/json"}


def kilobytes(content: bytes) -> float:
    """Return the size after gzip."""
    return len(gzip.compress(content, 9)) / KILO


def modules(module: Path) -> set[Path]:
    """Return a module and its static imports; dynamic imports are not loaded with the page."""
    found: set[Path] = set()
    waiting = [module]
    while waiting:
        path = waiting.pop().resolve()
        if path not in found:
            found.add(path)
            text = LATER.sub("", path.read_text(encoding="utf-8"))
            waiting += [path.parent / name for name in IMPORT.findall(text)]
    return found


def scripts(built: Built, address: str) -> set[Path]:
    """Return all scripts a page loads: those in its head, and the modules of its custom elements."""
    folder = built.folder.resolve() / "assets" / "js"
    tree = built.html[address]
    loaded = {folder / Path(src).name for src in tree.xpath("//script/@src")}
    loaded |= {folder / f"{tag}.js" for tag in elements(built, address)}
    return {path for script in loaded for path in modules(script)}


def elements(built: Built, address: str) -> set[str]:
    """Return the names of a page's custom elements."""
    return {str(e.tag) for e in built.html[address].iter() if isinstance(e.tag, str) and "-" in e.tag}


def weights(built: Built) -> Iterator[tuple[str, float]]:
    """Yield the address and weight of every page and redirect."""
    for path in sorted(built.folder.rglob("*.html")):
        yield path.relative_to(built.folder).as_posix().removesuffix("index.html"), kilobytes(path.read_bytes())


def test_every_page_carries_the_policy(built: Built) -> None:
    """The policy comes right after the charset on every page, and redirects have their own."""
    for address, tree in built.html.items():
        charset, meta = tree.find("head")[:2]
        assert charset.get("charset") == "utf-8", address
        assert meta.get("http-equiv") == "Content-Security-Policy", address
        assert meta.get("content") == (policy.REDIRECT if address in built.redirects else policy.PAGE), address


def test_policy_trusts_this_site_alone() -> None:
    """The policy allows no host, inline code or wildcard, and scripts cannot turn text into HTML."""
    assert not re.search(r"unsafe|https?:|\*|blob:|nonce|sha256", policy.PAGE)
    assert "default-src 'none'" in policy.PAGE
    assert "require-trusted-types-for 'script'; trusted-types 'none'" in policy.PAGE


def test_nothing_is_inline(built: Built) -> None:
    """No page has an inline script or style, or an attribute that acts as one."""
    for address, tree in built.html.items():
        inline = [e for e in tree.iter("script") if not e.get("src") and e.get("type") not in DATA_TYPES]
        assert [*inline, *tree.iter("style")] == [], address
        assert tree.xpath("//@style | //@*[starts-with(name(), 'on')]") == [], address


def test_pages_load_from_this_site_alone(built: Built) -> None:
    """Scripts, style sheets, pictures and frames of every page are files of the site."""
    loaded = "//script/@src | //img/@src | //iframe/@src | //link[@rel='stylesheet' or contains(@rel, 'icon')]/@href"
    for address, tree in built.html.items():
        assert [one for one in tree.xpath(loaded) if "//" in one] == [], address


def test_site_holds_no_file_of_another_theme(built: Built) -> None:
    """No unused file is published: no bundle, worker, font or extra style sheet."""
    folder = built.folder
    assert sorted(p.name for p in (folder / "assets").iterdir()) == ["css", "icons", "js", "pictures", "previews", "qr"]
    assert [p.name for p in (folder / "assets" / "css").iterdir()] == ["site.css"]
    used = {path for address in built.html for path in scripts(built, address)}
    later = {p.resolve() for p in (folder / "assets" / "js" / "search").iterdir()}
    assert {p.resolve() for p in (folder / "assets" / "js").rglob("*.js")} - used - later == set()


def test_every_custom_element_has_its_module(built: Built) -> None:
    """Each element is defined in the module with its name, which site.js imports."""
    names = {tag for address in built.html for tag in elements(built, address)}
    assert {"site-search", "palette-switch"} <= names
    for name in names:
        text = (built.folder / "assets" / "js" / f"{name}.js").read_text(encoding="utf-8")
        assert f'customElements.define("{name}"' in text


def test_scripts_make_no_html_of_text() -> None:
    """No module uses functions that turn text into HTML or code, which the policy would block."""
    forbidden = re.compile(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|"
        r"createContextualFragment|DOMParser"
    )
    for path in (ROOT / "overrides" / "assets" / "js").rglob("*.js"):
        assert forbidden.findall(path.read_text(encoding="utf-8")) == [], path


def test_pages_keep_their_budget(built: Built, real_site: Site) -> None:
    """The HTML of any page, of a record's own and further pages, and of the frame alone keeps within its budget."""
    weight = dict(weights(built))
    records = {page.url for page in real_site.pages if page.record}
    most = {address: RECORD_PAGE if address in records else ANY_PAGE for address in weight}
    assert {address: kilo for address, kilo in weight.items() if kilo > most[address]} == {}
    assert records <= set(weight)
    assert weight["404.html"] <= SHELL


def test_search_index_keeps_its_budget(built: Built) -> None:
    """The index is fetched only when someone searches, so it has a budget of its own."""
    assert kilobytes((built.folder / "search" / "index.json").read_bytes()) <= SEARCH_INDEX


def test_styles_and_scripts_keep_their_budget(built: Built, real_site: Site) -> None:
    """The style sheet, the modules of each page, and a page with all of them are within their budgets."""
    records = {page.url for page in real_site.pages if page.record}
    styles = kilobytes((built.folder / "assets" / "css" / "site.css").read_bytes())
    assert styles <= STYLES
    size = {path: kilobytes(path.read_bytes()) for a in built.html for path in scripts(built, a)}
    for address, weight in weights(built):
        load = sum(size[path] for path in scripts(built, address))
        assert load <= (RECORD_SCRIPTS if address in records else SCRIPTS), address
        fetched = kilobytes((built.folder / FETCHED[address]).read_bytes()) if address in FETCHED else 0
        assert weight + styles + load + fetched <= ALL_TOLD, address


def test_scripts_are_published_without_comments(built: Built) -> None:
    """Published modules have no comments but otherwise the same lines of code."""
    folder = ROOT / "overrides" / "assets" / "js"
    modules_of_theme = sorted(folder.rglob("*.js"))
    assert len(modules_of_theme) > 30
    for path in modules_of_theme:
        published = (built.folder / "assets" / "js" / path.relative_to(folder)).read_text(encoding="utf-8").splitlines()
        source = path.read_text(encoding="utf-8").splitlines()
        dropped = [line.strip() for line in source if line not in published]
        assert [line for line in dropped if not line.startswith(("//", "/*", "*"))] == [], path
        assert [line for line in published if line not in source or line.strip().startswith(("//", "/*"))] == [], path


@pytest.mark.parametrize(
    ("text", "at_once"),
    [
        ('import { a } from "./a.js";', ["a.js"]),
        ('export { a } from "./a.js";\nimport "./b.js";', ["a.js", "b.js"]),
        ('const { a } = await import("./a.js");', []),
    ],
)
def test_static_imports_are_told_from_dynamic_ones(text: str, at_once: list[str], tmp_path: Path) -> None:
    """A dynamically imported module does not count toward the page."""
    for name in ("a.js", "b.js"):
        (tmp_path / name).write_text("", encoding="utf-8")
    (tmp_path / "main.js").write_text(text, encoding="utf-8")
    assert {p.name for p in modules(tmp_path / "main.js")} == {"main.js", *at_once}
