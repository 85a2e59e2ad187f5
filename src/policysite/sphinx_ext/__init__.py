"""The Sphinx extension: provisions, status, switchers, history.

One feature a module; features never import each other. They share ``config`` (the site's settings and
register), ``domain`` (what was found in the documents), ``texts`` (the words of every version), ``checks`` (problems become build errors) and ``widgets`` (a
placeholder node and the template that prints it).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from policysite import __version__
from policysite.sphinx_ext import (
    article_changes,
    article_links,
    assets,
    compare,
    dates,
    feed,
    frozen,
    history,
    leftovers,
    metadata,
    parallel,
    policy_list,
    provision_texts,
    search,
    status,
    structured_data,
    switchers,
    text_builder,
    timeless,
    translation_notes,
    translation_status,
)
from policysite.sphinx_ext.documents import (
    change_notes,
    moved_records,
    omitted,
    provisions,
    tables,
    translation,
    version_links,
)
from policysite.sphinx_ext.shared import (
    build_problems,
    config,
    domain,
    generated_pages,
    template_bridge,
    text_collector,
    widgets,
)

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata


def setup(app: Sphinx) -> ExtensionMetadata:
    """Set up every part, the shared ones first."""
    for part in (
        config,
        template_bridge,
        domain,
        text_collector,
        build_problems,
        widgets,
        generated_pages,
    ):
        part.setup(app)
    for feature in (
        provisions,
        moved_records,
        change_notes,
        translation,
        translation_notes,
        omitted,
        tables,
        version_links,
        provision_texts,
        text_builder,
        frozen,
        status,
        switchers,
        article_links,
        article_changes,
        timeless,
        history,
        compare,
        parallel,
        dates,
        policy_list,
        search,
        translation_status,
        metadata,
        structured_data,
        feed,
        leftovers,
        assets,
    ):
        feature.setup(app)
    return {
        "version": __version__,
        "parallel_read_safe": True,
        # The timeless pages are made of what was rendered for the version pages, in one process.
        "parallel_write_safe": False,
    }
