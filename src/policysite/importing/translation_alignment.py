"""A published translation laid beside the source text: which of its words translate which message, and what fits nowhere.

Provisions go by their ids, what is in them by its place: paragraphs by their order if there are as many, tables by their cells if they are as large.
Nothing is taken by its words, so nothing is guessed.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from policysite.base.problems import excerpt
from policysite.importing.repeated_sentence import pattern_of
from policysite.importing.run_pairs import paired
from policysite.importing.text_runs import Run, Unit, UnitKind, runs_of
from policysite.importing.translated_markup import with_links_of
from policysite.text.message_templates import Message

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

    from policysite.text.blocks import Block

_ALIKE = {UnitKind.TERM: UnitKind.PARAGRAPH, UnitKind.NOTE: UnitKind.PARAGRAPH}
"""What a page shows as a paragraph."""
_TABLES = {UnitKind.TABLE, UnitKind.OMITTED}
_ALONE = {UnitKind.HEADING, UnitKind.TABLE}
_MOST_SHOWN = 4


class Fit(NamedTuple):
    """Words that translate *message*, and the line of the translation on which they are."""

    message: Message
    words: str
    line: int


class Misfit(NamedTuple):
    """A place that does not fit: its line in the translation (0: it is not there), what is there, what the source has, and what to do.

    ``messages`` are those of the source that stay without a translation by it.
    """

    line: int
    found: str
    expected: str
    remedy: str
    messages: tuple[Message, ...] = ()


@dataclass
class Alignment:
    """What a translation gives: ``fits``, ``misfits``, and ``remarks`` on what fits in a way of its own, by lines."""

    fits: list[Fit] = field(default_factory=list)
    misfits: list[Misfit] = field(default_factory=list)
    remarks: list[tuple[int, str]] = field(default_factory=list)


def aligned(source: Block, translated: Block, versions: Mapping[str, dt.date]) -> Alignment:
    """Lay the blocks of *translated* beside those of *source*, both after their provisions were numbered.

    *versions* are the days on which the earlier versions took effect, by number.
    """
    pairs = paired(runs_of(source), runs_of(translated))
    alignment = Alignment()
    done: set[Unit] = set()
    places = [_Place(run, other, alignment, versions, done) for run, other in pairs.same]
    for place in places:
        place.fill_own()
    for place in places:
        place.fill_rest()
    alignment.misfits += [_missing(run, behind, done) for run, behind in pairs.missing]
    alignment.misfits += map(_surplus, pairs.surplus)
    for run, other in pairs.otherwise:
        found = f"{other.heading!r} was taken for {run.heading!r}, as both count so here."
        alignment.remarks.append((other.line, found))
    for run, other in pairs.astray:
        found = f"{other.heading!r} comes at another place than {run.heading!r} in the source (line {run.line})."
        alignment.remarks.append((other.line, found))
    return alignment


def _missing(run: Run, behind: Run, done: Container[Unit]) -> Misfit:
    units = [unit for inner in run.walk() for unit in inner.units if unit not in done]
    messages = tuple(message for unit in units for message in unit.messages)
    called = f" behind {behind.heading!r}" if behind.heading else ""
    return Misfit(
        behind.line if behind.id else 0,
        f"Found no provision {run.heading!r} ({run.id}){called}.",
        _expected(run, messages),
        "See whether it has another number there, or none: write it as in the source",
        messages,
    )


def _surplus(run: Run) -> Misfit:
    return Misfit(
        run.line,
        f"Found the provision {run.heading!r} ({run.id}).",
        "the source has none of that number",
        "See whether it is part of another version, or has another number in the source: leave it out, or number it as there",
    )


def _expected(run: Run, messages: Sequence[Message]) -> str:
    shown = [f"line {m.line} {excerpt(m.msgid)}" for m in messages[:_MOST_SHOWN]]
    more = len(messages) - len(shown)
    count = f"{len(messages)} message{'s' * (len(messages) != 1)}"
    return f"{count} of {run.id or 'the text'}: {'; '.join(shown)}{f'; and {more} more' if more > 0 else ''}"


class _Place:
    """One provision of the source and the same one of the translation; ``done`` are the units of both that have found each other."""

    def __init__(
        self,
        run: Run,
        other: Run,
        alignment: Alignment,
        versions: Mapping[str, dt.date],
        done: set[Unit],
    ) -> None:
        self._run, self._other = run, other
        self._alignment, self._versions, self._done = alignment, versions, done

    def fill_own(self) -> None:
        """Take what the other one says in no provision inside it, if it has the same, before and behind those."""
        there = self._patterns(self._other.own)
        here = self._tables(self._run.own, there)
        if [_kind(u) for u in here] == [_kind(u) for u in there]:
            # What is in the place of a lost table may be written outside of the provision.
            waiting = (
                _only(self._run.own, UnitKind.OMITTED)
                if _only(here, UnitKind.TABLE) == _only(self._run.own, UnitKind.TABLE)
                else []
            )
            self._done |= {*self._run.own, *self._other.own} - {*waiting}
            for unit, translated in zip(here, there, strict=True):
                self._unit(unit, translated)

    def fill_rest(self) -> None:
        """Take what is left up to the next provision, whichever it belongs to."""
        there = self._patterns([u for u in self._other.units if u not in self._done])
        here = self._tables([u for u in self._run.units if u not in self._done], there)
        if _count(here, UnitKind.TABLE) != _count(there, UnitKind.TABLE):
            self._misfit(_only(here, UnitKind.TABLE), _only(there, UnitKind.TABLE))
            here, there = _without_tables(here), _without_tables(there)
        if _count(here, UnitKind.HEADING) != _count(there, UnitKind.HEADING):
            self._misfit(here, there)
            return
        for mine, theirs in zip(_stretches(here), _stretches(there), strict=True):
            if [_kind(u) for u in mine] == [_kind(u) for u in theirs]:
                for unit, translated in zip(mine, theirs, strict=True):
                    self._unit(unit, translated)
            else:
                self._misfit(mine, theirs)

    def _tables(self, here: Sequence[Unit], there: Sequence[Unit]) -> list[Unit]:
        """Return the units of the source without its lost tables; what the translation has in their places is reported."""
        lost = _count(here, UnitKind.OMITTED)
        tables = [unit for unit in there if unit.kind is UnitKind.TABLE]
        if lost and len(tables) == lost + _count(here, UnitKind.TABLE):
            # A table without rows: it takes what is there, and reports it.
            return [
                Unit(UnitKind.TABLE, unit.line) if unit.kind is UnitKind.OMITTED else unit
                for unit in here
            ]
        return [unit for unit in here if unit.kind is not UnitKind.OMITTED]

    def _patterns(self, units: Sequence[Unit]) -> list[Unit]:
        """Return *units* with one in the place of the lines on earlier versions, if the source has a sentence for these."""
        message = next((u.message for u in self._run.units if u.kind is UnitKind.PATTERN), None)
        if message is None:
            return list(units)
        for start in range(len(units)):
            for end in range(len(units), start, -1):
                lines = [unit.message.msgid for unit in units[start:end] if unit.message]
                pattern = len(lines) == end - start and pattern_of(
                    lines, self._versions, message.msgid
                )
                if pattern:
                    made = Message(pattern, units[start].line)
                    unit = Unit(UnitKind.PATTERN, units[start].line, made)
                    return [*units[:start], unit, *units[end:]]
        return list(units)

    def _unit(self, unit: Unit, translated: Unit) -> None:
        if unit.kind is UnitKind.TABLE:
            self._table(unit, translated)
        elif unit.message and translated.message:
            self._fit(unit.message, translated.message)

    def _table(self, table: Unit, translated: Unit) -> None:
        if not table.rows:
            self._alignment.misfits.append(
                Misfit(
                    translated.line,
                    f"Found a table of {translated.shape}.",
                    f"the source has {{omitted}} in its place (line {table.line})",
                    "Bring in the table of the source first: policysite import --omitted-tables",
                )
            )
            return
        # A head is known as such; which of the other rows is which is not, unless there are as many.
        both = len(table.rows) == len(translated.rows)
        rows = len(table.rows) if both else 1
        left: list[Message] = []
        for place, row in enumerate(table.rows):
            other = translated.rows[place] if place < rows else []
            if len(row) == len(other):
                self._cells(row, other, translated.line)
            else:
                left += [message for cell in row for message in cell]
        if left or not both:
            self._table_misfit(table, translated, left)

    def _table_misfit(self, table: Unit, translated: Unit, messages: Sequence[Message]) -> None:
        self._alignment.misfits.append(
            Misfit(
                translated.line,
                f"Found a table of {translated.shape}.",
                f"one of {table.shape} (line {table.line}), with {_expected(self._run, messages)}",
                "Give it the rows and cells of the source in a copy of the file",
                tuple(messages),
            )
        )

    def _cells(
        self, row: Sequence[Sequence[Message]], other: Sequence[Sequence[Message]], line: int
    ) -> None:
        for cell, translated in zip(row, other, strict=True):
            if len(cell) == len(translated):
                for message, words in zip(cell, translated, strict=True):
                    self._fit(message, words)
                continue
            shown = "; ".join(excerpt(words.msgid) for words in translated) or "nothing"
            self._alignment.misfits.append(
                Misfit(
                    next((words.line for words in translated), line),
                    f"Found {shown} in a cell.",
                    _expected(self._run, cell) if cell else "an empty cell",
                    "Write the cell with as many paragraphs as in the source",
                    tuple(cell),
                )
            )

    def _fit(self, message: Message, words: Message) -> None:
        said = with_links_of(message.msgid, words.msgid)
        self._alignment.fits.append(Fit(message, said, words.line))

    def _misfit(self, here: Sequence[Unit], there: Sequence[Unit]) -> None:
        messages = tuple(message for unit in here for message in unit.messages)
        shown = ", ".join(excerpt(_words(unit)) for unit in there[:_MOST_SHOWN])
        called = f" in {self._other.heading!r}" if self._other.heading else ""
        self._alignment.misfits.append(
            Misfit(
                there[0].line if there else self._other.line,
                f"Found {_kinds(there)}{called}{f': {shown}' * bool(shown)}.",
                f"{_kinds(here)} for {_expected(self._run, messages)}",
                "Split or join them as in the source, in a copy of the file",
                messages,
            )
        )


def _stretches(units: Iterable[Unit]) -> Iterator[list[Unit]]:
    """Yield the units between headings and tables, and each of these alone."""
    stretch: list[Unit] = []
    for unit in units:
        if unit.kind in _ALONE:
            yield stretch
            yield [unit]
            stretch = []
        else:
            stretch.append(unit)
    yield stretch


def _kind(unit: Unit) -> UnitKind:
    return _ALIKE.get(unit.kind, unit.kind)


def _count(units: Iterable[Unit], kind: UnitKind) -> int:
    return sum(unit.kind is kind for unit in units)


def _only(units: Iterable[Unit], kind: UnitKind) -> list[Unit]:
    return [unit for unit in units if unit.kind is kind]


def _without_tables(units: Iterable[Unit]) -> list[Unit]:
    return [unit for unit in units if unit.kind not in _TABLES]


def _words(unit: Unit) -> str:
    return " ".join(message.msgid for message in unit.messages)


def _kinds(units: Sequence[Unit]) -> str:
    """Return how many units there are of which kind."""
    if not units:
        return "nothing"
    counts = Counter(map(_kind, units))
    return ", ".join(f"{count} {kind}{'s' * (count != 1)}" for kind, count in counts.items())
