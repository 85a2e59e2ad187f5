"""How many pages a site will have, before any is made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policysite.ledger.day_pages import days_with_pages
from policysite.requirements.requirement_map import has_map

if TYPE_CHECKING:
    from policysite.project.project import Project


def expected_pages(project: Project) -> int:
    """Return how many pages a language has, each of which is written if nothing is there yet."""
    register, settings = project.register, project.settings
    found = len(project.completeness.documents) + len(("search", "translations"))
    for policy in register.policies.values():
        found += len(("the text in force",)) + has_map(project.docs, policy.name)
        if settings.has("comparisons"):
            found += len(("any two versions",)) + len(policy.comparison_pairs(register.day))
        if settings.has("dates"):
            found += len(days_with_pages(policy, project.ledgers[policy.name]))
        if settings.has("parallel") and len(settings.languages) > 1:
            found += sum(version.held for version in policy.versions)
    return found
