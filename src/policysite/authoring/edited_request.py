"""What is to be taken of an edited Word file, and which of its changes that names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from policysite.base.problems import Code, PolicysiteError, Problem, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from policysite.editions.open_changes import OpenChange

ALL = "all"
_RANGE = re.compile(r"(?P<first>[0-9]{1,6})(?:-(?P<last>[0-9]{1,6}))?")


@dataclass(frozen=True)
class EditedRequest:
    """Which changes of the file ``source`` are taken: by their numbers (``all``, ``1,3-5``), by their ``authors``, and those that were not tracked.

    ``version`` is the draft that changes, ``policy`` its policy; both may be empty.
    """

    source: Path
    policy: str = ""
    version: str = ""
    accept: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    untracked: bool = False


def chosen(request: EditedRequest, changes: Sequence[OpenChange]) -> list[OpenChange]:
    """Return those of *changes* that *request* names.

    :raises PolicysiteError: if it names one that is not there.
    """
    problems: list[Problem] = []
    numbers: set[int] = set()
    for word in (w.strip() for said in request.accept for w in said.split(",")):
        if word == ALL:
            numbers.update(change.number for change in changes)
            continue
        match = _RANGE.fullmatch(word)
        named = _numbers(match) if match else range(0)
        if not named or named[0] < 1 or named[-1] > len(changes):
            problems.append(_unknown("--accept", word, _known_numbers(changes)))
        else:
            numbers.update(named)
    authors = dict.fromkeys(change.author for change in changes)
    problems += (
        _unknown("--accept-author", name, f"its changes are by {quoted(authors) or 'nobody'}")
        for name in request.authors
        if name not in authors
    )
    if problems:
        raise PolicysiteError(problems)
    return [c for c in changes if c.number in numbers or c.author in request.authors]


def _numbers(match: re.Match[str]) -> range:
    first = int(match["first"])
    return range(first, int(match["last"] or first) + 1)


def _known_numbers(changes: Sequence[OpenChange]) -> str:
    return f"its changes are 1 to {len(changes)}" if changes else "it has no open changes"


def _unknown(option: str, found: str, known: str) -> Problem:
    return Problem(
        option,
        0,
        Code.IMPORT_FILE,
        f"Found {found!r}, which is no change of the file; {known}.",
        "Name changes as they are listed without this option: --accept all, --accept 1,3-5, --accept-author NAME.",
    )


def by_numbers(changes: Sequence[OpenChange]) -> Iterator[str]:
    """Yield the numbers of *changes* as ``--accept`` takes them: 1-3, 7."""
    numbers = [change.number for change in changes]
    while numbers:
        end = next(
            (n for n, (a, b) in enumerate(pairwise(numbers)) if b != a + 1),
            len(numbers) - 1,
        )
        yield f"{numbers[0]}-{numbers[end]}" if end else f"{numbers[0]}"
        numbers = numbers[end + 1 :]
