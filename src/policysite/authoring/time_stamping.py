"""Having the ledger of a policy stamped by authorities, so that not even the publisher can date a text back.

What is sent is a digest; the answers are kept beside the ledger, one file for each authority and each state of the ledger.
Each is written in one step as soon as it arrives: a kill leaves those that arrived before it.
"""

from __future__ import annotations

import http.client
from dataclasses import dataclass
from typing import TYPE_CHECKING

from policysite.base import digests
from policysite.base.problems import Code, PolicysiteError, Problem
from policysite.files import locks, staging
from policysite.files.disk_errors import writable
from policysite.files.folders import work_folder
from policysite.ledger.ledger_files import ledger_file, ledger_path, load_ledgers
from policysite.ledger.time_stamps import TimeStampName, authority_name, time_stamps_beside
from policysite.verify.http_client import Deadline, HttpClient
from policysite.verify.site_source import Allowance
from policysite.verify.time_stamp_check import time_stamp_client, time_stamp_problem

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from policysite.ledger.chain import Ledger

SECONDS = 60.0
"""How long all authorities together may take."""
_MOST_BYTES = 1_000_000
_HEADERS = {
    "Content-Type": "application/timestamp-query",
    "Accept": "application/timestamp-reply",
}


@dataclass(frozen=True)
class TimeStamping:
    """The files that were ``made``, those that ``existed`` for this state of the ledger, and ``problems`` with authorities."""

    made: tuple[str, ...]
    existed: tuple[str, ...]
    problems: tuple[Problem, ...] = ()

    def __str__(self) -> str:
        """Return the summary for the end of a command."""
        lines = [f"{path}: stamped" for path in self.made]
        lines += [f"{path}: exists, and the ledger is unchanged since" for path in self.existed]
        lines += map(str, self.problems)
        if self.made:
            lines.append("Commit the new files with the ledger, then publish: git add docs.")
        return "\n".join(lines)


def time_stamp(
    root: Path, policy: str, authorities: Sequence[str], seconds: float = SECONDS
) -> TimeStamping:
    """Have the ledger of *policy* in the project in *root* stamped by the *authorities* at these addresses.

    :raises PolicysiteError: if there is nothing to stamp, or no authority stamps it; nothing was written.
    """
    docs = root / "docs"
    with locks.wait_for(work_folder(root)):
        ledgers, problems = load_ledgers(root, docs, [policy])
        ledger, file = ledgers[policy], ledger_file(docs, policy)
        path = ledger_path(root, docs, policy)
        if not problems and not ledger.entries:
            remedy = "Freeze a version first: make freeze."
            problems = [time_stamp_problem(path, "There is no ledger to stamp.", remedy)]
        if problems:
            raise PolicysiteError(problems)
        made, existed = [], []
        known = time_stamps_beside(file)
        deadline = Deadline(seconds)
        for address in dict.fromkeys(authorities):
            name = TimeStampName(len(ledger.entries), len(ledger.releases), authority_name(address))
            stamp = file.with_name(f"{file.name}.{name}")
            if name in known:
                existed.append(stamp.relative_to(root).as_posix())
                continue
            try:
                token = _asked(address, ledger, deadline)
                with writable(stamp):
                    staging.write(stamp, token, durably=True)
                made.append(stamp.relative_to(root).as_posix())
            except PolicysiteError as error:
                problems += error.problems
        if problems and not made:
            raise PolicysiteError(problems)
        return TimeStamping(tuple(made), tuple(existed), tuple(problems))


def _asked(address: str, ledger: Ledger, deadline: Deadline) -> bytes:
    """Return the answer of the authority at *address*, which stamps *ledger*.

    :raises PolicysiteError: if it does not.
    """
    remedy = "Ask it again later, or name another: --tsa http://timestamp.example.org."
    try:
        try:
            return _answer(address, ledger, deadline, wants_certificates=True)
        except _UnreadableError:
            # Some send their certificates in an order that a strict reader refuses.
            return _answer(address, ledger, deadline, wants_certificates=False)
    except _RefusedError as error:
        wrong = str(error)
    except (OSError, http.client.HTTPException, ValueError) as error:
        reason = getattr(error, "reason", error)
        wrong = f"it does not answer: {reason}" if str(reason) else type(error).__name__
    message = f"The authority does not stamp the ledger: {wrong}."
    raise PolicysiteError([Problem(address, 0, Code.TIME_STAMP, message, remedy)])


class _UnreadableError(ValueError):
    pass


class _RefusedError(Exception):
    pass


def _answer(address: str, ledger: Ledger, deadline: Deadline, *, wants_certificates: bool) -> bytes:
    """Return what the authority answers.

    :raises _RefusedError: if that is no time stamp of *ledger*.
    :raises _UnreadableError: if it is nothing that can be read.
    :raises OSError: if it does not answer.
    """
    library = time_stamp_client()
    request = library.TimestampRequestBuilder(
        data=ledger.statement,
        hash_algorithm=library.HashAlgorithm.SHA256,
        cert_req=wants_certificates,
    ).build()
    with HttpClient(deadline).open(address, _HEADERS, request.as_bytes()) as answer:
        token = Allowance().bounded(answer, address, deadline.moment, _MOST_BYTES)
    try:
        response = library.decode_timestamp_response(token)
    except ValueError as error:
        raise _UnreadableError(str(error)) from None
    # Who signed it, a verifier has to say.
    if response.status != 0:
        said = "; ".join(response.status_string) or f"status {response.status}"
        raise _RefusedError(f"it refuses ({said[:200]})")
    info = response.tst_info
    if info.message_imprint.message.hex() != digests.of_bytes(ledger.statement):
        raise _RefusedError("it stamped something else")
    if info.nonce != request.nonce:
        raise _RefusedError("its answer is one to another request")
    return token
