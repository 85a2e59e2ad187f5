"""Checking the catalogs of a build before Sphinx sees them, in processes of their own: until it needs them, this one imports Sphinx.

What was found of a catalog is kept until the catalog changes.
"""

from __future__ import annotations

import contextlib
from multiprocessing import Pipe
from typing import TYPE_CHECKING

from policysite.catalogs.check_catalogs import KnownReports, check_language
from policysite.catalogs.translations import INTERFACE
from policysite.files.pickle_cache import load, save
from policysite.files.processes import Process, cores

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from pathlib import Path

    from policysite.base.problems import Problem
    from policysite.project.project import Project

    Found = tuple[tuple[Problem, ...], KnownReports]

KEPT = "catalog-reports"
_SHARE = 50
"""How many catalogs are worth a process."""


class CatalogCheck:
    """The check of the catalogs of one language; *kept* is the file with what was found before.

    It comes in shares, from the processes at the other ends of *receivers*.
    """

    def __init__(
        self, project: Project, language: str, kept: Path, receivers: list[Connection]
    ) -> None:
        self._project = project
        self._language = language
        self._kept = kept
        self._receivers = receivers

    def problems(self) -> tuple[Problem, ...]:
        """Return what is wrong with the catalogs, when it is known; what concerns none of them, once for each share."""
        problems: list[Problem] = []
        reports: KnownReports = {}
        for number, receiver in enumerate(self._receivers):
            share = (number, len(self._receivers))
            try:
                found, known = receiver.recv()
            except EOFError:
                # The process died. Whatever it died of, the catalogs are checked.
                found, known = _check(self._project, self._language, self._kept, share)
            problems += found
            reports |= known
        if reports != load(self._kept, dict):
            save(self._kept, reports)
        return tuple(problems)

    def close(self) -> None:
        """Leave the answer to the process that this was handed to, if any."""
        for receiver in self._receivers:
            receiver.close()


class CatalogChecks:
    """The checks of the catalogs of some *languages*, from their beginning on; *work* keeps what was found."""

    def __init__(self, project: Project, work: Path, languages: list[str]) -> None:
        most = max(len(project.completeness.needed(language)) for language in languages)
        shares = min(cores(), 1 + most // _SHARE)
        kept = {language: work / language / KEPT for language in languages}
        receivers: dict[str, list[Connection]] = {language: [] for language in languages}
        self._processes = []
        for number in range(shares):
            senders = {}
            for language in languages:
                receiver, senders[language] = Pipe(duplex=False)
                receivers[language].append(receiver)
            inherited = [receiver for each in receivers.values() for receiver in each]
            arguments = project, kept, (number, shares), senders, inherited
            process = Process(target=_send, args=arguments)
            process.start()
            self._processes.append(process)
            for sender in senders.values():
                sender.close()
        self.of = {
            language: CatalogCheck(project, language, kept[language], receivers[language])
            for language in languages
        }

    def close(self) -> None:
        """End the processes, whether they are done or not."""
        for check in self.of.values():
            check.close()
        for process in self._processes:
            process.terminate()
            process.join()


def _send(
    project: Project,
    kept: dict[str, Path],
    share: tuple[int, int],
    senders: dict[str, Connection],
    inherited: list[Connection],
) -> None:
    # With its own copies of the other ends it would never learn that no process listens there any longer.
    for receiver in inherited:
        receiver.close()
    for language, sender in senders.items():
        found = _check(project, language, kept[language], share)
        # The process that builds the language may have died; others wait for the next ones.
        with contextlib.suppress(BrokenPipeError):
            sender.send(found)
        sender.close()


def _check(project: Project, language: str, kept: Path, share: tuple[int, int]) -> Found:
    """Check every so-many-th catalog, from the one with the number of this share on."""
    number, shares = share
    completeness = project.completeness
    domains = {INTERFACE, *completeness.needed(language)}
    if language != completeness.settings.source_language:
        domains.update(completeness.translations(language).domains)
    only = sorted(domains)[number::shares]
    known: KnownReports = load(kept, dict)
    report = check_language(completeness, language, only, known)
    return report.problems, {domain: known[domain] for domain in only if domain in known}
