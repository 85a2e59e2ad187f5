"""Marks and headings as published policies print them, sure ones and others."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from policysite.languages.labels import is_understood_everywhere, label_of_heading
from policysite.languages.language_data import sentence_ends
from policysite.languages.marks import marks_of
from policysite.languages.provision_number import Number
from policysite.model.provision_ids import Part, root_of_heading

_KINDS = {"circ": "circled", "ga.": "hangul"}
_DIGITS = re.compile(r"(?P<n>[0-9]{1,3})(?P<end>[.)])(?![0-9])\s*(?=\S)")
# A letter of an order of its own, with a full stop that is written onto the word behind it.
_LETTER_CLOSE = re.compile(r"[^\W\d_a-zA-Z]\.(?=[^\W\d_])")
# A dash that is written onto its word is a sign: "-5".
_DASH = re.compile(r"(?P<mark>[-–—•●○■□▪◦])\s+(?=\S)|(?P<bullet>[•●○■□▪◦])(?=\S)")
_NO_ID = re.compile(
    r"\(\s*(?:[0-9]{1,2}|[^\W\d_])\s*\)|[^\W\d_a-zA-Z]\)|[a-zA-Z][.)]\s|[ivx]{1,5}[.)]\s|[0-9]{1,3}[^\W\d_][0-9]{1,2}[.)]\s"
)
_ENCLOSED = ("CIRCLED ", "NEGATIVE CIRCLED ", "DOUBLE CIRCLED ", "PARENTHESIZED ", "DINGBAT ")
"""What the Unicode names of marks begin with that are one character."""

_BRACKETED = (
    r"\s*(?:\([^()]*(?:\([^()]*\)[^()]*)*\)|（[^（）]*）|\[[^\]]*\]|【[^】]*】|<[^>]*>|〈[^〉]*〉)"
)
# What is behind a label: the title, what ends the heading, and what goes on on its line.
_BEHIND = re.compile(
    rf"(?P<title>{_BRACKETED})?(?P<end>\s*[.:：]|\s+[-–—](?=\s))?(?P<rest>.*)", re.DOTALL
)
# Behind the label of what comes last there are days and numbers at most.
_DAYS = re.compile(rf"(?:{_BRACKETED}|(?:[\W\d]|[^\W\d_](?=\s*[0-9])|(?<=[0-9])[^\W\d_])*)")
_LABEL_AND_NUMBER = re.compile(r"\[?[^\W\d_][^0-9.:]{0,30}?[1-9][0-9]?\]?(?![\w-])")
_SENTENCE_ENDS = tuple(".;:,!?。．；：，、！？؛،؟")
LONGEST_HEADING = 120


@dataclass(frozen=True)
class Mark:
    """A mark at the beginning of a block: ``kind`` is ``circled``, ``.``, ``)``, ``hangul`` or ``dash``.

    ``number`` is 0 for a dash. ``text`` is what the Markdown has, ``printed`` what the source has, ``width`` how many
    characters of the source it takes.
    """

    kind: str
    number: int
    text: str
    width: int
    printed: str

    def takes_the_place_of(self, counter: str) -> bool:
        """Whether a list whose items print such marks does not mean its own *counter* to be seen."""
        return self.kind != "dash" or counter == "-"


def _known_mark(text: str) -> Mark | None:
    for known in marks_of(text[:40]):
        if known.kind in _KINDS and not known.number.branch:
            return Mark(_KINDS[known.kind], known.number.main, known.text, known.width, known.text)
    return None


def mark_of(text: str) -> Mark | None:
    """Return the mark that begins *text*, if the site knows it."""
    if known := _known_mark(text):
        return known
    if (match := _LETTER_CLOSE.match(text)) and (closed := _known_mark(f"{match[0]} ")):
        return Mark("hangul", closed.number, closed.text, match.end(), closed.text)
    if match := _DIGITS.match(text):
        shown = f"{match['n']}{match['end']}"
        # Markdown counts, and prints no zero before a number.
        if shown[0] != "0":
            return Mark(match["end"], int(match["n"]), shown, match.end(), shown)
    if match := _DASH.match(text):
        return Mark("dash", 0, "-", match.end(), match["mark"] or match["bullet"])
    return None


def mark_without_id(text: str) -> str:
    """Return what begins *text* like a mark, but is not one that the site knows: ``(1)``, ``a.``, ``가)``."""
    if match := _NO_ID.match(text):
        return match[0].strip()
    return text[0] if unicodedata.name(text[:1] or " ", "").startswith(_ENCLOSED) else ""


def beginning_of(text: str, language: str = "") -> bool:
    """Whether *text* in *language* begins like a provision: with a heading of its own, or with a mark, known or not."""
    heading = heading_of(text, language)
    return bool((heading and heading.is_likely) or mark_of(text) or mark_without_id(text))


@dataclass(frozen=True)
class Heading:
    """A heading that names a provision: ``width`` of the block's characters are the heading, the rest is text.

    ``sure``: it has the form of a heading and of nothing else. ``is_bare``: a title follows its label with nothing but a space
    between, as in "§ 1 Zweck". ``needs_id``: its id has to be written down. ``runs_on``: text follows on its line.
    ``is_counted``: its number is printed; a supplementary provision or an annex may have none.
    """

    root: Part
    width: int
    sure: bool
    needs_id: bool = False
    runs_on: bool = False
    is_counted: bool = True
    is_bare: bool = False

    @property
    def is_likely(self) -> bool:
        """Whether it may be a heading although nothing makes it stand out."""
        return self.sure or self.runs_on or self.is_bare


def heading_of(text: str, language: str = "") -> Heading | None:
    """Return what *text*, a whole block in *language*, is as a heading; None if it is not one."""
    label, root = label_of_heading(text, language), root_of_heading(text, language)
    if root is None or label is None:
        return _late_annex(text)
    end = text.index(label.text) + len(label.text)
    if root.level != "art":
        if len(text) > LONGEST_HEADING:
            return None
        counted = root.number != Number(1) or any(map(str.isnumeric, label.text))
        is_alone = bool(_DAYS.fullmatch(text, end))
        return Heading(root, len(text), sure=is_alone, is_counted=counted)
    match = _BEHIND.match(text, end)
    # "Article 1 of the Act" is a sentence; where headings have no brackets, a line of their own is one.
    may_be_bare = not is_understood_everywhere(label.language)
    return _article(root, text, match, may_be_bare=may_be_bare) if match else None


def _late_annex(text: str) -> Heading | None:
    """Return the heading of an annex whose title follows its number without a sign between them."""
    match = _LABEL_AND_NUMBER.match(text)
    root = root_of_heading(match[0]) if match and len(text) <= LONGEST_HEADING else None
    if root is None or root.level != "ann":
        return None
    return Heading(Part("ann", Number(root.number.main)), len(text), sure=False, needs_id=True)


def _ends_sentence(text: str) -> bool:
    return text.endswith(_SENTENCE_ENDS) or bool(re.search(f"(?:{sentence_ends()})$", text))


def _article(root: Part, text: str, match: re.Match[str], *, may_be_bare: bool) -> Heading | None:
    title, end, rest = match["title"], match["end"], match["rest"]
    if not rest.strip():
        return Heading(root, len(text), sure=True)
    short = len(text) <= LONGEST_HEADING and not _ends_sentence(text)
    if title and rest[:1].isspace():
        # The text begins on the line of the heading.
        return Heading(root, match.start("rest"), sure=False, runs_on=True)
    if title:
        return None
    if end and rest[:1].isspace() and short:
        return Heading(root, len(text), sure=True)
    is_bare = may_be_bare and rest[:1].isspace()
    return Heading(root, len(text), sure=False, is_bare=is_bare) if short else None
