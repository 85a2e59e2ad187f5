"""Where a reference leads: down the tree of provisions by what is printed there, the labels of headings and the marks.

No id is composed: what has a label or a mark, of whatever level, is found by it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from policysite.languages.labels import label_of_heading
from policysite.languages.provision_number import is_roman, roman_value
from policysite.text.cited_provisions import number_key

if TYPE_CHECKING:
    from collections.abc import Iterable

    from policysite.text.cited_provisions import Reference, Step

_BARE = re.compile(
    r"\W{0,2}(?P<n>[0-9]{1,3}(?:\.[0-9]{1,3})*(?=[.)]?(?:\s|$))|[A-Z](?=[.)]\s)|[IVXLC]{1,6}(?=[.)]\s))[.)]?"
)
_LEVEL = re.compile(r"(para|point|indent|item|subitem)-[0-9a-z]+(?:-[0-9]+)?$")
_SENTENCE, _SUPPLEMENT = "sentence", "add"


class Printed(NamedTuple):
    """A provision as it is printed: its id, its mark (empty for a heading), the id of the provision that it is in (empty for none).

    ``headings`` are those that it may be called by, each with its language: the translated one and that of the source.
    """

    id: str
    mark: str
    parent: str
    headings: tuple[tuple[str, str], ...] = ()


class Target(NamedTuple):
    """Where a reference leads: an id (empty if it is not sure), and where the words end that lead there.

    ``missing``: there is surely no such provision. ``known`` is then what there is in its place, as it is printed.
    """

    id: str = ""
    end: int = 0
    missing: bool = False
    known: tuple[str, ...] = ()


class PrintedTree:
    """The provisions of one version as *language* prints them."""

    def __init__(self, provisions: Iterable[Printed], language: str) -> None:
        self._language = language
        self._inside: dict[str, list[Printed]] = defaultdict(list)
        self._headings: dict[tuple[str, str], list[str]] = defaultdict(list)
        self._labels: dict[str, dict[str, str]] = defaultdict(dict)
        self._parents: dict[str, str] = {}
        for provision in provisions:
            self._parents[provision.id] = provision.parent
            if provision.mark:
                self._inside[provision.parent].append(provision)
            for place, (heading, own) in enumerate(provision.headings):
                self._add(provision.id, heading, own, shown=place == 0)

    def _add(self, provision_id: str, heading: str, language: str, *, shown: bool) -> None:
        level, number, text = _label(heading, language)
        if number:
            for name in _names(number):
                if provision_id not in self._headings[level, name]:
                    self._headings[level, name].append(provision_id)
            if shown or provision_id not in self._labels[level]:
                self._labels[level][provision_id] = text

    def find(self, reference: Reference, place: str = "") -> Target:
        """Return where *reference*, which stands in the provision *place*, leads."""
        heading, *steps = reference.steps
        found = self._heading(heading)
        if found is None and "." in heading.number:
            # "artículo 7.2" is 2 in Article 7, where it is no number of a heading.
            number, _, inner = heading.number.partition(".")
            found = self._heading(heading._replace(number=number))
            steps = [heading._replace(level="", number=inner), *steps]
        if found is None:
            labels = self._labels.get(heading.level) or {}
            return Target(missing=bool(labels), known=tuple(labels.values()))
        if len(found) > 1 and not self._is_supplement(place):
            # A supplementary provision may have articles too, which nothing else means.
            found = [name for name in found if not self._is_supplement(name)]
        if len(found) != 1:
            # Numbers begin again in each chapter.
            return Target()
        place, end = found[0], heading.end
        for step in steps:
            inside = self._step(place, step)
            if inside is None:
                known = tuple(p.mark for p in self._like(place, step))
                missing = bool(known) and not step.loose
                return Target("" if missing else place, end, missing, known if missing else ())
            place, end = inside, max(end, step.end)
        return Target(place, end)

    def _is_supplement(self, name: str) -> bool:
        """Whether the provision *name* is a supplementary one, or in one."""
        while name and name not in self._labels[_SUPPLEMENT]:
            name = self._parents.get(name, "")
        return bool(name)

    def _heading(self, step: Step) -> list[str] | None:
        """Return the ids of what a heading's label names, None for none; one without a word is a section of any name."""
        levels = [step.level] if step.level in self._labels else [step.level, ""]
        names = [(level, name) for level in levels for name in _names(step.number)]
        return next((self._headings[name] for name in names if name in self._headings), None)

    def _step(self, place: str, step: Step) -> str | None:
        """Return the id of what *step* names in the provision *place*, None if that is not sure."""
        if step.level == _SENTENCE:
            return place
        same = [p for p in self._inside[place] if self._key(p.mark) == step.number]
        level = [p for p in same if step.level in {"", _level(p)}]
        for found in (level, same):
            if len(found) == 1:
                return found[0].id
        if same:
            return None
        if step.level == "para" and step.number == "1" and not self._like(place, step):
            # Words without a mark are its only paragraph.
            return place
        if step.level and not self._like(place, step):
            deeper = [p for child in self._inside[place] for p in self._inside[child.id]]
            fits = [
                p for p in deeper if self._key(p.mark) == step.number and _level(p) == step.level
            ]
            return fits[0].id if len(fits) == 1 else None
        return None

    def _key(self, mark: str) -> str:
        return number_key(mark, self._language)

    def _like(self, place: str, step: Step) -> list[Printed]:
        """Return the provisions among which *step* would be, were it there."""
        inside = self._inside[place]
        return [
            p
            for p in inside
            if step.level in {"", _level(p)}
            and self._key(p.mark).isdecimal() == step.number.isdecimal()
        ]


def _label(heading: str, language: str) -> tuple[str, str, str]:
    """Return the level, the number and the words of the label that *heading* begins with; empty ones if it has none."""
    if label := label_of_heading(heading, language):
        letters = label.pieces[0] if label.pieces[0].isalpha() else ""
        number = number_key(letters or str(label.number), language, label.branch)
        return label.level, number, label.text
    match = _BARE.match(heading)
    return ("", match["n"].lower(), match[0].strip()) if match else ("", "", "")


def _names(number: str) -> list[str]:
    """Return *number* and, of a Roman numeral, what it counts: "Chapter 5" may be printed as "Chapter V"."""
    return [number, str(roman_value(number))] if number.isalpha() and is_roman(number) else [number]


def _level(provision: Printed) -> str:
    match = _LEVEL.search(provision.id)
    return match[1] if match else ""
