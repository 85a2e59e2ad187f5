"""A Markdown file, read a second time: what Markdown itself would change in it or lose, which pandoc does not say."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt
from mdit_py_plugins.front_matter import front_matter_plugin

from policysite.markdown.lost_text import cells_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Any

    from markdown_it.token import Token

_MOST_SHOWN = 12


@dataclass(frozen=True)
class Loss:
    """What Markdown would not keep: ``line`` is that of the file, from 1; ``found`` and ``remedy`` are sentences."""

    line: int
    found: str
    remedy: str


@cache
def file_parser() -> MarkdownIt:
    """Return a parser of what pandoc is set to read."""
    markdown = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    return markdown.use(front_matter_plugin)


def checked(text: str) -> tuple[list[Loss], str]:
    """Return what Markdown would change in *text*, the whole of a file, or lose of it, and the words that it shows."""
    environment: dict[str, Any] = {}
    tokens = file_parser().parse(text, environment)
    losses = [
        *_lists(tokens),
        *_tables(tokens, text.split("\n")),
        *_definitions(tokens, environment.get("references", {})),
    ]
    return losses, " ".join(_words(tokens))


def _lists(tokens: Sequence[Token]) -> Iterator[Loss]:
    """Find lists whose numbers are not one after the other: Markdown keeps the first one, and counts the rest."""
    for place, token in enumerate(tokens):
        if token.type != "ordered_list_open":
            continue
        items = list(_items(tokens, place))
        first = int(items[0].info)
        counted = [str(first + n) for n in range(len(items))]
        wrong = next((n for n, i in enumerate(items) if i.info != counted[n]), None)
        if wrong is None:
            continue
        printed = _shown([item.info for item in items], items[0].markup)
        yield Loss(
            _line(items[wrong]),
            f"Found a list with the numbers “{printed}”, of which Markdown makes “{_shown(counted, items[0].markup)}”.",
            f"If it was published so, make text of its numbers in a copy of the file, with a backslash and an empty line "
            f"before each: {items[wrong].info}\\{items[wrong].markup}; else correct them.",
        )


def _items(tokens: Sequence[Token], place: int) -> Iterator[Token]:
    """Yield the items of the list that begins at *place*, without those of lists inside it."""
    level = tokens[place].level
    for token in tokens[place + 1 :]:
        if token.level == level and token.type == "ordered_list_close":
            return
        if token.level == level + 1 and token.type == "list_item_open":
            yield token


def _shown(numbers: Sequence[str], markup: str) -> str:
    shown = ", ".join(f"{number}{markup}" for number in numbers[:_MOST_SHOWN])
    return shown if len(numbers) <= _MOST_SHOWN else f"{shown} …"


def _tables(tokens: Sequence[Token], lines: Sequence[str]) -> Iterator[Loss]:
    """Find rows with more cells than the head of their table has."""
    columns = 0
    for token in tokens:
        if token.type == "table_open":
            columns = 0
        elif token.type == "th_open":
            columns += 1
        elif token.type == "tr_open" and columns:
            row = lines[_line(token) - 1]
            cells = cells_of(row.lstrip(" \t>"))
            if cells > columns:
                yield Loss(
                    _line(token),
                    f"Found a row of {cells} cells in a table of {columns} columns, whose last cells Markdown leaves out: "
                    f"{row.strip()[:80]!r}.",
                    "Correct the row in a copy of the file, or give the head as many cells.",
                )


def _definitions(
    tokens: Sequence[Token], definitions: Mapping[str, Mapping[str, Any]]
) -> Iterator[Loss]:
    """Find definitions of links that no link uses: nothing of them is shown."""
    children = [child for token in tokens for child in token.children or ()]
    used = {child.attrs.get("href", child.attrs.get("src")) for child in children}
    for label, definition in definitions.items():
        if definition["href"] not in used:
            yield Loss(
                definition["map"][0] + 1,
                f"Found the definition of the link {label!r}, which no link uses: Markdown shows nothing of it.",
                "Put a backslash before its '[' in a copy of the file, if it is text; else remove it.",
            )


def _words(tokens: Sequence[Token]) -> Iterator[str]:
    for token in tokens:
        if token.type in {"fence", "code_block"}:
            yield token.content
        for child in token.children or ():
            if child.type in {"text", "code_inline", "text_special"}:
                yield child.content


def _line(token: Token) -> int:
    return token.map[0] + 1 if token.map else 0
