"""A site's own style sheet: it sets colours, fonts, borders and spacing, and neither hides, moves nor writes a word.

Readers see a text by way of a style sheet, so that one line of it can take an article away. What may be set stands in
:mod:`policysite.checks.style_values`; here the rules are read as browsers do, nested ones too, with escapes undone.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import rcssmin
import tinycss2

from policysite.base.problems import Code, Problem, excerpt
from policysite.checks.style_declarations import Declarations, TooMuchError, everything_in
from policysite.checks.style_selectors import Place, selectors_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

LARGEST = 256_000
"""Bytes of a style sheet. Those of a brand have a hundredth of that."""

_DEEPEST = 12
"""Rules and brackets in each other."""
_MOST_SELECTORS = 500
"""Selectors of one rule, with those of the rules around it."""
_MOST_NAMED = 50
"""Problems of one style sheet: it is mended in one step."""
_GROUPS = {"media", "supports", "layer", "container"}
# What a font may be told of; how large its letters are is not among it.
_FONT_FACE = frozenset(
    """
    font-family src font-style font-weight font-display unicode-range font-stretch font-feature-settings
    font-variation-settings
    """.split()  # noqa: SIM905 - a list of words is easier to read
)
_LOADING = frozenset(
    "url src image image-set -webkit-image-set element cross-fade -webkit-cross-fade paint".split()  # noqa: SIM905
)
_RUNNING = frozenset({"expression", "attr", "env"})
_ELSEWHERE = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|[/\\]")
_SENTINEL = "policysite-end"
# Comments and blanks between rules are left out.
_TIDY = (True, True)
_REMEDY = (
    "Remove it: a style sheet sets colours, fonts, borders and spacing, and nothing that could hide, move, cover or reword "
    "a text."
)


def check_style_sheet(
    text: str, path: str, files: Collection[str] | None = None
) -> Iterator[Problem]:
    """Yield what in the style sheet *path* with this *text* loads something, writes words or could hide a text, by line.

    *files* are the names of those that it may load, seen from where it stands; None if they are not known.
    """
    found = _Sheet(path, files).read(text)
    # What is published is the sheet without its comments and blanks; it must not be another one.
    again = [] if found else _Sheet(path, files).read(rcssmin.cssmin(text))
    yield from (found or [replace(problem, line=0) for problem in again])[:_MOST_NAMED]


class _Sheet:
    """A style sheet while it is read."""

    def __init__(self, path: str, files: Collection[str] | None) -> None:
        self._path = path
        self._files = files
        self._problems: list[Problem] = []
        self._declarations = Declarations()

    def read(self, text: str) -> list[Problem]:
        """Read the whole sheet and return what is wrong with it."""
        rules = tinycss2.parse_stylesheet(f"{text}\n{_SENTINEL}{{}}", *_TIDY)
        last = rules.pop() if rules else None
        if (
            last is None
            or last.type != "qualified-rule"
            or tinycss2.serialize(last.prelude) != _SENTINEL
        ):
            found = "Found a bracket, a comment or a quotation mark that is not closed."
            self._report(
                0, found, "Close it: what follows in the page's style sheet would be part of it."
            )
            return self._problems
        try:
            _check_depth(rules)
            self._declarations.note_variables(rules)
            self._rules(rules, Place())
        except TooMuchError as error:
            self._report(error.line, f"Found {error}.", "Write the rules out, and fewer of them.")
            return self._problems
        remedy = "Choose another colour, and one for dark pages beside the one for light ones."
        for line, message in self._declarations.palette.hidden():
            self._report(line, message, remedy)
        return self._problems

    def _report(self, line: int, message: str, remedy: str = _REMEDY) -> None:
        self._problems.append(Problem(self._path, line, Code.UNSAFE_STYLE, message, remedy))

    def _rules(self, rules: Iterable[Any], place: Place) -> None:
        for rule in rules:
            if rule.type == "declaration":
                self._declaration(rule, place)
            elif rule.type == "qualified-rule":
                self._style_rule(rule, place)
            elif rule.type == "at-rule":
                self._at_rule(rule, place)
            else:
                found = f"Found what browsers read in different ways: {rule.message}."
                self._report(rule.source_line, found)

    def _style_rule(self, rule: Any, place: Place) -> None:
        selectors = selectors_of(rule.prelude, place.selectors)
        if not selectors:
            self._report(rule.source_line, "Found a rule without a selector that can be read.")
        elif len(selectors) > _MOST_SELECTORS:
            found = f"{len(selectors)} selectors of one rule; expected at most {_MOST_SELECTORS}"
            raise TooMuchError(rule.source_line, found)
        elif not self._loads(rule.prelude, "a selector", rule.source_line):
            inside = place.for_selectors(selectors)
            self._rules(tinycss2.parse_blocks_contents(rule.content, *_TIDY), inside)

    def _at_rule(self, rule: Any, place: Place) -> None:
        name, line = rule.lower_at_keyword, rule.source_line
        if name == "import":
            self._report(
                line, "Found '@import', which loads another style sheet, of whatever host."
            )
        elif self._loads(rule.prelude, f"'@{name}'", line):
            return
        elif name in _GROUPS and (rule.content is not None or name == "layer"):
            condition = tinycss2.serialize(rule.prelude) if name == "media" else name
            parse = tinycss2.parse_blocks_contents if place.selectors else tinycss2.parse_rule_list
            self._rules(parse(rule.content or [], *_TIDY), place.under(condition))
        elif name == "font-face" and rule.content is not None:
            self._font_face(rule)
        elif name != "charset" or tinycss2.serialize(rule.prelude).strip().lower() != '"utf-8"':
            self._report(line, f"Found '@{rule.at_keyword}', which could hide or change a text.")

    def _font_face(self, rule: Any) -> None:
        for inner in tinycss2.parse_blocks_contents(rule.content, *_TIDY):
            line = inner.source_line
            if inner.type != "declaration" or inner.lower_name not in _FONT_FACE:
                found = excerpt(getattr(inner, "name", "a rule"))
                self._report(
                    line, f"Found {found} in '@font-face', which could make letters vanish."
                )
            else:
                may_load = inner.lower_name == "src"
                self._loads(inner.value, f"'{inner.name}'", line, may_load=may_load)

    def _declaration(self, declaration: Any, place: Place) -> None:
        name, line = declaration.name, declaration.source_line
        name = name if name.startswith("--") else declaration.lower_name
        written = excerpt(f"{name}: {tinycss2.serialize(declaration.value).strip()}")
        beside = place.is_furniture and name.startswith(("background", "--"))
        if self._loads(
            declaration.value, written, line, may_load=beside or name.startswith("--icon-")
        ):
            return
        if why := self._declarations.wrong(name, declaration, place):
            self._report(line, f"Found {written}{_of(place)}, {why}.")

    def _loads(
        self, values: Iterable[Any], where: str, line: int, *, may_load: bool = False
    ) -> bool:
        """Report what *values* load, from another host or at all; return whether there was anything to report."""
        for value in everything_in(values):
            if value.type == "error":
                self._report(line, f"Found {where}, which browsers read in different ways.")
                return True
            if value.type == "url" or (value.type == "function" and value.lower_name in _LOADING):
                if wrong := self._wrong_address(value, may_load=may_load):
                    found = f"Found the address {excerpt(_target(value))} in {where}{wrong}."
                    self._report(line, found)
                    return True
            elif value.type == "function" and value.lower_name in _RUNNING:
                found = f"Found '{value.lower_name}(…)' in {where}, whose value is not known here."
                self._report(line, found)
                return True
        return False

    def _wrong_address(self, value: Any, *, may_load: bool) -> str:
        """Return what is wrong with ``url(…)``, or what else loads something, to follow its address; empty if nothing is."""
        target = _target(value)
        if _ELSEWHERE.match(target) or ".." in target.split("/") or not target.strip():
            return ", which may be on another host; expected a file beside the style sheet"
        if not may_load or (value.type == "function" and value.lower_name != "url"):
            return "; only '@font-face' and what stands beside the text may load a file"
        if self._files is not None and re.split("[?#]", target)[0] not in self._files:
            return ", and there is no such file"
        return ""


def _check_depth(rules: Iterable[Any]) -> None:
    """Refuse brackets and rules in each other that are deeper than anybody writes.

    :raises TooMuchError: if there are any.
    """
    waiting = [(rule, 0) for rule in rules]
    while waiting:
        part, depth = waiting.pop()
        if depth > _DEEPEST:
            raise TooMuchError(
                part.source_line, f"rules or brackets in each other, more than {_DEEPEST} deep"
            )
        for name in ("prelude", "content", "arguments"):
            waiting += [(inner, depth + 1) for inner in getattr(part, name, None) or ()]


def _target(value: Any) -> str:
    """Return the address in ``url(…)``, with quotation marks or without; escapes are undone."""
    if value.type == "url":
        return str(value.value)
    return next((str(inner.value) for inner in value.arguments if inner.type == "string"), "")


def _of(place: Place) -> str:
    return f" for {excerpt(', '.join(s.text for s in place.selectors))}" if place.selectors else ""
