"""The labels of a version: tiles at the head of its text, and the same marks beside the headings of the articles."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from policysite.languages.language_data import tag
from policysite.model.citations import citation
from policysite.sphinx_ext.shared import page_context, widgets
from policysite.sphinx_ext.shared.config import site_of
from policysite.sphinx_ext.shared.domain import policy_domain
from policysite.text.numbering import TOP

if TYPE_CHECKING:
    from sphinx.application import Sphinx


@dataclass(frozen=True)
class LabelTile:
    """A label as it is shown: its name, the id and citation of its article, and its line; ``lang`` is that of the line, if it is another than the page's."""

    name: str
    article: str
    cited: str
    line: str
    lang: str


class AddPolicyLabels(SphinxPostTransform):
    """Put the tiles behind the title, and the marks behind the headings."""

    formats = ("html",)
    # Before the article's links (590), which come between the heading and this, and after what it changed (585).
    default_priority = 588

    def run(self, **kwargs: Any) -> None:  # noqa: ARG002
        """Add them to one page."""
        site, docname = site_of(self.config), self.env.current_document.docname
        domain = policy_domain(self.env)
        labels = domain.labels(docname)
        if not labels:
            return
        printed, source = domain.printed(docname), tag(site.settings.source_language)
        tiles = [
            LabelTile(
                label.name,
                label.provision,
                citation(label.provision, printed, site.language),
                label.text,
                source if label.foreign else "",
            )
            for label in labels
            if label.provision in printed
        ]
        for section in list(self.document.findall(nodes.section)):
            names = [tile.name for tile in tiles if tile.article in section["ids"]]
            if TOP in section["ids"]:
                section.insert(1, widgets.make("policy-labels", tiles=tiles))
            elif names:
                section.insert(1, widgets.make("label-marks", names=names))


def _add_to_context(app: Sphinx, pagename: str, context: dict[str, Any]) -> None:
    page, domain = site_of(app.config).page(pagename), policy_domain(app.env)
    docname = page.version.page if page and page.version else ""
    context["label_names"] = [label.name for label in domain.labels(docname)]
    context["has_plain_words"] = bool(context["label_names"] or domain.summaries(docname))


def setup(app: Sphinx) -> None:
    """Add the transform, and say which pages need the styles and the drawings."""
    app.add_post_transform(AddPolicyLabels)
    page_context.connect(app, _add_to_context)
