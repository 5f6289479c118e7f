"""The command line: what each command prints, and the exit codes that other programs rely on."""

from __future__ import annotations

import errno
import json
import os
import pty
import re
import shutil
import socket
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import click
import pytest

from generator import __version__, cli, load
from generator.cli.group import COMMANDS as COMMAND_LIST
from tests.command_line import commands, parse
from tests.conftest import GOLDEN, PROJECT, ROOT, TODAY, edit, eportal

COMMANDS = (
    *("check", "build", "serve", "export", "new", "describe", "addresses"),
    *("summary", "preview", "freshness"),
    *("fmt", "diff", "import", "template", "links", "figures"),
    "intake",
)
#: The order of options in every command; command-specific options take the place of the empty string.
ORDER = ("--today", "--data", "--format", "--output", "", "--quiet", "--verbose", "--help")
PROBLEM_FIELDS = {
    *("code", "severity", "path", "line", "column", "dataset", "record", "field", "value", "message", "hint"),
}
DAY = ("--today", TODAY.isoformat())


class Ran(NamedTuple):
    """The result of running a command."""

    code: int
    out: str
    err: str


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]):
    """Return a function that runs a command in the working directory."""

    def called(*arguments: str) -> Ran:
        capsys.readouterr()
        code = cli.run(arguments)
        out, err = capsys.readouterr()
        return Ran(code, out, err)

    return called


# Help and wrong input


@pytest.mark.parametrize("command", COMMANDS)
def test_help_has_an_example_that_works(run, command: str) -> None:
    """Every command's help has examples that its own parser accepts."""
    shown = run(command, "--help")
    assert shown.code == 0
    _, _, examples = shown.out.partition("Examples:\n")
    assert examples.strip()
    for example in examples.splitlines():
        program, *arguments = example.split()
        assert program == "eportal"
        assert arguments[0] == command
        assert parse(arguments).command.name == command


def test_help_names_every_command(run) -> None:
    """Without a command, the command line lists all commands with a description."""
    shown = run("--help")
    assert shown.code == 0
    for command in COMMANDS:
        assert re.search(rf"^  {command} +[A-Z]", shown.out, re.MULTILINE), command


def test_the_list_of_commands_says_what_their_own_help_says() -> None:
    """The list imports no commands, so it repeats the first lines of their docstrings."""
    for name, command in commands():
        assert command.name == name
        assert COMMAND_LIST[name][1] == command.help.partition("\n")[0]


def test_options_come_in_one_order() -> None:
    """Every command's options come in the same order, each with help: shared, specific, then -q, -v, --help."""
    for name, command in commands():
        params = command.get_params(click.Context(command, info_name=name))
        kinds = [param.param_type_name for param in params]
        assert kinds == sorted(kinds), name  # arguments before options
        options = [param for param in params if isinstance(param, click.Option)]
        places = [ORDER.index(next((o for o in option.opts if o in ORDER), "")) for option in options]
        assert places == sorted(places), name
        assert all(param.help for param in params), name


def test_help_imports_no_command() -> None:
    """`eportal --help` is fast: neither a command's module nor the pipeline is imported for it."""
    code = "import sys; from generator import cli; cli.run(['--help']); print(*sorted(sys.modules), sep='\\n')"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    loaded = set(done.stdout.splitlines())
    assert "generator.cli.group" in loaded
    assert not loaded & {"generator.cli.site", "generator.pipeline", "generator.load", "yaml", "rich", "mkdocs"}


def test_version(run) -> None:
    """--version prints only the version."""
    assert run("--version") == (0, f"eportal {__version__}\n", "")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "Usage: eportal [OPTIONS] COMMAND"),
        (("chek",), "no command 'chek': did you mean 'check'?"),
        (("frobnicate",), "no command 'frobnicate': type 'eportal --help' for the list"),
        (("check", "--relese"), "Did you mean '--release'?"),
        (("check", "--format", "xml"), "'xml' is not one of 'text', 'json', 'github'"),
        (("check", "--today", "14.02.2027"), "'14.02.2027' is not a date; write it like 2027-02-14"),
        (("build", "--today", "2027-02-30"), "'2027-02-30' is not a date"),
        (("new", "pathways"), "Missing argument 'ID'"),
        (("export",), "Missing argument 'DIR'"),
        (("check", "--colour"), "No such option '--colour'"),
        (("serve", "--address", "8000"), "'8000' is not a host and a port; write it like 127.0.0.1:8001"),
        (("serve", "--address", "127.0.0.1:99999"), "'127.0.0.1:99999' is not a host and a port"),
    ],
)
@pytest.mark.usefixtures("small")
def test_wrong_input_is_refused(run, arguments: tuple[str, ...], words: str) -> None:
    """Unknown input exits with 2 and an explanation."""
    done = run(*arguments)
    assert done.code == 2
    assert words in done.err


