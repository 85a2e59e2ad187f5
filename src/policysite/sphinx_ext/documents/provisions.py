"""Provisions get their ids before translation and their marks after it, and permalinks when written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.transforms import SphinxTransform
from sphinx.transforms.post_transforms import SphinxPostTransform

from policysite.base.problems import Code, Problem
from policysite.model import addresses
from policysite.model.citations import citation
from policysite.sphinx_ext.documents.doctree_blocks import ReadDocument
from policysite.sphinx_ext.shared import provision_nodes, widgets
from policysite.sphinx_ext.shared.beside_headings import PAGE
from policysite.sphinx_ext.shared.config import site_of
from policysite.sphinx_ext.shared.domain import policy_domain
from policysite.sphinx_ext.shared.node_places import (
    PLACES,
    forget_ids,
    give_id,
    heading_of,
    line_of,
)
from policysite.sphinx_ext.shared.node_words import opening_of, source_title
from policysite.sphinx_ext.shared.noted import Provision
from policysite.sphinx_ext.shared.provision_nodes import JOINT, PARAGRAPH, PARENT, provision
from policysite.sphinx_ext.shared.source_texts import texts_of
from policysite.sphinx_ext.shared.version_reading import version_in_pieces
from policysite.text.numbering import TOP

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sphinx.application import Sphinx

    from policysite.text.outline import Document


class IdentifyProvisions(SphinxTransform):
    """Give provisions their ids, from the source text, and every title the id ``top``.

    Runs before Sphinx keeps the original messages (10) and translates them (20), so that ids never come
    from a translation and marks are not part of the messages.
    """

    default_priority = 8

    def apply(self, **kwargs: Any) -> None:  # noqa: ARG002
        """Take over the numbers of the text, if it is that of a policy version."""
        site, docname = site_of(self.config), self.env.current_document.docname
        domain, version = policy_domain(self.env), site.register.version_of(docname)
        domain.note_catalog(docname, site.input_digest(docname))
        text = texts_of(self.env._app).document(docname)  # noqa: SLF001
        if text.top is None:
            return
        if version is None:
            # It has no provisions.
            title = next(self.document.findall(nodes.section))
            forget_ids(self.document, title)
            give_id(self.document, title, TOP)
        elif read := ReadDocument.of(self.document, text, self._places(text)):
            read.write_back(text.top)
            if site.is_translated:
                read.note_contexts(text.blocks)
        elif not any(problem.path == version.path for problem in domain.problems()):
            domain.note_problems(docname, (_read_otherwise(version.path),))

    def _places(self, text: Document) -> Sequence[int]:
        """Return the places of the blocks of *text* that the document has: all but where only pieces of it are read."""
        places: Sequence[int] | None = self.env.current_document.get(PLACES)
        return range(len(text.kinds)) if places is None else places


def _read_otherwise(path: str) -> Problem:
    return Problem(
        path,
        1,
        Code.UNKNOWN_MARKUP,
        "Sphinx reads other blocks in this text than those that were checked and numbered.",
        "Remove the extensions of MyST in conf.py that policysite does not name; if there are none, report this text.",
    )


class PrintMarks(SphinxTransform):
    """Put the printed marks into the text, and remember the provisions.

    Runs right after translation (20), which replaces the contents of paragraphs.
    """

    default_priority = 22

    def apply(self, **kwargs: Any) -> None:  # noqa: ARG002
        """Print the marks of one document."""
        found: list[Provision] = []
        for node in provisions_of(self.document):
            mark, title, openings = node.get("mark", ""), "", ("", "")
            if isinstance(node, nodes.section):
                title = heading_of(node)
            elif mark:
                _print_mark(node, mark, node.get(JOINT, ""))
            else:
                openings = opening_of(node)
            if node["ids"]:
                source = source_title(node) or title
                parent = node.get(PARENT, "")
                found.append(
                    Provision(
                        node["ids"][0],
                        mark,
                        title,
                        line_of(node),
                        source,
                        parent,
                        node.get(PARAGRAPH, 0),
                        *openings,
                    )
                )
        if found:
            docname = self.env.current_document.docname
            policy_domain(self.env).note_provisions(docname, tuple(found))


class AddPermalinks(SphinxPostTransform):
    """Add a permalink to every heading and numbered provision."""

    formats = ("html",)
    default_priority = 600

    def run(self, **kwargs: Any) -> None:  # noqa: ARG002
        """Add the permalinks of one page."""
        docname = self.env.current_document.docname
        printed = policy_domain(self.env).printed(docname)
        language = site_of(self.config).language
        # The permanent address, on the timeless page too, which shows the same text.
        is_placed = version_in_pieces(self.env._app, docname)  # noqa: SLF001
        page = PAGE if is_placed else addresses.relative(docname, docname)
        for section in self.document.findall(nodes.section):
            if TOP in section["ids"]:
                _add_permalink(section, page, heading_of(section))
        for node in provisions_of(self.document):
            if node["ids"]:
                _add_permalink(node, page, citation(node["ids"][0], printed, language))


def _add_permalink(node: nodes.Element, page: str, label: str, lang: str = "") -> None:
    link = widgets.make("permalink", page=page, id=node["ids"][0], label=label, lang=lang)
    if isinstance(node, nodes.section):
        # Beside the heading: inside it, the heading would be read out with the name of the link.
        node.insert(1, link)
    elif first := node.next_node(nodes.TextElement):
        first.append(link)


def provisions_of(document: nodes.document) -> Iterator[nodes.Element]:
    """Yield headings and all other provisions, in the order of the text."""
    for node in document.findall(nodes.Element):
        if isinstance(node, nodes.section):
            if PARENT in node:
                yield node
        elif isinstance(node, provision):
            yield node


def _print_mark(node: nodes.Element, mark: str, joint: str) -> None:
    first = node.children[0] if node.children else None
    if not isinstance(first, nodes.paragraph):
        first = nodes.paragraph()
        node.insert(0, first)
    first.insert(0, [nodes.inline(mark, mark, classes=["printed-mark"]), nodes.Text(joint or " ")])


def setup(app: Sphinx) -> None:
    """Add the nodes and the transforms."""
    provision_nodes.setup(app)
    app.add_transform(IdentifyProvisions)
    app.add_transform(PrintMarks)
    app.add_post_transform(AddPermalinks)
