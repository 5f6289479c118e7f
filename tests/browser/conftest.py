"""Fixtures for the browser tests: one browser, the built site on a local port, and pages that record errors."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import BrowserContext, Page, Request, sync_playwright

from tests.browser import chromium
from tests.conftest import TODAY

NOON = time(12)
HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test of this folder as one that needs a browser."""
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def site_url(site_dir: Path) -> Iterator[str]:
    """Serve the built site and yield its address."""
    with chromium.served(site_dir) as address:
        yield address


@pytest.fixture(scope="session")
def start() -> Iterator[Callable[..., BrowserContext]]:
    """Yield a function that starts a browser with a fresh profile and the date of the build."""
    executable = chromium.install(os.environ)
    with ExitStack() as stack:
        playwright = stack.enter_context(sync_playwright())

        def fresh(**options: object) -> BrowserContext:
            context = stack.enter_context(chromium.started(playwright, executable, **options))
            context.clock.set_fixed_time(datetime.combine(TODAY, NOON, ZoneInfo("America/Los_Angeles")))
            return context

        yield fresh


@pytest.fixture(scope="session")
def browser(start: Callable[..., BrowserContext]) -> BrowserContext:
    """Return a browser with default settings."""
    return start()


@pytest.fixture(scope="session")
def plain_browser(start: Callable[..., BrowserContext]) -> BrowserContext:
    """Return a browser with JavaScript disabled."""
    return start(java_script_enabled=False)


ABORTED = "net::ERR_ABORTED"


class Watched:
    """A page with its requests and errors."""

    def __init__(self, page: Page) -> None:
        """Record events from the beginning."""
        self.page = page
        self.requests: list[str] = []
        self.errors: list[str] = []
        self.forgiven: list[str] = []
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("console", lambda line: self.errors.append(line.text) if line.type in ("error", "warning") else None)
        page.on("requestfailed", self._failed)
        page.on(
            "response",
            lambda answer: self.errors.append(f"{answer.status}: {answer.url}") if answer.status >= 400 else None,
        )

    def _failed(self, request: Request) -> None:
        """Record a failed request, unless a navigation canceled it."""
        if request.failure != ABORTED:
            self.errors.append(f"failed: {request.url}")

    def forgive(self, words: str) -> None:
        """Expect errors containing these words, for a test that visits a missing page."""
        self.forgiven.append(words)

    def problems(self, site_url: str) -> list[str]:
        """Return the errors, including policy violations, and the requests to other sites."""
        errors = [one for one in self.errors if not any(words in one for words in self.forgiven)]
        return errors + [one for one in self.requests if not one.startswith((site_url, "data:", "blob:", "about:"))]


@pytest.fixture
def watched(browser: BrowserContext, site_url: str) -> Iterator[Watched]:
    """Yield a new page; the test fails on any error, policy violation, or request to another site."""
    page = browser.new_page()
    one = Watched(page)
    yield one
    page.evaluate("localStorage.clear()") if page.url.startswith(site_url) else None
    page.close()
    assert one.problems(site_url) == []


@pytest.fixture
def plain_page(plain_browser: BrowserContext, site_url: str) -> Iterator[Page]:
    """Yield a new page without JavaScript, checked in the same way."""
    page = plain_browser.new_page()
    one = Watched(page)
    yield page
    page.close()
    assert one.problems(site_url) == []
