"""The texts of the site as the core reads them, each once in a build: outlines, messages, and what is wrong with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policysite.checks.version_checks import VersionChecks
from policysite.sphinx_ext.shared.config import site_of
from policysite.sphinx_ext.shared.per_build import PerBuild

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def _texts(app: Sphinx) -> VersionChecks:
    site = site_of(app.config)
    documents = frozenset(site.completeness.documents)
    return VersionChecks(site.root, site.docs, site.settings, site.register, documents)


texts_of = PerBuild(_texts)
"""The texts of the build of an application."""
