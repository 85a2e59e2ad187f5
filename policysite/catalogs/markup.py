"""What a message means to Markdown: whether it is one paragraph, what it says, and what in it is more than words."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from policysite.markdown import parser

if TYPE_CHECKING:
    from markdown_it.token import Token

_NOQA = re.compile(r"(?<!\\)#\s*noqa\s*$")

_BLOCKS = {
    "ordered_list_open": "a numbered list",
    "bullet_list_open": "a list",
    "heading_open": "a heading",
    "blockquote_open": "a quotation",
    "code_block": "an indented block",
    "fence": "a directive or code block",
    "html_block": "HTML",
    "hr": "a rule",
}


def why_dropped(msgstr: str) -> str:
    """Return why Sphinx would not publish *msgstr* whole, or an empty string."""
    if _NOQA.search(msgstr):
        return "ends with '# noqa', which is removed"
    tokens = parser().parse(msgstr)
    kinds = [token.type for token in tokens if token.level == 0 and token.nesting >= 0]
    kinds = [kind for kind in kinds if kind != "inline"]
    if kinds != ["paragraph_open"]:
        others = [kind for kind in kinds if kind != "paragraph_open"]
        if kinds and not others:
            return f"is {len(kinds)} paragraphs"
        kind = others[0] if others else ""
        return f"is read as {_BLOCKS.get(kind, 'something other than a paragraph')}"
    if tokens[0].attrs:
        return "begins with a line of attributes"
    return ""


def plain_text(msgstr: str) -> str | None:
    """Return what a reader sees of a message that is nothing but words, or None for any other."""
    tokens = parser().parse(msgstr)
    if [token.type for token in tokens] != ["paragraph_open", "inline", "paragraph_close"]:
        return None
    if _NOQA.search(msgstr) or tokens[0].attrs:
        return None
    words: list[str] = []
    for token in tokens[1].children or ():
        if token.type not in {"text", "text_special", "softbreak"}:
            return None
        words.append("\n" if token.type == "softbreak" else token.content)
    return "".join(words)


def markup(text: str) -> Counter[str]:
    """Return what in *text* is more than words: emphasis, roles, links, images, code, footnotes, HTML."""
    found: Counter[str] = Counter()
    for block in parser().parse(text):
        for token in block.children or ():
            found.update(_token_markup(token))
    return found


def _token_markup(token: Token) -> list[str]:
    if token.type == "myst_role":
        name = token.meta["name"]
        # These roles are how bold and italics are written before a Korean particle.
        return [name if name in {"strong", "emphasis"} else f"{{{name}}}`{token.content}`"]
    if token.type == "text":
        # Stars that were meant to be emphasis, and would be printed.
        return ["*"] * token.content.count("*")
    pattern = {
        "strong_open": "strong",
        "em_open": "emphasis",
        "link_open": "link to {0[href]}",
        "image": "image {0[src]}",
        "code_inline": "`{1}`",
        "html_inline": "{1}",
        "footnote_ref": "footnote {2[label]}",
    }.get(token.type)
    return [pattern.format(token.attrs, token.content, token.meta)] if pattern else []
