"""Provision ids: a public contract, kept pure.

An id is Akoma Ntoso's eId (https://docs.oasis-open.org/legaldocml/akn-nc/v1.0/, section 5), written so
that docutils leaves it alone::

    id     = ( step | word ) *( "-" step )
    step   = level "-" number | "pre" | "intro"     art-9 · para-2 · sec-b · list-2
    word   = a name that stands in the source       what-we-collect
    number = piece *( "-" piece )                   9 · 9-2 (제9조의2) · 9-bis · b · iv · 4-x2 (a second 4 that was published)

No level is a piece of a number, so an id can be read in one way. An id comes from what is printed in the source text, or
stands there itself; never from a translation and never from a title. It is a name, not a path: who contains whom
is data of the outline. Whatever was returned for a heading or a mark is returned for ever: the rows with an id in
``tests/data/provision-ids.tsv`` may be added to, not changed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from policysite.languages.labels import bare_labels, label_of_heading
from policysite.languages.provision_number import Number, is_piece

CONTAINERS = ("part", "title", "chp", "sec", "subsec")
"""Levels that contain articles, the outermost first."""
ARTICLES = ("art", "clause", "reg", "rule")
BOXES = ("add", "ann", "app", "sched", "exh", "pre")
"""Levels whose own articles may begin at 1."""
INTRO = "intro"
"""The step of marks before the first heading."""
UNNUMBERED = ("pre", INTRO)
LIST = "list"
"""The step of a second list of one level in one place."""
MARKS = ("para", "subpara", "point", "indent", "item", "subitem")
OF_MARKS = ("subsec", *MARKS)
"""Levels that a mark may have; 1.1 may be a heading too."""
LEVELS = frozenset({*CONTAINERS, *ARTICLES, *BOXES, *MARKS, INTRO, LIST})
# What pages have such ids for, and what catalogs call places that are no provision.
_TAKEN = {
    *("top", "search", "arrival", "tools", "tools-name", "furo-main-content", "text-not-held"),
    *("status-words", "redline-data", "redline-words", "heading", "table-head", "table-cell"),
}
_WORD = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_OWN_OF_DOCUTILS = re.compile(r"id[0-9]+")
_LONGEST = 1_000
"""Characters of an id: deeper than any text."""


@dataclass(frozen=True, order=True)
class Part:
    """One step of an id: ``art-9-2`` is ``Part("art", Number(9, 2))``. The ``level`` of a word is empty, its number the word."""

    level: str
    number: Number

    def __str__(self) -> str:
        """Return the part as it is in an id."""
        return "-".join(filter(None, (self.level, str(self.number))))

    @property
    def is_word(self) -> bool:
        """Whether it is a name that stands in the source."""
        return not self.level


def step_of_heading(heading: str, language: str = "") -> Part | None:
    """Return the step that the label of *heading* gives in English, Korean or *language*: ``Article 9 (Cookies)`` and ``제9조(쿠키)`` are ``art-9``, a ``Schedule`` alone ``sched-1``.

    None for a heading without a label that has a word; numbers alone are read where the headings around are known.
    """
    label = label_of_heading(heading, language)
    if label is None or not label.number:
        return None
    if label.level in UNNUMBERED:
        return Part(label.level, Number())
    return Part(label.level, Number(*label.pieces))


def title_of_heading(heading: str, language: str = "") -> str:
    """Return what *heading* says besides its number: ``Article 9 (Cookies)`` is about ``(Cookies)``."""
    if label := label_of_heading(heading, language):
        return heading.strip()[len(label.text) :].strip() or heading
    bare = bare_labels(heading, language)
    return heading.strip()[bare[0].width :].strip() or heading if bare else heading


@lru_cache(maxsize=20_000)
def is_provision_id(text: str) -> bool:
    """Whether *text* has the form of a provision id."""
    return _parsed(text) is not None


@lru_cache(maxsize=20_000)
def parts(provision_id: str) -> tuple[Part, ...]:
    """Return the parts of *provision_id*, root first.

    :raises ValueError: if it does not have the form of a provision id.
    """
    found = _parsed(provision_id)
    if found is None:
        raise ValueError(f"not a provision id: {provision_id!r}")
    return found


def _parsed(text: str) -> tuple[Part, ...] | None:
    if len(text) > _LONGEST or not _WORD.fullmatch(text):
        return None
    tokens = text.split("-")
    starts = [place for place in range(len(tokens)) if _is_step(tokens, place)]
    found: list[Part] = []
    if not starts or starts[0] > 0:
        word = "-".join(tokens[: starts[0] if starts else None])
        if not is_free(word):
            return None
        found.append(Part("", Number(word)))
    for start, end in pairwise([*starts, len(tokens)] if starts else []):
        number = tokens[start + 1 : end]
        if not all(map(is_piece, number)):
            return None
        found.append(Part(tokens[start], Number(*number)))
    return tuple(found)


def _is_step(tokens: list[str], place: int) -> bool:
    """Whether a step begins at a token: a level and a number; ``pre`` and ``intro``, which have none, only in front."""
    level, following = tokens[place], tokens[place + 1 : place + 2]
    if level in UNNUMBERED:
        return place == 0 and (not following or _is_step(tokens, 1))
    return level in LEVELS and bool(following) and is_piece(following[0])


@lru_cache(maxsize=20_000)
def is_of_steps(text: str) -> bool:
    """Whether *text* is a provision id that is made of steps alone; a word may be the name of something else on a page."""
    found = _parsed(text)
    return found is not None and not found[0].is_word


def is_free(word: str) -> bool:
    """Whether *word* alone may be the name of a provision."""
    tokens = word.split("-")
    looks_like_step = any(a in LEVELS and b[0].isdigit() for a, b in pairwise(tokens))
    # Pages have such names for what is not there.
    is_taken = (
        tokens[0] in {"was", "absent", "icon"}
        or word in _TAKEN | LEVELS
        or _OWN_OF_DOCUTILS.fullmatch(word) is not None
    )
    return not (is_taken or looks_like_step)


def is_word(text: str) -> bool:
    """Whether *text* may be a word of an id, as an author gives it: one that is not read as a step anywhere."""
    found = _parsed(text)
    return found is not None and len(found) == 1 and found[0].is_word


def join(*steps: Part) -> str:
    """Return the id made of *steps*."""
    return "-".join(map(str, steps))


@lru_cache(maxsize=20_000)
def ancestors(provision_id: str) -> tuple[str, ...]:
    """Return what the id says that *provision_id* is within, the nearest first; a chapter around it is in no id."""
    steps = parts(provision_id)
    return tuple(join(*steps[:end]) for end in range(len(steps) - 1, 0, -1))


@lru_cache(maxsize=20_000)
def says_container(provision_id: str) -> str:
    """Return the provision that the id says it is in, empty for none; the data of a text says where it is another one."""
    if not is_provision_id(provision_id):
        return ""
    return next((a for a in ancestors(provision_id) if parts(a)[-1].level not in {LIST, INTRO}), "")


def is_within(provision_id: str, container: str) -> bool:
    """Whether *provision_id* is *container* or a provision inside it."""
    return provision_id == container or container in ancestors(provision_id)
