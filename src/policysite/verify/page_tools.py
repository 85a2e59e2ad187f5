"""What is in a text and not part of it: tools beside a heading, notes of the editors. Their markup, and their words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from policysite.model.provision_ids import is_provision_id
from policysite.verify.beside_text import (
    BESIDE_TEXT,
    LABEL_MARKS,
    PLAIN_WORDS,
    POLICY_LABELS,
    beside_oddities,
    is_own,
)
from policysite.verify.markup_shapes import (
    LINK_INSIDE,
    elements,
    elements_before,
    has_loose_words,
    named,
    odd_elements,
    shapes,
    units,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    import lxml.html

    Element = lxml.html.HtmlElement

TOOLS = {
    "arrival-note": "p",
    "article-changes": "div",
    "article-links": "details",
    "fallback-note": "span",
    "headerlink": "a",
    "label-marks": "p",
    "omitted": "div",
    "plain-words": "aside",
    "policy-labels": "nav",
    "provision-days": "div",
}
"""What may be among the words of a text; by class, with its tag."""
IN_PLACE_OF_TEXT = {"nothing-in-force": "p", "record": "div"}
"""What may be there instead of a text."""
_ALL = {**TOOLS, **IN_PLACE_OF_TEXT}

_SHAPES = {
    "arrival-note": shapes("p .arrival-note id"),
    "headerlink": shapes("a .headerlink href aria-label lang"),
    "fallback-note": shapes("span .fallback-note lang"),
    "label-marks": LABEL_MARKS,
    "plain-words": PLAIN_WORDS,
    "policy-labels": POLICY_LABELS,
    "omitted": shapes("""
        div .omitted role=note
        p
        strong
        span .editorial
    """),
    "provision-days": shapes("""
        div .provision-days role=note
        p data-provision data-from
        time datetime
        a href
    """),
    "article-links": shapes("""
        details .article-links
        summary aria-label
        span aria-hidden=true
        ul
        li
        a href hreflang lang
    """),
    "nothing-in-force": shapes("p .nothing-in-force"),
    "record": shapes("""
        div .record id=text-not-held role=note
        p
        strong
        span translate=no
        a href
    """),
    "article-changes": shapes("""
        div .article-changes .redline .redline-row .depth-0 .depth-1 .depth-2 .depth-3 .depth-4 .depth-5 .depth-6 .changed .new .gone .words
        table .life .redline-table
        caption .sr-only
        tbody
        tr .gone lang
        th scope=row .cancelled title
        td .gone .joined colspan .life-first .life-unchanged .life-amended .life-inserted .life-moved .life-absent .life-not-held
        a href aria-current=page
        details .article-news .article-history
        summary
        span .since .sr-only .kind .kind-inserted .kind-deleted .kind-amended .kind-renumbered .kind-moved .was .printed-mark lang
        p .redline-title .gone .kinds .redline-links .redline-omitted lang
        ins
        del
    """),
}
_SAID_BESIDE = {
    "kinds",
    "printed-mark",
    "redline-links",
    "redline-omitted",
    "sr-only",
}
"""What is not a quotation in a change: kinds of changes, marks, words for screen readers."""
_CONTACT = re.compile(r"(?:tel|mailto):[^\s]*")
_BESIDE_HEADING = {
    "article-changes",
    "article-links",
    "arrival-note",
    "label-marks",
    "plain-words",
    "policy-labels",
    "provision-days",
}
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}


def tool_of(element: Element) -> str:
    """Return the name of the tool that *element* is, or an empty string."""
    # Asked of every element of a page, most of which have no class.
    classes = element.get("class", "").split()
    return next((name for name in _ALL if name in classes), "") if classes else ""


def tool_oddities(element: Element, tool: str, language: str) -> Iterator[str]:
    """Yield what is odd about the form of *tool*, or about its place; *language* is that of the page."""
    if element.tag != _ALL[tool]:
        yield named(element)
        return
    yield from map(named, odd_elements(element, _SHAPES[tool]))
    parent = element.getparent()
    if tool in {"headerlink", "fallback-note"} and not _ends_block(element):
        yield f"{named(element)} in the middle of a text"
    if tool in _BESIDE_HEADING and (
        parent is None or parent.tag != "section" or (element.tail or "").strip()
    ):
        yield f"{named(element)} apart from a heading"
    if tool == "headerlink" and (len(element) or (element.text or "").strip()):
        yield f"{named(element)} with words"
    if tool == "fallback-note" and not _is_foreign(element, language):
        yield f"{named(element)} at words that are not in another language"
    if tool == "arrival-note" and not is_provision_id(
        element.get("id", "").removeprefix("absent-")
    ):
        yield named(element)
    if tool == "article-links":
        yield from _links(element)
    if tool in BESIDE_TEXT:
        yield from beside_oddities(element, tool, tool_of)
    known = _CONTACT if tool == "record" else LINK_INSIDE
    yield from (
        named(link) for link in element.iter("a") if not known.fullmatch(link.get("href", ""))
    )


def _ends_block(element: Element) -> bool:
    """Whether nothing but such tools follows *element* in its block; behind a heading the rest of the section does."""
    parent = element.getparent()
    if parent is not None and parent.tag == "section":
        before = elements_before(element)
        headings = [e for e in before if e.tag in _HEADINGS]
        return bool(headings) and all(tool_of(e) for e in before[: before.index(headings[0])])
    following = list(element.itersiblings())
    return not (element.tail or "").strip() and all(
        isinstance(e.tag, str) and tool_of(e) and not (e.tail or "").strip() for e in following
    )


def _is_foreign(element: Element, language: str) -> bool:
    """Whether *element* belongs to words in another language than that of the page."""
    parent = element.getparent()
    if parent is None:
        return False
    if parent.tag == "section":
        headings = [e for e in parent if e.tag in _HEADINGS]
        return bool(headings) and headings[0].get("lang", language) != language
    return parent.get("lang", language) != language


def _links(element: Element) -> Iterator[str]:
    """Yield what is odd about the list of links beside an article: each is one link, and nothing else."""
    if [child.tag for child in elements(element)] != ["summary", "ul"] or has_loose_words(element):
        yield f"{named(element)} with more than its list of links"
    for item in element.iter("ul", "li"):
        expected = "li" if item.tag == "ul" else "a"
        if has_loose_words(item) or any(child.tag != expected for child in elements(item)):
            yield f"{named(element)} with more than its list of links"


def tool_words(element: Element, tool: str) -> Iterator[tuple[str, str, str]]:
    """Yield the words of *tool*, each with its place and with where it leads, but for what it quotes of texts."""
    if tool == "article-links":
        for link in element.iter("a"):
            yield f"{tool} link", link.get("href", ""), link.text_content()
    closed = {"article-links": _is_link, "plain-words": is_own, "policy-labels": is_own}
    for place, name, words in units(element, closed.get(tool, _is_redline)):
        yield f"{tool} {place}@{name}", "", words
    for redline in element.find_class("redline"):
        for said in redline.iter():
            if isinstance(said.tag, str) and not _SAID_BESIDE.isdisjoint(said.classes):
                around = said.getparent()
                is_first = not [*said.itersiblings(preceding=True)]
                tag = "" if around is None else str(around.tag)
                place = f"{tag} {' '.join(said.classes)} {is_first}"
                yield f"{tool} {place}", "", said.text_content()


def _is_link(element: Element) -> bool:
    return element.tag == "a"


def _is_redline(element: Element) -> bool:
    return "redline" in element.classes


def misquoted(element: Element, now: Collection[str], ever: Collection[str]) -> Iterator[str]:
    """Yield what a change, as it is shown beside an article, quotes otherwise than the texts have it.

    *now* are the blocks of the text on the page, *ever* those of all versions in its language, both :func:`unspaced`.
    """
    for redline in element.find_class("redline"):
        for block in redline.iter():
            if not isinstance(block.tag, str) or not _SAID_BESIDE.isdisjoint(block.classes):
                continue
            if block.tag in {"p", "td"}:
                for side, known in ((_side(block, "del"), now), (_side(block, "ins"), ever)):
                    words = " ".join(side.split())
                    if unspaced(words) not in known:
                        yield f"the change {words[:80]!r}, which no version has"
            elif has_loose_words(block) and not _is_quoted(block):
                yield f"words in {named(block)}, which quotes nothing"


def unspaced(words: str) -> str:
    """Return *words* without white space: a change may lose some where it is put together."""
    return "".join(words.split())


def _is_quoted(element: Element) -> bool:
    """Whether the words of *element* are looked at as those of a block, or of what is said beside it."""
    around = [element, *element.iterancestors()]
    return any(e.tag in {"p", "td"} or not _SAID_BESIDE.isdisjoint(e.classes) for e in around)


def _side(element: Element, left_out: str) -> str:
    """Return the words of one side of a change: without what is *left_out*, and words for screen readers."""
    found = [element.text or ""]
    for child in elements(element):
        if child.tag != left_out and "sr-only" not in child.classes:
            found.append(_side(child, left_out))
        found.append(child.tail or "")
    return "".join(found)
