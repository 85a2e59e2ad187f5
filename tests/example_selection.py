"""Which examples run: some of each kind for people, and the rest where time is no matter.

``@pytest.mark.one_in(n)`` is for a test with many examples of one kind: ``make test`` runs one in *n* of them, ``make test-rest``
(``--examples rest``) three more of each *n*, and ``make test-slow`` (``--examples slow``) all others.
``@pytest.mark.thorough`` is for what ``make test`` leaves out as a whole, ``@pytest.mark.weekly`` for what ``make test-rest`` leaves
out too. ``--examples all`` is everything; browsers other than Chromium run with the rest, some of each kind, or weekly
(``also_in(…, weekly=True)``). A test that is named by its whole address (``file.py::test``) always runs.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from engines import CHROMIUM, engine_of, leave_out

if TYPE_CHECKING:
    import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add ``--examples``."""
    parser.addoption(
        "--examples",
        choices=["some", "rest", "slow", "all"],
        default="some",
        help="some (as make test does), the rest (make test-rest), those that are left then (make test-slow), or all",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Name the marks."""
    config.addinivalue_line("markers", "one_in(n): make test runs one in n of the examples")
    config.addinivalue_line("markers", "thorough: make test leaves it out")
    config.addinivalue_line("markers", "weekly: make test and make test-rest leave it out")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what was not asked for."""
    wanted = config.getoption("examples")
    if wanted == "all" or any("::" in argument for argument in config.args):
        return
    seen: Counter[str] = Counter()
    leave_out(config, items, [item for item in items if _asked_for(item, seen) != wanted])


def _asked_for(item: pytest.Item, seen: Counter[str]) -> str:
    """Return with which ``--examples`` an item runs, of which as many of its kind were *seen*."""
    mark = item.get_closest_marker("one_in")
    browser = engine_of(item)
    kind = f"{item.nodeid.partition('[')[0]} in {browser}"
    number, of = seen[kind], mark.args[0] if mark else 1
    seen[kind] += 1
    is_one, is_one_of_four = (number % every == 0 for every in (of, max(1, of // 4)))
    if item.get_closest_marker("weekly"):
        return "slow"
    if browser != CHROMIUM:
        # What is left out in Chromium is left to the slow tests in the others.
        also = item.get_closest_marker("also_in")
        is_weekly = also is not None and also.kwargs.get("weekly", False)
        return "rest" if is_one and not is_weekly else "slow"
    if is_one and not item.get_closest_marker("thorough"):
        return "some"
    return "rest" if is_one_of_four else "slow"
