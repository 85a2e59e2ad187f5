"""Which heading is inside which, and what steps their ids have: read from all headings of a text, in its order."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from policysite.languages.labels import bare_labels, label_of_heading
from policysite.languages.marks import DECIMAL, Mark
from policysite.languages.provision_number import Number
from policysite.model.provision_ids import (
    ARTICLES,
    BOXES,
    CONTAINERS,
    UNNUMBERED,
    Part,
    parts,
)
from policysite.text.heading_words import word_for

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

_RANKS = {**{level: rank for rank, level in enumerate(CONTAINERS)}, **dict.fromkeys(ARTICLES, 9)}
_PLAIN = re.compile(r"([1-9][0-9]?)\s+(?=\S)")
_PLAIN_KIND = "plain"
_BARE = ("sec", "subsec", "para", "subpara")
"""The levels of headings with a number alone, by their depth among such."""


@dataclass(eq=False)
class Heading:
    """A heading: what it says, its level in Markdown, the id that its author gave it. The rest is found.

    ``step`` is the last step of its id, ``pieces`` its number in full, as decimals below it begin with it. ``within`` is
    the id that those of what is in it begin with, if it is not its own. ``label`` is what it prints, ``bare``: that is a number without a word.
    ``follows``: its number may come after ``last``; ``orphan``: nothing above has the number that its own begins with. ``proposed``: its id is a word that its author has not written yet.
    """

    text: str
    depth: int
    explicit: str = ""
    id: str = ""
    parent: Heading | None = None
    step: Part | None = None
    level: str = ""
    label: str = ""
    pieces: tuple[str, ...] = ()
    bare: bool = False
    kind: str = ""
    follows: bool = True
    last: Number | None = None
    orphan: bool = False
    proposed: bool = False
    inner: list[Heading] = field(default_factory=list)


def arrange(
    headings: Sequence[Heading],
    language: str,
    restart: Mapping[str, str],
    given: Collection[str] = (),
) -> None:
    """Find the parents, the steps and the ids of *headings*, those of one text in its order.

    *restart* says for a level in which level around it its numbers begin again: ``{"art": "chp"}``. *given* are the ids that the
    author gave, to whatever block: none of them is proposed for a heading.
    """
    _Tree(headings, language, restart, given).arrange()


class _Tree:
    def __init__(
        self,
        headings: Sequence[Heading],
        language: str,
        restart: Mapping[str, str],
        given: Collection[str],
    ) -> None:
        self.headings = headings
        self.given = given
        self.language = language
        self.restart = restart
        self.last: dict[tuple[str, str, bool], Number] = {}
        self.boxes: Counter[str] = Counter()
        self.latest: dict[tuple[str, bool], Number] = {}

    def arrange(self) -> None:
        open_headings: list[Heading] = []
        for place, heading in enumerate(self.headings):
            self._label(heading, place)
            while open_headings and not self._contains(open_headings[-1], heading):
                open_headings.pop()
            heading.parent = open_headings[-1] if open_headings else None
            if heading.parent:
                heading.parent.inner.append(heading)
            open_headings.append(heading)
            if heading.bare:
                self._bare(heading)
            self._identify(heading)

    def _contains(self, outer: Heading, inner: Heading) -> bool:
        ranks = _RANKS.get(outer.level), _RANKS.get(inner.level)
        if None not in ranks and not (outer.bare or inner.bare):
            return ranks[0] < ranks[1]  # type: ignore[operator] # neither is None
        return outer.depth < inner.depth

    def _label(self, heading: Heading, place: int) -> None:
        if label := label_of_heading(heading.text, self.language):
            if label.number:
                heading.level, heading.label = label.level, label.text
                number = Number() if label.level in UNNUMBERED else Number(*label.pieces)
                if not label.counted and label.level in BOXES and label.level not in UNNUMBERED:
                    number = Number(self.boxes[label.level] + 1)
                self.boxes[label.level] += 1
                heading.step, heading.pieces = Part(label.level, number), number.pieces
            return
        mark = self._bare_mark(heading, place)
        if mark is not None:
            heading.bare, heading.label, heading.kind = True, mark.text.strip(), mark.kind
            heading.step, heading.pieces = Part("sec", mark.number), mark.number.pieces

    def _bare_mark(self, heading: Heading, place: int) -> Mark | None:
        """Return the number without a word that a heading begins with; I. is a letter after H., else a Roman numeral."""
        marks = bare_labels(heading.text, self.language)
        if len(marks) < 2:
            return marks[0] if marks else self._plain_number(heading, place)
        before = [h for h in self.headings[:place] if h.bare and h.depth == heading.depth]
        last = before[-1] if before else None
        if last is not None:
            going = [m for m in marks if m.kind == last.kind and m.number.follows(_of(last))]
            if going:
                return going[0]
        return (
            next((m for m in marks if m.number.is_first), marks[0])
            if last is None
            else next((m for m in marks if m.kind == last.kind), marks[0])
        )

    def _plain_number(self, heading: Heading, place: int) -> Mark | None:
        """Return a number without any sign, if the heading before or after has the next one: else it is an amount or a year."""
        match = _PLAIN.match(heading.text.strip())
        if match is None:
            return None
        number = int(match[1])
        before = [h for h in self.headings[:place] if h.depth <= heading.depth]
        after = [h for h in self.headings[place + 1 :] if h.depth <= heading.depth]
        goes_on = bool(before) and before[-1].kind == _PLAIN_KIND
        goes_on = goes_on and before[-1].pieces == (str(number - 1),)
        begins = number == 1 and bool(after) and after[0].text.strip().startswith("2 ")
        if not (begins or goes_on):
            return None
        return Mark(_PLAIN_KIND, Number(number), match[1], "sec", match.end())

    def _bare(self, heading: Heading) -> None:
        """Give a heading with a number alone its level: by its depth among such, and below an article."""
        around = heading.parent
        while around is not None and not (around.bare or around.level in (*ARTICLES, *_BARE)):
            around = around.parent
        if around is None:
            heading.level = "sec"
        elif around.level in _BARE:
            heading.level = _BARE[min(_BARE.index(around.level) + 1, len(_BARE) - 1)]
        else:
            heading.level = "para"
        number = Number(*heading.pieces)
        if heading.kind.startswith(DECIMAL):
            known = around.pieces if around else ()
            if (
                around
                and heading.pieces[: len(known)] == known
                and len(heading.pieces) > len(known)
            ):
                number = Number(*heading.pieces[len(known) :])
            else:
                heading.orphan = around is not None or len(heading.pieces) > 1
        heading.step = Part(heading.level, number)

    def _identify(self, heading: Heading) -> None:
        if heading.explicit:
            heading.id = heading.explicit
            own = parts(heading.explicit)[-1]
            if own.is_word:
                heading.step, heading.level = None, heading.level if not heading.bare else ""
                return
            heading.step, heading.level = own, own.level
        if heading.step is None:
            taken = {*self.given, *(h.id or h.explicit for h in self.headings)}
            heading.id, heading.proposed = word_for(heading.text, taken), True
            return
        before = self._prefix(heading)
        heading.id = heading.id or "-".join(filter(None, (before, str(heading.step))))
        number = heading.step.number
        if heading.level in UNNUMBERED:
            return
        # Numbers and letters of one level are counted apart.
        row = before, heading.level, number.pieces[0].isdigit()
        # Numbers without a word may go on from one chapter to the next.
        elsewhere = self.latest.get(row[1:]) if heading.bare and not before else None
        heading.last = self.last.get(row, elsewhere)
        heading.follows = number.follows(heading.last)
        self.last[row] = self.latest[row[1:]] = number

    def _prefix(self, heading: Heading) -> str:
        """Return the id that the step of a heading is put behind."""
        around = self._around(heading)
        if heading.level in BOXES:
            return ""
        if heading.bare:
            outer = next(
                (h for h in around if h.step is None or h.level not in ("title", "part", "chp")),
                None,
            )
            named = next((h for h in around if h.level in ("title", "part", "chp")), None)
            outer = outer if outer is not None or named is None else named
            counts_on = outer is not None and outer.level in (*BOXES, "title", "part", "chp")
            return (
                ""
                if outer is None or (counts_on and not self._begins_in(outer, heading))
                else outer.id
            )
        name = self.restart.get(heading.level)
        wanted = CONTAINERS if heading.level in CONTAINERS else (name,) if name else ()
        outer = next((h for h in around if h.level in wanted and h.step is not None), None)
        box = next((h for h in around if h.level in BOXES), None)
        if outer is None and box is not None and self._begins_in(box, heading):
            outer = box
        return outer.id if outer else ""

    def _begins_in(self, box: Heading, heading: Heading) -> bool:
        """Whether the numbers in a box begin at 1; if they go on with those of the text, it is no step."""
        first = next((h for h in box.inner if h.level == heading.level), heading)
        return first.step is not None and first.step.number.is_first

    @staticmethod
    def _around(heading: Heading) -> list[Heading]:
        found = []
        around = heading.parent
        while around is not None:
            found.append(around)
            around = around.parent
        return found


def _of(heading: Heading) -> Number:
    return Number(*heading.pieces)
