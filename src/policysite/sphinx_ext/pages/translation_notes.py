"""What a page says of its translation: how much of it is there, and which blocks are in the source language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from policysite.languages.language_data import direction, tag
from policysite.model import addresses
from policysite.sphinx_ext.shared import page_context, widgets
from policysite.sphinx_ext.shared.config import site_of
from policysite.sphinx_ext.shared.domain import policy_domain
from policysite.sphinx_ext.shared.node_places import FALLBACK

if TYPE_CHECKING:
    from sphinx.application import Sphinx


@dataclass(frozen=True)
class TranslationNote:
    """What the note at the top says. ``percent`` is rounded down, so that 100 means all of it."""

    percent: int
    unreviewed: bool
    language: str
    source_page: str
    status_page: str


class NoteFallbacks(SphinxPostTransform):
    """Say of each block in the source language that it is not translated."""

    formats = ("html",)
    # After the permalinks (600), which are right behind the text.
    default_priority = 610

    def run(self, **kwargs: Any) -> None:  # noqa: ARG002
        """Add the notes to one page."""
        site = site_of(self.config)
        language, source = tag(site.language), direction(site.settings.source_language)
        for node in list(self.document.findall(nodes.TextElement)):
            if not node.get(FALLBACK):
                continue
            in_heading = isinstance(node, nodes.title) and node.parent is not None
            around = direction(site.language) if in_heading else source
            note = widgets.make("fallback", language=language, around=around)
            if in_heading:
                # Behind the heading and its permalink: the heading is read out and listed in the contents.
                following = node.parent.index(node) + 1
                if isinstance(node.parent[following], widgets.template_node):
                    following += 1
                node.parent.insert(following, note)
            else:
                node.append(note)


def _add_to_context(app: Sphinx, pagename: str, context: dict[str, Any]) -> None:
    site = site_of(app.config)
    context["translation_note"] = None
    if not site.is_translated:
        return
    page = site.page(pagename)
    docname = page.version.page if page and page.version else pagename
    messages = policy_domain(app.env).messages(docname)
    percent = 100 * messages.translated // messages.total if messages.total else 100
    unreviewed = (
        page is not None
        and page.version is not None
        and site.language in site.settings.unreviewed_translations
        and percent > 0
    )
    if percent < 100 or unreviewed or not site.is_published:
        context["translation_note"] = TranslationNote(
            percent,
            unreviewed,
            site.settings.languages[site.language],
            addresses.in_language(pagename, site.settings.source_language),
            addresses.relative(pagename, addresses.TRANSLATIONS_PAGE),
        )


def setup(app: Sphinx) -> None:
    """Add the notes to blocks and pages."""
    app.add_post_transform(NoteFallbacks)
    page_context.connect(app, _add_to_context)
