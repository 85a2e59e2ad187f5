"""The markup that a text may have: a closed list, so that what the check lets through is built.

MyST and Sphinx know some hundred roles, kinds of links and attributes. Most lead to what a policy does not have, some bring in
files, and what is unknown ends the build.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

from policysite.base.problems import Code, Problem, excerpt, quoted
from policysite.markdown.parser import DIRECTIVE, parse
from policysite.markdown.text_bounds import TooLargeError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from markdown_it.token import Token

FORMATS = (
    *("strong", "emphasis", "literal", "code", "sub", "subscript", "sup", "superscript"),
    *("abbr", "dfn", "kbd", "samp"),
)
"""Roles that print their words and lead nowhere."""
REFERENCES = ("policy:provision", "doc")
SCHEMES = ("http", "https", "mailto", "tel")
"""Of addresses outside the site. MyST reads others (``path:``, ``inv:``, ``project:``) as references of its own."""

_LONGEST_TARGET = 1_000
_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*):")
_NO_NOTE_IN = {"heading_open": "a heading", "footnote_reference_open": "a footnote"}
# What Markdown itself sets on an element.
_OWN_ATTRIBUTES = {"ordered_list_open": {"start"}, "th_open": {"style"}, "td_open": {"style"}}
_REFERENCE_REMEDY = (
    "Write {policy:provision}`art-9` for a provision, or [text](1.5.md) for another document."
)


class _Found(NamedTuple):
    """What is wrong, before it is known where."""

    message: str
    remedy: str
    code: Code = Code.UNKNOWN_MARKUP
    role: str = ""


def check_markup(
    tokens: Sequence[Token], path: str, roles: Sequence[str] = ()
) -> Iterator[Problem]:
    """Yield the markup among *tokens*, those of the text *path*, that a text may not have, or that says nothing.

    *roles* are those that it may have besides those of every text.
    """
    yield from _headings(tokens, path)
    yield from _footnotes(tokens, path)
    for place, token in enumerate(tokens):
        found = [*_attributes(token), *_block(tokens, place)]
        if token.type == "inline":
            found += [fault for fault in _inline(token.children or ()) if fault.role not in roles]
        line = token.map[0] + 1 if token.map else 1
        for message, remedy, code, _role in found:
            yield Problem(path, line, code, message, remedy)


def check_version_markup(text: str, path: str) -> Iterator[Problem]:
    """Yield the markup in *text*, that of the version *path*, to which docutils would give an id that moves with each edit."""
    try:
        tokens, _ = parse(text)
    except TooLargeError:
        # Who reads the text as a text says so.
        return
    remedy = "Write its words in the text, as a paragraph or in brackets."
    around: list[str] = []
    for token in tokens:
        if token.nesting:
            around = [*around, token.type] if token.nesting > 0 else around[:-1]
        line = token.map[0] + 1 if token.map else 1
        match = DIRECTIVE.match(token.info) if token.type == "fence" else None
        what = ""
        if match and match[1] == "table" and token.info[match.end() :].strip():
            what = "a table with a title"
        elif any(child.type == "footnote_ref" for child in token.children or ()):
            # Headings are cited, and a note stands at the end of what names it.
            inside = [_NO_NOTE_IN[name] for name in around if name in _NO_NOTE_IN]
            what = f"a footnote in {inside[0]}" if inside else ""
        if what:
            found = (
                f"Found {what}, which has no place in the text of a version: nothing could cite it."
            )
            yield Problem(path, line, Code.UNKNOWN_MARKUP, found, remedy)


def _headings(tokens: Sequence[Token], path: str) -> Iterator[Problem]:
    level = 0
    for token in tokens:
        if token.type == "heading_open":
            found = int(token.tag[1:])
            if found > level + 1 and level:
                message = f"Found a heading of level {found} after one of level {level}."
                remedy = f"Write it with '{'#' * (level + 1)} ', or put the heading between them."
                line = token.map[0] + 1 if token.map else 1
                yield Problem(path, line, Code.UNKNOWN_MARKUP, message, remedy)
            level = found


def _footnotes(tokens: Sequence[Token], path: str) -> Iterator[Problem]:
    """Find footnotes without a text, texts without a footnote, and two texts of one."""
    asked: dict[str, int] = {}
    given: Counter[str] = Counter()
    lines: dict[str, int] = {}
    for token in tokens:
        line = token.map[0] + 1 if token.map else 1
        if token.type in {"footnote_open", "footnote_reference_open"}:
            label = str(token.meta.get("label", ""))
            given[label] += 1
            lines[label] = line
        for child in token.children or ():
            if child.type == "footnote_ref":
                asked.setdefault(str(child.meta.get("label", "")), line)
    remedy = "Write each footnote once, like '[^1]' in the text and '[^1]: …' below it."
    for label, line in asked.items():
        if label not in given:
            message = f"Found the footnote {label!r}, whose text is not there."
            yield Problem(path, line, Code.UNKNOWN_MARKUP, message, remedy)
    for label, count in given.items():
        if count > 1 or label not in asked:
            what = "stands twice" if count > 1 else "belongs to no word"
            message = f"Found the text of the footnote {label!r}, which {what}."
            yield Problem(path, lines[label], Code.UNKNOWN_MARKUP, message, remedy)


def _attributes(token: Token) -> Iterator[_Found]:
    """Find attributes in ``{…}`` before a block, other than the id of a provision."""
    if token.type.startswith("myst_"):
        # It is no text, which is said of it.
        return
    for name, value in token.attrs.items():
        if name == "class":
            message = (
                f"Found the class {value!r}, which could hide the text or show it as another one."
            )
            yield _Found(message, "Remove it; a text looks as its provisions do.")
        elif name != "id" and name not in _OWN_ATTRIBUTES.get(token.type, ()):
            message = f"Found the attribute {name!r}, which has no effect on a text."
            yield _Found(message, "Remove it; only an id like {#art-9} may stand there.")


def _block(tokens: Sequence[Token], place: int) -> Iterator[_Found]:
    token = tokens[place]
    if token.type == "myst_target":
        message = f"Found the label {excerpt(token.content)}, which no link may lead to."
        yield _Found(message, _REFERENCE_REMEDY)
    elif token.type == "hr":
        before = next((t for t in reversed(tokens[:place]) if t.type != "front_matter"), None)
        after = tokens[place + 1] if place + 1 < len(tokens) else None
        begins = before is None or before.type in {"heading_close", "hr"}
        if token.level or begins or after is None:
            message = "Found a rule that stands between nothing."
            yield _Found(message, "Write it between two paragraphs, or remove it.")


def _inline(children: Iterable[Token]) -> Iterator[_Found]:
    opened: list[tuple[str, bool]] = []
    for child in children:
        if child.type == "link_open":
            target = str(child.attrs.get("href", ""))
            opened.append((target, False))
            yield from _link(target)
        elif child.type == "link_close":
            target, has_words = opened.pop()
            if not has_words:
                message = f"Found a link to {excerpt(target)} without words, which no reader sees."
                yield _Found(message, "Write the words in its brackets, or remove it.")
            if has_words and opened:
                opened[-1] = opened[-1][0], True
        elif opened and is_seen(child):
            opened[-1] = opened[-1][0], True
        if child.type == "image":
            yield from _link(str(child.attrs.get("src", "")))
        if child.type == "myst_role":
            yield from _role(child.meta["name"], child.content)


def is_seen(token: Token) -> bool:
    """Whether *token*, one of the words of a link, is something that a reader sees to click on."""
    if token.type == "myst_role":
        return True
    return token.type in {"text", "text_special", "code_inline"} and any(
        not letter.isspace() and letter.isprintable() for letter in token.content
    )


def unusable_target(target: str) -> str:
    """Return why nothing can be asked where *target* leads to, the address of a link or an image; empty if it can."""
    plain = unquote(target)
    if len(plain) > _LONGEST_TARGET:
        return f"has {len(plain):,} characters; expected at most {_LONGEST_TARGET:,}"
    return "" if plain.isprintable() else "has a character that is not printed"


def _link(target: str) -> Iterator[_Found]:
    if why := unusable_target(target):
        found = f"Found the address {excerpt(target)}, which {why}."
        yield _Found(found, _REFERENCE_REMEDY, Code.UNSAFE_SOURCE)
        return
    match = _SCHEME.match(target)
    if match and match[1] not in SCHEMES:
        message = f"Found a link to {excerpt(target)}; expected {quoted(SCHEMES)}, or a document."
        yield _Found(message, _REFERENCE_REMEDY)


def _role(name: str, content: str) -> Iterator[_Found]:
    if name not in FORMATS and name not in REFERENCES:
        message = f"Found the role {name!r}, which a text may not have."
        # Roles of Sphinx for programming languages end a build where they stand.
        code = Code.UNSAFE_SOURCE if ":" in name else Code.UNKNOWN_MARKUP
        yield _Found(message, f"Use only {quoted((*FORMATS, *REFERENCES))}.", code, name)
    elif why := unusable_target(content.replace("\n", " ")):
        found = f"Found the role {name!r} whose content {why}."
        yield _Found(found, "Write it in plain words.", Code.UNSAFE_SOURCE)
    elif not content.strip():
        yield _Found(f"Found the role {name!r} without words.", "Write them, or remove the role.")
