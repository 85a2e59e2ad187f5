"""What the Nu HTML checker finds wrong in files."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

# Sphinx puts the one h1 of a page into a section, and furo that into an article. Browsers and screen readers take it for
# the first heading of the page nevertheless, and it is.
ACCEPTED = (
    "Article lacks heading.",
    "Consider using the “h1” element as a top-level heading only",
)


def check(checker: list[str], files: Sequence[Path]) -> list[str]:
    """Return every error and warning in *files*, from one run of the checker for each kind."""
    styles = [path for path in files if path.suffix == ".css"]
    others = [path for path in files if path.suffix != ".css"]
    # Not in one run: with --also-check-css it counts the lines of pages from 0.
    return [*_run([*checker, "--also-check-svg"], others), *_run([*checker, "--css"], styles)]


def _run(checker: list[str], files: Sequence[Path]) -> list[str]:
    options = ["--format", "json", "--stdout", "--exit-zero-always"]
    command = [*checker, *options, *(str(path) for path in files)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return [_line(message) for message in json.loads(done.stdout)["messages"] if _counts(message)]


def _counts(message: dict[str, Any]) -> bool:
    """Whether the checker calls it wrong; the rest is advice, of type "info" without a subtype."""
    if message["message"].startswith(ACCEPTED):
        return False
    return message["type"] != "info" or message.get("subType") == "warning"


def _line(message: dict[str, Any]) -> str:
    path = unquote(urlsplit(message.get("url", "")).path)
    return f"{path}:{message.get('lastLine', 0)}: {message['message']}"
