"""Render the catalog and content/ to Markdown pages.

A page is CommonMark with HTML blocks, so that MkDocs and every other builder read it alike. Text from
data is escaped and put into HTML; prose is CommonMark without HTML, converted here and sanitized.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from generator.load.front_matter import FRONT_MATTER, split
from generator.model import Page, Raw, Site
from generator.render.languages import Fallback, Translated, marked, original, translated
from generator.render.markup import PROSE_TAGS, prose, tidy, words
from generator.render.meta import bare, front_matter
from generator.render.previews import Previews
from generator.render.templates import Templates

__all__ = [
    "FRONT_MATTER",
    "PROSE_TAGS",
    "Fallback",
    "Renderer",
    "Translated",
    "front_matter",
    "is_in_first_language",
    "marked",
    "original",
    "prose",
    "split",
    "tidy",
    "translated",
    "words",
]

#: The notice on a page that is partly or completely in another language.
UNTRANSLATED = "_partials/untranslated.md.j2"
RELATIVE_LINK = re.compile(r'(?P<before>\]\(|\b(?:src|href)=")(?P<path>(?!/)[^\s:#?)"<>]+)')


class Renderer:
    """Renders the pages of a site; each language compiles templates once."""

    def __init__(self, site: Site, content: Path, overrides: Path | None = None) -> None:
        """Prepare the templates of each language of the site, and the pictures in the theme's folder."""
        self.site, self.content, self.previews = site, content, Previews(overrides)
        self.languages = site.catalog.region.languages
        self.templates = {language: Templates(site, content, language) for language in self.languages}

    def page(self, page: Page) -> str:
        """Return a page's Markdown with its front matter."""
        meta, text = self.parts(page)
        return front_matter(meta) + text

    def parts(self, page: Page) -> tuple[dict[str, Any], str]:
        """Return a page's metadata (title, description, language, twins) and its Markdown."""
        return self._filled(page) if page.template.endswith(".j2") else self._written(page)

    def _filled(self, page: Page) -> tuple[dict[str, Any], str]:
        """Return a page made from a template, which writes the title and description into `meta`."""
        templates = self.templates[page.language]
        dataset = templates.datasets[page.dataset] if page.dataset else None
        meta: dict[str, str] = {}
        text = templates.fill(page.template, page, record=templates.seen(page.record), dataset=dataset, meta=meta)
        if page.language != self.languages[0] and f' lang="{self.languages[0]}">' in text:
            text = self._not_translated(page, text)
        return self._meta(page, meta), tidy(text)

    def _written(self, page: Page) -> tuple[dict[str, Any], str]:
        """Return a handwritten page, whose text never passes through Jinja."""
        own, text = split((self.content / page.template).read_text(encoding="utf-8"))
        if not page.translated:
            text = self._not_translated(page, self._one_folder_deeper(page, text))
        return self._meta(page, own), text.lstrip("\n")

    def _not_translated(self, page: Page, text: str) -> str:
        """Put a notice before a page that is partly or completely in the first language instead of its own."""
        context: dict[str, Any] = {"whole": is_in_first_language(page), "record": None, "dataset": None, "meta": {}}
        notice = self.templates[page.language].fill(UNTRANSLATED, page, **context)
        return f"{notice.strip()}\n\n{text}"

    def _one_folder_deeper(self, page: Page, text: str) -> str:
        """Adjust links to pictures and files on a handwritten page shown in another language's folder.

        Pictures and files are not moved; links to other pages work as they are, because each page has a twin.
        """
        folder = (self.content / page.template).parent

        def corrected(found: re.Match[str]) -> str:
            path = found["path"]
            stays = not path.endswith(".md") and (folder / path).is_file()
            return f"{found['before']}{'../' if stays else ''}{path}"

        return RELATIVE_LINK.sub(corrected, text)

    def _meta(self, page: Page, own: Mapping[str, Raw]) -> dict[str, Any]:
        """Complete a page's metadata: title, description, language, and its twins in other languages."""
        meta: dict[str, Any] = {
            "title": bare(own.get("title") or page.uri),
            "description": bare(own.get("description", "")),
        }
        meta |= {key: value for key, value in own.items() if key not in meta}
        if page.record and page.record.is_sample:
            meta["title"] = f"{self.templates[page.language].sample}: {meta['title']}"
        meta["lang"] = page.language
        meta |= self.previews.meta(page)
        if page.record:
            meta["hide"] = "toc"  # a record's page is short
        if is_in_first_language(page):
            meta["content_lang"] = self.languages[0]
        if len(self.languages) > 1:
            meta["alternates"] = {language: self._twin(page, language) for language in self.languages}
        return meta

    def _twin(self, page: Page, language: str) -> str:
        """Return the address of the same page in another language."""
        original_url = page.url
        if page.language != self.languages[0]:
            original_url = original_url.removeprefix(f"{page.language}/")
        return original_url if language == self.languages[0] else f"{language}/{original_url}"


def is_in_first_language(page: Page) -> bool:
    """Whether a page in another language has the first language's text: handwritten and without a twin."""
    return not page.translated and page.record is None
