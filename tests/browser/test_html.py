"""The HTML of every built page is valid."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.browser import tools
from tests.built import Built


def test_every_page_is_valid_html(site_dir: Path) -> None:
    """The W3C's Nu HTML checker finds no error in any page; without Java, html-validate is used instead."""
    assert tools.html_errors(site_dir) == []


BROKEN = "<!doctype html><html lang=en><title>x</title><p><div></p>"


def test_checkers_find_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The checker reports an error, and so does its replacement without Java."""
    (tmp_path / "index.html").write_text(BROKEN, encoding="utf-8")
    assert tools.html_errors(tmp_path) != []
    which = shutil.which
    monkeypatch.setattr(tools.shutil, "which", lambda name: None if name == "java" else which(name))
    assert {message.page for message in tools.html_errors(tmp_path)} == {"/index.html"}


def test_checker_without_java_passes_what_is_valid(built: Built, tmp_path: Path) -> None:
    """The replacement finds no error on the heaviest page and a record's page either."""
    for name, address in (("list", "offers/"), ("record", "occupations/registered-nurses/")):
        (tmp_path / f"{name}.html").write_bytes((built.folder / address / "index.html").read_bytes())
    assert tools.standard_errors(tmp_path) == []


def test_missing_tools_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If a tool is not installed, the message says what to run."""
    monkeypatch.setattr(tools, "AXE", tmp_path / "axe.min.js")
    monkeypatch.setattr(tools, "NU", tmp_path / "vnu.jar")
    with pytest.raises(FileNotFoundError, match="make test"):
        tools.axe()
    monkeypatch.setattr(tools, "VALIDATE", tmp_path / "html-validate.mjs")
    with pytest.raises(FileNotFoundError, match="make test"):
        tools.html_errors(tmp_path)
