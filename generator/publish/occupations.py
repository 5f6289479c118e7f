"""The file that the interest match and the comparison fetch: every occupation with what they rank and show.

The only module that defines the format of `occupations/list.json`; `overrides/assets/js/occupations.js` reads it.
Within the pages, the occupations would be far too large for a phone.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from generator import translations
from generator.model import Record, Site
from generator.open_data.cells import compact
from generator.views.comparison import foremost_skills, taught_at
from generator.views.interests import interest_scores
from generator.views.outlook import outlook_of
from generator.views.records import by_name
from generator.views.schooling import category_rank
from generator.views.wages import regional_wage

DATASET = "occupations"
#: Fields whose values are written as their place in the schema's list of categories.
RANKED = ("entry_education", "on_the_job_training")


def occupation_files(site: Site) -> Iterator[tuple[str, bytes]]:
    """Yield (path in the site, JSON) for each language.

    The JSON has `labels` (field -> words in order), `names` (of the linked records by `dataset/id`), and `rows`: an
    object per occupation, in the order of their names, without what nobody found. Pay that the publisher holds back
    is null.
    """
    languages = site.catalog.region.languages
    if DATASET not in site.catalog.datasets:
        return
    for language in languages:
        base = f"{language}/" if language != languages[0] else ""
        yield f"{base}{DATASET}/list.json", compact(_contents(site, language))


def _contents(site: Site, language: str) -> dict[str, Any]:
    gettext = translations.load(language).gettext
    names: dict[str, str] = {}
    rows = [_row(site, one, language, names) for one in by_name(site.catalog, site.catalog[DATASET])]
    fields = (site.catalog[DATASET].resource.schema.field(name) for name in RANKED)
    labels = {field.name: [gettext(words) for words in field.labels.values()] for field in fields if field}
    return {"labels": labels, "names": names, "rows": rows}


def _row(site: Site, occupation: Record, language: str, names: dict[str, str]) -> dict[str, Any]:
    """Return one occupation, and add the names of the records it links to."""
    catalog = site.catalog
    wage, outlook = regional_wage(catalog, occupation), outlook_of(catalog, occupation, "country")

    def linked(records: tuple[Record, ...]) -> list[str]:
        for record in records:
            names[f"{record.dataset}/{record.id}"] = _name(record, language)
        return [f"{record.dataset}/{record.id}" for record in records]

    found = {
        "id": occupation.id,
        "name": _name(occupation, language),
        "pay": wage and wage["median_usd_per_year"],
        "growth": float(outlook["growth_percent"]) if outlook and outlook["growth_percent"] is not None else None,
        **{name: category_rank(catalog, occupation, name) for name in RANKED},
        "scores": [float(score) for score in interest_scores(catalog, occupation)],
        "pathways": linked(occupation["pathways"]),
        "skills": linked(foremost_skills(catalog, occupation)),
        "places": linked(taught_at(catalog, occupation)),
    }
    known = {name: value for name, value in found.items() if value is not None and value != []}
    return {"pay": None, **known} if wage else known


def _name(record: Record, language: str) -> str:
    return str(record.values.get(f"name_{language}") or record["name"])
