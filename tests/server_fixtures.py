"""The real site on a web server: at the root of a host, and below a path of one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from site_server import SiteServer, publish, serve

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="session")
def served(site: Path) -> Iterator[SiteServer]:
    """The site as ``make html`` builds it, which knows no address of its own."""
    with serve(site) as server:
        yield server


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SiteServer]:
    """The site built for the address that it has, which is below a path."""
    with publish(tmp_path_factory.mktemp("published"), "/policies") as server:
        yield server
