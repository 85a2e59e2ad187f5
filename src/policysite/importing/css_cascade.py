"""The style of every element of a page, as a browser works it out of the page's own rules.

https://www.w3.org/TR/css-cascade-5/ says which declaration wins.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import tinycss2

from policysite.importing import css_values
from policysite.importing.css_matching import Element, Matcher, Steps
from policysite.importing.css_media import without_space
from policysite.importing.css_rules import Rule, TooMuchStyleError, rules_in, sheets_of
from policysite.importing.css_values import INHERITED, INITIAL, Declaration
from policysite.importing.html_words import words_of
from policysite.importing.pieces import Note

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from lxml.html import HtmlElement

Style = dict[str, str]
"""Values by the names of their properties, those of the page's own (``--x``) among them."""

_BROWSER = """
area, base, basefont, datalist, head, link, meta, noembed, noframes, param, rp, script, style, template, title,
dialog:not([open]), [popover] { display: none }
noscript { display: none !important }
s, strike, del { text-decoration-line: line-through }
u, ins { text-decoration-line: underline }
b, strong, th, h1, h2, h3, h4, h5, h6 { font-weight: bold }
i, em, cite, dfn, var, address { font-style: italic }
ol { list-style-type: decimal }
ul, menu, dir { list-style-type: disc }
li { display: list-item }
address, article, aside, blockquote, body, center, dd, details, dialog[open], div, dl, dt, fieldset, figcaption, figure, footer,
form, h1, h2, h3, h4, h5, h6, header, hr, html, main, nav, ol, p, section, summary, ul { display: block }
pre, listing, plaintext, textarea { white-space: pre }
"""
_STEPS_OF_A_DECLARATION = 10
_MOST_SIBLINGS = 5_000
_LONGEST_VARIABLE = 2_000
_DEEPEST_VARIABLE = 8


@cache
def _browser_rules() -> tuple[Rule, ...]:
    return tuple(rules_in(_BROWSER))


class Cascade:
    """The rules of a page, and what of them cannot be known.

    :raises TooMuchStyleError: here and later, if a page has more style than can be looked at.
    """

    def __init__(self, page: HtmlElement, *, is_old: bool = False) -> None:
        sheets = sheets_of(page, is_old=is_old)
        self._is_old = is_old
        self.notes = sheets.notes
        self._steps = Steps()
        self._matcher = Matcher([*_browser_rules(), *sheets.rules], self._steps)
        self._has_rules = bool(sheets.rules)
        self._unsure: set[int] = set()
        self._page = page

    def root(self) -> Element:
        """Return the page as selectors see it."""
        found: Element = Element.from_html_root(self._page)
        found.steps, found.is_old = self._steps, self._is_old
        if self._has_rules:
            longest = max(map(len, self._page.iter()), default=0)
            if longest > _MOST_SIBLINGS:
                raise TooMuchStyleError(
                    f"it has style rules, and {longest:,} elements in one; expected at most {_MOST_SIBLINGS:,}"
                )
        return found

    def styles_of(self, element: Element, around: Style) -> dict[str, Style]:
        """Return the style of *element*, by an empty name, and those of what is drawn before, after and as its mark.

        *around* is the style of what it is in.
        """
        matched: dict[str, list[tuple[Any, ...]]] = {"": []}
        for specificity, order, pseudo, rule in self._matcher.match(element):
            self._steps.take(_STEPS_OF_A_DECLARATION * len(rule.declarations))
            if rule.applies is None:
                self._note_unsure(rule, element)
            else:
                found = matched.setdefault(pseudo or "", [])
                found += _ranked(rule.declarations, rule, (specificity, order))
        hidden = element.etree_element.get("hidden")
        if hidden is not None:
            # Below all rules of the page, and above those of the browser.
            is_found = hidden.strip().lower() == "until-found"
            hint = "content-visibility:hidden" if is_found else "display:none"
            matched[""] += [(0.5, (), (), 0, d) for d in css_values.inline_declarations(hint)]
        if style := element.etree_element.get("style"):
            matched[""] += _ranked(css_values.inline_declarations(style), None, ((), 0))
        own = _computed(matched.pop(""), around)
        if not around and own["display"] == "inline":
            # The outermost element is a block in any case.
            own["display"] = "block"
        parts = {name: _computed(found, own) for name, found in matched.items() if name in _DRAWN}
        return {"": own, **parts}

    def _note_unsure(self, rule: Rule, element: Element) -> None:
        """Say once of a rule that it may or may not have hidden what it is on."""
        hiding = next((d for d in rule.declarations if css_values.may_hide(d)), None)
        if hiding is None or id(rule) in self._unsure:
            return
        self._unsure.add(id(rule))
        words = words_of(element.etree_element)
        if words:
            self.notes.append(
                Note(
                    f"Whether readers saw “{words[:60]}” as it is here is not known: the page says {hiding.name}: "
                    f"{hiding.text} for some of them ({rule.condition[:60]}).",
                    element.etree_element.sourceline or rule.line,
                )
            )


