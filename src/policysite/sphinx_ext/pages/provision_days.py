"""At each article: the provisions of it that apply later than the version, with the text before."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from policysite.model.provision_ids import is_within
from policysite.sphinx_ext.shared import beside_headings, widgets
from policysite.sphinx_ext.shared.config import site_of
from policysite.sphinx_ext.shared.domain import policy_domain
from policysite.sphinx_ext.shared.later_provisions import LaterProvision, later_provisions
from policysite.text.numbering import TOP

if TYPE_CHECKING:
    from sphinx.application import Sphinx

    from policysite.model.register import PolicyVersion
    from policysite.sphinx_ext.shared.widgets import template_node


def _beside_headings(app: Sphinx, version: PolicyVersion) -> dict[str, template_node]:
    """Return the days, at the heading of the innermost section that has the provision."""
    headings = [TOP, *policy_domain(app.env).articles(version.page)]
    found: dict[str, list[LaterProvision]] = defaultdict(list)
    for provision in later_provisions(site_of(app.config), app.env, version, version.page):
        # Sections come before those inside them.
        around = [name for name in headings if is_within(provision.id, name)]
        found[around[-1] if around else TOP].append(provision)
    return {
        name: widgets.make("provision-days", provisions=found[name])
        for name in headings
        if name in found
    }


def setup(app: Sphinx) -> None:
    """Add the days to every page of a policy version."""
    beside_headings.connect(app, _beside_headings, order=400)
