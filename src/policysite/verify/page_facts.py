"""What a page says of versions, in attributes for its script and in words: it must be what follows from the ledger's days."""

from __future__ import annotations

import functools
import itertools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from policysite.base.days import day_of
from policysite.base.problems import Code, Problem
from policysite.languages.language_data import date_in_words
from policysite.model.register import Status
from policysite.model.version_numbers import is_version_number
from policysite.verify.expected_versions import FACTS, ExpectedVersions
from policysite.verify.markup_shapes import WORDS_ID

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Iterator, Mapping

    import lxml.html

    from policysite.model.register import PolicyVersion
    from policysite.verify.site_pages import Page

    Element = lxml.html.HtmlElement

_REMEDY = "If another day is meant, name it: --day 2027-01-01. Else the publisher builds the site of this day and publishes it."
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)*")
_MOST = 3
"""How many problems of one kind are named of a page: the others are of the same making."""


def disagrees(path: str, what: str) -> Problem:
    """Return that the file *path* says something else than the ledger."""
    return Problem(path, 0, Code.SITE_DISAGREES, f"{what}.", _REMEDY)


@dataclass(frozen=True)
class StatusWords:
    """The words of a page for statuses, and its sentences with places for number and days, by their names."""

    words: Mapping[str, str]
    sentences: Mapping[str, str]

    def sentence(
        self, name: str, version: PolicyVersion, expected: ExpectedVersions, language: str
    ) -> str:
        """Return what the page must say of *version* in the sentence *name*."""
        first = version.withdrawn if name == "withdrawn" else version.effective
        # No str.format: the page is untrusted input.
        return (
            self.sentences.get(name, "")
            .replace("{number}", version.number)
            .replace("{start}", in_words(first, language))
            .replace("{last}", in_words(expected.policy.last_day(version), language))
        )


def status_words(document: Element) -> StatusWords:
    """Return what the page holds for its script; pages of former versions of this software may hold less."""
    words, sentences = {}, {}
    for template in document.iter("template"):
        if template.get("id") == WORDS_ID:
            for element in template.iter():
                if name := element.get("data-status"):
                    words[name] = one_line(element)
                if name := element.get("data-sentence"):
                    sentences[name] = one_line(element)
    return StatusWords(words, sentences)


def in_words(day: dt.date | None, language: str) -> str:
    """Return *day* as pages in the *language* of this tag print it; nothing for none."""
    return date_in_words(day, language.replace("-", "_")) if day else ""


def one_line(element: Element) -> str:
    """Return the words of an element, with one space for any white space."""
    return " ".join(element.text_content().split())


def numbers_in(words: str, known: Collection[str] = ()) -> list[str]:
    """Return the numbers of versions that *words* name, in order; names first, which are no numbers.

    What has a dot is one; a number without one is only if it is among those that are *known*: 27 may be a day. Names are
    only found if they are known, and have a digit: others are words as any page may have them.
    """
    found = []
    for name in known:
        if not is_version_number(name) and not is_word(name):
            words, count = _name(name).subn(" ", words)
            found += [name] * bool(count)
    numbers = _NUMBER.findall(words)
    return found + [number for number in numbers if "." in number or number in known]


def is_word(name: str) -> bool:
    """Whether the *name* of a version is a word that pages may have for other reasons."""
    return not any(map(str.isdigit, name))


def says_name(words: str, name: str) -> bool:
    """Whether *words* have the *name* of a version."""
    return _name(name).search(words) is not None


@functools.cache
def _name(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![A-Za-z0-9.-]){re.escape(name)}(?!-?[A-Za-z0-9]|\.[0-9])")


def fact_problems(
    page: Page,
    expected: ExpectedVersions,
    inside: Element | None = None,
    *,
    attributes_only: bool = False,
) -> Iterator[Problem]:
    """Yield where *page*, or the part of it *inside* an element, says something else of the versions than *expected*.

    *attributes_only*: its words are attested otherwise; another version of this software may have had others.
    """
    found = _all_problems(page, expected, inside, attributes_only=attributes_only)
    yield from itertools.islice(found, _MOST)


def _all_problems(
    page: Page, expected: ExpectedVersions, inside: Element | None, *, attributes_only: bool
) -> Iterator[Problem]:
    known = status_words(page.document)
    for element in (page.document if inside is None else inside).iter():
        if not isinstance(element.tag, str):
            continue
        if element.get("data-version") and element.get("data-status"):
            yield from _attributes(page, element, expected)
        if attributes_only:
            continue
        if "status-notice" in element.get("class", "").split():
            yield from _notice(page, element, expected, known)
        if element.get("data-of"):
            yield from _word(page, element, expected, known)
        if element.tag == "time":
            yield from _day(page, element)


def _attributes(page: Page, element: Element, expected: ExpectedVersions) -> Iterator[Problem]:
    number = element.get("data-version", "")
    wanted = expected.facts(number)
    found = {name: value for name in FACTS if (value := element.get(f"data-{name}"))}
    if wanted is None:
        yield disagrees(
            page.path, f"The page names a version {number[:20]!r}, which the site does not have"
        )
    elif found != wanted:
        differing = [name for name in FACTS if found.get(name) != wanted.get(name)]
        yield disagrees(
            page.path,
            f"Version {number}: found {_shown(found, differing)}; by the days in the ledger it is {_shown(wanted, differing)} on {expected.day}",
        )


def _shown(facts: Mapping[str, str], names: list[str]) -> str:
    return ", ".join(f"{name}: {facts.get(name, 'nothing')[:20]}" for name in names)


def _notice(
    page: Page, notice: Element, expected: ExpectedVersions, known: StatusWords
) -> Iterator[Problem]:
    """Compare the first line of the notice above a text with the sentence for the status of its version."""
    version = expected.policy.get(notice.get("data-version", ""))
    lines = list(notice.find_class("status-line"))
    if version is None or not lines or not known.sentences:
        return
    status = expected.status(version)
    case = _case(version, status, expected)
    wanted = (
        f"{known.words.get(status, '')} {known.sentence(case, version, expected, page.language)}"
    )
    found = one_line(lines[0])
    if case in known.sentences and (found != wanted or len(lines) > 1):
        yield disagrees(page.path, f"The notice says {found[:80]!r}; expected {wanted[:80]!r}")


def _case(version: PolicyVersion, status: str, expected: ExpectedVersions) -> str:
    """Return the name of the sentence for *version*, as the templates choose it."""
    if status == Status.UPCOMING and version.withdrawn_before_effect:
        return "cancelled"
    if status == Status.IN_FORCE and expected.policy.last_day(version):
        return "ending"
    return status


def _word(
    page: Page, element: Element, expected: ExpectedVersions, known: StatusWords
) -> Iterator[Problem]:
    """Compare the word for the status of a version in a menu or a list."""
    number = element.get("data-of", "")
    version = expected.policy.get(number)
    status = expected.status(version) if version else ""
    is_same = f"status-{status}" in element.classes and known.words.get(
        status, one_line(element)
    ) == one_line(element)
    if not is_same:
        yield disagrees(
            page.path,
            f"Version {number[:20]} is called {one_line(element)[:40]!r}; by the days in the ledger it is {status or 'not there'} on {expected.day}",
        )


def _day(page: Page, element: Element) -> Iterator[Problem]:
    value = element.get("datetime", "")
    try:
        words = in_words(day_of(value), page.language)
    except ValueError:
        words = ""
    if one_line(element) != words:
        yield disagrees(
            page.path, f"The page prints {one_line(element)[:40]!r} for the day {value[:20]!r}"
        )
