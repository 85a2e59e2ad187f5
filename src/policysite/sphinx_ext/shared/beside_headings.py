"""What stands behind the headings of a version and is no part of its text: each feature gives its own, for all headings of a version at once.

A page that is put together of pieces has a place there, which is filled in for each version. In other builds it is put there when the document is written.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from policysite.sphinx_ext.shared.config import site_of
from policysite.sphinx_ext.shared.provision_nodes import add_node
from policysite.sphinx_ext.shared.version_reading import version_in_pieces

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator

    from policysite.model.register import PolicyVersion
    from policysite.sphinx_ext.shared.widgets import template_node

_EVENT = "policysite-beside-headings"
PLACE = "\0"
"""What is around the name of a place in HTML. Neither Markdown nor docutils lets it into a text."""
PAGE = PLACE * 2
"""Where the file of the version is named."""


class place(nodes.General, nodes.Element):  # noqa: N801
    """Where something is filled in by the ``name``."""


def connect(
    app: Sphinx,
    give: Callable[[Sphinx, PolicyVersion], Mapping[str, template_node]],
    order: int,
) -> None:
    """Have *give* called for each version whose text is held: it returns widgets by the ids of headings. What has a lower *order* is nearer to the heading."""
    app.connect(_EVENT, give, priority=order)


def beside_headings(app: Sphinx, version: PolicyVersion) -> Mapping[str, list[template_node]]:
    """Return what stands behind the headings of *version*, by their ids, in order."""
    found = defaultdict(list)
    for given in app.emit(_EVENT, version):
        for name, widget in given.items():
            found[name].append(widget)
    return found


class PlaceBesideHeadings(SphinxPostTransform):
    """Put it behind the headings of one document, or the places for it."""

    formats = ("html",)
    # Before the permalinks (600), which come right after the headings.
    default_priority = 590

    def run(self, **kwargs: Any) -> None:  # noqa: ARG002
        """Put it into one document."""
        app, docname = self.env._app, self.env.current_document.docname  # noqa: SLF001
        version = site_of(self.config).register.version_of(docname)
        if version is None or not version.held:
            return
        is_placed = version_in_pieces(app, docname)
        found = {} if is_placed else beside_headings(app, version)
        for section in [s for s in self.document.findall(nodes.section) if s["ids"]]:
            name = section["ids"][0]
            beside: list[nodes.Node] = [*found.get(name, ())]
            section.insert(1, [place(name=name)] if is_placed else beside)


def setup(app: Sphinx) -> None:
    """Add the event, the node and the transform."""
    app.add_event(_EVENT)
    add_node(app, place, html=(_visit, None))
    app.add_post_transform(PlaceBesideHeadings)


def _visit(translator: HTML5Translator, node: place) -> None:
    translator.body.append(f"{PLACE}{node['name']}{PLACE}")
    raise nodes.SkipNode
