"""Provisions get their ids before translation and their marks after it, and permalinks when written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.transforms import SphinxTransform
from sphinx.transforms.post_transforms import SphinxPostTransform

from policysite.checks.statement_rules import statement_problems
from policysite.markdown.lost_text import check_source
from policysite.model import addresses
from policysite.model.citations import citation
from policysite.sphinx_ext.documents.doctree_blocks import blocks_of, note_contexts, write_back
from policysite.sphinx_ext.shared import provision_nodes, widgets
from policysite.sphinx_ext.shared.config import site_of
from policysite.sphinx_ext.shared.domain import policy_domain
from policysite.sphinx_ext.shared.node_places import heading_of, line_of
from policysite.sphinx_ext.shared.node_words import opening_of, source_title
from policysite.sphinx_ext.shared.noted import Provision
from policysite.sphinx_ext.shared.provision_nodes import PARAGRAPH, PARENT, provision
from policysite.text.numbering import TOP, Numbering
from policysite.text.source_characters import hidden_in_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx


class IdentifyProvisions(SphinxTransform):
    """Give provisions their ids, from the source text, and every title the id ``top``.

    Runs before Sphinx keeps the original messages (10) and translates them (20), so that ids never come
    from a translation and marks are not part of the messages.
    """

    default_priority = 8

    def apply(self, **kwargs: Any) -> None:  # noqa: ARG002
        """Number the document, if it is a policy version."""
        site, docname = site_of(self.config), self.env.current_document.docname
        path, text = site.relative_path(docname), self.env.doc2path(docname).read_text("utf-8-sig")
        source = site.settings.source_language
        version = site.register.version_of(docname)
        rules = version.numbering if version else None
        numbering = Numbering(blocks_of(self.document), path, text.splitlines(), source, rules)
        top = numbering.identify_title()
        if version and top:
            numbering.run(top, held=version.held)
        if top:
            write_back(self.document, top)
        if version and site.is_translated:
            note_contexts(numbering.document)
        policy_domain(self.env).note_catalog(docname, site.input_digest(docname))
        problems = list(numbering.problems)
        if site.checks_sources:
            problems += check_source(text, path)
            if version is None:
                problems += hidden_in_text(text, path, site.settings.source_language)
            elif not version.draft:
                found, _ = statement_problems(site.settings, site.register, version, top, text)
                problems += found
        policy_domain(self.env).note_problems(docname, tuple(problems))


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
                _print_mark(node, mark)
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
        page = addresses.relative(docname, docname)
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


def _print_mark(node: nodes.Element, mark: str) -> None:
    first = node.children[0] if node.children else None
    if not isinstance(first, nodes.paragraph):
        first = nodes.paragraph()
        node.insert(0, first)
    first.insert(0, [nodes.inline(mark, mark, classes=["printed-mark"]), nodes.Text(" ")])


def setup(app: Sphinx) -> None:
    """Add the nodes and the transforms."""
    provision_nodes.setup(app)
    app.add_transform(IdentifyProvisions)
    app.add_transform(PrintMarks)
    app.add_post_transform(AddPermalinks)
