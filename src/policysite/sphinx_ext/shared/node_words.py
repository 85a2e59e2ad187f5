"""The words of a node of a document, in the language of the build, and as they were before their translation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.transforms import SphinxTransform

from policysite.model.openings import opening_words
from policysite.sphinx_ext.shared.config import site_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx

    from policysite.sphinx_ext.shared.found_provision import Pieces

SOURCE_WORDS = "policysite_source"
"""The attribute of a block that has its words before they were translated."""


class KeepSourceWords(SphinxTransform):
    """Keep the words of each block before it is translated (19, 20)."""

    default_priority = 18

    def apply(self, **kwargs: Any) -> None:  # noqa: ARG002
        """Keep the words of one document of a translated build."""
        site = site_of(self.config)
        if site.is_translated and site.register.version_of(self.env.current_document.docname):
            for node in self.document.findall(nodes.TextElement):
                if not isinstance(node, nodes.Inline):
                    node[SOURCE_WORDS] = pieces_of(node)


def pieces_of(node: nodes.Element) -> Pieces:
    """Return the words in *node*, and the references whose words are known later."""
    return tuple(piece for child in node.children for piece in _pieces_inside(child))


def _pieces_inside(node: nodes.Node) -> Iterator[str | pending_xref]:
    if isinstance(node, pending_xref):
        yield _alone(node)
    elif isinstance(node, nodes.Element) and node.children:
        for child in node.children:
            yield from _pieces_inside(child)
    else:
        yield node.astext()


def _alone(reference: pending_xref) -> pending_xref:
    """Return a copy of *reference* that knows nothing of its document.

    That knows the environment, with the texts of all documents read so far, so that each would be kept with all before it.
    """
    copy = reference.deepcopy()
    for node in copy.findall():
        node.document = None  # type: ignore[assignment] # its types know it as set always
    return copy


def source_title(node: nodes.Element) -> str:
    """Return the title of a section before it was translated, if it was."""
    title = node.next_node(nodes.title) if isinstance(node, nodes.section) else None
    return as_read(title.get(SOURCE_WORDS, ()) if title is not None else ())


def as_read(pieces: Pieces) -> str:
    """Return what *pieces* say, as far as it is known when they are read."""
    return "".join(piece if isinstance(piece, str) else piece.astext() for piece in pieces)


def opening_of(named: nodes.Element) -> tuple[str, str]:
    """Return how a paragraph is called that has neither mark nor heading, and how it was called before it was translated."""
    paragraph = named.next_node(nodes.paragraph)
    if paragraph is None:
        return "", ""
    source = as_read(paragraph.get(SOURCE_WORDS, pieces_of(paragraph)))
    return opening_words(paragraph.astext()), opening_words(source)


def setup(app: Sphinx) -> None:
    """Keep the words of documents before they are translated."""
    app.add_transform(KeepSourceWords)
