"""Pages that belong to no document: they are rewritten only when something that they show has changed.

Sphinx asks for all of them in every build. What each was made of is written down beside the doctrees.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from policysite.base import digests
from policysite.model import addresses
from policysite.sphinx_ext.shared import page_context
from policysite.sphinx_ext.shared.config import site_builder, site_of
from policysite.sphinx_ext.shared.domain import policy_domain
from policysite.sphinx_ext.shared.per_build import PerBuild

if TYPE_CHECKING:
    from sphinx.application import Sphinx

LIST = "policysite-generated.json"


class _Generated:
    """The pages of one build, with digests of what they were and are made of."""

    def __init__(self, app: Sphinx) -> None:
        self.path = Path(app.doctreedir) / LIST
        self.made: dict[str, str] = {}
        self.before: dict[str, str] = {}
        try:
            found = json.loads(self.path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            found = {}
        if isinstance(found, dict):
            self.before = found
        site, domain = site_of(app.config), policy_domain(app.env)
        common = (
            site.register.digest(),
            site.completeness.published,
            site.settings,
            app.config.policysite_words_digest,
            domain.data["assets"],
            domain.data["frame"],
            app.builder.templates.newest_template_mtime(),
        )
        self.common = digests.of_facts(common)


_generated = PerBuild(_Generated)


def names(app: Sphinx) -> frozenset[str]:
    """Return the pages that this build has, whether they were written or were as they had to be."""
    return frozenset(_generated(app).made)


def is_stale(app: Sphinx, page: str, *facts: Any) -> bool:
    """Whether *page* must be written, as it is not there or was made of other *facts*; they are kept for the next build.

    What every page shows counts without being named. Ask when all documents are read.
    """
    if site_builder(app) is None:
        return False
    generated = _generated(app)
    digest = digests.of_facts((generated.common, facts))
    generated.made[page] = digest
    file = Path(app.outdir) / f"{page}{addresses.SUFFIX}"
    return generated.before.get(page) != digest or not file.is_file()


def _write_list(app: Sphinx, error: Exception | None) -> None:
    if error is None and site_builder(app):
        generated = _generated(app)
        generated.path.write_text(json.dumps(generated.made, indent=0), encoding="utf-8")


def _hide_contents(app: Sphinx, pagename: str, context: dict[str, Any]) -> None:
    if pagename in names(app):
        context["furo_hide_toc"] = True


def setup(app: Sphinx) -> None:
    """Write down what the pages were made of when all are written; they have no list of contents.

    After the theme (500), which looks for one.
    """
    page_context.connect(app, _hide_contents, priority=600)
    app.connect("build-finished", _write_list)
