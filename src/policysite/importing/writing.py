"""The Markdown of a recognised text, and the lines on which what was not sure is in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from policysite.importing import inline
from policysite.importing.list_table_lines import list_table_lines
from policysite.importing.recognised_text import Entry, PieceKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from policysite.importing.pieces import Note, Table


@dataclass
class Written:
    """The lines of a text, the line that each entry begins on, from 1, and notes with their lines."""

    lines: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    notes: list[tuple[int, Note]] = field(default_factory=list)


def write(entries: Iterable[Entry]) -> Written:
    """Return *entries* as Markdown that the site accepts.

    :raises CannotWriteError: if words cannot be written so that Markdown reads them again.
    """
    written = Written()
    before: Entry | None = None
    for entry in entries:
        if before and not _is_next_item(before, entry):
            written.lines.append("")
        start = len(written.lines) + 1
        lost = _write(entry, written.lines)
        # The id is on a line of its own, before the heading.
        line = start + int(entry.explicit)
        written.starts.append(line)
        written.notes += [(line, note) for note in entry.piece.notes]
        written.notes += [
            (line, note) for note in entry.piece.noted(*lost).notes[len(entry.piece.notes) :]
        ]
        before = entry
    return written


def _is_next_item(before: Entry, entry: Entry) -> bool:
    """Whether both are items of lists, and no empty line is needed to tell them apart."""
    both = before.kind is PieceKind.ITEM and entry.kind is PieceKind.ITEM
    same = before.indent == entry.indent and before.mark[-1:] == entry.mark[-1:]
    return both and (same or before.indent > entry.indent)


def _write(entry: Entry, lines: list[str]) -> list[str]:
    """Write *entry* at the end of *lines*; return what its look lost."""
    piece, space = entry.piece, " " * entry.indent
    if entry.kind is PieceKind.TABLE and piece.table:
        write_table = list_table_lines if piece.table.cells else _table
        rows, lost = write_table(piece.table)
        lines += [f"{space}{row}".rstrip() for row in rows]
        return lost
    if entry.explicit:
        lines.append(f"{space}{{#{entry.id}}}")
    if entry.kind in {PieceKind.TITLE, PieceKind.HEADING}:
        lines.append(inline.heading(piece.spans, "#" * max(1, entry.level)))
        return []
    is_marked = bool(entry.mark)
    text, lost_look = inline.paragraph(piece.spans, marked=is_marked) if piece.spans else ("", "")
    mark = f"{entry.mark[:-1]}\\{entry.mark[-1:]}" if entry.escaped else entry.mark
    lines.append(f"{space}{mark}{entry.gap}{text}".rstrip() if mark else f"{space}{text}")
    return [lost_look] if lost_look else []


def _table(table: Table) -> tuple[list[str], list[str]]:
    lost: list[str] = []
    rows = []
    for row in table.rows:
        written = [inline.cell(spans) if spans else ("", "") for spans in row]
        lost += [look for _, look in written if look]
        rows.append(f"| {' | '.join(text for text, _ in written)} |")
    rows.insert(1, f"|{'---|' * len(table.rows[0])}")
    return rows, lost
