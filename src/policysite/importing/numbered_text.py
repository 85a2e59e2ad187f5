"""The Markdown of a recognised text with what its numbers need: ids by word, readings of marks, slips that were published."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from policysite.importing import inner_links
from policysite.importing.pieces import Note
from policysite.importing.recognised_text import PieceKind
from policysite.importing.word_ids import WordIds
from policysite.importing.writing import Written, write
from policysite.languages.labels import label_of_heading
from policysite.model.provision_ids import ARTICLES, CONTAINERS, parts
from policysite.text.outline import Document, read_document

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from policysite.importing.recognised_text import Structure
    from policysite.model.numbering_rules import NumberingRules
    from policysite.text.outline import Outline

_MOST_PASSES = 8
_WITHOUT_MARK = "A paragraph without a mark after a numbered one; it was written into {}."
_FROM_RULES = "“{}” comes again; 'restart: {{{}: {}}}' in the front matter says so."


@dataclass(frozen=True)
class Numbered:
    """The Markdown of a text, and what its front matter has to say of its numbers; ``notes`` are lines, from 1, with sentences."""

    written: Written
    rules: NumberingRules
    notes: tuple[tuple[int, str], ...]


def number(
    structure: Structure,
    language: str,
    rules: NumberingRules,
    before: Outline | None = None,
) -> Numbered:
    """Give the entries of *structure* their ids, and return its Markdown.

    *rules* are what is said of its numbers already. Headings without number have the words that they have in *before*, another version.

    :raises CannotWriteError: if words cannot be written as Markdown.
    """
    numbering = _Numbering(structure, language, rules, before)
    numbering.settle()
    return numbering.finished()


class _Numbering:
    def __init__(
        self, structure: Structure, language: str, rules: NumberingRules, before: Outline | None
    ) -> None:
        self.structure = structure
        self.language = language
        self.rules = rules
        self._words = WordIds(before)
        self._notes: list[tuple[int, str]] = []
        """Places of entries with sentences."""

    def settle(self) -> None:
        """Write and read the text until nothing is left to be said of its numbers."""
        for _ in range(_MOST_PASSES):
            written, document = self._read()
            places = {line: place for place, line in enumerate(written.starts)}
            changed = (
                self._name(document, places)
                or self._choose(document, places)
                or self._restart(document)
                or self._declare(document, places)
            )
            if not changed:
                return

    def _read(self, rules: NumberingRules | None = None) -> tuple[Written, Document]:
        written = write(self.structure.entries)
        text = "\n".join(written.lines)
        rules = rules or self.rules
        return written, read_document(text, "", held=True, language=self.language, rules=rules)

    def _give(self, place: int, new_id: str, note: str) -> None:
        entries = self.structure.entries
        entries[place] = replace(entries[place], id=new_id, explicit=True)
        if note:
            self._notes.append((place, note))

    def _name(self, document: Document, places: dict[int, int]) -> bool:
        """Give headings without number their words."""
        for line, word, why in self._words.of(document):
            self._give(places[line], word, f"{why} it got {{#{word}}}." if why else "")
        return bool(document.missing)

    def _choose(self, document: Document, places: dict[int, int]) -> bool:
        """Say of marks that can be read in two ways which reading was taken."""
        chosen = [line for line in document.readings if line in places]
        for line in chosen:
            first, second = document.readings[line]
            mark = self.structure.entries[places[line]].mark
            self._give(
                places[line],
                first,
                f"{mark!r} can be read in two ways; it was read as {first}, and not as {second}, which its id says.",
            )
        return bool(chosen)

    def _restart(self, document: Document) -> bool:
        """Find out whether articles begin again in each chapter; that is said once."""
        slips = {i for i in document.slips if parts(i)[-1].level in ARTICLES}
        if not slips or self.rules.restart:
            return False
        level = parts(min(slips))[-1].level
        for container in CONTAINERS:
            rules = replace(self.rules, restart={level: container})
            _, other = self._read(rules)
            fewer = {i for i in other.slips if parts(i)[-1].level in ARTICLES}
            if not fewer and any(p.parent for p in other.outline.passages):
                self.rules = rules
                label = next(self._labels(level), level)
                self._notes.append((0, _FROM_RULES.format(label, level, container)))
                return True
        return False

    def _labels(self, level: str) -> Iterator[str]:
        for entry in self.structure.entries:
            label = label_of_heading(entry.piece.text, self.language)
            if entry.kind is PieceKind.HEADING and label and label.level == level:
                yield label.text

    def _declare(self, document: Document, places: dict[int, int]) -> bool:
        """Declare what was published with a slip."""
        for provision_id, slip in document.slips.items():
            line = document.outline.lines.get(provision_id, 0)
            place = places.get(line, 0)
            entry = self.structure.entries[place]
            shown = entry.mark or entry.piece.text[:40]
            found = "is numbered twice" if slip == "double" else "comes after a gap"
            self._notes.append(
                (
                    place,
                    f"“{shown}” {found}; it was published so, as 'as-printed' in the front matter says: {provision_id}.",
                )
            )
        declared = {**self.rules.as_printed, **document.slips}
        self.rules = replace(self.rules, as_printed=declared)
        return bool(document.slips)

    def finished(self) -> Numbered:
        """Return the text with its links, and what was noted."""
        written, document = self._read()
        self._identify(written, document)
        self.structure.entries = inner_links.resolved(self.structure.entries)
        written, document = self._read()
        lines = [entry.piece.line for entry in self.structure.entries]
        said = [
            *(
                (written.starts[place], str(Note(note, lines[place])))
                for place, note in self._notes
            ),
            *self._left_open(document),
        ]
        return Numbered(written, self.rules, tuple(said))

    def _identify(self, written: Written, document: Document) -> None:
        ids: dict[int, str] = {}
        for passage in document.outline.passages:
            ids.setdefault(passage.line, passage.id)
        entries = self.structure.entries
        for place, line in enumerate(written.starts):
            entry = entries[place]
            entries[place] = replace(entry, id=ids.get(line, ""))
        for place, entry in enumerate(entries):
            if entry.says_where:
                where = entries[entry.parent].id or "the text"
                noted = entry.piece.noted(_WITHOUT_MARK.format(where))
                entries[place] = replace(entry, piece=noted)
        self.structure.ids = [passage.id for passage in document.outline.passages]

    def _left_open(self, document: Document) -> Sequence[tuple[int, str]]:
        return [
            (problem.line, f"policysite check refuses this: {problem.message} {problem.remedy}")
            for problem in document.problems
        ]
