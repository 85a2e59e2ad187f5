"""The nodes of a policy's text, and the HTML of numbered provisions.

A provision is not a list item: its mark is policy text, so it is in the page as text (copied, searched,
compared and read aloud), and no browser counts for itself.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from docutils import nodes

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator


Printed = tuple[Callable[[Any, Any], None], Callable[[Any, Any], None] | None]
"""What a builder does where a node begins and where it ends."""
NOTE_SIGN = "policysite_sign"
"""The attribute of a footnote that has what is printed for it."""
JOINT = "policysite_joint"
"""The attribute of a provision that has what joins its mark to the one directly behind it: the dash of 1.—(1)."""
PARAGRAPH = "policysite_paragraph"
"""The attribute of a provision that says below which unmarked paragraph of a heading it is, if there are several."""
PARENT = "policysite_parent"
"""The attribute of a heading or another provision that has the id of the one that it is in, empty for none."""


class provision(nodes.General, nodes.Element):  # noqa: N801
    """A paragraph, point or indent with all it contains. ``mark`` is its printed mark.

    One without an id is marked but not numbered, as with a dash.
    """


class provision_list(nodes.General, nodes.Element):  # noqa: N801
    """Consecutive points or indents; all children are provisions."""


class list_table(nodes.table):  # noqa: N801
    """A table that is written as lists: its shape is a part of the text."""


class list_table_cell(nodes.entry):  # noqa: N801
    """A cell of one. ``head`` is ``row`` or ``col`` if it is a header of these, ``group`` says that it is one of a group of them."""


class omitted(nodes.General, nodes.Element):  # noqa: N801
    """Where a table of the published policy is missing."""


class version_links(nodes.General, nodes.Element):  # noqa: N801
    """A sentence, as one paragraph, that the page prints for every earlier version."""


class plain_summary(nodes.General, nodes.Element):  # noqa: N801
    """A summary of an article, as one paragraph, that is no part of the text."""


class label_line(nodes.General, nodes.Element):  # noqa: N801
    """The line of a label, as one paragraph that no page prints where it is. ``label`` is the label's name."""


class change_reason(nodes.General, nodes.Element):  # noqa: N801
    """The sentence on why a version changes something, as one paragraph that no page prints."""


class change_note(nodes.General, nodes.Element):  # noqa: N801
    """The sentence, as one paragraph that no page prints where it is."""


def _skip(_translator: nodes.NodeVisitor, _node: nodes.Element) -> None:
    raise nodes.SkipNode


SKIPPED: Printed = (_skip, None)
"""Nothing is printed of a node and of what it contains."""


def add_node(
    app: Sphinx, node: type[nodes.Element], *, html: Printed, others: Printed = SKIPPED
) -> None:
    """Add *node*, with how it is printed in *html*, and by the *others*, which leave it out if nothing is said."""
    app.add_node(node, html=html, text=others, latex=others, man=others, texinfo=others)


def append_sentence(document: nodes.document, node: nodes.Element, text: str, line: int) -> None:
    """Append *node* with the one paragraph *text*, which is on *line* of the front matter and thus nowhere in the *document*."""
    paragraph = nodes.paragraph(text, text)
    node.append(paragraph)
    for part in (node, paragraph):
        part.source, part.line = document["source"], line
    document.append(node)


def setup(app: Sphinx) -> None:
    """Add the nodes; builders other than HTML print their contents."""
    for node, visit in ((provision, _visit_provision), (provision_list, _visit_list)):
        add_node(app, node, html=(visit, _depart), others=(_pass, _pass))


def _visit_provision(translator: HTML5Translator, node: provision) -> None:
    if isinstance(node.parent, provision_list):
        tag = translator.starttag(node, "div", CLASS="provision", role="listitem")
    else:
        tag = translator.starttag(node, "div", CLASS="provision")
    translator.body.append(tag)


def _visit_list(translator: HTML5Translator, node: provision_list) -> None:
    translator.body.append(translator.starttag(node, "div", CLASS="provisions", role="list"))


def _depart(translator: HTML5Translator, _node: nodes.Element) -> None:
    translator.body.append("</div>\n")


def _pass(_translator: nodes.NodeVisitor, _node: nodes.Element) -> None:
    """Print nothing but the contents."""
