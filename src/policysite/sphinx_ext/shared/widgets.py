"""Placeholders in a document, and the templates that print them.

A feature leaves a neutral placeholder when a document is read. When the page is written it puts a widget
in its place: the name of a template and its values. So the words are in templates, where
gettext finds them, and nothing of HTML is kept in the environment.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes

from policysite.sphinx_ext.shared.provision_nodes import add_node

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator


class template_node(nodes.General, nodes.Inline, nodes.Element):  # noqa: N801
    """What ``template`` prints with the values in ``context``."""


def make(template: str, **context: Any) -> template_node:
    """Return a widget printed by ``policysite/<template>.html``."""
    return template_node(template=f"policysite/{template}.html", context=context)


def html_of(widget: template_node, templates: Any) -> str:
    """Return what a widget prints."""
    return str(templates.render(widget["template"], widget["context"]))


def setup(app: Sphinx) -> None:
    """Add the node; other builders than HTML leave it out."""
    add_node(app, template_node, html=(_visit, None))


def _visit(translator: HTML5Translator, node: template_node) -> None:
    translator.body.append(html_of(node, translator.builder.templates))
    raise nodes.SkipNode
