"""Reading JSON of others, and refusing what two programs could read in different ways."""

from __future__ import annotations

import json
from typing import Any, NoReturn


class RepeatedKeyError(ValueError):
    """An object with the same key twice: programs would differ in which of the two they take."""


def read_json(content: bytes | str) -> Any:
    """Return what *content* says; its numbers must be integers.

    :raises ValueError: if it is not valid JSON in UTF-8, nested too deeply, or has a duplicate key, a lone surrogate, or a
        number that programs read differently.
    """
    try:
        text = content if isinstance(content, str) else content.decode()
        found = json.loads(
            text,
            object_pairs_hook=_without_repeated_keys,
            parse_float=_refuse,
            parse_constant=_refuse,
        )
        # A lone surrogate can be written in JSON, and is not text.
        json.dumps(found, ensure_ascii=False).encode()
    except RecursionError:
        raise ValueError("it is nested too deeply") from None
    return found


def _without_repeated_keys(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise RepeatedKeyError(key)
        found[key] = value
    return found


def _refuse(number: str) -> NoReturn:
    raise ValueError(f"it has the number {number[:20]}; expected integers")
