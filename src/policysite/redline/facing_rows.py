"""A comparison as a table of old and new, in the form in which Korean law prints it (신·구 조문 대비표).

Changed provisions stand in full on both sides. Unchanged ones are left out by their marks, but for those that lead to
a changed one. ``assets/scripts/facing.js`` does the same in the browser; a test keeps both the same.
"""

from __future__ import annotations

import re
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from policysite.languages.language_data import particles
from policysite.redline.provision_changes import ChangeKind
from policysite.redline.word_changes import SENTENCE_ENDS, Change, Op

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from policysite.redline.block_changes import BlockChange
    from policysite.redline.provision_changes import ArticleChange, Row

TOUCHED = "touched"
"""What did not change of a word that changed: its particle, or the syllable beside a number."""
_PLACED_ANEW = {ChangeKind.RENUMBERED, ChangeKind.MOVED}


class Role(StrEnum):
    """What a row does in the table."""

    CHANGED = "changed"
    LEAD = "lead"
    """It is unchanged, and leads to what changed: it stands in full on both sides."""
    FOLDED = "folded"
    """It is unchanged, and is shown only with the whole text."""


class LeftOut(NamedTuple):
    """Provisions in a row that are left out: their ``length``, and the marks of the first and the last on each side."""

    length: int
    old: tuple[str, str]
    new: tuple[str, str]


class FacingRow(NamedTuple):
    """A row of the table.

    ``left_out`` begins with this row, if anything does. ``is_within``: a provision around it was inserted or deleted
    with it, and says so.
    """

    row: Row
    role: Role
    left_out: LeftOut | None
    is_within: bool


class _Line(NamedTuple):
    """A row with its place in the tree. ``depth`` of words that follow the provisions inside is one more than theirs."""

    row: Row
    depth: int
    is_changed: bool


def facing_rows(
    article: ArticleChange, differs: Callable[[Row], str] = lambda _row: ""
) -> tuple[FacingRow, ...]:
    """Return the rows of *article* that have words; *differs* says whether one changed in one language only."""
    lines = [
        _Line(row, row.depth + row.continued, _is_changed(row, differs(row)))
        for row in article.rows
        if row.has_words
    ]
    ends = [_end(lines, place) for place in range(len(lines))]
    whole = [
        not any(line.is_changed for line in lines[place:end]) for place, end in enumerate(ends)
    ]
    left_out = dict(_left_out(lines, ends, whole))
    folded = {
        inside
        for place, found in left_out.items()
        for inside in range(place, _run_end(ends, place, found.length))
    }
    within = _within(article, lines)
    return tuple(
        FacingRow(
            line.row,
            Role.FOLDED if place in folded else Role.CHANGED if line.is_changed else Role.LEAD,
            left_out.get(place),
            within[place],
        )
        for place, line in enumerate(lines)
    )


def _is_changed(row: Row, differs: str) -> bool:
    """Whether the words of *row* have to be seen on both sides; a number or a heading is seen elsewhere."""
    change = row.provision
    if differs or change.old is None or change.new is None or change.split_off:
        return True
    if row.depth and ChangeKind.MOVED in change.kinds:
        return True
    others = not row.continued and (change.links or change.old.omitted != change.new.omitted)
    return bool(others) or any(block.is_changed for block in row.blocks)


def _end(lines: Sequence[_Line], place: int) -> int:
    """Return the place behind the line at *place* and all that it contains."""
    depth = lines[place].depth
    return next((i for i in range(place + 1, len(lines)) if lines[i].depth <= depth), len(lines))


def _run_end(ends: Sequence[int], place: int, count: int) -> int:
    for _ in range(count):
        place = ends[place]
    return place


