"""What the page of a version is made of: anything else could show a reader other words than those that count.

Words may be added in unexpected places, hidden, struck out, drawn, or reversed. So this is a list of what is
allowed, not of what is forbidden.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    import lxml.html

    Element = lxml.html.HtmlElement

TOOLS = {
    "arrival-note": "p",
    "article-changes": "div",
    "article-links": "details",
    "fallback-note": "span",
    "headerlink": "a",
    "omitted": "div",
}
"""What is among the words and is not policy text: tools beside a heading, notes of the editors; by class, with its tag."""


class _Shape(NamedTuple):
    """What an element of a text may have: classes, attributes and parents."""

    parents: frozenset[str]
    classes: frozenset[str] = frozenset()
    attributes: frozenset[str] = frozenset()


def _shape(parents: str, classes: str = "", attributes: str = "") -> _Shape:
    return _Shape(*(frozenset(names.split()) for names in (parents, classes, attributes)))


_INLINE = "p h1 h2 h3 em strong a span code"
_SHAPES = {
    "section": _shape("article section", "", "id"),
    "h1": _shape("section", "", "lang"),
    "h2": _shape("section", "", "lang"),
    "h3": _shape("section", "", "lang"),
    "p": _shape("section div td th blockquote", "version-link", "lang"),
    "blockquote": _shape("section div"),
    "div": _shape(
        "section div blockquote",
        "provision provisions para point indent container table-wrapper",
        "id role tabindex aria-label",
    ),
    "table": _shape("div", "docutils align-default"),
    "colgroup": _shape("table"),
    "col": _shape("colgroup"),
    "thead": _shape("table"),
    "tbody": _shape("table"),
    "tr": _shape("thead tbody", "row-odd row-even"),
    "th": _shape("tr", "head text-left text-center text-right"),
    "td": _shape("tr", "text-left text-center text-right"),
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
_HEADINGS = {"h1", "h2", "h3"}
_NO_WORDS = {"table", "colgroup", "thead", "tbody", "tr"}
_HREF = re.compile(r"(?:https?|mailto|tel):[^\s].*|(?![\s/\\])[^\s:\\]*")
_ROUND = {"main", "div", "body", "html"}
_ROUND_CLASSES = {"article-container", "content", "main", "page"}
# Anywhere on the page: what could draw other words over these, or lead the reader away.
_FOREIGN = {"base", "embed", "frame", "frameset", "iframe", "noscript", "object", "style"}


def unexpected_markup(document: Element) -> Iterator[str]:
    """Yield what is on the page of a version and has no place there, each as words for a message."""
    articles = list(document.iter("article"))
    if len(articles) != 1:
        yield f"{len(articles)} <article> in place of one"
    for article in articles:
        yield from _around(article)
        for child in _elements(article):
            yield from _inside(child, "article")
    if len({" ".join(e.text_content().split()) for e in document.find_class("omitted")}) > 1:
        yield "notes of lost tables that differ from each other"
    for element in document.iter("section", "div"):
        is_provision = element.tag == "section" or "provision" in element.classes
        if is_provision and not any(a.tag == "article" for a in element.iterancestors()):
            yield f"{_named(element)} outside the text"
    for element in document.iter():
        if isinstance(element.tag, str):
            yield from _anywhere(element)


def _elements(element: Element) -> Iterator[Element]:
    return (child for child in element if isinstance(child.tag, str))


def _named(element: Element) -> str:
    names = [f' {name}="{str(value)[:40]}"' for name, value in element.attrib.items()]
    return f"<{element.tag!s}{''.join(map(str, names))}>"


def _anywhere(element: Element) -> Iterator[str]:
    attributes = [n for n in element.attrib if n == "style" or n.startswith("on")]
    is_script = element.tag == "script" and element.get("type") != "application/ld+json"
    if (
        attributes
        or element.tag in _FOREIGN
        or (element.tag == "meta" and element.get("http-equiv"))
        or (is_script and (not element.get("src") or (element.text or "").strip()))
    ):
        yield _named(element)


def _around(article: Element) -> Iterator[str]:
    """Yield what hides the text as a whole."""
    if article.attrib:
        yield _named(article)
    for element in article.iterancestors():
        hides = {"hidden", "inert", "aria-hidden", "dir"} & set(element.attrib)
        if hides or element.tag not in _ROUND or not set(element.classes) <= _ROUND_CLASSES:
            yield _named(element)


def _inside(element: Element, parent: str) -> Iterator[str]:
    """Yield what is odd about *element*, which is in the text inside a *parent*, and in it."""
    if tool := next((name for name in TOOLS if name in element.classes), ""):
        if element.tag != TOOLS[tool] or (tool == "headerlink" and _has_words(element)):
            yield _named(element)
        return
    shape = _SHAPES.get(str(element.tag))
    if (
        shape is None
        or parent not in shape.parents
        or not set(element.classes) <= shape.classes
        or not set(element.attrib) <= shape.attributes | {"class"}
        or (element.tag == "a" and not _HREF.fullmatch(element.get("href", "")))
    ):
        yield _named(element)
        return
    if element.tag in _NO_WORDS and _loose_words(element):
        yield f"words in a <{element.tag}>, outside its cells"
    headings = [child for child in _elements(element) if child.tag in _HEADINGS]
    if element.tag == "section" and [*_elements(element)][:1] != headings:
        yield f"{_named(element)} without exactly one heading, at its beginning"
    if element.tag in {"td", "th"} and len([*_elements(element)]) > 1:
        yield f"<{element.tag}> with several paragraphs"
    for child in _elements(element):
        yield from _inside(child, str(element.tag))


def _has_words(element: Element) -> bool:
    return bool(len(element) or (element.text or "").strip())


def _loose_words(element: Element) -> bool:
    return bool((element.text or "").strip() or any((c.tail or "").strip() for c in element))
