"""Which examples run: some of each kind for people, and the rest where time is no matter.

``@pytest.mark.one_in(n)`` is for a test with many examples of one kind: ``make test`` runs one in *n* of them.
``@pytest.mark.thorough`` is for what it leaves out as a whole. ``--examples rest`` runs what it leaves out, ``--examples all``
everything. A test that is named by its whole address (``file.py::test``) always runs.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add ``--examples``."""
    parser.addoption(
        "--examples",
        choices=["some", "rest", "all"],
        default="some",
        help="some (as make test does), the rest, or all",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Name the marks."""
    config.addinivalue_line("markers", "one_in(n): make test runs one in n of the examples")
    config.addinivalue_line("markers", "thorough: make test leaves it out")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what was not asked for."""
    wanted = config.getoption("examples")
    if wanted == "all" or any("::" in argument for argument in config.args):
        return
    seen: Counter[str] = Counter()
    left_out = [item for item in items if _is_for_people(item, seen) != (wanted == "some")]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        left = set(left_out)
        items[:] = [item for item in items if item not in left]


def _is_for_people(item: pytest.Item, seen: Counter[str]) -> bool:
    if item.get_closest_marker("thorough"):
        return False
    mark = item.get_closest_marker("one_in")
    if mark is None:
        return True
    test = item.nodeid.partition("[")[0]
    seen[test] += 1
    return bool((seen[test] - 1) % mark.args[0] == 0)
