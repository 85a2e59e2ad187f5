"""A version as Markdown (CommonMark, with the tables of GitHub): to be kept, and read on.

Marks are words, as they are printed: a list of Markdown counts by itself, and some programs print other marks than those that are written. Whatever stands in the
text is escaped, so that it means in no dialect more than it says.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeGuard

from policysite.editions.edition_lines import Paragraph, Style, Table, lines_of
from policysite.text.table_shapes import LINE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from policysite.editions.edition import Edition
    from policysite.editions.edition_lines import Cell, Row
    from policysite.editions.pieces_of_text import Piece

RULE = "---"
"""What is between what is said of the version and its text."""
_DEEPEST = 6
_BULLET = "-"
# Emphasis, code, links, HTML, entities, tables, strikethrough and subscript, formulas, superscript, roles and templates, mentions.
_ANYWHERE = re.compile(r"[\\`*_\[\]<>&|~$^{}@#]")
# Lists, rules, definitions, comments and targets: what counts at the beginning of a line, behind its number or letter too.
_FIRST = re.compile(r"^(?:([+\-=:%(!])|(\d{1,9}|[A-Za-z]|[ivxlcdmIVXLCDM]+)([.)])(?=\s|$))")
# Addresses that become links by themselves, short names of pictures, the end of a target, images.
_INSIDE = re.compile(
    r"(?<=[A-Za-z0-9]):(?=//)|(?i:(?<=www)\.)|:(?=[A-Za-z0-9_+-]+:)|(?<=\))=|!(?=\\\[)"
)
_LINK = re.compile(r"[\x00-\x20<>()\\\"'`*_\[\]|]")


def markdown_file(edition: Edition) -> bytes:
    """Return *edition* as Markdown in UTF-8, the same bytes each time."""
    lines = [line for line in lines_of(edition) if not _is(line, Style.SPACER, Style.STATUS)]
    title = [line for line in lines if _is(line, Style.TITLE)]
    body = [line for line in lines if not _is(line, Style.TITLE)]
    notes = [f"- {_noted(note)}" for note in edition.notes]
    chunks = [*_chunks(title), "\n".join(notes), RULE, *_chunks(body)]
    return ("\n\n".join(filter(None, chunks)) + "\n").encode()


def _is(line: Paragraph | Table, *styles: str) -> bool:
    return isinstance(line, Paragraph) and line.style in styles


def _noted(note: str) -> str:
    """Return what is said of the version; an address in it is a link."""
    words, sign, address = note.rpartition("https://" if "https://" in note else "http://")
    return f"{escaped(words)}<{sign}{address}>" if sign else escaped(note)


def _chunks(lines: Iterable[Paragraph | Table]) -> Iterator[str]:
    depth = 0
    for line in lines:
        # A bullet is set in below another one alone: anywhere else it would be code.
        depth = min(line.in_lists, depth + 1) if _has_bullet(line) else 0
        yield f"{'  ' * (depth - 1)}{_chunk(line)}"


def _has_bullet(line: Paragraph | Table) -> TypeGuard[Paragraph]:
    return (
        isinstance(line, Paragraph)
        and not line.mark
        and line.bullet == _BULLET
        and line.text.startswith(f"{_BULLET} ")
    )


def _chunk(line: Paragraph | Table) -> str:
    if isinstance(line, Table):
        return "\n".join(_rows(line))
    if line.style == Style.NOTE:
        # No text of a policy is a quotation: it would be escaped.
        return f"> {escaped(line.text)}"
    if line.key.part == "heading":
        return f"{'#' * min(line.depth + 1, _DEEPEST)} {_written(line.pieces)}"
    if _has_bullet(line):
        words = _written(line.pieces)
        return f"{_BULLET} {escaped_first(words.removeprefix(_BULLET).lstrip())}"
    words = _written(line.pieces)
    return escaped_first(f"{escaped(line.mark)} {words}" if line.mark else words)


def _rows(table: Table) -> Iterator[str]:
    """Yield the lines of a table. The first row is its head, as there must be one; covered cells are empty."""
    head, rows = table.rows[0], list(table.rows[1:])
    if head.is_head:
        yield _row(head)
    else:
        yield f"|{'  |' * table.columns}"
        rows = [head, *rows]
    yield f"|{' --- |' * table.columns}"
    yield from map(_row, rows)


def _row(row: Row) -> str:
    cells = [part for cell in row.cells for part in (_cell(cell), *[""] * (cell.across - 1))]
    return f"| {' | '.join(cells)} |"


def _cell(cell: Cell) -> str:
    return _written(cell.pieces).replace(LINE, "<br>")


def _written(pieces: Sequence[Piece]) -> str:
    return "".join(
        f"[{escaped(piece.text)}](<{_LINK.sub(_percent, piece.link)}>)"
        if piece.link
        else escaped(piece.text)
        for piece in pieces
    )


def _percent(found: re.Match[str]) -> str:
    return f"%{ord(found[0]):02X}"


def escaped(text: str) -> str:
    """Return *text* so that it is words within a line."""
    return _INSIDE.sub(r"\\\g<0>", _ANYWHERE.sub(r"\\\g<0>", text))


def escaped_first(text: str) -> str:
    """Return escaped *text* so that it is words at the beginning of a line too."""
    return _FIRST.sub(
        lambda found: f"\\{found[1]}" if found[1] else rf"{found[2]}\{found[3]}", text
    )
