"""What differs between the blocks of two provisions: paragraphs by their words, tables by their cells."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from policysite.redline.sequences import stretches
from policysite.redline.word_changes import Change, Op, word_changes
from policysite.redline.word_tokens import words
from policysite.text.table_shapes import OWN, laid_out

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from policysite.text.provision_text import Block
    from policysite.text.table_shapes import LaidOut

_ALIKE = 300
"""From how many thousandths of common words on two blocks are one that was amended."""
_TOO_MANY = 10_000
"""Pairs of blocks beyond which they are taken in their order; all of them would take too long."""


class CellChange(NamedTuple):
    """A cell of a table row, or a paragraph. ``op``: it is in both texts, or in one of them."""

    op: Op
    changes: tuple[Change, ...]


class BlockChange(NamedTuple):
    """A block of the old text, of the new one, or of both; ``cells`` are one for a paragraph.

    ``lost``: it is a row of a table that the other text has too, but which is lost there, so that nothing can be said of it.
    """

    old: Block | None
    new: Block | None
    cells: tuple[CellChange, ...]
    lost: bool = False

    @property
    def is_changed(self) -> bool:
        """Whether the block is not the same in both texts."""
        return self.old != self.new and not self.lost

    @property
    def is_row(self) -> bool:
        """Whether it is a row of a table."""
        return any(block is not None and block.is_row for block in (self.old, self.new))

    def laid_out(self, side: str) -> list[tuple[CellChange, LaidOut]]:
        """Return the cells of a row that the *side* (``old`` or ``new``) shows, with their places; the new one shows deleted ones too.

        What a merged cell covers is left out, or a part of the cell above; but not where it has words, as before it was merged.
        """
        block = self.old if side == "old" else self.new or self.old
        cells = [cell for cell in self.cells if side == "new" or cell.op is not Op.INSERTED]
        own = iter(block.shape if block else "")
        # A cell that is gone from a row that stays is in no column.
        gone = Op.DELETED if side == "new" and self.new else None
        shape = "".join(OWN if cell.op is gone else next(own, OWN) for cell in cells)
        seen = [
            any(side == "new" or c.op is not Op.INSERTED for c in cell.changes) for cell in cells
        ]
        return [(cells[found.column], found) for found in laid_out(shape, seen)]

    @property
    def foreign(self) -> bool:
        """Whether it is in the source language, because it is untranslated."""
        block = self.new or self.old
        return block is not None and block.foreign


def block_changes(old: Sequence[Block], new: Sequence[Block]) -> list[BlockChange]:
    """Return the blocks of both texts, in order: all but the inserted make up *old*, all but the deleted *new*."""
    changes: list[BlockChange] = []
    for equal, old_start, old_end, new_start, new_end in stretches(old, new):
        before, after = old[old_start:old_end], new[new_start:new_end]
        pairs = zip(before, after, strict=True) if equal else _pairs(before, after)
        changes += [BlockChange(one, other, _cells(one, other)) for one, other in pairs]
    return changes


def without_lost(changes: Sequence[BlockChange], lost: int) -> tuple[BlockChange, ...]:
    """Return *changes* with the rows of as many tables left uncompared as are lost in the one text and not in the other.

    *lost* is how many more are lost in the new text; it is negative if the old one has lost more. Where a lost table stood is not
    known: the first ones that stand alone are taken for it.
    """
    found: list[BlockChange] = []
    left, in_table = abs(lost), False
    for change in changes:
        alone = change.old if change.new is None else change.new if change.old is None else None
        is_one = alone is not None and alone.is_row and (change.new is None) == (lost > 0)
        if not in_table and is_one and left:
            in_table, left = True, left - 1
        elif not is_one:
            in_table = False
        if in_table and alone is not None:
            cells = tuple(CellChange(Op.EQUAL, _whole(Op.EQUAL, text)) for text in alone.cells)
            found.append(change._replace(cells=cells, lost=True))
        else:
            found.append(change)
    return tuple(found)


def _pairs(
    old: Sequence[Block], new: Sequence[Block]
) -> Iterator[tuple[Block | None, Block | None]]:
    """Yield the blocks that stand for each other, and those that stand alone, in order."""
    here = there = 0
    for one, other in [*_matches(old, new), (len(old), len(new))]:
        yield from ((block, None) for block in old[here:one])
        yield from ((None, block) for block in new[there:other])
        if one < len(old):
            yield old[one], new[other]
        here, there = one + 1, other + 1


def _matches(old: Sequence[Block], new: Sequence[Block]) -> list[tuple[int, int]]:
    """Return the positions of blocks that stand for each other, so that they have most words in common."""
    if len(old) * len(new) > _TOO_MANY:
        both = range(min(len(old), len(new)))
        return [(i, i) for i in both if similarity(old[i], new[i])]
    # best[i][j]: the similarity of what can be matched of old[i:] and new[j:].
    best = [[0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i in range(len(old) - 1, -1, -1):
        for j in range(len(new) - 1, -1, -1):
            alike = similarity(old[i], new[j])
            matched = alike + best[i + 1][j + 1] if alike else 0
            best[i][j] = max(matched, best[i + 1][j], best[i][j + 1])
    found: list[tuple[int, int]] = []
    i = j = 0
    while i < len(old) and j < len(new):
        alike = similarity(old[i], new[j])
        if alike and best[i][j] == alike + best[i + 1][j + 1]:
            found.append((i, j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return found


def similarity(old: Block, new: Block) -> int:
    """Return how many thousandths of their words two blocks share; 0 if they cannot be one that was amended."""
    if (old.is_row, old.foreign) != (new.is_row, new.foreign):
        return 0
    before, after = _word_counts(old.text), _word_counts(new.text)
    common = sum(min(count, after[word]) for word, count in before.items())
    alike = 2000 * common // max(before.total() + after.total(), 1)
    return alike if alike >= _ALIKE else 0


@lru_cache(maxsize=20_000)
def _word_counts(text: str) -> Counter[str]:
    return Counter(words(text))


def _cells(old: Block | None, new: Block | None) -> tuple[CellChange, ...]:
    if old is None or new is None:
        op, block = (Op.INSERTED, new) if old is None else (Op.DELETED, old)
        texts = block.cells if block else []
        return tuple(CellChange(op, _whole(op, text)) for text in texts)
    before, after = old.cells, new.cells
    if len(before) == len(after):
        return tuple(
            CellChange(Op.EQUAL, word_changes(one, other))
            for one, other in zip(before, after, strict=True)
        )
    return tuple(_cells_of_another_shape(before, after))


def _cells_of_another_shape(before: list[str], after: list[str]) -> Iterator[CellChange]:
    """Yield the cells of rows with different numbers of columns."""
    for _equal, old_start, old_end, new_start, new_end in stretches(before, after):
        common = min(old_end - old_start, new_end - new_start)
        for step in range(common):
            changes = word_changes(before[old_start + step], after[new_start + step])
            yield CellChange(Op.EQUAL, changes)
        for text in before[old_start + common : old_end]:
            yield CellChange(Op.DELETED, _whole(Op.DELETED, text))
        for text in after[new_start + common : new_end]:
            yield CellChange(Op.INSERTED, _whole(Op.INSERTED, text))


def _whole(op: Op, text: str) -> tuple[Change, ...]:
    return (Change(op, text),) if text else ()
