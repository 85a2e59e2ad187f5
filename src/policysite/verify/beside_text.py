"""What is beside a text and said to be no part of it: summaries in plain words, and labels.

Their words are the publisher's, and no ledger has them. So it is their frame that counts: that they are said to be no part of the policy, stand
before the text of an article, and are short.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from policysite.markdown.directives import LONGEST_SUMMARY
from policysite.model.policy_labels import LONGEST_LINE, LabelName
from policysite.verify.markup_shapes import (
    elements,
    elements_before,
    has_loose_words,
    named,
    shapes,
)
from policysite.verify.template_words import words_for

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import lxml.html

    Element = lxml.html.HtmlElement

_NAME = "plain-words-name"
"""The class of the words that say what it is, and what it is not."""
_ICON = "#icon-label-"
_LONGER = 2
"""How many times as long as in the source language a translation may be."""
_ICONS = "|".join(f"{_ICON}{name}" for name in LabelName)

PLAIN_WORDS = shapes(f"""
    aside .plain-words role=note
    p .{_NAME}
    span .fallback-note
""")
POLICY_LABELS = shapes(f"""
    nav .policy-labels aria-labelledby=policy-labels-name
    p .{_NAME} id=policy-labels-name
    input type=checkbox aria-label
    ul
    li
    a href
    svg aria-hidden=true
    use href={_ICONS}
    strong
    span
    small
""")
LABEL_MARKS = shapes(f"""
    p .label-marks role=note
    span .sr-only
    svg aria-hidden=true
    use href={_ICONS}
""")
_SAYS_SO = {
    _NAME: ("plain-words.html", "policy-labels.html"),
    "sr-only": ("label-marks.html",),
}
"""Classes of what says that it is no part of the policy, with the templates that have its words."""
BESIDE_TEXT = {"label-marks", "plain-words", "policy-labels"}


def is_own(element: Element) -> bool:
    """Whether the words of *element* are the publisher's: a summary, the line of a label, or what its article is called."""
    parent = element.getparent()
    if parent is None:
        return False
    is_summary = "plain-words" in parent.classes and _NAME not in element.classes
    return is_summary or (parent.tag == "a" and element.tag in {"span", "small"})


def beside_oddities(
    element: Element, tool: str, tool_of: Callable[[Element], str]
) -> Iterator[str]:
    """Yield what is odd about *element*, which is *tool*: its form, its place, or its length; *tool_of* tells what is no text."""
    if not {"plain-words": _is_summary, "policy-labels": _is_list, "label-marks": _is_marks}[tool](
        element
    ):
        yield f"{named(element)} in another form than it has"
    before = elements_before(element)
    parent = element.getparent()
    is_top = parent is not None and parent.get("id") == "top"
    # The first element of a section is its heading.
    if any(not tool_of(e) or tool in e.classes for e in before[:-1]) or not before:
        yield f"{named(element)} in the middle of a text, or twice"
    if is_top != (tool == "policy-labels"):
        yield f"{named(element)} at another heading than it belongs to"


def _is_summary(element: Element) -> bool:
    inside = [*elements(element)]
    return (
        _form(element) == ["p", "p"]
        and set(inside[0].classes) == {_NAME}
        and not inside[1].classes
        # Words in another language than the page say so.
        and _form(inside[1]) == (["span"] if inside[1].get("lang") else [])
        and _is_said(inside[0], LONGEST_SUMMARY)
        and _is_said(inside[1], LONGEST_SUMMARY)
    )


def _is_list(element: Element) -> bool:
    inside = [*elements(element)]
    if _form(element) != ["p", "input", "ul"] or not inside[0].get("id"):
        return False
    items = [*elements(inside[2])]
    return (
        _is_said(inside[0], LONGEST_LINE)
        and 0 < len(items) <= len(LabelName)
        and all(map(_is_tile, items))
    )


def _is_tile(item: Element) -> bool:
    link = next(elements(item), None)
    if link is None or item.tag != "li" or _form(item) != ["a"]:
        return False
    if _form(link) != ["svg", "strong", "span", "small"] or has_loose_words(link):
        return False
    return _has_icon(link) and all(_is_said(part, LONGEST_LINE) for part in [*link][1:])


def _is_marks(element: Element) -> bool:
    inside = [*elements(element)]
    return (
        len(inside) > 1
        and not has_loose_words(element)
        and "sr-only" in inside[0].classes
        and _form(inside[0]) == []
        and all(e.tag == "span" and not e.classes and _form(e) == ["svg"] for e in inside[1:])
        and all(_is_said(e, LONGEST_LINE) for e in inside)
        and all(map(_has_icon, inside[1:]))
    )


def _has_icon(element: Element) -> bool:
    """Whether the only drawing in *element* is that of one label."""
    drawings = [*element.iter("svg")]
    return len(drawings) == 1 and [e.tag for e in drawings[0]] == ["use"]


def _form(element: Element) -> list[str]:
    """Return the tags of what is in *element*."""
    return [str(e.tag) for e in elements(element)]


def _is_said(element: Element, longest: int) -> bool:
    """Whether *element* has words, and not too many."""
    return 0 < len(_words(element)) <= _LONGER * longest


def frame_oddities_beside(
    document: Element, language: str, *, has_own_words: bool
) -> Iterator[str]:
    """Yield where it is not said, in the *language* of the page, that what is beside the text is no part of it.

    *has_own_words*: the site says it otherwise than this software.
    """
    for name, words_of_frame in _SAYS_SO.items():
        known = words_for(language, *words_of_frame)
        for said in document.find_class(name):
            parent = said.getparent()
            if name == "sr-only" and (parent is None or "label-marks" not in parent.classes):
                continue
            if not has_own_words and (words := _words(said)) not in known:
                yield f"{words[:60]!r} where it is said that a summary or a label is no part of the policy"
    yield from _unpaired(document)


def _unpaired(document: Element) -> Iterator[str]:
    """Yield marks beside headings that are not those of the labels at the head, which lead there."""
    wanted = {
        (link.get("href", ""), _named(link), _words(link.find("strong")))
        for labels in document.find_class("policy-labels")
        for link in labels.iter("a")
    }
    found = {
        (f"#{_id_around(mark)}", _named(said), _words(said))
        for mark in document.find_class("label-marks")
        for said in elements(mark)
        if "sr-only" not in said.classes
    }
    for address, name, words in sorted(wanted ^ found):
        yield f"the label {words[:40]!r} ({name[:40]}) of {address[:40]}, which is not both at the head and beside its heading"


def _id_around(element: Element) -> str:
    parent = element.getparent()
    return "" if parent is None else parent.get("id", "")


def _named(element: Element) -> str:
    return next((use.get("href", "").removeprefix(_ICON) for use in element.iter("use")), "")


def _words(element: Element | None) -> str:
    return "" if element is None else " ".join(element.text_content().split())


def count_of(document: Element) -> tuple[int, int]:
    """Return how many summaries and how many labels are on a page."""
    labels = sum(1 for found in document.find_class("policy-labels") for _ in found.iter("a"))
    return len(document.find_class("plain-words")), labels
