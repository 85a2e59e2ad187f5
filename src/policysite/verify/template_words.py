"""The words that this software prints around a text, by language: those of its own templates, and its translations of them.

A site may have other words, in a catalog of its own; those are not known here.
"""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

import jinja2
from jinja2.ext import extract_from_ast

from policysite.base.package import PACKAGE

if TYPE_CHECKING:
    from collections.abc import Mapping

TEMPLATE_LANGUAGE = "en"
"""The language of the messages in the templates."""
_TEMPLATES = PACKAGE / "templates"
_PLACE = re.compile(r"%\((\w+)\)s|\{(\w+)\}")
_NUMBERS = {"number", "other", "old", "new", "versions"}
_COUNTS = {"count", "percent"}
_DAYS = {"day", "start", "last"}
_LABELS = {"article", "place", "provision"}


@functools.cache
def messages(*names: str) -> tuple[str, ...]:
    """Return the messages of all templates, or of those with these *names*, in the language of the templates."""
    environment = jinja2.Environment(extensions=["jinja2.ext.i18n"])  # noqa: S701 - nothing is rendered
    found: dict[str, None] = {}
    for template in sorted(_TEMPLATES.rglob("*.html")):
        if names and template.name not in names:
            continue
        source = template.read_text("utf-8")
        for _line, _function, message in extract_from_ast(environment.parse(source)):
            if isinstance(message, str):
                found[message] = None
    return tuple(found)


def words_in(language: str) -> tuple[str, ...] | None:
    """Return what these messages are in *language*; None if this software does not speak it.

    Untranslated messages are on the pages as they are in the templates.
    """
    if language.partition("-")[0] == TEMPLATE_LANGUAGE:
        return messages()
    return None


def pattern_of(words: str, values: Mapping[str, str]) -> str:
    """Return the regular expression for *words*, whose places may hold what *values* has a pattern for.

    *values* has ``number``, ``count``, ``day``, ``label`` and ``name``. A place may stay open too, as ``{day}``: a script fills it.
    """
    parts, end = [], 0
    for match in _PLACE.finditer(words):
        parts.append(_literal(words[end : match.start()]))
        parts.append(f"(?:{values[_kind(match[1] or match[2])]}|\\{{\\w+\\}})")
        end = match.end()
    return "".join([*parts, _literal(words[end:])])


def _kind(place: str) -> str:
    for kind, places in (
        ("number", _NUMBERS),
        ("count", _COUNTS),
        ("day", _DAYS),
        ("label", _LABELS),
    ):
        if place in places:
            return kind
    return "name"


def _literal(text: str) -> str:
    """Return the pattern of *text*, in which any white space is one space."""
    return r"\s+".join(map(re.escape, re.split(r"\s+", text.replace("%%", "%"))))
