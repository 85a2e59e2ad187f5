"""What is around the text on the page of a version: menus, notices, tools. It must be what this software prints there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from policysite.verify.markup_shapes import (
    LINK_INSIDE,
    WORDS_ID,
    elements,
    has_loose_words,
    named,
    odd_elements,
    shapes,
    units,
)
from policysite.verify.page_facts import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    import lxml.html

    Element = lxml.html.HtmlElement

_BODY = {
    "a.skip-to-content",
    "div.page",
    "div.tools",
    "header.page-bar",
    "label.overlay",
    "script",
    "svg.icons",
    f"template#{WORDS_ID}",
}
_MAIN = {
    "article",
    "details.correction-notice",
    "details.translation-note",
    "div.correction-notice",
    "div.print-note",
    "div.status-notice",
    "p.arrival-note",
    "p.fingerprint",
    "p.sample-mark",
    "ul.version-links",
}
_SHAPES = shapes("""
    body
    script      src
    svg         .icons .theme-icon-when-auto-light .theme-icon-when-auto-dark .theme-icon-when-dark .theme-icon-when-light xmlns aria-hidden=true
    symbol      id viewbox
    path        d fill
    circle      cx cy r
    use         href
    a           .skip-to-content .muted-link .sidebar-brand .reference .internal href type rel=alternate lang hreflang aria-current=page|true data-keep-fragment data-to data-moved data-version data-status data-effective data-until data-withdrawn
    label       .overlay .sidebar-overlay .toc-overlay .drawer-close .drawer-switch for=__navigation|__toc
    input       type=checkbox|search id=__navigation|__toc name=q placeholder aria-label
    form        .search-form method=get action role=search
    button      .theme-toggle .all-histories aria-pressed=false type=button|submit aria-label data-copy=link|citation|html
    nav         .sidebar-drawer .language-menu .toc-drawer aria-label
    details     .version-menu .language-menu .translation-note .correction-notice data-policy
    summary
    div         .page .sidebar-menu .main .content .switchers .status-notice .status-draft .status-upcoming .status-in-force .status-superseded .status-withdrawn .correction-notice .print-note .print-only .toc-tree .tools id=tools popover hidden role=note|dialog aria-labelledby=tools-name data-page data-title data-citation data-named data-inside data-copied data-failed data-version data-status data-effective data-until data-withdrawn data-other data-other-start
    header      .page-bar
    main        id=furo-main-content data-policy
    footer
    p           .caption .toc-title .left-details .status-line .permanent .withdrawal .correction .postponed .editions .fingerprint .arrival-note .print-day .sample-mark .tools-name .tools-said .tools-elsewhere id=arrival|tools-name role=status|note hidden data-nearest data-missing data-printed data-sentence translate=no
    span        .sidebar-brand-text .version-name .caption-text .status-word .status-draft .status-upcoming .status-in-force .status-superseded .status-withdrawn .version-number .version-dates .version-period .not-held .language-state .reason .print-address .print-title data-of lang translate=no aria-hidden=true
    strong      .status-word
    time        datetime
    ul          .version-links .tools-places
    li          .toctree-l1 .current-page .all-versions
    img         .sidebar-logo src alt= width height
    code        translate=no
    template    id=status-words
    b           data-status
    article
""")
_IDS = re.compile(r'[{}": ,a-z0-9-]*')
_HEAD = shapes("""
    head
    meta        charset name=viewport|color-scheme|description|robots property content
    title
    link        rel=alternate|canonical|version-history|icon|stylesheet type hreflang href
    script      type=application/ld+json
""")


def _is_text(element: Element) -> bool:
    """Whether *element* is looked at elsewhere."""
    return element.tag == "article"


def frame_oddities(document: Element) -> Iterator[str]:
    """Yield what is around the text and is not made by this software, each as words for a message."""
    for head in document.iter("head"):
        yield from map(named, odd_elements(head, _HEAD))
    bodies = list(document.iter("body"))
    for body in bodies:
        yield from (named(child) for child in elements(body) if not _is_one_of(child, _BODY))
        yield from map(named, odd_elements(body, _SHAPES, _is_text))
    for main in document.iter("main"):
        yield from (named(child) for child in elements(main) if not _is_one_of(child, _MAIN))
        if has_loose_words(main):
            yield "words beside the text, in no element"
    yield from (named(e) for e in document.iter("template") if e.getparent() not in bodies)
    for link in document.iter("a"):
        in_text = any(e.tag == "article" for e in link.iterancestors())
        is_inside = in_text or LINK_INSIDE.fullmatch(link.get("href", ""))
        if not _IDS.fullmatch(link.get("data-moved", "")) or not is_inside:
            yield named(link)
    for script in document.iter("script"):
        if "<" in (script.text or ""):
            yield f"{named(script)} with markup in it"


def _is_one_of(element: Element, known: set[str]) -> bool:
    """Whether *element* is one of *known*, which are tags, with a class or an id."""
    tag = str(element.tag)
    names = {tag, f"{tag}#{element.get('id', '')}"}
    return not known.isdisjoint(names | {f"{tag}.{name}" for name in element.classes})


def names_on(document: Element) -> Iterator[tuple[str, str]]:
    """Yield the names that a page prints, which no ledger has: of the site, its publisher, policies and languages."""
    for kind, name in (("site", "sidebar-brand-text"), ("publisher", "left-details")):
        for element in document.find_class(name):
            yield kind, one_line(element)
    for element in document.find_class("caption-text"):
        yield "policy", one_line(element)
    for record in document.find_class("record"):
        for element in record.iter("span"):
            yield "contact", one_line(element)
    for link in document.iter("a"):
        if link.get("hreflang") and link.get("lang") == link.get("hreflang"):
            yield f"language {link.get('lang')}", one_line(link)


def frame_words(document: Element) -> Iterator[tuple[str, str]]:
    """Yield the words around the text, each with its place, but for those that are checked for what they say."""
    for body in document.iter("body"):
        for place, name, words in units(body, _is_text):
            if "code" not in place.split("/")[-1]:
                yield f"{place}@{name}", words