def _left_out(
    lines: Sequence[_Line], ends: Sequence[int], whole: Sequence[bool]
) -> Iterator[tuple[int, LeftOut]]:
    """Yield the runs of unchanged provisions, by the place of their first line."""
    place = 0
    while place < len(lines):
        if not whole[place]:
            place += 1
            continue
        run = [place]
        while _goes_on(lines, whole, run[-1], ends[run[-1]]):
            run.append(ends[run[-1]])
        first, last = (_marks(lines[i].row) for i in (run[0], run[-1]))
        yield place, LeftOut(len(run), (first[0], last[0]), (first[1], last[1]))
        place = ends[run[-1]]


def _goes_on(lines: Sequence[_Line], whole: Sequence[bool], last: int, following: int) -> bool:
    """Whether the line at *following* is left out together with the one at *last*, which it follows."""
    if following >= len(lines) or not whole[following]:
        return False
    one, other = lines[last], lines[following]
    return (
        one.depth == other.depth
        and all(_marks(one.row)) == all(_marks(other.row))
        and one.row.provision.kinds == other.row.provision.kinds
    )


def _marks(row: Row) -> tuple[str, str]:
    old, new = row.provision.old, row.provision.new
    if row.continued or not row.depth or old is None or new is None:
        return "", ""
    return old.mark, new.mark


def _within(article: ArticleChange, lines: Sequence[_Line]) -> list[bool]:
    """Return for each line whether what contains it was inserted or deleted as it was."""
    around: list[tuple[int, tuple[bool, bool]]] = []
    found = []
    first = _sides(article.provision.old, article.provision.new)
    for line in lines:
        while around and around[-1][0] >= line.depth:
            around.pop()
        sides = _sides(line.row.provision.old, line.row.provision.new)
        outer = around[-1][1] if around else first
        found.append(sides == outer and not all(sides))
        around.append((line.depth, sides))
    return found


def _sides(old: object, new: object) -> tuple[bool, bool]:
    return old is not None, new is not None


@cache
def _letters() -> str:
    return "".join(particles())


@cache
def _word_ends() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return what goes on with a word at the beginning of a text, and what begins one at its end."""
    letters = _letters()
    return re.compile(rf"[{letters}]+"), re.compile(rf"[{letters}\d]+\Z")


def touched_words(changes: Sequence[Change]) -> tuple[tuple[str, str], ...]:
    """Return *changes* as pairs of their kind and text; what stayed of a word of which a part changed is :data:`TOUCHED`.

    This is so in scripts that write particles onto words. Others compare whole words.
    """
    found: list[tuple[str, str]] = []
    for place, (op, text) in enumerate(changes):
        if op != Op.EQUAL:
            found.append((op.value, text))
            continue
        starts, ends = _word_ends()
        before = [change.text[-1:] for change in changes[max(0, place - 2) : place]]
        after = [change.text[:1] for change in changes[place + 1 : place + 3]]
        head = starts.match(text) if place and any(map(str.isalnum, before)) else None
        start = head.end() if head else 0
        tail = ends.search(text, start) if any(map(str.isalnum, after)) else None
        end = tail.start() if tail else len(text)
        parts = (TOUCHED, text[:start]), (op.value, text[start:end]), (TOUCHED, text[end:])
        found += [(kind, part) for kind, part in parts if part]
    return tuple(found)


class SentenceNote(NamedTuple):
    """That a paragraph won or lost its last sentences: ``op`` says which, ``is_proviso`` whether they are an exception."""

    op: Op
    is_proviso: bool


def sentence_note(block: BlockChange, provisos: Sequence[str]) -> SentenceNote | None:
    """Return what a table says beside *block*, if its last sentences are new or gone; *provisos* begin an exception."""
    if block.old is None or block.new is None or block.is_row:
        return None
    *kept, last = block.cells[0].changes
    if last.op == Op.EQUAL or not kept or kept[-1].op != Op.EQUAL:
        return None
    text = last.text.strip()
    if not all(ends[-1:] in SENTENCE_ENDS and ends for ends in (kept[-1].text.rstrip(), text)):
        return None
    return SentenceNote(last.op, text.startswith(tuple(provisos)))
