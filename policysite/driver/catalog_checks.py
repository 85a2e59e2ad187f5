"""Checking the catalogs of a build before Sphinx sees them, in a process of their own: until it needs them, this one imports Sphinx.

What was found of a catalog is kept until the catalog changes.
"""

from __future__ import annotations

import pickle
from multiprocessing import Pipe
from typing import TYPE_CHECKING

from policysite.catalogs.checks import KnownReports, check_language
from policysite.driver.processes import Process

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from pathlib import Path

    from policysite.driver.project import Project
    from policysite.errors import Problem

    Found = dict[str, tuple[Problem, ...]]

KEPT = "catalog-reports"


class CatalogChecks:
    """The check of the catalogs of some *languages*, from its beginning on; *work* keeps what was found."""

    def __init__(self, project: Project, work: Path, languages: list[str]) -> None:
        self._arguments = project, work, languages
        self._receiver, sender = Pipe(duplex=False)
        self._process = Process(target=_send, args=(*self._arguments, sender))
        self._process.start()
        sender.close()

    def problems(self) -> Found:
        """Return what is wrong with the catalogs of each language, when it is known."""
        try:
            found: Found = self._receiver.recv()
        except EOFError:
            # The process died. Whatever it died of, the catalogs are checked.
            found = _check(*self._arguments)
        self.close()
        return found

    def close(self) -> None:
        """End the process, whether it is done or not."""
        self._receiver.close()
        self._process.terminate()
        self._process.join()


def _send(project: Project, work: Path, languages: list[str], sender: Connection) -> None:
    sender.send(_check(project, work, languages))
    sender.close()


def _check(project: Project, work: Path, languages: list[str]) -> Found:
    found: Found = {}
    for language in languages:
        kept = work / language / KEPT
        known = _known(kept)
        before = dict(known)
        found[language] = check_language(project.completeness, language, known=known).problems
        if known != before:
            kept.parent.mkdir(parents=True, exist_ok=True)
            kept.write_bytes(pickle.dumps(known))
    return found


def _known(kept: Path) -> KnownReports:
    """Return what was found before; the file is this project's own and never comes from anywhere else."""
    try:
        known: KnownReports = pickle.loads(kept.read_bytes())  # noqa: S301
    except (OSError, EOFError, pickle.UnpicklingError):
        return {}
    return known
