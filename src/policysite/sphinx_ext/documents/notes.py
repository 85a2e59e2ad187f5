"""Footnotes of a version as text: neither MyST nor docutils numbers them, moves them, or gives them ids that change with each edit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.transforms import SphinxTransform

from policysite.markdown.parser import note_sign
from policysite.sphinx_ext.shared.config import site_of
from policysite.sphinx_ext.shared.node_places import forget_ids
from policysite.sphinx_ext.shared.provision_nodes import NOTE_SIGN

if TYPE_CHECKING:
    from sphinx.application import Sphinx


class SignNotes(SphinxTransform):
    """Give the footnotes of a version, and where they are named, what is printed for them.

    Runs before provisions get their ids (8), which puts each note at the end of the one that names it.
    """

    default_priority = 7

    def apply(self, **kwargs: Any) -> None:  # noqa: ARG002
        """Sign the notes of one document."""
        if not site_of(self.config).register.version_of(self.env.current_document.docname):
            return
        for note in self.document.findall(nodes.footnote):
            note[NOTE_SIGN] = note_sign(note["names"][0] if note["names"] else "")
            forget_ids(self.document, note)
        for named in self.document.findall(nodes.footnote_reference):
            _sign(named)
        _forget_notes(self.document)


class PrintNotes(SphinxTransform):
    """Print where a footnote is named as words of the text, which no program counts.

    Runs after translation (20), which takes the names of notes in a message for those of its own,
    and before the check of the translation (21, set up later), which compares the words.
    """

    default_priority = 21

    def apply(self, **kwargs: Any) -> None:  # noqa: ARG002
        """Print the signs of one document."""
        if not site_of(self.config).register.version_of(self.env.current_document.docname):
            return
        for named in [*self.document.findall(nodes.footnote_reference)]:
            _sign(named)
            forget_ids(self.document, named)
            named.replace_self(nodes.Text(named.astext()))
        _forget_notes(self.document)


def _sign(named: nodes.footnote_reference) -> None:
    named.children = []
    named += nodes.Text(note_sign(named["refname"]))


def _forget_notes(document: nodes.document) -> None:
    for notes in (document.footnotes, document.autofootnotes, document.autofootnote_refs):
        notes.clear()
    document.footnote_refs.clear()


def setup(app: Sphinx) -> None:
    """Add the transforms."""
    app.add_transform(SignNotes)
    app.add_transform(PrintNotes)
