"""The numbers of provisions: 9, 9의2, 9bis, a, iv; what may follow what."""

from __future__ import annotations

import re
from functools import lru_cache, total_ordering

_LATIN = ("bis", "ter", "quater", "quinquies", "sexies", "septies", "octies", "novies", "decies")
_ROMAN = re.compile(r"(?=[ivxlcdm])m{0,3}(?:cm|cd|d?c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})")
ROMAN_DIGITS = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
_DOUBLE = re.compile(r"x[1-9][0-9]*")
PIECE = rf"(?:[1-9][0-9]{{0,5}}|([a-z])\1*|[ivxlcdm]+|{'|'.join(_LATIN)}|x[1-9][0-9]*)"
"""One piece of a number, as an id has it."""
_PIECE = re.compile(PIECE)


@lru_cache(maxsize=20_000)
def is_piece(text: str) -> bool:
    """Whether *text* can be a piece of a number in an id."""
    if len(text) > 1 and set(text) <= set(ROMAN_DIGITS) and len(set(text)) > 1:
        return is_roman(text)
    return _PIECE.fullmatch(text) is not None


def is_roman(text: str) -> bool:
    """Whether *text*, in small letters, is a Roman numeral as it is written."""
    return _ROMAN.fullmatch(text) is not None


def roman_value(text: str) -> int:
    """Return the number that a Roman numeral in small letters is."""
    values = [ROMAN_DIGITS[letter] for letter in text]
    following = [*values[1:], 0]
    return sum(-now if now < then else now for now, then in zip(values, following, strict=True))


def is_double(piece: str) -> bool:
    """Whether *piece* says of a number that it was printed once more: ``x2``."""
    return _DOUBLE.fullmatch(piece) is not None


@total_ordering
class Number:
    """A provision's number, piece by piece: ``Number(9)`` is 제9조, ``Number(9, 2)`` 제9조의2, ``Number("b", "a")`` (ba)."""

    __slots__ = ("pieces",)

    def __init__(self, *pieces: int | str) -> None:
        self.pieces = tuple(str(piece) for piece in pieces if piece != 0)

    def __str__(self) -> str:
        """Return the number as it is in an id."""
        return "-".join(self.pieces)

    def __repr__(self) -> str:
        """Return the number for messages of tests."""
        return f"Number({str(self)!r})"

    def __eq__(self, other: object) -> bool:
        """Whether both are the same number, written the same way."""
        return isinstance(other, Number) and self.pieces == other.pieces

    def __hash__(self) -> int:
        """Return a hash that goes with being equal."""
        return hash(self.pieces)

    def __lt__(self, other: Number) -> bool:
        """Whether this number comes before *other*; numbers of different systems by their values."""
        return self._order < other._order

    @property
    def _order(self) -> tuple[int, ...]:
        return tuple(max(values_of(piece).values(), default=0) for piece in self.pieces)

    @property
    def main(self) -> int:
        """The value of the first piece: as a letter's place, if it can be one and no digit."""
        values = values_of(self.pieces[0]) if self.pieces else {}
        return next(iter(values.values()), 0)

    @property
    def branch(self) -> str:
        """What comes behind the first piece, as an id has it; empty for most."""
        return "-".join(self.pieces[1:])

    @property
    def is_first(self) -> bool:
        """Whether a list may begin with it: 1, a, i."""
        return len(self.pieces) == 1 and 1 in values_of(self.pieces[0]).values()

    def begins(self, system: str = "") -> bool:
        """Whether a list may begin with it in *system* (``letters``, ``roman``): ``i`` is the first of Roman numerals alone."""
        return self.is_first and (not system or values_of(self.pieces[0]).get(system) == 1)

    def follows(self, before: Number | None, system: str = "") -> bool:
        """Whether this number may come right after *before* (None: nothing came before), both read in *system* if it is said.

        Numbers rise by one. A branch comes after its main number, or after the branch before it; the first one is the second
        (의2, bis) or the first of its kind (之一, a).
        """
        if before is None:
            return self.begins(system)
        mine, last = self.pieces, before.pieces
        if len(mine) > 1 and _DOUBLE.fullmatch(mine[-1]):
            # A number that was printed once more, as the text was published.
            first, count = mine[:-1], int(mine[-1][1:])
            return (count == 2 and last == first) or last == (*first, f"x{count - 1}")
        last = last[:-1] if len(last) > 1 and _DOUBLE.fullmatch(last[-1]) else last
        if mine[0] == last[0] and len(mine) > 1:
            if len(mine) == len(last) and mine[:-1] == last[:-1]:
                return _rises(last[-1], mine[-1])
            return len(mine) == len(last) + 1 and mine[:-1] == last and is_first_branch(mine[-1])
        return len(mine) == 1 and _rises(last[0], mine[0], system)


def is_first_branch(piece: str) -> bool:
    """Whether *piece* may be that of the first number inserted behind another."""
    return (
        bool({1, 2} & set(values_of(piece).values()))
        if piece.isdigit()
        else piece in {"a", "bis", "i"}
    )


@lru_cache(maxsize=20_000)
def values_of(piece: str) -> dict[str, int]:
    """Return what *piece* counts, by the system in which it is read; ``i`` is a letter and a Roman numeral."""
    if piece.isdigit():
        return {"digits": int(piece)}
    if piece in _LATIN:
        return {"latin": _LATIN.index(piece) + 2}
    if _DOUBLE.fullmatch(piece):
        return {"double": int(piece[1:])}
    found = {}
    if len(set(piece)) == 1:
        found["letters"] = ord(piece[0]) - ord("a") + 1 + 26 * (len(piece) - 1)
    if is_roman(piece):
        found["roman"] = roman_value(piece)
    return found


def _rises(before: str, after: str, system: str = "") -> bool:
    """Whether *after* is one more than *before* in a system in which both can be read, or in *system*."""
    known = values_of(before)
    rising = {name for name, value in values_of(after).items() if known.get(name) == value - 1}
    return bool(rising) and (not system or system in rising or "digits" in rising)
