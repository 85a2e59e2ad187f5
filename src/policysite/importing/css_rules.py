"""The style rules of a page, in the order in which they win over each other: nothing is fetched for them.

https://www.w3.org/TR/css-cascade-5/ says which wins; selectors are compiled by cssselect2.
"""

from __future__ import annotations

import base64
import binascii
import math
import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote_to_bytes

import cssselect2
import tinycss2

from policysite.importing import css_media
from policysite.importing.css_selectors import compiled
from policysite.importing.css_values import declarations_of, may_hide
from policysite.importing.pieces import Note

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from lxml.html import HtmlElement

    from policysite.importing.css_values import Declaration

MOST_STYLE = 4_000_000
MOST_RULES = 30_000
_DEEPEST = 8
# Browsers drop a rule whose selector they do not know, and none knows those of all others.
_OF_A_VENDOR = re.compile(r"::?-(?:moz|ms|webkit|o|khtml)-", re.IGNORECASE)
_GROUPS = {"media", "supports", "layer", "container", "scope", "starting-style", "document"}
_DATA = re.compile(r"data:text/css[^,]*?(;base64)?,", re.IGNORECASE)


class TooMuchStyleError(ValueError):
    """The page has more style than can be looked at; the message says how much."""


@dataclass(frozen=True)
class Rule:
    """A selector with its declarations. ``applies`` is None where that cannot be known; ``layer`` says which layer goes before."""

    selector: Any
    declarations: tuple[Declaration, ...]
    layer: tuple[float, ...]
    applies: css_media.Known
    line: int
    condition: str = ""


@dataclass
class Sheets:
    """All rules of a page, and what of its style cannot be known."""

    rules: list[Rule] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)


@dataclass(frozen=True)
class _Around:
    """What a rule stands in."""

    applies: css_media.Known = True
    layer: tuple[str, ...] = ()
    parent: str = ""
    condition: str = ""
    depth: int = 0


def sheets_of(page: HtmlElement, *, is_old: bool) -> Sheets:
    """Return the rules of *page*, which may be of the old kind where capitals of names do not matter.

    :raises TooMuchStyleError: if there are more than any page has.
    """
    reader = _Reader(is_old=is_old)
    for element in page.iter("style", "link"):
        if any(around.tag in {"noscript", "template"} for around in element.iterancestors()):
            continue
        applies = css_media.media_applies(_tokens(element.get("media", "")))
        if applies is False:
            continue
        around = _Around(applies, condition=f"media={element.get('media')}")
        if element.tag == "link":
            reader.link(element, around)
        elif element.get("type", "text/css").strip().lower() in {"", "text/css"}:
            reader.sheet(element.text or "", (element.sourceline or 1) - 1, around)
    return reader.found


def _tokens(text: str) -> list[Any]:
    return list(tinycss2.parse_component_value_list(text))


def rules_in(text: str) -> list[Rule]:
    """Return the rules of a sheet that no page has: their line is 0."""
    reader = _Reader(is_old=False)
    reader.sheet(text, 0, _Around())
    return [replace(rule, line=0) for rule in reader.found.rules]


