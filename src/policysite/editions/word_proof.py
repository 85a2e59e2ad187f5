"""What a Word file says with all of its changes accepted, and with all rejected: proved before a file is written."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from policysite.editions.edition_lines import END_MARK, Style, Table
from policysite.editions.tracked_changes import TAB
from policysite.editions.word_markup import W
from policysite.redline import Op
from policysite.text.table_shapes import LINE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from lxml import etree

    from policysite.editions.edition_lines import Line

ONLY_NEW = frozenset({f"{W}ins", f"{W}moveTo"})
ONLY_OLD = frozenset({f"{W}del", f"{W}moveFrom"})


class Printed(NamedTuple):
    """A paragraph with its style, or a row of a table (which has none) with its cells."""

    style: str
    words: tuple[str, ...]


class UnprovedError(RuntimeError):
    """A file would not have the text that it is made of: a fault of this program."""


def prove(body: Sequence[etree._Element], old: Sequence[Line], new: Sequence[Line]) -> None:
    """See that the children of *body* are *new* with all changes accepted, and *old* with all rejected.

    :raises UnprovedError: if they are not.
    """
    for gone, lines in ((Op.DELETED, new), (Op.INSERTED, old)):
        found, expected = (
            list(printed(body, gone)),
            [*_expected(lines), Printed(Style.END, (END_MARK,))],
        )
        if found != expected:
            pairs = zip(found, expected, strict=False)
            differs = next(
                (pair for pair in pairs if pair[0] != pair[1]), (len(found), len(expected))
            )
            raise UnprovedError(f"found {differs[0]}, expected {differs[1]}")


def _expected(lines: Sequence[Line]) -> Iterator[Printed]:
    for line in lines:
        if isinstance(line, Table):
            for row in line.rows:
                yield Printed(
                    "", tuple("".join(piece.text for piece in cell.pieces) for cell in row.cells)
                )
        else:
            yield Printed(line.style, (line.printed,))


def printed(body: Iterable[etree._Element], gone: Op) -> Iterator[Printed]:
    """Yield what the children of *body* print without the words that are *gone*, deleted or inserted ones.

    :raises UnprovedError: if words would be joined that have two styles: programs do not agree on which they get.
    """
    without = ONLY_OLD if gone is Op.DELETED else ONLY_NEW
    words, style = "", ""
    for child in body:
        if child.tag == f"{W}tbl":
            if words:
                raise UnprovedError(f"{words!r} would be joined with a table")
            yield from _rows(child, without)
        if child.tag != f"{W}p":
            continue
        named = _style(child, old=gone is Op.INSERTED)
        style = style if words else named
        words += _words(child, without)
        if not any(change.tag in without for change in child.iterfind(f"{W}pPr/{W}rPr/*")):
            if words and style != named:
                raise UnprovedError(
                    f"{words!r} begins with the style {style!r}, and ends with {named!r}"
                )
            yield Printed(named, (words,))
            words = ""
    if words:
        raise UnprovedError(f"{words!r} has no end")


def _rows(table: etree._Element, without: frozenset[str]) -> Iterator[Printed]:
    for row in table.iterfind(f"{W}tr"):
        if not any(change.tag in without for change in row.iterfind(f"{W}trPr/*")):
            yield Printed("", tuple(_words(cell, without) for cell in row.iterfind(f"{W}tc")))


def _style(paragraph: etree._Element, *, old: bool) -> str:
    before = paragraph.find(f"{W}pPr/{W}pPrChange/{W}pPr/{W}pStyle") if old else None
    found = paragraph.find(f"{W}pPr/{W}pStyle") if before is None else before
    return "" if found is None else str(found.get(f"{W}val", ""))


def _words(element: etree._Element, without: frozenset[str]) -> str:
    found = []
    for run in element.iter(f"{W}r"):
        if any(around.tag in without for around in run.iterancestors()):
            continue
        for part in run:
            if part.tag in {f"{W}t", f"{W}delText"}:
                found.append(part.text or "")
            elif part.tag == f"{W}tab":
                found.append(TAB)
            elif part.tag == f"{W}br":
                found.append(LINE)
    return "".join(found)
