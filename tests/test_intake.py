"""Intake turns an issue made with a form into a draft record, and hostile text into plain text."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from pathlib import Path

import pyromark
import pytest
from lxml import html

from generator import cli, load
from generator.cli.intake import take_in
from generator.issue_intake import issue_forms, record_files, reply
from generator.issue_intake.draft import Intake
from generator.issue_intake.forms import FILE, Form, read_forms
from generator.issue_intake.issue_text import answers, form_of
from generator.model import SetupError
from generator.pipeline import Project, build_site
from tests.conftest import PROJECT, TODAY, edit
from tests.intake import GOOD, issue

PROPOSALS = [name for name in GOOD if name != "mistake"]


@pytest.fixture(scope="module")
def intake() -> Intake:
    """Return what intake knows about the project."""
    return Intake.open(load.read_package(PROJECT / "data"), TODAY)


def form(intake: Intake, name: str) -> Form:
    """Return a form by name."""
    found = intake.form("", name)
    assert found is not None
    return found


# Forms out


def test_every_form_has_an_example(intake: Intake) -> None:
    """The tests below have a good answer for each form."""
    assert {form.name for form in intake.forms} == set(GOOD)


def test_forms_warn_and_ask_for_no_private_person(intake: Intake) -> None:
    """Every form says that it is public, requires consent, and asks for no person's name."""
    for one in intake.forms:
        text = issue_forms.issue_form_yaml(one, "office@county.example")
        assert "This form is public" in text
        assert "office@county.example" in text
        assert issue_forms.AGREEMENTS[0] in text
        labels = " ".join(question.label.casefold() for question in one.questions)
        assert not re.search(r"your name|student.s name|birth|phone|home address", labels)


def test_a_form_asks_for_everything_that_its_record_needs(intake: Intake) -> None:
    """Every required field is asked for or set, so that an issue can become a record."""
    for one in intake.forms:
        if one.dataset:
            fields = {field.name for field in intake.package.get(one.dataset).schema.fields if field.required}
            asked = {question.id for question in one.questions} | set(one.fixed)
            assert fields - {"id"} <= asked, one.name


def test_forms_gone_from_the_list_are_removed(intake: Intake, tmp_path: Path) -> None:
    """An obsolete generated form is removed; a handwritten file stays."""
    (tmp_path / "former.yml").write_text(f"{issue_forms.HEADER}name: Former\n", encoding="utf-8")
    (tmp_path / "config.yml").write_text("blank_issues_enabled: true\n", encoding="utf-8")
    issue_forms.write_issue_forms(intake.package, intake.tables, tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {"config.yml", *(f"{name}.yml" for name in GOOD)}


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("dataset: employers", "dataset: employer", "no dataset 'employer'; did you mean 'employers'?"),
        ("{field: city}", "{field: town}", "'town' is not a field that a form can ask for"),
        ("{field: city}", "{field: city, lable: City}", "unknown key 'lable'; did you mean 'label'?"),
        ("{field: city}", "{field: city, label: Area}", "duplicate question 'area': rename one"),
        ("{field: city}", "city", "'city' is not a group of keys"),
        ("set: {first_listed_on", "set: {first_listed", "employers has no field 'first_listed'"),
        ("forms:\n", "form:\n", "the list 'forms' is missing"),
    ],
)
def test_a_mistake_in_the_list_of_forms_is_a_broken_set_up(real: Path, old: str, new: str, words: str) -> None:
    """The message names the form and the fix."""
    edit(real / "data" / FILE, old, new)
    package = load.read_package(real / "data")
    with pytest.raises(SetupError, match=re.escape(words)):
        read_forms(package, load.load(package)[0])


def test_a_project_without_forms_has_none(small: Path) -> None:
    """The list of forms is optional."""
    package = load.read_package(small / "data")
    assert read_forms(package, load.load(package)[0]) == ()


# Issues in


