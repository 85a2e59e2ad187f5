"""Two versions compared in a language, and in the source language where that is another: what pages and notices show of them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from policysite.redline.facing_rows import facing_rows, sentence_note, touched_words
from policysite.redline.word_changes import Op

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policysite.redline.block_changes import BlockChange
    from policysite.redline.facing_rows import FacingRow, SentenceNote
    from policysite.redline.provision_changes import (
        ArticleChange,
        Comparison,
        ProvisionChange,
        Row,
    )
    from policysite.redline.word_changes import Change


@dataclass(frozen=True)
class TwoTexts:
    """Two versions compared in a language, and in the source language where that is another. ``provisos`` begin an exception in the former."""

    shown: Comparison
    source: Comparison | None
    provisos: tuple[str, ...] = ()

    @cached_property
    def _source_rows(self) -> dict[tuple[str, bool], Row]:
        if self.source is None:
            return {}
        rows = (row for article in self.source.articles for row in article.rows)
        return {(row.provision.id, row.continued): row for row in rows}

    def source_row(self, row: Row) -> Row | None:
        """Return the same words in the source language."""
        return self._source_rows.get((row.provision.id, row.continued))

    @cached_property
    def _differences(self) -> dict[tuple[str, bool], str]:
        rows = (row for article in self.shown.articles for row in article.rows)
        return {(row.provision.id, row.continued): self._difference(row) for row in rows}

    def differs(self, row: Row) -> str:
        """Return ``source`` or ``translation`` if something changed only there, else an empty string.

        A translation that missed a change is a mistake that is not visible in either language alone.
        """
        return self._differences[row.provision.id, row.continued]

    def _difference(self, row: Row) -> str:
        source = self.source_row(row)
        if source is None or row.provision.old is None or row.provision.new is None:
            return ""
        here, there = _changed_places(row), _changed_places(source)
        if len(row.blocks) != len(source.blocks):
            here, there = ({0} if here else set()), ({0} if there else set())
        return "source" if there - here else "translation" if here - there else ""

    def article_differs(self, article: ArticleChange) -> bool:
        """Whether anything in *article* changed in one of the languages only."""
        return any(map(self.differs, article.rows))

    def facing(self, article: ArticleChange) -> tuple[FacingRow, ...]:
        """Return the rows of *article* as a table of old and new has them."""
        return facing_rows(article, self.differs)

    def note(self, block: BlockChange) -> SentenceNote | None:
        """Return what such a table says of the last sentences of *block*."""
        return sentence_note(block, self.provisos)

    def touched(self, changes: Sequence[Change]) -> tuple[tuple[str, str], ...]:
        """Return *changes* with the words of which only a part changed."""
        return touched_words(changes)

    def old_title(self, change: ProvisionChange) -> tuple[tuple[str, str], ...]:
        """Return the title that a provision of both versions had; one that was split off has another one."""
        if change.split_off and change.old:
            return ((Op.EQUAL.value, change.old.title),)
        return touched_words(change.title)

    @property
    def missed(self) -> int:
        """How many provisions changed in the source language and not in this one."""
        return len({name for (name, _), only in self._differences.items() if only == "source"})


def _changed_places(row: Row) -> set[int]:
    """Return the places of the blocks of a row that changed; -1 is the title, -2 the links."""
    places: set[int] = {i for i, block in enumerate(row.blocks) if block.is_changed}
    if not row.continued:
        places |= {-1} if any(op != Op.EQUAL for op, _ in row.provision.title) else set()
        places |= {-2} if row.provision.links else set()
    return places
