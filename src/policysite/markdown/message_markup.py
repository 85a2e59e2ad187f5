"""What a message means to Markdown: whether it is one paragraph, what it says, and what in it is more than words."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from policysite.base.problems import Code
from policysite.markdown.parser import parser
from policysite.markdown.source_markup import is_seen
from policysite.markdown.text_bounds import TooLargeError, check_size

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from markdown_it.token import Token

_MOST_SIGNS = 2_000
"""Signs in a message that may be markup."""
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
_BLOCK_CODES = {
    "code_block": Code.CATALOG_DIRECTIVE,
    "fence": Code.CATALOG_DIRECTIVE,
    "html_block": Code.CATALOG_HTML,
}
# A file of the machine, a folder above, or another way to say so.
_FILE = re.compile(r"[/\\]|file:|[a-zA-Z]:[/\\]|(?:.*[/\\])?\.\.(?:[/\\]|$)", re.IGNORECASE)
# What is printed literally because it did not become the markup that was meant.
_LEFT_OVER = re.compile(
    r"(?P<emphasis>[*_])|(?P<substitution>\{\{|\}\})|(?P<markup>`|\{[\w:.-]+\}`)|(?P<link>\]\()"
)
_LEFT_OVER_CODES = {
    "emphasis": Code.CATALOG_EMPHASIS,
    "substitution": Code.CATALOG_SUBSTITUTION,
    "markup": Code.CATALOG_MARKUP,
    "link": Code.CATALOG_LINK,
}
_TOKENS = {
    "strong_open": (Code.CATALOG_EMPHASIS, "strong"),
    "em_open": (Code.CATALOG_EMPHASIS, "emphasis"),
    "link_open": (Code.CATALOG_LINK, "link to {0[href]}"),
    "image": (Code.CATALOG_MARKUP, "image {0[src]}"),
    "code_inline": (Code.CATALOG_MARKUP, "`{1}`"),
    "html_inline": (Code.CATALOG_HTML, "{1}"),
    "footnote_ref": (Code.CATALOG_MARKUP, "footnote {2[label]}"),
}
# The roles by which bold and italics are written before a Korean particle.
_EMPHASIS = {"strong", "emphasis"}
_VISIBLE = {"text", "text_special", "code_inline", "myst_role"}


class Mark(NamedTuple):
    """Something in a message that is more than words; ``code`` names the rule that it belongs to."""

    code: Code
    text: str


def why_too_large(message: str) -> str:
    """Return what of *message* is larger than any; empty if nothing is, and the other functions may be asked."""
    try:
        check_size(message, most_signs=_MOST_SIGNS)
        _blocks(message)
        _inline(message)
    except TooLargeError as error:
        return f"{error}"
    return ""


def why_dropped(msgstr: str) -> tuple[Code, str] | None:
    """Return why Sphinx would not publish *msgstr* whole, or None if it would."""
    tokens, references = _blocks(msgstr)
    kinds = [token.type for token in tokens if token.level == 0 and token.nesting >= 0]
    kinds = [kind for kind in kinds if kind != "inline"]
    if kinds != ["paragraph_open"]:
        others = [kind for kind in kinds if kind != "paragraph_open"]
        if kinds and not others:
            return Code.CATALOG_DROPPED, f"is {len(kinds)} paragraphs"
        kind = others[0] if others else ""
        reason = f"is read as {_BLOCKS.get(kind, 'something other than a paragraph')}"
        return _BLOCK_CODES.get(kind, Code.CATALOG_DROPPED), reason
    reasons = {
        "ends with '# noqa', which is removed": _NOQA.search(msgstr),
        "begins with a line of attributes": tokens[0].attrs,
        "defines a link": references,
        "has a hard line break": any(t.type == "hardbreak" for t in tokens[1].children or ()),
    }
    found = next((reason for reason, is_so in reasons.items() if is_so), "")
    return (Code.CATALOG_DROPPED, found) if found else None


@lru_cache(maxsize=100_000)
def plain_text(msgstr: str) -> str | None:
    """Return what a reader sees of a message that is nothing but words, or None for any other."""
    if why_too_large(msgstr):
        return None
    tokens, _ = _blocks(msgstr)
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


@lru_cache(maxsize=100)
def _blocks(message: str) -> tuple[Sequence[Token], Mapping[str, Any]]:
    """Return the blocks of *message* and the links that it defines, parsed once for all rules."""
    environment: dict[str, Any] = {}
    return parser().parse(message, environment), environment.get("references", {})


@lru_cache(maxsize=100)
def _inline(message: str) -> tuple[Token, ...]:
    """Return the tokens of *message* as the words of one block, which it is: "1. Name" of a table is not a list.

    Each rule reads the same two messages, so they are parsed once.
    """
    (block,) = parser().parseInline(message)
    return tuple(block.children or ())


def _names_something(token: Token) -> bool:
    """Whether *token* is a role that stands for what it names, as opposed to words that it emphasises."""
    return token.type == "myst_role" and token.meta["name"] not in _EMPHASIS


def visible_parts(message: str) -> list[str]:
    """Return the stretches of *message* that a reader sees, each as it must be on the page, in order.

    What roles print is not known here, so it is left out.
    """
    parts = [""]
    for token in _inline(message):
        if _names_something(token):
            parts.append("")
        elif token.type in _VISIBLE:
            parts[-1] += token.content
        elif token.type == "softbreak":
            parts[-1] += " "
    return [" ".join(part.split()) for part in parts if part.strip()]


def visible_text(message: str) -> str:
    """Return the words of *message*, without targets of links and with what is in roles and code."""
    words: list[str] = []
    for token in _inline(message):
        if token.type in _VISIBLE or token.type == "image":
            words.append(token.content)
        elif token.type == "softbreak":
            words.append(" ")
    return "".join(words)


def prose(message: str) -> str:
    """Return the words of *message* that can be translated: without code, and without what names something."""
    words: list[str] = []
    for token in _inline(message):
        if token.type in _VISIBLE - {"code_inline"} and not _names_something(token):
            words.append(token.content)
        elif token.type != "text":
            words.append(" ")
    return "".join(words)


def outside_links(message: str) -> str:
    """Return the words of *message* that are in no link."""
    words: list[str] = []
    inside = 0
    for token in _inline(message):
        inside += token.nesting if token.type in {"link_open", "link_close"} else 0
        if token.type in _VISIBLE and not inside and not _names_something(token):
            words.append(token.content)
        elif token.type == "softbreak":
            words.append(" ")
    return "".join(words)


def links_without_words(message: str) -> list[str]:
    """Return where those links of *message* lead that a reader cannot see."""
    found: list[str] = []
    opened: list[tuple[str, bool]] = []
    for token in _inline(message):
        if token.type == "link_open":
            opened.append((str(token.attrs.get("href", "")), False))
        elif token.type == "link_close":
            target, has_words = opened.pop()
            found += [] if has_words else [target]
        elif opened and is_seen(token):
            opened[-1] = opened[-1][0], True
    return found


def markup(text: str) -> Counter[Mark]:
    """Return what in *text* is more than words: emphasis, roles, links, images, code, footnotes, HTML."""
    found: Counter[Mark] = Counter()
    for token in _inline(text):
        found.update(_token_markup(token))
    return found


def _token_markup(token: Token) -> list[Mark]:
    if token.type == "myst_role":
        name = token.meta["name"]
        if not _names_something(token):
            return [Mark(Code.CATALOG_EMPHASIS, name)]
        code = Code.CATALOG_PATH if _FILE.match(token.content) else Code.CATALOG_MARKUP
        return [Mark(code, f"{{{name}}}`{token.content}`")]
    if token.type == "text":
        return [
            Mark(_LEFT_OVER_CODES[match.lastgroup or ""], match[0])
            for match in _LEFT_OVER.finditer(token.content)
        ]
    if token.type not in _TOKENS:
        return []
    code, pattern = _TOKENS[token.type]
    target = str(token.attrs.get("href") or token.attrs.get("src") or "")
    if _FILE.match(target):
        code = Code.CATALOG_PATH
    title = f" “{token.attrs['title']}”" if "title" in token.attrs else ""
    return [Mark(code, pattern.format(token.attrs, token.content, token.meta) + title)]
