"""The Markdown that MyST reads, parsed without MyST, so that a text can be checked before Sphinx runs."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from policysite.markdown.text_bounds import TooLargeError, check_blocks, check_size, check_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from markdown_it import MarkdownIt
    from markdown_it.rules_core import StateCore
    from markdown_it.token import Token

DIRECTIVE = re.compile(r"\{([^}]*)\}(?=\s|$)")
"""How the first line of a fence names a directive."""
MYST_EXTENSIONS = ("attrs_block", "deflist")
"""What MyST reads beyond its own: ids on the line before a block, and lists of definitions."""
_DEEPEST = 2
"""Directives in each other."""


@cache
def parser() -> MarkdownIt:
    """Return a parser that reads what MyST reads, and HTML too, so that it can be refused.

    It raises :class:`TooLargeError` where a block is larger than any.
    """
    # Here, as a build that finds nothing changed reads no text.
    from markdown_it import MarkdownIt  # noqa: PLC0415
    from mdit_py_plugins.attrs import attrs_block_plugin  # noqa: PLC0415
    from mdit_py_plugins.deflist import deflist_plugin  # noqa: PLC0415
    from mdit_py_plugins.footnote import footnote_plugin  # noqa: PLC0415
    from mdit_py_plugins.front_matter import front_matter_plugin  # noqa: PLC0415
    from mdit_py_plugins.myst_blocks import myst_block_plugin  # noqa: PLC0415
    from mdit_py_plugins.myst_role import myst_role_plugin  # noqa: PLC0415

    markdown = MarkdownIt("commonmark", {"html": True}).enable("table")
    # Escaped characters stay apart, so that "\\*" is not taken for a star left over from emphasis.
    markdown.disable("text_join")
    markdown.core.ruler.after("block", "block_bounds", _check_blocks)
    markdown.core.ruler.after("inline", "word_bounds", _check_words)
    return (
        markdown.use(front_matter_plugin)
        .use(myst_block_plugin)
        .use(myst_role_plugin)
        .use(footnote_plugin, inline=False, move_to_end=False, always_match_refs=True)
        .use(attrs_block_plugin)
        .use(deflist_plugin)
    )


def note_sign(label: str) -> str:
    """Return what is printed for the footnote *label*, in the text of a version and before the note: [1]."""
    return f"[{label}]"


def _check_blocks(state: StateCore) -> None:
    check_blocks(state.tokens)


def _check_words(state: StateCore) -> None:
    check_words(state.tokens)


@lru_cache(maxsize=64)
def parse(text: str) -> tuple[Sequence[Token], Mapping[str, Any]]:
    """Return the tokens of *text* and the definitions of links in it; once, as several checks read a document.

    Neither must be changed.

    :raises TooLargeError: if the text, or one in its directives, is larger than any.
    """
    check_size(text)
    environment: dict[str, Any] = {}
    tokens = parser().parse(text, environment)
    _check_directives(tokens, 0, 1)
    return tokens, environment.get("references", {})


def _check_directives(tokens: Iterable[Token], offset: int, depth: int) -> None:
    for token in tokens:
        if token.type != "fence" or not DIRECTIVE.match(token.info):
            continue
        line = offset + (token.map[0] if token.map else 0) + 1
        if depth > _DEEPEST:
            raise TooLargeError(line, f"directives in each other, more than {_DEEPEST} deep")
        try:
            inner = parser().parse(token.content, {})
        except TooLargeError as error:
            raise TooLargeError(line + error.line, f"{error}") from error
        _check_directives(inner, line, depth + 1)
