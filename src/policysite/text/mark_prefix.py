"""A mark at the beginning of a paragraph, as its author typed it: bold, behind an entity, with a backslash that Markdown needs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from policysite.languages.marks import LONGEST, Mark, marks_of

if TYPE_CHECKING:
    from policysite.text.blocks import Block

_BLANK = re.compile(
    r"(?:\s|&(?:thin|en|em|nb)sp;|&#(?:8194|8195|160|x2002|x2003|xa0);)*", re.IGNORECASE
)
_EMPHASIS = re.compile(r"[*_]{1,3}")
_ESCAPED = ("n.", "n)", "ga.")
"""Kinds that Markdown would make a list of, but for a backslash, and one that tools write like them."""


def readings_of(paragraph: Block, language: str) -> tuple[Mark, ...]:
    """Return the readings of the mark that begins *paragraph*; none if its author says that it is no mark, with a backslash."""
    text = paragraph.text[:LONGEST].lstrip()
    found = marks_of(text, language) if text else ()
    if not found or not is_typed(paragraph.raw, found[0]):
        return ()
    return found


def is_typed(raw: str, mark: Mark) -> bool:
    """Whether *raw* begins with *mark*, and not with what only prints the same."""
    return _span(raw, mark) is not None


def without_mark(paragraph: Block, mark: Mark) -> None:
    """Take *mark* away from the beginning of *paragraph*, and of its message: a translator can neither lose nor change it."""
    span = _span(paragraph.raw, mark)
    if span is None:
        raise ValueError(f"no mark {mark.text!r} in {paragraph.raw[:LONGEST]!r}")
    opened, end = span
    blank = len(paragraph.text) - len(paragraph.text.lstrip())
    paragraph.text = paragraph.text[blank + mark.width :]
    paragraph.raw = opened + paragraph.raw[end:]
    paragraph.stripped += blank + mark.width


def _span(raw: str, mark: Mark) -> tuple[str, int] | None:
    """Return the emphasis that is left open behind the mark, and where what follows it begins."""
    place = _end(_BLANK, raw, 0)
    emphasis = _EMPHASIS.match(raw, place)
    opened = emphasis[0] if emphasis else ""
    place = _end(_BLANK, raw, place + len(opened))
    for sign in mark.text:
        if raw.startswith("\\", place) and raw.startswith(sign, place + 1):
            if mark.kind not in _ESCAPED:
                return None
            place += 1
        if not raw.startswith(sign, place):
            return None
        place += len(sign)
    if opened and raw.startswith(opened, place):
        opened, place = "", place + len(opened)
    return opened, _end(_BLANK, raw, place)


def _end(pattern: re.Pattern[str], raw: str, place: int) -> int:
    match = pattern.match(raw, place)
    return match.end() if match else place
