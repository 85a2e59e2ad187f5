"""Refusing a page on which a parser would take minutes: it is looked at once, from left to right.

libxml2 compares every attribute of an element with all that it has, so that 40,000 of them take a minute.
"""

from __future__ import annotations

import re

MOST_BYTES = 5_000_000
MOST_TAGS = 200_000
MOST_ATTRIBUTES = 100

_BLANK = frozenset(b" \t\n\f\r")
_BETWEEN = _BLANK | frozenset(b"/\0")
_ENDS_VALUE = _BLANK | frozenset(b">")
_ENDS_NAME = _BETWEEN | frozenset(b">=")

# Where a tag begins that is not as nearly all of them are: closed, with few enough attributes, and no "<" in it. No two
# attempts look at the same place, as none goes behind the next "<"; and a tag is read in one way alone, the one of _Tags.
_ODD_TAG = re.compile(
    rb"""
    <(?=[a-z]) (?!
        [^ \t\n\f\r/\0>=<]*+
        (?:
            [ \t\n\f\r/\0]*+
            [^ \t\n\f\r/\0><] [^ \t\n\f\r/\0>=<]*+
            (?:
                [ \t\n\f\r]*+ = [ \t\n\f\r]*+
                (?: "[^"<]*+" | '[^'<]*+' | (?!["']) [^ \t\n\f\r><]*+ )
                | (?! [ \t\n\f\r]*+ = )
            )
        ){0,%d}
        [ \t\n\f\r/\0]*+ >
    )
    """
    % MOST_ATTRIBUTES,
    re.VERBOSE | re.IGNORECASE,
)


def check_limits(page: bytes) -> None:
    """Check that *page* is no larger than a page of a site is, and has no element with very many attributes.

    Wherever a tag could begin, one is taken to begin, be it in a comment, a script or a value: parsers differ in that.

    :raises ValueError: with what is too large.
    """
    if len(page) > MOST_BYTES:
        raise ValueError(f"it has {len(page):,} bytes")
    if page.count(b"<") > MOST_TAGS:
        raise ValueError(f"it has more than {MOST_TAGS:,} tags")
    tags = _Tags(page)
    for odd in _ODD_TAG.finditer(page):
        if tags.attributes(odd.end()) > MOST_ATTRIBUTES:
            raise ValueError(f"it has an element with more than {MOST_ATTRIBUTES} attributes")


class _Tags:
    """Counts attributes. Tags that begin inside others come to the same places; each place is looked at once."""

    def __init__(self, page: bytes) -> None:
        self._page = page
        # How many attributes follow at a place between two of them.
        self._known: dict[int, int] = {}
        # Where the last name and the last value began and ended.
        self._spans: dict[frozenset[int], tuple[int, int]] = {}

    def attributes(self, place: int) -> int:
        """Return how many a tag has whose name begins at *place*, or a little more than the most it may have."""
        page = self._page
        place = self._end(place, _ENDS_NAME)
        passed: list[int] = []
        while len(passed) <= MOST_ATTRIBUTES:
            place = self._behind(place, _BETWEEN)
            if place >= len(page) or page[place : place + 1] == b">" or place in self._known:
                break
            passed.append(place)
            place = self._behind_attribute(place)
        found = self._known.get(place, 0)
        for earlier in reversed(passed):
            found += 1
            self._known[earlier] = found
        return found

    def _behind_attribute(self, place: int) -> int:
        """Return where the attribute that begins at *place* has ended."""
        page = self._page
        # A name may begin with an equals sign.
        end = self._end(place + 1, _ENDS_NAME)
        value = self._behind(end, _BLANK)
        if page[value : value + 1] != b"=":
            return end
        value = self._behind(value + 1, _BLANK)
        quote = page[value : value + 1]
        if quote in {b'"', b"'"}:
            found = page.find(quote, value + 1)
            return len(page) if found < 0 else found + 1
        return self._end(value, _ENDS_VALUE)

    def _behind(self, place: int, passed: frozenset[int]) -> int:
        while place < len(self._page) and self._page[place] in passed:
            place += 1
        return place

    def _end(self, place: int, ends: frozenset[int]) -> int:
        first, last = self._spans.get(ends, (0, -1))
        if not first <= place <= last:
            first, last = place, place
            while last < len(self._page) and self._page[last] not in ends:
                last += 1
            self._spans[ends] = first, last
        return last
