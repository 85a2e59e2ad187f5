"""The levels of headings in Markdown: a heading is one below those that it is in, by its level in the source and by its label."""

from __future__ import annotations

from typing import NamedTuple

from policysite.languages.labels import label_of_heading
from policysite.model.provision_ids import ARTICLES, BOXES, CONTAINERS

_DEEPEST = 6
_RANKS = {**{level: rank for rank, level in enumerate(CONTAINERS)}, **dict.fromkeys(ARTICLES, 9)}
_WITHOUT_SIGN = {**{level: 11 + rank for level, rank in _RANKS.items()}, **dict.fromkeys(BOXES, 10)}
"""Where headings stand that are paragraphs in the source, behind the levels that it has for others."""


class _Open(NamedTuple):
    level: int
    rank: int | None


class HeadingLevels:
    """Takes the headings of one text in its order."""

    def __init__(self, language: str) -> None:
        self._language = language
        self._open: list[_Open] = []

    def of(self, text: str, level: int) -> int:
        """Return the level in Markdown of the heading *text*; *level* is that in the source, 0 for a paragraph."""
        label = label_of_heading(text, self._language)
        name = label.level if label and label.number else ""
        new = _Open(level or _WITHOUT_SIGN.get(name, 10), _RANKS.get(name))
        if not level and name in BOXES:
            self._open.clear()
        while self._open and not _contains(self._open[-1], new):
            self._open.pop()
        self._open.append(new)
        return min(len(self._open) + 1, _DEEPEST)


def _contains(outer: _Open, inner: _Open) -> bool:
    if outer.rank is not None and inner.rank is not None:
        return outer.rank < inner.rank
    return outer.level < inner.level
