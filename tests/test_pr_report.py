"""What reviewers and data owners see: changed files first, summaries, previews, reminders."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import pytest
from lxml import html

from generator import cli
from generator.model import Origin, Problem, SetupError
from generator.pipeline import Project, build_site
from generator.pr_report import base_revision, freshness, preview, summary
from tests.conftest import TODAY, edit
from tests.pr_report import begin, commit, git

HERE = Problem("E301", "'x' is not in sectors", Origin("data/b.csv", 2, 7), field="sector", hint="did you mean 'y'?")
THERE = Problem("E104", "odd", Origin("data/a.csv", 1, 1), "warning")
HOSTILE = "<img src=x onerror=alert(1)> [a](https://evil.example) ![b](c) @everyone #12 `code` | cell\n# heading"


@pytest.fixture
def repository(small: Path) -> Path:
    """Return the small project as a git repository on its own branch."""
    begin(small)
    return small


# Revisions


def test_files_changed_on_the_branch_are_named(repository: Path) -> None:
    """Committed, uncommitted and new files count; changes on the other branch since then do not."""
    edit(repository / "data/courses.csv", "Health", "Good health")
    commit(repository, "Change a course")
    edit(repository / "data/events.yaml", "Open day", "Open house")
    (repository / "data/new file.yaml").write_text("x: 1\n", encoding="utf-8")
    git(repository, "stash", "--quiet", "--include-untracked")
    git(repository, "switch", "--quiet", "main")
    edit(repository / "data/sources.yaml", "name: ", "name: The ")
    commit(repository, "Change a source")
    git(repository, "switch", "--quiet", "change")
    git(repository, "stash", "pop", "--quiet")
    expected = {"data/courses.csv", "data/events.yaml", "data/new file.yaml"}
    assert base_revision.changed_paths(repository, "main") == expected


@pytest.mark.parametrize("base", ["nonesuch", "--output=/tmp/x", "-x", "a\0b", ""])
def test_an_unknown_revision_is_a_broken_set_up(repository: Path, base: str) -> None:
    """A name that is not a revision stops with a fix, even if it looks like an option."""
    with pytest.raises(SetupError, match="revision"):
        base_revision.changed_paths(repository, base)


def test_a_branch_named_like_an_option_is_a_branch(repository: Path) -> None:
    """A branch name may start with a hyphen: git gets its commit, so nothing is written and the branch is compared."""
    git(repository, "update-ref", "refs/heads/--output=hacked", "main")
    edit(repository / "data/events.yaml", "Open day", "Open house")
    assert base_revision.changed_paths(repository, "--output=hacked") == {"data/events.yaml"}
    base_revision.checkout(repository, "--output=hacked", repository / "former")
    assert (repository / "former/data/events.yaml").exists()
    assert not (repository / "hacked").exists()


def test_a_folder_without_history_says_so(small: Path) -> None:
    """For a project without git history, git's own message is shown."""
    with pytest.raises(SetupError, match="git: not a git repository"):
        base_revision.changed_paths(small, "main")


