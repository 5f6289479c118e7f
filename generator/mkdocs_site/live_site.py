"""The site that `eportal serve` shows: the data as it is now, or its last good state with the problems on top."""

from __future__ import annotations

import html
import logging
import traceback
from collections.abc import Mapping
from collections.abc import Set as AbstractSet

from generator import load, pipeline, policy, report
from generator.mkdocs_site.live_pages import Answer, Pages, Theme
from generator.model import Problem, SetupError
from generator.render.templates import place_of

log = logging.getLogger(__name__)

#: Settings and theme are loaded again when one of these changes.
OF_THE_THEME = frozenset(("mkdocs.yml", "overrides"))
ERROR_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<title>This page cannot be shown</title>
<link rel="stylesheet" href="/assets/css/site.css">
</head>
<body>
<main>
<h1>This page cannot be shown</h1>
{problems}
</main>
</body>
</html>
"""


class LiveSite:
    """The site as it is now. Not thread-safe: the server answers one request at a time."""

    def __init__(self, project: pipeline.Project, environment: Mapping[str, str]) -> None:
        """Read and check everything.

        Args:
            project: where things are.
            environment: can set the date (EPORTAL_TODAY).

        Raises:
            SetupError: the setup is broken, so that there is nothing to show.
        """
        self.project, self.environment = project, environment
        self.theme: Theme | None = None
        self.pages: Pages | None = None
        self.problems: tuple[Problem, ...] = ()
        self._read()

    def reload(self, changed: AbstractSet[str]) -> None:
        """Read and check the data again; keep the last good pages if it has errors.

        Args:
            changed: the top-level names in the project's folder of what has changed.
        """
        if changed & OF_THE_THEME:
            self.theme = None
        try:
            self._read()
        except SetupError as error:
            self.problems = (report.of_setup(error),)

    def _read(self) -> None:
        theme = self.theme or Theme(self.project)
        package = load.read_package(self.project.data)
        day = pipeline.today(theme.plugin.config.today, self.environment, package.region)
        site = pipeline.build_site(self.project, day, package=package)
        self.problems, self.theme = site.problems, theme
        if not site.errors:
            self.pages = Pages(theme, site, self.project)

    @property
    def has_errors(self) -> bool:
        """Return whether the pages shown are older than the files, because the files have errors."""
        return any(problem.severity == "error" for problem in self.problems)

    def answer(self, path: str) -> Answer | None:
        """Return what is at a path of the site, or None; a mistake in a template is shown as a page."""
        if self.pages is None:
            return self._error_page(report.as_html(self.problems, shown="Correct it and this page reloads"))
        try:
            self.pages.theme.plugin.notice = report.as_html(self.problems) if self.has_errors else ""
            return self.pages.answer(path)
        except SetupError as error:
            message = str(error)
        except Exception as error:  # noqa: BLE001 - the preview goes on, no matter what a template raises
            place = place_of(error, self.project.root)
            message = f"{place or path}: {type(error).__name__}: {error}"
            log.debug("%s", traceback.format_exc())
        log.warning("%s", message)
        return self._error_page(
            f'<div class="notice notice--problems" role="alert"><p>{html.escape(message)}</p></div>'
        )

    def not_found(self) -> Answer:
        """Return the site's own page for addresses that lead nowhere."""
        found = self.answer("404.html")
        return found._replace(status=404) if found else Answer(b"Not found", "text/plain", 404)

    def leads_on(self, path: str) -> bool:
        """Return whether an address is only missing its final slash."""
        return self.pages is not None and self.pages.has(f"{path}/")

    @staticmethod
    def _error_page(problems: str) -> Answer:
        text = ERROR_PAGE.format(policy=policy.PAGE, problems=problems)
        return Answer(text.encode(), "text/html; charset=utf-8", status=500, reloads=True)
