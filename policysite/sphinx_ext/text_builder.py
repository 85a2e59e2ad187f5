"""A builder that writes the words of every version, and no pages: what is to be recorded in the ledger is read with it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.builders import Builder

from policysite.sphinx_ext.config import site_of
from policysite.sphinx_ext.texts import text_of

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from docutils import nodes
    from sphinx.application import Sphinx


class PolicyTextBuilder(Builder):
    """Writes ``texts.json``: the provisions of each held version by page, as the files of the versions have them."""

    name = "policysite-texts"
    epilog = "The texts are in %(outdir)s/texts.json."

    def get_outdated_docs(self) -> AbstractSet[str]:
        """Return nothing: the file is written as a whole when all documents are read."""
        return set()

    def get_target_uri(self, docname: str, typ: str | None = None) -> str:  # noqa: ARG002
        """Return no address: there are no pages."""
        return ""

    def write_documents(self, docnames: AbstractSet[str]) -> None:
        """Write no pages."""

    def write_doc(self, docname: str, doctree: nodes.document) -> None:
        """Write no page."""

    def finish(self) -> None:
        """Write the texts."""
        register = site_of(self.config).register
        texts = {
            version.page: [provision.data() for provision in text_of(self._app, version)]
            for policy in register.policies.values()
            for version in policy.versions
            if version.held
        }
        found = json.dumps(texts, ensure_ascii=False)
        (Path(self.outdir) / "texts.json").write_text(found, encoding="utf-8")


def setup(app: Sphinx) -> None:
    """Add the builder."""
    app.add_builder(PolicyTextBuilder)
