"""What a version's text says of itself, against its front matter: its number, its dates, its own articles.

A text is copied for the next version, and the line "v.1.6 takes effect on …" stays behind. Only what is clear is
reported: the title, lines of nothing but a date or a number before the first article, dates behind a label ("Effective
date: …"), and sentences by which this policy says that it takes effect. What is in a link is about something else.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from policysite.base.days import has_day_form
from policysite.base.problems import Code, Problem
from policysite.checks.dangling_references import source_references
from policysite.languages.language_data import rules
from policysite.text.blocks import BlockKind
from policysite.text.facts.fact import Fact
from policysite.text.facts.fact import ValueKind as FactKind
from policysite.text.facts.fact_reading import facts_of
from policysite.text.facts.letters import lower, plain
from policysite.text.outline import earlier_supplements

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Iterator

    from policysite.model.register import Policy, PolicyVersion
    from policysite.text.blocks import Block

OWN_CODES = (Code.TEXT_DATE, Code.TEXT_NUMBER, Code.TEXT_REFERENCE)
"""What is reported here."""

# "2025. 1. 1. 시행" is not the end of a sentence, nor is "v. 1.6".
_SENTENCE_END = re.compile(r"(?<![0-9v])[.!?。]\s+")
# How far a sentence may go on between "this policy" and "takes effect".
_GAP = 60
# A line of nothing but dates and numbers is short.
_SHORT = 200


class _Patterns:
    """The words of a language, compiled."""

    def __init__(self, language: str) -> None:
        own = rules(language).own
        bare = re.sub(r"(?<!\\)\((?!\?)", "(?:", own.number)
        gap = rf"(?:(?!{own.between}).){{0,{_GAP}}}?"
        label = (
            f"(?P<effective>{own.effective})|(?P<announced>{own.announced})|(?P<other>{own.other})"
        )
        self.number = re.compile(rf"(?<![^\W_]){own.number}")
        self.label = re.compile(rf"(?:{label})(?P<colon>\s*:)?(?:\s|{own.filler})*$")
        self.effect = re.compile(own.effect)
        self.claim = re.compile(rf"(?:{own.policy})(?P<gap>{gap})(?:{own.effect})")
        self.numbered = re.compile(
            rf"(?:^|{own.noun})\W*(?P<gap>{bare}(?![0-9.]){gap})(?:{own.effect})"
        )
        names = label.replace("?P<effective>", "?:").replace("?P<announced>", "?:")
        names = names.replace("?P<other>", "?:")
        self.filler = re.compile(rf"(?:{names}|{bare}|{own.filler}|[\W_])*")


_patterns = cache(_Patterns)


class _Said(NamedTuple):
    """A block in which the version speaks; ``early``: it is before the first article."""

    line: int
    text: str
    early: bool
    is_title: bool = False


@dataclass(frozen=True)
class _Statement:
    """A date or a number that the text may call its own.

    ``about`` is the number of the version that it names as its subject, empty for "this policy". ``allowed`` are the days
    that would be right.
    """

    line: int
    code: Code
    found: str
    value: str
    message: str
    is_right: bool
    about: str = ""


def own_problems(
    policy: Policy, version: PolicyVersion, top: Block, language: str, *, implied: bool = False
) -> Iterator[Problem]:
    """Yield what the text below the title *top* says of itself, and what its front matter has otherwise.

    *language* is that of the text. The blocks must be numbered. *implied*: references count that do not say that they are to this text.
    """
    said = list(_said(top))
    yield from _wrong_statements(policy, version, said, language)
    yield from source_references(top, version.path, language, implied=implied)


def _remedy(code: Code, what: str) -> str:
    return f'{what}; where the text must stay as it is, say why in the front matter: waive: {{{code}: "…"}}.'


def _said(top: Block) -> Iterator[_Said]:
    yield _Said(top.line, top.unlinked, early=True, is_title=True)
    earlier = earlier_supplements(top)
    for block in top.children:
        if block not in earlier:
            for line, text in _paragraphs(block):
                yield _Said(line, text, early=block.kind is not BlockKind.SECTION)


def _paragraphs(block: Block) -> Iterator[tuple[int, str]]:
    """Yield the paragraphs in *block*, and the rows of its tables; not the sentence for every earlier version, nor summaries."""
    if block.kind is BlockKind.PARAGRAPH:
        yield block.line, block.unlinked
    elif block.kind is BlockKind.ROW:
        cells = [" ".join(text for _, text in _paragraphs(cell)) for cell in block.children]
        yield block.line, ": ".join(cells)
    elif block.kind not in {BlockKind.PATTERN, BlockKind.SUMMARY}:
        for child in block.children:
            yield from _paragraphs(child)


def _wrong_statements(
    policy: Policy, version: PolicyVersion, said: list[_Said], language: str
) -> Iterator[Problem]:
    found = [s for block in said for s in _statements(block, version, language)]
    speaks = any(s.is_right and s.about in {"", version.number} for s in found)
    for statement in found:
        other = policy.get(statement.about) if statement.about != version.number else None
        # "v.1.5 takes effect on …" is about 1.5, unless it is all that the text has to say of itself.
        if statement.is_right or (speaks and other is not None):
            continue
        what = "Correct the text or the front matter"
        yield Problem(
            version.path,
            statement.line,
            statement.code,
            statement.message,
            _remedy(statement.code, what),
        )


def _statements(block: _Said, version: PolicyVersion, language: str) -> Iterator[_Statement]:
    patterns = _patterns(language)
    text = _lowered(block.text)
    if block.is_title:
        for match in patterns.number.finditer(text):
            yield _number(block, match, version)
        return
    is_line = block.early and len(text) < _SHORT and _is_line(block.text, text, language)
    yield from _labelled(block, text, version, language, is_line=is_line)
    if is_line:
        for match in patterns.number.finditer(text):
            yield _number(block, match, version)
    elif patterns.effect.search(text):
        start = 0
        for end in [*(m.end() for m in _SENTENCE_END.finditer(text)), len(text)]:
            yield from _sentence(block, (start, end), text, version, language)
            start = end


@lru_cache(maxsize=4096)
def _lowered(text: str) -> str:
    return lower(plain(text))


@lru_cache(maxsize=4096)
def _days(text: str, language: str) -> tuple[Fact, ...]:
    """Return the days that *text* names; a month is not one. Most texts are in many versions."""
    facts = facts_of(text, language)
    return tuple(f for f in facts if f.kind is FactKind.DATE and has_day_form(f.value))


def _is_line(written: str, text: str, language: str) -> bool:
    """Whether *text* is nothing but dates and numbers of the policy, and words for what they are."""
    patterns, rest = _patterns(language), text
    days = _days(written, language)
    for day in days:
        rest = f"{rest[: day.start]}{' ' * (day.end - day.start)}{rest[day.end :]}"
    return bool(days or patterns.number.search(text)) and bool(patterns.filler.fullmatch(rest))


def _labelled(
    block: _Said, text: str, version: PolicyVersion, language: str, *, is_line: bool
) -> Iterator[_Statement]:
    """Read dates behind a label with a colon, and all dates of a line that holds nothing else."""
    patterns = _patterns(language)
    if not is_line and ":" not in text:
        return
    subject = patterns.number.search(text)
    about = _value(subject) if subject and not is_line else ""
    for day in _days(block.text, language):
        label = patterns.label.search(text, 0, day.start)
        if label and (label["colon"] or is_line):
            if label["effective"] is not None:
                yield _effective(block, day, version, about)
            elif label["announced"] is not None and version.announced:
                yield _announced(block, day, version, about)
        elif is_line:
            yield _bare_date(block, day, version)


def _sentence(
    block: _Said, place: tuple[int, int], text: str, version: PolicyVersion, language: str
) -> Iterator[_Statement]:
    """Read a sentence by which the version says when it takes effect."""
    patterns, about = _patterns(language), ""
    if match := patterns.claim.search(text, *place):
        named = patterns.number.search(match["gap"])
    elif match := patterns.numbered.search(text, *place):
        named = patterns.number.search(match["gap"])
        about = _value(named) if named else ""
    else:
        return
    if named:
        yield _number(block, named, version, about)
    days = [day for day in _days(block.text, language) if place[0] <= day.start < place[1]]
    labels = [patterns.label.search(text, place[0], day.start) for day in days]
    days = [d for d, at in zip(days, labels, strict=True) if not at or at["effective"] is not None]
    # English has the day after "takes effect", Korean before it.
    days.sort(key=lambda day: abs(day.start - match.end()))
    right = [day for day in days if day.value in _days_said(version)]
    for day in (right or days)[:1]:
        yield _effective(block, day, version, about)


def _value(match: re.Match[str]) -> str:
    return next(filter(None, match.groups()), "")


def _number(
    block: _Said, match: re.Match[str], version: PolicyVersion, about: str = ""
) -> _Statement:
    value = _value(match)
    message = (
        f"The text calls itself version {value!r}; the front matter has version: {version.number}."
    )
    return _Statement(
        block.line, Code.TEXT_NUMBER, value, value, message, value == version.number, about
    )


def _effective(block: _Said, day: Fact, version: PolicyVersion, about: str) -> _Statement:
    return _date(
        block, day, "it takes effect on", "effective", version.effective, about, _days_said(version)
    )


def _announced(block: _Said, day: Fact, version: PolicyVersion, about: str) -> _Statement:
    return _date(block, day, "it was announced on", "announced", version.announced, about)


def _days_said(version: PolicyVersion) -> set[str]:
    """Return the day on which *version* takes effect, and those that a text may still name because it was postponed."""
    return {f"{day}" for day in (version.effective, *version.postponed)}


def _date(
    block: _Said,
    day: Fact,
    says: str,
    field: str,
    expected: dt.date | None,
    about: str,
    said: Collection[str] = (),
) -> _Statement:
    found = block.text[day.start : day.end]
    message = f"The text says that {says} {found!r}; the front matter has {field}: {expected}."
    is_right = expected is not None and day.value == expected.isoformat()
    is_right |= field == "effective" and day.value in said
    return _Statement(block.line, Code.TEXT_DATE, found, day.value, message, is_right, about)


def _bare_date(block: _Said, day: Fact, version: PolicyVersion) -> _Statement:
    known = {"effective": version.effective, "announced": version.announced}
    stated = [f"{name}: {value}" for name, value in known.items() if value]
    found = block.text[day.start : day.end]
    message = f"The text is dated {found!r}; the front matter has {' and '.join(stated)}."
    is_right = day.value in {f"{version.announced}", *_days_said(version)}
    return _Statement(block.line, Code.TEXT_DATE, found, day.value, message, is_right)
