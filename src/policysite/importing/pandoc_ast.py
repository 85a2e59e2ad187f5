"""Pieces from pandoc's abstract syntax tree, as it writes it with ``-t json``.

https://hackage.haskell.org/package/pandoc-types describes the tree: every node is ``{"t": type, "c": contents}``.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from policysite.importing import broken_lines, cells
from policysite.importing.counter_styles import item_mark
from policysite.importing.pandoc_inlines import (
    BREAK,
    BROWSER,
    SOFT,
    WORD,
    InlineReader,
    UnreadableError,
)
from policysite.importing.pieces import Facts, Piece, Span, tidy

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_Node = dict[str, Any]

DEEPEST = 150
"""How deep blocks may be nested."""
_STYLES = ("title", "subtitle", "author", "date", "abstract")


class TooDeepError(ValueError):
    """Blocks are nested deeper than any text is."""


def pieces_of(
    document: _Node, counted_by: str = "", language: str = "", facts: Sequence[Facts] = ()
) -> list[Piece]:
    """Return the pieces of *document*, the whole tree of a text in *language*.

    *counted_by* names who draws the numbers of lists, as in "the browser"; empty if they are in the source. *facts* are those
    that signs at the beginning of paragraphs stand for.

    :raises TooDeepError: if it is nested too deep to be a text.
    :raises UnreadableError: if it holds words in a form that is not read.
    """
    reader = _Reader(counted_by, language, facts)
    if counted_by == WORD:
        # Paragraphs in these styles. The <title> of a page is not one of its words, nor is what is before Markdown.
        for style in _STYLES:
            reader.meta(document["meta"].get(style), heading=int(style == "title"))
    reader.blocks(document["blocks"])
    return reader.end()


class _Reader(InlineReader):
    """Walks through blocks. ``line`` is where it is in the source."""

    def __init__(self, counted_by: str, language: str, facts: Sequence[Facts]) -> None:
        self.language = language
        super().__init__(counted_by, facts)
        self.found: list[Piece] = []
        self._is_cell = False
        self._depth = 0
        self._nested = 0
        self._counter = ""

    def end(self) -> list[Piece]:
        """Return all pieces; what was noted after the last of them belongs to it."""
        if self._waiting and self.found:
            last = self.found[-1]
            self.found[-1] = replace(last, notes=(*last.notes, *self._waiting))
        return self.found

    def blocks(self, nodes: Iterable[_Node]) -> None:
        """Read blocks one after the other."""
        self._nested += 1
        if self._nested > DEEPEST:
            raise TooDeepError
        for node in nodes:
            self._block(node["t"], node.get("c"))
        self._nested -= 1

    def meta(self, value: _Node | None, heading: int = 0) -> None:
        """Read a value of the document's metadata, which is words that are before its blocks."""
        kind, content = (value["t"], value.get("c")) if value else ("", None)
        if kind == "MetaInlines":
            self.paragraph(content or (), heading)
        elif kind == "MetaBlocks":
            self.blocks(content or ())
        elif kind == "MetaList":
            for inner in content or ():
                self.meta(inner)

    def _block(self, kind: str, content: Any) -> None:  # noqa: C901, PLR0912 - one case for each of pandoc's blocks
        match kind:
            case "Para" | "Plain":
                self.paragraph(content)
            case "Header":
                self._position(content[1])
                self.paragraph(content[2], heading=content[0])
            case "OrderedList":
                self._ordered(*content)
            case "BulletList":
                self._list(content, ["-"] * len(content))
            case "Div" | "Figure":
                self._position(content[0])
                self.blocks(content[-1])
            case "BlockQuote":
                self.blocks(content)
            case "LineBlock":
                for line in content:
                    self.paragraph(line)
            case "CodeBlock":
                self._preformatted(content[1])
            case "DefinitionList":
                for term, definitions in content:
                    self.paragraph(term)
                    for definition in definitions:
                        self.blocks(definition)
            case "Table":
                self._table(content)
            case "RawBlock":
                self._raw(content[1])
            case "HorizontalRule":
                pass
            case _:
                raise UnreadableError(kind)

    def paragraph(self, inlines: Iterable[_Node], heading: int = 0) -> None:
        """Read a paragraph; every line of it that a line break, or a mark, begins becomes a piece of its own."""
        footnotes: list[list[_Node]] = []
        lines = self._lines(inlines, heading, footnotes)
        for line in broken_lines.parted(lines, self.language):
            self._waiting += line.notes
            self._add(Piece(line.words, line.number, heading, self._depth, self._take_counter()))
        self._facts = Facts()
        for footnote in footnotes:
            self.note("A footnote became a paragraph after the one that it belongs to.")
            self.blocks(footnote)

    def _lines(
        self, inlines: Iterable[_Node], heading: int, footnotes: list[list[_Node]]
    ) -> list[broken_lines.Line]:
        lines = [broken_lines.Line()]
        for span in self._inlines(inlines, Span(""), footnotes):
            if (heading or self._facts.heading) and (span is BREAK or span is SOFT):
                if span is BREAK:
                    self.note("A line break in a heading became a space.")
                lines[-1].spans.append(Span(" "))
            elif span is BREAK or span is SOFT:
                lines.append(broken_lines.Line(is_soft=span is SOFT))
            else:
                lines[-1].number = lines[-1].number or self.line
                lines[-1].spans.append(span)
        return lines

    def _take_counter(self) -> str:
        counter, self._counter = self._counter, ""
        return counter

    def _add(self, piece: Piece) -> None:
        facts = self._facts
        # The lines of one paragraph are in the same lists.
        self._facts = Facts(facts.heading, facts.depth)
        self.found.append(
            replace(
                piece,
                heading=piece.heading or facts.heading,
                depth=piece.depth + facts.depth,
                counter=facts.counter or piece.counter,
                notes=(*piece.notes, *self._waiting),
                targets=(*piece.targets, *self._targets),
            )
        )
        self._waiting, self._targets = [], []

    def _preformatted(self, text: str) -> None:
        self.note("Preformatted text became paragraphs, one a line.")
        for line in text.splitlines():
            if line.strip():
                self._add(Piece(tidy([self._words(line, Span(""))]), self.line, 0, self._depth))

    def _ordered(self, attributes: Any, items: list[list[_Node]]) -> None:
        first, style, delimiter = attributes[0], attributes[1]["t"], attributes[2]["t"]
        if self.counted_by and not self._is_cell:
            unknown = self.counted_by == WORD and style == "DefaultStyle"
            self.note(
                f"The numbers of this list are not text, {self.counted_by} draws them; "
                + (
                    "in which form is not known: compare them."
                    if unknown
                    else f"written from {item_mark(style, delimiter, first)!r} on."
                )
            )
        numbers = range(first, first + len(items))
        self._list(items, [item_mark(style, delimiter, number) for number in numbers])

    def _list(self, items: list[list[_Node]], counters: list[str]) -> None:
        self._depth += 1
        for item, counter in zip(items, counters, strict=True):
            self._counter = counter
            self.blocks(item)
            self._counter = ""
        self._depth -= 1

    def _table(self, content: Any) -> None:
        self._position(content[0])
        caption, head, bodies, foot = content[1], content[3], content[4], content[5]
        self.blocks(caption[1])
        rows = [*head[1]]
        heads = len(rows)
        for body in bodies:
            rows += [*body[2], *body[3]]
        rows += foot[1]
        start = self.line
        read = [[self._cell(cell) for cell in row[1]] for row in rows]
        pieces = [piece for row in read for cell in row for piece in cell.pieces]
        if cells.is_layout(read, self.language):
            self._take_apart(pieces)
            return
        table, notes = cells.Grid(read, heads, len(content[2])).table()
        if table.rows:
            line = pieces[0].line if pieces else start
            targets = tuple(target for piece in pieces for target in piece.targets)
            counter = self._take_counter()
            self._add(Piece((), line, 0, self._depth, counter, table, notes, targets))

    def _take_apart(self, pieces: Sequence[Piece]) -> None:
        """Take the *pieces* of a table that only arranges them; the first without a mark has that of the list around it."""
        for place, piece in enumerate(pieces):
            note = () if place else ("A table that only arranges text was taken apart.",)
            counter = piece.counter or self._take_counter()
            depth = piece.depth + self._depth
            self._add(replace(piece, counter=counter, depth=depth).noted(*note))

    def _cell(self, cell: Any) -> cells.ReadCell:
        """Return a cell with its pieces."""
        inner = _Reader(self.counted_by, self.language, self._all_facts)
        inner._is_cell = True
        inner.line = self.line
        inner._nested = self._nested
        inner.blocks(cell[4])
        self.line = inner.line
        found = inner.end()
        if not found:
            self._waiting += inner._waiting
            self._targets += inner._targets
        # Every cell of a page has at least the line that it is on; pandoc fills up rows that have fewer cells than others.
        is_there = bool(cell[4]) or self.counted_by != BROWSER
        return cells.ReadCell(found, cell[2], cell[3], inner.head, is_there)
