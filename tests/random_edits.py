"""Edits of a Word file as they come: words, paragraphs and rows, tracked and not, with signs that mean something to Markdown."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

from edited_files import said

from policysite.editions.edition_lines import END_MARK
from policysite.editions.word_markup import W

if TYPE_CHECKING:
    from edited_files import EditedDocx

WORDS = (
    *("new", "words *star*", "5", "개인정보", "[x](y)", "a_b_c", "<b>", "1. x", "| pipe", "`tick`"),
    *("日本", "& amp;", "(a) thing", "#1", "$5 ~ 6^2", "\\back", "- dash", "> quoted", "{#id}"),
)
MARKS = ("①", "9.", "(a)", "3)", "가.")


class Counsel:
    """Edits files, always the same way for the same *seed*."""

    def __init__(self, seed: str) -> None:
        self.chance = random.Random(seed)

    def edit(self, file: EditedDocx, times: int) -> None:
        """Edit *file* so often, somewhere."""
        places = [p for p in file.document.iter(f"{W}p") if said(p).strip() not in {"", END_MARK}]
        for _ in range(times):
            place = self.chance.choice(places)
            in_cell = place.getparent().tag == f"{W}tc"
            edits = (self._row, self._words) if in_cell else (self._paragraph, self._words)
            self.chance.choice((*edits, self._words))(file, place)

    def _words(self, file: EditedDocx, place: Any) -> None:
        texts = [t.text for t in place.iter(f"{W}t") if (t.text or "").strip()]
        word = self.chance.choice((*WORDS, "", ""))
        if not texts or self.chance.random() < 0.2:
            file.replace(place, "", f" {word}")
            return
        words = self.chance.choice(texts).split(" ")
        start = self.chance.randrange(len(words))
        old = " ".join(words[start : start + self.chance.randint(1, 4)])
        if old.strip():
            file.replace(place, old, word, tracked=self.chance.random() < 0.8)

    def _paragraph(self, file: EditedDocx, place: Any) -> None:
        word, as_word = self.chance.choice(WORDS), self.chance.random() < 0.5
        kind = self.chance.randrange(3)
        if kind == 0:
            file.delete(place)
        elif kind == 1:
            file.insert(place, f"{word} para", as_word=as_word)
        else:
            file.insert(place, f"{self.chance.choice(MARKS)}\tpara {word}", as_word=as_word)

    def _row(self, file: EditedDocx, place: Any) -> None:
        row = next(place.iterancestors(f"{W}tr"))
        if self.chance.random() < 0.5:
            file.row(row, *(self.chance.choice(WORDS) for _ in row.iter(f"{W}tc")))
        else:
            file.delete_row(row)
