"""A real browser. Where there is none the tests are skipped, unless one is required."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, Page, sync_playwright
from tool_fixtures import missing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start Chromium; POLICYSITE_REQUIRE_BROWSER=1 makes its absence a failure."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        missing("Chromium is not installed (Debian: apt-get install chromium)")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        yield started
        started.close()


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Return a function that opens an address; errors on the page fail the test.

    *clock* is what the reader's clock shows, as ``2027-01-01T00:00:00+09:00``; the rest are options of the context.
    """
    errors: list[str] = []
    contexts = []

    def note_failure(url: str, reason: str | None) -> None:
        # Going on to another page ends what the one before still loaded.
        if reason != "net::ERR_ABORTED":
            errors.append(f"{url}: {reason}")

    def opened(address: str, clock: str = "", **options: object) -> Page:
        context = browser.new_context(**options)  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        if clock:
            page.clock.set_fixed_time(clock)
        page.set_default_timeout(10_000)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on(
            "console",
            lambda message: errors.append(message.text) if message.type == "error" else None,
        )
        page.on("requestfailed", lambda request: note_failure(request.url, request.failure))
        page.goto(address)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert errors == []