_OF_BROWSER = {0, 5}
_DRAWN = {"before", "after", "marker"}


def _ranked(
    declarations: Iterable[Declaration], rule: Rule | None, matched: tuple[Any, ...]
) -> Iterator[tuple[Any, ...]]:
    """Yield declarations with what decides which of them wins, the larger over the smaller."""
    for place, declaration in enumerate(declarations):
        # 0 and 5 are the browser's own.
        if rule is None:
            level = 4 if declaration.important else 2
        elif rule.line:
            level = 3 if declaration.important else 1
        else:
            level = 5 if declaration.important else 0
        layer = rule.layer if rule else ()
        if declaration.important:
            layer = tuple(-rank for rank in layer)
        yield level, layer, matched, place, declaration


def _computed(found: list[tuple[Any, ...]], around: Style) -> Style:
    stated: dict[str, list[tuple[Any, ...]]] = {}
    for entry in sorted(found, key=lambda entry: entry[:-1]):
        stated.setdefault(entry[-1].name, []).append(entry)
    winners = {name: _not_reverted(entries) for name, entries in stated.items()}
    style = {**INITIAL, **{k: v for k, v in around.items() if k in INHERITED or k[:2] == "--"}}
    # The page's own properties are needed in the others.
    style.update({name: d.text for name, d in winners.items() if d and name.startswith("--")})
    for name, declaration in winners.items():
        if declaration and not name.startswith("--"):
            style[name] = _value(declaration, style, around)
    return style


def _not_reverted(entries: list[tuple[Any, ...]]) -> Declaration | None:
    """Return the declaration that wins, after those that give way to what is below them; None if nothing is."""
    while entries:
        level, layer, *_, declaration = entries[-1]
        if declaration.text == "revert":
            entries = [entry for entry in entries if entry[0] in _OF_BROWSER]
        elif declaration.text == "revert-layer":
            entries = [entry for entry in entries if entry[:2] < (level, layer)]
        else:
            return declaration  # type: ignore[no-any-return] # the library has no types
    return None


def _value(declaration: Declaration, style: Style, around: Style) -> str:
    name, text = declaration.name, declaration.text
    if "var(" in text:
        tokens = _substituted(declaration.tokens, style, 0)
        parsed = css_values.expanded(name, tokens, important=False) if tokens is not None else ()
        text = next((d.text for d in parsed if d.name == name), "unset")
    if text == "inherit" or (text in css_values.WIDE - {"initial"} and name in INHERITED):
        return around.get(name, INITIAL[name])
    if text in css_values.WIDE:
        return INITIAL[name]
    if name == "font-size":
        size = css_values.size_in(text, float(_number(around.get(name, ""))))
        return around.get(name, "16") if size is None else f"{size}"
    if name == "content":
        return (
            tinycss2.serialize(declaration.tokens).strip()
            if "var(" not in declaration.text
            else text
        )
    return around.get("color", "") if text == "currentcolor" else text


def _number(text: str) -> float:
    found = css_values.number_of(text)
    return 16.0 if found is None else found


def _substituted(tokens: Sequence[Any], style: Style, depth: int) -> list[Any] | None:
    """Return *tokens* with the page's own properties in the place of ``var()``; None if one has no value."""
    found: list[Any] = []
    for token in tokens:
        if token.type != "function" or token.lower_name != "var":
            found.append(token)
            continue
        arguments = without_space(token.arguments)
        name = arguments[0].value if arguments and arguments[0].type == "ident" else ""
        text = style.get(name)
        if text is not None and len(text) <= _LONGEST_VARIABLE:
            inner: Sequence[Any] = tinycss2.parse_component_value_list(text)
        elif len(arguments) > 2:
            inner = arguments[2:]
        else:
            return None
        replaced = _substituted(inner, style, depth + 1) if depth < _DEEPEST_VARIABLE else None
        if replaced is None or len(found) + len(replaced) > _LONGEST_VARIABLE:
            return None
        found += replaced
    return found
