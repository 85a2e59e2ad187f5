"""Page furniture around a policy: menus, banners, footers, controls, and what is hidden.

That is guessed from tags and names, so it is left out before the first article and behind the last only. What is between
articles, or has an article or a numbered mark in it, is kept; both are named.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from policysite.importing.html_visible import UNSEEN
from policysite.importing.html_words import line_of, words_of
from policysite.importing.pieces import Note, short
from policysite.importing.printed_marks import DASH, heading_of, mark_of
from policysite.languages.language_data import sentence_ends

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

_CONTROLS = ["button", "select", "textarea", "input"]
_WITHOUT_WORDS = {"hidden", "password", "checkbox", "radio", "image", "file", "range", "color"}
_AROUND = {"nav", "footer", "aside", "dialog"}
_ROLES = {"navigation", "banner", "contentinfo", "complementary", "search", "dialog", "alertdialog"}
# Names that site builders give to page furniture.
_AROUND_NAMES = re.compile(
    r"(?:^|[\s_-])(?:nav(?:bar|igation)?|gnb|lnb|snb|bread-?crumbs?|skip(?:-?(?:nav|link|to-content))?|"
    r"cookie-?(?:banner|consent|bar|popup|notice)|gdpr|side-?bar|site-?footer|footer|pagination|share|sns)(?:$|[\s_-])",
    re.IGNORECASE,
)
_LONGEST_AROUND = 1500
_SENTENCE = re.compile(r"[.!?。](?:\s|$)")


def taken_away(body: HtmlElement, language: str = "") -> Iterator[Note]:
    """Remove page furniture around the policy in *language*, and yield notes on it, and on what was kept although it looks so."""
    mains = [*body.iter("main"), *body.xpath(".//*[@role='main']")]
    if len(mains) == 1:
        yield from _outside(body, mains[0], language)
    page = _Page(body, language)
    for element in list(body.iterdescendants()):
        # It may have been removed with its container.
        if body not in element.iterancestors() or not isinstance(element.tag, str):
            continue
        why = _never_seen(element)
        if not why and (why := _looks_around(element)) and page.is_policy(element):
            shown = short(words_of(element))
            if shown:
                found = f"Kept, {why}, as it may be policy text at this place: “{shown}”."
                yield Note(found, line_of(element))
            continue
        if why:
            if words := " ".join(filter(None, [words_of(element), *_typed(element)])):
                yield Note(f"Left out, {why}: “{short(words)}”.", line_of(element))
            element.drop_tree()


def _outside(body: HtmlElement, main: HtmlElement, language: str) -> Iterator[Note]:
    keep = {main, *main.iterancestors()}
    for around in [a for a in main.iterancestors() if a is not body.getparent()]:
        for child in list(around):
            if child in keep or not isinstance(child.tag, str) or _has_article(child, language):
                continue
            if words := words_of(child):
                found = f"Left out, outside of the page's main part: “{short(words)}”."
                yield Note(found, line_of(child))
            child.drop_tree()


def _never_seen(element: HtmlElement) -> str:
    """Return why *element* is not text, wherever it is; empty if it may be."""
    if why := element.get(UNSEEN):
        return why
    return "a control of the page" if element.tag in _CONTROLS else ""


def _looks_around(element: HtmlElement) -> str:
    """Return why *element* looks like page furniture; empty if it does not."""
    if element.tag == "header" and next(element.iter("h1"), None) is None:
        return "the head of the page"
    if element.get("role", "") in _ROLES or element.tag in _AROUND:
        return "navigation or page furniture"
    if _is_named_around(element) and len(words_of(element)) <= _LONGEST_AROUND:
        return "navigation or page furniture, by its name"
    return ""


def _is_named_around(element: HtmlElement) -> bool:
    return bool(_AROUND_NAMES.search(f"{element.get('class', '')} {element.get('id', '')}"))


def _has_sentence(words: str) -> bool:
    return bool(_SENTENCE.search(words) or re.search(f"(?:{sentence_ends()})$", words))


class _Page:
    """Where on a page its articles are."""

    def __init__(self, body: HtmlElement, language: str) -> None:
        self._language = language
        self._places = {element: place for place, element in enumerate(body.iter())}
        self._ends: dict[HtmlElement, int] = {}
        around: set[HtmlElement] = set()
        for element in body.iterdescendants("*"):
            if element.getparent() in around or _never_seen(element) or _looks_around(element):
                around.add(element)
        inside = [element for element in self._places if element not in around]
        articles = [self._places[e] for e in inside if _begins(e, self._language, marks=False)]
        self._first = min(articles, default=len(self._places))
        self._last = max(
            (self._places[e] for e in inside if _begins(e, self._language, marks=True)), default=0
        )

    def is_policy(self, element: HtmlElement) -> bool:
        """Whether *element*, which looks like page furniture, may be a part of the policy."""
        if _is_links(element):
            # The headings themselves may be links.
            return (
                element.tag not in _AROUND
                and _is_named_around(element)
                and _titles(element, self._language)
            )
        if any(_begins(e, self._language, marks=True) for e in element.iter()):
            return True
        place = self._places[element]
        if place < self._first:
            return False
        return place < self._last or (
            _is_named_around(element)
            and _has_sentence(words_of(element))
            and self._goes_on(element)
        )

    def _goes_on(self, element: HtmlElement) -> bool:
        """Whether words follow beside *element* that do not look like page furniture."""
        around = element.getparent()
        if around is None:
            return False
        if around not in self._ends:
            ends = [0]
            for place, inner in enumerate(around.iterchildren("*")):
                is_text = not _never_seen(inner) and not _looks_around(inner) and words_of(inner)
                ends.append(2 * place if is_text else 0)
                ends.append(2 * place + 1 if (inner.tail or "").strip() else 0)
            self._ends[around] = max(ends)
        return 2 * around.index(element) < self._ends[around]


def _begins(element: HtmlElement, language: str, *, marks: bool) -> bool:
    """Whether words right in *element* begin an article, or with *marks* a provision; links do not count."""
    if not isinstance(element.tag, str) or _is_in_link(element):
        return False
    for text in (element.text, *(child.tail for child in element)):
        words = (text or "").strip()
        if not words:
            continue
        if heading_of(words, language):
            return True
        mark = mark_of(words, language) if marks else None
        if mark and mark.kind != DASH:
            return True
    return False


def _is_in_link(element: HtmlElement) -> bool:
    return any(e.tag == "a" and e.get("href") for e in (element, *element.iterancestors()))


def _is_links(element: HtmlElement) -> bool:
    """Whether all words of *element* are links or controls."""
    return not any(
        (text or "").strip()
        for inner in element.iter()
        if inner.tag not in _CONTROLS and not _is_in_link(inner)
        for text in (inner.text, *(child.tail for child in inner))
    )


def _titles(element: HtmlElement, language: str) -> bool:
    return any(heading_of(text.strip(), language) for text in element.itertext() if text.strip())


def _has_article(element: HtmlElement, language: str) -> bool:
    return any(_begins(e, language, marks=False) for e in element.iter())


def _typed(element: HtmlElement) -> Iterator[str]:
    """Yield the words that controls show: they are not text between tags."""
    for control in element.iter("input"):
        if control.get("type", "text").lower() not in _WITHOUT_WORDS:
            yield (control.get("value") or control.get("placeholder") or "").strip()