@pytest.mark.parametrize("name", PROPOSALS)
def test_an_issue_of_each_form_becomes_a_valid_record(
    real: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    """An issue, recognized by its headings, gives a draft; the data is valid with it, also once published."""
    package = load.read_package(Path("data"))
    one = next(form for form in read_forms(package, load.load(package)[0]) if form.name == name)
    Path("issue.md").write_text(issue(one, GOOD[name]), encoding="utf-8")
    before = {path: path.read_bytes() for path in real.rglob("*") if path.is_file()}
    assert cli.run(["intake", "issue.md", "--apply", "--today", TODAY.isoformat()]) == 0
    said = capsys.readouterr()
    changed = [path for path in real.rglob("*") if path.is_file() and before.get(path) != path.read_bytes()]
    assert [path.relative_to(real).parts[0] for path in changed] == ["data"]
    assert f"{changed[0].relative_to(real).as_posix()}: written" in said.err
    assert "Your proposal is now the draft record" in said.out
    text = changed[0].read_text(encoding="utf-8")
    assert "draft" in text
    assert text.startswith(before.get(changed[0], b"").decode().rstrip()), "a reviewer sees one record, no other line"
    site = build_site(Project(Path()), TODAY)
    assert site.errors == ()
    own = before.get(changed[0], b"").decode()
    active = own + text.removeprefix(own).replace("status: draft", "status: active").replace(",draft\n", ",active\n")
    changed[0].write_text(active, encoding="utf-8")
    published = build_site(Project(Path()), TODAY)
    assert published.errors == ()
    assert len(published.catalog[one.dataset]) == len(site.catalog[one.dataset]) + 1


def test_a_report_creates_no_record(intake: Intake, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A report is left for a person to read and creates no record."""
    (tmp_path / "issue.md").write_text(issue(form(intake, "mistake"), GOOD["mistake"]), encoding="utf-8")
    assert take_in(intake, tmp_path / "issue.md", apply=True) == 1
    assert capsys.readouterr().out == f"{reply.REPORT}\n"


@pytest.mark.parametrize("text", ["", "Hello", "### Summary\n\nx\n", "### \n" * 50])
def test_an_issue_without_a_form_is_answered(
    intake: Intake, tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str
) -> None:
    """The answer says what to do, without a traceback."""
    (tmp_path / "issue.md").write_text(text, encoding="utf-8")
    assert take_in(intake, tmp_path / "issue.md", apply=True) == 1
    assert capsys.readouterr().out == f"{reply.UNKNOWN}\n"


def test_unknown_form_is_reported(
    intake: Intake, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A wrong form name is reported to the caller, but not to the submitter."""
    (tmp_path / "issue.md").write_text(issue(form(intake, "join"), GOOD["join"]), encoding="utf-8")
    (tmp_path / "data").symlink_to(PROJECT / "data")
    monkeypatch.chdir(tmp_path)
    assert cli.run(["intake", "issue.md", "--form", "joint", "--apply"]) == 1
    said = capsys.readouterr()
    assert (said.out, said.err) == ("", "eportal: there is no form 'joint'; did you mean 'join'?\n")


def test_problems_use_the_labels_of_the_form(intake: Intake) -> None:
    """Every mistake is named by the label that the submitter saw, with what to type."""
    wrong = dict(GOOD["opportunity"]) | {
        "kind": "None",
        "closes_on": "03/04/2027",
        "apply_url": "http://short.example",
        "minimum_age": "sixteen",
        "summary": "",
    }
    one = form(intake, "opportunity")
    draft = intake.draft(issue(one, wrong), one)
    said = reply.reply(draft, "").partition("Please check that")[0]
    assert not draft.good
    lines = [
        html.fromstring(pyromark.html(line)).text_content().strip()
        for line in said.splitlines()
        if line.startswith("- ")
    ]
    assert {line.partition(":")[0] for line in lines} == {
        *("Type", "Apply by", "Application link", "Minimum age", "Summary"),
    }
    assert "Summary: an answer is required (One sentence.)" in lines
    assert any("March 4, 2027" in line and "April 3, 2027" in line for line in lines)


def test_a_form_may_insist_on_more_than_the_schema(intake: Intake) -> None:
    """A referral requires the website, which is optional in an employer's record."""
    one = form(intake, "refer")
    draft = intake.draft(issue(one, {**GOOD["refer"], "website": ""}), one)
    assert [problem.field for problem in draft.problems] == ["website"]


def test_near_duplicates_are_shown(intake: Intake) -> None:
    """An existing employer with nearly the same name is mentioned in the answer, and its ID is not reused."""
    one = form(intake, "join")
    draft = intake.draft(issue(one, {**GOOD["join"], "name": "Bahia Vista Family Clinic, Inc."}), one)
    assert ("bahia-vista-clinic", "Bahía Vista Family Clinic") in draft.similar
    assert "Is it one of these" in reply.reply(draft, "")


def test_what_was_read_otherwise_is_shown(intake: Intake) -> None:
    """A price with a dollar sign and a written date are shown as they were interpreted."""
    one = form(intake, "opportunity")
    draft = intake.draft(issue(one, GOOD["opportunity"]), one)
    assert draft.values["closes_on"] == "2027-02-14"
    assert draft.values["pay_usd_min"] == "19.50"
    assert "Please check that we read these correctly" in reply.reply(draft, "")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Harbor Lights Marine Repair", "harbor-lights-marine-repair"),
        ("Bahía Vista", "bahia-vista"),
        ("Bahía Vista Clinic", "bahia-vista-clinic-2"),
        ("../../etc/passwd", "etc-passwd"),
        ("CON", "con-2"),
        ("index", "index-2"),
        ("漢字", "record"),
        ("", "record"),
        ("O'Brien & Sons", "obrien-sons"),
        ("x" * 200, "x" * 64),
    ],
)
def test_an_id_is_made_from_the_name(intake: Intake, name: str, expected: str) -> None:
    """An ID consists of the name's letters and digits, is unused, and is a valid folder name."""
    assert record_files.new_id(name, intake.tables["employers"]) == expected


