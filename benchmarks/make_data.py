"""Write a site with N employers in our format and, with the same text and links, in that of every other generator.

python benchmarks/make_data.py N DIR creates DIR/ours, DIR/hugo-md, DIR/hugo-data, DIR/eleventy, DIR/pelican,
DIR/floor, DIR/mkdocs and DIR/zensical. The command `eportal` runs twice: to build two employers' pages,
whose HTML around the article becomes the other generators' layout, and to export the tree for MkDocs and Zensical.
"""

from __future__ import annotations

import argparse
import csv
import html
import json
import os
import re
import shlex
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from ruamel.yaml import YAML

import invent

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
PEERS = HERE / "peers"
DAY = "2026-11-24"
EPORTAL = shlex.split(os.environ.get("BENCH_EPORTAL", str(ROOT / ".venv" / "bin" / "eportal")))
ENVIRONMENT = {**os.environ, "EPORTAL_TODAY": DAY, "SOURCE_DATE_EPOCH": "1795478400", "NO_MKDOCS_2_WARNING": "1"}
TEMPLATES = (".html", ".njk")
SITE = "https://benchmark.example/"
NAV = re.compile(r"^nav:\n(?:[ \t].*\n|\n)+", re.MULTILINE)
SLOT = re.compile(r"\[\[(before|after) (.+?)\]\]\n?")
#: The edit link is at the end of a page's article; the other generators' templates do not include it.
ARTICLE = re.compile(
    r'(?P<before>.*<article [^>]*id="content"[^>]*>\n?).*?(?P<after>(?:<p class="mend">.*?</p>\s*)?</article>.*)',
    re.DOTALL,
)


class Tokens(NamedTuple):
    """How a generator's templates write what differs between pages outside the article."""

    title: str
    description: str
    canonical: str
    #: The address as written in a query.
    quoted: str


QUOTED = SITE.replace(":", "%3A").rstrip("/")
HUGO = Tokens("{{ .Title }}", "{{ .Description }}", "{{ .Permalink }}", QUOTED + "{{ .RelPermalink | safeURL }}")
TOKENS = {
    "hugo-md": HUGO,
    "hugo-data": HUGO,
    "eleventy": Tokens(
        "{{ one.name }}", "{{ one.summary }}", SITE.rstrip("/") + "{{ page.url }}", QUOTED + "{{ page.url }}"
    ),
    "pelican": Tokens(
        "{{ page.title | e }}", "{{ page.description | e }}", "{{ SITEURL }}/{{ page.url }}", QUOTED + "/{{ page.url }}"
    ),
    "floor": Tokens("{{ one.name }}", "{{ one.summary }}", SITE + "{{ url }}", QUOTED + "/{{ url }}"),
    "zensical": Tokens(  # its 404 page has no `page`
        "{% if page %}{{ page.title }}{% endif %}",
        "{% if page and page.meta %}{{ page.meta.description }}{% endif %}",
        "{% if page %}{{ page.canonical_url }}{% endif %}",
        QUOTED + "/{% if page %}{{ page.url }}{% endif %}",
    ),
}

ASSETS = {
    "hugo-md": "static/assets",
    "hugo-data": "static/assets",
    "pelican": "content/assets",
    "zensical": "overrides/assets",
}


def main() -> None:
    """Parse the arguments and write everything."""
    parser = argparse.ArgumentParser(description="Write the same site for every generator.")
    parser.add_argument("count", metavar="N", type=int, help="how many employers")
    parser.add_argument("folder", metavar="DIR", type=Path, help="a folder that does not exist yet")
    options = parser.parse_args()
    make(options.count, options.folder)


def make(count: int, folder: Path) -> None:
    """Write a site with `count` employers for every generator into `folder`."""
    folder.mkdir(parents=True)
    ours(count, folder / "ours")
    exported(folder)
    shell = Shell(built_page())
    for name, tokens in TOKENS.items():
        layouts(name, tokens, shell, folder / name)
    hugo_markdown(count, folder / "hugo-md")
    hugo_data(count, folder / "hugo-data")
    eleventy(count, folder / "eleventy")
    pelican(count, folder / "pelican")
    floor(count, folder / "floor")


