"""Record pages built from the shell equal those that MkDocs builds itself, byte for byte."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from generator.mkdocs_site import page_shell
from generator.model import SetupError
from tests import second_language
from tests.conftest import build, copy_project, eportal


def by_mkdocs(project: Path) -> Path:
    """Build a project without the shell and return its site."""
    settings = project / "mkdocs.yml"
    text = settings.read_text(encoding="utf-8")
    assert "  - eportal\n" in text
    settings.write_text(text.replace("  - eportal\n", "  - eportal: {shell: false}\n"), encoding="utf-8")
    return build(project)


def files(site: Path) -> dict[str, bytes]:
    """Return the content of every file of a site by its path."""
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}


def test_every_page_equals_what_mkdocs_builds(site_dir: Path, tmp_path: Path) -> None:
    """All record pages, the other pages and the sitemap are the same bytes with and without the shell."""
    slow, fast = files(by_mkdocs(copy_project(tmp_path / "slow"))), files(site_dir)
    assert sorted(slow) == sorted(fast)
    assert [name for name in slow if slow[name] != fast[name]] == []


@pytest.mark.slow
def test_two_languages_equal_what_mkdocs_builds(tmp_path: Path) -> None:
    """The same is true with a second language, in which pages have twins, notices and their own words."""
    project = second_language.built()
    slow, fast = files(by_mkdocs(copy_project(tmp_path / "slow", project))), files(project / "site")
    assert sorted(slow) == sorted(fast)
    assert [name for name in slow if slow[name] != fast[name]] == []


def test_no_sentinel_is_left(site_dir: Path) -> None:
    """No page, word, address or search entry of the sentinels is published."""
    for name, content in files(site_dir).items():
        assert b"SENTINEL" not in content, name
        assert b"sentinel" not in content.lower() or name.startswith("assets/"), name


def test_prose_links_to_records_are_resolved(site_dir: Path) -> None:
    """A Markdown link from a handwritten page to a record leads to the record's finished page."""
    text = (site_dir / "about" / "figures" / "index.html").read_text(encoding="utf-8")
    assert 'href="../../sources/bls-oews-2025/"' in text
    assert not re.search(r'href="\.[^"]+\.md', text)


@pytest.mark.slow
def test_dead_prose_link_to_a_record_stops_the_build(real: Path) -> None:
    """A Markdown link to a missing record is still found."""
    page = real / "content" / "about" / "figures.md"
    page.write_text(page.read_text(encoding="utf-8") + "\n[gone](../sources/gone.md)\n", encoding="utf-8")
    done = eportal("build", cwd=real)
    assert done.returncode != 0
    assert "sources/gone.md" in done.stderr + done.stdout


def page(number: int, contents: str = "", content: str | None = None) -> str:
    """Return a finished sentinel page of a minimal theme."""
    html = content or page_shell.content_html(page_shell.sentinel_markdown(number, has_h1=True))[0]
    title, link = f"<title>{page_shell.TITLE}</title>", f"<a href='/{page_shell.ID.format(number)}/'>"
    return f"{title}{link}\n{contents}<main>\n{html}\n</main>"


def contents(number: int) -> str:
    """Return a table of contents with a number of headings."""
    entries = "".join(
        f'<li><a href="#eportalheading{i}sentinel">EPORTALHEADING{i}SENTINEL</a></li>' for i in range(number)
    )
    return f"<ul>{entries}</ul>" if number else ""


def filling(*slugs: str) -> page_shell.Filling:
    """Return the values that fill a page with some headings."""
    headings = tuple(page_shell.Heading(slug, slug.upper()) for slug in slugs)
    return page_shell.Filling("welders", "Wel<ders", "Join metal", "data/w.yaml", "7", "<h1>W</h1>", headings)


@pytest.mark.parametrize("number", range(7))
def test_contents_hold_every_heading(number: int) -> None:
    """A table of contents has an entry for each heading, however many there are."""
    made = page_shell.cut({n: page(n, contents(n)) for n in (*page_shell.FEW, page_shell.MANY)})
    slugs = [f"h{i}" for i in range(number)]
    html = made.fill(filling(*slugs))
    assert re.findall(r'<li><a href="#(h\d)">(H\d)</a></li>', html) == [(s, s.upper()) for s in slugs]
    assert "sentinel" not in html.lower()


def test_slots_are_filled_and_escaped() -> None:
    """The title and address are filled in, and the title is escaped."""
    html = page_shell.cut({n: page(n) for n in (*page_shell.FEW, page_shell.MANY)}).fill(filling("a", "b"))
    assert "<title>Wel&lt;ders</title><a href='/welders/'>" in html
    assert "<main>\n<h1>W</h1>\n</main>" in html


def test_robots_element_is_optional() -> None:
    """Only a page that should not be indexed has the robots element."""
    robots = f'<meta name="robots" content="{page_shell.ROBOTS}">\n'
    made = page_shell.cut(
        {n: page(n).replace("<title>", f"{robots}<title>") for n in (*page_shell.FEW, page_shell.MANY)}
    )
    ended = made.fill(filling()._replace(robots="noindex"))
    assert ended.startswith('<meta name="robots" content="noindex">\n<title>')
    assert made.fill(filling()).startswith("<title>")


def test_theme_that_hides_the_content_is_refused() -> None:
    """A theme that does not print the content unchanged cannot provide a shell, and the message says so."""
    with pytest.raises(SetupError, match="content unchanged"):
        page_shell.cut({n: page(n, content="<p>other</p>") for n in (*page_shell.FEW, page_shell.MANY)})


def test_irregular_contents_are_refused() -> None:
    """A table of contents that is not a plain list cannot be filled, and the message says so."""
    odd = contents(3).replace("EPORTALHEADING1SENTINEL", "second: EPORTALHEADING1SENTINEL")
    with pytest.raises(SetupError, match="plain list"):
        page_shell.cut(
            {n: page(n, odd if n == page_shell.MANY else contents(n)) for n in (*page_shell.FEW, page_shell.MANY)}
        )


def test_squeeze_keeps_what_shows() -> None:
    """White space around line breaks is removed, except inside pre, textarea and script."""
    text = "<p>a</p>\n\n   <pre>x\n\n  y</pre>\n\n<b>c</b>  d\n"
    assert page_shell.squeeze(text) == "<p>a</p>\n<pre>x\n\n  y</pre>\n<b>c</b>  d\n"


def test_headings_get_the_anchors_of_mkdocs() -> None:
    """Anchors match those of Python-Markdown, repeated ones are numbered, and level one is not listed."""
    html, headings = page_shell.content_html("# Top\n\n## What it pays\n\n<p>x</p>\n\n## What it pays\n")
    assert [h.slug for h in headings] == ["what-it-pays", "what-it-pays_1"]
    assert '<h2 id="what-it-pays">What it pays</h2>' in html
