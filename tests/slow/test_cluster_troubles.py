"""What can go wrong on many machines: workers and schedulers that die or differ, results that are lost, stores that are not shared.

``tests/test_cluster.py`` builds on a cluster where all is well.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from typing import TYPE_CHECKING, Any

import pytest
from cluster import HOLD, TLS, Cluster
from cluster_building import (
    SPOILING,
    assert_nothing_left,
    build_on,
    contents,
    on,
    refused,
    spoil,
    wait_for_workers,
)
from support import DAY, ROOT, build_site, swap
from tool_fixtures import missing

from policysite.base.package import PACKAGE
from policysite.base.problems import Code, PolicysiteError
from policysite.build.build_site import build
from policysite.cluster.dask_scheduler import Cluster as OnCluster

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


pytest_plugins = ["cluster_fixtures"]
# Dask has an event loop of its own in this process.
pytestmark = pytest.mark.usefixtures("without_browser")


@pytest.fixture
def alone(tmp_path: Path) -> Iterator[Cluster]:
    """A scheduler without workers, which a test may add and kill."""
    with Cluster(tmp_path / "cluster") as cluster:
        yield cluster


class Held:
    """A build that waits in the middle of every language until it is let go; it runs in a thread of its own."""

    def __init__(self, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder = root.parent / "held"
        self.folder.mkdir()
        (self.folder / "hold").touch()
        monkeypatch.setenv("POLICYSITE_TEST", os.fspath(self.folder))
        with (root / "conf.py").open("a", encoding="utf-8") as conf:
            conf.write(HOLD)
        self.error: PolicysiteError | None = None
        self._thread: threading.Thread | None = None

    def begin(self, run: Callable[[], object]) -> None:
        def target() -> None:
            try:
                run()
            except PolicysiteError as error:
                self.error = error

        self._thread = threading.Thread(target=target)
        self._thread.start()

    def begun(self, number: int) -> list[tuple[str, int]]:
        """Wait until so many builds of a language have begun; return language and process of each."""
        until = time.monotonic() + 60
        while time.monotonic() < until:
            names = [path.name.split("-") for path in self.folder.glob("*-*")]
            if len(names) >= number:
                return [(language, int(process)) for language, process in names]
            time.sleep(0.02)
        raise AssertionError(names)

    def let_go(self) -> None:
        (self.folder / "hold").unlink()

    def end(self) -> None:
        assert self._thread is not None
        self._thread.join(120)
        assert not self._thread.is_alive()


def wait_until_gone(process: int) -> None:
    until = time.monotonic() + 20
    while time.monotonic() < until:
        try:
            os.kill(process, 0)
        except ProcessLookupError:
            return
        time.sleep(0.05)
    raise AssertionError(process)


def test_this_machine_goes_on_from_what_a_cluster_built(
    shared_cluster: Cluster, root: Path
) -> None:
    build_on(shared_cluster, root)
    (root / "docs/policy-1/1.0.md").unlink()
    for catalog in root.glob("locales/*/LC_MESSAGES/policy-1/1.0.po"):
        catalog.unlink()
    swap("docs/policy-1/1.1.md", "everybody", "everybody else")(root)
    build_site(root)
    rebuilt = contents(root / "_build/html")
    shutil.rmtree(root / "_build")
    build_site(root)
    assert contents(root / "_build/html") == rebuilt
    assert "en/policy-1/1.0.html" not in rebuilt


def test_only_languages_that_changed_are_sent(shared_cluster: Cluster, root: Path) -> None:
    build_on(shared_cluster, root)
    swap("locales/ko/LC_MESSAGES/policy-1/1.0.po", "(한국어)", "(국어)")(root)
    scheduler = on(shared_cluster, root)
    assert build(root, root / "_build/html", DAY, scheduler=scheduler).built == ("ko",)
    assert list(scheduler.seconds) == ["ko"]
    assert "(국어)" in (root / "_build/html/ko/policy-1/1.0.html").read_text("utf-8")


def test_a_build_on_a_cluster_finds_what_a_build_here_finds(
    shared_cluster: Cluster, root: Path
) -> None:
    build_on(shared_cluster, root)
    swap("docs/policy-1/1.1.md", "everybody.", "{nonsense}`x` [a](b.md).")(root)
    with pytest.raises(PolicysiteError) as here:
        build_site(root)
    assert refused(shared_cluster, root).problems == here.value.problems


def test_the_environment_of_the_builder_counts_and_not_that_of_the_worker(
    alone: Cluster, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    conf = 'policysite_base_url = os.environ.get("POLICYSITE_BASE_URL", "")\n'
    with (root / "conf.py").open("a", encoding="utf-8") as file:
        file.write(conf)
    alone.add_worker(environ={"POLICYSITE_BASE_URL": "https://worker.example", "TZ": "Asia/Seoul"})
    monkeypatch.setenv("POLICYSITE_BASE_URL", "https://builder.example/p")
    build_on(alone, root)
    site = contents(root / "_build/html")
    shutil.rmtree(root / "_build")
    build_site(root)
    assert contents(root / "_build/html") == site


def test_settings_that_depend_on_the_machine_are_refused(alone: Cluster, root: Path) -> None:
    with (root / "conf.py").open("a", encoding="utf-8") as conf:
        conf.write('policysite_publisher = os.environ.get("COMPANY", "Hanbit Test Co.")\n')
    alone.add_worker(environ={"COMPANY": "Another Co."})
    problems = refused(alone, root).problems
    assert [(problem.path, problem.code) for problem in problems] == [("conf.py", Code.SETTINGS)]


def test_a_worker_that_is_killed_in_the_middle_costs_time_alone(
    alone: Cluster, root: Path, local_site: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    held = Held(root, monkeypatch)
    victim = alone.add_worker()
    held.begin(lambda: build_on(alone, root))
    ((_language, process),) = held.begun(1)
    alone.add_worker()
    victim.send_signal(signal.SIGKILL)
    # What it was building ends with it.
    wait_until_gone(process)
    again = held.begun(2)
    held.let_go()
    held.end()
    assert held.error is None
    assert process in {number for _language, number in again}
    assert contents(root / "_build/html") == local_site
    assert len(held.begun(3)) == 3
    assert_nothing_left(root)


def test_when_no_worker_is_left_the_build_says_so(
    alone: Cluster, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = Held(root, monkeypatch)
    worker = alone.add_worker()
    wait_for_workers(alone, 1)
    held.begin(lambda: build_on(alone, root, patience=1))
    held.begun(1)
    worker.send_signal(signal.SIGKILL)
    held.end()
    assert held.error is not None
    (problem,) = held.error.problems
    assert (problem.path, problem.code) == (alone.address, Code.SCHEDULER)
    assert problem.message == "The scheduler has had no worker for 1 s."
    assert not (root / "_build/html").exists()
    assert_nothing_left(root)


def test_a_language_that_kills_its_workers_is_named(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = Held(root, monkeypatch)
    # Dask allows three times; that would take longer.
    patience = {"DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "0"}
    with Cluster(tmp_path / "cluster", environ=patience) as cluster:
        worker = cluster.add_worker()
        held.begin(lambda: build_on(cluster, root))
        ((language, _process),) = held.begun(1)
        worker.send_signal(signal.SIGKILL)
        cluster.add_worker()
        held.let_go()
        held.end()
    assert held.error is not None
    # What the worker had been given besides is suspected too.
    assert {problem.code for problem in held.error.problems} == {Code.SCHEDULER}
    said = "\n".join(problem.message for problem in held.error.problems)
    assert f"The build of {language!r} failed. Its workers died: " in said
    assert not (root / "_build/html").exists()
    assert_nothing_left(root)


def test_a_scheduler_that_is_lost_is_named(
    alone: Cluster, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = Held(root, monkeypatch)
    alone.add_worker()
    wait_for_workers(alone, 1)
    held.begin(lambda: build_on(alone, root, patience=1))
    held.begun(1)
    alone.scheduler.send_signal(signal.SIGKILL)
    held.end()
    assert held.error is not None
    assert [problem.code for problem in held.error.problems] == [Code.SCHEDULER]
    assert_nothing_left(root)


def test_a_process_that_dies_twice_is_a_problem_of_its_language(
    shared_cluster: Cluster, root: Path
) -> None:
    with (root / "conf.py").open("a", encoding="utf-8") as conf:
        conf.write(
            "def setup(app):\n    if app.config.language == 'ko':\n"
            "        print('out of memory'); os._exit(7)\n"
        )
    (problem,) = refused(shared_cluster, root).problems
    assert problem.code == Code.SCHEDULER
    assert "'ko' failed twice" in problem.message
    assert "exit 7" in problem.message


def test_interrupting_ends_what_the_workers_do(
    alone: Cluster, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = Held(root, monkeypatch)
    alone.add_worker()
    alone.add_worker()
    shared = root.parent / "shared"
    command = [sys.executable, "-m", "policysite", "build", "--root", os.fspath(root)]
    command += ["--scheduler", alone.address, "--shared", os.fspath(shared)]
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True) as run:
        processes = [process for _language, process in held.begun(2)]
        run.send_signal(signal.SIGINT)
        _, said = run.communicate(timeout=60)
    assert run.returncode == 130
    assert said.splitlines()[-1] == "Interrupted. Nothing was published."
    for process in processes:
        wait_until_gone(process)
    assert_nothing_left(root)


@pytest.fixture
def other_code(tmp_path: Path) -> Path:
    """The project's code with one word of a template changed."""
    other = tmp_path / "other"
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(PACKAGE, other / "policysite", ignore=ignored)
    with (other / "policysite/templates/page.html").open("a", encoding="utf-8") as template:
        template.write("<!-- another version -->\n")
    return other


