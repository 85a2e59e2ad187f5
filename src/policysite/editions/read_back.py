"""The words of an edition as others read it: of its file alone, without what it was made from.

They are headings, paragraphs with their marks and lines of cells, in the order of the text, and nothing that is said around it. Two texts have the same words if they are
the same without white space (:func:`compact`): a table of plain text breaks lines.
"""

from __future__ import annotations

from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt

from policysite.editions.akoma_ntoso_reading import NotAkomaNtosoError, provisions_of
from policysite.editions.text_file import NOTE, RULE
from policysite.editions.text_table import width_of
from policysite.model.edition_kinds import EditionKind
from policysite.text.provision_text import containers_of
from policysite.text.table_shapes import LINE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from markdown_it.token import Token

    from policysite.text.provision_text import Block, ProvisionText


class UnreadableEditionError(ValueError):
    """A file that has not the form of its kind; the message says what was found."""


def compact(words: Iterable[str]) -> str:
    """Return *words* without any white space."""
    return "".join("".join(words).split())


def words_of(provisions: Sequence[ProvisionText]) -> Iterator[str]:
    """Yield the words of a text as an edition of it has them."""
    inside = containers_of(provisions)
    open_: list[ProvisionText] = []
    for provision in provisions:
        while open_ and open_[-1].id not in inside[provision.id]:
            yield from _cells(open_.pop().blocks_after)
        first, *rest = [*_cells(provision.blocks)] or [""]
        yield from filter(None, [provision.heading, f"{provision.mark} {first}".strip(), *rest])
        open_.append(provision)
    for provision in reversed(open_):
        yield from _cells(provision.blocks_after)


def _cells(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        for cell in block.cells:
            yield from cell.split(LINE)


def words_in_file(kind: EditionKind, content: bytes) -> Iterator[str]:
    """Yield the words of the text in a file of a *kind* that is in :data:`READABLE`.

    :raises UnreadableEditionError: if it has not the form of that kind.
    """
    return READABLE[kind](content)


def _decoded(content: bytes) -> str:
    try:
        return content.decode()
    except UnicodeDecodeError as error:
        raise UnreadableEditionError("it is not UTF-8") from error


def _of_xml(content: bytes) -> Iterator[str]:
    try:
        provisions = provisions_of(content)
    except NotAkomaNtosoError as error:
        raise UnreadableEditionError(str(error)) from error
    return words_of(provisions)


def _of_text(content: bytes) -> Iterator[str]:
    text = _decoded(content)
    said, rule, body = text.partition(f"\n\n{RULE}\n\n")
    if not rule:
        raise UnreadableEditionError("the rule below what is said of the version is missing")
    yield said.partition("\n")[0]
    for chunk in body.removesuffix("\n").split("\n\n"):
        lines = chunk.split("\n")
        if len(lines) > 2 and (lines[0].strip(), lines[-1].strip()) == NOTE:
            continue
        if len(lines) > 2 and lines[0].startswith("+-") and lines[1].startswith("| "):
            yield from _of_grid(lines)
        else:
            yield lines[0].strip()


def _of_grid(lines: Sequence[str]) -> Iterator[str]:
    """Yield the words of the cells of a table, row by row."""
    bars = [place for place, char in enumerate(lines[0]) if char == "+"]
    row: list[list[str]] = [[] for _ in bars]
    for line in lines:
        if line.startswith("+"):
            yield from (" ".join(filter(None, cell)) for cell in row if any(cell))
            row = [[] for _ in bars]
        elif line.startswith("|"):
            for column, words in _in_columns(line, bars):
                row[column].append(words)


def _in_columns(line: str, bars: Sequence[int]) -> Iterator[tuple[int, str]]:
    """Yield the words between the bars of a line of a row, with the column that they begin in."""
    places = [0, *accumulate(map(width_of, line))]
    found = [
        (column, index)
        for index, (place, char) in enumerate(zip(places, line, strict=False))
        for column in [bars.index(place) if place in bars else -1]
        if char == "|" and column >= 0
    ]
    for (column, start), (_, end) in pairwise(found):
        yield column, line[start + 1 : end].strip()


def _of_markdown(content: bytes) -> Iterator[str]:
    tokens = MarkdownIt("commonmark").enable("table").parse(_decoded(content))
    rule = next((place for place, token in enumerate(tokens) if token.type == "hr"), None)
    if rule is None:
        raise UnreadableEditionError("the rule below what is said of the version is missing")
    yield from _of_tokens(tokens[:3])
    yield from _of_tokens(tokens[rule + 1 :])


def _of_tokens(tokens: Iterable[Token]) -> Iterator[str]:
    notes, bullet = 0, ""
    for token in tokens:
        notes += {"blockquote_open": 1, "blockquote_close": -1}.get(token.type, 0)
        bullet = f"{token.markup} " if token.type == "list_item_open" else bullet
        if token.type == "inline" and not notes:
            lines = "".join(map(_inline, token.children or ())).split(LINE)
            yield from filter(None, [f"{bullet}{lines[0]}", *lines[1:]])
            bullet = ""
        elif token.type not in _FRAMES:
            raise UnreadableEditionError(f"it has {token.type}, which no edition has")


_FRAMES = {
    "inline",
    *(
        f"{name}_{side}"
        for name in ("heading", "paragraph", "blockquote", "bullet_list", "list_item")
        for side in ("open", "close")
    ),
    *(
        f"{n}_{side}"
        for n in ("table", "thead", "tbody", "tr", "th", "td")
        for side in ("open", "close")
    ),
}


def _inline(token: Token) -> str:
    if token.type in {"text", "text_special"}:
        return token.content
    if token.type == "html_inline" and token.content == "<br>":
        return LINE
    if token.type in {"link_open", "link_close"}:
        return ""
    raise UnreadableEditionError(f"it has {token.type} in its words, which no edition has")


READABLE: Mapping[EditionKind, Callable[[bytes], Iterator[str]]] = {
    EditionKind.XML: _of_xml,
    EditionKind.MD: _of_markdown,
    EditionKind.TXT: _of_text,
}
"""The kinds of file that can be read back without what they need to be made."""
