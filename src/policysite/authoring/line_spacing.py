"""Empty lines between blocks of Markdown: where they are needed for what comes, and where one is too many behind what went."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policysite.authoring.source_units import LIST_MARK

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from policysite.authoring.written_lines import WrittenLine

_DASH = "- "
_IN_TABLE = ("|", "* -", "```")


def spaced(
    lines: Sequence[str], place: int, come: Sequence[WrittenLine], *, in_table: bool
) -> Iterator[str]:
    """Yield the lines that *come* behind the one before *place*, with empty ones where blocks are told apart by them; *in_table*: that is a row of a table."""
    above = list(lines[:place])
    for line in come:
        joins = in_table and line.is_row and not line.is_head
        joins = joins or (line.is_item and _goes_on(above, line.lines[0]))
        if not joins:
            yield ""
        yield from line.lines
        above += ["", *line.lines]
        in_table = line.is_row
    after = lines[place] if place < len(lines) else ""
    joins = in_table and after.lstrip().startswith(_IN_TABLE)
    if after.strip() and not joins and not (come[-1].is_item and _goes_on(above, after)):
        yield ""


def _goes_on(above: Sequence[str], line: str) -> bool:
    """Whether *line* is the next item of a list that is *above*: one that is not would be words of the paragraph before it."""
    margin = _margin(line)
    for one in reversed(above):
        if one.strip() and _margin(one) <= margin:
            return _margin(one) == margin and bool(_sign(line)) and _sign(one) == _sign(line)
    return False


def _margin(line: str) -> int:
    return len(line) - len(line.lstrip())


def _sign(line: str) -> str:
    """Return what is behind the numbers of a list that *line* is an item of, or its dash."""
    match = LIST_MARK.match(line)
    return match["end"] if match else _DASH if line.lstrip().startswith(_DASH) else ""


def close_gap(lines: list[str], place: int) -> None:
    """Take one of two empty lines away that stand together since what was between them went."""
    before = lines[place - 1].strip() if place else ""
    after = lines[place].strip() if place < len(lines) else ""
    if not before and not after and place and place < len(lines):
        del lines[place - 1]
