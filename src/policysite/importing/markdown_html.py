"""Markdown with HTML in it, as the page that it is a short form of: line for line, so that notes name the lines of the file."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from markdown_it.renderer import RendererHTML

from policysite.importing.markdown_source import file_parser
from policysite.importing.printed_marks import beginning_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.token import Token

_COMMENT = re.compile(r"\s*(?:<!--.*?-->\s*)+", re.DOTALL)
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_NOT_A_NAME = re.compile(r"[^\w\- ]")
_HIDDEN = {"front_matter"}
_LONGEST_BEGINNING = 200


@cache
def _renderer() -> RendererHTML:
    found = file_parser().renderer
    assert isinstance(found, RendererHTML)  # noqa: S101 - the parser was made with no other
    return found


def has_html(text: str) -> bool:
    """Whether *text*, the whole of a file, has more HTML in it than comments and line breaks."""
    for token in file_parser().parse(text):
        pieces = [token.content] if token.type == "html_block" else []
        pieces += [c.content for c in token.children or () if c.type == "html_inline"]
        if any(not (_COMMENT.fullmatch(piece) or _BREAK.fullmatch(piece)) for piece in pieces):
            return True
    return False


def as_page(text: str, language: str = "") -> str:
    """Return *text* in *language* as a page on whose lines the same words are, as far as HTML can have them there."""
    page = _Page(language)
    tokens = file_parser().parse(text)
    for place, token in enumerate(tokens):
        page.add(token, tokens[place + 1 : place + 2])
    return "".join(page.found)


class _Page:
    def __init__(self, language: str) -> None:
        self._language = language
        self.found: list[str] = ["<!doctype html>"]
        self._line = 0
        self._names: dict[str, int] = {}
        self._numbers: list[tuple[str, int]] = []
        """The lists that are open: the sign behind their numbers, empty for bullets, and the next number."""

    def add(self, token: Token, after: Sequence[Token]) -> None:
        """Write a token; *after* is the one behind it, if there is one."""
        if token.type in _HIDDEN:
            return
        if token.map and token.nesting >= 0:
            self._go_to(token.map[0])
        if token.type.endswith("list_open"):
            start = int(token.attrGet("start") or 1) if token.type.startswith("ordered") else 0
            self._numbers.append((token.markup if token.type.startswith("ordered") else "", start))
        elif token.type.endswith("list_close"):
            self._numbers.pop()
        self._write(self._html(token, after))

    def _html(self, token: Token, after: Sequence[Token]) -> str:
        options = file_parser().options
        if token.type == "inline":
            return self._inline(token)
        if token.type == "heading_open":
            token.attrSet("id", self._name(after[0].content if after else ""))
        if token.type in {"html_block", "fence", "code_block"}:
            return _renderer().render([token], options, {}).rstrip("\n")
        if token.type == "ordered_list_open" and token.markup == ")":
            # HTML has no such marks: they are written.
            token.attrSet("style", "list-style:none")
        tag = _renderer().renderToken([token], 0, options, {}).strip("\n")
        if token.type == "list_item_open" and self._numbers[-1][0] == ")":
            sign, number = self._numbers[-1]
            self._numbers[-1] = sign, number + 1
            return f"{tag}{number}{sign} "
        return tag

    def _inline(self, token: Token) -> str:
        """Return the words of a block; a line of the source that a mark begins is one on the page too."""
        children = token.children or []
        following = ""
        for child in reversed(children):
            if child.type in {"softbreak", "hardbreak"}:
                if child.type == "softbreak" and beginning_of(following, self._language):
                    child.type = "hardbreak"
                following = ""
            else:
                following = (child.content + following)[:_LONGEST_BEGINNING]
        return _renderer().renderInline(children, file_parser().options, {})

    def _name(self, heading: str) -> str:
        """Return the name that a heading has for links, as most programs that show Markdown make it."""
        name = _NOT_A_NAME.sub("", heading.strip().lower()).replace(" ", "-")
        count = self._names.get(name, 0)
        self._names[name] = count + 1
        return f"{name}-{count}" if count else name

    def _go_to(self, line: int) -> None:
        if line > self._line:
            self._write("\n" * (line - self._line))

    def _write(self, text: str) -> None:
        self._line += text.count("\n")
        self.found.append(text)
