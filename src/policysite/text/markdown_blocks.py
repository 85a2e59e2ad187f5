"""A Markdown file as blocks, read as MyST reads it."""

from __future__ import annotations

import contextlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from markdown_it.tree import SyntaxTreeNode

from policysite.markdown import list_tables
from policysite.markdown.parser import DIRECTIVE, note_sign, parse, parser
from policysite.markdown.text_bounds import TooLargeError
from policysite.markdown.text_chunks import trees_of
from policysite.text.blocks import Block, BlockKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markdown_it.token import Token

_KINDS = {
    "ordered_list": BlockKind.NUMBERED,
    "bullet_list": BlockKind.BULLETS,
    "list_item": BlockKind.ITEM,
    "tr": BlockKind.ROW,
    "th": BlockKind.HEAD_CELL,
    "td": BlockKind.CELL,
    "footnote_reference": BlockKind.NOTE,
}
_DIRECTIVES = {
    "omitted": BlockKind.OMITTED,
    "summary": BlockKind.SUMMARY,
    "version-links": BlockKind.PATTERN,
}
# "title <target>", as roles that lead somewhere have it.
_TITLED = re.compile(r"(?s)(?P<title>.+?)\s*(?<!\x00)<(?P<target>.*?)>")
_NO_TEXT = {"html_inline"}
# Roles that lead nowhere.
_FORMATS = {"strong", "emphasis"}


IMAGE = "image"


@dataclass(frozen=True)
class Link:
    """What leads somewhere: a link, an image or a role. ``role`` is its name, empty for a link, ``IMAGE`` for an image."""

    line: int
    role: str
    target: str


def read_blocks(text: str) -> Block:
    """Return the blocks of *text*, the whole of a document.

    :raises TooLargeError: if it is larger than any.
    """
    document = Block(BlockKind.DOCUMENT, 1)
    open_sections = [(0, document)]
    for offset, node in ((line, node) for line, tree in trees_of(text) for node in tree.children):
        if node.type == "front_matter":
            continue
        if node.type != "heading":
            open_sections[-1][1].children += _blocks(node, offset, 1)
            continue
        level, section = int(node.tag[1:]), _heading(node, offset)
        while open_sections[-1][0] >= level:
            open_sections.pop()
        open_sections[-1][1].children.append(section)
        open_sections.append((level, section))
    return document


def links_of(text: str) -> Iterator[Link]:
    """Yield what leads somewhere in *text*, the whole of a document, in its order; nothing of one that is too large."""
    with contextlib.suppress(TooLargeError):
        for offset, tree in trees_of(text):
            yield from _links(tree, offset)


def _links(node: SyntaxTreeNode, offset: int) -> Iterator[Link]:
    if node.type == "fence" and DIRECTIVE.match(node.info):
        match, line = DIRECTIVE.match(node.info), _line(node, offset, 1)
        title = node.info[match.end() :] if match else ""
        yield from _links(SyntaxTreeNode(parse(title)[0]), line - 1)
        yield from _links(SyntaxTreeNode(parse(node.content)[0]), line)
    elif node.type == "inline":
        line = _line(node, offset, 1)
        for child in node.walk():
            if child.type == "link":
                yield Link(line, "", str(child.attrs.get("href", "")))
            elif child.type == "image":
                yield Link(line, IMAGE, str(child.attrs.get("src", "")))
            elif child.type == "myst_role":
                yield Link(line, child.meta["name"], _titled(child.content)[1])
    else:
        for child in node.children:
            yield from _links(child, offset)


def _blocks(node: SyntaxTreeNode, offset: int, line: int) -> list[Block]:
    """Return the blocks that *node* becomes; *offset* is the line before its text, *line* that of what is around it."""
    line = _line(node, offset, line)
    if node.type in {"thead", "tbody"}:
        return [block for child in node.children for block in _blocks(child, offset, line)]
    if node.type == "paragraph":
        block = _paragraph(node, line)
    elif node.type == "dt":
        block = _paragraph(node, line)
        block.kind = BlockKind.TERM
    elif node.type == "fence":
        block = _directive(node, line)
    else:
        block = Block(_KINDS.get(node.type, BlockKind.OTHER), line, mark=_sign(node))
        block.start = int(node.attrs.get("start", 1))
        if block.kind in {BlockKind.CELL, BlockKind.HEAD_CELL}:
            block.children = [_paragraph(node, line)]
        elif node.type != "heading":
            block.children = [b for child in node.children for b in _blocks(child, offset, line)]
    block.explicit = _explicit(node)
    return [block]


