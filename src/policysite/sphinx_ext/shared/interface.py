"""The words of the interface in the templates: the engine's own, a site's, and Sphinx's for what neither has."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from policysite.sphinx_ext.shared.config import TEMPLATES, site_builder, site_of

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def _install(app: Sphinx) -> None:
    """Have the templates of pages say the words in the language of the build.

    ``ui`` marks an element that has them, ``own`` one in there that has something of the page's language.
    """
    builder = site_builder(app)
    if builder is None:
        return
    # Whatever bridge renders the templates; Sphinx's protocol of one does not name what all of them have.
    environment: Any = getattr(builder.templates, "environment", None)
    if environment is not None:
        words = site_of(app.config).words
        environment.install_gettext_translations(words.translations(fallback=app.translator))
        environment.globals.update(ui=words.attributes, own=words.own_attributes)


def _leave_out_templates(app: Sphinx) -> None:
    """Keep the words of the engine out of the messages that a site translates; those of its own templates are among them."""
    if app.builder.name == "gettext":
        own = os.fspath(TEMPLATES)
        app.config.templates_path = [path for path in app.config.templates_path if path != own]


def setup(app: Sphinx) -> None:
    """Do so as soon as there is a builder."""
    app.connect("builder-inited", _install)
    app.connect("builder-inited", _leave_out_templates)
