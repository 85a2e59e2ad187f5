"""The page on the events that a build tells programs: written by the code that tells them."""

from __future__ import annotations

import dataclasses
import io
import json
from typing import TYPE_CHECKING, Any

from policysite.base.problems import Code, Problem
from policysite.build.build_site import Summary
from policysite.build.progress import WRITE, Assembling, Built, Started, Step
from policysite.cli.progress_display import JsonProgress
from policysite.cli.reports import fields
from reference_pages.markdown import code, table

if TYPE_CHECKING:
    from collections.abc import Iterator

_WHAT = {
    "start": "The build begins.",
    "progress": "A language has got further; a few times in a second at most.",
    "built": "A language is built, or stopped with problems.",
    "assemble": "All languages are built; they are put together and proofread.",
    "problem": "Something is wrong; the exit code is 1 then.",
    "interrupted": "The build was interrupted; the exit code is 128 plus the number of the signal.",
    "summary": "The build has ended, and the site is in its place.",
}
_FIELDS = {
    "languages": "languages, to be built (`start`) or of the site (`summary`)",
    "documents": "documents of one language that is built from nothing",
    "pages": "pages of one language that is built from nothing",
    "site_pages": "pages of all languages, to be proofread at the end",
    "language": "the language",
    "published": "whether the new site is in its place",
    "phase": "`read` or `write`",
    "done": "documents read, or pages written",
    "total": "how many there are; null while that is not known",
    "seconds": "how long it took, or has taken so far",
    "secondsLeft": "how long the rest will take; null while there is no estimate",
    "path": "the file, relative to the project's folder",
    "line": "its line, from 1; 0 where a line makes no sense",
    "code": "the [rule](rules.md)",
    "message": "what was found, and what is expected",
    "remedy": "what to do",
    "output": "the folder of the site",
    "versions": "how many versions the site has",
    "records": "how many of them are records",
    "built": "the languages that Sphinx had to run for",
    "provisions": "how many provisions the texts have",
    "omitted": "how many tables are omitted",
    "translated": "how much of the texts is translated, by language, from 0 to 1",
    "english": "the languages whose pages have English words around the texts",
}


def events_page() -> Iterator[str]:
    """Yield the lines of the page.

    :raises ValueError: if there is an event that is not described here, or one that no longer exists.
    """
    found = {event.pop("event"): list(event) for event in _told()}
    names = {name for event in found.values() for name in event}
    if found.keys() != _WHAT.keys() or names != _FIELDS.keys():
        message = f"Not described, or no longer existing: {(found.keys() ^ _WHAT.keys()) | (names ^ _FIELDS.keys())}"
        raise ValueError(message)
    yield from (
        "# Events",
        "",
        "`policysite build --json` writes one JSON object a line on the standard output, as things happen.",
        "`event` says what it is, and the others are these.",
        "",
    )
    yield from table(
        ("event", "with", "when"),
        ((code(event), ", ".join(map(code, found[event])), _WHAT[event]) for event in _WHAT),
    )
    yield from table(("field", "what"), ((code(name), _FIELDS[name]) for name in _FIELDS))


def _told() -> Iterator[dict[str, Any]]:
    """Yield an object of each kind, as a build writes it."""
    stream = io.StringIO()
    progress = JsonProgress(stream)
    for event in (
        Started(("en",), 1, 1, 1),
        Step("en", WRITE, 1, 1),
        Built("en", 1.0),
        Assembling(),
    ):
        progress(event)
    progress.write("problem", fields(Problem("conf.py", 0, Code.SETTINGS, "")))
    progress.write("interrupted", {"published": False})
    progress.write("summary", {field.name: None for field in dataclasses.fields(Summary)})
    yield from map(json.loads, stream.getvalue().splitlines())
