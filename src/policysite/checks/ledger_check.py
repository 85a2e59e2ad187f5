"""What ``make check`` can say of the ledgers without reading a text as a page would have it."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

from policysite.base.problems import Code, Problem
from policysite.languages.language_data import tag
from policysite.ledger.agreement import register_problems
from policysite.ledger.ledger_files import ledger_path
from policysite.ledger.ledger_reading import read_ledger

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

    from policysite.ledger.chain import Ledger
    from policysite.project.project import Project


def ledger_problems(project: Project, repository: Path) -> Iterator[Problem]:
    """Yield where the register is not what was frozen, and where a ledger does not extend the committed one.

    *repository* is the folder of the project in its git repository, which may be another one than the project checked.
    """
    languages = [tag(code) for code in project.settings.languages]
    for name, policy in project.register.policies.items():
        ledger = project.ledgers[name]
        path = ledger_path(project.root, project.docs, name)
        yield from register_problems(policy, languages, ledger, path)
        yield from check_committed(ledger, repository, path)


def unfrozen(project: Project, *, coming: bool = False) -> Iterator[Problem]:
    """Yield a problem for each version that is in force, or was, and is not frozen in every published language.

    *coming*: also for each that is still to come, if it is not frozen in the source language; its translations may have gaps.
    """
    published = [tag(code) for code in project.completeness.published]
    source = tag(project.settings.source_language)
    for name, policy in project.register.policies.items():
        known = project.ledgers[name].texts
        for version in policy.versions:
            in_use = project.register.requires_full_translation(version)
            asked = published if in_use else [source] if coming else []
            missing = [code for code in asked if (version.number, code) not in known]
            # Before its day, a translation may have gaps, and is frozen if it has none.
            where = f" ({', '.join(missing)})" if in_use else ""
            if missing and version.held and not version.draft:
                yield version.problem(
                    Code.NOT_FROZEN,
                    "version",
                    f"Version {version.number} is published and not frozen{where}, so that its words "
                    "could change unnoticed.",
                    f"policysite freeze --policy {name} --version {version.number}"
                    + (
                        ""
                        if in_use
                        else "; or write 'draft: true' while it is not meant for readers."
                    ),
                )


def check_committed(ledger: Ledger, repository: Path, path: str) -> Iterator[Problem]:
    """Yield why *ledger* does not extend the file *path* as it was last committed in *repository*."""
    committed = _committed(repository, path)
    older = read_ledger(committed, path)[0] if committed else None
    if older:
        yield from ledger.check_extends(older, path)


def changed_frozen(project: Project, repository: Path, files: Collection[str]) -> Iterator[Problem]:
    """Yield a note for each frozen version whose text or catalog is among *files*, or differs from what is committed.

    Whether its words are other ones, only a build can tell.
    """
    changed = set(files) or _changed(repository)
    for name, policy in project.register.policies.items():
        frozen = project.ledgers[name].versions
        for version in policy.versions:
            ends = (version.path, f"/LC_MESSAGES/{version.page}.po")
            found = sorted(file for file in changed if file.endswith(ends))
            if version.number in frozen and found:
                yield Problem(
                    found[0],
                    0,
                    Code.FROZEN_TEXT,
                    f"Version {version.number} is frozen, and this belongs to it. Only a build can tell whether its words "
                    "are those that were frozen.",
                    f"Restore them if not; to correct a published mistake, use policysite correct --version {version.number}.",
                )


def _changed(repository: Path) -> set[str]:
    """Return the files of the project that differ from what was committed last; none if there is no git."""
    names = _git(repository, "diff", "--name-only", "--relative", "-z", "HEAD")
    return set(filter(None, names.split("\0")))


def _committed(repository: Path, path: str) -> str:
    """Return the file *path* as it was last committed; empty if there is none, or no git."""
    return _git(repository, "show", f"HEAD:./{path}")


def _git(repository: Path, *arguments: str) -> str:
    """Return what git says of *repository*; empty if it has nothing to say, or is not there."""
    git = shutil.which("git")
    if git is None:
        return ""
    done = subprocess.run(  # noqa: S603 - the arguments are ours, and no shell reads them
        [git, "-C", str(repository), *arguments], capture_output=True, check=False
    )
    return done.stdout.decode("utf-8", "replace") if done.returncode == 0 else ""
