"""What is said of numbers and marks that are wrong, with the line to write."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policysite.base.problems import Code, Problem
from policysite.languages.marks import DECIMAL

if TYPE_CHECKING:
    from policysite.languages.marks import Mark
    from policysite.languages.provision_number import Number


def out_of_order(
    path: str,
    line: int,
    shown: str,
    number: Number,
    last: Number | None,
    declared: str,
    *,
    article: bool,
) -> Problem:
    """Return the problem of a number that neither goes on nor begins; *declared* is its id, as it would be declared."""
    if number == last or str(number).startswith(f"{last}-x"):
        slip, message = "double", f"{shown!r} is numbered twice."
    else:
        slip = "gap"
        message = (
            f"Found {shown!r} after number {last or 'none'}; a number is missing or out of order."
        )
    remedy = "Correct the numbers; they increase by one, without a gap."
    if article:
        remedy = f"{remedy} An inserted article is numbered like 9-2 (제9조의2)."
    as_printed = f"If it was published like this, write 'as-printed: {{{declared}: {slip}}}' in the front matter."
    return Problem(path, line, Code.PROVISION_ORDER, message, f"{remedy} {as_printed}")


def neither(
    path: str, line: int, mark: Mark, last: Number | None, around: str, declared: str
) -> Problem:
    """Return the problem of a mark in *around* that neither goes on nor begins; *last* is the one of its kind before it."""
    if mark.kind.startswith(DECIMAL):
        return _decimal(path, line, mark, around)
    found = out_of_order(path, line, mark.text, mark.number, last, declared, article=False)
    no_mark = f"If it is no mark, write a backslash before {mark.text!r}."
    return (
        found
        if last is not None or (mark.number.main != 1 and mark.kind in {"n.", "n)", "circ"})
        else Problem(path, line, Code.PROVISION_ORDER, found.message, f"{found.remedy} {no_mark}")
    )


def _decimal(path: str, line: int, mark: Mark, around: str) -> Problem:
    escaped = mark.text.replace(".", "\\.", 1)
    pieces = mark.number.pieces
    if pieces[-1] != "1":
        message = f"Found {mark.text!r}, with which nothing begins in {around or 'the text'}: a first decimal ends in 1."
    else:
        message = (
            f"Found {mark.text!r}, and nothing around it has the number {'.'.join(pieces[:-1])}."
        )
    return Problem(
        path,
        line,
        Code.PROVISION_MARK,
        message,
        f"Correct the number, or write {escaped!r} if it is no mark.",
    )


def belongs_above(path: str, line: int, mark: Mark) -> Problem:
    """Return the problem of a mark that goes on a list around the place it is in."""
    return Problem(
        path,
        line,
        Code.PROVISION_MARK,
        f"Found {mark.text!r} inside a point, where it does not follow; it goes on the list around that point.",
        "Put an empty line before it, and do not indent it.",
    )


def two_readings(path: str, line: int, mark: str, first: str, second: str) -> Problem:
    """Return the problem of a mark that can be read in two ways, with the ids that it would have."""
    return Problem(
        path,
        line,
        Code.PROVISION_MARK,
        f"Found {mark!r}, which can be read in two ways: as {first}, or as {second}.",
        f"Write {{#{first}}} or {{#{second}}} on the line before it.",
    )
