"""Texts that are made at random with every kind of block in every place: between two lists, behind a list in a list, in and behind bullets, before the first article."""

from __future__ import annotations

import random
from textwrap import indent
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_TABLE = """\
```{{list-table}}
:header-rows: 1

* - {}
  - Two
* - {}

    Second line
  - - in the cell
    - {}
```"""


class RandomText:
    """A version of a policy, always the same for the same *seed*, in which no words are the same."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.count = 0
        self.notes: list[str] = []

    def markdown(self) -> str:
        """Return it without front matter."""
        parts = ["# Terms", *self._blocks(3)]
        for number in range(1, self.chance.randint(2, 5)):
            parts += [f"## Article {number} ({self._words()})", *self._blocks(3)]
            parts += self.chance.choice((self._points, self._paragraphs, tuple))()
        return "\n\n".join([*parts, *self.notes, ""])

    def _words(self) -> str:
        self.count += 1
        return f"w{self.count} {self.chance.choice(('here', 'goes on, and on'))}"

    def _paragraphs(self) -> Iterator[str]:
        for mark in "①②③④"[: self.chance.randint(1, 4)]:
            yield f"{mark} {self._words()}."
            yield from self._blocks(2)
            if self.chance.random() < 0.5:
                yield from self._points()

    def _points(self) -> Iterator[str]:
        """Yield points, with points in them, and blocks between them."""
        last = 0
        for _ in range(self.chance.randint(1, 2)):
            for _ in range(self.chance.randint(1, 3)):
                last += 1
                yield f"{last}. {self._words()}"
                yield from _inside(self._blocks(2))
                for number in range(1, self.chance.choice((0, 0, 2, 3)) + 1):
                    yield from _inside([f"{number}) {self._words()}"])
                    yield from _inside(_inside(self._blocks(1)))
                yield from _inside(self._blocks(2))
            yield from self._blocks(2)

    def _blocks(self, most: int) -> list[str]:
        return [self._block() for _ in range(self.chance.randint(0, most))]

    def _block(self) -> str:
        words = self._words()
        if self.chance.random() < 0.1:
            self.notes.append(f"[^{self.count}]: A note, {self._words()}.")
            return f"Noted[^{self.count - 1}] {words}."
        return self.chance.choice(
            (
                f"{words}.",
                f"{words}.",
                "```{omitted}\n```",
                f"| {words} | B |\n|---|---|\n| {self._words()} | d |",
                _TABLE.format(words, self._words(), self._words()),
                f"- {words}\n- {self._words()}\n\n  {self._words()}.\n\n  - {self._words()}\n\n  {self._words()}.",
                f"- {words}\n\n  ```{{omitted}}\n  ```\n- {self._words()}",
                f"| | |\n|---|---|\n| {words} | |\n| | |\n| c | {self._words()} |",
                f"> {words}.\n>\n> - {self._words()}\n> - {self._words()}\n>\n>   {self._words()}\n>\n> {self._words()}",
                f"A [link {words}](https://example.org/) in it.",
            )
        )


def _inside(blocks: Iterable[str]) -> Iterator[str]:
    return (indent(block, "   ") for block in blocks)