# Our format.


def ours(count: int, folder: Path) -> None:
    """Write our project: this repository's tables, schemas, templates and theme."""
    shutil.copytree(PEERS / "ours", folder)
    shutil.copytree(ROOT / "overrides", folder / "overrides")
    nav = "".join(f"  - {section['name']}: {section['id']}/index.md\n" for section in sections())
    settings = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    write(folder / "mkdocs.yml", NAV.sub(f"nav:\n  - Home: index.md\n{nav}", settings))
    for name, title in invent.TITLES.items():
        for kind in ("index", "record"):
            text = (folder / "content" / "section" / f"{kind}.md.j2").read_text(encoding="utf-8")
            write(folder / "content" / name / f"{kind}.md.j2", text.replace("[[title]]", title))
        schema = (folder / "data" / "schemas" / "section.yaml").read_text(encoding="utf-8")
        write(folder / "data" / "schemas" / f"{name}.yaml", schema.replace("[[title]]", title))
        records = (f'- id: {r.id}\n  name: "{r.name}"\n  summary: "{r.summary}"\n' for r in invent.LISTS[name])
        write(folder / "data" / f"{name}.yaml", "\n".join(records))
    shutil.rmtree(folder / "content" / "section")
    (folder / "data" / "schemas" / "section.yaml").unlink()
    tables(count, folder / "data")


def tables(count: int, data: Path) -> None:
    """Write the two large tables."""
    with (data / "employers.csv").open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["id", "name", "summary", "city", "sector", "pathways", "skills", "description"])
        for one in invent.employers(count):
            lists = [";".join(to.id for to in several) for several in (one.pathways, one.skills)]
            prose = "\n\n".join(one.paragraphs)
            out.writerow([one.id, one.name, one.summary, one.city, one.sector.id, *lists, prose])
    with (data / "offers.csv").open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["id", "employer", "name", "activity", "places", "month"])
        for one in invent.employers(count):
            out.writerows((o.id, o.employer, o.name, o.activity.id, o.places, o.month) for o in one.offers)


def exported(folder: Path) -> None:
    """Write the tree for MkDocs without our plugin and for Zensical: Markdown from `eportal export`.

    Zensical cannot read our theme, because its templates have no Python methods, so it gets the shell like the others.
    """
    eportal("export", str((folder / "mkdocs").resolve()), cwd=folder / "ours")
    shutil.copytree(folder / "mkdocs", folder / "zensical")
    shutil.rmtree(folder / "zensical" / "overrides")
    yaml = YAML()  # keeps the names of functions that Markdown extensions are set up with
    settings = yaml.load(folder / "mkdocs" / "mkdocs.yml")
    settings["plugins"] = ["search"]
    yaml.dump(settings, folder / "mkdocs" / "mkdocs.yml")


def eportal(*arguments: str, cwd: Path) -> None:
    """Run our command line; its output is shown only if it fails."""
    if not shutil.which(EPORTAL[0]):
        raise SystemExit(f"{EPORTAL[0]}: there is no such command; run `make site`, or set BENCH_EPORTAL")
    done = subprocess.run([*EPORTAL, *arguments], cwd=cwd, env=ENVIRONMENT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{' '.join(EPORTAL)} {' '.join(arguments)} failed:\n{done.stdout}{done.stderr}")


# The other generators' layout: the HTML around the article of a page that we built.


def built_page() -> str:
    """Build two employers and return the page of the first."""
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder) / "ours"
        ours(2, project)
        eportal("build", cwd=project)
        return (project / "site" / "employers" / "employer-000001" / "index.html").read_text(encoding="utf-8")


