"""Fixtures: the real project and its site, and small projects."""

from __future__ import annotations

import gc
import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from many_languages import build_languages
from memory_folder import write_to_memory
from property_examples import set_profile
from support import DAY, SAMPLE_DAY, build_site, copy_project, copy_sample, write_files

from policysite.files import locks

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator


CORE = Path(__file__).parent / "core"


def pytest_configure() -> None:
    """Decide where tests write, and how many examples hypothesis makes, before they are read."""
    write_to_memory()
    set_profile()
    # Ten thousand tests are collected, and none of them is garbage.
    gc.set_threshold(100_000, 50, 50)


@pytest.hookimpl(wrapper=True, optionalhook=True)
def pytest_xdist_auto_num_workers(config: pytest.Config) -> Generator[None, int, int]:
    """Take a process more than there are processors: who tests browsers and servers waits half of the time.

    What takes minutes may measure them, and has the processors to itself.
    """
    found = yield
    is_slow = any("slow" in Path(argument).parts for argument in config.args)
    return found if is_slow or "PYTEST_XDIST_AUTO_NUM_WORKERS" in os.environ else found + 1


@pytest.hookimpl(tryfirst=True)
def pytest_unconfigure() -> None:
    """Look for no garbage at the end: what is left goes with the process."""
    gc.freeze()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put first what takes long, so that at the end no process waits for another one."""
    items.sort(key=lambda item: CORE in item.path.parents)


pytest_plugins = [
    "engines",
    "example_selection",
    "tool_fixtures",
    "server_fixtures",
    "served_site",
    "browser_fixtures",
]


@pytest.fixture(scope="module", autouse=True)
def in_one_process(request: pytest.FixtureRequest) -> Iterator[None]:
    """Build in the process of the tests, unless somebody wants others; what is in ``core`` does not build."""
    if CORE in request.path.parents:
        yield
        return
    from one_process import one_process  # noqa: PLC0415 - it imports Sphinx

    with one_process():
        yield


@pytest.fixture
def in_processes() -> Iterator[None]:
    """Build in processes, as people's commands do."""
    from one_process import processes  # noqa: PLC0415

    with processes():
        yield


def built_once(
    tmp_path_factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]
) -> Path:
    """Return the folder that *make* has filled, for all processes that share this run of the tests.

    What it builds is built as people build it, in processes.
    """
    from one_process import processes  # noqa: PLC0415

    run = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        run = run.parent
    folder, done = run / "shared" / name, run / "shared" / f"{name}.done"
    with locks.wait_for(run / "shared" / f"{name}.lock"):
        if not done.exists():
            shutil.rmtree(folder, ignore_errors=True)
            with processes():
                make(folder)
            done.touch()
    return folder


@pytest.fixture(scope="session")
def built_project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real project, built; tests must not change it."""
    return built_once(tmp_path_factory, "real", lambda root: build_site(copy_project(root)))


@pytest.fixture(scope="session")
def built_unfrozen(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real project without its ledger, built, so that its texts may be changed; tests must not change it."""
    return built_once(
        tmp_path_factory, "unfrozen", lambda root: build_site(copy_project(root, frozen=False))
    )


@pytest.fixture(scope="session")
def site(built_project: Path) -> Path:
    """The real site; tests must not change it."""
    return built_project / "_build" / "html"


@pytest.fixture(scope="session")
def sample_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the sample policy, which has many versions; tests must not change it."""
    root = built_once(
        tmp_path_factory, "sample", lambda root: build_site(copy_sample(root), SAMPLE_DAY)
    )
    return root / "_build" / "html"


@pytest.fixture(scope="session")
def languages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of a policy in languages of many scripts; tests must not change it."""
    return built_once(tmp_path_factory, "languages", build_languages) / "_build" / "html"


@pytest.fixture(scope="session")
def released(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real site as it was published; tests must not change it."""
    from policysite.release.publish import publish  # noqa: PLC0415 - most tests do not need it

    def make(folder: Path) -> None:
        publish(copy_project(folder / "project"), folder / "srv", DAY)

    return built_once(tmp_path_factory, "released", make) / "srv/releases/000001"


@pytest.fixture
def project(built_unfrozen: Path, tmp_path: Path) -> Path:
    """A copy of the real project without its ledger, with its built site, for a test to change."""
    return Path(shutil.copytree(built_unfrozen, tmp_path / "project", symlinks=True))


@pytest.fixture
def frozen_project(built_project: Path, tmp_path: Path) -> Path:
    """A copy of the real project with its ledger and its built site, for a test to change."""
    return Path(shutil.copytree(built_project, tmp_path / "project", symlinks=True))


@pytest.fixture
def write_project(tmp_path: Path) -> Callable[..., Path]:
    """Return a function that writes a small project: ``{"terms/1.0.md": text}`` below docs."""

    def write(documents: dict[str, str], languages: dict[str, str] | None = None) -> Path:
        return write_files(tmp_path / "small", documents, languages)

    return write
