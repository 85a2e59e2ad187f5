"""The Sphinx extension: provisions, status, switchers, history.

One feature a module, in the room for whom it is: ``documents`` (what happens while they are read), ``pages`` (readers) and
``machines`` (programs). Features never import each other; ``shared`` is what they have in common: ``config`` (the site's
settings and register), ``domain`` (what was found in the documents), ``text_collector`` and ``version_texts`` (the words of every version),
``build_problems`` (problems end the build) with ``build_abort`` (how they are said) and ``widgets`` (a placeholder node and the template that prints it).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from policysite import __version__
from policysite.sphinx_ext.documents import (
    change_notes,
    label_lines,
    list_table,
    notes,
    omitted,
    provisions,
    reference_links,
    source_checks,
    summaries,
    tables,
    translation,
    version_documents,
    version_links,
)
from policysite.sphinx_ext.machines import (
    current_json,
    feed,
    metadata,
    provision_json,
    structured_data,
)
from policysite.sphinx_ext.pages import (
    article_changes,
    article_links,
    assets,
    compare,
    dates,
    edition_links,
    frozen,
    history,
    label_tiles,
    parallel,
    policy_list,
    provision_days,
    requirements_page,
    search,
    stale_outputs,
    status_notice,
    switchers,
    timeless,
    translation_notes,
    translation_page,
    version_pages,
)
from policysite.sphinx_ext.shared import (
    beside_headings,
    build_problems,
    config,
    directed_pages,
    domain,
    generated_pages,
    interface,
    node_words,
    outdated_documents,
    template_bridge,
    text_builder,
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
        directed_pages,
        interface,
        domain,
        outdated_documents,
        node_words,
        text_collector,
        build_problems,
        widgets,
        generated_pages,
        beside_headings,
    ):
        part.setup(app)
    for feature in (
        provisions,
        notes,
        source_checks,
        version_documents,
        change_notes,
        label_lines,
        summaries,
        translation,
        translation_notes,
        omitted,
        list_table,
        tables,
        version_links,
        reference_links,
        provision_json,
        text_builder,
        frozen,
        edition_links,
        status_notice,
        switchers,
        article_links,
        article_changes,
        provision_days,
        label_tiles,
        version_pages,
        timeless,
        history,
        compare,
        parallel,
        dates,
        policy_list,
        search,
        requirements_page,
        translation_page,
        metadata,
        structured_data,
        feed,
        current_json,
        stale_outputs,
        assets,
    ):
        feature.setup(app)
    return {
        "version": __version__,
        "parallel_read_safe": True,
        # The timeless pages are made of what was rendered for the version pages, in one process.
        "parallel_write_safe": False,
    }