class Shell:
    """The HTML around an article, for pages at any depth."""

    def __init__(self, page: str) -> None:
        """Split the page of the first employer."""
        found = ARTICLE.fullmatch(page)
        if not found:
            raise SystemExit('the built page has no <article id="content">')
        one = next(invent.employers(1))
        self.before, self.after = found["before"], found["after"]
        self.own = Tokens(one.name, one.summary, f"{SITE}employers/{one.id}/", f"{QUOTED}/employers/{one.id}/")
        missing = [value for value in self.own if value not in self.before + self.after]
        if missing:
            raise SystemExit(f"the built page's head has no {missing[0]!r}")
        if re.search(r"\{\{|\{%|\{#|\[\[", self.before + self.after):
            raise SystemExit("the built page holds marks of a template language")

    def part(self, which: str, root: str, tokens: Tokens) -> str:
        """Return the part before or after the article, with a generator's tokens, for pages `root` away from home."""
        text = self.before if which == "before" else self.after
        pairs = zip(self.own, tokens, strict=True)
        for value, token in sorted(pairs, key=lambda pair: -len(pair[0])):  # the description contains the title
            text = text.replace(value, token)
        text = re.sub(r'"\.\./"', f'"{root}employers/"', text)
        text = re.sub(r'"\.\./\.\."', f'"{root.rstrip("/")}"', text)
        return text.replace('"../../', f'"{root}')


def layouts(name: str, tokens: Tokens, shell: Shell, folder: Path) -> None:
    """Copy a generator's files, put the shell into its layouts, and add our style sheets and scripts."""
    kinds = ["hugo", name] if tokens is HUGO else [name]
    for kind in kinds:
        shutil.copytree(PEERS / kind, folder, dirs_exist_ok=True)
    for path in folder.rglob("*"):
        if path.suffix in TEMPLATES:
            text = path.read_text(encoding="utf-8")
            write(path, SLOT.sub(lambda found: shell.part(found[1], found[2], tokens), text))
    place = ASSETS.get(name, "assets")
    shutil.copytree(ROOT / "overrides" / "assets", folder / place)


# The other generators' content.


def hugo_markdown(count: int, folder: Path) -> None:
    """Write one Markdown file with front matter for each page."""
    hugo_lists(folder / "content")
    for one in invent.employers(count):
        path = folder / "content" / "employers" / f"{one.id}.md"
        write(path, f"{front(title=one.name, description=one.summary)}{markdown(one)}")


def hugo_data(count: int, folder: Path) -> None:
    """Write one JSON file, from which a content adapter creates the pages."""
    hugo_lists(folder / "content")
    write_json(folder / "data" / "employers.json", [as_json(one) for one in invent.employers(count)])


def hugo_lists(content: Path) -> None:
    """Write the short lists and the index pages, which both Hugo variants have in common."""
    write(content / "_index.md", front(title="Home", description="Where it begins."))
    for section in sections():
        write(content / section["id"] / "_index.md", front(title=section["name"], description=section["summary"]))
    for one in records():
        write(content / one["section"] / f"{one['id']}.md", front(title=one["name"], description=one["summary"]))


def eleventy(count: int, folder: Path) -> None:
    """Write three JSON files with prose as Markdown."""
    write_json(folder / "_data" / "employers.json", [as_json(one) for one in invent.employers(count)])
    write_json(folder / "_data" / "records.json", list(records()))
    write_json(folder / "_data" / "sections.json", list(sections()))


def floor(count: int, folder: Path) -> None:
    """Write three JSON files with prose as HTML."""
    converted = [as_json(one) | {"html": paragraphs(one)} for one in invent.employers(count)]
    write_json(folder / "employers.json", converted)
    write_json(folder / "records.json", list(records()))
    write_json(folder / "sections.json", list(sections()))


