"""The labels of a version: tiles at the head of its text, and the same marks beside the headings of the articles."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from policysite.languages.language_data import tag
from policysite.model.citations import citation
from policysite.sphinx_ext.shared import beside_headings, page_context, widgets
from policysite.sphinx_ext.shared.config import site_of
from policysite.sphinx_ext.shared.domain import policy_domain
from policysite.text.numbering import TOP

if TYPE_CHECKING:
    from sphinx.application import Sphinx

    from policysite.model.register import PolicyVersion
    from policysite.sphinx_ext.shared.widgets import template_node


@dataclass(frozen=True)
class LabelTile:
    """A label as it is shown: its name, the id and citation of its article, and its line; ``lang`` is that of the line, if it is another than the page's."""

    name: str
    article: str
    cited: str
    line: str
    lang: str


def _beside_headings(app: Sphinx, version: PolicyVersion) -> dict[str, template_node]:
    """Return the tiles at the title, and the marks at the other headings."""
    site, domain = site_of(app.config), policy_domain(app.env)
    labels = domain.labels(version.page)
    if not labels:
        return {}
    printed, source = domain.printed(version.page), tag(site.settings.source_language)
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
    found = {TOP: widgets.make("policy-labels", tiles=tiles)}
    for article in domain.articles(version.page):
        if names := [tile.name for tile in tiles if tile.article == article]:
            found[article] = widgets.make("label-marks", names=names)
    return found


def _add_to_context(app: Sphinx, pagename: str, context: dict[str, Any]) -> None:
    page, domain = site_of(app.config).page(pagename), policy_domain(app.env)
    docname = page.version.page if page and page.version else ""
    context["label_names"] = [label.name for label in domain.labels(docname)]
    context["has_plain_words"] = bool(context["label_names"] or domain.summaries(docname))


def setup(app: Sphinx) -> None:
    """Add them, and say which pages need the styles and the drawings."""
    beside_headings.connect(app, _beside_headings, order=200)
    page_context.connect(app, _add_to_context)