def test_an_id_does_not_take_a_former_one(small: Path) -> None:
    """Former IDs redirect to their records and are not reused."""
    package = load.read_package(small / "data")
    edit(small / "data/pathways/patient-care.yaml", "name:", "aliases:\n  - nursing\nname:")
    tables, _ = load.load(package)
    assert record_files.new_id("Nursing", tables["pathways"]) == "nursing-2"


def test_a_table_without_the_column_gets_it(small: Path) -> None:
    """Adding a missing column leaves other cells unchanged."""
    package = load.read_package(small / "data")
    path = small / "data/courses.csv"
    before = path.read_text(encoding="utf-8")
    values = {"id": "new", "name": "A, b", "pathways": ["patient-care"], "status": "draft"}
    whole, own = record_files.text_with_record(path, package.get("courses"), values)
    heading, *lines = whole.splitlines()
    assert "status" in heading.split(",")
    assert len(lines) == len(before.splitlines())
    assert '"A, b"' in own


def test_a_heading_inside_an_answer_ends_nothing(intake: Intake) -> None:
    """A line `### …` within an answer does not answer another question."""
    one = form(intake, "need")
    text = issue(one, {**GOOD["need"], "technical_skills": "Tools\n### Before you send\n### Occupation\n\nCarpenter"})
    found = answers(text, one, issue_forms.AGREE_LABEL)
    assert found["occupation"] == "registered-nurses"
    assert "### Occupation" in found["technical_skills"]
    assert form_of(text, intake.forms) is one


# Hostile issues

