"""Reading the files of a new site, and filling in what the publisher says."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from policysite.base.package import PACKAGE

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_FOLDER = PACKAGE / "skeleton"
_DOT = "dot-"
_FILLED = ".in"
_PLACE = re.compile(r"@([A-Z_]+)@")
# What would be markup in a text: a name is printed as it was given.
_MARKUP = re.compile(r"[\\`*_{}\[\]<>#|~^$]|&(?=#|\w+;)|(?<=^[0-9])[.)]|(?<=^[0-9]{2})[.)]|^[-+=:]")

_VERSION = "version.md.in"
_MARK = re.compile(r"^\*\*[^*]+\*\*", re.MULTILINE)

FIRST = "1.0"
"""The number of the first version."""


def site_files(values: Mapping[str, str], literals: Mapping[str, str]) -> dict[str, str]:
    """Return the files of a new site by their paths, without texts and catalogs.

    *values* are the words for the places in them, *literals* the expressions for those in ``conf.py``.

    :raises KeyError: for a place without a value.
    """
    found = {}
    for path in sorted((_FOLDER / "site").rglob("*")):
        if not path.is_file():
            continue
        parts = path.relative_to(_FOLDER / "site").parts
        # A name with a dot would be hidden from those who package it, and .gitignore would be obeyed here.
        name = "/".join(
            f".{part.removeprefix(_DOT)}" if part.startswith(_DOT) else part for part in parts
        )
        text = path.read_text("utf-8")
        if name.endswith(_FILLED):
            name = name.removesuffix(_FILLED)
            words: Callable[[str], str] = values.__getitem__
            if name.endswith(".py"):
                words = literals.__getitem__
            elif name.endswith(".md"):
                words = _words_of(values)
            text = _fill(text, words)
        found[name] = text
    return found


def sample_texts(language: str, policy: str, values: Mapping[str, str]) -> dict[str, str]:
    """Return the sample texts in *language* by document: home page, history and first version of *policy*.

    There are none for a language that is not among :func:`sample_languages`.

    :raises KeyError: for a place without a value.
    """
    if language not in sample_languages():
        return {}
    words = _words_of(values)

    def filled(name: str) -> str:
        return _fill((_FOLDER / "texts" / language / f"{name}.md.in").read_text("utf-8"), words)

    return {
        "index": filled("index"),
        f"{policy}/history": history_text(language),
        f"{policy}/{FIRST}": filled("version"),
    }


def history_text(language: str) -> str:
    """Return the page of all versions of a policy in *language*; empty if there is none."""
    path = _FOLDER / "texts" / language / "history.md"
    return path.read_text("utf-8") if path.is_file() else ""


def sample_languages() -> tuple[str, ...]:
    """Return the languages in which there are sample texts."""
    return tuple(sorted(path.name for path in (_FOLDER / "texts").iterdir()))


@cache
def sample_marks() -> tuple[str, ...]:
    """Return how the paragraphs begin by which the sample texts say that they are some."""
    texts = (
        (_FOLDER / "texts" / name / _VERSION).read_text("utf-8") for name in sample_languages()
    )
    return tuple(_MARK.findall(text)[0] for text in texts)


def as_words(name: str) -> str:
    """Return *name* as Markdown that prints it as it is."""
    return _MARKUP.sub(lambda sign: f"\\{sign[0]}", name)


def _words_of(values: Mapping[str, str]) -> Callable[[str], str]:
    return lambda name: as_words(values[name])


def _fill(text: str, value: Callable[[str], str]) -> str:
    return _PLACE.sub(lambda place: value(place[1]), text)
