"""Summaries in plain words beside articles: no part of the text, so they are taken out of it before its provisions are numbered."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from policysite.text.blocks import Block, BlockKind

if TYPE_CHECKING:
    from collections.abc import Iterator

REMEDY = "Write one summary right below the heading of an article, before its text."


class Summary(NamedTuple):
    """A summary and the section that it is in, or the block that it must not be in; ``fault`` is what is wrong with its place."""

    owner: Block
    block: Block
    fault: str = ""


def take_summaries(top: Block) -> list[Summary]:
    """Take the summaries out of the text below the title *top*, wherever they stand, and return them in its order."""
    return [*_taken(top, top)]


def _taken(block: Block, top: Block) -> Iterator[Summary]:
    children, block.children = block.children, []
    for place, child in enumerate(children):
        if child.kind is BlockKind.SUMMARY:
            yield Summary(block, child, _fault(block, top, children[:place]))
        else:
            block.children.append(child)
            yield from _taken(child, top)


def _fault(block: Block, top: Block, before: list[Block]) -> str:
    if block is top or block.kind is not BlockKind.SECTION:
        return "Found a summary outside of an article, or in a part of one."
    if not before:
        return ""
    if all(other.kind is BlockKind.SUMMARY for other in before):
        return "Found a second summary of an article."
    return "Found a summary in the middle of an article."


def place_summaries(summaries: list[Summary]) -> None:
    """Put each of *summaries* whose place is right back below its heading."""
    for owner, block, fault in summaries:
        if not fault:
            owner.children.insert(0, block)
