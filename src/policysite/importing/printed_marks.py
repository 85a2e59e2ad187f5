"""Marks and headings as published policies print them, sure ones and others."""

from __future__ import annotations

import re
from dataclasses import dataclass

from policysite.languages.labels import is_understood_everywhere, label_of_heading
from policysite.model.provision_ids import Number, Part, circled_mark, hangul_mark, root_of_heading

_DIGITS = re.compile(r"(?P<n>[0-9]{1,3})(?P<end>[.)])(?![0-9])\s*(?=\S)")
_HANGUL_CLOSE = re.compile(r"(?P<mark>[가나다라마바사아자차카타파하])\.(?=[^\W\d_])")
# A dash that is written onto its word is a sign: "-5".
_DASH = re.compile(r"(?P<mark>[-–—•●○■□▪◦])\s+(?=\S)|(?P<bullet>[•●○■□▪◦])(?=\S)")
_NO_ID = re.compile(
    r"\(\s*(?:[0-9]{1,2}|[a-z]|[가-하])\s*\)|[㉠-㉻ⓐ-ⓩ❶-❿]|[가나다라마바사아자차카타파하]\)|[a-zA-Z][.)]\s|[ivx]{1,5}[.)]\s"
)

_BRACKETED = (
    r"\s*(?:\([^()]*(?:\([^()]*\)[^()]*)*\)|（[^（）]*）|\[[^\]]*\]|【[^】]*】|<[^>]*>|〈[^〉]*〉)"
)
_AFTER_LABEL = re.compile(
    rf"(?P<title>{_BRACKETED})?(?P<end>\s*[.:：]|\s+[-–—](?=\s))?(?P<rest>.*)", re.DOTALL
)
_AFTER_LATE_LABEL = re.compile(rf"(?:{_BRACKETED}|[\s0-9.,:호제-]*)")
_LATE_ROOT = re.compile(r"\[?(?:Annex|별\s*표)\s*(?P<n>[1-9][0-9]?)\]?\b", re.IGNORECASE)
_ENDS_SENTENCE = re.compile(r"[.;:,!?。．；：，、！？؛،؟]$|다$")
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


def mark_of(text: str) -> Mark | None:
    """Return the mark that begins *text*, if the site knows it."""
    if circled := circled_mark(text):
        return Mark("circled", circled.number.main, circled.text, circled.width, circled.text)
    if hangul := hangul_mark(text):
        return Mark("hangul", hangul.number.main, hangul.text, hangul.width, hangul.text)
    if match := _HANGUL_CLOSE.match(text):
        closed = hangul_mark(f"{match[0]} ")
        assert closed is not None  # noqa: S101 - the pattern above is the same except for the space
        return Mark("hangul", closed.number.main, closed.text, match.end(), closed.text)
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
    match = _NO_ID.match(text)
    return match[0].strip() if match else ""


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
    if label is None or root is None:
        match = _LATE_ROOT.match(text)
        if match is None or len(text) > LONGEST_HEADING:
            return None
        return Heading(Part("ann", Number(int(match["n"]))), len(text), sure=False, needs_id=True)
    end = text.index(label.text) + len(label.text)
    if root.level != "art":
        if len(text) > LONGEST_HEADING:
            return None
        counted = root.number != Number(1) or any(map(str.isnumeric, label.text))
        is_alone = bool(_AFTER_LATE_LABEL.fullmatch(text, end))
        return Heading(root, len(text), sure=is_alone, is_counted=counted)
    match = _AFTER_LABEL.match(text, end)
    # "Article 1 of the Act" is a sentence; where headings have no brackets, a line of their own is one.
    may_be_bare = not is_understood_everywhere(label.language)
    return _article(root, text, match, may_be_bare=may_be_bare) if match else None


def _article(root: Part, text: str, match: re.Match[str], *, may_be_bare: bool) -> Heading | None:
    title, end, rest = match["title"], match["end"], match["rest"]
    if not rest.strip():
        return Heading(root, len(text), sure=True)
    short = len(text) <= LONGEST_HEADING and not _ENDS_SENTENCE.search(text)
    if title and rest[:1].isspace():
        # "제1조(목적) 이 방침은 …": the text begins on the line of the heading.
        return Heading(root, match.start("rest"), sure=False, runs_on=True)
    if title:
        return None
    if end and rest[:1].isspace() and short:
        return Heading(root, len(text), sure=True)
    is_bare = may_be_bare and rest[:1].isspace()
    return Heading(root, len(text), sure=False, is_bare=is_bare) if short else None