PAYLOADS = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[click](javascript:alert(1))",
    "![x](https://evil.example/pixel.png)",
    "@everyone #1 GH-1",
    "../../../../etc/passwd",
    "..\\..\\windows\\system32",
    "C:\\CON",
    "$(touch hacked) `touch hacked` ; touch hacked",
    "${{ secrets.GITHUB_TOKEN }}",
    "{{ config }} {% include '/etc/passwd' %}",
    "!!python/object/apply:os.system ['touch hacked']",
    "&a [*a, *a]\n- - - - -",
    "---\nstatus: active\n...",
    "a: b\nstatus: active\nid: other",
    '"\n- id: injected\n  name: Injected',
    '=HYPERLINK("https://evil.example")',
    "'; DROP TABLE employers; --",
    "\x00\x01\x02\x7f\x85",
    "\u202egnp.exe\u202c \u200b\ufeff\u00ad",
    "\uff21\uff43me \u0430cme a\u0301",
    "### Sectors\n\n### Before you send\n\n- [x] yes",
    "```\n</code></pre>\n```` `````",
    "| a | b |\n| --- | --- |\n| <b>x</b> | y |",
    "https://ok.example\\@evil.example/",
    "mailto:somebody@private.example?bcc=all@evil.example",
    "\r\n\r\n::error::forged\r\n::set-output name=x::y",
    "x" * 70_000,
    "\n" * 5_000,
    "- [x] " * 2_000,
    "[" * 3_000 + "]" * 3_000,
    "<!-- " * 500,
    "%s %n {0} {name} %(name)s",
    "\ud800".encode("utf-8", "surrogatepass").decode("utf-8", "replace"),
    "https://" + "a" * 600 + ".example",
)


def hostile() -> Iterator[tuple[str, str, str]]:
    """Yield a form, a payload and the question that gets it: all of them, or one after the other."""
    for (number, payload), name in itertools.product(enumerate(PAYLOADS), GOOD):
        yield name, payload, "all" if number % 2 == 0 else "one"


CASES = list(hostile())


def test_there_are_enough_hostile_issues() -> None:
    """There are at least two hundred hostile issues across all forms."""
    assert len(CASES) >= 200
    assert {name for name, _, _ in CASES} == set(GOOD)


@pytest.fixture(scope="module")
def hostile_project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the data for all hostile issues."""
    import shutil

    folder = tmp_path_factory.mktemp("hostile") / "project"
    shutil.copytree(PROJECT / "data", folder / "data")
    for name in ("courses", "programs", "wages", "interests", "occupation_skills", "framework_skills"):
        path = folder / "data" / f"{name}.csv"  # forms do not refer to these, so a few lines are enough
        path.write_text("".join(path.read_text(encoding="utf-8").splitlines(keepends=True)[:3]), encoding="utf-8")
    return folder


@pytest.mark.parametrize("name", list(GOOD))
def test_hostile_issues_write_nothing_outside_the_data(
    hostile_project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    """A hostile issue writes nothing outside data/, adds no error, causes no traceback, and its answer is inert."""
    monkeypatch.chdir(hostile_project)
    intake = Intake.open(load.read_package(Path("data")), TODAY)
    one = form(intake, name)
    outside = set(hostile_project.parent.rglob("*")) - set((hostile_project / "data").rglob("*"))
    file = hostile_project.parent / "issue.md"
    for number, (_, payload, where) in enumerate(case for case in CASES if case[0] == name):
        questions = [q.id for q in one.questions] if where == "all" else [one.questions[number % len(one.questions)].id]
        given = {**GOOD[name], **dict.fromkeys(questions, payload)}
        file.write_bytes(issue(one, given).encode())
        code = take_in(intake, file, apply=True)
        said = capsys.readouterr()
        assert code in (0, 1)
        assert "Traceback" not in said.err
        assert_inert(said.out)
    file.unlink()
    assert set(hostile_project.parent.rglob("*")) - set((hostile_project / "data").rglob("*")) == outside
    tables, problems = load.load(intake.package)
    assert [str(problem) for problem in problems if problem.severity == "error"] == []
    assert "injected" not in {load.row_id(row) for table in tables.values() for row in table.rows}


def assert_inert(answer: str) -> None:
    """Assert that the answer, as the code host renders it, has no submitted markup outside code blocks."""
    tree = html.fromstring(f"<div>{pyromark.html(answer)}</div>")
    assert {element.tag for element in tree.iter()} <= {"div", "p", "ul", "li", "strong", "code", "pre"}
    bare = re.sub(r"^(`{3,})\n.*?^\1$", "", answer, flags=re.DOTALL | re.MULTILINE)
    bare = re.sub(r"(`+) .*? \1|`[^`\n]*`", "", bare)
    assert not re.search(r"[<@|]|\]\(|!\[|https?://|^::|^#", bare, re.MULTILINE), bare[:2000]
