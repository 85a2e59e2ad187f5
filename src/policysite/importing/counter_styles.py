"""How a number is drawn before the item of a list, by the name that a page, a Word file or pandoc gives the form."""

from __future__ import annotations

import tomllib
from functools import cache
from typing import TYPE_CHECKING, Any

from policysite.base.package import PACKAGE

if TYPE_CHECKING:
    from collections.abc import Mapping

_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"),
    (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_ROMANS = {"lower-roman", "upper-roman"}
_ZEROS = "decimal-leading-zero"
_REPEATED = "-repeated"
_LARGEST = 9_999
"""Of numbers in words, and of letters."""


@cache
def _styles() -> Mapping[str, Any]:
    return tomllib.loads(
        (PACKAGE / "importing" / "counter_styles.toml").read_text(encoding="utf-8")
    )


def word_style(name: str) -> str:
    """Return the form that WordprocessingML calls *name*, by its name here; empty if it is not known."""
    found: str = _styles()["word"].get(name, "")
    return found


def item_mark(style: str, delimiter: str, number: int) -> str:
    """Return the mark that a list draws before its item *number*; *style* and *delimiter* are pandoc's words."""
    shown = drawn(number, _styles()["pandoc"].get(style, "decimal")) or str(number)
    if delimiter == "TwoParens":
        return f"({shown})"
    return f"{shown})" if delimiter == "OneParen" else f"{shown}."


def drawn(number: int, style: str) -> str | None:
    """Return *number* in the form *style* (``lower-roman``), or in digits if that has no such number; None if the form is not known."""
    styles = _styles()
    style = styles["same"].get(style, style)
    if style == _ZEROS:
        return f"{number:02}"
    if digits := styles["digits"].get(style):
        return "".join(digits[int(d)] if d.isdecimal() else d for d in str(number))
    if not _is_form(style):
        return None
    if not 0 < number <= _LARGEST:
        return str(number)
    return _in_letters(number, style) or str(number)


def _is_form(style: str) -> bool:
    name = style.removesuffix(_REPEATED)
    kinds = ("symbols", "additive", "letters")
    return name in _ROMANS or any(name in _styles()[kind] for kind in kinds)


def _in_letters(number: int, style: str) -> str:
    """Return *number* in a form without digits; empty if that has no such number."""
    styles = _styles()
    if style in _ROMANS:
        return _roman(number).upper() if style.startswith("upper") else _roman(number)
    if symbols := styles["symbols"].get(style):
        return str(symbols[number - 1]) if number <= len(symbols) else ""
    if form := styles["additive"].get(style):
        return _in_words(number, form)
    symbols = styles["letters"][style.removesuffix(_REPEATED)]
    return (_repeated if style.endswith(_REPEATED) else _column)(number, symbols)


def _roman(number: int) -> str:
    """Return *number* in small Roman numerals."""
    found = ""
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        found += letters * count
    return found


def _column(number: int, symbols: str) -> str:
    """Return a number as columns are called: z, aa, ab."""
    found = ""
    while number:
        number, place = divmod(number - 1, len(symbols))
        found = symbols[place] + found
    return found


def _repeated(number: int, symbols: str) -> str:
    """Return a number as Word draws it: z, aa, bb."""
    times, place = divmod(number - 1, len(symbols))
    return symbols[place] * (times + 1)


def _in_words(number: int, form: Mapping[str, Any]) -> str:
    """Return a number with what stands for ten, a hundred and a thousand."""
    digits, units = form["digits"], form["units"]
    found, gap = "", False
    for power in (3, 2, 1, 0):
        digit = number // 10**power % 10
        if not digit:
            gap = bool(found)
            continue
        if gap and not form.get("silent"):
            found += digits[0]
        gap = False
        leads = digit == 1 and power and (form.get("every") or (power == 1 and not found))
        found += ("" if leads and form.get("bare") else digits[digit]) + (
            units[power - 1] if power else ""
        )
    return found
