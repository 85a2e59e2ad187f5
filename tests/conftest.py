"""Fixtures: the real project and its site, and small projects."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from support import SAMPLE_DAY, build_site, copy_project, copy_sample, write_files

if TYPE_CHECKING:
    from collections.abc import Callable

pytest_plugins = ["tool_fixtures", "server_fixtures", "browser_fixtures"]


@pytest.fixture(scope="session")
def built_project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real project, built; tests must not change it."""
    root = copy_project(tmp_path_factory.mktemp("real"))
    build_site(root)
    return root


@pytest.fixture(scope="session")
def built_unfrozen(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real project without its ledger, built, so that its texts may be changed; tests must not change it."""
    root = copy_project(tmp_path_factory.mktemp("unfrozen"), frozen=False)
    build_site(root)
    return root


@pytest.fixture(scope="session")
def site(built_project: Path) -> Path:
    """The real site; tests must not change it."""
    return built_project / "_build" / "html"


@pytest.fixture(scope="session")
def sample_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the sample policy, which has many versions; tests must not change it."""
    root = copy_sample(tmp_path_factory.mktemp("sample"))
    return build_site(root, SAMPLE_DAY).output


@pytest.fixture
def project(built_unfrozen: Path, tmp_path: Path) -> Path:
    """A copy of the real project without its ledger, with its built site, for a test to change."""
    return Path(shutil.copytree(built_unfrozen, tmp_path / "project"))


@pytest.fixture
def frozen_project(built_project: Path, tmp_path: Path) -> Path:
    """A copy of the real project with its ledger and its built site, for a test to change."""
    return Path(shutil.copytree(built_project, tmp_path / "project"))


@pytest.fixture
def write_project(tmp_path: Path) -> Callable[..., Path]:
    """Return a function that writes a small project: ``{"terms/1.0.md": text}`` below docs."""

    def write(documents: dict[str, str], languages: dict[str, str] | None = None) -> Path:
        return write_files(tmp_path / "small", documents, languages)

    return write