def pelican(count: int, folder: Path) -> None:
    """Write one Markdown file with Pelican's metadata for each page."""

    def page(url: str, template: str, body: str, **meta: str) -> None:
        meta |= {"url": url, "save_as": f"{url}index.html", "slug": url.strip("/").replace("/", "-") or "home"}
        head = "".join(f"{key}: {value}\n" for key, value in {**meta, "template": template}.items())
        write(folder / "content" / "pages" / f"{meta['slug']}.md", f"{head}\n{body}\n")

    links = "\n".join(f"- [{s['name']}](./{s['id']}/)" for s in sections())
    page("", "home", links, title="Home", description="Where it begins.", section="home")
    for s in sections():
        page(f"{s['id']}/", "section", "", title=s["name"], description=s["summary"], list=s["id"], section="lists")
    for r in records():
        url = f"{r['section']}/{r['id']}/"
        page(url, "page", r["summary"], title=r["name"], description=r["summary"], section=r["section"])
    for one in invent.employers(count):
        url = f"employers/{one.id}/"
        page(url, "employer", markdown(one), title=one.name, description=one.summary, section="employers")


def sections() -> Iterator[dict[str, Any]]:
    """Yield the index pages: their titles, and the records of the short lists."""
    yield {"id": "employers", "name": "Employers", "summary": "All employers.", "records": []}
    for name, title in invent.TITLES.items():
        listed = [one._asdict() for one in invent.LISTS[name]]
        yield {"id": name, "name": title, "summary": f"{title} of the sample.", "records": listed}


def records() -> Iterator[dict[str, str]]:
    """Yield the records of the short lists."""
    for name, listed in invent.LISTS.items():
        for one in listed:
            yield {"section": name, **one._asdict()}


def as_json(one: invent.Employer) -> dict[str, Any]:
    """Return an employer for data-driven generators, with links in its prose relative to its page."""

    def named(to: invent.Named) -> dict[str, str]:
        return {"id": to.id, "name": to.name}

    return {
        "id": one.id,
        "name": one.name,
        "summary": one.summary,
        "city": one.city,
        "sector": named(one.sector),
        "pathways": [named(to) for to in one.pathways],
        "skills": [named(to) for to in one.skills],
        "description": prose(one),
        "offers": [
            {"name": o.name, "activity": named(o.activity), "places": o.places, "month": o.month} for o in one.offers
        ],
    }


def prose(one: invent.Employer) -> str:
    """Return an employer's prose as Markdown with relative links."""
    return "\n\n".join(one.paragraphs).replace("](/", "](../../")


def paragraphs(one: invent.Employer) -> str:
    """Return an employer's prose as HTML."""
    text = re.sub(r"\[(.*?)\]\((.*?)\)", r'<a href="\2">\1</a>', html.escape(prose(one), quote=False))
    text = re.sub(r"\*\*(.*?)\*\*", r"<strong>\1</strong>", text)
    return "\n".join(f"<p>{part}</p>" for part in text.split("\n\n"))


def markdown(one: invent.Employer) -> str:
    """Return an employer's article below its heading, written as Markdown by hand."""

    def link(section: str, to: invent.Named) -> str:
        return f"[{to.name}](../../{section}/{to.id}/)"

    rows = (f"| {o.name} | {link('activities', o.activity)} | {o.places} | {o.month} |" for o in one.offers)
    return "\n".join(
        [
            prose(one),
            "\n## At a glance\n",
            f"- City {one.city}",
            f"- Sector {link('sectors', one.sector)}",
            f"- Pathways {', '.join(link('pathways', to) for to in one.pathways)}",
            f"- Skills {', '.join(link('skills', to) for to in one.skills)}",
            "\n## Offers\n",
            "| Offer | Activity | Places | Month |",
            "| --- | --- | ---: | --- |",
            *rows,
            "",
        ]
    )


def front(**meta: str) -> str:
    """Return front matter."""
    return "---\n" + "".join(f"{key}: {json.dumps(value)}\n" for key, value in meta.items()) + "---\n\n"


def write_json(path: Path, value: Sequence[Mapping[str, Any]]) -> None:
    """Write a JSON file."""
    write(path, json.dumps(value, ensure_ascii=False))


def write(path: Path, text: str) -> None:
    """Write a file and create its parent folders."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
