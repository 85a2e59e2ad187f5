"""Digests: SHA-256, in hexadecimal digits.

What is published or recorded rests on :func:`of_text` of canonical JSON, see :mod:`policysite.ledger.canonical_json`. The
rest tells one build what has changed since another.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def of_bytes(content: bytes) -> str:
    """Return the digest of *content*."""
    return hashlib.sha256(content).hexdigest()


def of_text(text: str) -> str:
    """Return the digest of *text* in UTF-8."""
    return of_bytes(text.encode())


def of_facts(facts: object) -> str:
    """Return a digest of *facts*: of what ``repr`` shows of them, which must tell all and have one order.

    A set, or an object that shows where it lies in memory, has another digest in each process.
    """
    return of_text(repr(facts))


def of_file(path: Path) -> str:
    """Return the digest of what is in the file *path*, and nothing where there is no file, but a folder, say, or a pipe.

    :raises OSError: if it cannot be read.
    """
    if not path.is_file():
        return ""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