def _line(node: SyntaxTreeNode, offset: int, line: int) -> int:
    return offset + node.map[0] + 1 if node.map else line


def _sign(node: SyntaxTreeNode) -> str:
    if node.type == "footnote_reference":
        return note_sign(str(node.meta["label"]))
    return node.markup if node.type in {"ordered_list", "bullet_list"} else ""


def _explicit(node: SyntaxTreeNode) -> tuple[tuple[str, str], ...]:
    # docutils makes names small, and ids of them.
    name = " ".join(str(node.attrs.get("id", "")).lower().split())
    return ((name, name),) if name else ()


def _heading(node: SyntaxTreeNode, offset: int) -> Block:
    words = _inline(node)
    block = Block(BlockKind.SECTION, _line(node, offset, 1), explicit=_explicit(node))
    block.text, block.raw, block.unlinked = _text(words), _raw(node), _text(words, links=False)
    return block


def _paragraph(node: SyntaxTreeNode, line: int) -> Block:
    words = _inline(node)
    block = Block(BlockKind.PARAGRAPH, line, _text(words), _raw(node))
    block.unlinked = _text(words, links=False)
    block.notes = tuple(_note(token) for token in words if token.type == "footnote_ref")
    return block


def _directive(node: SyntaxTreeNode, line: int) -> Block:
    match = DIRECTIVE.match(node.info)
    block = Block(_DIRECTIVES.get(match[1] if match else "", BlockKind.OTHER), line)
    if match:
        # The title of a table.
        block.raw = node.info[match.end() :].strip()
        if match[1] == list_tables.NAME:
            block.children = _list_table(node.content, line)
            return block
        inner = SyntaxTreeNode(parse(node.content)[0])
        found = [b for child in inner.children for b in _blocks(child, line, line)]
        # It is the table that is in it.
        is_table = match[1] == "table"
        block.children = [b for table in found for b in table.children] if is_table else found
    return block


def _list_table(content: str, line: int) -> list[Block]:
    """Return the rows of a table that is written as lists, in the directive at *line*."""
    table = list_tables.read_list_table(content)
    rows = [Block(BlockKind.ROW, line) for _ in table.rows]
    for place, item in table.placed:
        is_head = place.row < table.layout.heads
        cell = Block(BlockKind.HEAD_CELL if is_head else BlockKind.CELL, _line(item, line, line))
        cell.children = [b for child in item.children for b in _blocks(child, line, cell.line)]
        if cell.children and cell.children[0].kind is BlockKind.PARAGRAPH:
            first = cell.children[0]
            first.raw, whole = list_tables.without_facts(first.raw), first.raw
            if first.raw != whole:
                # What it says of the cell was read as its first words.
                words = parser().parseInline(first.raw)[0].children or ()
                first.text, first.unlinked = _text(words), _text(words, links=False)
            if not first.raw:
                cell.children = cell.children[1:]
        rows[place.row].children.append(cell)
    for row in rows:
        row.line = row.children[0].line if row.children else line
    return rows


def _inline(node: SyntaxTreeNode) -> Sequence[Token]:
    """Return the tokens of the words in a heading, a paragraph or a cell."""
    inner = [child for child in node.children if child.type == "inline"]
    token = inner[0].token if inner else None
    return (token.children or ()) if token else ()


def _raw(node: SyntaxTreeNode) -> str:
    inner = [child for child in node.children if child.type == "inline"]
    return inner[0].content if inner else ""


def _text(words: Sequence[Token], *, links: bool = True) -> str:
    """Return what a reader sees, as far as it is known here; without *links* not what is in them."""
    found, inside = [], 0
    for token in words:
        inside += token.nesting if token.type.startswith("link_") else 0
        if token.type == "myst_role":
            if links or token.meta["name"] in _FORMATS:
                found.append(_titled(token.content)[0])
        elif token.type == "footnote_ref":
            found.append(_note(token))
        elif token.type in {"softbreak", "hardbreak"}:
            found.append("\n")
        elif token.type not in _NO_TEXT and (links or not inside):
            found.append(token.content)
    return "".join(found)


def _note(token: Token) -> str:
    return note_sign(str(token.meta["label"]))


def _titled(content: str) -> tuple[str, str]:
    """Return what a role prints and where it leads: ``title <target>``, or the target alone."""
    match = _TITLED.fullmatch(content)
    return (match["title"], match["target"]) if match else (content, content)
