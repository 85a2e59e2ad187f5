"""What runs on a worker of the cluster: telling what it is, and building one job in a process of its own.

Dask imports these functions by their names and sends plain data: nothing of the project is unpickled.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from distributed import get_worker

from policysite.base import digests
from policysite.base.package import PACKAGE
from policysite.cluster.store import Store, StoreError
from policysite.project import software

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from distributed import Worker

STORE = "store"
SOFTWARE = "software"
PROCESS = "process"
"""What may be the ``failure`` of a job, beside a part with problems."""

_INTERVAL = 0.3
"""Seconds between two steps that are sent; each goes through the scheduler."""
_LAST_LINES = 15
_PLACE = "policysite"
_LIFE = 5.0
"""Seconds after which a process that was asked to end is killed."""

# What this worker is doing, by run: its threads and its event loop read it.
_lock = threading.Lock()
_running: defaultdict[str, set[subprocess.Popen[str]]] = defaultdict(set)
_ended: set[str] = set()


class _ProcessError(Exception):
    """A process that ended without a part."""


@dataclass(frozen=True)
class Order:
    """What a worker is asked to build: ``job`` are the fields of a ``PartJob``, ``software`` those of a ``Software``.

    ``store`` is the address of the run's folder, in which ``archive`` holds the project; ``digest`` is that of the archive.
    ``topic`` is where steps are sent.
    """

    run: str
    store: str
    archive: str
    digest: str
    topic: str
    software: Mapping[str, Any]
    job: Mapping[str, Any]


def describe(url: str, archive: str, packages: Sequence[str]) -> dict[str, Any]:
    """Return what this worker is, and why it cannot share the store at *url*, in which there is *archive*."""
    trouble = ""
    try:
        _try(Store(url), archive)
    except StoreError as error:
        trouble = str(error)
    return {
        "host": socket.gethostname(),
        "software": software.installed(packages).as_json(),
        "trouble": trouble,
    }


def describe_scheduler(packages: Sequence[str]) -> dict[str, Any]:
    """Return what the scheduler is: jobs pass through it, and it must know these functions too."""
    return {"host": socket.gethostname(), "software": software.installed(packages).as_json()}


def _try(store: Store, archive: str) -> None:
    """See whether *archive* can be read from *store*, and something written into it."""
    store.size(archive)
    name = f"{uuid.uuid4().hex}.probe"
    with tempfile.TemporaryDirectory() as folder:
        probe = Path(folder) / name
        probe.touch()
        store.put(probe, name)
    store.remove(name)


def build(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Build a part as the :class:`Order` with *fields* says, and put it into the store.

    Return its name, the name of its file in the store, and the seconds of each step; or what failed.
    """
    order = Order(**fields)
    worker = get_worker()
    answer: dict[str, Any] = {"worker": worker.address, "host": socket.gethostname()}
    found = software.installed(order.job["packages"])
    if found != software.Software(**order.software):
        return answer | {"failure": SOFTWARE, "software": found.as_json()}
    place = Path(worker.local_directory) / _PLACE
    place.mkdir(parents=True, exist_ok=True)

    def tell(step: Mapping[str, Any]) -> None:
        worker.log_event(order.topic, dict(step))

    try:
        return answer | _build(order, place, tell)
    except StoreError as error:
        return answer | {"failure": STORE, "why": str(error)}
    except _ProcessError as error:
        return answer | {"failure": PROCESS, "why": str(error)}


def _build(order: Order, place: Path, tell: Callable[[Mapping[str, Any]], None]) -> dict[str, Any]:
    began = time.monotonic()
    store = Store(order.store)
    archive = _fetch(store, order, place)
    fetched = time.monotonic()
    with tempfile.TemporaryDirectory(dir=place) as folder:
        said = _run_process(order, archive, Path(folder), tell)
        ran = time.monotonic()
        stored = f"{uuid.uuid4().hex}.{said['part']}"
        store.put(Path(folder) / said["part"], stored)
    inside = said["seconds"]
    seconds = {
        "fetch": fetched - began,
        "start": ran - fetched - sum(inside.values()),
        **inside,
        "put": time.monotonic() - ran,
    }
    return {"part": said["part"], "stored": stored, "seconds": seconds}


