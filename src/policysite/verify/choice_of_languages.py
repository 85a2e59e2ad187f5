"""The page at the root of a site, on which a reader chooses a language: links to the languages, names, and nothing else."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from policysite.model import addresses
from policysite.verify.expected_versions import folders_of, page_of
from policysite.verify.markup_shapes import elements, has_loose_words, named, odd_elements, shapes
from policysite.verify.page_facts import one_line
from policysite.verify.site_pages import Page, wrong

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    import lxml.html

    from policysite.base.problems import Problem

    Element = lxml.html.HtmlElement

_SHAPES = shapes("""
    body
    main
    h1
    span        lang
    ul          .languages
    li
    a           href hreflang lang
    small       lang
    img         src alt= width=48 height=48
    p           .sample-mark lang
    strong
""")
_INSIDE = {
    "body": {"main"},
    "main": {"h1", "ul", "img", "p"},
    "h1": {"span"},
    "ul": {"li"},
    "li": {"a", "small"},
}
_LONGEST = 200


def choice_problems(
    page: Page, languages: Collection[str], titles: Mapping[str, Collection[str]]
) -> Iterator[Problem]:
    """Yield what is on the *page* beside the choice of *languages*; *titles* are those of the site, by language.

    What is said of samples and of languages that are incomplete is in all languages, and bounded alone.
    """
    for oddity in _oddities(page.document, languages, titles):
        yield wrong(
            page.path, f"The page has {oddity[:200]}, which this software does not print there"
        )


def _oddities(
    document: Element, languages: Collection[str], titles: Mapping[str, Collection[str]]
) -> Iterator[str]:
    for body in document.iter("body"):
        yield from _inside(body, languages, titles)
    for link in document.iter("a", "link"):
        code, href = link.get("hreflang", ""), posixpath.normpath(link.get("href", ""))
        is_other = link.tag == "link" and (not code or ":" in href or link.get("type"))
        homes = [page_of(folder, addresses.HOME) for folder in folders_of(code)]
        if not is_other and (code not in languages or href not in homes):
            yield named(link)


def _inside(
    body: Element, languages: Collection[str], titles: Mapping[str, Collection[str]]
) -> Iterator[str]:
    yield from map(named, odd_elements(body, _SHAPES))
    for box in body.iter(*_INSIDE):
        inside = [str(child.tag) for child in elements(box)]
        if not set(inside) <= _INSIDE[str(box.tag)] or has_loose_words(box):
            yield f"{named(box)} with something else in it"
    for name in body.iter("span"):
        known = titles.get(name.get("lang", ""))
        if known and one_line(name) not in known:
            yield f"the name {one_line(name)[:60]!r}"
    for said in body.iter("p", "a", "small"):
        if len(one_line(said)) > _LONGEST or (said.tag == "p" and not said.classes):
            yield f"{one_line(said)[:60]!r}"
    if len(list(body.iter("p", "small"))) > 2 * len(languages):
        yield "more notes than languages"
