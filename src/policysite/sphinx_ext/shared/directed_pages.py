"""The attribute ``dir``: on every page, and on what is in a language that is written in another direction than the page.

Templates have the filter ``dir`` for it, beside each ``lang``; what the text of a policy has of other languages is
printed by docutils, from its classes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sphinx.writers.html5 import HTML5Translator

from policysite.languages.language_data import direction
from policysite.languages.text_direction import dir_attribute
from policysite.sphinx_ext.shared.config import site_builder, site_of

if TYPE_CHECKING:
    from docutils import nodes
    from markupsafe import Markup
    from sphinx.application import Sphinx

_LANGUAGE = "language-"
"""What the class begins with that docutils prints as the attribute ``lang``."""


class DirectedTranslator(HTML5Translator):
    """Sphinx's own writer of pages, which adds the direction where the language of a block has another one."""

    def starttag(
        self,
        node: nodes.Element,
        tagname: str,
        suffix: str = "\n",
        empty: bool = False,  # noqa: FBT001, FBT002 - as docutils calls it.
        **attributes: Any,
    ) -> str:
        """Return the tag that begins *node*."""
        classes: list[str] = node.get("classes", [])
        for name in classes:
            if name.startswith(_LANGUAGE):
                there = direction(name.removeprefix(_LANGUAGE))
                if there != direction(self.config.language):
                    attributes["dir"] = there
        return super().starttag(node, tagname, suffix, empty, **attributes)


def _choose(app: Sphinx) -> None:
    builder = site_builder(app)
    if builder is None:
        return
    here = direction(app.config.language)

    def dir_of(language: str, around: str = here) -> Markup:
        return dir_attribute(language, around)

    # A template bridge of the site's own is Jinja too, as it renders these templates.
    builder.templates.environment.filters["dir"] = dir_of
    if any(direction(code) != here for code in site_of(app.config).settings.languages):
        app.set_translator("html", DirectedTranslator)


def setup(app: Sphinx) -> None:
    """Choose how pages are written, before the first is."""
    app.connect("builder-inited", _choose)
