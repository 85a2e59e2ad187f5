"""A unit of a source that says something else: the lines that stand for it then, with the markup of what stays."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from policysite.authoring.source_units import LIST_MARK, cell_paragraphs, folded_cell
from policysite.authoring.source_words import amended, folded
from policysite.authoring.written_lines import (
    CannotEditError,
    heading_depth,
    heading_words,
    pipe_row,
)
from policysite.importing import inline
from policysite.text.table_shapes import LINE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from policysite.authoring.source_units import SourceUnit
    from policysite.authoring.written_lines import Placed
    from policysite.editions.edited_lines import EditedLine
    from policysite.importing.pieces import Span
    from policysite.text.blocks import Block

_BETWEEN_CELLS = re.compile(r"(?<!\\)\|")
_NOT_KEPT = "its markup cannot be kept"
_OTHER_PARAGRAPHS = "a cell has other paragraphs"


class Operation(NamedTuple):
    """What becomes of a source: lines from ``start`` on, up to ``end``, have ``lines`` in their place."""

    start: int
    end: int
    lines: tuple[str, ...] = ()
    deletes: bool = False


def changed_heading(lines: Sequence[str], unit: SourceUnit, line: EditedLine) -> Operation:
    """Return what becomes of a heading that has other words or another level.

    :raises CannotEditError: if it is none any more, or its markup cannot be kept.
    """
    depth = heading_depth(line.style)
    if not depth:
        raise CannotEditError("it is no heading any more")
    words = heading_words(line)
    raw = amended(
        unit.block.raw, unit.words, words, lambda spans: inline.heading(tuple(spans), "#")[2:]
    )
    if raw is None or not lines[unit.start].lstrip().startswith("#"):
        raise CannotEditError(_NOT_KEPT)
    return Operation(unit.start, unit.end, (f"{'#' * depth} {raw}",))


def changed_paragraph(lines: Sequence[str], unit: SourceUnit, placed: Placed) -> Operation:
    """Return what becomes of a paragraph that has another mark or other words.

    :raises CannotEditError: if its markup cannot be kept.
    """
    first, *others = lines[unit.start : unit.end]
    if placed.mark != unit.mark:
        first = _with_mark(first, unit.mark, placed.mark)
    now = _words(unit.block, [first, *others], placed.words, marked=bool(unit.mark))
    return Operation(unit.start, unit.end, tuple(now))


def _words(block: Block, lines: Sequence[str], words: str, *, marked: bool) -> list[str]:
    """Return the *lines* of a paragraph with other words."""

    def write(spans: Sequence[Span]) -> str:
        return inline.paragraph(tuple(spans), marked=marked)[0]

    old = block.raw.split("\n")
    before = [_without(line, end) for line, end in zip(lines, old, strict=True)]
    raw = amended(block.raw, folded(block.text), words, write, is_block=True)
    if raw is None or None in before:
        raise CannotEditError(_NOT_KEPT)
    new = raw.split("\n")
    margins = [margin for margin in before if margin is not None]
    return [
        f"{margins[n] if n < len(margins) else ' ' * len(margins[0])}{one}"
        for n, one in enumerate(new)
    ]


def changed_row(lines: Sequence[str], unit: SourceUnit, line: EditedLine) -> list[Operation]:
    """Return what becomes of a row of a table, of which cells have other words.

    :raises CannotEditError: if it has other cells, or these have other paragraphs.
    """
    if len(line.cells) != len(unit.cells):
        raise CannotEditError("the table has other columns")
    if unit.end == unit.start + 1 and not lines[unit.start].lstrip().startswith("*"):
        return [_piped(lines, unit, line)]
    cells = zip(unit.block.children, unit.cells, line.cells, strict=True)
    return [
        operation
        for cell, old, new in cells
        if folded_cell(new) != old
        for operation in _listed(lines, cell, new)
    ]


def _listed(lines: Sequence[str], cell: Block, new: str) -> Iterator[Operation]:
    """Yield what becomes of the paragraphs of a cell that is typed as an item of a list."""
    blocks, now = list(cell_paragraphs(cell)), folded_cell(new).split(LINE)
    kept = all(words.startswith(sign) for (sign, _), words in zip(blocks, now, strict=False))
    if len(blocks) != len(now) or not kept or not all(block.raw for _, block in blocks):
        raise CannotEditError(_OTHER_PARAGRAPHS)
    for (sign, block), words in zip(blocks, now, strict=True):
        if words.removeprefix(sign) != folded(block.text):
            start, end = block.line - 1, block.line + block.raw.count("\n")
            typed = _words(block, lines[start:end], words.removeprefix(sign), marked=True)
            yield Operation(start, end, tuple(typed))


def _piped(lines: Sequence[str], unit: SourceUnit, line: EditedLine) -> Operation:
    source = lines[unit.start]
    parts = _BETWEEN_CELLS.split(source)
    first = 1 if source.lstrip().startswith("|") else 0
    cells = zip(unit.block.children, unit.cells, line.cells, strict=True)
    for place, (cell, old, new) in enumerate(cells, start=first):
        if folded(new) == old:
            continue
        if LINE in new:
            raise CannotEditError(_OTHER_PARAGRAPHS)
        if place >= len(parts):
            raise CannotEditError("its row is typed with fewer cells")
        escaped = _in_pipes(cell, old, folded(new)).replace("|", r"\|")
        typed = parts[place].strip()
        parts[place] = parts[place].replace(typed, escaped, 1) if typed else f" {escaped} "
    return Operation(unit.start, unit.end, ("|".join(parts),))


def _in_pipes(cell: Block, old: str, new: str) -> str:
    """Return what is typed in a cell between pipes, without the backslashes that pipes need there."""
    if not old:
        return pipe_row([new])[2:-2].replace(r"\|", "|")
    raw = cell.children[0].raw if cell.children else ""
    found = amended(raw, old, new, lambda spans: inline.cell(tuple(spans))[0].replace(r"\|", "|"))
    if found is None:
        raise CannotEditError(_NOT_KEPT)
    return found


def _without(line: str, end: str) -> str | None:
    """Return *line* without the words *end* at its end, which white space may follow; None if it ends otherwise."""
    bare, words = line.rstrip(), end.strip()
    return bare[: len(bare) - len(words)] if words and bare.endswith(words) else None


def _with_mark(line: str, old: str, new: str) -> str:
    counted, wanted = LIST_MARK.match(line), LIST_MARK.match(new)
    if counted and wanted and counted["end"] == wanted["end"]:
        return f"{counted['indent']}{wanted['number']}{line[counted.end('number') :]}"
    if counted or wanted:
        raise CannotEditError(f"its mark becomes {new!r}, which is one of another kind of list")
    typed = re.compile("".join(rf"\\?{re.escape(sign)}" for sign in old))
    match = typed.search(line)
    if match is None:
        raise CannotEditError(f"its mark {old!r} is not typed as it is printed")
    return f"{line[: match.start()]}{new}{line[match.end() :]}"
