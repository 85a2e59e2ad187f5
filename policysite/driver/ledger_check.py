"""What ``make check`` can say of the ledgers without reading a text as a page would have it."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

from policysite.errors import Code, Problem
from policysite.languages import tag
from policysite.ledger.agreement import register_problems
from policysite.ledger.chain import read_ledger
from policysite.ledger.files import ledger_file

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from policysite.driver.project import Project


def ledger_problems(project: Project, repository: Path) -> Iterator[Problem]:
    """Yield where the register is not what was frozen, and where a ledger does not go on from the committed one.

    *repository* is the folder of the project in its git repository, which may be another one than the project checked.
    """
    languages = [tag(code) for code in project.settings.languages]
    for name, policy in project.register.policies.items():
        ledger = project.ledgers[name]
        path = ledger_file(project.docs, name).relative_to(project.root).as_posix()
        yield from register_problems(policy, languages, ledger, path)
        committed = _committed(repository, path)
        older = read_ledger(committed, path)[0] if committed else None
        if older:
            yield from ledger.check_extends(older, path)


def unfrozen(project: Project) -> Iterator[Problem]:
    """Yield a note for each version that is in force, or was, and is not frozen in every published language."""
    published = [tag(code) for code in project.completeness.published]
    for name, policy in project.register.policies.items():
        known = project.ledgers[name].texts
        for version in policy.versions:
            missing = [code for code in published if (version.number, code) not in known]
            if missing and version.held and project.register.must_be_complete(version):
                yield version.problem(
                    Code.NOT_FROZEN,
                    "version",
                    f"Version {version.number} is published and not frozen ({', '.join(missing)}), so that its words could "
                    "change without a trace.",
                    f"make freeze POLICY={name} VERSION={version.number}",
                )


def _committed(repository: Path, path: str) -> str:
    """Return the file *path* as it was committed last; empty if there is none, or no git."""
    git = shutil.which("git")
    if git is None:
        return ""
    done = subprocess.run(  # noqa: S603 - the arguments are ours, and no shell reads them
        [git, "-C", str(repository), "show", f"HEAD:./{path}"], capture_output=True, check=False
    )
    return done.stdout.decode("utf-8", "replace") if done.returncode == 0 else ""
