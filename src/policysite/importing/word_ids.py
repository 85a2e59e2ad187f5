"""The words that are the ids of headings without number: those of another version where it has the same heading, else new ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policysite.model.provision_ids import is_word
from policysite.text.heading_words import word_for

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from policysite.text.outline import Document, Outline, Passage

_TELLING = 12
"""How many characters words have at least that tell one provision from another."""
_NEW = "No id follows from this heading;"
_SAME = "It has the words of “{}” in another version;"


class WordIds:
    """Gives words to the headings of a text; *before* are the provisions of another version."""

    def __init__(self, before: Outline | None) -> None:
        passages = before.passages if before else ()
        self._known = [p for p in passages if p.heading and is_word(p.id)]

    def of(self, document: Document) -> Iterator[tuple[int, str, str]]:
        """Yield the line of each heading without id in *document*, its word, and why it has that; nothing if it had it before."""
        passages = document.outline.passages
        taken = {p.id for p in passages if p.line not in document.missing}
        taken |= {known.id for known in self._known}
        # As the text is read now, a heading that is missing its word has one that was proposed.
        names: dict[str, str] = {}
        headings = {p.heading for p in passages}
        for passage in passages:
            if passage.line not in document.missing:
                continue
            parent = names.get(passage.parent, passage.parent)
            same = self._same(passage, parent, headings)
            word = same.id if same else word_for(passage.heading, taken)
            why = _NEW
            if same:
                # What has its word already, and says the same, is no decision.
                why = _SAME.format(same.heading) if same.heading != passage.heading else ""
            names[passage.id] = word
            taken.add(word)
            yield passage.line, word, why

    def _same(self, passage: Passage, parent: str, headings: set[str]) -> Passage | None:
        """Return the heading of the other version that this one is: by its words and place, by its words, or by what is below it."""
        tests: tuple[Callable[[Passage], bool], ...] = (
            lambda p: p.heading == passage.heading and p.parent == parent,
            lambda p: p.heading not in headings and _is_same_text(p, passage),
            lambda p: p.heading == passage.heading and _is_same_text(p, passage),
        )
        for is_same in tests:
            found = next((known for known in self._known if is_same(known)), None)
            if found:
                self._known.remove(found)
                return found
        return None


def _is_same_text(first: Passage, second: Passage) -> bool:
    one, other = (p.words.removeprefix(" ".join(p.title.split())).strip() for p in (first, second))
    return one == other and len(one) > _TELLING
