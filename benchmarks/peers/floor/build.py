"""The floor: the same HTML by Jinja and file writes alone; nothing is checked, nothing is converted."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader

PUBLIC = Path("public")


def main() -> None:
    """Write every page."""
    templates = Environment(loader=FileSystemLoader("templates"), autoescape=True)
    employers, records, sections = (
        json.loads(Path(f"{name}.json").read_text(encoding="utf-8")) for name in ("employers", "records", "sections")
    )

    def write(url: str, template: str, **values: Any) -> None:
        folder = PUBLIC / url
        folder.mkdir(parents=True, exist_ok=True)
        text = templates.get_template(template).render(url=url, **values)
        (folder / "index.html").write_text(text, encoding="utf-8")

    home = {"name": "Home", "summary": "Where it begins."}
    write("", "home.html", one=home, sections=sections)
    for one in sections:
        listed = employers if one["id"] == "employers" else one["records"]
        write(f"{one['id']}/", "section.html", one=one, records=listed)
    for one in records:
        write(f"{one['section']}/{one['id']}/", "record.html", one=one)
    for one in employers:
        write(f"employers/{one['id']}/", "employer.html", one=one)
    shutil.copytree("assets", PUBLIC / "assets")


main()
