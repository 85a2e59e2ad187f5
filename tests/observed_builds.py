"""An extension of Sphinx for tests: it writes down what extensions see of documents, and may have the pages written by Sphinx's own builder."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.builders.html import StandaloneHTMLBuilder

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def setup(app: Sphinx) -> dict[str, Any]:
    """Observe a build; with the setting ``ordinary_pages`` documents are read and written in the ordinary way."""
    app.add_config_value("ordinary_pages", default=False, rebuild="env", types=(bool,))
    if app.config.ordinary_pages:
        app.add_builder(StandaloneHTMLBuilder, override=True)
    seen: dict[str, list[str]] = {}

    def see(app: Sphinx, document: nodes.document) -> None:
        name = app.env.current_document.docname
        seen[name] = [repr((s["ids"], s.astext())) for s in document.findall(nodes.section)]

    def write(app: Sphinx, _error: Exception | None) -> None:
        # MyST counts the words that it has read, which are not those of whole versions.
        metadata = {
            name: {key: value for key, value in found.items() if key != "wordcount"}
            for name, found in app.env.metadata.items()
        }
        facts = {"seen": seen, "metadata": metadata}
        text = json.dumps(facts, ensure_ascii=False, indent=1, sort_keys=True)
        (Path(app.outdir) / "seen.json").write_text(text, encoding="utf-8")

    app.connect("doctree-read", see)
    app.connect("build-finished", write)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
