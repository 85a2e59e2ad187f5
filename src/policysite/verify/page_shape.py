"""What the page of a version is made of: anything else could show a reader other words than those that count.

Words may be added in unexpected places, hidden, struck out, drawn, or reversed. So this is a list of what is
allowed, not of what is forbidden.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from policysite.model.provision_ids import OF_MARKS
from policysite.verify import table_words
from policysite.verify.markup_shapes import (
    WORDS_ID,
    elements,
    has_loose_words,
    named,
    wrong_direction,
)
from policysite.verify.page_tools import TOOLS, tool_oddities, tool_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    import lxml.html

    Element = lxml.html.HtmlElement


class _Shape(NamedTuple):
    """What an element of a text may have: classes, attributes and parents."""

    parents: frozenset[str]
    classes: frozenset[str] = frozenset()
    attributes: frozenset[str] = frozenset()


def _shape(parents: str, classes: str = "", attributes: str = "") -> _Shape:
    return _Shape(*(frozenset(names.split()) for names in (parents, classes, attributes)))


_INLINE = "p dt h1 h2 h3 h4 h5 h6 em strong a span code"
_SHAPES = {
    "section": _shape("article section", "", "id"),
    "h1": _shape("section", "", "lang"),
    "h2": _shape("section", "", "lang"),
    "h3": _shape("section", "", "lang"),
    "h4": _shape("section", "", "lang"),
    "h5": _shape("section", "", "lang"),
    "h6": _shape("section", "", "lang"),
    "dl": _shape("section div blockquote dd", "simple myst"),
    "dt": _shape("dl", "", "lang"),
    "dd": _shape("dl"),
    "p": _shape("section div td th blockquote dd li", "version-link", "lang"),
    "hr": _shape("section", "docutils"),
    "blockquote": _shape("section div li"),
    # Lists with bullets are of this form in quotations alone, where nothing is a provision.
    "ul": _shape("div li", "simple"),
    "li": _shape("ul"),
    "div": _shape(
        "section div blockquote td th",
        f"provision provisions {' '.join(OF_MARKS)} container table-wrapper",
        "id role tabindex aria-label",
    ),
    "table": _shape("div", f"docutils align-default {table_words.CLASS}"),
    "colgroup": _shape("table", "", "span"),
    "col": _shape("colgroup"),
    "thead": _shape("table"),
    "tbody": _shape("table"),
    "tr": _shape("thead tbody", "row-odd row-even"),
    "th": _shape("tr", "head text-left text-center text-right", "rowspan colspan scope"),
    "td": _shape("tr", "text-left text-center text-right", "rowspan colspan"),
    "a": _shape(_INLINE, "reference internal external", "href"),
    "em": _shape(_INLINE),
    "strong": _shape(_INLINE),
    "code": _shape(_INLINE, "docutils literal notranslate"),
    "span": _shape(
        _INLINE,
        "printed-mark pre xref myst doc std std-doc std-ref policy policy-provision",
        "lang",
    ),
}
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_ROLES = {"list": "provisions", "listitem": "provision", "group": "table-wrapper"}
"""What a list or a table is for those who cannot see it, with the class that it has."""
_NO_WORDS = {"dl", "hr", "table", "colgroup", "thead", "tbody", "tr", "ul", "li"}
_HREF = re.compile(r"(?:https?|mailto|tel):[^\s].*|(?![\s/\\])[^\s:\\]*")
_HIDING = {
    "background",
    "contenteditable",
    "is",
    "shadowroot",
    "shadowrootmode",
    "slot",
    "style",
}
_ROUND = {"main", "div", "body", "html"}
_ROUND_CLASSES = {"content", "main", "page"}
# Anywhere on the page: what could draw other words over these, or lead the reader away.
_FOREIGN = {"base", "embed", "frame", "frameset", "iframe", "noscript", "object", "style"}


def unexpected_markup(
    document: Element, tools: Collection[str] = frozenset(TOOLS)
) -> Iterator[str]:
    """Yield what is on the page of a version and has no place there, each as words for a message.

    *tools* are what may be among the words of its text, or in the place of one.
    """
    articles = list(document.iter("article"))
    if len(articles) != 1:
        yield f"{len(articles)} <article> in place of one"
    language = document.get("lang", "")
    for article in articles:
        yield from _around(article)
        for child in elements(article):
            yield from _inside(child, "article", tools, language)
    if len({" ".join(e.text_content().split()) for e in document.find_class("omitted")}) > 1:
        yield "notes of lost tables that differ from each other"
    for element in document.iter("section", "div"):
        is_provision = element.tag == "section" or "provision" in element.classes
        if is_provision and not any(a.tag == "article" for a in element.iterancestors()):
            yield f"{named(element)} outside the text"
    yield from foreign_markup(document)


def foreign_markup(document: Element, *, has_text: bool = True) -> Iterator[str]:
    """Yield what is on a page and could draw other words over its own, each as words for a message.

    Pages that have not the text of a version (*has_text*) hold more for their scripts, and say what readers without miss.
    """
    for element in document.iter():
        if isinstance(element.tag, str) and not (not has_text and _is_for_script(element)):
            yield from _anywhere(element)


def _is_for_script(element: Element) -> bool:
    """Whether *element* holds words or data for a script of ours, or is for those who have none."""
    if element.tag == "script":
        return (
            dict(element.attrib).keys() == {"id", "type"}
            and element.get("type") == "application/json"
        )
    if element.tag == "template":
        return dict(element.attrib).keys() == {"id"}
    return element.tag == "noscript" and not element.attrib


def _anywhere(element: Element) -> Iterator[str]:
    attributes = [n for n in element.attrib if n in _HIDING or n.startswith("on")]
    is_template = element.tag == "template" and element.get("id") != WORDS_ID
    is_script = element.tag == "script" and element.get("type") != "application/ld+json"
    if (
        attributes
        or is_template
        or element.tag in _FOREIGN
        or (element.tag == "meta" and element.get("http-equiv"))
        or (is_script and (not element.get("src") or (element.text or "").strip()))
    ):
        yield named(element)


def _around(article: Element) -> Iterator[str]:
    """Yield what hides the text as a whole."""
    if article.attrib:
        yield named(article)
    for element in article.iterancestors():
        hides = {"hidden", "inert", "aria-hidden"} & set(element.attrib)
        hides |= {"dir"} & wrong_direction(element)
        if hides or element.tag not in _ROUND or not set(element.classes) <= _ROUND_CLASSES:
            yield named(element)


def _inside(element: Element, parent: str, tools: Collection[str], language: str) -> Iterator[str]:
    """Yield what is odd about *element*, which is in the text inside a *parent*, and in it."""
    if (tool := tool_of(element)) in tools:
        yield from tool_oddities(element, tool, language)
        return
    shape = _SHAPES.get(str(element.tag))
    if (
        shape is None
        or parent not in shape.parents
        or not set(element.classes) <= shape.classes
        or not {*element.attrib} - {"dir"} | wrong_direction(element)
        <= shape.attributes | {"class"}
        or (element.tag == "a" and not _HREF.fullmatch(element.get("href", "")))
        or (element.tag == "div" and not _says_what_it_is(element))
        or (element.get("lang") is not None and not _is_said_to_be_foreign(element, language))
    ):
        yield named(element)
        return
    if element.tag in _NO_WORDS and has_loose_words(element):
        yield f"words in a <{element.tag}>, outside of what is in it"
    headings = [child for child in elements(element) if child.tag in _HEADINGS]
    if element.tag == "section" and [*elements(element)][:1] != headings:
        yield f"{named(element)} without exactly one heading, at its beginning"
    if element.tag == "table":
        yield from map(named, table_words.odd_parts(element))
    is_cell = element.tag in {"td", "th"} and not table_words.is_in_one(element)
    if is_cell and len([*elements(element)]) > 1:
        yield f"<{element.tag!s}> with several paragraphs"
    for child in elements(element):
        yield from _inside(child, str(element.tag), tools, language)


def _is_said_to_be_foreign(element: Element, language: str) -> bool:
    """Whether *element*, which has a language of its own, has another than the page, and says so to readers."""
    if element.tag == "span":
        return True
    notes = [*element.iter("span"), *element.itersiblings("span")]
    is_noted = any("fallback-note" in note.classes for note in notes)
    return element.get("lang") != language and is_noted


def _says_what_it_is(element: Element) -> bool:
    """Whether a box is called what it is, for those who cannot see it."""
    is_table = "table-wrapper" in element.classes
    role = element.get("role")
    return (
        (role is None or _ROLES.get(role, " ") in set(element.classes))
        and element.get("tabindex") in ({"0", None} if is_table else {None})
        and (is_table or element.get("aria-label") is None)
    )
