"""Three engines of browsers: which tests run in Firefox and WebKit too, and what the drivers of these cannot do.

A module says ``pytestmark = pytest.mark.also_in(FIREFOX, WEBKIT)``; its tests then run in Chromium as before, and in these
with ``--examples rest``. A test (or one of its parameters) that needs what not every driver can do says so with
``@pytest.mark.needs("a clock")``, and is not run where it cannot be. Nobody can forget that: a page that is
asked for what its driver cannot do fails the test.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Mapping

CHROMIUM, FIREFOX, WEBKIT = "chromium", "firefox", "webkit"

# What tests need, and the engines that cannot do it as they are driven here: Firefox ESR by WebDriver BiDi, WebKitGTK by
# WebDriver, which has no words for any of it.
CANNOT = {
    "a window that changes its looks": {FIREFOX, WEBKIT},
    "looks that a reader prefers": {WEBKIT},
    # Playwright finds what it clicks by scripts of the page's own kind.
    "a page without scripts": {FIREFOX, WEBKIT},
    # They do not count it themselves; layout_shift.py does it for all.
    "a count of what jumps": {FIREFOX, WEBKIT},
    "a clipboard": {FIREFOX, WEBKIT},
    "a touch screen": {FIREFOX, WEBKIT},
    "paper": {WEBKIT},
    # Its display has nobody who brings a window to the front.
    "a window that has the focus": {WEBKIT},
    "a clock": {WEBKIT},
    "a reader's language": {WEBKIT},
    "a time zone": {WEBKIT},
}
# The options of a page (``open_page``) that are such needs.
OPTIONS = {
    "media": "a window that changes its looks",
    "color_scheme": "looks that a reader prefers",
    "reduced_motion": "looks that a reader prefers",
    "forced_colors": "looks that a reader prefers",
    "java_script_enabled": "a page without scripts",
    "permissions": "a clipboard",
    "has_touch": "a touch screen",
    "is_mobile": "a touch screen",
    "clock": "a clock",
    "locale": "a reader's language",
    "timezone_id": "a time zone",
}

WINDOW = {"width": 1280, "height": 720}
"""The size of a page, unless a test wants another."""
USUAL = {"java_script_enabled": True}


def refuse(engine: str, options: Mapping[str, object]) -> None:
    """Fail the test if the driver of *engine* would pass over one of the *options* of a page."""
    for option, value in options.items():
        need = OPTIONS.get(option)
        if need and engine in CANNOT[need] and value != USUAL.get(option, ""):
            pytest.fail(f'{engine} cannot do that: mark the test with pytest.mark.needs("{need}")')


def pytest_configure(config: pytest.Config) -> None:
    """Name the marks."""
    config.addinivalue_line(
        "markers", "also_in(*engines, weekly=False): runs in these browsers too"
    )
    config.addinivalue_line("markers", "needs(*what): runs where the driver can do that")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test in each of its browsers."""
    mark = metafunc.definition.get_closest_marker("also_in")
    if mark and "engine" in metafunc.fixturenames:
        metafunc.parametrize("engine", [CHROMIUM, *mark.args], indirect=True)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what an engine cannot do."""
    leave_out(config, items, [item for item in items if not _is_possible(item)])


def leave_out(config: pytest.Config, items: list[pytest.Item], left_out: list[pytest.Item]) -> None:
    """Take *left_out* away from the *items* that run, and have that counted."""
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        left = set(left_out)
        items[:] = [item for item in items if item not in left]


def _is_possible(item: pytest.Item) -> bool:
    needs = [need for mark in item.iter_markers("needs") for need in mark.args]
    return not any(engine_of(item) in CANNOT[need] for need in needs)


def engine_of(item: pytest.Item) -> str:
    """Return the browser that *item* runs in, if it needs one."""
    parameters: dict[str, str] = item.callspec.params if hasattr(item, "callspec") else {}
    return parameters.get("engine", CHROMIUM)


@pytest.fixture
def engine(request: pytest.FixtureRequest) -> str:
    """The browser that the test runs in."""
    return getattr(request, "param", CHROMIUM)
