"""Pandoc, which reads files of others: into a tree of words, and nothing else.

It runs in its sandbox: it opens no file and no connection, whatever a text asks for.
"""

from __future__ import annotations

import json
import subprocess
from typing import Any

from policysite.base.problems import Code, PolicysiteError, refusal

_SECONDS = 120
_MEMORY = "-M2G"
INSTALL = (
    "Install it: pip install 'policysite[import]'; in a checkout of the engine, "
    "make import installs it."
)


def tree(content: bytes, form: str, path: str) -> dict[str, Any]:
    """Return pandoc's tree of *content*, which is in the *form* ``html``, ``docx`` or ``commonmark``.

    *path* names the file in problems.

    :raises PolicysiteError: if pandoc is not there, or cannot read the file.
    :raises RecursionError: if the tree is deeper than any text.
    """
    command = [_program(path), "--sandbox", "--from", form, "--to", "json", "+RTS", _MEMORY, "-RTS"]
    try:
        done = subprocess.run(  # noqa: S603 - the program is that of the package, the rest is written here
            command, input=content, capture_output=True, check=False, timeout=_SECONDS
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise _refusal(path, f"Pandoc did not finish: {error}") from error
    if done.returncode:
        said = " ".join(done.stderr.decode(errors="replace").split())
        raise _refusal(path, f"Pandoc cannot read the file: {said[:300] or done.returncode}")
    try:
        read: dict[str, Any] = json.loads(done.stdout)
    except ValueError as error:
        raise _refusal(path, f"Pandoc's answer cannot be read: {error}") from error
    return read


def _program(path: str) -> str:
    try:
        import pypandoc  # noqa: PLC0415 - it is there only where texts are imported
    except ImportError as error:
        raise refusal(
            path,
            Code.IMPORT_TOOL,
            "Pandoc is not installed, which reads HTML, DOCX and Markdown.",
            INSTALL,
        ) from error
    try:
        return str(pypandoc.get_pandoc_path())
    except OSError as error:
        raise refusal(path, Code.IMPORT_TOOL, "Pandoc's program is missing.", INSTALL) from error


def _refusal(path: str, found: str) -> PolicysiteError:
    remedy = (
        "Open the file in the program that made it, and save it again, as HTML or as plain text."
    )
    return refusal(path, Code.IMPORT_TOOL, f"{found}.", remedy)
