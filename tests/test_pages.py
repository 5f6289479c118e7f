"""Planning pages: which pages there are, at which address, and which addresses are refused."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from generator import pages
from generator.model import Page, SetupError, Site
from tests.conftest import edit


@pytest.fixture(autouse=True)
def _plain_pathways(request: pytest.FixtureRequest) -> None:
    """Remove the two pathways' aliases and translations, so that tests can set their own."""
    project: Path = request.getfixturevalue("small")
    for record_id in ("patient-care", "public-health"):
        write(project, record_id)


def write(project: Path, record_id: str, *lines: str) -> None:
    """Write a pathway with the minimum of fields and some extra lines."""
    text = [
        f"id: {record_id}",
        f"name: {record_id.title()}",
        "sector: health-science",
        "summary: One sentence.",
        *lines,
    ]
    (project / "data" / "pathways" / f"{record_id}.yaml").write_text("\n".join(text) + "\n", encoding="utf-8")


def by_uri(site: Site) -> dict[str, Page]:
    """Return a site's pages by their path."""
    return {page.uri: page for page in site.pages}


def add_language(project: Path) -> None:
    """Add Spanish to the small project."""
    edit(project / "data" / "region.yaml", "languages: [en]", "languages: [en, es]")


@pytest.mark.usefixtures("small")
def test_plan_is_templates_times_records(check: Callable[..., Site]) -> None:
    """A template gives one page, a record template one for each record, in a stable order."""
    planned = by_uri(check())
    assert list(planned) == [
        "index.md",
        "pathways/index.md",
        "pathways/patient-care.md",
        "pathways/public-health.md",
    ]
    assert planned["pathways/index.md"].record is None
    assert planned["pathways/index.md"].dataset == "pathways"
    assert planned["index.md"].dataset == ""
    record = planned["pathways/patient-care.md"].record
    assert record is not None
    assert record.id == "patient-care"
    assert planned["pathways/patient-care.md"].origin.path == "data/pathways/patient-care.yaml"


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize(
    ("uri", "url", "root"),
    [
        ("index.md", "", "./"),
        ("about.md", "about/", "../"),
        ("pathways/index.md", "pathways/", "../"),
        ("pathways/patient-care.md", "pathways/patient-care/", "../../"),
        ("es/index.md", "es/", "../"),
    ],
)
def test_addresses_of_a_page(check: Callable[..., Site], uri: str, url: str, root: str) -> None:
    """A page's address is a folder, and it knows its path to the root."""
    page = Page(uri=uri, language="en", template=uri, origin=check().pages[0].origin)
    assert (page.url, page.root) == (url, root)


def test_partials_and_hidden_files_are_not_pages(small: Path, check: Callable[..., Site]) -> None:
    """Files that start with an underscore or a dot are not pages and not published."""
    for name in ("_partials/part.md.j2", "_draft.md", ".hidden.md", "_partials/picture.svg"):
        (small / "content" / name).parent.mkdir(exist_ok=True)
        (small / "content" / name).write_text("never shown", encoding="utf-8")
    (small / "content" / "picture.svg").write_text("<svg/>", encoding="utf-8")
    assert len(check().pages) == 4
    assert pages.assets(small / "content") == ["picture.svg"]


def test_record_template_needs_its_dataset(small: Path, check: Callable[..., Site]) -> None:
    """A template for records that do not exist is a broken setup, reported with its path."""
    (small / "content" / "unicorns").mkdir()
    (small / "content" / "unicorns" / "record.md.j2").write_text("{{ record.name }}", encoding="utf-8")
    with pytest.raises(SetupError, match=r"content/unicorns/record\.md\.j2: there is no dataset 'unicorns'"):
        check()


def test_part_template_adds_a_page_for_each_record(small: Path, check: Callable[..., Site]) -> None:
    """`record.rules.md.j2` gives a page <id>/rules/ in each language, also redirected from a record's former IDs."""
    add_language(small)
    write(small, "patient-care", "aliases: [nursing]")
    (small / "content" / "pathways" / "record.rules.md.j2").write_text("{{ record.name }}", encoding="utf-8")
    site = check()
    found = {page.url: (page.part, page.record_id) for page in site.pages if page.part}
    ids = ("patient-care", "public-health")
    assert found == {f"{to}pathways/{one}/rules/": ("rules", one) for to in ("", "es/") for one in ids}
    assert site.redirects["pathways/nursing/rules/"] == "pathways/patient-care/rules/"
    assert site.redirects["es/pathways/nursing/rules/"] == "es/pathways/patient-care/rules/"


def test_part_named_after_a_dataset_is_for_those_it_refers_to(small: Path, check: Callable[..., Site]) -> None:
    """`sectors/record.pathways.md.j2` gives no page for a sector without a pathway."""
    (small / "content" / "sectors").mkdir()
    for name in ("record.md.j2", "record.pathways.md.j2"):
        (small / "content" / "sectors" / name).write_text("{{ record.name }}", encoding="utf-8")
    planned = [page for page in check().pages if page.dataset == "sectors"]
    own, further = ({page.record_id for page in planned if page.part == part} for part in ("", "pathways"))
    assert further == {"health-science"} < own


