"""Problems of documents become an error of the build, all of them at once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms import SphinxTransform

from policysite.base.problems import Code, PolicysiteError, Problem
from policysite.checks.static_files import PICTURES
from policysite.markdown.lost_text import is_outside
from policysite.sphinx_ext.shared.build_abort import abort_build
from policysite.sphinx_ext.shared.config import site_of
from policysite.sphinx_ext.shared.domain import policy_domain
from policysite.sphinx_ext.shared.node_places import line_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

_AUTOMATIC_ID = re.compile(r"(?:id|section-)[0-9]+")


class CheckDocument(SphinxTransform):
    """Refuse what must never reach a page.

    Runs last (990), when every id is given and every node of the document is there.
    """

    default_priority = 990

    def apply(self, **kwargs: Any) -> None:  # noqa: ARG002
        """Note the problems of this document."""
        site, docname = site_of(self.config), self.env.current_document.docname
        path = site.relative_path(docname)
        found = list(_unsafe(self.document, path))
        if site.register.version_of(docname):
            found += _automatic_ids(self.document, path)
        policy_domain(self.env).note_problems(docname, tuple(found))


def _unsafe(document: nodes.document, path: str) -> Iterator[Problem]:
    for node in document.findall(nodes.Element):
        what = ""
        if isinstance(node, nodes.raw) and node.astext().strip() not in {"<br />", "\\\\"}:
            # A hard line break is raw markup for MyST; it is refused with better words.
            what = "raw markup"
        elif isinstance(node, addnodes.download_reference):
            what = f"a download of {node.get('reftarget', '')}"
        elif isinstance(node, nodes.image):
            uri = node.get("original_uri", node["uri"])
            if is_outside(uri):
                what = f"the image {uri}, which is outside the sources"
            elif not uri.lower().endswith(PICTURES):
                what = f"the image {uri}, which is not a picture"
        if what:
            yield Problem(
                path,
                line_of(node),
                Code.UNSAFE_SOURCE,
                f"Found {what}.",
                "Write the text itself; a policy must not include files or resources of other hosts.",
            )


def _automatic_ids(document: nodes.document, path: str) -> Iterator[Problem]:
    for node in document.findall(nodes.Element):
        for automatic in filter(_AUTOMATIC_ID.fullmatch, node["ids"]):
            yield Problem(
                path,
                line_of(node),
                Code.PROVISION_ID,
                f"docutils generated the id {automatic!r}, which would move with the next edit.",
                "Number the block, or give it an id like {#art-9} on the line before it.",
            )


def setup(app: Sphinx) -> None:
    """Check each document when it is read, and stop before anything is written."""
    app.add_transform(CheckDocument)
    # Raised before Sphinx stores its environment, so that the next build reads the documents again.
    app.connect("env-updated", _stop, priority=900)


def _stop(app: Sphinx, env: BuildEnvironment) -> None:
    if problems := policy_domain(env).problems():
        abort_build(app, PolicysiteError(problems))
