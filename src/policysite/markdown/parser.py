"""The Markdown that MyST reads, parsed without MyST, so that a text can be checked before Sphinx runs."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from markdown_it import MarkdownIt
from mdit_py_plugins.attrs import attrs_block_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.front_matter import front_matter_plugin
from mdit_py_plugins.myst_blocks import myst_block_plugin
from mdit_py_plugins.myst_role import myst_role_plugin

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from markdown_it.token import Token


@cache
def parser() -> MarkdownIt:
    """Return a parser that reads what MyST reads, and HTML too, so that it can be refused."""
    markdown = MarkdownIt("commonmark", {"html": True}).enable("table")
    # Escaped characters stay apart, so that "\\*" is not taken for a star left over from emphasis.
    markdown.disable("text_join")
    return (
        markdown.use(front_matter_plugin)
        .use(myst_block_plugin)
        .use(myst_role_plugin)
        .use(footnote_plugin, inline=False, move_to_end=False, always_match_refs=True)
        .use(attrs_block_plugin)
    )


@lru_cache(maxsize=16)
def parse(text: str) -> tuple[Sequence[Token], Mapping[str, Any]]:
    """Return the tokens of *text* and the definitions of links in it; once, as several checks read a document.

    Neither must be changed.
    """
    environment: dict[str, Any] = {}
    return parser().parse(text, environment), environment.get("references", {})