def without_policysite(folder: Path) -> Path:
    """Return a folder for programs in which policysite is not installed, as far as they can tell."""
    folder.mkdir()
    (folder / "policysite.py").write_text(
        "raise ModuleNotFoundError(\"No module named 'policysite'\", name='policysite')\n", "utf-8"
    )
    return folder


def test_workers_with_other_software_are_named_before_anything_is_built(
    alone: Cluster, root: Path, other_code: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = Held(root, monkeypatch)
    older = tmp_path / "packages" / "babel-2.0.dist-info" / "METADATA"
    older.parent.mkdir(parents=True)
    older.write_text("Metadata-Version: 2.1\nName: babel\nVersion: 2.0\n", "utf-8")
    alone.add_worker()
    alone.add_worker(code=other_code)
    alone.add_worker(environ={"PYTHONPATH": os.fspath(older.parent.parent)})
    empty = without_policysite(tmp_path / "empty")
    alone.add_worker(code=empty)
    wait_for_workers(alone, 4)
    problems = refused(alone, root).problems
    assert {problem.code for problem in problems} == {Code.OTHER_SOFTWARE}
    messages = sorted(problem.message for problem in problems)
    assert messages[:2] == [
        "Found another policysite than here.",
        "Found babel 2.0, expected 2.18.0.",
    ]
    assert messages[2].startswith("It cannot run policysite")
    assert len(messages) == 3
    assert all(socket.gethostname() in p.path for p in problems if p.message in messages[:2])
    assert [path.name for path in held.folder.iterdir()] == ["hold"]


def test_a_scheduler_with_other_software_is_named(root: Path, tmp_path: Path) -> None:
    empty = without_policysite(tmp_path / "empty")
    with Cluster(tmp_path / "cluster", code=empty) as cluster:
        cluster.add_worker()
        (problem,) = refused(cluster, root).problems
    assert (problem.path, problem.code) == (cluster.address, Code.OTHER_SOFTWARE)
    assert "No module named 'policysite'" in problem.message


def test_a_worker_that_comes_later_with_other_software_is_refused_too(
    alone: Cluster, root: Path, other_code: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = Held(root, monkeypatch)
    alone.add_worker()
    held.begin(lambda: build_on(alone, root))
    held.begun(1)
    alone.add_worker(code=other_code)
    held.end()
    assert held.error is not None
    assert [problem.code for problem in held.error.problems] == [Code.OTHER_SOFTWARE]
    assert len(held.begun(1)) == 1
    assert_nothing_left(root)


@pytest.mark.parametrize("how", SPOILING)
def test_a_result_that_is_lost_is_built_again_once(
    shared_cluster: Cluster,
    root: Path,
    local_site: dict[str, bytes],
    monkeypatch: pytest.MonkeyPatch,
    how: str,
) -> None:
    spoilt = spoil(monkeypatch, SPOILING[how])
    build_on(shared_cluster, root)
    assert len(spoilt) == 1
    assert contents(root / "_build/html") == local_site
    assert_nothing_left(root)


def test_results_that_are_lost_or_damaged_are_built_again_once(
    shared_cluster: Cluster,
    root: Path,
    local_site: dict[str, bytes],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """One language loses its result, the other has it damaged."""
    spoilt = spoil(monkeypatch, *SPOILING.values())
    build_on(shared_cluster, root)
    assert len(set(spoilt)) == 2
    assert contents(root / "_build/html") == local_site
    assert_nothing_left(root)


@pytest.mark.parametrize("how", SPOILING)
def test_a_result_that_is_lost_each_time_is_a_problem(
    shared_cluster: Cluster, root: Path, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    spoilt = spoil(monkeypatch, *[SPOILING[how]] * 100)
    problems = refused(shared_cluster, root).problems
    assert len(spoilt) == 4
    assert [problem.code for problem in problems] == [Code.SCHEDULER] * 2
    assert all("failed twice. What tcp://127.0.0.1:" in problem.message for problem in problems)


@pytest.fixture
def tls(tmp_path: Path) -> dict[str, str]:
    """What guide/many-machines.md has one set for TLS, with an authority and a certificate for a day."""
    if shutil.which("openssl") is None:
        missing("openssl is not installed (Debian: apt-get install openssl)")

    def openssl(*arguments: str) -> None:
        subprocess.run(["openssl", *arguments], cwd=tmp_path, check=True, capture_output=True)

    key = ["-newkey", "rsa:2048", "-nodes"]
    openssl("req", "-x509", *key, "-keyout", "ca.key", "-out", "ca.pem", "-subj", "/CN=ca")
    openssl("req", *key, "-keyout", "key.pem", "-out", "node.csr", "-subj", "/CN=node")
    authority = ["-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial"]
    openssl("x509", "-req", "-in", "node.csr", *authority, "-days", "1", "-out", "node.pem")
    environ = {
        "DASK_DISTRIBUTED__COMM__REQUIRE_ENCRYPTION": "true",
        f"{TLS}CA_FILE": f"{tmp_path}/ca.pem",
    }
    for role in ("SCHEDULER", "WORKER", "CLIENT"):
        environ[f"{TLS}{role}__CERT"] = f"{tmp_path}/node.pem"
        environ[f"{TLS}{role}__KEY"] = f"{tmp_path}/key.pem"
    return environ


def test_who_has_no_certificate_is_kept_out(
    root: Path, tmp_path: Path, tls: dict[str, str]
) -> None:
    command = [sys.executable, "-m", "policysite", "build", "--root", os.fspath(root)]
    with Cluster(tmp_path / "cluster", environ=tls) as cluster:
        assert cluster.address.startswith("tls://")
        cluster.add_worker()
        command += ["--scheduler", cluster.address, "--shared", os.fspath(tmp_path / "shared")]
        environ = {**os.environ, **DAY}
        kept_out = subprocess.run(
            command, cwd=ROOT, env=environ, check=False, capture_output=True, text=True
        )
        assert kept_out.returncode == 1
        assert "[scheduler] The scheduler cannot be reached: TLS expects" in kept_out.stderr
        assert "Traceback" not in kept_out.stderr
        subprocess.run(command, cwd=ROOT, env=environ | tls, check=True)
    assert (root / "_build/html/index.html").is_file()


def store_problems(cluster: Cluster, root: Path, url: str) -> list[Any]:
    scheduler = OnCluster(cluster.address, url)
    with pytest.raises(PolicysiteError) as caught:
        build(root, root / "_build/html", DAY, scheduler=scheduler)
    assert not (root / "_build/html").exists()
    problems = list(caught.value.problems)
    assert {problem.code for problem in problems} == {Code.SHARED_STORE}
    return problems


def test_a_store_that_workers_do_not_see_is_named_before_anything_is_built(
    shared_cluster: Cluster, root: Path
) -> None:
    problems = store_problems(shared_cluster, root, "memory://shared")
    assert len(problems) == 2
    assert all(
        problem.message.startswith("The worker cannot use memory://shared: there is no ")
        for problem in problems
    )


@pytest.mark.parametrize("url", ["{root}/conf.py/shared", "nonsense://shared"])
def test_a_store_that_cannot_be_written_is_named(
    shared_cluster: Cluster, root: Path, url: str
) -> None:
    (problem,) = store_problems(shared_cluster, root, url.format(root=root))
    assert "This machine cannot write there" in problem.message
