"""Sphinx's warnings, kept as records, before they are formatted: none of them may be ignored."""

from __future__ import annotations

import io
import logging
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx.application import Sphinx
from sphinx.util.logging import (
    NAMESPACE,
    WarningStreamHandler,
)

from policysite.base.problems import Code, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

# How docutils names what was parsed from a catalog: the line is that of the source.
_TRANSLATED = ":<translated>"
_LEVEL = "WARNING: "


class SphinxWarnings(logging.Filter):
    """What Sphinx warns of, in the order in which it does.

    It is the last filter of the handler that prints warnings, so that it meets what is printed and nothing else: neither
    what the settings suppress nor what is said a second time. ``early`` takes, as text, what is printed before.
    """

    def __init__(self) -> None:
        super().__init__()
        self.early = io.StringIO()
        self._said_early: str | None = None
        self._records: list[logging.LogRecord] = []

    def listen(self) -> None:
        """Keep what is printed from now on; to be called once Sphinx has its handlers."""
        if self._said_early is None:
            self._said_early = self.early.getvalue()
            for handler in logging.getLogger(NAMESPACE).handlers:
                if isinstance(handler, WarningStreamHandler):
                    handler.addFilter(self)

    def filter(self, record: logging.LogRecord) -> bool:
        """Keep *record*, which is read when all is done: Sphinx may still put words before its message."""
        self._records.append(record)
        return True

    def problems(self, root: Path) -> list[Problem]:
        """Return the warnings as problems of the project in *root*."""
        early = self.early.getvalue() if self._said_early is None else self._said_early
        return [*_said(early, root), *(_problem(record, root) for record in self._records)]


class WatchedSphinx(Sphinx):
    """Sphinx, with a listener from the first extension on.

    It makes its handlers when it begins, and has no event before extensions are set up.
    """

    def __init__(self, warnings: SphinxWarnings, **arguments: Any) -> None:
        self._policysite_warnings = warnings
        super().__init__(**arguments, status=None, warning=warnings.early)

    def setup_extension(self, extname: str) -> None:
        """Set up an extension, the first of which are Sphinx's own."""
        self._policysite_warnings.listen()
        super().setup_extension(extname)


def _said(early: str, root: Path) -> Iterator[Problem]:
    for line in filter(str.strip, early.splitlines()):
        yield Problem("docs", 0, Code.SPHINX, _within(line.removeprefix(_LEVEL), root))


def _problem(record: logging.LogRecord, root: Path) -> Problem:
    path, line = _place(getattr(record, "location", None) or "docs")
    if Path(path).is_relative_to(root):
        path = Path(path).relative_to(root).as_posix()
    # That of the class adds the place and the level.
    message = logging.LogRecord.getMessage(record)
    if record.exc_info:
        message += f"\n{logging.Formatter().formatException(record.exc_info)}"
    first, *others = message.splitlines() or [""]
    text = "\n  ".join([first.strip(), *filter(None, map(str.strip, others))])
    return Problem(path, line, Code.SPHINX, _within(text, root))


def _place(location: str) -> tuple[str, int]:
    """Return the path and the line of a place as Sphinx writes it; the line is 0 if there is none."""
    path, colon, line = location.rpartition(":")
    known = bool(colon) and (line.isdecimal() or not line)
    path = path if known else location
    return path.partition(_TRANSLATED)[0], int(line) if known and line else 0


def _within(message: str, root: Path) -> str:
    return message.replace(f"{root.as_posix()}/", "")