def _fetch(store: Store, order: Order, place: Path) -> Path:
    """Return the archive of the project, which all jobs of this worker share."""
    archive = place / order.digest
    with _lock:
        if not archive.is_file():
            incoming = place / f"{order.digest}.new"
            incoming.unlink(missing_ok=True)
            store.get(order.archive, incoming)
            if digests.of_file(incoming) != order.digest:
                raise StoreError(f"{order.archive} is damaged")
            incoming.rename(archive)
    return archive


def _run_process(
    order: Order, archive: Path, folder: Path, tell: Callable[[Mapping[str, Any]], None]
) -> dict[str, Any]:
    """Run the process that builds, and return what it said at its end."""
    job = {"job": dict(order.job), "archive": str(archive), "folder": str(folder)}
    errors = folder / "errors"
    with errors.open("w") as error_output:
        process = subprocess.Popen(
            [sys.executable, "-m", "policysite.cluster.part_process"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=error_output,
            text=True,
            encoding="utf-8",
            cwd=folder,
            env=_environment(order.job["environ"]),
        )
    with _lock:
        ended = order.run in _ended
        _running[order.run].add(process)
    try:
        if ended:
            raise _ProcessError("the build was ended")
        said = _listen(process, job, tell)
    finally:
        _stop(process)
        with _lock:
            _running[order.run].discard(process)
    if "part" not in said:
        last = errors.read_text("utf-8", "replace").splitlines()[-_LAST_LINES:]
        raise _ProcessError("\n  ".join([f"exit {process.returncode}", *last]))
    return said


def _listen(
    process: subprocess.Popen[str],
    job: Mapping[str, Any],
    tell: Callable[[Mapping[str, Any]], None],
) -> dict[str, Any]:
    said: dict[str, Any] = {}
    last_sent = 0.0
    if process.stdin is None or process.stdout is None:
        return said
    try:
        process.stdin.write(f"{json.dumps(job)}\n")
        # It stays open: the process ends with it, also when this worker is killed.
        process.stdin.flush()
    except BrokenPipeError:
        return said
    for line in process.stdout:
        if not line.endswith("\n"):
            break
        message = json.loads(line)
        step = message.get("step")
        if step is None:
            said |= message
        elif step["done"] == step["total"] or time.monotonic() - last_sent > _INTERVAL:
            last_sent = time.monotonic()
            tell(step)
    process.wait()
    return said


def _stop(process: subprocess.Popen[str]) -> None:
    """Have *process* end, and wait until it has."""
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(_LIFE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            pipe.close()


def _environment(chosen: Mapping[str, str]) -> dict[str, str]:
    """Return the environment for a build: that of this worker, except what the project would see of it."""
    kept = {name: value for name, value in os.environ.items() if not is_seen(name)}
    path = [str(PACKAGE.parent), *filter(None, [os.environ.get("PYTHONPATH")])]
    # Not the folder in which it runs: that is where the project is unpacked.
    return kept | {"PYTHONPATH": os.pathsep.join(path), "PYTHONSAFEPATH": "1"} | dict(chosen)


def is_seen(name: str) -> bool:
    """Whether a build may depend on the environment variable *name*."""
    return name.startswith("POLICYSITE_") or name == "SOURCE_DATE_EPOCH"


def end(run: str, digest: str, dask_worker: Worker) -> None:
    """End what this worker still does for *run*, and forget the project with *digest*. Dask fills in *dask_worker*."""
    with _lock:
        _ended.add(run)
        left = list(_running.pop(run, ()))
    for process in left:
        process.terminate()
    (Path(dask_worker.local_directory) / _PLACE / digest).unlink(missing_ok=True)