def test_without_git_the_words_say_so(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without git installed there is a message and no traceback."""
    monkeypatch.setenv("PATH", "")
    with pytest.raises(SetupError, match="not installed"):
        base_revision.changed_paths(repository, "main")


# Annotations


def test_problems_of_changed_files_come_first() -> None:
    """Problems in changed files come first, because the code host shows only ten annotations of a kind."""
    assert summary.changed_first([THERE, HERE], {"data/b.csv"}) == (HERE, THERE)
    assert summary.changed_first([THERE, HERE], set()) == (THERE, HERE)


def test_unknown_revision_is_reported(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The command names the unknown revision and exits with 2."""
    assert repository.exists()
    assert cli.run(["check", "--changed-from", "nonesuch"]) == 2
    said = "eportal: no revision 'nonesuch': name a commit, a branch or a tag\n"
    assert capsys.readouterr().err == said


def test_check_orders_its_annotations(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`eportal check --changed-from` lists a changed file before one that sorts earlier."""
    git(repository, "switch", "--quiet", "main")
    edit(repository / "data/courses.csv", "introductory", "introductry")
    commit(repository, "Break a course on the other branch")
    git(repository, "switch", "--quiet", "--create", "later")
    edit(repository / "data/events.yaml", "2027-02-14", "2/14/2027")
    assert cli.run(["check", "--format", "github", "--changed-from", "main"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert [re.search(r"file=([^,]+)", line)[1] for line in lines] == ["data/events.yaml", "data/courses.csv"]


# Summary


def test_a_summary_says_what_to_do() -> None:
    """A summary has a verdict, a row per problem (changed files first), the list of changes, and links."""
    text = summary.summary([THERE, HERE], {"data/b.csv"}, "- added: X", {"The site": "https://host.example/a"})
    assert "**Not yet: 1 error, 1 warning.**" in text
    rows = [line for line in text.splitlines() if line.startswith("| `data/")]
    assert rows[0].startswith("| `data/b.csv` line 2 | `sector`: ")
    assert rows[1].startswith("| `data/a.csv` line 1 (not changed here) | odd (warning)")
    assert "- added: X" in text
    assert text.rstrip().endswith("- [The site](https://host.example/a)")
    assert "**Ready to publish: no problems.**" in summary.summary([], set(), "", {})
    assert "**Ready to publish: 1 warning.**" in summary.summary([THERE], set(), "", {})
    assert "And 1 more" in summary.summary([HERE] * (summary.MOST + 1), set(), "", {})


def test_text_from_data_stays_text() -> None:
    """Hostile text creates no HTML, link, picture, mention, reference, cell or heading."""
    shown = summary.plain(HOSTILE)
    assert not set("<>[]!|`\n@") & set(shown)
    assert "&#64;&#8203;everyone" in shown
    assert "&#35;&#8203;12" in shown


def test_a_code_span_cannot_be_closed_from_inside() -> None:
    """The fence is longer than any run of backticks in the text."""
    assert summary.code("a") == "`a`"
    assert summary.code("a``b`c\n") == "``` a``b`c ```"


def test_the_command_sums_up_a_change(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`eportal summary` reads the list of changes from a file and reports errors by its exit code."""
    (repository / "list.md").write_text("- changed: Open day\n", encoding="utf-8")
    arguments = ["summary", "main", "--change-list", "list.md", "--link", "Preview=https://host.example/p?a=b"]
    assert cli.run(arguments) == 0
    said = capsys.readouterr().out
    assert "- changed: Open day" in said
    assert "[Preview](https://host.example/p?a=b)" in said
    edit(repository / "data/events.yaml", "2027-02-14", "soon")
    assert cli.run(arguments) == 1
    assert "`data/events.yaml` line 3" in capsys.readouterr().out
    assert cli.run(["summary", "main", "--link", "Preview=javascript:alert(1)"]) == 2
    assert "'Preview=javascript:alert(1)' is not a link; write it like" in capsys.readouterr().err


# Preview


def previewed(project: Path) -> html.HtmlElement:
    """Preview the branch and return the parsed file."""
    assert cli.run(["preview", "main", "-o", "preview.html", "--today", TODAY.isoformat()]) == 0
    return html.fromstring((project / "preview.html").read_bytes())


def test_a_preview_has_only_the_changed_pages(repository: Path) -> None:
    """The preview contains a changed record's page and the index that names it, with their new text."""
    edit(repository / "data/pathways/patient-care.yaml", "name: Patient Care", "name: Care of Patients")
    tree = previewed(repository)
    shown = [section.get("aria-label") for section in tree.iter("section")]
    assert "/pathways/patient-care/" in shown
    assert "/pathways/public-health/" not in shown
    assert "Care of Patients" in tree.text_content()


def test_a_preview_names_new_and_removed_pages(repository: Path) -> None:
    """A new or removed page is listed by its address."""
    git(repository, "switch", "--quiet", "main")
    (repository / "content/former.md").write_text("# Former\n", encoding="utf-8")
    commit(repository, "Add a page")
    git(repository, "switch", "--quiet", "--create", "rename")
    git(repository, "mv", "content/former.md", "content/later.md")
    words = previewed(repository).text_content()
    assert "new: /later/" in words
    assert "removed: /former/" in words


def test_a_preview_of_nothing_says_so(repository: Path) -> None:
    """Without changes the preview says that no page changes."""
    assert "No page changes" in previewed(repository).text_content()


def test_links_of_a_preview_lead_inside_it_or_to_the_site(repository: Path) -> None:
    """A link to a page in the preview leads to it, every other one to the site, and anchors are unique."""
    for page in ("one", "two"):
        target = "two" if page == "one" else "three"
        text = f"# {page}\n\n## Part\n\n[there](../{target}/) [part](#part)\n"
        (repository / f"content/{page}.md").write_text(text, encoding="utf-8")
    tree = previewed(repository)
    ids = [element.get("id") for element in tree.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    links = [link.get("href") for link in tree.findall(".//section//a")]
    assert all(link[1:] in ids for link in links if link.startswith("#"))
    assert "https://golden.example/three/" in links
    assert sum(link.startswith("#") for link in links) == 3


def test_a_preview_is_inert(repository: Path) -> None:
    """Nothing in a preview of contributed pages runs, fetches or sends anything."""
    hostile = "# Bad\n\n<script>alert(1)</script><iframe src='https://evil.example'></iframe>\n\n<style>*{}</style>\n"
    (repository / "content/bad.md").write_text(hostile, encoding="utf-8")
    tree = previewed(repository)
    assert [element.tag for element in tree.iter("script", "iframe", "link", "object", "embed", "form")] == []
    assert len(list(tree.iter("style"))) == 1
    policy = tree.find(".//meta[@http-equiv='Content-Security-Policy']").get("content")
    assert policy.startswith("default-src 'none'; style-src 'unsafe-inline'; img-src data:")


def test_a_preview_names_pages_beyond_the_limit(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A change of every page gives a file that a person can still open."""
    monkeypatch.setattr(preview, "MOST", 1)
    for name in ("one", "two"):
        (repository / f"content/{name}.md").write_text(f"# {name}\n", encoding="utf-8")
    tree = previewed(repository)
    assert len(list(tree.iter("section"))) == 1
    assert "new: /two/ (not shown here)" in tree.text_content()


def test_a_preview_needs_good_data(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Errors are printed instead of a preview, and no file is written."""
    edit(repository / "data/events.yaml", "2027-02-14", "soon")
    assert cli.run(["preview", "main", "-o", "preview.html"]) == 1
    assert "data/events.yaml:3:" in capsys.readouterr().err
    assert not (repository / "preview.html").exists()


def test_a_broken_former_site_counts_as_empty(repository: Path) -> None:
    """If the branch fixes a broken setup, every page is new."""
    git(repository, "switch", "--quiet", "main")
    edit(repository / "data/region.yaml", "timezone: America/Los_Angeles", "timezone: Nowhere")
    commit(repository, "Break the region")
    git(repository, "switch", "--quiet", "--create", "fix")
    edit(repository / "data/region.yaml", "timezone: Nowhere", "timezone: America/Los_Angeles")
    assert "new: /pathways/patient-care/" in previewed(repository).text_content()


def test_a_preview_brings_the_styles_of_the_site(repository: Path) -> None:
    """The preview includes the site's style sheets, and none can end its style element."""
    folder = repository / "overrides/assets/css"
    folder.mkdir(parents=True)
    (folder / "site.css").write_text('@import "tokens.css";', encoding="utf-8")
    (folder / "tokens.css").write_text("p { color: teal }\n/* </style> */", encoding="utf-8")
    (style,) = previewed(repository).iter("style")
    assert "p { color: teal }" in style.text


# Freshness


def due(project: Path, today: date) -> tuple[freshness.Reminder, ...]:
    """Return the reminders for a day."""
    return freshness.reminders(build_site(Project(project), today).catalog, today)


def test_old_facts_are_reported_once_per_dataset(small: Path) -> None:
    """Records that were all checked with their dataset share one reminder; on the day itself nothing is old."""
    assert due(small, date(2027, 11, 1)) == ()
    found = due(small, date(2027, 11, 2))
    assert [(one.dataset, one.record, one.origin.path) for one in found] == [
        ("pathways", "", "data/datapackage.yaml"),
        ("sectors", "", "data/datapackage.yaml"),
    ]
    assert found[0].why == "2 records were last checked on 2026-11-01"


def confirmable(project: Path, **values: str) -> None:
    """Set the date fields of offers and opportunities on the small project's events."""
    schema = project / "data/schemas/events.yaml"
    marks = {
        "last_confirmed_on": "{after_months: 6, words: was last confirmed on}",
        "review_by_on": "{before_days: 30, words: should be reviewed by}",
        "closes_on": "{before_days: 30, words: closes on}",
    }
    fields = "".join(f"  - {{name: {name}, type: date, remind: {mark}}}\n" for name, mark in marks.items())
    edit(schema, "  - {name: ends_on, type: date}\n", f"  - {{name: ends_on, type: date}}\n  - name: owner\n{fields}")
    with (project / "data/events.yaml").open("a", encoding="utf-8") as file:
        file.writelines(f"  {name}: {value}\n" for name, value in values.items())


@pytest.mark.parametrize(
    ("values", "today", "why"),
    [
        ({"last_confirmed_on": "2027-01-10"}, date(2027, 7, 10), ()),
        ({"last_confirmed_on": "2027-01-10"}, date(2027, 7, 11), ("was last confirmed on 2027-01-10",)),
        ({"verified_on": "2026-01-31"}, date(2026, 12, 31), ()),
        ({"verified_on": "2025-02-27"}, date(2026, 3, 1), ("was last checked on 2025-02-27",)),
        ({"closes_on": "2027-03-31"}, date(2027, 2, 28), ()),
        ({"closes_on": "2027-03-31"}, date(2027, 3, 1), ("closes on 2027-03-31",)),
        ({"closes_on": "2027-03-31"}, date(2027, 4, 1), ("closes on 2027-03-31, which has passed",)),
        ({"review_by_on": "2027-03-31"}, date(2027, 3, 31), ("should be reviewed by 2027-03-31",)),
        ({"closes_on": "2027-03-31", "status": "ended"}, date(2027, 4, 1), ()),
    ],
)
def test_reminders_are_due_in_time(small: Path, values, today, why) -> None:
    """A reminder is due for an old confirmation or check, or a date within thirty days, unless the record has ended."""
    confirmable(small, **values)
    assert tuple(one.why for one in due(small, today) if one.record == "open-day") == why


def test_drafts_wait_for_someone_to_confirm_them(small: Path) -> None:
    """A draft is a task of its owner on every day, with its place, because no page shows it."""
    confirmable(small, status="draft", owner="events desk")
    (found,) = due(small, date(2026, 11, 2))
    assert (found.owner, found.dataset, found.record, found.why) == (
        "events desk",
        "events",
        "open-day",
        freshness.DRAFT,
    )
    assert found.origin.path == "data/events.yaml"
    assert "Drafts are not on the site" in freshness.by_owner([found])["events desk"]


def test_each_owner_gets_a_text_of_their_own(small: Path) -> None:
    """A record's owner precedes its dataset's; records without an owner are included; names stay plain text."""
    confirmable(small, closes_on="2027-03-31", owner="'events *desk*'")
    texts = freshness.by_owner(due(small, date(2028, 1, 1)), "https://code.example/golden")
    assert list(texts) == ["events *desk*", "no owner yet"]
    line = "- [ ] Open day closes on 2027-03-31, which has passed "
    link = "([data/events.yaml:5](https://code.example/golden/blob/HEAD/data/events.yaml#L5))"
    assert line + link in texts["events *desk*"]


def test_the_command_prints_and_writes_reminders(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Reminders are Markdown for people, JSON for programs, or a file per issue with its title on the first line."""
    day = ("--today", "2028-01-01")
    confirmable(small, closes_on="2027-03-31", owner="../../events desk")
    assert cli.run(["freshness", *day]) == 0
    assert "# no owner yet\n" in capsys.readouterr().out
    assert cli.run(["freshness", "--format", "json", *day]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert rows[0] | {"origin": ""} == {
        "owner": "../../events desk",
        "dataset": "events",
        "record": "open-day",
        "name": "Open day",
        "why": "closes on 2027-03-31, which has passed",
        "origin": "",
        "path": "data/events.yaml",
        "line": 5,
    }
    assert cli.run(["freshness", "--issues", "out", *day]) == 0
    assert sorted(path.name for path in (small / "out").iterdir()) == ["01.md", "02.md"]
    assert (small / "out/01.md").read_text(encoding="utf-8").splitlines()[0] == "Reconfirm: ../../events desk"


def test_reminders_are_drawn_on_a_terminal(
    small: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A terminal shows a table unless a format is named; square brackets in data are text, not markup."""
    confirmable(small, closes_on="2027-03-31", owner="'events [red]desk[/red]'")
    due = ["freshness", "--today", "2028-01-01"]
    assert cli.run(due) == 0
    plain = capsys.readouterr().out
    monkeypatch.setattr("generator.cli.options.is_terminal", lambda: True)
    monkeypatch.setenv("COLUMNS", "160")
    assert cli.run(due) == 0
    table = capsys.readouterr().out
    assert "│ events [red]desk[/red] │ Open day" in table
    assert "│ data/events.yaml:5:" in table
    assert "- [ ]" not in table
    assert cli.run([*due, "--format", "markdown"]) == 0
    assert capsys.readouterr().out == plain
    assert "- [ ] Open day" in plain
