"""Marks and headings as published policies print them: what the beginning of a block is, by the data of languages."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from policysite.languages.labels import is_understood_everywhere, label_of_heading
from policysite.languages.language_data import sentence_ends
from policysite.languages.marks import LONGEST, Mark, marks_of
from policysite.languages.provision_number import Number
from policysite.model.provision_ids import ARTICLES, BOXES, CONTAINERS, Part, step_of_heading

DASH = "dash"
BULLETS = "•●○■□▪◦"
"""Signs that nothing but a list has before its items, as opposed to dashes."""
LISTED = ("n.", "n)")
"""The kinds of marks that Markdown makes lists of."""
_DIGITS = re.compile(r"(?P<n>[1-9][0-9]{0,2})(?P<end>[.)])(?![0-9])\s*(?=\S)")
# A letter of an order of its own, with a full stop that is written onto the word behind it.
_LETTER_CLOSE = re.compile(r"[^\W\d_a-zA-Z]\.(?=[^\W\d_])")
# A dash that is written onto its word is a sign: "-5".
_DASH = re.compile(rf"(?P<mark>[-–—{BULLETS}])\s+(?=\S)|(?P<bullet>[{BULLETS}])(?=\S)")

_BRACKETED = (
    r"\s*(?:\([^()]*(?:\([^()]*\)[^()]*)*\)|（[^（）]*）|\[[^\]]*\]|【[^】]*】|<[^>]*>|〈[^〉]*〉)"
)
# What is behind a label: the title, what ends the heading, and what goes on on its line.
_BEHIND = re.compile(
    rf"(?P<title>{_BRACKETED})?(?P<end>\s*[.:：]|\s+[-–—](?=\s))?(?P<rest>.*)", re.DOTALL
)
# Behind the label of what comes last there are days and numbers at most.
_DAYS = re.compile(rf"(?:{_BRACKETED}|(?:[\W\d]|[^\W\d_](?=\s*[0-9])|(?<=[0-9])[^\W\d_])*)")
_SENTENCE_ENDS = tuple(".;:,!?。．；：，、！？؛،؟")
LONGEST_HEADING = 120


@dataclass(frozen=True)
class PrintedMark:
    """A mark at the beginning of a block, in all its ``readings``, of which the first counts; a dash has none, and no number.

    ``text`` is what the Markdown has, ``printed`` what the source has, ``width`` how many characters of the source it takes, ``gap`` the
    space behind it.
    """

    readings: tuple[Mark, ...]
    text: str
    width: int
    printed: str
    gap: str = " "

    @property
    def kind(self) -> str:
        """The kind of the first reading, or ``DASH``."""
        return self.readings[0].kind if self.readings else DASH

    @property
    def number(self) -> Number:
        """The number of the first reading."""
        return self.readings[0].number if self.readings else Number()

    def takes_the_place_of(self, counter: str) -> bool:
        """Whether a list whose items print such marks does not mean its own *counter* to be seen."""
        return self.kind != DASH or counter == "-"


def mark_of(text: str, language: str = "") -> PrintedMark | None:
    """Return the mark that begins *text* in *language*; None if nothing does."""
    if readings := marks_of(text[:LONGEST], language):
        first = readings[0]
        return PrintedMark(readings, first.text, first.width, first.text, _gap(text, first))
    if match := _LETTER_CLOSE.match(text):
        shown = match[0]
        readings = marks_of(f"{shown} ", language)
        return PrintedMark(readings, shown, match.end(), shown) if readings else None
    if match := _DIGITS.match(text):
        shown = f"{match['n']}{match['end']}"
        readings = marks_of(f"{shown} x", language)
        return PrintedMark(readings, shown, match.end(), shown) if readings else None
    if match := _DASH.match(text):
        return PrintedMark((), "-", match.end(), match["mark"] or match["bullet"])
    return None


def _gap(text: str, mark: Mark) -> str:
    """Return the space behind a mark: as it was printed, but for those that always have one."""
    if mark.kind in {"circ", "ga.", *LISTED} or mark.kind.startswith("dec"):
        return " "
    return text[len(mark.text) : mark.width][:1]


def beginning_of(text: str, language: str = "") -> bool:
    """Whether *text* in *language* begins like a provision: with a heading of its own, or with a mark."""
    heading = heading_of(text, language)
    return bool((heading and heading.is_likely) or mark_of(text, language))


@dataclass(frozen=True)
class Heading:
    """A heading that names a provision: ``width`` of the block's characters are the heading, the rest is text.

    ``step`` is that of its label. ``sure``: it has the form of a heading and of nothing else. ``is_bare``: a title follows its label with nothing but a space
    between, as in "§ 1 Zweck". ``runs_on``: text follows on its line.
    """

    step: Part
    width: int
    sure: bool
    runs_on: bool = False
    is_bare: bool = False

    @property
    def is_likely(self) -> bool:
        """Whether it may be a heading although nothing makes it stand out."""
        return self.sure or self.runs_on or self.is_bare


def heading_of(text: str, language: str = "") -> Heading | None:
    """Return what *text*, a whole block in *language*, is as a heading with a label; None if it is not one."""
    label, step = label_of_heading(text, language), step_of_heading(text, language)
    if step is None or label is None:
        return None
    end = text.index(label.text) + len(label.text)
    if step.level in BOXES:
        return (
            Heading(step, len(text), sure=bool(_DAYS.fullmatch(text, end)))
            if len(text) <= LONGEST_HEADING
            else None
        )
    match = _BEHIND.match(text, end)
    # "Article 1 of the Act" is a sentence; where headings have no brackets, a line of their own is one.
    may_be_bare = not is_understood_everywhere(label.language) or (
        step.level in CONTAINERS and not label.text.isascii()
    )
    found = _headed(step, text, match, may_be_bare=may_be_bare) if match else None
    if found is None and step.level in ARTICLES and _is_run_in(label.text, text[end:], may_be_bare):
        return Heading(step, end, sure=False, runs_on=True)
    return found


def _is_run_in(label: str, rest: str, may_be_bare: bool) -> bool:  # noqa: FBT001 - of what was just found
    """Whether the text of an article begins behind its label: one in Han ends where it ends, and has a space behind it for nothing else."""
    is_han = unicodedata.name(label[0], "").startswith("CJK UNIFIED")
    return may_be_bare and is_han and rest[:1].isspace()


def _ends_sentence(text: str) -> bool:
    return text.endswith(_SENTENCE_ENDS) or bool(re.search(f"(?:{sentence_ends()})$", text))


def may_be_title(text: str) -> bool:
    """Whether *text* is short, and no sentence."""
    return len(text) <= LONGEST_HEADING and not _ends_sentence(text)


def _headed(step: Part, text: str, match: re.Match[str], *, may_be_bare: bool) -> Heading | None:
    title, end, rest = match["title"], match["end"], match["rest"]
    if not rest.strip():
        return Heading(step, len(text), sure=True)
    short = may_be_title(text)
    if title and rest[:1].isspace() and step.level in ARTICLES:
        # The text begins on the line of the heading.
        return Heading(step, match.start("rest"), sure=False, runs_on=True)
    if title:
        return None
    if end and rest[:1].isspace() and short:
        return Heading(step, len(text), sure=True)
    is_bare = may_be_bare and rest[:1].isspace()
    return Heading(step, len(text), sure=False, is_bare=is_bare) if short else None
