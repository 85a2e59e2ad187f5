"""A ledger while an entry is worked out: the project under its lock, and the one write at the end."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, NoReturn

from policysite.base.problems import Code, PolicysiteError, Problem, quoted, refusal
from policysite.checks.ledger_check import check_committed
from policysite.files import locks, staging
from policysite.files.disk_errors import writable
from policysite.files.folders import work_folder
from policysite.ledger.ledger_files import ledger_file, ledger_path, signature_file
from policysite.model.version_names import is_version_name
from policysite.project.project import Project, load_project

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from policysite.ledger.chain import Ledger
    from policysite.ledger.entries import Entry
    from policysite.model.register import PolicyVersion


@dataclass(frozen=True)
class Recorded:
    """What was recorded: the ``entries`` that were added, ``notes`` for the publisher, and the file, ``path``."""

    path: str
    entries: tuple[Entry, ...]
    notes: tuple[str, ...]
    head: str

    def __str__(self) -> str:
        """Return the summary, one entry a line."""
        lines = [
            f"entry {e.number}: {e.kind} of version {e.version}"
            + (f" ({e.language}), {e.extent}, {e.digest}" if e.is_text else "")
            for e in self.entries
        ]
        lines += self.notes
        if self.entries:
            lines.append(
                f"{self.path} ends at {self.head}. Commit it with the texts: git add docs locales."
            )
        return "\n".join(lines)


class Recording:
    """The project and the ledger of one policy, while an entry is worked out."""

    def __init__(self, project: Project, policy: str, *, day: dt.date) -> None:
        self.project = project
        self.policy = policy
        self.day = day
        self.file = ledger_file(project.docs, policy)
        self.ledger: Ledger = project.ledgers[policy]

    @property
    def path(self) -> str:
        """The file of the ledger, as it is written in messages."""
        return ledger_path(self.project.root, self.project.docs, self.policy)

    def write(self, entries: Sequence[Entry], notes: Sequence[str]) -> Recorded:
        """Append *entries* and write the ledger; with none it is unchanged."""
        ledger = self.ledger
        for entry in entries:
            ledger = ledger.append(entry)
        if entries:
            staging.write(self.file, ledger.text(), durably=True)
            signature = signature_file(self.project.docs, self.policy)
            if signature.is_file():
                signature.unlink()
                notes = [
                    *notes,
                    "the signature was that of the ledger before; sign it: policysite sign",
                ]
        added = ledger.entries[len(self.ledger.entries) :]
        return Recorded(self.path, added, tuple(notes), ledger.head)


@contextlib.contextmanager
def recording(root: Path, environ: Mapping[str, str], policy: str) -> Iterator[Recording]:
    """Hold the lock of the project while its ledger is read and written.

    :raises PolicysiteError: if the policy is unknown, or the ledger does not extend the committed one.
    """
    file = ledger_file(root / "docs", policy)
    with writable(file), locks.wait_for(work_folder(root)):
        # Drafts are nothing that is published.
        project = load_project(root, {**environ, "POLICYSITE_DRAFTS": "0"})
        day = project.register.day
        if policy not in project.ledgers:
            refuse_as(
                "conf.py",
                f"There is no policy {policy!r}; the site has {quoted(project.ledgers)}.",
                "Name one of them: --policy.",
            )
        found = Recording(project, policy, day=day)
        refuse(list(check_committed(found.ledger, root, found.path)))
        yield found


def check_clock(found: Recording) -> None:
    """Ask for a day that is not before the last entry.

    :raises PolicysiteError: if it is.
    """
    entries = found.ledger.entries
    if entries and entries[-1].recorded > found.day:
        refuse_as(
            found.path,
            f"It is {found.day} by the clock (or by --day), before the last entry of the ledger, which was "
            f"recorded on {entries[-1].recorded}.",
            "Correct the clock; entries are in the order of their days. If the entry is what is wrong, and was not "
            "published yet, restore the committed ledger: git checkout.",
        )


def refuse_as(path: str, message: str, remedy: str) -> NoReturn:
    """Refuse to record what was asked for.

    :raises PolicysiteError: always.
    """
    raise refusal(path, Code.LEDGER_ENTRY, message, remedy)


def refuse(problems: Sequence[Problem]) -> None:
    """Refuse to record what was asked for if there are *problems*.

    :raises PolicysiteError: with them.
    """
    if problems:
        raise PolicysiteError(problems)


def version_to_record(found: Recording, policy: str, number: str) -> PolicyVersion:
    """Return the version to record.

    :raises PolicysiteError: if there is none, or it has no text.
    """
    if not is_version_name(number):
        refuse_as(
            found.path, f"Found the version {number[:40]!r}.", "Name its number: --version 1.6."
        )
    versions = found.project.register.policies[policy]
    version = versions.get(number)
    if version is None:
        draft = (found.project.docs / policy / f"{number}.md").is_file()
        refuse_as(
            f"docs/{policy}/{number}.md",
            f"Version {number} is a draft." if draft else f"There is no version {number}.",
            "Remove 'draft' first: what is recorded is published."
            if draft
            else f"The policy has {quoted(v.number for v in versions.versions)}.",
        )
    if not version.held:
        message = (
            f"Version {number} is a record: its text is not held, so there is nothing to freeze."
        )
        remedy = "Import the text first: policysite import."
        refuse([version.problem(Code.LEDGER_ENTRY, "text", message, remedy)])
    check_clock(found)
    return version
