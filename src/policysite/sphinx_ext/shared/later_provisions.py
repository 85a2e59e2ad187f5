"""The provisions of a version that apply later than it, as readers see them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from policysite.model import addresses
from policysite.model.citations import citation
from policysite.sphinx_ext.shared.domain import policy_domain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.environment import BuildEnvironment

    from policysite.model.register import PolicyVersion
    from policysite.sphinx_ext.shared.site import Day, Site


@dataclass(frozen=True)
class LaterProvision:
    """A provision for a reader: what it is called, and from when it applies.

    ``before`` is the version whose text applies until then, and ``href`` leads to the provision there; empty if it has none.
    """

    id: str
    citation: str
    start: Day | None
    before: str
    href: str


def later_provisions(
    site: Site, env: BuildEnvironment, version: PolicyVersion, page: str
) -> Iterator[LaterProvision]:
    """Yield the provisions of *version* that apply later than it, with links from *page*."""
    if not version.provisions:
        return
    policy, domain = site.register.policies[version.policy], policy_domain(env)
    printed = domain.printed(version.page)
    before = policy.predecessor_in_force(version)
    for provision_id, day in version.provisions.items():
        there = policy.trace(provision_id, version, before) if before and before.held else None
        has_text = before is not None and there in domain.printed(before.page)
        yield LaterProvision(
            provision_id,
            citation(provision_id, printed, site.language),
            site.day(day),
            before.number if before and has_text else "",
            addresses.relative(page, before.page, there or "") if before and has_text else "",
        )
