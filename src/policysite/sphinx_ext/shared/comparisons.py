"""What differs between the versions of a policy, in the language of the build and in the source language.

Versions whose text is not held are compared with nothing.
"""

from __future__ import annotations

from collections import OrderedDict
from functools import cached_property, partial
from typing import TYPE_CHECKING

from policysite.languages.language_data import rules
from policysite.model import addresses
from policysite.redline import ProvisionHistories, TwoTexts, compare, step
from policysite.sphinx_ext.shared.config import site_of
from policysite.sphinx_ext.shared.domain import policy_domain
from policysite.sphinx_ext.shared.per_build import PerBuild
from policysite.sphinx_ext.shared.version_texts import source_text_of, text_digest, text_of

if TYPE_CHECKING:
    from sphinx.application import Sphinx

    from policysite.model.register import Policy, PolicyVersion
    from policysite.redline import Step
    from policysite.sphinx_ext.shared.site import Site

_KEPT = 512
"""How many comparisons are kept: life lines, pages of versions and pages of comparison ask for the same ones."""


class _Comparisons:
    """The comparisons of one environment."""

    def __init__(self, app: Sphinx) -> None:
        self.app = app
        self.kept: OrderedDict[tuple[str, str], TwoTexts] = OrderedDict()
        self.lives: dict[str, ProvisionHistories] = {}
        self.digests: dict[str, str] = {}

    def of(self, old: PolicyVersion, new: PolicyVersion) -> TwoTexts:
        key = old.page, new.page
        if key not in self.kept:
            self.kept[key] = self._compare(old, new)
            if len(self.kept) > _KEPT:
                self.kept.popitem(last=False)
        return self.kept[key]

    def _compare(self, old: PolicyVersion, new: PolicyVersion) -> TwoTexts:
        site = site_of(self.app.config)
        trace = site.register.policies[old.policy].trace
        traces = partial(trace, start=new, end=old), partial(trace, start=old, end=new)
        source = (
            compare(source_text_of(self.app, old), source_text_of(self.app, new), *traces)
            if site.is_translated
            else None
        )
        shown = compare(text_of(self.app, old), text_of(self.app, new), *traces)
        return TwoTexts(shown, source, rules(site.language).provisos)

    def lives_of(self, policy: Policy) -> ProvisionHistories:
        if policy.name not in self.lives:
            steps: dict[str, tuple[str, Step] | None] = {}
            # Without comparisons nothing is said of changes.
            compared = site_of(self.app.config).settings.has("comparisons")
            for version in policy.versions if compared else ():
                if version.held:
                    old = policy.held_predecessor_in_force(version)
                    steps[version.number] = (
                        (old.number, self._step(policy, old, version)) if old else None
                    )
            numbers = tuple(version.number for version in policy.versions)
            self.lives[policy.name] = ProvisionHistories(numbers, steps)
        return self.lives[policy.name]

    def _step(self, policy: Policy, old: PolicyVersion, new: PolicyVersion) -> Step:
        """Return how the articles changed from *old* to *new*."""
        moves = [(v.number, sorted(v.moved.items())) for v in policy.moves_between(old, new)]
        key = (old.number, self.digest(old), self.digest(new), repr(moves))
        domain = policy_domain(self.app.env)
        return domain.cached("steps", new.page, key, lambda: step(self.of(old, new).shown))

    @cached_property
    def _labels(self) -> str:
        return policy_domain(self.app.env).shape_of(sorted(self.app.env.all_docs))

    def digest(self, version: PolicyVersion) -> str:
        if version.page not in self.digests:
            self.digests[version.page] = text_digest(self.app, version, lambda: self._labels)
        return self.digests[version.page]


_comparisons = PerBuild(_Comparisons)


def comparison_of(app: Sphinx, old: PolicyVersion, new: PolicyVersion) -> TwoTexts | None:
    """Return what differs between two versions, or None if one of them has no text to compare, or the site does not compare."""
    is_compared = site_of(app.config).settings.has("comparisons") and old.held and new.held
    return two_texts(app, old, new) if is_compared else None


def two_texts(app: Sphinx, old: PolicyVersion, new: PolicyVersion) -> TwoTexts:
    """Return what differs between two versions whose texts are held."""
    return _comparisons(app).of(old, new)


def changed_articles(app: Sphinx, policy: Policy, version: PolicyVersion) -> int | None:
    """Return how many articles *version* changed of the one that it took the place of; None where one of the texts is not held."""
    before = policy.predecessor_in_force(version)
    step = lives_of(app, policy).steps.get(version.number)
    return step[1].changed if step and before and step[0] == before.number else None


def comparison_links(site: Site, policy: Policy, page: str) -> dict[tuple[str, str], str]:
    """Return links from *page* to the pages that compare two texts, by the numbers of the versions."""
    if not site.settings.has("comparisons"):
        return {}
    return {
        (old.number, new.number): addresses.relative(
            page, addresses.comparison_page(policy.name, old.number, new.number)
        )
        for old, new in policy.comparison_pairs(site.register.day)
    }


def lives_of(app: Sphinx, policy: Policy) -> ProvisionHistories:
    """Return the state of every article in every version of *policy*."""
    return _comparisons(app).lives_of(policy)


def digest_of(app: Sphinx, version: PolicyVersion) -> str:
    """Return a digest of what the text of a version is made of, in both languages."""
    return _comparisons(app).digest(version)
