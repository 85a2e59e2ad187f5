"""Pieces from pandoc's abstract syntax tree, as it writes it with ``-t json``.

https://hackage.haskell.org/package/pandoc-types describes the tree: every node is ``{"t": type, "c": contents}``.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from policysite.importing import cells
from policysite.importing.pieces import BROKEN_LINE, Note, Piece, Span, clean, text_of, tidy

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_Node = dict[str, Any]

LINE = "line"
"""The attribute of a ``span`` that says on which line of the source the words after it are."""
BROWSER = "the browser"
WORD = "Word"
DEEPEST = 150
"""How deep blocks may be nested."""

_STYLES = ("title", "subtitle", "author", "date", "abstract")
_BREAK = Span("\n")
_LINE_OF_POSITION = re.compile(r"[0-9]+")
_HTML_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_HTML_COMMENT = re.compile(r"\s*<!--.*?-->\s*", re.DOTALL)
_ADDRESS = re.compile(r"(?:https?://|mailto:|tel:)\S+", re.IGNORECASE)
_STRUCK = "Words were struck through; here they are as if they applied."
_LOST_LOOK = {
    "Strikeout": _STRUCK,
    "Superscript": "Words were raised (superscript); here they are on the line.",
    "Subscript": "Words were lowered (subscript); here they are on the line.",
    "Math": "A formula became plain text.",
}
_QUOTES = {"DoubleQuote": "“”", "SingleQuote": "‘’"}


class TooDeepError(ValueError):
    """Blocks are nested deeper than any text is."""


class UnreadableError(ValueError):
    """Something in the text has words that cannot be read; the message names it."""


def pieces_of(document: _Node, counted_by: str = "", language: str = "") -> list[Piece]:
    """Return the pieces of *document*, the whole tree of a text in *language*.

    *counted_by* names who draws the numbers of lists, as in "the browser"; empty if they are in the source.

    :raises TooDeepError: if it is nested too deep to be a text.
    :raises UnreadableError: if it holds words in a form that is not read.
    """
    reader = _Reader(counted_by, language)
    if counted_by == WORD:
        # Paragraphs in these styles. The <title> of a page is not one of its words, nor is what is before Markdown.
        for style in _STYLES:
            reader.meta(document["meta"].get(style), heading=int(style == "title"))
    reader.blocks(document["blocks"])
    return reader.end()


class _Reader:
    """Walks through blocks. ``line`` is where it is in the source."""

    def __init__(self, counted_by: str, language: str) -> None:
        self.counted_by = counted_by
        self.language = language
        self.line = 0
        self.found: list[Piece] = []
        self._depth = 0
        self._nested = 0
        self._counter = ""
        self._waiting: list[Note] = []

    def note(self, message: str) -> None:
        """Note something about the next piece."""
        self._waiting.append(Note(message, self.line))

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
        """Read a paragraph; every line of it that a line break begins becomes a piece of its own."""
        lines: list[list[Span]] = [[]]
        starts = [0]
        footnotes: list[list[_Node]] = []
        for span in self._inlines(inlines, Span(""), footnotes):
            if span is _BREAK and heading:
                self.note("A line break in a heading became a space.")
                lines[-1].append(Span(" "))
            elif span is _BREAK:
                lines.append([])
                starts.append(0)
            else:
                starts[-1] = starts[-1] or self.line
                lines[-1].append(span)
        first = True
        for spans, line in zip(lines, starts, strict=True):
            words = tidy(spans)
            if not words:
                continue
            if not first:
                self._waiting.append(Note(BROKEN_LINE, line))
            self._add(Piece(words, line, heading, self._depth, self._take_counter()))
            first = False
        for footnote in footnotes:
            self.note("A footnote became a paragraph after the one that it belongs to.")
            self.blocks(footnote)

    def _take_counter(self) -> str:
        counter, self._counter = self._counter, ""
        return counter

    def _add(self, piece: Piece) -> None:
        self.found.append(replace(piece, notes=(*piece.notes, *self._waiting)))
        self._waiting = []

    def _inlines(
        self, nodes: Iterable[_Node], look: Span, footnotes: list[list[_Node]]
    ) -> Iterator[Span]:
        """Yield the words of *nodes* in the look of *look*; ``_BREAK`` where a line ends."""
        for node in nodes:
            kind: str = node["t"]
            content: Any = node.get("c")
            if kind == "Str":
                yield self._words(content, look)
            elif kind in {"Space", "SoftBreak"}:
                yield look._replace(text=" ")
            elif kind == "LineBreak" or (kind == "RawInline" and _HTML_BREAK.match(content[1])):
                yield _BREAK
            elif kind == "Note":
                footnotes.append(content)
            elif kind == "Image":
                self._image(content)
            elif kind == "RawInline":
                self._raw(content[1])
            elif kind in {"Code", "Math"}:
                if kind in _LOST_LOOK:
                    self.note(_LOST_LOOK[kind])
                yield self._words(content[1], look)
            else:
                yield from self._styled(kind, content, look, footnotes)

    def _styled(
        self, kind: str, content: Any, look: Span, footnotes: list[list[_Node]]
    ) -> Iterator[Span]:
        if kind in _LOST_LOOK:
            self.note(_LOST_LOOK[kind])
        if kind == "Span":
            self._position(content[0])
            content = content[1]
        elif kind == "Link":
            look, content = look._replace(link=self._address(content[2][0])), content[1]
        elif kind == "Strong":
            look = look._replace(strong=True)
        elif kind == "Emph":
            look = look._replace(emphasis=True)
        elif kind in {"Quoted", "Cite"}:
            marks, content = (
                _QUOTES.get(content[0]["t"], "") if kind == "Quoted" else "",
                content[1],
            )
            if marks:
                yield look._replace(text=marks[0])
                yield from self._inlines(content, look, footnotes)
                yield look._replace(text=marks[1])
                return
        yield from self._inlines(content, look, footnotes)

    def _words(self, text: str, look: Span) -> Span:
        cleaned, changed = clean(text)
        if changed and Note(changed, self.line) not in self._waiting:
            self.note(changed)
        return look._replace(text=cleaned)

    def _address(self, target: str) -> str:
        """Return where a link may lead from a policy; the words of others stay, the link does not."""
        if target.startswith("#"):
            return target
        if _ADDRESS.fullmatch(target):
            return target
        self.note(f"A link to {target[:80]!r} was left out: it leads to no web address.")
        return ""

    def _image(self, content: Any) -> None:
        alternative = text_of(self._inlines(content[1], Span(""), []))
        self.note(
            f"An image was left out: {content[2][0][:80]!r}"
            + (f", “{alternative}”." if alternative.strip() else ".")
        )

    def _raw(self, text: str) -> None:
        if re.sub(r"<[^>]*>", "", _HTML_COMMENT.sub("", text)).strip():
            raise UnreadableError(f"HTML: {text.strip()[:60]!r}")

    def _position(self, attributes: Any) -> None:
        """Take the line from the attributes of a node: our own, or what pandoc's ``sourcepos`` writes."""
        for name, value in attributes[2]:
            if name in {LINE, "data-pos"}:
                match = _LINE_OF_POSITION.match(value)
                self.line = int(match[0]) if match else self.line

    def _preformatted(self, text: str) -> None:
        self.note("Preformatted text became paragraphs, one a line.")
        for line in text.splitlines():
            if line.strip():
                self._add(Piece(tidy([self._words(line, Span(""))]), self.line, 0, self._depth))

    def _ordered(self, attributes: Any, items: list[list[_Node]]) -> None:
        first, style, delimiter = attributes[0], attributes[1]["t"], attributes[2]["t"]
        if self.counted_by:
            unknown = self.counted_by == WORD and style == "DefaultStyle"
            self.note(
                f"The numbers of this list are not text, {self.counted_by} draws them; "
                + (
                    "in which form is not known: compare them."
                    if unknown
                    else f"written from {cells.counter(style, delimiter, first)!r} on."
                )
            )
        numbers = range(first, first + len(items))
        self._list(items, [cells.counter(style, delimiter, number) for number in numbers])

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
        grid = cells.Grid(len(content[2]))
        read: list[list[tuple[list[Piece], int, int]]] = [
            [(self._cell(cell[4]), cell[2], cell[3]) for cell in row[1]] for row in rows
        ]
        if cells.is_layout(read, self.language):
            first = True
            for row in read:
                for inner, _, _ in row:
                    for found in inner:
                        piece = (
                            found if found.counter else replace(found, counter=self._take_counter())
                        )
                        note = (
                            ("A table that only arranges text was taken apart.",) if first else ()
                        )
                        self._add(replace(piece, depth=piece.depth + self._depth).noted(*note))
                        first = False
            return
        for row in read:
            grid.add(row)
        table, notes = grid.table(heads)
        if table.rows:
            line = next((p.line for row in read for inner, _, _ in row for p in inner), start)
            piece = Piece((), line, 0, self._depth, self._take_counter(), table, notes)
            self._add(piece)

    def _cell(self, blocks: list[_Node]) -> list[Piece]:
        """Return the pieces of a cell."""
        inner = _Reader("", self.language)
        inner.line = self.line
        inner._nested = self._nested
        inner.blocks(blocks)
        self.line = inner.line
        if inner.found:
            return inner.end()
        self._waiting += inner._waiting
        return []