@pytest.mark.parametrize(
    "arguments", [("check",), ("export", "plain"), ("new", "pathways", "x"), ("describe",), ("addresses",), ("build",)]
)
def test_outside_a_project_nothing_runs(
    run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]
) -> None:
    """Outside a project every command says so, exits with 2, and creates nothing."""
    monkeypatch.chdir(tmp_path)
    done = run(*arguments)
    assert done.code == 2
    assert "data: there is no such folder; run eportal in the project's own folder" in done.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("arguments", [("export", "taken/plain"), ("describe", "-o", "taken/dictionary.md")])
def test_unwritable_path_is_reported(run, small: Path, arguments: tuple[str, ...]) -> None:
    """If the system refuses to write, the command says where and why, and exits with 2."""
    (small / "taken").write_text("a file, no folder", encoding="utf-8")
    done = run(*arguments)
    assert done.code == 2
    assert done.err.startswith("eportal: taken")
    assert done.err.endswith(": this is a file; choose a folder\n")
    assert done.err.count("\n") == 1


def test_unreadable_folder_is_reported(run, small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An unreadable data or content folder is a broken setup, not an empty one."""

    def closed(path: Path) -> None:
        raise PermissionError(errno.EACCES, "Permission denied", str(path))

    assert small.exists()
    monkeypatch.setattr(Path, "iterdir", closed)
    done = run("check", *DAY)
    assert done.code == 2
    assert "data: Permission denied; give yourself permission to read it" in done.err


def test_serve_at_an_address_in_use(run, small: Path) -> None:
    """A second preview at the same address says so and what to do."""
    assert small.exists()
    with socket.create_server(("127.0.0.1", 0)) as taken:
        address = f"127.0.0.1:{taken.getsockname()[1]}"
        done = run("serve", "--address", address)
    assert done.code == 2
    assert f"{address}: Address already in use; choose another with --address" in done.err


def test_bad_day_in_the_environment(run, small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """EPORTAL_TODAY is validated like --today, which takes precedence."""
    monkeypatch.setenv("EPORTAL_TODAY", "soon")
    done = run("check")
    assert small.exists()
    assert done.code == 2
    assert "'soon' is not a date" in done.err
    assert run("check", *DAY).code == 0


# check


@pytest.mark.usefixtures("small")
def test_check_of_good_data(run) -> None:
    """Good data exits with 0 and prints one line."""
    assert run("check", *DAY) == (0, "no problems\n", "")


def test_check_shows_all_problems_sorted(run, small: Path) -> None:
    """Bad data exits with 1 and prints one line per problem, in file order, followed by their number."""
    edit(small / "data" / "wages.csv", "41000", "much")
    edit(small / "data" / "sectors.yaml", "code: HLT", "code: ''")
    done = run("check", *DAY)
    *lines, summary = done.out.splitlines()
    assert done.code == 1
    assert [line.partition(" ")[0] for line in lines] == ["data/sectors.yaml:3:3:", "data/wages.csv:2:21:"]
    assert summary == "2 errors"
    assert done.err == ""


def test_check_as_json(run, small: Path) -> None:
    """JSON output has the fields that other programs read; good data gives an empty list."""
    assert json.loads(run("check", "--format", "json", *DAY).out) == []
    edit(small / "data" / "wages.csv", "41000", "much")
    done = run("check", "--format", "json", *DAY)
    (problem,) = json.loads(done.out)
    assert done.code == 1
    assert set(problem) == PROBLEM_FIELDS
    assert (problem["path"], problem["line"], problem["severity"]) == ("data/wages.csv", 2, "error")
    assert (problem["dataset"], problem["field"], problem["value"]) == ("wages", "p10_usd_per_year", "much")


def test_check_as_annotations(run, small: Path) -> None:
    """For the code host every problem is a workflow command with its line."""
    edit(small / "data" / "wages.csv", "41000", "much")
    done = run("check", "--format", "github", *DAY)
    assert done.code == 1
    assert done.out.startswith("::error file=data/wages.csv,line=2,col=")


def test_check_of_another_folder(run, small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """--data checks data in another folder, such as another county's, with this project's templates."""
    other = tmp_path / "other"
    shutil.copytree(small / "data", other)
    edit(other / "wages.csv", "41000", "much")
    done = run("check", "--data", str(other), *DAY)
    assert done.code == 1
    assert f"{other}/wages.csv:2:" in done.out
    assert run("check", *DAY).code == 0
    missing = run("check", "--data", "nowhere")
    assert (missing.code, "nowhere: there is no such folder" in missing.err) == (2, True)
    monkeypatch.chdir(small)


def test_check_for_release(run, small: Path) -> None:
    """--release fails on sample records and placeholders, which are fine otherwise."""
    done = run("check", "--release", *DAY)
    assert done.code == 1
    assert "data/region.yaml" in done.out
    assert "E602" in done.out
    edit(small / "data" / "events.yaml", "name: Open day", "name: Open day\n  sample: true")
    assert "E601" in run("check", "--release", *DAY).out
    assert run("check", *DAY).code == 0


def test_good_data_has_no_problems(run, monkeypatch: pytest.MonkeyPatch) -> None:
    """A whole county without mistakes exits with 0 and prints one line."""
    monkeypatch.chdir(PROJECT)
    assert run("check", *DAY) == (0, "no problems\n", "")


def test_broken_schema_exits_with_2(run, small: Path) -> None:
    """A mistake in the setup is not a data problem: it exits with 2 and names the file."""
    edit(small / "data" / "schemas" / "wages.yaml", "fields:", "feilds:")
    done = run("check", *DAY)
    assert done.code == 2
    assert "data/schemas/wages.yaml: unknown key 'feilds'" in done.err


def test_check_cut_off_by_a_pipe(small: Path) -> None:
    """`eportal check | head` never ends with a traceback."""
    edit(small / "data" / "wages.csv", "41000", "much")
    reader, writer = os.pipe()
    os.close(reader)
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": ""}
    command = [sys.executable, "-m", "generator", "check", *DAY]
    done = subprocess.run(command, stdout=writer, stderr=subprocess.PIPE, env=environment, check=False, timeout=60)
    os.close(writer)
    assert done.stderr == b""
    assert done.returncode == 0


# -q, -v, colors, completion


@pytest.mark.parametrize("arguments", [("-q", "check"), ("check", "--quiet")])
def test_quiet_prints_problems_only(run, small: Path, arguments: tuple[str, ...]) -> None:
    """With -q, good data prints nothing, and bad data only its problems."""
    assert run(*arguments, *DAY) == (0, "", "")
    edit(small / "data" / "wages.csv", "41000", "much")
    done = run(*arguments, *DAY)
    assert done.code == 1
    assert [line.partition(" ")[0] for line in done.out.splitlines()] == ["data/wages.csv:2:21:"]


@pytest.mark.parametrize("arguments", [("-v", "check"), ("check", "--verbose")])
@pytest.mark.usefixtures("small")
def test_verbose_prints_each_step(run, arguments: tuple[str, ...]) -> None:
    """With -v, each step prints a line with its duration to stderr, even without a terminal."""
    done = run(*arguments, *DAY)
    assert (done.code, done.out) == (0, "no problems\n")
    steps = [re.fullmatch(r" +\d+\.\d\d s  (.+)", line) for line in done.err.splitlines()]
    assert [step and step[1] for step in steps] == ["Reading the data", "Checking values", "Linking records"]


def on_terminal(cwd: Path, *arguments: str, **environment: str) -> str:
    """Run a command on a terminal and return its output."""
    here, there = pty.openpty()
    clean = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "CI")}
    done = subprocess.run(
        [sys.executable, "-m", "generator", *arguments],
        cwd=cwd,
        env={**clean, "PYTHONPATH": str(ROOT), "TERM": "xterm", "COLUMNS": "120", **environment},
        stdout=there,
        stderr=subprocess.PIPE,
        check=False,
        timeout=60,
    )
    os.close(there)
    assert done.stderr == b""
    shown = os.read(here, 100_000).decode().replace("\r\n", "\n")
    os.close(here)
    return shown


def test_severity_is_in_color_on_a_terminal_only(run, small: Path) -> None:
    """Severity is colored only on a terminal; otherwise the line is the same, so that programs can parse it."""
    edit(small / "data" / "wages.csv", "41000", "much")
    plain = run("check", *DAY).out
    colored = on_terminal(small, "check", *DAY)
    assert "\x1b[31m\x1b[1merror\x1b[0m" in colored
    assert re.sub(r"\x1b\[\d*m", "", colored) == plain
    assert on_terminal(small, "check", *DAY, NO_COLOR="1") == plain
    assert on_terminal(small, "check", *DAY, TERM="dumb") == plain


def drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make commands think that their output goes to a wide terminal."""
    monkeypatch.setattr("generator.cli.options.is_terminal", lambda: True)
    monkeypatch.setenv("COLUMNS", "160")


def test_an_empty_table_is_not_drawn(run, monkeypatch: pytest.MonkeyPatch, small: Path) -> None:
    """No table is drawn if nothing is due."""
    assert small.exists()
    drawn(monkeypatch)
    assert run("freshness", "--today", "2020-01-01") == (0, "", "")


def test_markdown_is_drawn_on_a_terminal_only(run, small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The data dictionary is drawn with tables on a terminal and is Markdown in a pipe."""
    assert small.exists()
    assert "| `name` * | string |" in run("describe").out
    drawn(monkeypatch)
    shown = run("describe").out
    assert "Data dictionary" in shown
    assert "name *" in shown
    assert "| `name`" not in shown


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("eportal che", {"check"}),
        ("eportal check --fo", {"--format"}),
        ("eportal check --format g", {"github"}),
        ("eportal new path", {"pathways"}),
    ],
)
def test_the_tab_key_completes(small: Path, typed: str, offered: set[str]) -> None:
    """Commands, options, formats and dataset names are completed in bash, as docs/developing.md explains."""
    script = eportal(cwd=small, _EPORTAL_COMPLETE="bash_source").stdout
    assert "_eportal_completion" in script
    words = typed.split(" ")
    asked = {"COMP_WORDS": typed, "COMP_CWORD": str(len(words) - 1), "_EPORTAL_COMPLETE": "bash_complete"}
    lines = eportal(cwd=small, **asked).stdout.splitlines()
    assert {line.partition(",")[2] for line in lines} == offered


def test_the_tab_key_outside_a_project(tmp_path: Path) -> None:
    """Completion outside a project offers nothing and does not fail."""
    asked = {"COMP_WORDS": "eportal new path", "COMP_CWORD": "2", "_EPORTAL_COMPLETE": "bash_complete"}
    done = eportal(cwd=tmp_path, **asked)
    assert (done.stdout.strip(), done.stderr) == ("", "")


def test_interrupted(run, small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C ends a command without a traceback and with the exit code that shells expect."""

    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    assert small.exists()
    monkeypatch.setattr("generator.pipeline.build_site", interrupted)
    done = run("check", *DAY)
    assert (done.code, done.out) == (130, "")
    assert "Traceback" not in done.err


# new


@pytest.mark.parametrize(
    ("record", "file", "needed"),
    [
        ("pathways/marine-biology", "data/pathways/marine-biology.yaml", {"name", "sector"}),
        ("sectors/fishing", "data/sectors.yaml", {"name", "code"}),
        ("courses/7999", "data/courses.csv", {"name", "level"}),
    ],
)
def test_new_record_only_lacks_required_values(run, small: Path, record: str, file: str, needed: set[str]) -> None:
    """A new record (own file, list or table) can be read, and only its required values are missing."""
    dataset, _, record_id = record.partition("/")
    before = (small / file).read_text(encoding="utf-8") if (small / file).exists() else ""
    done = run("new", dataset, record_id)
    assert (done.code, done.out) == (0, f"{file}: added {record_id}; fill it in, then run: eportal check\n")
    assert (small / file).read_text(encoding="utf-8").startswith(before.rstrip("\n"))
    problems = json.loads(run("check", "--format", "json", *DAY).out)
    assert {problem["field"] for problem in problems} == needed
    assert {(p["code"], p["path"], p["record"]) for p in problems} == {("E203", file, record_id)}


def test_new_real_records_only_lack_required_values(run, real: Path) -> None:
    """The same is true for every dataset of the county whose records have IDs."""
    package = load.read_package(real / "data")
    needed = set()
    for resource in package:
        if resource.schema.key != ("id",) or resource.name == "courses":
            continue
        assert run("new", resource.name, "zz-begun").code == 0
        needed |= {(resource.name, f.name) for f in resource.schema.fields if f.required and f.name != "id"}
    problems = json.loads(run("check", "--format", "json", *DAY).out)
    assert {(p["dataset"], p["field"]) for p in problems if p["field"] != "id"} == needed
    assert {p["value"] for p in problems if p["field"] == "id"} <= {"zz-begun"}  # where IDs have a special pattern


@pytest.mark.parametrize(
    ("dataset", "record", "words"),
    [
        ("pathway", "x", "no dataset 'pathway': did you mean 'pathways'?"),
        ("unicorns", "x", "the datasets are: sectors, pathways"),
        ("wages", "x", "the records of wages have no ids"),
        ("pathways", "Marine Biology", "is not a valid id: write lowercase letters"),
        ("pathways", "../evil", "is not a valid id: write lowercase letters"),
        ("pathways", "x" * 65, "is not a valid id: write lowercase letters"),
        ("pathways", "patient-care", "already taken: see data/pathways/patient-care.yaml:1:5"),
        ("courses", "7910", "already taken: see data/courses.csv:2:1"),
    ],
)
def test_new_refuses(run, small: Path, dataset: str, record: str, words: str) -> None:
    """A record that cannot be created exits with 1, says why, and changes nothing."""
    before = {p: p.read_bytes() for p in small.rglob("*") if p.is_file()}
    done = run("new", dataset, record)
    assert (done.code, done.out) == (1, "")
    assert words in done.err
    assert {p: p.read_bytes() for p in small.rglob("*") if p.is_file()} == before


# describe, addresses, export


def test_data_dictionary_is_up_to_date(run, monkeypatch: pytest.MonkeyPatch) -> None:
    """docs/data-dictionary.md matches what `eportal describe` writes: run `make describe` after changing a schema."""
    monkeypatch.chdir(ROOT)
    done = run("describe")
    assert done.code == 0
    assert (ROOT / "docs" / "data-dictionary.md").read_text(encoding="utf-8") == done.out


def test_describe_names_every_field(run, small: Path) -> None:
    """The dictionary has every dataset and field; -o writes it to a file and prints nothing."""
    text = run("describe").out
    for resource in load.read_package(small / "data"):
        assert f"\n## {resource.name}\n" in text
        for field in resource.schema.fields:
            assert f"| `{field.name}`" in text
    assert run("describe", "-o", "dictionary.md") == (0, "", "")
    assert (small / "dictionary.md").read_text(encoding="utf-8") == text


def test_addresses_are_printed_or_written(run, small: Path) -> None:
    """`addresses` prints every address of the site; --write stores them as the manifest."""
    done = run("addresses", *DAY)
    assert done.code == 0
    assert "/pathways/patient-care/" in done.out.splitlines()
    assert run("addresses", "--write", *DAY) == (0, "", "")
    assert (small / "data" / "addresses.txt").read_text(encoding="utf-8") == done.out
    assert run("check", *DAY).code == 0


@pytest.mark.parametrize("arguments", [("addresses",), ("addresses", "--write"), ("export", "plain")])
def test_bad_data_gives_neither_addresses_nor_pages(run, small: Path, arguments: tuple[str, ...]) -> None:
    """With errors in the data these commands exit with 1, print the problems and write nothing."""
    edit(small / "data" / "wages.csv", "41000", "much")
    done = run(*arguments, *DAY)
    assert (done.code, done.out) == (1, "")
    assert "data/wages.csv:2:" in done.err
    assert not (small / "plain").exists()
    assert not (small / "data" / "addresses.txt").exists()


@pytest.mark.usefixtures("small")
def test_export_says_how_many_pages(run) -> None:
    """`export` prints the number of pages and their folder."""
    assert run("export", "plain", *DAY) == (0, "4 pages written to plain\n", "")


def test_module_and_script_are_one(small: Path) -> None:
    """`python -m generator` runs the same command line and returns the command's exit code."""
    done = eportal("check", *DAY, cwd=small)
    assert (done.returncode, done.stdout) == (0, "no problems\n")
    assert GOLDEN.is_dir()
