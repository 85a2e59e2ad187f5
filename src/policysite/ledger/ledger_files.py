"""Where the ledgers are: ``docs/<policy>/ledger.json``, beside the texts, one a policy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policysite.base.problems import Code, PolicysiteError, Problem
from policysite.files.project_file import is_there, read
from policysite.ledger.chain import RESTORE, Ledger
from policysite.ledger.ledger_reading import read_ledger

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

LARGEST = 16_000_000
"""Bytes of a ledger: some thousand frozen texts."""
NAME = "ledger.json"


def ledger_file(docs: Path, policy: str) -> Path:
    """Return the file of the ledger of *policy*."""
    return docs / policy / NAME


def ledger_path(root: Path, docs: Path, policy: str) -> str:
    """Return the same, relative to *root*, as it is written in messages."""
    file = ledger_file(docs, policy)
    return (file.relative_to(root) if file.is_relative_to(root) else file).as_posix()


def signature_file(docs: Path, policy: str) -> Path:
    """Return the file of the signature of that ledger."""
    return docs / policy / f"{NAME}.sig"


def load_ledgers(
    root: Path, docs: Path, policies: Iterable[str]
) -> tuple[dict[str, Ledger], list[Problem]]:
    """Read the ledgers of *policies*, and check their chains; one that is not there is empty.

    Paths in the problems are relative to *root*, the project's folder.
    """
    found: dict[str, Ledger] = {}
    problems: list[Problem] = []
    for policy in policies:
        found[policy] = Ledger(policy)
        file = ledger_file(docs, policy)
        if not is_there(file):
            continue
        path = ledger_path(root, docs, policy)
        try:
            text = read(root, file, LARGEST, code=Code.LEDGER_SYNTAX).decode()
        except PolicysiteError as error:
            problems += error.problems
            continue
        except UnicodeDecodeError as error:
            message = f"The ledger cannot be read: {error}."
            remedy = RESTORE.format(policy=policy)
            problems.append(Problem(path, 0, Code.LEDGER_SYNTAX, message, remedy))
            continue
        ledger, wrong = read_ledger(text, path)
        problems += wrong
        if ledger and ledger.policy != policy:
            problems.append(
                Problem(
                    path,
                    0,
                    Code.LEDGER_SYNTAX,
                    f"The ledger is that of the policy {ledger.policy!r}, and is in the folder of {policy!r}.",
                    RESTORE.format(policy=policy),
                )
            )
        elif ledger and not ledger.entries:
            remedy = f"{RESTORE.format(policy=policy)} If nothing was ever frozen, remove the file."
            problems.append(
                Problem(path, 0, Code.LEDGER_SYNTAX, "The ledger has no entry.", remedy)
            )
        elif ledger:
            found[policy] = ledger
    return found, problems
