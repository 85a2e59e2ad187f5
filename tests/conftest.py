"""Fixtures: the real project and its site, and small projects."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from support import SAMPLE_DAY, build_site, copy_project, copy_sample, write_files

from policysite.files import locks

if TYPE_CHECKING:
    from collections.abc import Callable

pytest_plugins = ["tool_fixtures", "server_fixtures", "browser_fixtures"]


def built_once(
    tmp_path_factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]
) -> Path:
    """Return the folder that *make* has filled, for all processes that share this run of the tests."""
    run = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        run = run.parent
    folder, done = run / "shared" / name, run / "shared" / f"{name}.done"
    with locks.wait_for(run / "shared" / f"{name}.lock"):
        if not done.exists():
            shutil.rmtree(folder, ignore_errors=True)
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
