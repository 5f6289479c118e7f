"""The HTML of every built page is valid."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.browser import tools


def test_every_page_is_valid_html(site_dir: Path) -> None:
    """The Nu HTML checker, which the W3C runs, finds no error in any page."""
    assert tools.html_errors(site_dir) == []


def test_checker_finds_an_error(tmp_path: Path) -> None:
    """The checker does speak up."""
    (tmp_path / "index.html").write_text("<!doctype html><html lang=en><title>x</title><p><div></p>", encoding="utf-8")
    assert tools.html_errors(tmp_path) != []


def test_missing_tools_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a tool is not installed, the message says what to run."""
    monkeypatch.setattr(tools, "AXE", tmp_path / "axe.min.js")
    monkeypatch.setattr(tools, "NU", tmp_path / "vnu.jar")
    with pytest.raises(FileNotFoundError, match="make test"):
        tools.axe()
    with pytest.raises(FileNotFoundError, match=r"make test|Java"):
        tools.html_errors(tmp_path)
