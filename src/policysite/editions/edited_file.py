"""What stands in a Word file that others edited: its paragraphs and tables, with the words that are tracked as come and gone.

Nothing here is accepted or rejected: that is :mod:`policysite.editions.edited_lines`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from lxml import etree

from policysite.editions.tracked_changes import TAB
from policysite.editions.word_markup import W
from policysite.editions.word_names import PREFIX
from policysite.text.table_shapes import LINE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    Revisions = tuple[int, ...]
    """The places of revisions in :attr:`EditedFile.revisions`, from the outermost one inwards."""

_COMES = {f"{W}ins": True, f"{W}moveTo": True, f"{W}del": False, f"{W}moveFrom": False}
_CELL_COMES = {f"{W}cellIns": True, f"{W}cellDel": False}
_AROUND = {
    f"{W}{name}"
    for name in ("hyperlink", "smartTag", "fldSimple", "sdt", "sdtContent", "customXml")
}
_SIGNS = {f"{W}tab": TAB, f"{W}br": LINE, f"{W}cr": LINE, f"{W}noBreakHyphen": "\u2011"}
_NOT_TAKEN = {
    f"{W}footnoteReference": "a footnote",
    f"{W}endnoteReference": "an endnote",
    f"{W}drawing": "a picture",
    f"{W}pict": "a picture",
    f"{W}object": "an object",
    f"{W}sym": "a sign of a symbol font",
}
_RANGES = {f"{W}moveFromRange": "moveFrom", f"{W}moveToRange": "moveTo"}


class Revision(NamedTuple):
    """A tracked change as the file has it: one element. ``comes``: words or a paragraph come; else they go. ``move`` names the two places of what moved."""

    comes: bool
    author: str
    stamp: str
    move: str = ""

    @property
    def day(self) -> str:
        """The day of it, as the file has it; empty if it has none."""
        return self.stamp[:10]


class Words(NamedTuple):
    """Words, with what is tracked of them."""

    text: str
    revisions: Revisions = ()


@dataclass
class FileParagraph:
    """A paragraph. ``end`` is what is tracked of its mark, ``level`` the revision of its style, which was ``old_style``.

    ``number`` counts all of the file; ``comments`` are the words that each comment is on, by its id; ``left_out`` names what is no text.
    """

    number: int
    style: str
    old_style: str
    words: list[Words] = field(default_factory=list)
    end: Revisions = ()
    level: int | None = None
    bookmarks: list[str] = field(default_factory=list)
    comments: dict[str, str] = field(default_factory=dict)
    left_out: list[str] = field(default_factory=list)


@dataclass
class FileCell:
    """A cell of a table; ``is_below``: it is a part of the one above."""

    paragraphs: list[FileParagraph]
    revisions: Revisions = ()
    across: int = 1
    is_below: bool = False


@dataclass
class FileRow:
    """A row of the table with this number."""

    number: int
    table: int
    cells: list[FileCell]
    revisions: Revisions = ()

    @property
    def is_plain(self) -> bool:
        """Whether no cell of it is merged."""
        return all(cell.across == 1 and not cell.is_below for cell in self.cells)


@dataclass
class EditedFile:
    """The paragraphs and rows of a file, in order. ``formats`` counts tracked changes of nothing but a look."""

    body: list[FileParagraph | FileRow] = field(default_factory=list)
    revisions: list[Revision] = field(default_factory=list)
    formats: int = 0

    def paragraphs(self) -> Iterator[FileParagraph]:
        """Yield all paragraphs, those of cells too."""
        for part in self.body:
            if isinstance(part, FileParagraph):
                yield part
            else:
                yield from (p for cell in part.cells for p in cell.paragraphs)


def read_file(document: etree._Element, styles: Mapping[str, str]) -> EditedFile:
    """Return what stands in *document*, the part ``word/document.xml``; *styles* as :func:`style_names` has them."""
    return _Reader(document, styles).found


def style_names(styles: etree._Element | None, own: etree._Element) -> dict[str, str]:
    """Return our names of styles by those of the part *styles* of a file; *own* is the part that an edition has.

    Programs give styles other ids when they save, and keep what they are called.
    """
    called = {_value(s, f"{W}name").lower(): str(s.get(f"{W}styleId")) for s in own}
    found = {}
    for style in () if styles is None else styles.iter(f"{W}style"):
        name = str(style.get(f"{W}styleId"))
        found[name] = called.get(_value(style, f"{W}name").lower(), name)
    return found


def _value(element: etree._Element, path: str) -> str:
    found = element.find(path)
    return "" if found is None else str(found.get(f"{W}val", ""))


class _Reader:
    def __init__(self, document: etree._Element, styles: Mapping[str, str]) -> None:
        self.found = EditedFile()
        self.styles = styles
        self._count = self._rows = self._tables = 0
        self._moves: dict[str, dict[str, str]] = {"moveFrom": {}, "moveTo": {}}
        # What stands between paragraphs belongs to the next one.
        self._bookmarks: list[str] = []
        self._open_comments: dict[str, str] = {}
        for body in document.iterfind(f"{W}body"):
            self._blocks(body)
        self.found.formats = sum(
            1 for _ in document.iter(f"{W}rPrChange", f"{W}sectPrChange", f"{W}tblPrChange")
        )

    def _blocks(self, around: etree._Element) -> None:
        for child in around:
            if child.tag == f"{W}p":
                self.found.body.append(self._paragraph(child))
            elif child.tag == f"{W}tbl":
                self._table(child)
            elif child.tag in _AROUND or child.tag in _COMES:
                self._blocks(child)
            elif child.tag == f"{W}bookmarkStart":
                self._bookmarks += self._bookmark(child)
            else:
                self._range(child)

    def _revision(self, element: etree._Element, *, comes: bool) -> int:
        names = self._moves.get(etree.QName(element).localname, {})
        move = list(names.values())[-1] if names else ""
        author, stamp = (str(element.get(f"{W}{name}", "")) for name in ("author", "date"))
        self.found.revisions.append(Revision(comes, author, stamp, move))
        return len(self.found.revisions) - 1

    def _revisions(self, properties: etree._Element | None) -> Revisions:
        """Return what is tracked of what has these *properties*: a paragraph's mark, a row, a cell."""
        kinds = _COMES | _CELL_COMES
        inside = () if properties is None else properties
        return tuple(
            self._revision(child, comes=kinds[child.tag]) for child in inside if child.tag in kinds
        )

    def _range(self, element: etree._Element) -> None:
        for beginning, kind in _RANGES.items():
            number = str(element.get(f"{W}id", ""))
            if element.tag == f"{beginning}Start":
                self._moves[kind][number] = str(element.get(f"{W}name", ""))
            elif element.tag == f"{beginning}End":
                self._moves[kind].pop(number, None)
        if element.tag == f"{W}commentRangeStart":
            self._open_comments[str(element.get(f"{W}id", ""))] = ""
        elif element.tag == f"{W}commentRangeEnd":
            self._open_comments.pop(str(element.get(f"{W}id", "")), None)

    def _bookmark(self, element: etree._Element) -> list[str]:
        name = str(element.get(f"{W}name", ""))
        return [name] if name.startswith(PREFIX) else []

    def _style(self, properties: etree._Element | None) -> str:
        name = "" if properties is None else _value(properties, f"{W}pStyle")
        return self.styles.get(name, name)

    def _paragraph(self, element: etree._Element) -> FileParagraph:
        properties = element.find(f"{W}pPr")
        style = old = self._style(properties)
        level, ends = None, None
        if properties is not None:
            ends = properties.find(f"{W}rPr")
            change = properties.find(f"{W}pPrChange")
            if change is not None and (old := self._style(change.find(f"{W}pPr"))) != style:
                level = self._revision(change, comes=True)
        found = FileParagraph(self._count, style, old, level=level)
        self._count += 1
        found.bookmarks, self._bookmarks = self._bookmarks, []
        self._inline(element, (), found)
        found.end = self._revisions(ends)
        return found

    def _inline(self, around: etree._Element, inside: Revisions, found: FileParagraph) -> None:
        for child in around:
            if child.tag == f"{W}r":
                self._run(child, inside, found)
            elif child.tag in _COMES:
                revision = self._revision(child, comes=_COMES[child.tag])
                self._inline(child, (*inside, revision), found)
            elif child.tag in _AROUND:
                self._inline(child, inside, found)
            elif child.tag == f"{W}bookmarkStart":
                found.bookmarks += self._bookmark(child)
            else:
                self._range(child)

    def _run(self, run: etree._Element, inside: Revisions, found: FileParagraph) -> None:
        text = ""
        for part in run:
            if part.tag in {f"{W}t", f"{W}delText"}:
                text += part.text or ""
            elif part.tag == f"{W}br" and part.get(f"{W}type", "textWrapping") != "textWrapping":
                continue
            elif part.tag in _SIGNS:
                text += _SIGNS[part.tag]
            elif part.tag == f"{W}commentReference":
                found.comments.setdefault(str(part.get(f"{W}id", "")), "")
            elif part.tag in _NOT_TAKEN:
                found.left_out.append(_NOT_TAKEN[part.tag])
        if text:
            found.words.append(Words(text, inside))
        for comment in self._open_comments:
            found.comments[comment] = found.comments.get(comment, "") + text

    def _table(self, table: etree._Element) -> None:
        number = self._tables
        self._tables += 1
        for row in table.iter(f"{W}tr"):
            if next(row.iterancestors(f"{W}tbl")) is not table:
                continue
            revisions = self._revisions(row.find(f"{W}trPr"))
            cells = [self._cell(cell) for cell in row.iter(f"{W}tc") if _row_of(cell) is row]
            self.found.body.append(FileRow(self._rows, number, cells, revisions))
            self._rows += 1

    def _cell(self, cell: etree._Element) -> FileCell:
        properties = cell.find(f"{W}tcPr")
        paragraphs = [self._paragraph(p) for p in cell.iter(f"{W}p") if _cell_of(p) is cell]
        if next(cell.iter(f"{W}tbl"), None) is not None and paragraphs:
            paragraphs[0].left_out.append("a table in a cell")
        found = FileCell(paragraphs, self._revisions(properties))
        if properties is not None:
            across = _value(properties, f"{W}gridSpan")
            found.across = int(across) if across.isdecimal() and len(across) < 5 else 1
            merge = properties.find(f"{W}vMerge")
            found.is_below = merge is not None and merge.get(f"{W}val", "continue") == "continue"
        return found


def _row_of(element: etree._Element) -> etree._Element | None:
    return next(element.iterancestors(f"{W}tr"), None)


def _cell_of(element: etree._Element) -> etree._Element | None:
    return next(element.iterancestors(f"{W}tc"), None)
