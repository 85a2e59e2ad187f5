"""What is printed of the provisions of one version: what each is cited by."""

from __future__ import annotations

from collections import Counter
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from policysite.languages.marks import marks_of

if TYPE_CHECKING:
    from collections.abc import Mapping


class PrintedTexts(dict[str, str]):
    """What is printed in one version, by id: the heading of an article, the mark of what is inside.

    ``parents`` are the ids of the provisions around those whose ids do not say it, ``paragraphs`` says below which of the unmarked paragraphs of
    an article a mark is, ``openings`` how the paragraphs are called that have neither mark nor heading. ``citations`` are those
    that were found, by id and language.
    """

    def __init__(
        self,
        printed: Mapping[str, str],
        parents: Mapping[str, str] | None = None,
        paragraphs: Mapping[str, int] | None = None,
        openings: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(printed)
        self.parents = parents or {}
        self.paragraphs = paragraphs or {}
        self.openings = openings or {}
        self.citations: dict[tuple[str, str], str] = {}

    @cached_property
    def has_circles(self) -> bool:
        """Whether ① is among the marks: then (1) would be taken for it."""
        return any(mark.kind == "circ" for text in self.values() for mark in marks_of(text[:8]))

    @cached_property
    def times(self) -> Counter[str]:
        """How often each heading is printed."""
        return Counter(text.strip() for text in self.values())

    def label_times(self, label: str) -> int:
        """Return how many headings begin with *label*, and go on with something else than a number."""
        return sum(text.strip().startswith(label) for text in self.values())


@lru_cache(maxsize=1000)
def printed_texts(
    printed: tuple[tuple[str, str], ...],
    parents: tuple[tuple[str, str], ...],
    paragraphs: tuple[tuple[str, int], ...],
    openings: tuple[tuple[str, str], ...],
) -> PrintedTexts:
    """Return what is printed in a version: the same one for all versions of which it is the same, so that it is cited once."""
    return PrintedTexts(dict(printed), dict(parents), dict(paragraphs), dict(openings))
