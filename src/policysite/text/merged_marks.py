"""Lines inside a paragraph that begin with a mark: Markdown has joined them to the line above."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from policysite.base.problems import Code, Problem
from policysite.languages.labels import label_of_heading
from policysite.languages.marks import LONGEST, marks_of
from policysite.text.mark_prefix import is_typed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policysite.languages.marks import Mark
    from policysite.text.blocks import Block

_BOLD = re.compile(r"\*\*([^*\n]{1,120})\*\*")
# Kinds that a line of running words does not begin with.
_SURE = (
    "circ",
    "cko",
    "changul",
    "n.",
    "n)",
    "n、",
    "ga.",
    "ga)",
    "(ga)",
    "jamo.",
    "han、",
    "(han)",
)


def merged_marks(paragraph: Block, path: str, language: str) -> Iterator[Problem]:
    """Yield the lines of *paragraph* that were meant to be provisions of their own."""
    lines = paragraph.raw.splitlines()
    if len(lines) < 2:
        return
    marks = [_marks(line, language) for line in lines]
    for place, found in enumerate(marks):
        if place and any(mark.kind in _SURE or _is_in_a_row(mark, marks) for mark in found):
            yield Problem(
                path,
                paragraph.line + place,
                Code.PROVISION_MARK,
                f"Found {lines[place].strip()[:20]!r} in the middle of a paragraph.",
                "Put an empty line before it, or join the line to the one above.",
            )


def bold_heading(paragraph: Block, path: str, language: str) -> Iterator[Problem]:
    """Yield a paragraph that is nothing but a heading in bold: without a sign it has no id, and ends nothing."""
    match = _BOLD.fullmatch(paragraph.raw)
    label = label_of_heading(match[1], language) if match else None
    if match and label and label.counted and label.number:
        yield Problem(
            path,
            paragraph.line,
            Code.PROVISION_ID,
            f"Found a heading in bold, {match[1][:40]!r}.",
            f"Write it as '## {match[1][:80]}'.",
        )


def _marks(line: str, language: str) -> tuple[Mark, ...]:
    beginning = line.strip()[:LONGEST].lstrip("*_")
    unescaped = (
        beginning.replace("\\", "", 1) if beginning[:4].rstrip(".)").endswith("\\") else beginning
    )
    return tuple(mark for mark in marks_of(unescaped, language) if is_typed(line, mark))


def _is_in_a_row(mark: Mark, marks: list[tuple[Mark, ...]]) -> bool:
    """Whether a mark that running words may begin with, as in "(a) above", has one before or after it in the same paragraph."""
    return any(
        other.kind == mark.kind and (mark.follows(other) or other.follows(mark))
        for found in marks
        for other in found
    )
