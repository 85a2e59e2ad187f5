"""The settings of Sphinx, MyST and the theme on every site: the part of a ``conf.py`` that is not a choice of the publisher.

A ``conf.py`` takes it with ``globals().update(sphinx_settings(ROOT))``, and sets below what is to be otherwise.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path


def sphinx_settings(root: Path) -> dict[str, Any]:
    """Return the settings of Sphinx, by name, for a site in the folder *root* (absolute).

    The texts are in ``docs``, the catalogs in ``locales``, logo (``logo.svg``) and colours (``site.css``) in ``_static``.
    """
    return {**_folders(root), **_texts(), **_pages()}


def _folders(root: Path) -> dict[str, Any]:
    # Absolute: Sphinx takes some of these from the sources, some from the settings.
    return {
        "html_static_path": [os.fspath(root / "_static")],
        "html_logo": os.fspath(root / "_static" / "logo.svg"),
        "html_css_files": ["site.css"],
    }


def _texts() -> dict[str, Any]:
    return {
        "extensions": ["myst_parser", "policysite.sphinx_ext"],
        # One catalog a version: a sentence changed for 1.7 must not rewrite 1.6.
        "gettext_compact": False,
        # Line numbers would change every entry after an edited one.
        "gettext_location": False,
        # A text is printed as written, and neither it nor a catalog includes raw HTML.
        "smartquotes": False,
        "myst_enable_extensions": ["attrs_block", "deflist"],
        "myst_disable_syntax": ["html_block", "html_inline"],
        "myst_url_schemes": ["http", "https", "mailto", "tel"],
        "nitpicky": True,
        # Versions are listed by the register; a toctree of them would cost time on every page.
        "suppress_warnings": ["toc.not_included"],
    }


def _pages() -> dict[str, Any]:
    return {
        "html_theme": "furo",
        "html_sidebars": {"**": ["policysite/sidebar.html"]},
        "html_permalinks": False,
        "html_copy_source": False,
        "html_show_sourcelink": False,
        "html_use_index": False,
        "html_show_search_summary": False,
        "html_domain_indices": False,
    }
