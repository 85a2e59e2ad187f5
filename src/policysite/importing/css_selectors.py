"""Selectors of style rules, compiled by cssselect2 within bounds."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import cssselect2
import tinycss2

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_LONGEST_SELECTOR = 200
"""Tokens: more are not written by hand, and take long to compile."""
_DEEPEST = 8


def compiled(selector: str, *, is_old: bool) -> list[Any]:
    """Return *selector*, compiled, with its names in small letters if the page is of the old kind.

    :raises SelectorError: if it is not understood.
    """
    tokens = list(tinycss2.parse_component_value_list(selector))
    everything = list(_all_tokens(tokens, 0))
    if len(everything) > _LONGEST_SELECTOR:
        raise cssselect2.SelectorError("it is too long")
    for before, token in pairwise(everything) if is_old else ():
        if token.type == "hash" or (before == "." and token.type == "ident"):
            token.value = token.value.lower()
    if is_old and everything and everything[0].type == "hash":
        everything[0].value = everything[0].value.lower()
    try:
        return list(cssselect2.compile_selector_list(tokens))
    except (NotImplementedError, SyntaxError) as error:
        raise cssselect2.SelectorError("it is not known") from error


def _all_tokens(tokens: Iterable[Any], depth: int) -> Iterator[Any]:
    if depth > _DEEPEST:
        raise cssselect2.SelectorError("it is nested too deep")
    for token in tokens:
        yield token
        yield from _all_tokens(
            getattr(token, "arguments", None) or getattr(token, "content", None) or (), depth + 1
        )
