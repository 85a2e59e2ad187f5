"""The words of an edition as others read it: of its file alone, without what it was made from.

They are headings, paragraphs with their marks, lines of cells and the places of lost tables, in the order of the text, and nothing that is said above it. Two texts have the same words
if they are the same without white space (:func:`compact`): a table of plain text breaks lines. What has no place in such a file is an error: readers would see it.
"""

from __future__ import annotations

import re
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, NamedTuple

from markdown_it import MarkdownIt

from policysite.editions.akoma_ntoso_reading import NotAkomaNtosoError, read_akoma_ntoso
from policysite.editions.block_order import LOST
from policysite.editions.text_file import NOTE, RULE
from policysite.editions.text_table import width, width_of
from policysite.editions.web_page_reading import NotAWebPageError, read_web_page
from policysite.model.edition_kinds import EditionKind
from policysite.text.table_shapes import LINE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from markdown_it.token import Token


class ReadEdition(NamedTuple):
    """What a file has: the ``words`` of the text, with :data:`LOST` where it has a note of a lost table, these ``notes``, and the addresses that it leads to."""

    words: tuple[str, ...]
    notes: tuple[str, ...] = ()
    links: tuple[str, ...] = ()


class UnreadableEditionError(ValueError):
    """A file that has not the form of its kind; the message says what was found."""


def compact(words: Iterable[str]) -> str:
    """Return *words* without any white space."""
    return "".join("".join(words).split())


def read_edition(kind: EditionKind, content: bytes) -> ReadEdition:
    """Return what is in a file of a *kind* that is in :data:`READABLE`.

    :raises UnreadableEditionError: if it has not the form of that kind.
    """
    return READABLE[kind](content)


def _decoded(content: bytes) -> str:
    try:
        return content.decode()
    except UnicodeDecodeError as error:
        raise UnreadableEditionError("it is not UTF-8") from error


def _of_xml(content: bytes) -> ReadEdition:
    try:
        read = read_akoma_ntoso(content)
    except NotAkomaNtosoError as error:
        raise UnreadableEditionError(str(error)) from error
    links = tuple(link for provision in read.provisions for link in provision.links)
    return ReadEdition(read.words, read.notes, links)


def _of_web_page(content: bytes) -> ReadEdition:
    try:
        return ReadEdition(*read_web_page(content))
    except NotAWebPageError as error:
        raise UnreadableEditionError(str(error)) from error


def _of_text(content: bytes) -> ReadEdition:
    said, rule, body = _decoded(content).partition(f"\n\n{RULE}\n\n")
    if not rule:
        raise UnreadableEditionError("the rule below what is said of the version is missing")
    words, notes, links = [said.partition("\n")[0]], [], []
    for chunk in body.removesuffix("\n").split("\n\n"):
        lines = chunk.split("\n")
        if len(lines) == 3 and (lines[0].strip(), lines[-1].strip()) == NOTE:
            notes.append(lines[1].strip())
            words.append(LOST)
            continue
        if len(lines) > 2 and lines[0].startswith("+-") and lines[1].startswith("| "):
            rows = [line for line in lines if line[:1] in {"+", "|"}]
            words += _of_grid(rows)
            rest = lines[len(rows) :]
        else:
            words.append(lines[0].strip())
            is_heading = lines[1:2] == ["-" * width(lines[0])]
            rest = lines[1 + is_heading :]
        links += [_address(line, words) for line in rest]
    return ReadEdition(tuple(words), tuple(notes), tuple(links))


def _address(line: str, words: Sequence[str]) -> str:
    """Return the address in a *line* below *words*, which are said again before it."""
    match = _ADDRESS.fullmatch(line.strip())
    if match is None or compact(match[1]) not in compact(words):
        raise UnreadableEditionError(f"it has the line {line.strip()[:60]!r}, which is no address")
    return match[2]


def _of_grid(lines: Sequence[str]) -> Iterator[str]:
    """Yield the words of the cells of a table, row by row."""
    bars = [place for place, char in enumerate(lines[0]) if char == "+"]
    row: list[list[str]] = [[] for _ in bars]
    for line in lines:
        if line.startswith("+"):
            if not _RULE.fullmatch(line):
                raise UnreadableEditionError(f"it has the line {line[:60]!r} in a table")
            yield from (" ".join(filter(None, cell)) for cell in row if any(cell))
            row = [[] for _ in bars]
        else:
            for column, words in _in_columns(line, bars):
                row[column].append(words)
    if any(map(any, row)):
        raise UnreadableEditionError("it has a table without an end")


def _in_columns(line: str, bars: Sequence[int]) -> Iterator[tuple[int, str]]:
    """Yield the words between the bars of a line of a row, with the column that they begin in."""
    places = [0, *accumulate(map(width_of, line))]
    found = [
        (bars.index(place), index)
        for index, (place, char) in enumerate(zip(places, line, strict=False))
        if char == "|" and place in bars
    ]
    if not found or found[-1][1] != len(line) - 1:
        raise UnreadableEditionError(f"it has the line {line[:60]!r} in a table")
    for (column, start), (_, end) in pairwise(found):
        yield column, line[start + 1 : end].strip()


def _of_markdown(content: bytes) -> ReadEdition:
    tokens = MarkdownIt("commonmark").enable("table").parse(_decoded(content))
    rule = next((place for place, token in enumerate(tokens) if token.type == "hr"), None)
    if rule is None:
        raise UnreadableEditionError("the rule below what is said of the version is missing")
    words: list[str] = []
    notes: list[str] = []
    links: list[str] = []
    inside, bullet = 0, ""
    for token in (*tokens[:3], *tokens[rule + 1 :]):
        inside += {"blockquote_open": 1, "blockquote_close": -1}.get(token.type, 0)
        bullet = f"{token.markup} " if token.type == "list_item_open" else bullet
        if token.type == "inline":
            children = token.children or ()
            text = "".join(map(_inline, children))
            if inside:
                notes.append(text)
            words += filter(None, [LOST] if inside else f"{bullet}{text}".split(LINE))
            links += [f"{one.attrGet('href')}" for one in children if one.type == "link_open"]
            bullet = ""
        elif token.type not in _FRAMES:
            raise UnreadableEditionError(f"it has {token.type}, which no edition has")
    return ReadEdition(tuple(words), tuple(notes), tuple(links))


def _inline(token: Token) -> str:
    if token.type in {"text", "text_special"}:
        return token.content
    if token.type == "html_inline" and token.content == "<br>":
        return LINE
    if token.type in {"link_open", "link_close"}:
        return ""
    raise UnreadableEditionError(f"it has {token.type} in its words, which no edition has")


_ADDRESS = re.compile(r"(.+): <([^<>\s]+)>")
_RULE = re.compile(r"[+ =-]+")
_FRAMES = {
    f"{name}_{side}"
    for name in (
        *("heading", "paragraph", "blockquote", "bullet_list", "list_item"),
        *("table", "thead", "tbody", "tr", "th", "td"),
    )
    for side in ("open", "close")
}
READABLE: Mapping[EditionKind, Callable[[bytes], ReadEdition]] = {
    EditionKind.XHTML: _of_web_page,
    EditionKind.XML: _of_xml,
    EditionKind.MD: _of_markdown,
    EditionKind.TXT: _of_text,
}
"""The kinds of file that can be read back without what they need to be made."""
