"""What is wrong with the texts and their catalogs, said by the core before Sphinx reads any of them: no doctree is needed for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policysite.base.problems import Code, PolicysiteError
from policysite.checks.translated_documents import translation_problems
from policysite.sphinx_ext.shared.build_abort import abort_build
from policysite.sphinx_ext.shared.config import site_of
from policysite.sphinx_ext.shared.domain import policy_domain
from policysite.sphinx_ext.shared.source_texts import texts_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from policysite.base.problems import Problem
    from policysite.model.register import Policy, PolicyVersion
    from policysite.sphinx_ext.shared.site import Site

_NOT_TO_BE_READ = {Code.TOO_LARGE, Code.UNSAFE_SOURCE}
"""MyST would not come to an end with such a text, or end with an error of its own."""


def _check(app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
    """Note what is wrong with the documents that are to be read, so that the build stops (900) with it and with what Sphinx finds."""
    found = [*_of_documents(app, docnames)]
    if site_of(app.config).checks_sources:
        found += _of_records(app)
    if any(problem.code in _NOT_TO_BE_READ for problem in found):
        abort_build(app, PolicysiteError(found))
    policy_domain(env).note_general_problems(tuple(found))


def _of_documents(app: Sphinx, docnames: Iterable[str]) -> Iterator[Problem]:
    site, texts = site_of(app.config), texts_of(app)
    for docname in docnames:
        yield from texts.as_written(docname)
        version = site.register.version_of(docname)
        if site.checks_sources and version and not version.draft:
            yield from texts.statements(version)[0]
        if site.is_translated:
            yield from translation_problems(texts, site.completeness, site.catalog(docname))


def _of_records(app: Sphinx) -> Iterator[Problem]:
    """Yield what is wrong with the ``moved`` records, as an earlier build found it where nothing changed."""
    site, domain = site_of(app.config), policy_domain(app.env)

    def problems_of(policy: Policy, version: PolicyVersion) -> tuple[Problem, ...]:
        key = _inputs(site, policy, version)
        return domain.cached(
            "moved", version.page, key, lambda: tuple(texts_of(app).moves(version))
        )

    for policy in site.register.policies.values():
        for version in policy.versions:
            yield from problems_of(policy, version)


def _inputs(site: Site, policy: Policy, version: PolicyVersion) -> str:
    """Return what the records of *version* are checked against: its text, and those since the one before that is held."""
    first = policy.nearest_held_before(version) or policy.before(version) or version
    versions = policy.versions_from(first, version)
    return repr([(each.number, each.held, site.input_digest(each.page)) for each in versions])


def setup(app: Sphinx) -> None:
    """Check what is to be read."""
    app.connect("env-before-read-docs", _check)
