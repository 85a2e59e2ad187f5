"""Marks and headings as published policies print them, sure ones and others."""

from __future__ import annotations

import re
from dataclasses import dataclass

from policysite.model.provision_ids import Number, Part, circled_mark, hangul_mark, root_of_heading

_DIGITS = re.compile(r"(?P<n>[0-9]{1,3})(?P<end>[.)])(?![0-9])\s*(?=\S)")
_HANGUL_CLOSE = re.compile(r"(?P<mark>[가나다라마바사아자차카타파하])\.(?=[^\W\d_])")
# A dash that is written onto its word is a sign: "-5".
_DASH = re.compile(r"(?P<mark>[-–—•●○■□▪◦])\s+(?=\S)|(?P<bullet>[•●○■□▪◦])(?=\S)")
_NO_ID = re.compile(
    r"\(\s*(?:[0-9]{1,2}|[a-z]|[가-하])\s*\)|[㉠-㉻ⓐ-ⓩ❶-❿]|[가나다라마바사아자차카타파하]\)|[a-zA-Z][.)]\s|[ivx]{1,5}[.)]\s|[0-9]{1,3}[^\W\d_][0-9]{1,2}[.)]\s"
)

_BRACKETED = r"\s*(?:\([^()]*(?:\([^()]*\)[^()]*)*\)|\[[^\]]*\]|【[^】]*】|<[^>]*>|〈[^〉]*〉)"
_NUMBERED = re.compile(
    r"(?P<number>(?:Article\s+[0-9]+(?:-[0-9]+)?|제\s*[0-9]+\s*조(?:\s*의\s*[0-9]+)?))"
    rf"(?P<title>{_BRACKETED})?(?P<end>\s*[.:：]|\s+[-–—](?=\s))?(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)
_LAST = re.compile(
    rf"(?:Supplementary\s+Provisions?|Addend(?:um|a)|부\s*칙|\[?\s*(?:Annex|별\s*표)(?:\s*[0-9]+)?\s*\]?)"
    rf"(?:{_BRACKETED}|[\s0-9.,:호제-]*)",
    re.IGNORECASE,
)
_FIRST = re.compile(
    r"\[?\s*(?:Supplementary\s+Provisions?|Addend(?:um|a)|부\s*칙|Annex|별\s*표)\s*제?\s*1(?![0-9.])",
    re.IGNORECASE,
)
_LATE_ROOT = re.compile(r"\[?(?:Annex|별\s*표)\s*(?P<n>[1-9][0-9]?)\]?\b", re.IGNORECASE)
_ENDS_SENTENCE = re.compile(r"[.;:,。]$|다$")
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


def beginning_of(text: str) -> bool:
    """Whether *text* begins like a provision: with a heading of its own, or with a mark, known or not."""
    heading = heading_of(text)
    return bool(
        (heading and (heading.sure or heading.runs_on)) or mark_of(text) or mark_without_id(text)
    )


@dataclass(frozen=True)
class Heading:
    """A heading that names a provision: ``width`` of the block's characters are the heading, the rest is text.

    ``sure``: it has the form of a heading and of nothing else. ``needs_id``: its id has to be written down. ``runs_on``: text
    follows on its line. ``is_counted``: its number is printed; a supplementary provision or an annex may have none.
    """

    root: Part
    width: int
    sure: bool
    needs_id: bool = False
    runs_on: bool = False
    is_counted: bool = True


def heading_of(text: str) -> Heading | None:
    """Return what *text*, a whole block, is as a heading; None if it is not one."""
    root = root_of_heading(text)
    if root is None:
        match = _LATE_ROOT.match(text)
        if match is None or len(text) > LONGEST_HEADING:
            return None
        return Heading(Part("ann", Number(int(match["n"]))), len(text), sure=False, needs_id=True)
    if root.level != "art":
        if len(text) > LONGEST_HEADING:
            return None
        counted = root.number != Number(1) or bool(_FIRST.match(text))
        return Heading(root, len(text), sure=bool(_LAST.fullmatch(text)), is_counted=counted)
    match = _NUMBERED.match(text)
    if match is None:
        return None
    return _article(root, text, match)


def _article(root: Part, text: str, match: re.Match[str]) -> Heading | None:
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
    return Heading(root, len(text), sure=False) if short else None