def test_two_pages_of_one_address_are_a_problem(small: Path, check: Callable[..., Site]) -> None:
    """Two pages with the same address, ignoring case, are a problem, because MkDocs would silently drop one."""
    (small / "content" / "pathways" / "Patient-Care.md").write_text("# Mine\n", encoding="utf-8")
    (problem,) = check().errors
    assert problem.code == "E406"
    assert "data/pathways/patient-care.yaml" in str(problem)
    assert "content/pathways/Patient-Care.md" in str(problem)


def test_page_and_folder_of_one_name_collide(small: Path, check: Callable[..., Site]) -> None:
    """`pathways.md` and `pathways/index.md` have the same address and collide."""
    (small / "content" / "pathways.md").write_text("# Mine\n", encoding="utf-8")
    assert [problem.code for problem in check().errors] == ["E406"]


def test_second_language_has_the_same_pages(small: Path, check: Callable[..., Site]) -> None:
    """Every page has a twin in the second language's folder, marked if it is not translated."""
    add_language(small)
    planned = by_uri(check())
    english = [uri for uri in planned if not uri.startswith("es/")]
    assert [uri for uri in planned if uri.startswith("es/")] == [f"es/{uri}" for uri in english]
    assert not planned["es/index.md"].translated
    assert planned["es/index.md"].template == "index.md"
    assert planned["es/pathways/index.md"].translated
    assert not planned["es/pathways/patient-care.md"].translated
    assert planned["pathways/patient-care.md"].translated


def test_hand_written_twin_is_used(small: Path, check: Callable[..., Site]) -> None:
    """A page in es/ replaces the English one and is planned once."""
    add_language(small)
    (small / "content" / "es").mkdir()
    (small / "content" / "es" / "index.md").write_text("# Inicio\n", encoding="utf-8")
    planned = by_uri(check())
    assert planned["es/index.md"].template == "es/index.md"
    assert planned["es/index.md"].translated
    assert "es/es/index.md" not in planned
    assert len(planned) == 8


def test_record_with_all_translations_is_translated(small: Path, check: Callable[..., Site]) -> None:
    """A record counts as translated if all its translatable texts exist in the language."""
    add_language(small)
    write(small, "patient-care", "name_es: Cuidado", "summary_es: Una frase.")
    write(small, "public-health", "name_es: Salud")
    planned = by_uri(check())
    assert planned["es/pathways/patient-care.md"].translated
    assert not planned["es/pathways/public-health.md"].translated


def test_alias_redirects_to_the_record(small: Path, check: Callable[..., Site]) -> None:
    """A former ID redirects to the record in every language."""
    add_language(small)
    write(small, "patient-care", "aliases: [nursing]")
    assert check().redirects == {
        "pathways/nursing/": "pathways/patient-care/",
        "es/pathways/nursing/": "es/pathways/patient-care/",
    }


def test_alias_of_a_record_without_page_redirects_nowhere(small: Path, check: Callable[..., Site]) -> None:
    """A former ID of a record without a page, such as a sector of the small project, does not redirect."""
    edit(small / "data" / "sectors.yaml", "  code: HLT", "  code: HLT\n  aliases: [health]")
    site = check()
    assert site.errors == ()
    assert site.redirects == {}


def test_alias_must_not_be_an_id(small: Path, check: Callable[..., Site]) -> None:
    """An alias that is another record's ID is a problem at the alias and names that record."""
    write(small, "patient-care", "aliases: [public-health]")
    (problem,) = check().errors
    assert problem.code == "E404"
    assert problem.origin.path == "data/pathways/patient-care.yaml"
    assert "data/pathways/public-health.yaml" in str(problem)


def test_two_records_must_not_share_an_alias(small: Path, check: Callable[..., Site]) -> None:
    """Two records cannot have the same alias, ignoring case."""
    write(small, "patient-care", "aliases: [care]")
    write(small, "public-health", "aliases: [care]")
    (problem,) = check().errors
    assert problem.code == "E404"
    assert problem.record == "public-health"


def test_symbolic_links_are_refused(small: Path, check: Callable[..., Site]) -> None:
    """A symbolic link in content/ is refused, because it could publish a file from elsewhere."""
    (small / "content" / "secret.md").symlink_to("/etc/hostname")
    assert [(p.code, p.origin.path) for p in check().errors] == [("E116", "content/secret.md")]


def test_a_part_no_longer_made_leads_to_its_record(small: Path, check: Callable[..., Site]) -> None:
    """An additional page that was published once and is gone redirects to the record, in one step."""
    manifest = "/pathways/patient-care/figures/\n/pathways/no-such-record/figures/\n/pathways/\n"
    (small / "data" / "addresses.txt").write_text(manifest, encoding="utf-8")
    site = check()
    assert site.redirects["pathways/patient-care/figures/"] == "pathways/patient-care/"
    assert "pathways/no-such-record/figures/" not in site.redirects
    assert [p.value or p.message for p in site.problems if p.code == "E407"]


def test_addresses_are_pages_and_redirects(small: Path, check: Callable[..., Site]) -> None:
    """The list of addresses is sorted and includes each page and each former address."""
    write(small, "patient-care", "aliases: [nursing]")
    site = check()
    assert pages.addresses(site.pages, site.redirects) == [
        "/",
        "/pathways/",
        "/pathways/nursing/",
        "/pathways/patient-care/",
        "/pathways/public-health/",
    ]
