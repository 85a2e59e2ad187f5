"""A text in pieces that can be read one by one: most of those of a version are in the version before too, and are read once for both.

A piece begins at each heading of the second level. Where what one says could depend on another, the whole text is one piece.
"""

from __future__ import annotations

import itertools
import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from markdown_it.tree import SyntaxTreeNode

from policysite.markdown.parser import parse
from policysite.markdown.text_bounds import TooLargeError, check_size

if TYPE_CHECKING:
    from collections.abc import Iterator

_FENCE = re.compile(r"\s*(`{3,}|~{3,})(.*)")
_HEADING = re.compile(r"##\s")
_ATTRIBUTES = re.compile(r"\{.*\}\s*")
# A footnote, the definition of a link, and what does not end at a line break as Markdown knows it.
_REACHES_FURTHER = re.compile(
    r"\[\^|^ {0,3}\[[^\]]*\]:|\r|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]", re.MULTILINE
)
KEPT = 8_192
"""How many pieces are remembered, with what was found in them; a long history of a policy has some thousand different ones."""


class Chunk(NamedTuple):
    """A piece of a text; ``line`` is how many lines are before it."""

    line: int
    text: str


@lru_cache(maxsize=16)
def chunks_of(text: str) -> tuple[Chunk, ...]:
    """Return the pieces of *text*, the whole of a document: what is before its first heading of the second level, and one for each of these.

    One piece, if it cannot be divided or is too large to be read.
    """
    lines = text.splitlines(keepends=True)
    starts = None if _REACHES_FURTHER.search(text) else _starts(lines)
    if starts is None:
        return (Chunk(0, text),)
    places = [0, *starts, len(lines)]
    chunks = tuple(
        Chunk(start, "".join(lines[start:end])) for start, end in itertools.pairwise(places)
    )
    divided = all(_is_alone(chunk.text, is_first=chunk.line == 0) for chunk in chunks)
    return chunks if divided else (Chunk(0, text),)


def _starts(lines: list[str]) -> list[int] | None:
    """Return the places of the lines at which a piece begins; None if one of them could stand in a block of code."""
    starts, fence = [], ""
    for place, line in enumerate(lines):
        if match := _FENCE.match(line):
            sign, rest = match[1], match[2].strip()
            if not fence:
                fence = sign
            elif sign.startswith(fence) and not rest:
                fence = ""
        elif _HEADING.match(line):
            if fence:
                return None
            start = place
            # The id of a heading stands on the line before it.
            while start and _ATTRIBUTES.fullmatch(lines[start - 1]):
                start -= 1
            if start != place and start and lines[start - 1].strip():
                return None
            starts.append(start)
    return starts if starts and starts[0] else None


@lru_cache(maxsize=KEPT)
def _is_alone(chunk: str, *, is_first: bool) -> bool:
    """Whether *chunk* begins with its heading, the only one of that level or a higher one, and nothing in it could reach over its end."""
    try:
        tree = tree_of(chunk)
    except TooLargeError:
        return False
    headings = [node.tag for node in tree.children if node.type == "heading"]
    first = tree.children[0].type if tree.children else ""
    if is_first:
        has_one = headings == ["h1"] and first in {"front_matter", "heading"}
    else:
        has_one = (
            headings[:1] == ["h2"] and first == "heading" and not {*headings[1:]} & {"h1", "h2"}
        )
    kinds = [node.type for node in tree.children]
    # What stands behind a rule at the end is in the next piece.
    return has_one and "html_block" not in kinds and kinds[-1] != "hr" and not parse(chunk)[1]


# What is read is larger than what is found in it; versions that share a piece are read one after the other.
@lru_cache(maxsize=512)
def tree_of(chunk: str) -> SyntaxTreeNode:
    """Return a piece of a text, or the whole of one, as Markdown reads it. It must not be changed.

    :raises TooLargeError: if it is larger than any.
    """
    return SyntaxTreeNode(parse(chunk)[0])


def trees_of(text: str) -> Iterator[tuple[int, SyntaxTreeNode]]:
    """Yield the pieces of *text* as Markdown reads them, with the number of lines before each.

    :raises TooLargeError: if it is larger than any.
    """
    check_size(text)
    for chunk in chunks_of(text):
        yield chunk.line, tree_of(chunk.text)
