"""Firefox of Debian, driven by Playwright over WebDriver BiDi.

Playwright's own Firefox is another build, which no Debian has; of Firefox as it is it can do less. How a reader likes
pages to look is therefore told to Firefox when it starts, by its settings: each look has a process of its own.
"""

from __future__ import annotations

import contextlib
import os
import shlex
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Browser, BrowserContext, BrowserType, Page

FORWARDER = Path(__file__).with_name("firefox_forwarder.py")
Settings = dict[str, str | float | bool]
SETTINGS: Settings = {
    # One process for pages, as all of them are ours.
    "dom.ipc.processCount": 1,
    "dom.ipc.processPrelaunch.enabled": False,
    "fission.autostart": False,
    # As in Chromium, bars that scroll take no room.
    "ui.useOverlayScrollbars": 1,
    # Playwright waits for pages to load when a reader goes back, and kept ones do not.
    "browser.sessionhistory.max_total_viewers": 0,
    # The same on every machine, and one whose letters are found again on paper.
    "font.system.whitelist": "NanumGothic",
    # Light, unless a test wants it dark.
    "layout.css.prefers-color-scheme.content-override": 1,
}
# Playwright counts paper in inches, and Firefox takes them for centimetres.
A4 = ("21in", "29.7in")
LOOKS: dict[str, dict[object, Settings]] = {
    "color_scheme": {"dark": {"layout.css.prefers-color-scheme.content-override": 0}},
    "reduced_motion": {"reduce": {"ui.prefersReducedMotion": 1}},
    "forced_colors": {"active": {"browser.display.document_color_use": 2}},
}


class Firefox:
    """The processes of Firefox, one for each look."""

    def __init__(self, playwright_firefox: BrowserType, program: str) -> None:
        """Start none yet; *program* is where Firefox is."""
        self._type, self._program = playwright_firefox, program
        self._stack = contextlib.ExitStack()
        self._running: dict[str, Browser] = {}

    def new_context(self, **options: object) -> BrowserContext:
        """Return a context with *options*, which are those of Playwright."""
        settings = SETTINGS.copy()
        for name in LOOKS.keys() & options.keys():
            settings |= LOOKS[name].get(options.pop(name), {})
        key = repr(sorted(settings.items()))
        if key not in self._running:
            self._running[key] = self._start(settings)
        return self._running[key].new_context(**options)  # type: ignore[arg-type]

    def _start(self, settings: Settings) -> Browser:
        folder = Path(self._stack.enter_context(tempfile.TemporaryDirectory()))
        launcher = folder / "firefox"
        command = shlex.join([sys.executable, os.fspath(FORWARDER), self._program])
        launcher.write_text(f'#!/bin/sh\nexec {command} "$@"\n', "utf-8")
        launcher.chmod(0o755)
        browser = self._type.launch(
            channel="moz-firefox",
            executable_path=launcher,
            firefox_user_prefs=settings,
            # As root it does not start in the home of somebody else, such as a container may have.
            env={**os.environ, "HOME": os.fspath(folder)},
        )
        self._stack.callback(browser.close)
        return browser

    def close(self) -> None:
        """End all of them."""
        self._running.clear()
        self._stack.close()


def without_emulation(page: Page, refuse: Callable[..., None]) -> None:
    """Have *refuse* called where a test wants *page* to look otherwise: Playwright would do nothing, and not say so."""
    page.emulate_media = refuse  # type: ignore[method-assign]
