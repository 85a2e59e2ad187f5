"""A version as plain text: to be kept, and to be mailed.

Pieces are set apart by empty lines. The first line of each has the words; further ones are not of the text: the rule below a heading, and addresses.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from policysite.editions.edition_lines import Paragraph, Style, Table, lines_of
from policysite.editions.text_table import grid, width

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from policysite.editions.edition import Edition
    from policysite.editions.pieces_of_text import Piece

RULE = "-" * 72
"""What is between what is said of the version and its text."""
NOTE = ("[", "]")
"""The first and the last line of a note of the editors."""
_IN = "   "
_TITLE, _HEADING = "=", "-"


def text_file(edition: Edition) -> bytes:
    """Return *edition* as plain text in UTF-8, the same bytes each time."""
    lines = lines_of(edition)
    title = [line for line in lines if _is(line, Style.TITLE)]
    chunks = ["\n".join(_chunk(line)) for line in title]
    chunks += ["\n".join(edition.notes), RULE]
    chunks += ["\n".join(_chunk(line)) for line in lines if _is_body(line)]
    return ("\n\n".join(filter(None, chunks)) + "\n").encode()


def _is(line: Paragraph | Table, style: str) -> bool:
    return isinstance(line, Paragraph) and line.style == style


def _is_body(line: Paragraph | Table) -> bool:
    return not any(_is(line, style) for style in (Style.TITLE, Style.STATUS, Style.SPACER))


def _chunk(line: Paragraph | Table) -> Iterator[str]:
    if isinstance(line, Table):
        yield from grid(line)
        for row in line.rows:
            for cell in row.cells:
                yield from _addresses(cell.pieces)
    elif line.style == Style.NOTE:
        indent = _IN * line.depth
        yield from (f"{indent}{part}" for part in (NOTE[0], line.text, NOTE[1]))
    elif line.key.part == "heading":
        yield line.text
        yield (_HEADING if line.depth else _TITLE) * width(line.text)
    else:
        # The words of what is in a marked provision stand below those, not below the mark.
        indent = _IN * (line.depth - 1 if line.mark else line.depth + line.in_lists)
        yield f"{indent}{line.mark} {line.text}" if line.mark else f"{indent}{line.text}"
        for address in _addresses(line.pieces):
            yield f"{indent}{_IN * bool(line.mark)}{address}"


def _addresses(pieces: Sequence[Piece]) -> Iterator[str]:
    """Yield where words lead, unless they say it themselves."""
    for piece in pieces:
        if piece.link and piece.text not in {piece.link, piece.link.partition(":")[2].lstrip("/")}:
            yield f"{piece.text}: <{piece.link}>"
