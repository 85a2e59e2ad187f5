"""What a page's style draws before and after words, with the counters that it keeps.

https://www.w3.org/TR/css-lists-3/#auto-numbering says how counters nest.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import tinycss2

from policysite.importing.counter_styles import drawn

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from policysite.importing.css_cascade import Style

_PAIR = re.compile(r"([^\s\d+-][^\s]*)(?:\s+([+-]?[0-9]{1,9}))?")
_LARGEST = 1_000_000_000
_DEEPEST = 100
_COUNTERS = {"counter", "counters"}
_PICTURES = {"url", "image-set", "linear-gradient"}
_QUOTES = {"open-quote": "“", "close-quote": "”"}


class Counters:
    """The counters that are open. Each belongs to the element around the one that began it, and ends with that."""

    def __init__(self) -> None:
        self._open: dict[str, list[tuple[object, int]]] = {}

    def enter(self, style: Style, owner: object) -> None:
        """Take what the *style* of an element in *owner* does to counters."""
        for name, value in _pairs(style.get("counter-reset", ""), 0):
            scopes = self._open.setdefault(name, [])
            if scopes and scopes[-1][0] is owner:
                scopes.pop()
            if len(scopes) < _DEEPEST:
                scopes.append((owner, value))
        for name, value in _pairs(style.get("counter-increment", ""), 1):
            scopes = self._open.setdefault(name, []) or self._begin(name, owner)
            scopes[-1] = (scopes[-1][0], min(scopes[-1][1] + value, _LARGEST))
        for name, value in _pairs(style.get("counter-set", ""), 0):
            scopes = self._open.setdefault(name, []) or self._begin(name, owner)
            scopes[-1] = (scopes[-1][0], value)

    def leave(self, owner: object) -> None:
        """End the counters that began in *owner*."""
        for scopes in self._open.values():
            while scopes and scopes[-1][0] is owner:
                scopes.pop()

    def _begin(self, name: str, owner: object) -> list[tuple[object, int]]:
        self._open[name] = [(owner, 0)]
        return self._open[name]

    def text(self, content: str, element: HtmlElement) -> tuple[str, bool]:
        """Return the words of a ``content`` on *element*, and whether all of them are known."""
        found, known = [], True
        for token in tinycss2.parse_component_value_list(content):
            part = self._part(token, element)
            if part is None and token.type == "literal" and token.value == "/":
                # What follows is said instead of what is drawn.
                break
            known = known and part is not None
            found.append(part or "")
        return "".join(found), known

    def _part(self, token: Any, element: HtmlElement) -> str | None:
        """Return what one part of a ``content`` draws; None if that is not known."""
        if token.type == "string":
            return str(token.value)
        if token.type in {"whitespace", "comment", "url", "ident"}:
            return _QUOTES.get(token.lower_value, "") if token.type == "ident" else ""
        return self._function(token, element) if token.type == "function" else None

    def _function(self, token: Any, element: HtmlElement) -> str | None:
        arguments = [t for t in token.arguments if t.type in {"ident", "string"}]
        names = [str(t.value) for t in arguments]
        if token.lower_name == "attr":
            return element.get(names[0].lower(), "") if names else ""
        if token.lower_name in _PICTURES:
            return ""
        # The counter of list items is kept by the browser itself.
        if token.lower_name not in _COUNTERS or not names or names[0] == "list-item":
            return None
        return self._counted(names, all_of_them=token.lower_name == "counters")

    def _counted(self, names: list[str], *, all_of_them: bool) -> str | None:
        values = [value for _, value in self._open.get(names[0], [])] or [0]
        after = names[2 if all_of_them else 1 :]
        form = after[0].lower() if after else "decimal"
        if form == "none":
            return ""
        shown = [drawn(value, form) for value in (values if all_of_them else values[-1:])]
        if None in shown:
            return None
        joiner = names[1] if all_of_them and len(names) > 1 else ""
        return joiner.join(s for s in shown if s is not None)


def _pairs(text: str, default: int) -> list[tuple[str, int]]:
    if text in {"", "none"}:
        return []
    return [(m[1], int(m[2]) if m[2] else default) for m in _PAIR.finditer(text)]
