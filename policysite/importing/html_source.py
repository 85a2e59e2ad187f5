"""A page as it was saved: what on it is no policy is taken away and named, and every block says its line.

Nothing is fetched and nothing is run: the page is a tree of words here, and all attributes but those of lists, tables, links and
images are taken away.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import lxml.etree
import lxml.html

from policysite.importing import html_lists
from policysite.importing.marks import heading_of
from policysite.importing.pandoc_ast import LINE
from policysite.importing.pieces import Note

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

# They have no words that a reader sees.
_SILENT = """
script style noscript template head iframe object embed svg canvas video audio link meta base map datalist
""".split()  # noqa: SIM905 - a list of words is easier to read
_CONTROLS = ["button", "select", "textarea", "input"]
_WITHOUT_WORDS = {"hidden", "password", "checkbox", "radio", "image", "file", "range", "color"}
_AROUND = {"nav", "footer", "aside", "dialog"}
_ROLES = {"navigation", "banner", "contentinfo", "complementary", "search", "dialog", "alertdialog"}
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
# Names by which site builders call what stands around a text.
_AROUND_NAMES = re.compile(
    r"(?:^|[\s_-])(?:nav(?:bar|igation)?|gnb|lnb|snb|bread-?crumbs?|skip(?:-?(?:nav|link|to-content))?|"
    r"cookie-?(?:banner|consent|bar|popup|notice)|gdpr|side-?bar|site-?footer|footer|pagination|share|sns)(?:$|[\s_-])",
    re.IGNORECASE,
)
_LONGEST_AROUND = 1500
_BLOCKS = {
    "p", "li", "td", "th", "h1", "h2", "h3", "h4", "h5", "h6", "div", "dt", "dd", "caption", "pre", "blockquote",
    "figcaption", "address", "body",
}  # fmt: skip
_AS_DIV = {"main", "header", "footer", "section", "article", "aside", "nav", "form", "center", "address",
           "fieldset", "details", "summary", "legend", "figure", "figcaption"}  # fmt: skip
_KEPT = {
    "ol": {"start", "type"}, "td": {"colspan", "rowspan"}, "th": {"colspan", "rowspan"}, "a": {"href"}, "img": {"alt", "src"},
}  # fmt: skip
_SPACES = re.compile(r"\s+")


class NoPageError(ValueError):
    """The file holds no words in HTML."""


def prepared(html: str) -> tuple[str, list[Note], str]:
    """Return *html* for pandoc, notes on what was taken away, and the words that are left, as a browser has them.

    :raises NoPageError: if there is nothing on the page.
    """
    parser = lxml.html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        page = lxml.html.document_fromstring(html.encode(), parser=parser)
    except (lxml.etree.ParserError, ValueError) as error:
        raise NoPageError(str(error)) from error
    if any("depth" in entry.message.lower() for entry in parser.error_log):
        raise NoPageError("it is nested deeper than any text is")
    body = page.find("body")
    if body is None or not _words(body):
        raise NoPageError("there are no words on the page")
    notes = [
        Note("Another page is shown here, whose words are not in the file.", _line(element))
        for element in body.iter("iframe", "object", "embed", "frame")
    ]
    for silent in list(body.iter(*_SILENT)):
        silent.drop_tree()
    notes += _take_around(body)
    words = " ".join(text for text in body.itertext() if text.strip())
    notes += html_lists.numbered(body)
    _mark_lines(body)
    _bare(body)
    return lxml.html.tostring(body, encoding="unicode"), notes, words


def _words(element: HtmlElement) -> str:
    return _SPACES.sub(" ", str(element.text_content())).strip()


def _line(element: HtmlElement) -> int:
    return element.sourceline or 0


def _take_around(body: HtmlElement) -> Iterator[Note]:
    """Take away what stands around the policy: menus, banners, controls, and what is hidden."""
    mains = [*body.iter("main"), *body.xpath(".//*[@role='main']")]
    if len(mains) == 1:
        yield from _outside(body, mains[0])
    for element in list(body.iterdescendants()):
        # It may have gone with what it stood in.
        if body not in element.iterancestors() or not isinstance(element.tag, str):
            continue
        if why := _why_not(element):
            if words := " ".join(filter(None, [_words(element), *_typed(element)])):
                yield Note(f"Left out, {why}: “{_short(words)}”.", _line(element))
            element.drop_tree()


def _outside(body: HtmlElement, main: HtmlElement) -> Iterator[Note]:
    keep = {main, *main.iterancestors()}
    for around in [a for a in main.iterancestors() if a is not body.getparent()]:
        for child in list(around):
            if child not in keep and isinstance(child.tag, str):
                if words := _words(child):
                    yield Note(
                        f"Left out, outside of the page's main part: “{_short(words)}”.",
                        _line(child),
                    )
                child.drop_tree()


def _why_not(element: HtmlElement) -> str:
    """Return why *element* is no part of a policy; empty if it may be one."""
    tag, style = str(element.tag), element.get("style", "")
    if element.get("hidden") is not None or _HIDDEN.search(style):
        return "hidden on the page"
    if tag in _CONTROLS:
        return "a control of the page"
    if element.get("role", "") in _ROLES or tag in _AROUND:
        return "navigation or what stands around a text"
    if tag == "header" and next(element.iter("h1"), None) is None:
        return "the head of the page"
    if _AROUND_NAMES.search(f"{element.get('class', '')} {element.get('id', '')}"):
        words = _words(element)
        if len(words) <= _LONGEST_AROUND and not _has_article(element):
            return "navigation or what stands around a text, by its name"
    return ""


def _has_article(element: HtmlElement) -> bool:
    return any(heading_of(text.strip()) for text in element.itertext() if text.strip())


def _typed(element: HtmlElement) -> Iterator[str]:
    """Yield the words that controls show: they are no text between tags."""
    for control in element.iter("input"):
        if control.get("type", "text").lower() not in _WITHOUT_WORDS:
            yield (control.get("value") or control.get("placeholder") or "").strip()


def _short(words: str) -> str:
    return words if len(words) <= 80 else f"{words[:77]}…"


def _mark_lines(body: HtmlElement) -> None:
    """Put the line of the source at the beginning of every block, and after every line break."""
    for element in list(body.iter(*_BLOCKS)):
        _insert(element, 0, element.text)
        element.text = None
    for line_break in list(body.iter("br")):
        parent = line_break.getparent()
        if parent is not None:
            _insert(parent, parent.index(line_break) + 1, line_break.tail, _line(line_break))
            line_break.tail = None


def _insert(parent: HtmlElement, place: int, tail: str | None, line: int = 0) -> None:
    mark = lxml.html.Element("span")
    mark.set(f"data-{LINE}", str(line or _line(parent)))
    mark.tail = tail
    parent.insert(place, mark)


def _bare(body: HtmlElement) -> None:
    for element in body.iter():
        if not isinstance(element.tag, str):
            continue
        kept = {*_KEPT.get(element.tag, ()), f"data-{LINE}"}
        is_mark = element.tag == "span" and len(element) == 0 and not element.text
        for name in list(element.attrib):
            if name not in kept or (name == f"data-{LINE}" and not is_mark):
                del element.attrib[name]
        if element.tag in _AS_DIV:
            element.tag = "div"
