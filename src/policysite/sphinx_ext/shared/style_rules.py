"""What a site needs of a theme's style sheet.

A theme has rules for everything that documentation may contain; a policy has little of it, and its readers often have a
slow connection. Rules stay if an element that they ask for can be on a page at all. Left and right become start and end, so
that they hold for languages that are written from right to left; but not where a text asks for a side itself.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import tinycss2

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from collections.abc import Set as AbstractSet

_ELEMENTS = """
html body a abbr address article b blockquote button caption cite code col colgroup dd details
div dl dt em figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr i img input label li main
mark nav ol p q s section small span strong sub summary sup svg symbol table tbody td template
tfoot th thead time tr u ul use
"""
ELEMENTS = frozenset(_ELEMENTS.split())
"""Elements that pages and policy texts may have."""

_SIDES = {"left": "start", "right": "end"}
# Properties whose values name a side, with what the logical names of it begin with.
_OF_SIDES = {
    "text-align": "",
    "float": "inline-",
    "clear": "inline-",
    "transition": "inset-inline-",
}
_BOX = re.compile(r"(margin|padding|border)-(left|right)(.*)")
_SIDE = re.compile(r"(?<![\w-])(left|right)(?![\w-])")
# What Markdown's tables and figures have for the side that their author chose.
_CHOSEN = re.compile(r"\.(?:align|text)-(?:left|right)")
_WORD = re.compile(r"[\w-]+")
_USED_PROPERTY = re.compile(r"var\(\s*(--[\w-]+)")
_PLAIN_USE = re.compile(r"var\(\s*(--[\w-]+)\s*\)")
_OF_THE_WHOLE_PAGE = "body{"


def words_of(texts: Iterable[str]) -> frozenset[str]:
    """Return every word of *texts* (templates, scripts) that may be a class or an id."""
    return frozenset().union(*map(_words_of_one, texts))


# Builds of one process ask for the words of the same templates and scripts.
@lru_cache(maxsize=256)
def _words_of_one(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text))


# Builds of one process ask for the same style sheet, whose parsing takes longer than reading a short policy.
@lru_cache(maxsize=8)
def needed_rules(
    style: str, words: frozenset[str], elsewhere: str = "", without: tuple[str, ...] = ()
) -> str:
    """Return *style* with only the rules whose classes and ids are among *words*, and no selector that has one of *without*.

    Custom properties stay if the rest, or the style sheets in *elsewhere*, use them; those with one value on the whole page,
    which *elsewhere* does not name, are replaced by it.
    """
    rules = tinycss2.parse_stylesheet(style, skip_comments=True, skip_whitespace=True)
    kept = list(_needed(rules, words, without))
    plain = _plain_values(kept, elsewhere)
    for rule in kept:
        rule.fill_in(plain)
    used = _used_properties(kept, elsewhere)
    return "".join(rule.text(used) for rule in kept)


class _Rule:
    """A rule that is kept: its selectors with its declarations, or a text that stays as it is."""

    def __init__(self, before: str, content: list[Any], after: str = "") -> None:
        self.before, self.after = before, after
        self.declarations = [
            (
                declaration.name,
                _logical(declaration.name, tinycss2.serialize([declaration]), before),
            )
            for declaration in tinycss2.parse_blocks_contents(content)
            if declaration.type == "declaration"
        ]

    def fill_in(self, values: Mapping[str, str]) -> None:
        """Put the *values* of custom properties where they are used."""
        self.declarations = [(name, _filled(text, values)) for name, text in self.declarations]

    def text(self, used: AbstractSet[str]) -> str:
        """Return the rule without the custom properties that are not among *used*."""
        kept = [d for name, d in self.declarations if not name.startswith("--") or name in used]
        if not kept and self.declarations:
            return ""
        # A serialized declaration brings its semicolon; the last needs none.
        return f"{self.before}{''.join(kept).removesuffix(';')}{self.after}"


class _Media:
    """The rules of one ``@media``."""

    def __init__(self, condition: str, rules: list[_Rule | _Media]) -> None:
        self.condition, self.rules = condition, rules

    @property
    def declarations(self) -> list[tuple[str, str]]:
        """All declarations inside."""
        return [declaration for rule in self.rules for declaration in rule.declarations]

    def fill_in(self, values: Mapping[str, str]) -> None:
        """Put the *values* of custom properties where they are used."""
        for rule in self.rules:
            rule.fill_in(values)

    def text(self, used: AbstractSet[str]) -> str:
        """Return the rules that have something left."""
        inner = "".join(rule.text(used) for rule in self.rules)
        return f"@media{self.condition}{{{inner}}}" if inner else ""


def _logical(name: str, text: str, selectors: str) -> str:
    """Return a declaration with start and end in place of left and right."""
    if _CHOSEN.search(selectors):
        return text
    value = text.partition(":")[2]
    if box := _BOX.fullmatch(name):
        return f"{box[1]}-inline-{_SIDES[box[2]]}{box[3]}:{value}"
    if name in _SIDES:
        return f"inset-inline-{_SIDES[name]}:{value}"
    if name in _OF_SIDES:
        before = _OF_SIDES[name]
        return f"{name}:{_SIDE.sub(lambda side: before + _SIDES[side[1]], value)}"
    return text


def _plain_values(rules: list[_Rule | _Media], elsewhere: str) -> dict[str, str]:
    """Return the custom properties that have one value, on the whole page, with it; not those that *elsewhere* names."""
    count = Counter(name for rule in rules for name, _ in rule.declarations)
    whole = [r for r in rules if isinstance(r, _Rule) and r.before == _OF_THE_WHOLE_PAGE]
    named = set(_WORD.findall(elsewhere))
    return {
        name: text.partition(":")[2].removesuffix(";").strip()
        for rule in whole
        for name, text in rule.declarations
        if name.startswith("--") and count[name] == 1 and name not in named
    }


def _filled(text: str, values: Mapping[str, str]) -> str:
    def value(use: re.Match[str]) -> str:
        return _filled(values[use[1]], values) if use[1] in values else use[0]

    return _PLAIN_USE.sub(value, text)


def _used_properties(rules: list[_Rule | _Media], elsewhere: str) -> set[str]:
    """Return the custom properties that are used, also by others that are used."""
    uses: dict[str, set[str]] = {}
    used = set(_USED_PROPERTY.findall(elsewhere))
    for rule in rules:
        # Other at-rules stay as they are, with what they use.
        if isinstance(rule, _Rule) and not rule.declarations:
            used |= set(_USED_PROPERTY.findall(rule.before))
    for name, text in (d for rule in rules for d in rule.declarations):
        found = set(_USED_PROPERTY.findall(text))
        if name.startswith("--"):
            uses.setdefault(name, set()).update(found)
        else:
            used |= found
    waiting = list(used)
    while waiting:
        new = uses.get(waiting.pop(), set()) - used
        used |= new
        waiting += new
    return used


def _needed(
    rules: list[Any], words: AbstractSet[str], without: tuple[str, ...]
) -> Iterator[_Rule | _Media]:
    for rule in rules:
        if rule.type == "qualified-rule":
            selectors = [s for s in _selectors(rule.prelude) if _may_match(s, words)]
            texts = [tinycss2.serialize(selector) for selector in selectors]
            names = ",".join(t for t in texts if not any(part in t for part in without))
            if names:
                yield _Rule(f"{names}{{", rule.content, "}")
        elif rule.type == "at-rule" and rule.lower_at_keyword == "media" and rule.content:
            inner = tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True)
            yield _Media(tinycss2.serialize(rule.prelude), list(_needed(inner, words, without)))
        else:
            yield _Rule(tinycss2.serialize([rule]), [])


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
