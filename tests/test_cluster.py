"""Building on many machines: a real scheduler and real workers, as processes of this machine.

``tests/slow/test_cluster_troubles.py`` has what can go wrong.
"""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
import time
from typing import TYPE_CHECKING, NamedTuple

import pytest
from cluster import write_policies
from cluster_building import (
    SPOILING,
    assert_nothing_left,
    build_on,
    contents,
    on,
    spoil,
)
from support import DAY

from policysite.base.problems import Code, PolicysiteError
from policysite.build.build_site import build
from policysite.build.progress import Built as BuiltEvent
from policysite.build.progress import Started, Step
from policysite.cluster import dask_scheduler as driver_side
from policysite.cluster.dask_scheduler import Cluster as OnCluster
from policysite.project import fingerprint

if TYPE_CHECKING:
    from pathlib import Path

    from cluster import Cluster

    from policysite.build.build_site import Summary
    from policysite.build.progress import Event


pytest_plugins = ["cluster_fixtures"]
# Dask has an event loop of its own in this process.
pytestmark = pytest.mark.usefixtures("without_browser")


class Built(NamedTuple):
    """A project that was built on the cluster, and what was told of it."""

    root: Path
    summary: Summary
    events: list[Event]


@pytest.fixture(scope="module")
def built(
    without_browser: None,  # noqa: ARG001
    shared_cluster: Cluster,
    tmp_path_factory: pytest.TempPathFactory,
) -> Built:
    """The small site, built on the cluster; tests must not change it."""
    root = write_policies(tmp_path_factory.mktemp("built") / "project", 1, 2)
    events: list[Event] = []
    summary = build(root, root / "_build/html", DAY, events.append, on(shared_cluster, root))
    return Built(root, summary, events)


def test_a_cluster_builds_the_site_that_this_machine_builds(
    built: Built, local_site: dict[str, bytes]
) -> None:
    root, summary, events = built
    assert contents(root / "_build/html") == local_site
    assert summary.built == ("en", "ko")
    assert_nothing_left(root)
    started = events[0]
    assert isinstance(started, Started)
    assert {event.language for event in events if isinstance(event, BuiltEvent)} == {"en", "ko"}
    # Workers tell how far they are.
    last = {(e.language, e.phase): e for e in events if isinstance(e, Step)}
    assert len(last) == 4
    assert all(step.done == step.total for step in last.values())
    assert {step.total for step in last.values()} == {started.documents, started.pages}


def test_the_commands_start_a_scheduler_and_its_workers(
    root: Path, local_site: dict[str, bytes], tmp_path: Path
) -> None:
    with contextlib.closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"tcp://127.0.0.1:{port}"
    program = [sys.executable, "-m", "policysite"]
    log = (tmp_path / "log").open("wb")
    with log, contextlib.ExitStack() as started:
        for command in (["scheduler", "--port", str(port)], ["worker", address]):
            process = subprocess.Popen([*program, *command], cwd=tmp_path, stdout=log, stderr=log)
            # The last that was started is ended first: a worker misses its scheduler for long.
            started.callback(process.wait, 30)
            started.callback(process.terminate)
            if command[0] == "scheduler":
                wait_for_port(port)
        chosen = ["--scheduler", address, "--shared", str(tmp_path / "shared"), "--patience", "30"]
        done = subprocess.run(
            [*program, "build", "--root", str(root), *chosen], check=False, capture_output=True, text=True,
            env={**os.environ, **DAY},
        )  # fmt: skip
    assert done.returncode == 0, done.stderr + (tmp_path / "log").read_text("utf-8")
    assert contents(root / "_build/html") == local_site


def wait_for_port(port: int) -> None:
    end = time.monotonic() + 30
    while time.monotonic() < end:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.1)
    pytest.fail(f"nothing listens at port {port}")


def test_what_did_not_change_needs_no_scheduler(built: Built) -> None:
    root = built.root
    before = fingerprint.of_folder(root / "_build/html")
    unreachable = OnCluster("tcp://127.0.0.1:1", str(root / "nowhere"))
    assert build(root, root / "_build/html", DAY, scheduler=unreachable).built == ()
    assert fingerprint.of_folder(root / "_build/html") == before
    assert not (root / "nowhere").exists()


def test_results_that_are_lost_or_damaged_are_built_again_once(
    shared_cluster: Cluster,
    root: Path,
    local_site: dict[str, bytes],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """One language loses its result, the other has it damaged; ``tests/slow`` has each of them alone."""
    spoilt = spoil(monkeypatch, *SPOILING.values())
    build_on(shared_cluster, root)
    assert len(set(spoilt)) == 2
    assert contents(root / "_build/html") == local_site
    assert_nothing_left(root)


def test_a_scheduler_that_does_not_answer_is_named(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(driver_side, "_CONNECTING", 0.5)
    with contextlib.closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{taken.getsockname()[1]}"
        with pytest.raises(PolicysiteError) as caught:
            build(root, root / "_build/html", DAY, scheduler=OnCluster(address, str(root)))
    (problem,) = caught.value.problems
    assert (problem.path, problem.code) == (address, Code.SCHEDULER)
    assert "cannot be reached" in problem.message
    assert not (root / "_build/html").exists()


def test_an_address_that_is_none_is_named(root: Path) -> None:
    with pytest.raises(PolicysiteError, match="cannot be reached"):
        build(root, root / "_build/html", DAY, scheduler=OnCluster("nonsense://here:1", str(root)))
