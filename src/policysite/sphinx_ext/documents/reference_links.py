"""References in the words of a version become links to its provisions, if its policy asks for it: the same words, and where they lead."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from policysite.sphinx_ext.shared.config import site_of
from policysite.sphinx_ext.shared.domain import policy_domain
from policysite.sphinx_ext.shared.node_places import FALLBACK
from policysite.sphinx_ext.shared.provision_nodes import (
    change_note,
    change_reason,
    label_line,
    omitted,
    plain_summary,
    version_links,
)
from policysite.text.cited_provisions import references_in
from policysite.text.numbering import TOP
from policysite.text.printed_tree import Printed, PrintedTree

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx

# What is printed otherwise than it stands there, or nowhere.
_LEFT_OUT = (version_links, change_note, change_reason, label_line, omitted, plain_summary)
_NO_LINKS = (nodes.reference, nodes.literal, nodes.math, nodes.footnote_reference)


class LinkReferences(SphinxPostTransform):
    """Make links of the references of one page.

    It changes what is written, and nothing that was read: the words of a version were taken before. Runs before anything is put beside the
    words: the article's links (580 to 590), permalinks and the sentences on earlier versions (600).
    """

    formats = ("html",)
    default_priority = 570

    def run(self, **kwargs: Any) -> None:  # noqa: ARG002
        """Make the links in every paragraph."""
        site = site_of(self.config)
        version = site.register.version_of(self.env.current_document.docname)
        if version is None or not site.settings.policies[version.policy].link_references:
            return
        for paragraph in list(self.document.findall(nodes.paragraph)):
            around = list(_ancestors(paragraph))
            if not any(isinstance(node, _LEFT_OUT) for node in around):
                self._link(paragraph, is_cell=any(isinstance(node, nodes.row) for node in around))

    def _link(self, paragraph: nodes.paragraph, *, is_cell: bool) -> None:
        """Make the links of *paragraph*; in a table only of what leaves no doubt."""
        settings, language = site_of(self.config).settings, site_of(self.config).language
        is_source = bool(paragraph.get(FALLBACK)) or language == settings.source_language
        tree = self._source_tree if is_source else self._tree
        places: dict[int, list[tuple[int, int, str]]] = {}
        pieces = list(paragraph.findall(nodes.Text))
        words = "".join(map(str, pieces))
        place_of = next((n["ids"][0] for n in _ancestors(paragraph) if n["ids"]), "")
        own = settings.source_language if is_source else language
        for reference in references_in(words, own, " ".join(_leading_to(paragraph))):
            target = tree.find(reference, place_of)
            piece = _piece_of(pieces, reference.start, target.end)
            if target.id and piece and (reference.explicit or not is_cell):
                place, start = piece
                end = start + target.end - reference.start
                places.setdefault(place, []).append((start, end, target.id))
        for place, links in places.items():
            piece_node = pieces[place]
            if not any(isinstance(n, _NO_LINKS) for n in _ancestors(piece_node, until=paragraph)):
                piece_node.parent.replace(piece_node, list(_linked(str(piece_node), links)))

    @cached_property
    def _tree(self) -> PrintedTree:
        site = site_of(self.config)
        return PrintedTree(self._printed(), site.language)

    @cached_property
    def _source_tree(self) -> PrintedTree:
        return PrintedTree(self._printed(), site_of(self.config).settings.source_language)

    def _printed(self) -> Iterator[Printed]:
        """Yield the provisions of the page, with their headings in its language and in that of the source."""
        site, docname = site_of(self.config), self.env.current_document.docname
        source = site.settings.source_language
        for p in policy_domain(self.env).provisions(docname):
            headings = ((p.title, site.language), (p.source_title, source)) if p.title else ()
            yield Printed(p.id, p.mark, p.parent, headings)


def _ancestors(node: nodes.Node, until: nodes.Node | None = None) -> Iterator[nodes.Element]:
    while node.parent is not None and node.parent is not until:
        node = node.parent
        yield node


def _leading_to(paragraph: nodes.paragraph) -> Iterator[str]:
    """Yield the words that lead to *paragraph*: the headings around it, and what stands before it there, as before the points of a list."""
    node: nodes.Node = paragraph
    while (parent := node.parent) is not None and TOP not in parent.get("ids", ()):
        for before in parent.children[: parent.index(node)]:
            if isinstance(before, (nodes.title, nodes.paragraph)):
                yield before.astext()
        node = parent


def _piece_of(pieces: list[nodes.Text], start: int, end: int) -> tuple[int, int] | None:
    """Return which of *pieces*, which are one text together, has all from *start* to *end*, and where in it that begins."""
    for place, piece in enumerate(pieces):
        if start < len(piece):
            return (place, start) if end <= len(piece) else None
        start, end = start - len(piece), end - len(piece)
    return None


def _linked(words: str, links: list[tuple[int, int, str]]) -> Iterator[nodes.Node]:
    place = 0
    for start, end, provision_id in sorted(links):
        if start < place:
            continue
        yield nodes.Text(words[place:start])
        shown = words[start:end]
        yield nodes.reference("", shown, refid=provision_id, internal=True)
        place = end
    yield nodes.Text(words[place:])


def setup(app: Sphinx) -> None:
    """Add the transform."""
    app.add_post_transform(LinkReferences)
