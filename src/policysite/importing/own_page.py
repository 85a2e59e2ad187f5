"""A page that this software made, saved: its text alone, without what it puts beside the text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policysite.importing.html_words import line_of
from policysite.importing.pieces import Note

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_TEXT = ".//main[@data-policy]//article[.//*[@id='top']]"
_BESIDE = (
    "headerlink", "article-links", "article-changes", "arrival-note", "fallback-note",
    "policy-labels", "label-marks", "plain-words",
)  # fmt: skip
"""Classes of what is put beside the words; ``policysite verify`` knows them too."""
_REPEATED = "version-link"
_OMITTED = "omitted"
_LOST = "Left out, the note on a table that the site does not hold."


def text_alone(page: HtmlElement, body: HtmlElement) -> list[Note]:
    """Leave only the text of a version in the *body* of *page*, if this software made it; return notes on what was lost.

    How such a page looks changes none of its words, so its style sheets go too.
    """
    found = body.xpath(_TEXT)
    if len(found) != 1:
        return []
    article = found[0]
    for name in _BESIDE:
        for element in list(article.find_class(name)):
            element.drop_tree()
    for link in [a for around in article.find_class(_REPEATED) for a in around.iter("a")]:
        # Made of a sentence of the text, for a version of which the site has a page.
        link.drop_tag()
    notes = []
    for element in list(article.find_class(_OMITTED)):
        notes.append(Note(_LOST, line_of(element)))
        element.drop_tree()
    for child in list(body):
        child.drop_tree()
    body.text = article.tail = None
    body.append(article)
    for style in list(page.iter("link", "style")):
        style.drop_tree()
    return notes
