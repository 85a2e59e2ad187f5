"""Each version as data: ``/<lang>/<policy>/<version>.json``, and the same for the pages' own scripts.

``schemas/policy-version.schema.json`` describes the file.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from policysite.languages.language_data import tag
from policysite.model import addresses
from policysite.sphinx_ext.shared.config import site_builder, site_of
from policysite.sphinx_ext.shared.version_texts import text_of
from policysite.text.table_shapes import LINE

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx

    from policysite.model.register import PolicyVersion
    from policysite.sphinx_ext.shared.site import Site


def _write(app: Sphinx, _doctree: nodes.document, docname: str) -> None:
    """Write the files of one version when its page is about to be written."""
    site = site_of(app.config)
    version = site.register.version_of(docname)
    if version is None or not site_builder(app):
        return
    found = [provision.data() for provision in text_of(app, version)]
    data = describe(site, version, app.env.titles[docname].astext()) | {"provisions": found}
    path = Path(app.outdir) / addresses.data_file(docname)
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(data, ensure_ascii=False, indent=1)
    path.write_text(f"{text}\n", encoding="utf-8")
    # A page that is opened from a folder may load scripts, and no other files.
    if version.held:
        content = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
        # Scripts of former days ended a string where a line ends.
        content = content.replace(LINE, "\\u2028")
        script = f"addPolicyText({content});\n"
        (Path(app.outdir) / addresses.text_script(docname)).write_text(script, encoding="utf-8")


def describe(site: Site, version: PolicyVersion, title: str) -> dict[str, Any]:
    """Return what is known of *version* besides its text. Dates are ISO 8601."""
    facts = site.facts(version, version.page)
    applies_from = {name: day.isoformat() for name, day in version.provisions.items()}
    return {
        "policy": version.policy,
        "version": version.number,
        "language": tag(site.language),
        "title": title,
        "announced": facts.announced and facts.announced.iso,
        "effective": facts.start and facts.start.iso,
        "until": facts.until or None,
        "withdrawn": facts.withdrawn and facts.withdrawn.iso,
        **({"appliesFrom": applies_from} if applies_from else {}),
        "text": "held" if version.held else "not-held",
        "page": f"{site.language}/{version.page}{addresses.SUFFIX}",
    }


def setup(app: Sphinx) -> None:
    """Write the data with the page, after every list in the text is filled in."""
    app.connect("doctree-resolved", _write)
