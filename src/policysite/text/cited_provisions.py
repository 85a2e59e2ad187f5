"""References to provisions in a text: which words they are, and whether this text is meant; where they lead, ``printed_tree`` says.

What could be a reference to another text is none: without a law's name, "Article 6" of a policy is its own; with one beside it, it may be
that law's.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from policysite.languages.numerals import number_of
from policysite.languages.reference_grammar import grammar
from policysite.text.facts.letters import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policysite.languages.reference_grammar import Level, ReferenceGrammar

_AROUND = re.compile(r"^[\s()\[\]]+|[\s()\[\].、:]+$")
_DIGITS = re.compile(r"[0-9]+(?:\.[0-9]+)*")
# What stands before a reference and after it is near: looked for from anywhere, blanks would be read again and again.
_NEAR = 80
_JOINER = 20
_MOST = 500
_TITLE = re.compile(r"\s?\([^()]{1,80}\)")
# A full stop after a word that is no abbreviation.
_SENTENCE_END = re.compile(r"[^\W\d_]{4}[)\]”\"']{0,2}[.!?](?=\s|$)|[。！？]")
_FULL_STOP = re.compile(r"[.!?](?=\s)|[。！？]")
_CIRCLED = re.compile("[\u2460-\u2473\u3251-\u325f\u32b1-\u32bf]")
_HYPHEN = re.compile("-[0-9]")
_DOTTED = re.compile(r"\s(?P<n>[0-9]{1,2})\.(?![0-9])")


class Step(NamedTuple):
    """One step of a reference: its level (empty for a mark without a word), its number, where its words end.

    ``loose``: a space is before a mark without a word, which may be none of it.
    """

    level: str
    number: str
    end: int
    loose: bool = False


class Reference(NamedTuple):
    """A reference to a provision of this text, from ``start`` to the end of its last step; the first step is a heading.

    ``since`` is where the words begin that say what a number behind others is: "Articles 5 and 6". ``explicit``: the text says that it
    speaks of itself.
    """

    start: int
    steps: tuple[Step, ...]
    since: int
    explicit: bool = False

    @property
    def end(self) -> int:
        """Where its words end."""
        return max(step.end for step in self.steps)


def number_key(written: str, language: str, branch: str = "") -> str:
    """Return a number as it is compared: "5", "5-2" of an inserted one, "3.2"; "a", "iv" and 가 as they are printed."""
    core = _AROUND.sub("", unicodedata.normalize("NFKC", written))
    if match := _DIGITS.match(core):
        key = match[0]
    elif core.isascii():
        key = core.lower()
    else:
        key = str(number_of(core, language) or core)
    if branch:
        tail = branch.lower() if branch.isascii() else str(number_of(branch, language))
        key = f"{key}-{tail}"
    return key


@lru_cache(maxsize=20_000)
def references_in(text: str, language: str, around: str = "") -> tuple[Reference, ...]:
    """Return the references in *text* to provisions of the same text; none in a language of which nothing is known.

    *around* are words that lead to it and may name another text: what stands before the points of a list.
    """
    rules = grammar(language)
    if rules is None:
        return ()
    reader = _Reader(plain(text), language, rules)
    is_led_elsewhere = any(_others(plain(around), rules))
    return tuple(
        reference
        for chain in reader.chains()
        for reference in reader.own(chain)
        if reference.explicit or not is_led_elsewhere
    )


def sentence_of(text: str, reference: Reference) -> str:
    """Return the sentence of *text* that *reference* is in: at most that, as a full stop may belong to an abbreviation."""
    ends = [match.end() for match in _FULL_STOP.finditer(text)]
    before, after = bisect_right(ends, reference.since), bisect_left(ends, reference.end)
    start = ends[before - 1] if before else 0
    return text[start : ends[after] if after < len(ends) else len(text)].strip()


@lru_cache(maxsize=20_000)
def names_other_text(text: str, language: str) -> bool:
    """Whether *text* names another text that has articles too, such as a law."""
    rules = grammar(language)
    return rules is not None and any(_others(plain(text), rules))


def _others(text: str, rules: ReferenceGrammar) -> Iterator[re.Match[str]]:
    """Yield where *text*, made plain, names another text; what it calls itself is no other one."""
    return rules.other.finditer(rules.own.sub(lambda own: "\0" * len(own[0]), text))


class _Reader:
    """Reads one text, made plain, in one language."""

    def __init__(self, text: str, language: str, rules: ReferenceGrammar) -> None:
        self.text = text
        self.language = language
        self.rules = rules

    def chains(self) -> Iterator[list[Reference]]:
        """Yield references that are listed together, as one text is meant by all of them."""
        chain: list[Reference] = []
        follows = -1
        for start, heading in self._headings():
            if chain and start != follows:
                yield chain
                chain = []
            chain += self._from(start, heading)
            follows = self._next(chain[-1].end)
        if chain:
            yield chain

    def own(self, chain: list[Reference]) -> Iterator[Reference]:
        """Yield those of *chain* that are references to this text: all, or none."""
        start, end = chain[0].start, max(ref.end for ref in chain)
        before = self.text[max(0, start - _NEAR) : start]
        ends = [end]
        if title := _TITLE.match(self.text, end):
            ends.append(title.end())
        rules = self.rules
        if rules.own_before.search(before) or any(
            rules.own_after.match(self.text, e) for e in ends
        ):
            yield from (ref._replace(explicit=True) for ref in chain)
            return
        if rules.other_before.search(before) or any(
            rules.other_after.match(self.text, e) for e in ends
        ):
            return
        following = bisect_left(self._ends, end)
        stop = self._ends[following] if following < len(self._ends) else len(self.text)
        # One that is named before, or later in the sentence, may be meant.
        if not any(other.end() <= start or end <= other.start() < stop for other in self._named):
            yield from chain

    @cached_property
    def _ends(self) -> list[int]:
        return [match.end() for match in _SENTENCE_END.finditer(self.text)]

    @cached_property
    def _named(self) -> tuple[re.Match[str], ...]:
        return tuple(_others(self.text, self.rules))

    def _headings(self) -> list[tuple[int, Step]]:
        """Return where references begin, in order; of those that begin at one place, or in each other, the longest."""
        found = [
            (match.start(), Step(level, self._key(match), match.end()))
            for level, pattern in self.rules.headings
            for match in pattern.finditer(self.text)
            if not self._goes_on(match)
        ]
        found.sort(key=lambda one: (one[0], -one[1].end))
        kept: list[tuple[int, Step]] = []
        for start, step in found[:_MOST]:
            if not kept or start >= kept[-1][1].end:
                kept.append((start, step))
        return kept

    def _goes_on(self, match: re.Match[str]) -> bool:
        """Whether a number goes on behind a hyphen, so that it is another one: "article 12-2"; "Articles 5-7" are several."""
        several = self.rules.plural.search(match[0])
        return _HYPHEN.match(self.text, match.end()) is not None and not several

    def _from(self, start: int, heading: Step) -> Iterator[Reference]:
        """Yield the reference that begins with *heading*, and those that follow it without a heading of their own."""
        steps = [heading, *self._marks(heading.end)]
        if len(steps) == 1:
            start, inner = self._inner(start)
            steps += [step._replace(end=heading.end) for step in inner]
        since, several = start, False
        yield Reference(start, tuple(steps), since)
        while True:
            end = max(step.end for step in steps)
            several = several or bool(self.rules.plural.search(self.text, start, end))
            place = self._next(end)
            if place < 0 or any(p.match(self.text, place) for _, p in self.rules.headings):
                return
            steps = self._sibling(place, steps, several=several)
            if not steps:
                return
            start = place
            yield Reference(start, tuple(steps), since)

    def _sibling(self, place: int, steps: list[Step], *, several: bool) -> list[Step]:
        """Return the steps of what is at *place*, in a list after *steps*; empty if it is none of them."""
        if found := list(self._marks(place, first=True)):
            if self.rules.joined.match(self.text, found[-1].end):
                # They are those of a heading that is still to come.
                return []
            levels = [step.level for step in steps[1:]]
            level = found[0].level
            kept = 1 + levels.index(level) if level in levels else 0
            return [*steps[:kept], *found] if kept else []
        match = self.rules.number.match(self.text, place)
        if match and several:
            return [*steps[:-1], Step(steps[-1].level, self._key(match), match.end())]
        return []

    def _marks(self, place: int, *, first: bool = False) -> Iterator[Step]:
        """Yield the steps that follow at *place*; the *first* may begin there, without what joins it to one before."""
        circled = False
        while True:
            step = self._word(place, first=first) or self._bare(place, circled=circled)
            if step is None:
                return
            circled = _CIRCLED.search(self.text, place, step.end) is not None
            yield step
            place, first = step.end, False

    def _word(self, place: int, *, first: bool) -> Step | None:
        for level, pattern in self.rules.marks:
            text, shift = self.text, 0
            if first:
                # A space that stands before it, as between two steps.
                text, shift = f" {self.text[place : place + _NEAR]}", place - 1
            if match := pattern.match(text, 0 if first else place):
                return Step(level, self._key(match), match.end() + shift)
        return None

    def _bare(self, place: int, *, circled: bool) -> Step | None:
        patterns: list[Level] = [*self.rules.bare, *([("", _DOTTED)] if circled else [])]
        for level, pattern in patterns:
            if match := pattern.match(self.text, place):
                loose = self.text[place : place + 1].isspace()
                return Step(level, self._key(match), match.end(), loose)
        return None

    def _inner(self, start: int) -> tuple[int, list[Step]]:
        """Return the steps before a heading, the nearest first, and where they begin: "point (a) of paragraph 2 of Article 5"."""
        steps: list[Step] = []
        while len(steps) < len(self.rules.inner):
            if not self.rules.joined_before.search(self.text, max(0, start - _JOINER), start):
                break
            before = self.text[max(0, start - _NEAR) : start]
            found = [(level, match) for level, p in self.rules.inner if (match := p.search(before))]
            if not found:
                break
            level, match = min(found, key=lambda one: one[1].start())
            start -= len(before) - match.start()
            steps.append(Step(level, self._key(match), 0))
        return start, steps

    def _next(self, end: int) -> int:
        """Return where the next one of a list begins, -1 if nothing at *end* joins another one to it."""
        for pattern in (self.rules.ranged, self.rules.listed):
            if match := pattern.match(self.text, end):
                return match.end()
        return -1

    def _key(self, match: re.Match[str]) -> str:
        groups = match.groupdict("")
        return number_key(groups["n"], self.language, groups.get("b", ""))
