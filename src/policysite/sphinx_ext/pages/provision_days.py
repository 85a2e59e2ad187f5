"""At each article: the provisions of it that apply later than the version, with the text before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from policysite.model.provision_ids import is_within
from policysite.sphinx_ext.shared import widgets
from policysite.sphinx_ext.shared.config import site_of
from policysite.sphinx_ext.shared.later_provisions import LaterProvision, later_provisions

if TYPE_CHECKING:
    from sphinx.application import Sphinx


class AddProvisionDays(SphinxPostTransform):
    """Put the days after the heading of the innermost section that has the provision."""

    formats = ("html",)
    # Before the life lines (585), which come between the heading and this.
    default_priority = 580

    def run(self, **kwargs: Any) -> None:  # noqa: ARG002
        """Add them to one page."""
        site, docname = site_of(self.config), self.env.current_document.docname
        version = site.register.version_of(docname)
        if version is None or not version.held or not version.provisions:
            return
        sections = [s for s in self.document.findall(nodes.section) if s["ids"]]
        by_section: dict[str, list[LaterProvision]] = {}
        for provision in later_provisions(site, self.env, version, docname):
            # Sections come before those inside them.
            around = [s["ids"][0] for s in sections if is_within(provision.id, s["ids"][0])]
            by_section.setdefault(around[-1] if around else sections[0]["ids"][0], []).append(
                provision
            )
        for section in sections:
            if found := by_section.get(section["ids"][0]):
                section.insert(1, widgets.make("provision-days", provisions=found))


def setup(app: Sphinx) -> None:
    """Add the transform."""
    app.add_post_transform(AddProvisionDays)
