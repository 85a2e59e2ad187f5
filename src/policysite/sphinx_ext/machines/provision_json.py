"""Each version as data: ``/<lang>/<policy>/<version>.json``, and the same for the pages' own scripts.

:mod:`policysite.text.version_data` says what is in it.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from policysite.model import addresses
from policysite.sphinx_ext.shared import page_context
from policysite.sphinx_ext.shared.config import site_builder, site_of
from policysite.sphinx_ext.shared.version_texts import text_of
from policysite.text.table_shapes import LINE
from policysite.text.version_data import version_data, written

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def _write(app: Sphinx, docname: str, _context: dict[str, Any]) -> None:
    """Write the files of one version when its page is written."""
    site = site_of(app.config)
    version = site.register.version_of(docname)
    if version is None or not site_builder(app):
        return
    data = version_data(
        site.register.policies[version.policy],
        version,
        site.language,
        app.env.titles[docname].astext(),
        [provision.data() for provision in text_of(app, version)],
    )
    path = Path(app.outdir) / addresses.data_file(docname)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(written(data), encoding="utf-8")
    # A page that is opened from a folder may load scripts, and no other files.
    if version.held:
        content = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
        # Scripts of former days ended a string where a line ends.
        content = content.replace(LINE, "\\u2028")
        script = f"addPolicyText({content});\n"
        (Path(app.outdir) / addresses.text_script(docname)).write_text(script, encoding="utf-8")


def setup(app: Sphinx) -> None:
    """Write the data with the page."""
    page_context.connect(app, _write)
