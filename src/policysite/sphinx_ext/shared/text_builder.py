"""A builder that writes the words of every version, and no pages: what is to be recorded in the ledger is read with it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.builders import Builder

from policysite.model.front_matter import Field
from policysite.model.provision_ids import OF_MARKS
from policysite.sphinx_ext.shared.config import site_of
from policysite.sphinx_ext.shared.node_places import FALLBACK, line_of
from policysite.sphinx_ext.shared.provision_nodes import (
    change_note,
    change_reason,
    label_line,
    omitted,
    plain_summary,
    provision,
    provision_list,
    version_links,
)
from policysite.sphinx_ext.shared.text_layout import layout_of
from policysite.sphinx_ext.shared.version_texts import text_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Set as AbstractSet

    from sphinx.application import Sphinx


_WITH_CLASSES = (nodes.table, nodes.entry, nodes.literal, nodes.reference, pending_xref)
"""What docutils and Sphinx give classes of their own."""
_COVERED = (
    *_WITH_CLASSES,
    nodes.document,
    nodes.section,
    nodes.title,
    nodes.paragraph,
    nodes.block_quote,
    nodes.definition_list,
    nodes.definition_list_item,
    nodes.definition,
    nodes.term,
    nodes.tgroup,
    nodes.colspec,
    nodes.thead,
    nodes.tbody,
    nodes.row,
    nodes.emphasis,
    nodes.strong,
    nodes.inline,
    provision,
    provision_list,
    omitted,
    version_links,
    # They are in the catalogs alone.
    change_note,
    change_reason,
    label_line,
    # It is said to be no part of the text.
    plain_summary,
)
# Marks, provisions, and words of links and references.
_OF_WORDS = {
    *("printed-mark", *OF_MARKS),
    # Of a list of definitions.
    *("simple", "myst"),
    *("xref", "myst", "doc", "std", "std-doc", "std-ref", "policy", "policy-provision"),
}


class PolicyTextBuilder(Builder):
    """Writes ``texts.json``.

    ``texts`` are the provisions of each held version by page, as the files of the versions have them. ``uncovered`` is what
    a version shows and these do not have, with its line: a change of it would go unnoticed. ``layouts`` say how they are set; they are made by :class:`PolicyLayoutBuilder` alone.
    ``sentences`` are what the front matter of each version says of what changed, and why, each with whether it is untranslated. ``gaps`` count
    the paragraphs, headings and those in cells that are not translated, by page.
    """

    name = "policysite-texts"
    epilog = "The texts are in %(outdir)s/texts.json."
    makes_layouts = False

    def get_outdated_docs(self) -> AbstractSet[str]:
        """Return nothing: the file is written as a whole when all documents are read."""
        return set()

    def get_target_uri(self, docname: str, typ: str | None = None) -> str:  # noqa: ARG002
        """Return no address: there are no pages."""
        return ""

    def write_documents(self, docnames: AbstractSet[str]) -> None:
        """Write no pages."""

    def write_doc(self, docname: str, doctree: nodes.document) -> None:
        """Write no page."""

    def finish(self) -> None:
        """Write the texts."""
        found: dict[str, dict[str, object]] = {
            name: {} for name in ("texts", "layouts", "uncovered", "sentences", "gaps")
        }
        for policy in site_of(self.config).register.policies.values():
            for version in policy.versions:
                if version.held:
                    page = version.page
                    # Once: it is unpickled each time.
                    document = self.env.get_doctree(page)
                    found["texts"][page] = [one.data() for one in text_of(self._app, version)]
                    if self.makes_layouts:
                        found["layouts"][page] = layout_of(document, len(policy.earlier(version)))
                    found["uncovered"][page] = list(_uncovered(document))
                    found["sentences"][page] = dict(_sentences(document))
                    found["gaps"][page] = _gaps(document)
        content = json.dumps(found, ensure_ascii=False)
        (Path(self.outdir) / "texts.json").write_text(content, encoding="utf-8")


class PolicyLayoutBuilder(PolicyTextBuilder):
    """Writes the same with the layouts of the texts, for editions."""

    name = "policysite-layouts"
    makes_layouts = True


def _sentences(document: nodes.document) -> Iterator[tuple[str, tuple[str, bool]]]:
    """Yield the sentences of a front matter by their fields, each with whether it is untranslated."""
    for name, kind in ((Field.CHANGE_NOTE, change_note), (Field.CHANGE_REASON, change_reason)):
        for node in document.findall(kind):
            for paragraph in node.findall(nodes.paragraph):
                yield name.value, (paragraph.astext(), bool(paragraph.get(FALLBACK)))


def _gaps(document: nodes.document) -> int:
    """Return how much of the text is not translated; what is beside the text does not count, and the sentences of the front matter neither.

    A row of a table of which one cell is translated is not in another language as a whole, so that the provisions do not say it.
    """
    beside = (change_note, change_reason, label_line, plain_summary)
    return sum(
        1
        for node in document.findall(nodes.TextElement)
        if node.get(FALLBACK) and not any(isinstance(one, beside) for one in _around(node))
    )


def _around(node: nodes.Element) -> Iterator[nodes.Element]:
    around = node.parent
    while around is not None:
        yield around
        around = around.parent


def _uncovered(document: nodes.document) -> Iterator[tuple[int, str]]:
    """Yield what is more than words, marks, tables and links: pictures, formulas, what a class may hide."""
    for node in document.findall(nodes.Element):
        classes: list[str] = node.get("classes", [])
        others = [name for name in classes if not _is_known(name)]
        if not isinstance(node, _COVERED):
            yield line_of(node), type(node).__name__
        elif others and not isinstance(node, _WITH_CLASSES):
            yield line_of(node), f"the class {others[0]!r}"
        elif node.get("reftitle"):
            yield line_of(node), f"the title {node['reftitle']!r} of a link"


def _is_known(name: str) -> bool:
    return name in _OF_WORDS or name.startswith("language-")


def setup(app: Sphinx) -> None:
    """Add the builders."""
    app.add_builder(PolicyTextBuilder)
    app.add_builder(PolicyLayoutBuilder)
