"""The text of an edition as lines in a row, as a page has them: headings, paragraphs with their marks, tables.

Marks are text, as they are printed; nothing is numbered again.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum
from itertools import accumulate, groupby
from typing import TYPE_CHECKING, NamedTuple

from policysite.editions.block_order import in_order
from policysite.editions.pieces_of_text import Piece, Pieces, pieces_of
from policysite.text.numbering import TOP
from policysite.text.provision_text import containers_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from policysite.editions.block_order import Placed
    from policysite.editions.edition import Edition
    from policysite.text.provision_text import ProvisionText

DEEPEST = 9
"""Levels of headings, and of marks in each other, that look different."""


class Key(NamedTuple):
    """The place of a line: the id of its provision (empty for what is said around the text), what it is there, and which of these."""

    provision: str
    part: str
    place: int = 0


@dataclass(frozen=True)
class Paragraph:
    """A paragraph.

    ``mark`` stands before its words; ``names`` is the id of the provision that it begins; ``foreign``: it is not translated. ``depth`` counts the headings around a
    heading, itself included, and the marks around another one, its own included; ``in_lists`` those of bullets and the like, with whose mark its words begin if ``bullet`` is one.
    """

    key: Key
    style: str
    pieces: Pieces = ()
    mark: str = ""
    names: str = ""
    foreign: bool = False
    depth: int = 0
    in_lists: int = 0
    bullet: str = ""

    @property
    def text(self) -> str:
        """Its words without the mark."""
        return "".join(piece.text for piece in self.pieces)

    @property
    def printed(self) -> str:
        """All that it prints."""
        return f"{self.mark}\t{self.text}" if self.mark else self.text


class Merge(Enum):
    """What a cell has to do with those above and below it, as Word says it: every row has a cell of its own in each place."""

    NONE = ""
    BEGINS = "restart"
    GOES_ON = "continue"


class Cell(NamedTuple):
    """A cell of a table, which may go ``across`` several columns; its words are those of the first row that it goes over."""

    pieces: Pieces
    across: int = 1
    merge: Merge = Merge.NONE


@dataclass(frozen=True)
class Row:
    """A row of a table."""

    key: Key
    cells: tuple[Cell, ...]
    is_head: bool = False
    foreign: bool = False

    @property
    def shape(self) -> tuple[tuple[int, bool], ...]:
        """How wide its cells are, and whether each is a part of the one above."""
        return tuple((cell.across, cell.merge is Merge.GOES_ON) for cell in self.cells)


@dataclass(frozen=True)
class Table:
    """A table."""

    rows: tuple[Row, ...]

    @property
    def key(self) -> Key:
        """That of its first row."""
        return self.rows[0].key

    @property
    def columns(self) -> int:
        """How many it has."""
        return max(sum(cell.across for cell in row.cells) for row in self.rows)


Line = Paragraph | Table
BEHIND_TABLE = "behind table"
"""What the empty line behind a table is, in its key."""
END_MARK = "—"
"""The last line of every edition. No change touches it; LibreOffice (7.4) gives an empty one the style of what is taken away before it."""


def lines_of(edition: Edition) -> list[Line]:
    """Return the lines of *edition*, from its title on.

    Behind each table is an empty one: Word would join two tables, and a paragraph that comes between tables needs one before it to join.

    :raises ValueError: if its layout is not that of its text.
    """
    found: list[Line] = []
    for line in _Lines(edition).all():
        found.append(line)
        if isinstance(line, Table):
            found.append(Paragraph(line.key._replace(part=BEHIND_TABLE), Style.SPACER))
    return found


class Style:
    """The names of the styles of lines."""

    TITLE = "Title"
    STATUS = "Subtitle"
    TEXT = "BodyText"
    NOTE = "EditorialNote"
    SPACER = "Spacer"
    END = "EndMark"

    @staticmethod
    def heading(depth: int) -> str:
        """Return that of a heading, from 1."""
        return f"Heading{min(depth, DEEPEST)}"

    @staticmethod
    def marked(depth: int) -> str:
        """Return that of a paragraph with a mark, from 1."""
        return f"Provision{min(depth, DEEPEST)}"

    @staticmethod
    def below(depth: int) -> str:
        """Return that of what is below such a mark and has none."""
        return f"ProvisionText{min(depth, DEEPEST)}" if depth else Style.TEXT


class _Lines:
    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self.inside = containers_of(edition.provisions)
        self.by_id = {provision.id: provision for provision in edition.provisions}
        # What is in a marked provision is below its mark.
        self.depths = {
            name: sum(bool(self.by_id[p].mark) for p in (name, *containers))
            for name, containers in self.inside.items()
        }

    def all(self) -> Iterator[Line]:
        """Yield the lines in the order of the text."""
        edition = self.edition
        for provision, own, behind in in_order(edition.provisions, edition.layout):
            yield from self._heading(provision)
            yield from self._own(provision, own)
            yield from self._set(behind)

    def _heading(self, provision: ProvisionText) -> Iterator[Line]:
        if not provision.heading:
            return
        depth = 0 if provision.id == TOP else self._heading_depth(provision)
        style = Style.heading(depth) if depth else Style.TITLE
        yield Paragraph(
            Key(provision.id, "heading"),
            style,
            (Piece(provision.heading),),
            names=provision.id,
            foreign=provision.heading_is_foreign,
            depth=depth,
        )
        if provision.id == TOP and self.edition.status:
            said = " · ".join((self.edition.status, *self.edition.cautions))
            yield Paragraph(Key("", "status"), Style.STATUS, (Piece(said),))

    def _heading_depth(self, provision: ProvisionText) -> int:
        depth, around = 1, provision.parent
        while around in self.by_id and around != TOP:
            depth, around = depth + 1, self.by_id[around].parent
        return depth

    def _own(self, provision: ProvisionText, own: Iterable[Placed]) -> Iterator[Line]:
        lines = list(self._set(own))
        depth, first = self.depths[provision.id], lines[0] if lines else None
        names = "" if provision.heading else provision.id
        if provision.mark:
            key, style = Key(provision.id, "mark"), Style.marked(depth)
            if isinstance(first, Paragraph) and first.style != Style.NOTE:
                key, lines = first.key, lines[1:]
            else:
                first = None
            found = first or Paragraph(key, style)
            yield replace(
                found, key=key, style=style, mark=provision.mark, names=names, depth=depth
            )
        elif names and isinstance(first, Paragraph):
            # A paragraph that its author named.
            lines[0] = replace(first, names=names)
        yield from lines

    def _set(self, blocks: Iterable[Placed]) -> Iterator[Line]:
        """Yield the lines of *blocks*; rows of one table are one."""
        for table, found in groupby(blocks, key=lambda one: one.layout.table):
            if table is None:
                yield from map(self._paragraph, found)
            else:
                yield Table(_begun([*map(_row, found)]))

    def _paragraph(self, placed: Placed) -> Paragraph:
        provision, words, layout = placed.provision, placed.block, placed.layout
        depth = self.depths[provision.id]
        if words is None:
            pieces = (Piece(" ".join(self.edition.omitted)),)
            key = Key(provision.id, f"omitted {placed.part}", placed.place)
            return Paragraph(key, Style.NOTE, pieces, depth=depth)
        return Paragraph(
            Key(provision.id, placed.part, placed.place),
            Style.below(depth),
            pieces_of(words.text, layout.links, 0),
            foreign=words.foreign,
            depth=depth,
            in_lists=layout.depth,
            bullet=layout.mark,
        )


def _row(placed: Placed) -> Row:
    words, layout = placed.block, placed.layout
    cells = tuple(
        Cell(
            pieces_of(text, layout.links, laid.column),
            laid.columns,
            Merge.GOES_ON if laid.is_below else Merge.NONE,
        )
        for text, laid in (words.laid_out() if words else ())
    )
    key = Key(placed.provision.id, placed.part, placed.place)
    return Row(key, cells, layout.is_head, bool(words and words.foreign))


def _begun(rows: Sequence[Row]) -> tuple[Row, ...]:
    """Return *rows*, whose cells say where one goes on in the row below too."""
    found: list[Row] = []
    below: set[int] = set()
    for row in reversed(rows):
        ends = [0, *accumulate(cell.across for cell in row.cells)]
        cells = tuple(
            cell._replace(merge=Merge.BEGINS)
            if start in below and cell.merge is Merge.NONE
            else cell
            for start, cell in zip(ends, row.cells, strict=False)
        )
        below = {
            start for start, cell in zip(ends, cells, strict=False) if cell.merge is Merge.GOES_ON
        }
        found.append(replace(row, cells=cells))
    return tuple(reversed(found))
