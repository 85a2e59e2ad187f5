"""The ``moved`` records, checked when all documents are read: ``policysite.checks.renumbering_rules`` has the rules."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from policysite.checks.renumbering_rules import moved_problems, unknown_ids
from policysite.model.provision_ids import title_of_heading
from policysite.sphinx_ext.shared.config import site_of
from policysite.sphinx_ext.shared.domain import PolicyDomain, policy_domain
from policysite.sphinx_ext.shared.text_collector import words_of
from policysite.text.outline import Outline, Passage

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from policysite.base.problems import Problem
    from policysite.model.register import Policy, PolicyVersion


def _check_moved(app: Sphinx, env: BuildEnvironment) -> None:
    """Refuse ``moved`` records that are wrong, and provisions that moved without one."""
    site = site_of(app.config)
    # Titles and words are compared in the source language; ids are the same in all.
    rules = unknown_ids if site.is_translated else moved_problems

    @cache
    def outline(page: str) -> Outline:
        return _outline(env, page, site.language)

    def outline_of(version: PolicyVersion) -> Outline:
        return outline(version.page)

    domain = policy_domain(env)

    def problems_of(policy: Policy, version: PolicyVersion) -> tuple[Problem, ...]:
        return domain.cached(
            "moved",
            version.page,
            _inputs(domain, policy, version),
            lambda: tuple(rules(policy, version, outline_of)),
        )

    found = tuple(
        problem
        for policy in site.register.policies.values()
        for version in policy.versions
        for problem in problems_of(policy, version)
    )
    domain.note_general_problems(found)


def _inputs(domain: PolicyDomain, policy: Policy, version: PolicyVersion) -> str:
    """Return what the records of *version* are checked against: its text, and those since the one before that is held."""
    first = policy.nearest_held_before(version) or policy.before(version) or version
    return repr(
        [
            (each.number, each.held, domain.input_of(each.page))
            for each in policy.versions_from(first, version)
        ]
    )


def _outline(env: BuildEnvironment, page: str, language: str) -> Outline:
    """Return what was found in the document of a version."""
    domain = policy_domain(env)
    words = dict(words_of(domain.texts(page), language))
    return Outline(
        tuple(
            Passage(
                p.id,
                p.mark,
                p.title,
                p.line,
                words.get(p.id, ""),
                title_of_heading(p.title, language),
            )
            for p in domain.provisions(page)
        )
    )


def setup(app: Sphinx) -> None:
    """Check the records when all documents are read."""
    app.connect("env-updated", _check_moved, priority=800)
