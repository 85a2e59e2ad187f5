"""Which mark is inside which: the search of least cost among the readings of the marks of one place.

A place is what is below a heading, or in an item of a list. Markdown's own nesting goes before: what is indented in an item is a place
of its own. Within one place the kinds of marks nest by the order in which they appear; nothing says that ① is above 1.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from policysite.languages.marks import DECIMAL

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from policysite.languages.marks import Mark

_BEAM = 60
_IN_EACH_OTHER = 2
"""Lists of one kind in each other, where nothing but their order says so."""
_GOES_ON, _BELOW, _FROM_TWO, _SECOND, _BESIDE, _IN_ITSELF, _AS_TEXT, _GAP = 0, 1, 2, 3, 4, 6, 9, 10
# What is written below such a mark without one of its own belongs to it; below others, to what is around them.
_PARAGRAPHS = ("circ", "(n)", "n_", "ga.", DECIMAL)
_FROM_TWO_KINDS = ("circ", "n_")
_INITIALS = ("A.", "R.")


class Step(StrEnum):
    """How a mark comes to where it is."""

    GOES_ON = "goes on"
    BEGINS = "begins"
    AGAIN = "begins again"
    GAP = "gap"
    TEXT = "text"


class Entry(NamedTuple):
    """A block of a place: a mark with its ``readings``, or none.

    Of a list of Markdown ``last`` is the last item in each reading; ``listed``: the mark is that of an item. ``behind``: it stands directly behind the one before.
    ``is_list``: without readings, a list of dashes.
    """

    readings: tuple[Mark, ...] = ()
    last: tuple[Mark, ...] = ()
    listed: bool = False
    behind: bool = False
    is_list: bool = False


class Placed(NamedTuple):
    """Where an entry is: in another one, by its place, or in none (-1); the reading of its mark, None for a block without one."""

    parent: int
    mark: Mark | None
    step: Step


@dataclass(frozen=True)
class Found:
    """The places of all entries. ``doubtful`` are those that can be read in another way which is as good, with their places in that."""

    placed: tuple[Placed, ...]
    doubtful: tuple[tuple[int, Placed], ...] = ()


class _Last(NamedTuple):
    """Where the last entry of a way is, and what was before it."""

    placed: Placed
    before: _Last | None


class _Open(NamedTuple):
    entry: int
    mark: Mark
    listed: bool
    # Nothing opens below it any more, but its list may go on.
    closed: bool


class _Way(NamedTuple):
    """A reading of all entries so far; ``past`` is that of the last entry with that of those before, ``rival`` another one that may be as good."""

    cost: int
    stack: tuple[_Open, ...]
    past: _Last | None
    gaps: int
    rival: tuple[int, int, _Last | None] | None = None


def search(entries: Sequence[Entry], around: tuple[str, ...] = ()) -> Found:
    """Return where each of *entries* is; *around* are the pieces of the number of what they are in."""
    ways = [_Way(0, (), None, 0)]
    for place in range(len(entries)):
        found: dict[tuple[_Open, ...], _Way] = {}
        for way in ways:
            for following in _after(way, place, entries, around):
                best = found.get(following.stack)
                found[following.stack] = _better(best, following) if best else following
        ways = sorted(found.values(), key=lambda way: way.cost)[:_BEAM]
        ways = [way for way in ways if way.cost <= ways[0].cost + 2 * _GAP]
    return _chosen(ways, entries)


def _better(first: _Way, second: _Way) -> _Way:
    """Return the cheaper of two ways that are the same from here on, with the other one as its rival."""
    best, other = (second, first) if second.cost < first.cost else (first, second)
    rival = best.rival
    if rival is None and not other.gaps:
        rival = other.cost - best.cost, other.gaps, other.past
    return best._replace(rival=rival)


def _chosen(ways: list[_Way], entries: Sequence[Entry]) -> Found:
    best = ways[0]
    placed = _past(best.past)
    glued = [n for n in range(len(entries)) if _is_glued(n, placed, entries)]
    if glued:
        # Another reading has what begins again inside what it follows.
        inner = [placed[n]._replace(parent=n - 1, step=Step.BEGINS) for n in glued]
        return Found(placed, tuple(zip(glued, inner, strict=True)))
    rivals = [(way.cost - best.cost, way.gaps, way.past) for way in ways[1:]]
    rivals += [best.rival] if best.rival else []
    for more, gaps, past in rivals:
        if gaps or best.gaps or more > 1:
            continue
        other = _past(past)
        places = [n for n, (a, b) in enumerate(zip(placed, other, strict=True)) if a != b]
        kinds = any(
            a.mark and b.mark and a.mark.kind != b.mark.kind and a.mark.system
            for n in places
            for a, b in [(placed[n], other[n])]
        )
        if places and (kinds or more == 0):
            return Found(placed, ((places[0], other[places[0]]),))
    return Found(placed)


def _past(last: _Last | None) -> tuple[Placed, ...]:
    found = []
    while last is not None:
        found.append(last.placed)
        last = last.before
    return tuple(reversed(found))


def _is_glued(place: int, placed: Sequence[Placed], entries: Sequence[Entry]) -> bool:
    """Whether a second list begins directly after one of its own kind, with nothing between."""
    if placed[place].step is not Step.AGAIN or entries[place].listed or place == 0:
        return False
    before = placed[place - 1]
    return before.mark is not None and not entries[place - 1].listed


def _after(
    way: _Way, place: int, entries: Sequence[Entry], around: tuple[str, ...]
) -> Iterator[_Way]:
    """Yield what a way may become with one more entry."""
    entry = entries[place]
    if not entry.readings:
        yield _with_text(way, entry)
        return
    options = []
    for index, mark in enumerate(entry.readings):
        last = entry.last[index] if entry.last else mark
        found = _decimal if mark.kind.startswith(DECIMAL) else _counted
        for cost, depth, step in found(way, place, entries, mark, around):
            parent = way.stack[depth - 1].entry if depth else -1
            opened = _Open(place, last, entry.listed, closed=False)
            placed = Placed(parent, mark, step)
            options.append(
                _Way(
                    way.cost + cost,
                    (*way.stack[:depth], opened),
                    _Last(placed, way.past),
                    way.gaps + (step is Step.GAP),
                    way.rival,
                )
            )
    if any(option.gaps == way.gaps for option in options):
        options = [option for option in options if option.gaps == way.gaps]
    elif any(mark.kind in _INITIALS and len(str(mark.number)) == 1 for mark in entry.readings):
        text = _with_text(way, entry)
        placed = Placed(text.past.placed.parent if text.past else -1, None, Step.TEXT)
        yield text._replace(cost=way.cost + _AS_TEXT, past=_Last(placed, way.past))
        return
    yield from options


def _with_text(way: _Way, entry: Entry) -> _Way:
    """Return a way with a block that has no mark: it belongs to the innermost paragraph around it."""
    depth = len(way.stack)
    while depth and not _takes(way.stack[depth - 1], entry):
        depth -= 1
    parent = way.stack[depth - 1].entry if depth else -1
    beyond = tuple(opened._replace(closed=True) for opened in way.stack[depth : depth + 1])
    past = _Last(Placed(parent, None, Step.TEXT), way.past)
    return way._replace(stack=(*way.stack[:depth], *beyond), past=past)


def _takes(opened: _Open, entry: Entry) -> bool:
    if opened.closed or opened.listed:
        return False
    return entry.is_list or opened.mark.kind == "n." or opened.mark.kind.startswith(_PARAGRAPHS)


def _counted(
    way: _Way, place: int, entries: Sequence[Entry], mark: Mark, _around: tuple[str, ...]
) -> Iterator[tuple[int, int, Step]]:
    """Yield the cost, the depth and the step of each place where *mark* may be."""
    stack = way.stack
    top = len(stack) - bool(stack and stack[-1].closed)
    places = [depth for depth, opened in enumerate(stack) if opened.mark.kind == mark.kind]
    if entries[place].behind:
        yield (_BELOW if mark.begins else _GAP), len(stack), Step.BEGINS
        return
    going = [d for d in places if mark.follows(stack[d].mark)]
    for depth in going:
        yield _GOES_ON, depth, Step.GOES_ON
    if mark.begins:
        for depth in places:
            yield _SECOND, depth, Step.AGAIN
        if places:
            if top == len(stack) and len(places) < _IN_EACH_OTHER:
                yield _IN_ITSELF, top, Step.BEGINS
        else:
            yield _BELOW, top, Step.BEGINS
            yield from ((_BESIDE, depth, Step.BEGINS) for depth in range(top))
    elif not going:
        if not places and _is_second_paragraph(way, place, entries, mark):
            yield _FROM_TWO, 0, Step.BEGINS
        else:
            yield _GAP, places[-1] if places else top, Step.GAP


def _is_second_paragraph(way: _Way, place: int, entries: Sequence[Entry], mark: Mark) -> bool:
    """Whether *mark* is that of a second paragraph whose first one has no mark."""
    if mark.kind not in _FROM_TWO_KINDS or str(mark.number) != "2":
        return False
    past = _past(way.past)
    return any(p.mark is None and not e.is_list for p, e in zip(past, entries[:place], strict=True))


def _decimal(
    way: _Way, _place: int, _entries: Sequence[Entry], mark: Mark, around: tuple[str, ...]
) -> Iterator[tuple[int, int, Step]]:
    """Yield where a decimal may be: below the mark or the heading whose number it begins with."""
    pieces = mark.number.pieces
    depth = next(
        (
            depth
            for depth in range(len(way.stack), -1, -1)
            if pieces[:-1] == (way.stack[depth - 1].mark.number.pieces if depth else around)
        ),
        None,
    )
    if depth is None:
        yield _GAP, len(way.stack), Step.GAP
        return
    following = way.stack[depth].mark if depth < len(way.stack) else None
    if following is not None and following.kind == mark.kind:
        last = following.number.pieces[-1]
        rises = last.isdigit() and pieces[-1].isdigit() and int(pieces[-1]) == int(last) + 1
        yield (_GOES_ON, depth, Step.GOES_ON) if rises else (_GAP, depth, Step.GAP)
    else:
        yield (_BELOW, depth, Step.BEGINS) if pieces[-1] == "1" else (_GAP, depth, Step.GAP)
