"""Building on a cluster, for the tests."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import pytest
from support import DAY

from policysite.base.problems import PolicysiteError
from policysite.build.build_site import build
from policysite.cluster.dask_scheduler import Cluster as OnCluster
from policysite.cluster.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable

    from cluster import Cluster

    from policysite.build.build_site import Summary


class Reachable(Protocol):
    """A cluster whose scheduler has an address."""

    @property
    def address(self) -> str:
        """Return the address."""


def contents(site: Path) -> dict[str, bytes]:
    return {p.relative_to(site).as_posix(): p.read_bytes() for p in site.rglob("*") if p.is_file()}


def wait_for_workers(cluster: Cluster, number: int) -> None:
    until = time.monotonic() + 60
    while cluster.log().count("Registered to") < number:
        assert time.monotonic() < until
        time.sleep(0.05)


def on(cluster: Reachable, root: Path, patience: float = 60) -> OnCluster:
    return OnCluster(cluster.address, str(root.parent / "shared"), patience)


def build_on(cluster: Reachable, root: Path, patience: float = 60) -> Summary:
    return build(root, root / "_build/html", DAY, scheduler=on(cluster, root, patience))


def refused(cluster: Reachable, root: Path, patience: float = 60) -> PolicysiteError:
    """Build, which must be refused without leaving anything behind, and return why."""
    site = root / "_build/html"
    before = contents(site)
    with pytest.raises(PolicysiteError) as caught:
        build_on(cluster, root, patience)
    assert contents(site) == before
    assert_nothing_left(root)
    return caught.value


def assert_nothing_left(root: Path) -> None:
    shared = root.parent / "shared"
    assert not shared.exists() or not list(shared.iterdir())
    work = root / "_build/work"
    assert [path.name for path in work.glob(".*")] == []
    assert not list((root / "_build").glob(".html*"))


def spoil(monkeypatch: pytest.MonkeyPatch, *ways: Callable[[Path], object]) -> list[str]:
    """Spoil as many parts as there are *ways* in the store, each just before it is fetched; return which were."""
    spoilt: list[str] = []
    get = Store.get

    def get_spoilt(store: Store, name: str, path: Path) -> None:
        if ".part." in name and len(spoilt) < len(ways):
            spoil = ways[len(spoilt)]
            spoilt.append(name)
            spoil(Path(store.url.removeprefix("file://")) / name)
        get(store, name, path)

    monkeypatch.setattr(Store, "get", get_spoilt)
    return spoilt


def cut_off(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


SPOILING: dict[str, Callable[[Path], object]] = {"lost": Path.unlink, "damaged": cut_off}
