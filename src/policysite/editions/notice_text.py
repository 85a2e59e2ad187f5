"""A notice as plain text, and as Markdown."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from policysite.editions.facing_table import Ink
from policysite.editions.notice import PartKind
from policysite.text.table_shapes import LINE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from policysite.editions.facing_table import FacingLine, FacingParagraph, Side, Spans
    from policysite.editions.notice import FacingTable, Notice, Part

_RULE = "-" * 60
_SPECIAL = re.compile(r"([\\`*_\[\]<>|#~])")
_INS = {"old": "del", "new": "ins"}


def notice_text(notice: Notice, *, with_table: bool = True) -> str:
    """Return *notice* as plain text, without its subject; *with_table*: the table of old and new is in it."""
    return _joined(notice.parts, list(_text_parts(notice, with_table=with_table)))


def notice_markdown(notice: Notice) -> str:
    """Return *notice* as Markdown, with its subject as the title. Words that differ are ``<ins>`` and ``<del>``, as GitHub has them too."""
    parts = [f"# {_escaped(notice.subject)}\n\n"]
    return "".join([*parts, _joined(notice.parts, list(_markdown_parts(notice)))])


def _joined(parts: Sequence[Part], texts: Sequence[str]) -> str:
    """Return *texts* with an empty line between them, but for the items of a list."""
    found: list[str] = []
    for place, text in enumerate(texts):
        in_list = place and parts[place].kind is parts[place - 1].kind is PartKind.ITEM
        found.append(("\n" if in_list else "\n\n" if place else "") + text)
    return "".join(found) + "\n"


def _text_parts(notice: Notice, *, with_table: bool) -> Iterator[str]:
    for part in notice.parts:
        if part.kind is PartKind.TABLE:
            if with_table and notice.table:
                yield "\n".join(_text_table(notice.table))
            else:
                yield notice.instead.text if notice.instead else ""
        elif part.kind is PartKind.ITEM:
            yield f"- {part.text}"
        elif part.kind is PartKind.HEADING:
            yield f"{part.text}\n{'=' * min(_width(part.text), 60)}"
        else:
            yield part.text


def _width(text: str) -> int:
    return sum(2 if ord(char) >= 0x1100 else 1 for char in text)


def _text_table(table: FacingTable) -> Iterator[str]:
    for line in table.lines:
        if line.is_heading:
            yield _RULE
        yield from _text_line(line, table.heads)
        yield ""
    yield _RULE


def _text_line(line: FacingLine, heads: tuple[str, str]) -> Iterator[str]:
    """Yield a row: once where both sides say the same or one says nothing, and else with the names of the columns."""
    old, new = _words(line.old), _words(line.new)
    if line.is_left_out or old == new or not old:
        yield from new
    elif line.is_heading and _is_note(line.old):
        yield f"{' '.join(new)} {' '.join(old)}"
    elif line.is_heading and _is_note(line.new):
        yield f"{' '.join(old)} {' '.join(new)}"
    elif not new:
        yield from old
    else:
        for head, words in zip(heads, (old, new), strict=True):
            yield f"[{head}]"
            yield from (f"  {text}" for text in words)


def _is_note(side: Side) -> bool:
    return all(span.ink is Ink.NOTE for paragraph in side for span in paragraph.spans)


def _words(side: Side) -> list[str]:
    return [text for paragraph in side for text in paragraph.text.split(LINE)]


def _markdown_parts(notice: Notice) -> Iterator[str]:
    for part in notice.parts:
        if part.kind is PartKind.TABLE:
            yield "\n".join(_markdown_table(notice.table)) if notice.table else ""
            continue
        words = "".join(
            f"[{_escaped(text)}]({link})" if link else _escaped(text) for text, link in part.pieces
        )
        start = {PartKind.ITEM: "- ", PartKind.HEADING: "## "}.get(part.kind, "")
        # A number with a full stop at the beginning of a paragraph would begin a list.
        yield start + re.sub(r"^(\d+)([.)])", r"\1\\\2", words)


def _markdown_table(table: FacingTable) -> Iterator[str]:
    yield f"| {' | '.join(map(_escaped, table.heads))} |"
    yield "|---|---|"
    for line in table.lines:
        cells = [
            "<br>".join(_markdown_paragraph(paragraph, name) for paragraph in side)
            for name, side in zip(("old", "new"), line[:2], strict=True)
        ]
        if line.is_heading:
            cells = [f"<b>{cell}</b>" if cell else "" for cell in cells]
        yield f"| {' | '.join(cells)} |"


def _markdown_paragraph(paragraph: FacingParagraph, side: str) -> str:
    parts = paragraph.cells or (paragraph.spans,)
    words = r" \| ".join(_markdown_spans(spans, side) for spans in parts)
    return "&emsp;" * max(paragraph.depth - 1, 0) + words


def _markdown_spans(spans: Spans, side: str) -> str:
    found = []
    for text, ink in spans:
        words = _escaped(text).replace(LINE, "<br>")
        if ink is Ink.CHANGED and text.strip():
            words = f"<{_INS[side]}>{words}</{_INS[side]}>"
        found.append(words)
    return "".join(found)


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)
