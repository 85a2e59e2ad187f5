"""Building in the process of the tests, where Sphinx is there already: a fork copies more than a small site is worth.

It takes the place of :mod:`policysite.build.workers` and :mod:`policysite.build.catalog_workers`, and does what they have
their processes do, one language after the other. The sites that tests share are built in processes, and so is
what a test with ``in_processes`` builds.
"""

from __future__ import annotations

import contextlib
import gc
import gettext
import io
import os
import sys
from functools import cache, lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING
from unittest import mock

import sphinx.locale
from sphinx.cmd.build import build_main
from sphinx_lookups import kept_lookups

from policysite.build import catalog_workers, local_scheduler, workers
from policysite.build.build_language import build_language, preload
from policysite.build.jobs import LanguageJob, LanguageResult
from policysite.build.progress import Built, no_progress
from policysite.model.settings import CHECKED, COLLECTED
from policysite.project import software
from policysite.release import release_files

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from multiprocessing.connection import Connection
    from pathlib import Path

    from policysite.build.catalog_workers import CatalogCheck
    from policysite.build.progress import ProgressCallback
    from policysite.project.project import Project

BUILT_IN = "policysite.sphinx_ext"


class Nobody:
    """The end of a pipe that no process holds the other end of: whoever asks has to look for himself."""

    def recv(self) -> object:
        """Say so."""
        raise EOFError

    def close(self) -> None:
        """Close nothing."""


class ChecksHere:
    """Stands for :class:`policysite.build.catalog_workers.CatalogChecks`."""

    def __init__(self, project: Project, work: Path, languages: list[str]) -> None:
        nobody: list[Connection] = [Nobody()]  # type: ignore[list-item]
        self.of = {
            language: catalog_workers.CatalogCheck(
                project, language, work / language / catalog_workers.KEPT, nobody
            )
            for language in languages
        }

    def close(self) -> None:
        """End nothing."""


def build_all_here(
    jobs: list[LanguageJob],
    progress: ProgressCallback = no_progress,
    extensions: Iterable[str] = (),
    checks: Mapping[str, CatalogCheck] = MappingProxyType({}),
) -> Iterator[LanguageResult]:
    """Stands for :func:`policysite.build.workers.build_all`."""
    with _as_if_in_another():
        preload(extensions)
    for job in jobs:
        with _as_if_in_another(), mock.patch.dict(os.environ, {**job.environ, COLLECTED: "1"}):
            result = _work(job, progress, checks.get(job.language))
        progress(Built(job.language, result.seconds))
        yield result


def _work(
    job: LanguageJob, progress: ProgressCallback, check: CatalogCheck | None
) -> LanguageResult:
    if check and (problems := check.problems()):
        return LanguageResult(job.language, problems)
    if check:
        os.environ[CHECKED] = "1"
    return build_language(job, progress)


@contextlib.contextmanager
def _as_if_in_another() -> Iterator[None]:
    """Forget the catalogs and modules of a project, as a process that ends does."""
    modules, path = set(sys.modules), list(sys.path)
    try:
        yield
    finally:
        sphinx.locale.translators.clear()
        gettext._translations.clear()  # type: ignore[attr-defined]  # noqa: SLF001
        for name in sys.modules.keys() - modules:
            if not _is_installed(name):
                del sys.modules[name]
        sys.path[:] = path


def _is_installed(name: str) -> bool:
    place = getattr(sys.modules[name], "__file__", None) or ""
    return "site-packages" in place or "policysite" in name or place.startswith(sys.base_prefix)


_BUILD_ALL, _CHECKS = workers.build_all, catalog_workers.CatalogChecks
_CODE_DIGEST = software.code_digest
_FORMS = release_files._forms  # noqa: SLF001 - what compresses
# It takes a third of the time of a small build, and the code of a process stays as it is.
_known_digest = cache(_CODE_DIGEST)
# What is published is nearly the same in all tests.
_known_forms = lru_cache(maxsize=2_000)(lambda name, content: tuple(_FORMS(name, content)))


@cache
def _import_all() -> None:
    preload([BUILT_IN])
    # What is imported is never looked through for garbage.
    gc.freeze()
    # As policysite/cli/app.py has it.
    gc.set_threshold(100_000, 50, 50)


@contextlib.contextmanager
def one_process() -> Iterator[None]:
    """Build in this process meanwhile."""
    _import_all()
    with kept_lookups(), _building_with(build_all_here, ChecksHere, _known_digest, _known_forms):
        yield


def sphinx_alone(root: Path, *arguments: str) -> tuple[int, str]:
    """Run ``sphinx-build`` in *root*, without anything of ours around it; return its exit code and what it said was wrong."""
    said = io.StringIO()
    with (
        _as_if_in_another(),
        contextlib.chdir(root),
        contextlib.redirect_stderr(said),
        contextlib.redirect_stdout(io.StringIO()),
    ):
        try:
            code = build_main(["-q", *arguments])
        except SystemExit as end:
            # As Python does at the end of a program.
            code = end.code if isinstance(end.code, int) else int(end.code is not None)
            said.write("" if isinstance(end.code, int | None) else f"{end.code}\n")
    return code, said.getvalue()


def processes() -> contextlib.AbstractContextManager[None]:
    """Build in processes meanwhile."""
    return _building_with(_BUILD_ALL, _CHECKS, _CODE_DIGEST, _FORMS)


@contextlib.contextmanager
def _building_with(
    build_all: object, checks: object, digest: object, forms: object
) -> Iterator[None]:
    with (
        mock.patch.object(release_files, "_forms", forms),
        mock.patch.object(software, "code_digest", digest),
        mock.patch.object(workers, "build_all", build_all),
        mock.patch.object(local_scheduler, "CatalogChecks", checks),
    ):
        yield
