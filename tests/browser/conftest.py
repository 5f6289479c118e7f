"""What the tests in a browser share: one browser, the built site on a local port, pages that watch themselves."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, sync_playwright

from tests.browser import chromium


@pytest.fixture(scope="session")
def site_url(site_dir: Path) -> Iterator[str]:
    """Serve the built site; give its address."""
    with chromium.served(site_dir) as address:
        yield address


@pytest.fixture(scope="session")
def start() -> Iterator[Callable[..., BrowserContext]]:
    """Give the function that starts a browser with a fresh profile; all are closed at the end."""
    executable = chromium.install(os.environ)
    with ExitStack() as stack:
        playwright = stack.enter_context(sync_playwright())
        yield lambda **options: stack.enter_context(chromium.started(playwright, executable, **options))


@pytest.fixture(scope="session")
def browser(start: Callable[..., BrowserContext]) -> BrowserContext:
    """Give a browser as most people have it."""
    return start()


@pytest.fixture(scope="session")
def plain_browser(start: Callable[..., BrowserContext]) -> BrowserContext:
    """Give a browser with JavaScript switched off."""
    return start(java_script_enabled=False)


class Watched:
    """A page with what it asked for and what went wrong on it."""

    def __init__(self, page: Page) -> None:
        """Listen from the beginning."""
        self.page = page
        self.requests: list[str] = []
        self.errors: list[str] = []
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("console", lambda line: self.errors.append(line.text) if line.type in ("error", "warning") else None)
        page.on("requestfailed", lambda request: self.errors.append(f"failed: {request.url}"))
        page.on(
            "response",
            lambda answer: self.errors.append(f"{answer.status}: {answer.url}") if answer.status >= 400 else None,
        )


@pytest.fixture
def watched(browser: BrowserContext) -> Iterator[Watched]:
    """Give a new page that notes its requests and errors."""
    page = browser.new_page()
    yield Watched(page)
    page.close()


@pytest.fixture
def plain_page(plain_browser: BrowserContext) -> Iterator[Page]:
    """Give a new page without JavaScript."""
    page = plain_browser.new_page()
    yield page
    page.close()
