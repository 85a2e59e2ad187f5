"""What a site needs of a theme's style sheet.

A theme has rules for everything that documentation may contain; a policy has little of it, and its readers often have a
slow connection. Rules stay if an element that they ask for can be on a page at all.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import tinycss2

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from collections.abc import Set as AbstractSet

_ELEMENTS = """
html body a abbr address article b blockquote button caption cite code col colgroup dd details
div dl dt em figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr i img input label li main
mark nav ol p q s section small span strong sub summary sup svg symbol table tbody td template
tfoot th thead time tr u ul use
"""
ELEMENTS = frozenset(_ELEMENTS.split())
"""Elements that pages and policy texts may have."""

_WORD = re.compile(r"[\w-]+")
_USED_PROPERTY = re.compile(r"var\(\s*(--[\w-]+)")


def words_of(texts: Iterable[str]) -> set[str]:
    """Return every word of *texts* (templates, scripts) that may be a class or an id."""
    return {word for text in texts for word in _WORD.findall(text)}


def needed_rules(style: str, words: AbstractSet[str], elsewhere: str = "") -> str:
    """Return *style* with only the rules whose classes and ids are among *words*.

    Custom properties stay if the rest, or the style sheets in *elsewhere*, use them.
    """
    rules = tinycss2.parse_stylesheet(style, skip_comments=True, skip_whitespace=True)
    kept = "".join(_needed(rules, words))
    while True:
        used = set(_USED_PROPERTY.findall(kept + elsewhere))
        fewer = _without_unused(kept, used)
        if fewer == kept:
            return kept
        kept = fewer


def _needed(rules: list[Any], words: AbstractSet[str]) -> Iterator[str]:
    for rule in rules:
        if rule.type == "qualified-rule":
            selectors = [s for s in _selectors(rule.prelude) if _may_match(s, words)]
            if selectors:
                names = ",".join(tinycss2.serialize(selector) for selector in selectors)
                yield f"{names}{{{tinycss2.serialize(rule.content)}}}"
        elif rule.type == "at-rule" and rule.lower_at_keyword == "media" and rule.content:
            inner = tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True)
            if content := "".join(_needed(inner, words)):
                yield f"@media{tinycss2.serialize(rule.prelude)}{{{content}}}"
        else:
            yield tinycss2.serialize([rule])


def _selectors(prelude: list[Any]) -> list[list[Any]]:
    selectors: list[list[Any]] = [[]]
    for part in prelude:
        if part == ",":
            selectors.append([])
        else:
            selectors[-1].append(part)
    return selectors


def _may_match(selector: list[Any], words: AbstractSet[str]) -> bool:
    """Whether all classes, ids and elements that *selector* asks for may be on a page."""
    before: Any = None
    for part in selector:
        if part.type == "hash" and part.value not in words:
            return False
        if part.type == "ident":
            if before == ".":
                if part.value not in words:
                    return False
            elif before != ":" and part.lower_value not in ELEMENTS:
                return False
        before = part
    return True


def _without_unused(style: str, used: AbstractSet[str]) -> str:
    """Return *style* without the custom properties that are not among *used*."""
    rules = tinycss2.parse_stylesheet(style)
    return "".join(_with_properties(rules, used))


def _with_properties(rules: list[Any], used: AbstractSet[str]) -> Iterator[str]:
    for rule in rules:
        if rule.type == "at-rule" and rule.lower_at_keyword == "media" and rule.content:
            inner = "".join(_with_properties(tinycss2.parse_rule_list(rule.content), used))
            yield f"@media{tinycss2.serialize(rule.prelude)}{{{inner}}}"
        elif rule.type == "qualified-rule":
            declarations = tinycss2.parse_blocks_contents(rule.content)
            kept = [
                tinycss2.serialize([d])
                for d in declarations
                if d.type == "declaration" and (not d.name.startswith("--") or d.name in used)
            ]
            # A serialized declaration brings its semicolon; the last needs none.
            content = "".join(kept).removesuffix(";")
            yield f"{tinycss2.serialize(rule.prelude)}{{{content}}}" if kept else ""
        else:
            yield tinycss2.serialize([rule])
