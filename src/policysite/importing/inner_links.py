"""Links inside a text: they lead to provisions, by the names that the source gave to places in it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import unquote

from policysite.importing.pieces import Piece, Spans, tidy
from policysite.importing.recognised_text import PieceKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from policysite.importing.recognised_text import Entry

_TOP = "top"
_LEFT_OUT = "A link inside the page, which leads to no provision, was left out; its words stay."
_MADE = "A link inside the page leads to {} now."


def is_inside(link: str) -> bool:
    """Whether *link* leads to a place in the same text."""
    return link.startswith("#")


def is_navigation(piece: Piece) -> bool:
    """Whether all words of *piece* are links inside the page."""
    words = [span for span in piece.spans if span.text.strip()]
    return bool(words) and all(is_inside(span.link) for span in words)


def names_in(pieces: Iterable[Piece]) -> frozenset[str]:
    """Return the names by which links lead to *pieces*."""
    return frozenset(name for piece in pieces for name in piece.targets)


def leads_into(piece: Piece, names: frozenset[str]) -> bool:
    """Whether all links of *piece* lead to places that have *names*."""
    return all(_name(span.link) in names for span in piece.spans if span.link)


def _name(link: str) -> str:
    return unquote(link[1:])


def resolved(entries: Sequence[Entry]) -> list[Entry]:
    """Return *entries* with links to provisions in the place of links to names of the source."""
    names: dict[str, str] = {}
    here = ""
    for entry in entries:
        here = entry.id or (_TOP if entry.kind is PieceKind.TITLE else here)
        for name in entry.piece.targets:
            names.setdefault(name, here)
    return [replace(entry, piece=_resolved(entry.piece, names)) for entry in entries]


def _resolved(piece: Piece, names: Mapping[str, str]) -> Piece:
    said: list[str] = []

    def link(spans: Spans) -> Spans:
        return _relinked(spans, names, said.append)

    if not piece.table:
        return replace(piece, spans=link(piece.spans)).noted(*said)
    return replace(piece, table=piece.table.changed(link)).noted(*dict.fromkeys(said))


def _relinked(spans: Spans, names: Mapping[str, str], say: Callable[[str], None]) -> Spans:
    if not any(is_inside(span.link) for span in spans):
        return spans
    found = []
    for span in spans:
        if is_inside(span.link):
            target = names.get(_name(span.link), "")
            say(_MADE.format(target) if target else _LEFT_OUT)
            span = span._replace(link=f"#{target}" if target else "")  # noqa: PLW2901 - the same span, led elsewhere
        found.append(span)
    return tidy(found)
