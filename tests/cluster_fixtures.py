"""Fixtures of the tests that build on a cluster; it imports Dask, so only their modules take it as a plugin."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from cluster import Cluster, write_policies
from cluster_building import contents, wait_for_workers
from support import build_site

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="module")
def local_site(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The content of the small site, built by the processes of this machine."""
    root = write_policies(tmp_path_factory.mktemp("local") / "project", 1, 2, "md")
    build_site(root)
    return contents(root / "_build/html")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A small policy in two languages."""
    return write_policies(tmp_path / "project", 1, 2, "md")


@pytest.fixture(scope="module")
def shared_cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """A scheduler and two workers, which tests must not end."""
    with Cluster(tmp_path_factory.mktemp("cluster")) as cluster:
        cluster.add_worker()
        cluster.add_worker()
        wait_for_workers(cluster, 2)
        yield cluster
