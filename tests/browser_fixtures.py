"""Real browsers. Where there is none the tests are skipped, unless one is required."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from engines import CHROMIUM, FIREFOX, WEBKIT, WINDOW, refuse
from firefox import Firefox, without_emulation
from playwright.sync_api import Browser, Page, Playwright, sync_playwright
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import TimeoutError as PlaywrightTimeoutError
from tool_fixtures import program
from webkit_tab import WebKitTab

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import BrowserContext, ConsoleMessage

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


# The shell is the same browser without its windows, and takes half the time.
PROGRAMS = ("chromium-headless-shell", "chromium", "chromium-browser")
FIREFOX_PROGRAMS = ("firefox-esr", "firefox")
# A context with nothing but these is as new again when what pages stored is gone and the page is left.
PLAIN = {"java_script_enabled", "permissions"}
# What a page can be told at any time, and need not be born with.
LOOKS = {"color_scheme", "reduced_motion"}
FORGET = "() => { localStorage.clear(); sessionStorage.clear(); }"


@dataclass
class Tab:
    """A page in a context of its own. ``used`` says whether the present test has it, ``been`` where it was."""

    page: Page
    options: dict[str, object]
    has_clock: bool
    used: bool = True
    been: list[str] = field(default_factory=list)


class Tabs:
    """Tabs that tests use one after the other: a new one costs more than most tests.

    What a test can leave in a tab is taken away: where the reader is and points, what pages stored, the size of the
    window, colours and movement, answers in a server's stead. A tab with other options is not used again.
    """

    def __init__(self, new_context: Callable[..., BrowserContext], engine: str) -> None:
        self.new_context, self.engine = new_context, engine
        self.errors: list[str] = []
        self._tabs: list[Tab] = []

    def take(self, options: dict[str, object], clock: str) -> Page:
        """Return an empty page, in a context with *options*, that no other test uses."""
        refuse(self.engine, options | {"clock": clock})
        # Firefox is told when it starts, and nothing of it is used again.
        told = LOOKS & options.keys() if self.engine == CHROMIUM else ()
        looks = {name: options.pop(name) for name in told}
        window = options.pop("viewport", WINDOW)
        for tab in self._tabs:
            if not tab.used and tab.options == options and tab.has_clock == bool(clock):
                tab.used = True
                if tab.page.viewport_size != window:
                    tab.page.set_viewport_size(window)  # type: ignore[arg-type]
                break
        else:
            tab = self._new(options, window, has_clock=bool(clock))
        if clock:
            tab.page.clock.set_fixed_time(clock)
        if looks:
            tab.page.emulate_media(**looks)  # type: ignore[arg-type]
        return tab.page

    def _new(self, options: dict[str, object], window: object, *, has_clock: bool) -> Tab:
        context = self.new_context(viewport=window, **options)
        page = context.new_page()
        tab = Tab(page, options, has_clock)
        self._tabs.append(tab)
        page.set_default_timeout(10_000)
        if self.engine == FIREFOX:
            without_emulation(page, self._refuse_media)
        page.on("framenavigated", lambda frame: tab.been.append(frame.url))
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("console", self._note_message)
        page.on("requestfailed", lambda request: self._note_failure(request.url, request.failure))
        return tab

    def _refuse_media(self, **_options: object) -> None:
        refuse(self.engine, {"media": "any"})

    def _note_message(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.errors.append(message.text)

    def _note_failure(self, url: str, reason: str | None) -> None:
        # Going on to another page ends what the one before still loaded.
        if reason not in {"net::ERR_ABORTED", "NS_BINDING_ABORTED"}:
            self.errors.append(f"{url}: {reason}")

    def give_back(self) -> list[str]:
        """Take back what the test had, and return the errors on its pages."""
        for tab in [tab for tab in self._tabs if tab.used]:
            if not (_was_plain(tab) and _made_new(tab, self.engine)):
                self._tabs.remove(tab)
                tab.page.context.close()
        errors, self.errors = self.errors, []
        return errors

    def close(self) -> None:
        """Close all of them."""
        for tab in self._tabs:
            tab.page.context.close()


def _was_plain(tab: Tab) -> bool:
    """Whether *tab* has only been where all that it could store is still in reach."""
    places = {_origin(url) for url in tab.been} | {_origin(tab.page.url)}
    alone = tab.page.context.pages == [tab.page]
    return alone and tab.options.keys() <= PLAIN and len(places - {"about:"}) <= 1


def _origin(url: str) -> str:
    """Return what pages have to share to see what they stored."""
    place = urlsplit(url)
    return f"{place.scheme}:{place.netloc}"


def _made_new(tab: Tab, engine: str) -> bool:
    """Make *tab* as it was when it was new; return whether it is."""
    page = tab.page
    try:
        if any(url.startswith("http") for url in tab.been):
            page.unroute_all()
            if engine == CHROMIUM:
                session = page.context.new_cdp_session(page)
                session.send("Network.clearBrowserCache")
                session.detach()
        if tab.been:
            page.evaluate(FORGET)
        page.context.clear_cookies()
        page.goto("about:blank")
        page.mouse.move(0, 0)
        if engine == CHROMIUM:
            page.emulate_media(color_scheme="null", reduced_motion="null", media="null")
    except PlaywrightError:
        return False
    tab.used, tab.been = False, []
    return True


class Browsers:
    """The browsers of this process, while there are any."""

    def __init__(self) -> None:
        self._stack = contextlib.ExitStack()
        self._playwright: Playwright | None = None
        self._chromium: Browser | None = None
        self._tabs: dict[str, Tabs | WebKitTab] = {}

    def tabs(self, engine: str) -> Tabs | WebKitTab:
        """Return the tabs of the browser with this *engine*, which is started if it does not run."""
        if engine not in self._tabs:
            start: dict[str, Callable[[], Tabs | WebKitTab]] = {
                CHROMIUM: self._chromium_tabs,
                FIREFOX: self._firefox_tabs,
                WEBKIT: WebKitTab,
            }
            self._tabs[engine] = start[engine]()
            self._stack.callback(self._tabs[engine].close)
        return self._tabs[engine]

    def chromium(self) -> Browser:
        """Return Chromium, which is started if it does not run."""
        if self._chromium is None:
            path = program("chromium", *PROGRAMS)
            playwright = self._started_playwright()
            self._chromium = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
            self._stack.callback(self._chromium.close)
        return self._chromium

    def _chromium_tabs(self) -> Tabs:
        return Tabs(self.chromium().new_context, CHROMIUM)

    def _firefox_tabs(self) -> Tabs:
        path = program("firefox-esr", *FIREFOX_PROGRAMS)
        firefox = Firefox(self._started_playwright().firefox, path)
        self._stack.callback(firefox.close)
        return Tabs(firefox.new_context, FIREFOX)

    def _started_playwright(self) -> Playwright:
        if self._playwright is None:
            self._playwright = self._stack.enter_context(sync_playwright())
        return self._playwright

    def stop(self) -> None:
        """End them."""
        self._tabs, self._playwright, self._chromium = {}, None, None
        self._stack.close()


@pytest.fixture(scope="session")
def browsers() -> Iterator[Browsers]:
    """Browsers, started when they are needed; POLICYSITE_REQUIRE_BROWSER=1 makes their absence a failure."""
    kept = Browsers()
    yield kept
    kept.stop()


@pytest.fixture
def browser(browsers: Browsers) -> Browser:
    """The running Chromium."""
    return browsers.chromium()


@pytest.fixture(scope="module")
def without_browser(browsers: Browsers) -> None:
    """End the browsers: Playwright holds the event loop of the process, and what is tested may need one of its own."""
    browsers.stop()


@pytest.fixture
def open_page(browsers: Browsers, engine: str) -> Iterator[Callable[..., Page]]:
    """Return a function that opens an address; errors on the page fail the test.

    *clock* is what the reader's clock shows, as ``2027-01-01T00:00:00+09:00``; the rest are options of the context.
    """
    tabs = browsers.tabs(engine)

    def opened(address: str, clock: str = "", **options: object) -> Page:
        page = tabs.take(options, clock)
        page.goto(address)
        if engine == FIREFOX:
            # Its windows know which of them is in front, and only that one gets what is typed.
            page.bring_to_front()
            # A page that is served allows no other scripts, this one among them.
            if address.startswith("file:"):
                with contextlib.suppress(PlaywrightTimeoutError):
                    page.wait_for_function("document.hasFocus()", polling=50, timeout=2000)
        return page

    yield opened
    assert tabs.give_back() == []
