"""The glossary of a language: which term of the translation stands for which term of the source.

A CSV file with a header, one row a pair of terms, which Weblate and spreadsheets read too. Two rows with the
same source are two terms of which a translator may choose; ``forbidden`` lists, with ``|`` between them, what must not be
used for this source.
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from policysite.base.problems import Code, PolicysiteError, Problem
from policysite.files.project_file import is_there, read
from policysite.languages.language_data import rules
from policysite.text.facts.letters import lower

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LARGEST = 1_000_000
"""Bytes of a glossary. One of a thousand terms has a tenth of that."""
MOST_ROWS = 500
_LONGEST = 2_000
_MOST_COLUMNS = 50
FILE = "glossary.csv"
COLUMNS = ("source", "target", "forbidden", "note")


@dataclass(frozen=True)
class Term:
    """A term of the source, what may stand for it (any of ``targets``), and what may not."""

    source: str
    targets: tuple[str, ...]
    forbidden: tuple[str, ...]

    def is_in(self, translation: str) -> bool:
        """Whether *translation* has one of the terms; a particle right after it is allowed."""
        return any(target.casefold() in translation for target in self.targets)

    def forbidden_in(self, translation: str) -> str:
        """Return a forbidden term that *translation* has, outside the right ones, or an empty string."""
        for target in sorted(self.targets, key=len, reverse=True):
            translation = translation.replace(target.casefold(), "\0")
        return next((word for word in self.forbidden if word.casefold() in translation), "")


@dataclass(frozen=True, eq=False)
class Glossary:
    """The terms of a language; ``path`` is relative to the project's root. One is equal to itself only."""

    path: str = ""
    source_language: str = "en"
    terms: tuple[Term, ...] = field(default=())

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The terms that are the same in both languages, the longest first."""
        found = {t.source for t in self.terms if t.source in t.targets}
        return tuple(sorted(found, key=len, reverse=True))

    @cached_property
    def _pattern(self) -> re.Pattern[str] | None:
        # The longest first, so that a term inside a longer one is not asked for as well.
        places = {term.source: place for place, term in enumerate(self.terms)}
        ordered = sorted(self.terms, key=lambda term: len(term.source), reverse=True)
        whole: list[str] = []
        parts: list[str] = []
        for term in ordered:
            pattern = _with_endings(lower(term.source), self.source_language)
            # Scripts without capitals have particles at their words, or no spaces between them.
            cased = term.source.lower() != term.source.upper()
            (whole if cased else parts).append(f"(?P<t{places[term.source]}>{pattern})")
        if whole:
            # What all have in common comes first: one character ends most attempts.
            parts.insert(0, rf"\b(?:{'|'.join(whole)})(?!\w)")
        # Of small letters alone: that way the first letter of a word ends most attempts at once.
        return re.compile("|".join(parts)) if parts else None

    @cached_property
    def _beginnings(self) -> frozenset[str]:
        """The first letters of the terms, which endings do not change."""
        return frozenset(lower(term.source)[:2] for term in self.terms)

    def terms_in(self, source: str) -> Iterator[Term]:
        """Yield the terms that *source* uses, each once."""
        small = lower(source)
        # Most messages have none, and a look for letters is quick.
        if self._pattern is None or not any(start in small for start in self._beginnings):
            return
        found = self._pattern.finditer(small)
        for name in dict.fromkeys(match.lastgroup for match in found):
            yield self.terms[int((name or "t0")[1:])]


def _with_endings(term: str, language: str) -> str:
    """Return a pattern for *term* with the endings that words of *language* may take."""
    endings = rules(language).endings
    words = [_word_pattern(word, endings) for word in re.split(r"[\s]+", term.strip())]
    return r"\s+".join(words)


def _word_pattern(word: str, endings: tuple[str, ...]) -> str:
    if not endings or not word.isalpha():
        return re.escape(word)
    either = "|".join(endings)
    if word.endswith("e"):
        return f"{word[:-1]}(?:e|{either})"
    if word.endswith("y"):
        return f"{word[:-1]}(?:y|ie(?:{either})|y(?:{either}))"
    # "shred", "shredded".
    return f"{word}(?:{word[-1]}?(?:{either}))?"


def glossary_file(locales: Path, language: str) -> Path:
    """Return the path of the glossary of *language*, whether it exists or not."""
    return locales / language / FILE


def read_glossary(
    root: Path, locales: Path, language: str, source_language: str
) -> tuple[Glossary, list[Problem]]:
    """Read the glossary of *language*; without a file it is empty."""
    file = glossary_file(locales, language)
    path = file.relative_to(root).as_posix()
    if not is_there(file):
        return Glossary(path, source_language), []
    try:
        text = read(root, file, LARGEST, code=Code.GLOSSARY).decode("utf-8-sig")
    except PolicysiteError as error:
        return Glossary(path, source_language), [*error.problems]
    except UnicodeDecodeError as error:
        found = f"Found the byte {error.object[error.start]:#04x}, which is not UTF-8."
        return Glossary(path, source_language), [
            Problem(path, 0, Code.GLOSSARY, found, "Save the file as CSV in UTF-8.")
        ]
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    try:
        terms, problems = _terms(reader, path)
    except csv.Error as error:
        problem = Problem(
            path,
            # The other one counts what was read well.
            reader.reader.line_num,
            Code.GLOSSARY,
            f"The file is not CSV: {error}.",
            "Correct the quotation marks of this row.",
        )
        return Glossary(path, source_language), [problem]
    return Glossary(path, source_language, terms), problems


def _terms(reader: csv.DictReader[str], path: str) -> tuple[tuple[Term, ...], list[Problem]]:
    columns = reader.fieldnames or []
    if not {"source", "target"} <= set(columns):
        found = f"Found the columns {', '.join(columns) or '(none)'}."
        remedy = f"Write them in the first row: {','.join(COLUMNS)}."
        return (), [Problem(path, 1, Code.GLOSSARY, found, remedy)]
    if len(columns) > _MOST_COLUMNS:
        found = f"Found {len(columns)} columns; expected at most {_MOST_COLUMNS}."
        return (), [Problem(path, 1, Code.TOO_LARGE, found, "Keep those that are asked for.")]
    problems: list[Problem] = []
    targets: dict[str, list[str]] = {}
    forbidden: dict[str, list[str]] = {}
    for number, row in enumerate(reader, start=1):
        if number > MOST_ROWS or max(map(len, filter(None, row.values())), default=0) > _LONGEST:
            found = f"Found more than {MOST_ROWS:,} rows, or more than {_LONGEST:,} characters in one cell."
            remedy = "Keep the terms that translators must know."
            return (), [Problem(path, reader.line_num, Code.TOO_LARGE, found, remedy)]
        source, target = ((row[name] or "").strip() for name in ("source", "target"))
        if None in row or not source or not target:
            found = "Found a row without source or target, or with more cells than columns."
            remedy = "Write both; put a cell with a comma in double quotes."
            problems.append(Problem(path, reader.line_num, Code.GLOSSARY, found, remedy))
            continue
        targets.setdefault(source, []).append(target)
        words = (row.get("forbidden") or "").split("|")
        forbidden.setdefault(source, []).extend(word.strip() for word in words if word.strip())
    terms = (Term(s, tuple(found), tuple(forbidden[s])) for s, found in targets.items())
    return tuple(terms), problems
