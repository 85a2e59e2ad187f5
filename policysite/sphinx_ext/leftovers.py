"""Pages of documents that are gone: Sphinx leaves them in the output, where they would be published."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.builders.html import StandaloneHTMLBuilder

from policysite import addresses

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment


def _remove(
    app: Sphinx,
    _env: BuildEnvironment,
    _added: set[str],
    _changed: set[str],
    removed: set[str],
) -> list[str]:
    if isinstance(app.builder, StandaloneHTMLBuilder):
        for docname in removed:
            app.builder.get_output_path(docname).unlink(missing_ok=True)
            for name in (addresses.data_file(docname), addresses.search_file(docname)):
                (Path(app.outdir) / name).unlink(missing_ok=True)
    return []


def setup(app: Sphinx) -> None:
    """Remove the page of each document that is no longer there."""
    app.connect("env-get-outdated", _remove)
