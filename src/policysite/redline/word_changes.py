"""What differs between two texts, word by word."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from policysite.languages.spaceless_scripts import HIRAGANA, SPACELESS, SYLLABIC
from policysite.redline.sequences import stretches
from policysite.redline.word_tokens import SPACE, is_word, tokens

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_TOO_MANY = 250_000
"""Pairs of words beyond which sentences are aligned first; with more the time would grow with their square."""
_FEW = 2
"""Characters that may stay between two changes by chance."""


SENTENCE_ENDS = frozenset(".!?。！？")
_LEADING = re.compile(rf"[{SPACE}]*")
_SENTENCE = re.compile(rf"(?s:.+?)(?:[.!?。](?=[{SPACE}])|[。！？។။]|\Z)")
_CLAUSE = re.compile(rf"(?s:.+?)(?:[、，；：]|(?<=[{SPACELESS}])(?=[{SPACE}])|\Z)")
"""A part of a long sentence in a script without spaces: where there is one, it ends a clause."""
_PIECES = (_SENTENCE, _CLAUSE)
_WEAK = re.compile(rf"[{HIRAGANA}{SYLLABIC}]")
"""What says little by itself: the same in two texts is chance more often than not."""


class Op(StrEnum):
    """How a stretch of text changed."""

    EQUAL = "equal"
    DELETED = "deleted"
    INSERTED = "inserted"


class Change(NamedTuple):
    """A stretch of text, and how it changed."""

    op: Op
    text: str


@lru_cache(maxsize=20_000)
def word_changes(old: str, new: str) -> tuple[Change, ...]:
    """Return the stretches of *old* and *new*, in order: all but the inserted make up *old*, all but the deleted *new*."""
    if old == new:
        return tuple(_found(Op.EQUAL, old))
    if not old or not new:
        return (*_found(Op.DELETED, old), *_found(Op.INSERTED, new))
    # A first word would differ from the same word later on, which has a space before it.
    found = _matched(tokens(f" {old}"), tokens(f" {new}"), _PIECES)
    changes = _shift_whitespace(_changes(found))
    return (*_found(Op.EQUAL, changes[0].text[1:]), *changes[1:])


def _found(op: Op, text: str) -> Iterator[Change]:
    if text:
        yield Change(op, text)


class _Stretch(NamedTuple):
    """Tokens of both texts, which are ``equal`` or stand for each other."""

    equal: bool
    old: list[str]
    new: list[str]


def _matched(
    before: list[str], after: list[str], pieces: tuple[re.Pattern[str], ...]
) -> Iterator[_Stretch]:
    """Yield the stretches of two texts; of long ones the *pieces* are aligned first, then the words of those that differ."""
    if len(before) * len(after) <= _TOO_MANY:
        yield from _aligned(before, after)
        return
    start, end = _common_ends(before, after)
    yield _Stretch(equal=True, old=before[:start], new=after[:start])
    old, new = before[start : len(before) - end], after[start : len(after) - end]
    if len(old) * len(new) <= _TOO_MANY:
        yield from _aligned(old, new)
    elif pieces:
        yield from _by_piece("".join(old), "".join(new), *pieces)
    else:
        yield _Stretch(equal=False, old=old, new=new)
    yield _Stretch(equal=True, old=before[len(before) - end :], new=after[len(after) - end :])


def _common_ends(before: list[str], after: list[str]) -> tuple[int, int]:
    """Return how many words two texts have in common at their beginning, and how many of the others at their end."""
    most = min(len(before), len(after))
    start = next((i for i in range(most) if before[i] != after[i]), most)
    most -= start
    end = next((i for i in range(most) if before[-i - 1] != after[-i - 1]), most)
    return start, end


def _by_piece(
    old: str, new: str, piece: re.Pattern[str], *smaller: re.Pattern[str]
) -> Iterator[_Stretch]:
    for stretch in _aligned(piece.findall(old), piece.findall(new)):
        if stretch.equal:
            yield stretch
        elif len(stretch.old) == len(stretch.new):
            for one, other in zip(stretch.old, stretch.new, strict=True):
                yield from _matched(tokens(one), tokens(other), smaller)
        else:
            olds, news = tokens("".join(stretch.old)), tokens("".join(stretch.new))
            yield from _matched(olds, news, smaller)


def _aligned(before: list[str], after: list[str]) -> Iterator[_Stretch]:
    for equal, old_start, old_end, new_start, new_end in stretches(before, after):
        yield _Stretch(equal, before[old_start:old_end], after[new_start:new_end])


class _Edit(NamedTuple):
    """Words that were deleted and inserted between words that stayed; ``kept`` come before them."""

    kept: list[str]
    deleted: list[str]
    inserted: list[str]


def _changes(found: Iterable[_Stretch]) -> Iterator[Change]:
    """Yield the changes; a few words that stayed between many that changed do not break them up."""
    edits: list[_Edit] = []
    kept: list[str] = []
    for equal, old, new in found:
        if equal:
            kept = [*kept, *old]
            continue
        edit = _Edit(kept, old, new)
        kept = []
        if edits and (not edit.kept or _is_small(edits[-1], edit)):
            last = edits.pop()
            edit = _Edit(
                last.kept,
                [*last.deleted, *edit.kept, *edit.deleted],
                [*last.inserted, *edit.kept, *edit.inserted],
            )
        edits.append(edit)
    for edit, after in zip(edits, [*(edit.kept for edit in edits[1:]), kept], strict=True):
        yield from _from_a_sentence(edit, after)
    yield from _found(Op.EQUAL, "".join(kept))


def _from_a_sentence(edit: _Edit, after: list[str]) -> Iterator[Change]:
    """Yield a change; where the same words are on either side of it, it begins with a sentence.

    Words that it passes are moved from the one side (``edit.kept``) to the other (*after*), or back.
    """
    kept, deleted, inserted = edit
    words = deleted or inserted
    if not (deleted and inserted):
        if back := _steps(kept[::-1], words[::-1], first=True):
            words = [*kept[-back:], *words[:-back]]
            after[:0] = kept[-back:]
            kept = kept[:-back]
        elif forward := _steps(after, words, first=False):
            kept = [*kept, *words[:forward]]
            words = [*words[forward:], *after[:forward]]
            del after[:forward]
        deleted, inserted = (words, []) if deleted else ([], words)
    yield from _found(Op.EQUAL, "".join(kept))
    yield from _found(Op.DELETED, "".join(deleted))
    yield from _found(Op.INSERTED, "".join(inserted))


def _steps(beside: list[str], words: list[str], *, first: bool) -> int:
    """Return how many words of a change are the same as those *beside* it, up to the end of a sentence; 0 if none.

    *first*: that end is not passed, as the change begins behind it.
    """
    for steps, (word, other) in enumerate(zip(beside, words, strict=False)):
        if first and word in SENTENCE_ENDS:
            return steps
        if word != other:
            return 0
        if word in SENTENCE_ENDS:
            return steps + 1
    return 0


def _is_small(last: _Edit, edit: _Edit) -> bool:
    """Whether what stayed between two edits is less than what changed on either side of it, or hardly anything."""
    kept = _words(edit.kept)
    here, there = (max(_words(one.deleted), _words(one.inserted)) for one in (last, edit))
    return (
        (kept < min(here, there) or (_is_weak(edit.kept) and kept < max(here, there)))
        and any((last.deleted, edit.deleted))
        and any((last.inserted, edit.inserted))
    )


def _is_weak(kept: list[str]) -> bool:
    return len(kept) <= _FEW and all(map(_WEAK.match, kept))


def _words(found: Iterable[str]) -> int:
    return sum(map(is_word, found))


def _shift_whitespace(changes: Iterable[Change]) -> list[Change]:
    """Leave the white space before changed words out of the change: it stayed."""
    groups = [list(group) for _, group in groupby(changes, lambda change: change.op == Op.EQUAL)]
    shift_whitespace: list[Change] = []
    for place, group in enumerate(groups):
        space = _LEADING.match(group[0].text)[0]  # type: ignore[index]
        if group[0].op == Op.EQUAL:
            shift_whitespace += group
        elif len(group) == 2:
            common = _common_start(space, group[1].text)
            shift_whitespace += _found(Op.EQUAL, common)
            shift_whitespace += [
                change for op, text in group for change in _found(op, text[len(common) :])
            ]
        else:
            # The space after the words goes with them, in the place of the one before.
            following = groups[place + 1][0].text if place + 1 < len(groups) else ""
            common = _common_start(space, following)
            shift_whitespace += _found(Op.EQUAL, common)
            shift_whitespace.append(Change(group[0].op, group[0].text[len(common) :] + common))
            if common:
                groups[place + 1] = [Change(Op.EQUAL, following[len(common) :])]
    return [
        Change(op, "".join(text for _, text in group))
        for op, group in groupby(
            (change for change in shift_whitespace if change.text), lambda c: c.op
        )
    ]


def _common_start(one: str, other: str) -> str:
    length = 0
    while length < min(len(one), len(other)) and one[length] == other[length]:
        length += 1
    return one[:length]
