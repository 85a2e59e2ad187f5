"""WebKitGTK, driven by Selenium: the part of Playwright's page that tests use, on what WebDriver can do.

Playwright's own WebKit is another build, and WebKitGTK speaks WebDriver alone. Its MiniBrowser has no mode without a
window, so that it has a display of its own (Xvfb). Errors on pages are not told by this driver.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, cast
from urllib.parse import urlsplit

from engines import WEBKIT, WINDOW, refuse
from selenium.webdriver import WebKitGTK
from selenium.webdriver.webkitgtk.options import Options
from selenium.webdriver.webkitgtk.service import Service
from tool_fixtures import missing, program
from webkit_page import WebKitPage

if TYPE_CHECKING:
    from playwright.sync_api import Page

# Else the buttons around the page keep the window wider than a phone.
NARROW = "* { min-width: 0; padding: 0; margin: 0; border: 0; font-size: 1px; -gtk-icon-transform: scale(0); }\n"
# As root, and without a graphics card.
ENVIRONMENT = {
    "WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS": "1",
    "WEBKIT_DISABLE_COMPOSITING_MODE": "1",
    "LIBGL_ALWAYS_SOFTWARE": "1",
    "NO_AT_BRIDGE": "1",
}
# A browser keeps a hundred places; what counts them needs room.
MANY = 40


class WebKitTab:
    """The one window of WebKit, which tests use one after the other."""

    def __init__(self) -> None:
        """Start the display; the browser starts when it is needed."""
        self._stack = contextlib.ExitStack()
        self._driver = program("webkit2gtk-driver", "WebKitWebDriver")
        found = list(Path("/usr/lib").glob("*/webkit2gtk-4.*/MiniBrowser"))
        if not found:
            missing("MiniBrowser is not installed (Debian: apt-get install webkit2gtk-driver)")
        self._browser = found[0]
        self._environ = os.environ | ENVIRONMENT | {"DISPLAY": self._display()}
        settings = Path(self._stack.enter_context(tempfile.TemporaryDirectory()))
        (settings / "gtk-3.0").mkdir()
        (settings / "gtk-3.0/gtk.css").write_text(NARROW, "utf-8")
        self._environ["XDG_CONFIG_HOME"] = os.fspath(settings)
        self._page: WebKitPage | None = None

    def _display(self) -> str:
        answer, told = os.pipe()
        screen = ["-screen", "0", "1700x1700x24", "-nolisten", "tcp"]
        command = [program("xvfb", "Xvfb"), "-displayfd", str(told), *screen]
        display = subprocess.Popen(command, pass_fds=[told], stderr=subprocess.DEVNULL)
        self._stack.callback(display.wait)
        self._stack.callback(display.terminate)
        os.close(told)
        with os.fdopen(answer) as said:
            return f":{said.readline().strip()}"

    def _start(self) -> WebKitPage:
        options = Options()
        options.binary_location = os.fspath(self._browser)
        options.add_argument("--automation")
        service = Service(self._driver, env=self._environ)
        return WebKitPage(WebKitGTK(options=options, service=service))

    def take(self, options: dict[str, object], clock: str) -> Page:
        """Return the page, empty; it can do what WebDriver can."""
        refuse(WEBKIT, options | {"clock": clock})
        window = options.get("viewport", WINDOW)
        self._page = self._page or self._start()
        self._page.set_viewport_size(window)
        return cast("Page", self._page)

    def give_back(self) -> list[str]:
        """Take away what a test left; there are no errors that could be told."""
        page = self._page
        if page is None:
            return []
        places = {urlsplit(url)[:2] for url in page.been}
        if len(places) > 1 or page.evaluate("history.length") > MANY:
            self._quit()
        else:
            page.forget()
        return []

    def _quit(self) -> None:
        if self._page:
            self._page.driver.quit()
            self._page = None

    def close(self) -> None:
        """End the browser and its display."""
        self._quit()
        self._stack.close()
