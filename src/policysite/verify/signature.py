"""Signing a ledger with an SSH key, and checking the signature: ``ssh-keygen -Y`` does both.

What is signed is one line that names the policy, the number of entries and of releases and the digests of the last ones,
which represent all of them.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from policysite.base.problems import Code, PolicysiteError, Problem, refusal
from policysite.files import staging
from policysite.files.disk_errors import writable
from policysite.ledger.chain import STATEMENT
from policysite.ledger.ledger_files import ledger_path, load_ledgers, signature_file
from policysite.model import addresses

if TYPE_CHECKING:
    from policysite.ledger.chain import Ledger
    from policysite.verify.report import VerificationReport

NAMESPACE = STATEMENT
"""What the signature is for, so that one made for anything else does not count."""


def sign(root: Path, policy: str, key: Path) -> Path:
    """Sign the ledger of *policy* with the private key in the file *key*; return the file of the signature.

    :raises PolicysiteError: if there is no ledger, or ssh-keygen cannot sign.
    """
    ledgers, problems = load_ledgers(root, root / "docs", [policy])
    ledger, file = ledgers[policy], signature_file(root / "docs", policy)
    if not problems and not ledger.entries:
        path = ledger_path(root, root / "docs", policy)
        message = "The ledger has no entry to sign."
        problems = [Problem(path, 0, Code.LEDGER_SIGNATURE, message, "Freeze a version first.")]
    if problems:
        raise PolicysiteError(problems)
    signature = signature_of(ledger, key)
    with writable(file):
        staging.write(file, signature, durably=True)
    return file


def signature_of(ledger: Ledger, key: Path) -> str:
    """Return a signature of *ledger* with the private key in the file *key*.

    :raises PolicysiteError: if ssh-keygen cannot sign.
    """
    done = _ssh_keygen("sign", "-f", str(key), "-n", NAMESPACE, message=ledger.statement)
    if done.returncode:
        message = f"ssh-keygen cannot sign with {key}: {_said(done)}."
        remedy = "Name a private SSH key: policysite sign --key ~/.ssh/id_ed25519."
        path = addresses.signature_file(ledger.policy)
        raise refusal(path, Code.LEDGER_SIGNATURE, message, remedy)
    return done.stdout.decode()


def check_signature(
    ledger: Ledger, signature: bytes | None, signers: Path | None, report: VerificationReport
) -> None:
    """Add to *report* whether *signature* is one of *ledger* by a signer in the file *signers*."""
    path = addresses.signature_file(ledger.policy)
    if signature is None:
        if signers:
            message = "The ledger is not signed, and signers were named."
            remedy = "Run policysite sign, then publish again."
            report.problems.append(_problem(path, message, remedy))
        else:
            what = f"by whom it was published: the ledger of {ledger.policy!r} is not signed"
            report.not_attested.append(what)
        return
    if signers and not signers.is_file():
        message = f"There is no file {signers}."
        remedy = "Name a file with a line for each person who may sign, as ssh-keygen has it."
        report.problems.append(_problem(str(signers), message, remedy))
        return
    if signers is None:
        report.notes.append(f"{path}: not checked; name those who may sign with --signers")
        return
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "signature"
        file.write_bytes(signature)
        arguments = ("-s", str(file), "-n", NAMESPACE, "-f", str(signers))
        line = ledger.statement
        found = _ssh_keygen("find-principals", *arguments, message=line)
        if found.returncode:
            message = f"No signer in {signers} made the signature: {_said(found)}."
            report.problems.append(
                _problem(path, message, "Ask the publisher for their public key.")
            )
            return
        signer = found.stdout.decode().split("\n")[0]
        done = _ssh_keygen("verify", "-I", signer, *arguments, message=line)
    if done.returncode:
        message = f"The signature of {signer} is not one of this ledger: {_said(done)}."
        remedy = (
            "If the ledger was added to, sign it again; else it was altered since it was signed."
        )
        report.problems.append(_problem(path, message, remedy))
    else:
        report.facts.append(f"{path}: signed by {signer}")


def _problem(path: str, message: str, remedy: str) -> Problem:
    return Problem(path, 0, Code.LEDGER_SIGNATURE, message, remedy)


def _ssh_keygen(what: str, *arguments: str, message: bytes) -> subprocess.CompletedProcess[bytes]:
    program = shutil.which("ssh-keygen")
    if program is None:
        raise refusal(
            "ssh-keygen",
            Code.LEDGER_SIGNATURE,
            "The program is not installed.",
            "Install OpenSSH (8.2 or newer).",
        )
    return subprocess.run(  # noqa: S603 - the arguments are ours, and no shell reads them
        [program, "-Y", what, *arguments], input=message, capture_output=True, check=False
    )


def _said(done: subprocess.CompletedProcess[bytes]) -> str:
    text = (done.stderr or done.stdout).decode("utf-8", "replace")
    return " ".join(text.split()).rstrip(".") or f"exit {done.returncode}"
