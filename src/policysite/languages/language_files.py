"""Reads what is particular to a language: one TOML file a language, and one for scripts."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from typing import TYPE_CHECKING, Any

from babel.core import Locale, get_global, parse_locale

from policysite.base.package import PACKAGE

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

FOLDER = PACKAGE / "languages"
DEFAULT = "default"
_SCRIPTS = "scripts"
_MACRO = re.compile(r"\{([A-Z_]+)(?:\|([a-z_]*))?\}")


@cache
def locale_of(language: str) -> Locale:
    """Return the locale of *language*, a code that the CLDR knows (``ko``, ``zh_TW``, ``pt-BR``)."""
    return Locale.parse(language.replace("-", "_"))


@cache
def script(language: str) -> str:
    """Return the script that *language* is written in, by its code (ISO 15924): ``Latn``, ``Cyrl``."""
    locale, likely = locale_of(language), get_global("likely_subtags")
    guess = likely.get(str(locale)) or likely.get(locale.language) or str(locale)
    # Babel drops a script that goes without saying.
    return locale.script or parse_locale(guess)[2] or ""


@cache
def known_languages() -> tuple[str, ...]:
    """Return the names of all files of languages, in order: ``ar``, ``de``, ``zh``, ``zh_Hant``."""
    others = {DEFAULT, _SCRIPTS}
    return tuple(sorted(file.stem for file in FOLDER.glob("*.toml") if file.stem not in others))


def has_file(language: str) -> bool:
    """Whether there is a file for *language*, of any of its scripts and countries."""
    return locale_of(language).language in known_languages()


@cache
def language_file(language: str) -> Mapping[str, Any]:
    """Return the data of *language*, its tables by name: the file of its script goes before that of the language."""
    base = locale_of(language).language
    found: dict[str, Any] = {}
    for name in (DEFAULT, base, f"{base}_{script(language)}"):
        if name == DEFAULT or name in known_languages():
            for table, values in _read(name).items():
                found[table] = {**found.get(table, {}), **values}
    return found


def table(language: str, name: str) -> Mapping[str, Any]:
    """Return one table of the file of *language*, empty if it has none."""
    found: Mapping[str, Any] = language_file(language).get(name, {})
    return found


def default_table(name: str) -> Mapping[str, Any]:
    """Return one table of what holds in a text of any language."""
    found: Mapping[str, Any] = _read(DEFAULT)[name]
    return found


@cache
def scripts() -> Mapping[str, Mapping[str, Any]]:
    """Return what is known of scripts, by their codes."""
    return _read(_SCRIPTS)


def script_of(language: str) -> Mapping[str, Any]:
    """Return what is known of the script that *language* is written in."""
    return scripts().get(script(language), {})


@cache
def ranges(kind: str = "ranges") -> str:
    """Return the letters of all scripts in which a word may follow another without a space, as in a pattern.

    For ``own_forms`` those that are no form of another character.
    """
    found = (values[kind] for values in scripts().values() if kind in values)
    return "".join(dict.fromkeys(found))


def expanded(pattern: str, part: Callable[[str], str]) -> str:
    r"""Return *pattern* in one line, with what ``part`` has for each name in braces: ``{DAY}``, ``{NOUN}``.

    ``{TIME|to_}`` is the part ``TIME`` with ``to_`` for each ``TO_`` in it.
    """

    def replaced(match: re.Match[str]) -> str:
        inner = expanded(part(match[1]), part)
        return inner if match[2] is None else inner.replace("TO_", match[2])

    return _MACRO.sub(replaced, pattern.replace("\n", ""))


@cache
def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
