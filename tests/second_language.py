"""The frozen project in two languages: one record and one page are translated."""

from __future__ import annotations

from pathlib import Path

from tests.conftest import built_once, copy_project, edit

TRANSLATED = "registered-nurses"
#: A page by hand with a twin, and one without.
TWIN, ALONE = "about/cte", "about/figures"
TWIN_TEXT = """---
title: Qué es la educación técnica y profesional
description: Qué es la CTE en California.
---

# Qué es la educación técnica y profesional

Mira los [sectores](../sectors/index.md) y [cómo se hicieron las cifras](figures.md).
"""
REGION = """languages: [en, es]
county_es: Condado de San Diego
site_name_es: Carreras del Condado de San Diego
office_es: Oficina de Educación del Condado de San Diego"""


def make(target: Path) -> None:
    """Write the project into an empty folder."""
    project = copy_project(target)
    edit(project / "data" / "region.yaml", "languages: [en]", REGION)
    record = project / "data" / "occupations" / f"{TRANSLATED}.yaml"
    edit(record, "\nsector:", "\nname_es: Enfermeras y enfermeros\naliases: [nurses]\nsector:")
    edit(record, "\nsummary:", "\nsummary_es: Cuidan a personas enfermas.\nsummary:")
    twin = project / "content" / "es" / f"{TWIN}.md"
    twin.parent.mkdir(parents=True)
    twin.write_text(TWIN_TEXT, encoding="utf-8")


def built() -> Path:
    """Return the project with its site, built once per test run. No test may change it."""
    return built_once("second-language", make)
