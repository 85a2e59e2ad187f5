"""Whether a group of style rules applies for a reader at a desk: a screen 1280 pixels wide, in light colours.

https://www.w3.org/TR/mediaqueries-4/ and https://www.w3.org/TR/css-conditional-3/ say what the conditions mean. What cannot be
known of a reader is ``None``, and stays so through "and", "or" and "not".
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import tinycss2

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_WIDTH, _HEIGHT = 1280.0, 800.0
_LENGTHS = {"px": 1.0, "em": 16.0, "rem": 16.0, "pt": 4 / 3, "cm": 37.8, "in": 96.0, "mm": 3.78}
_TYPES = {"all": True, "screen": True}
"""All other types are of other devices: print, speech, and those of old."""
_FEATURES = {
    "orientation": "landscape", "hover": "hover", "any-hover": "hover", "pointer": "fine", "any-pointer": "fine",
    "prefers-color-scheme": "light", "prefers-reduced-motion": "no-preference", "prefers-contrast": "no-preference",
    "prefers-reduced-transparency": "no-preference", "forced-colors": "none", "inverted-colors": "none", "update": "fast",
    "scripting": "enabled", "display-mode": "browser", "grid": "0", "monochrome": "0",
}  # fmt: skip
_SIZES = {"width": _WIDTH, "height": _HEIGHT, "device-width": _WIDTH, "device-height": _HEIGHT}

_SPACES = {"whitespace", "comment"}

Known = bool | None


def media_applies(prelude: Sequence[Any]) -> Known:
    """Return whether a list of media queries applies; an empty one does."""
    queries = split(prelude, ",")
    if not any(queries):
        return True
    return _any([_query(query) for query in queries])


def supports_applies(prelude: Sequence[Any]) -> Known:
    """Return whether what ``@supports`` asks for is there: today's browsers have what is asked, as far as that is known."""
    words = without_space(prelude)
    has_not = any(t.type == "ident" and t.lower_value == "not" for t in words)
    return None if has_not or not words else True


def _any(values: Sequence[Known]) -> Known:
    if any(value is True for value in values):
        return True
    return None if any(value is None for value in values) else False


def all_apply(values: Sequence[Known]) -> Known:
    """Return whether all of several conditions apply."""
    if any(value is False for value in values):
        return False
    return None if any(value is None for value in values) else True


def without_space(tokens: Iterable[Any]) -> list[Any]:
    """Return *tokens* that are neither white space nor comments."""
    return [token for token in tokens if token.type not in _SPACES]


def split(tokens: Sequence[Any], sign: str, *, spaces: bool = False) -> list[list[Any]]:
    """Return *tokens* in parts, between each *sign*; white space is among them if *spaces*."""
    found: list[list[Any]] = [[]]
    for token in tokens:
        if token.type == "literal" and token.value == sign:
            found.append([])
        elif spaces or token.type not in _SPACES:
            found[-1].append(token)
    return found


def _query(tokens: list[Any]) -> Known:
    """Return whether one query applies: ``not print``, ``screen and (min-width: 40em)``."""
    first = tokens[0].lower_value if tokens and tokens[0].type == "ident" else ""
    if first == "only":
        return _query(tokens[1:])
    if first == "not":
        inner = _query(tokens[1:])
        return None if inner is None else not inner
    if first:
        rest = tokens[1:]
        is_type = _TYPES.get(first, False)
        if not rest:
            return is_type
        follows = rest[0].type == "ident" and rest[0].lower_value == "and"
        return all_apply([is_type, _condition(rest[1:])]) if follows else None
    return _condition(tokens)


def _condition(tokens: list[Any]) -> Known:
    if not tokens:
        return None
    if tokens[0].type == "ident" and tokens[0].lower_value == "not":
        inner = _condition(tokens[1:])
        return None if inner is None else not inner
    values: list[Known] = []
    joiners = set()
    for place, token in enumerate(tokens):
        if place % 2:
            joiners.add(token.lower_value if token.type == "ident" else "")
        elif token.type == "() block":
            inside = without_space(token.content)
            is_nested = inside and (
                inside[0].type == "() block"
                or (inside[0].type == "ident" and inside[0].lower_value == "not")
            )
            values.append(_condition(inside) if is_nested else _feature(inside))
        else:
            return None
    if joiners <= {"and"}:
        return all_apply(values)
    return _any(values) if joiners == {"or"} else None


def _feature(tokens: list[Any]) -> Known:
    """Return whether one feature is there: ``min-width: 40em``, ``width >= 600px``, ``hover``."""
    if not tokens:
        return None
    name, colon, value = tokens[0], tokens[1:2], tokens[2:]
    if name.type == "ident" and not colon:
        plain = _FEATURES.get(name.lower_value)
        if name.lower_value in _SIZES or name.lower_value == "color":
            return True
        return None if plain is None else plain not in {"none", "0", "no-preference"}
    if name.type == "ident" and colon[0] == ":":
        return _is(name.lower_value, value)
    return _range(tokens)


def _is(name: str, value: list[Any]) -> Known:
    bare = name.removeprefix("min-").removeprefix("max-")
    if bare in _SIZES and len(value) == 1:
        length = _length(value[0])
        if length is None:
            return None
        if name.startswith("min-"):
            return _SIZES[bare] >= length
        return _SIZES[bare] <= length if name.startswith("max-") else _SIZES[bare] == length
    if name in _FEATURES and len(value) == 1:
        return bool(tinycss2.serialize(value).strip().lower() == _FEATURES[name])
    return None


def _range(tokens: list[Any]) -> Known:
    """Return whether ``400px <= width < 90em``, or a half of it, is so."""
    parts: list[list[Any]] = [[]]
    signs: list[str] = []
    for token in tokens:
        if token.type == "literal" and token.value in {"<", ">", "=", "<=", ">="}:
            if not parts[-1] and signs:
                signs[-1] += token.value
                continue
            signs.append(token.value)
            parts.append([])
        else:
            parts[-1].append(token)
    numbers = [_operand(part) for part in parts]
    if len(numbers) < 2 or any(number is None for number in numbers):
        return None
    return all(
        _compare(left or 0, sign, right or 0)
        for left, sign, right in zip(numbers, signs, numbers[1:], strict=False)
    )


def _compare(left: float, sign: str, right: float) -> bool:
    if sign[0] == "=":
        return left == right
    if sign[0] == "<":
        return left < right or (sign == "<=" and left == right)
    return left > right or (sign == ">=" and left == right)


def _operand(tokens: list[Any]) -> float | None:
    if len(tokens) != 1:
        return None
    if tokens[0].type == "ident":
        return _SIZES.get(tokens[0].lower_value)
    return _length(tokens[0])


def _length(token: Any) -> float | None:
    if token.type == "number" and token.value == 0:
        return 0.0
    if token.type == "dimension" and token.lower_unit in _LENGTHS:
        return float(token.value * _LENGTHS[token.lower_unit])
    return None