class _Reader:
    """Reads one sheet after the other. Layers are known by the order in which they are first named."""

    def __init__(self, *, is_old: bool) -> None:
        self.found = Sheets()
        self._is_old = is_old
        self._layers: dict[tuple[str, ...], int] = {}
        self._characters = 0
        self._offset = 0
        self._unnamed = 0
        self._compiled: dict[str, list[Any]] = {}

    def link(self, element: HtmlElement, around: _Around) -> None:
        kinds = element.get("rel", "").lower().split()
        if "stylesheet" not in kinds or "alternate" in kinds or element.get("disabled") is not None:
            return
        address = element.get("href", "")
        line = element.sourceline or 0
        if match := _DATA.match(address):
            content = unquote_to_bytes(address[match.end() :])
            try:
                decoded = base64.b64decode(content) if match[1] else content
            except binascii.Error:
                decoded = b""
            self.sheet(decoded.decode(errors="replace"), line - 1, around)
        elif address:
            self._unread(address, line)

    def _unread(self, address: str, line: int) -> None:
        self.found.notes.append(
            Note(
                f"The style sheet {address[:80]!r} is not in the file, so what it hid, struck out, or drew is not known: "
                "compare the text with what readers saw, or save the page as one file.",
                line,
            )
        )

    def sheet(self, text: str, offset: int, around: _Around) -> None:
        """Read the text of a sheet whose first line is the one after *offset*."""
        self._characters += len(text)
        if self._characters > MOST_STYLE:
            raise TooMuchStyleError(
                f"its style has {self._characters:,} characters; expected at most {MOST_STYLE:,}"
            )
        self._offset = offset
        self._rules(
            tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True), around
        )

    def _rules(self, rules: Iterable[Any], around: _Around) -> None:
        if around.depth > _DEEPEST:
            return
        for rule in rules:
            if rule.type == "qualified-rule":
                self._rule(rule, around)
            elif rule.type == "at-rule":
                self._at_rule(rule, around)

    def _at_rule(self, rule: Any, around: _Around) -> None:
        name = rule.lower_at_keyword
        if name == "import":
            self._import(rule)
        elif name == "layer" and rule.content is None:
            for layer in _names(rule.prelude):
                self._rank((*around.layer, *layer))
        elif name in _GROUPS and rule.content is not None:
            inside = self._inside(rule, name, around)
            if inside.applies is not False:
                self._block(rule, inside)

    def _import(self, rule: Any) -> None:
        words = css_media.without_space(rule.prelude)
        if (
            not words
            or css_media.media_applies([t for t in words[1:] if t.type != "function"]) is False
        ):
            return
        address = (
            words[0].value if words[0].type in {"url", "string"} else tinycss2.serialize(words[:1])
        )
        self._unread(str(address), self._offset + rule.source_line)

    def _inside(self, rule: Any, name: str, around: _Around) -> _Around:
        applies: css_media.Known = None
        layer = around.layer
        if name == "media":
            applies = css_media.media_applies(rule.prelude)
        elif name == "supports":
            applies = css_media.supports_applies(rule.prelude)
        elif name == "layer":
            applies = True
            names = _names(rule.prelude) or [(f" {self._unnamed}",)]
            self._unnamed += 1
            layer = (*layer, *names[0])
            self._rank(layer)
        both = css_media.all_apply([applies, around.applies])
        condition = (
            around.condition if applies else f"@{name} {tinycss2.serialize(rule.prelude).strip()}"
        )
        return _Around(both, layer, around.parent, condition, around.depth + 1)

    def _block(self, rule: Any, around: _Around) -> None:
        if around.parent:
            # In a rule, declarations may stand in a group by themselves.
            self._style(around.parent, rule, around)
        else:
            self._rules(
                tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True),
                around,
            )

    def _rule(self, rule: Any, around: _Around) -> None:
        selector = tinycss2.serialize(rule.prelude).strip()
        if around.parent:
            inner = [
                tinycss2.serialize(part).strip()
                for part in css_media.split(rule.prelude, ",", spaces=True)
            ]
            whole = f":is({around.parent})"
            selector = ", ".join(
                part.replace("&", whole) if "&" in part else f"{whole} {part}" for part in inner
            )
        self._style(selector, rule, around)

    def _style(self, selector: str, rule: Any, around: _Around) -> None:
        """Take the declarations in *rule*, and the rules in it."""
        content = tinycss2.parse_blocks_contents(
            rule.content, skip_comments=True, skip_whitespace=True
        )
        declarations = tuple(declarations_of(c for c in content if c.type == "declaration"))
        line = self._offset + rule.source_line
        if declarations:
            self._add(selector, declarations, around, line)
        nested = [c for c in content if c.type in {"qualified-rule", "at-rule"}]
        if nested:
            self._rules(nested, replace(around, parent=selector, depth=around.depth + 1))

    def _add(
        self, selector: str, declarations: tuple[Declaration, ...], around: _Around, line: int
    ) -> None:
        try:
            if selector not in self._compiled:
                self._compiled[selector] = compiled(selector, is_old=self._is_old)
        except cssselect2.SelectorError as error:
            if not _OF_A_VENDOR.search(selector) and any(map(may_hide, declarations)):
                self.found.notes.append(
                    Note(
                        f"The style rule {selector[:60]!r} is not understood ({error}), and may have hidden words or struck "
                        "them out: compare them with what readers saw.",
                        line,
                    )
                )
            return
        layer = tuple(float(self._rank(around.layer[: n + 1])) for n in range(len(around.layer)))
        for one in self._compiled[selector]:
            self.found.rules.append(
                Rule(one, declarations, (*layer, math.inf), around.applies, line, around.condition)
            )
        if len(self.found.rules) > MOST_RULES:
            raise TooMuchStyleError(f"it has more than {MOST_RULES:,} style rules")

    def _rank(self, layer: tuple[str, ...]) -> int:
        return self._layers.setdefault(layer, len(self._layers))


def _names(prelude: Sequence[Any]) -> list[tuple[str, ...]]:
    """Return the names of layers, each by its parts."""
    parts = [tinycss2.serialize(part).strip() for part in css_media.split(prelude, ",")]
    return [tuple(part.split(".")) for part in parts if part]
