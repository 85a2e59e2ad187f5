"""Building on many machines: a real scheduler and real workers, as processes of this machine.

``tests/slow/test_cluster_troubles.py`` has what can go wrong on the way, a result that is lost among it.
"""

from __future__ import annotations

import contextlib
import socket
import subprocess
import sys
import time
from typing import TYPE_CHECKING, NamedTuple

import pytest
from cluster import write_policies
from cluster_building import (
    assert_nothing_left,
    build_on,
    contents,
    on,
)
from support import DAY, build_site, write_files

from policysite.base.problems import Code, PolicysiteError
from policysite.build.build_site import build
from policysite.build.progress import Built as BuiltEvent
from policysite.build.progress import Started as StartedEvent
from policysite.build.progress import Step
from policysite.cli import main
from policysite.cluster import dask_scheduler as driver_side
from policysite.cluster.dask_scheduler import Cluster as OnCluster
from policysite.project import fingerprint

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from cluster_building import Reachable

    from policysite.build.build_site import Summary
    from policysite.build.progress import Event


pytest_plugins = ["cluster_fixtures"]
# Dask has an event loop of its own in this process.
pytestmark = [pytest.mark.usefixtures("without_browser"), pytest.mark.thorough]


class Started(NamedTuple):
    """A cluster that the commands have started."""

    address: str


@pytest.fixture(scope="module")
def shared_cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reachable]:
    """A scheduler and workers, as ``policysite scheduler`` and ``policysite worker`` start them; tests must not end them."""
    folder = tmp_path_factory.mktemp("cluster")
    with contextlib.closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"tcp://127.0.0.1:{port}"
    program = [sys.executable, "-m", "policysite"]
    with (folder / "log").open("wb") as log, contextlib.ExitStack() as started:
        for command in (["scheduler", "--port", str(port)], ["worker", address]):
            process = subprocess.Popen([*program, *command], cwd=folder, stdout=log, stderr=log)
            # The last that was started is ended first: a worker misses its scheduler for long.
            started.callback(process.wait, 30)
            started.callback(process.terminate)
            if command[0] == "scheduler":
                wait_for_port(port, folder / "log")
        yield Started(address)


def wait_for_port(port: int, log: Path) -> None:
    end = time.monotonic() + 30
    while time.monotonic() < end:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.1)
    pytest.fail(f"nothing listens at port {port}: {log.read_text('utf-8')}")


class Built(NamedTuple):
    """A project that was built on the cluster, and what was told of it."""

    root: Path
    summary: Summary
    events: list[Event]


@pytest.fixture(scope="module")
def built(
    without_browser: None,  # noqa: ARG001
    shared_cluster: Reachable,
    tmp_path_factory: pytest.TempPathFactory,
) -> Built:
    """The small site, built on the cluster; tests must not change it."""
    root = write_policies(tmp_path_factory.mktemp("built") / "project", 1, 2, "md")
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
    assert isinstance(started, StartedEvent)
    assert {event.language for event in events if isinstance(event, BuiltEvent)} == {"en", "ko"}
    # Workers tell how far they are.
    last = {(e.language, e.phase): e for e in events if isinstance(e, Step)}
    assert len(last) == 4
    assert all(step.done == step.total for step in last.values())
    assert {step.total for step in last.values()} == {started.documents, started.pages}


def test_the_build_command_uses_the_scheduler(
    shared_cluster: Reachable,
    root: Path,
    local_site: dict[str, bytes],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv(*next(iter(DAY.items())))
    chosen = ["--scheduler", shared_cluster.address, "--shared", str(root.parent / "shared")]
    assert main(["build", "--root", str(root), *chosen, "--patience", "30"]) == 0
    assert contents(root / "_build/html") == local_site
    assert_nothing_left(root)


def test_what_did_not_change_needs_no_scheduler(built: Built) -> None:
    root = built.root
    before = fingerprint.of_folder(root / "_build/html")
    unreachable = OnCluster("tcp://127.0.0.1:1", str(root / "nowhere"))
    assert build(root, root / "_build/html", DAY, scheduler=unreachable).built == ()
    assert fingerprint.of_folder(root / "_build/html") == before
    assert not (root / "nowhere").exists()


def test_a_cluster_is_sent_what_the_site_names(shared_cluster: Reachable, tmp_path: Path) -> None:
    """Its own templates, pictures and extensions: ``tests/test_own_files.py`` builds them here."""
    text = '---\nversion: "1.0"\neffective: 2024-01-01\n---\n\n# Terms\n\n## Article 1 (Scope)\n\nOne.\n'
    template = (
        '{% extends "!page.html" %}{% block content %}<p>FIRST</p>{{ super() }}{% endblock %}\n'
    )
    here, there = (write_files(tmp_path / name / "site", {"terms/1.0.md": text}) for name in "ab")
    for root in (here, there):
        with (root / "conf.py").open("a", encoding="utf-8") as conf:
            conf.write('templates_path = ["_templates"]\n')
        (root / "_templates").mkdir()
        (root / "_templates" / "page.html").write_text(template, "utf-8")
    build_site(here)
    build_on(shared_cluster, there)
    made = contents(there / "_build/html")
    assert b"<p>FIRST</p>" in made["en/terms/1.0.html"]
    assert made == contents(here / "_build/html")


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
