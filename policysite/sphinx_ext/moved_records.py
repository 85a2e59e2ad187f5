"""The ``moved`` records against the texts: every id that they name is there, and nothing moved without one.

Links, comparisons and life lines follow the records, so a wrong or missing one would lead a reader to another provision.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from policysite.continuity import NEW
from policysite.errors import Code, Problem
from policysite.front_matter import moved_key
from policysite.provision_ids import ancestors, is_provision_id, title_of_heading
from policysite.sphinx_ext.config import site_of
from policysite.sphinx_ext.domain import policy_domain
from policysite.sphinx_ext.texts import words_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from policysite.register import Policy, PolicyVersion

_TELLING = 12
"""How many characters words have at least that tell one provision from another."""


def _check_moved(app: Sphinx, env: BuildEnvironment) -> None:
    """Refuse ``moved`` records that are wrong, and provisions that moved without one."""
    site = site_of(app.config)
    found: list[Problem] = []
    for policy in site.register.policies.values():
        for version in policy.versions:
            found += _unknown_ids(env, policy, version)
            before = policy.held_before(version)
            # Ids are those of the source, so one language tells.
            if before is not None and version.held and not site.is_translated:
                step = _Step(env, policy, before, version)
                found += _renumbered_in_silence(step)
                found += _against_the_words(step)
    policy_domain(env).note_general_problems(tuple(found))


@dataclass(frozen=True)
class _Step:
    """A version and the nearest one before it whose text is held."""

    env: BuildEnvironment
    policy: Policy
    before: PolicyVersion
    version: PolicyVersion

    def origin(self, provision_id: str) -> str | None:
        """Return the id that a provision had before, as the records say."""
        return self.policy.trace(provision_id, self.version, self.before)

    def now(self, provision_id: str) -> str | None:
        """Return the id that a provision of the version before has now, as the records say."""
        return self.policy.trace(provision_id, self.before, self.version)

    def otherwise(self, provision_id: str, twin: str) -> str:
        """Return what else the author may write: what looks like *twin* is another provision."""
        was_there = provision_id in policy_domain(self.env).marks(self.before.page)
        is_other = was_there and provision_id != twin
        same = f"'{provision_id}: {provision_id}' if it is what had this number, "
        return f"{same if is_other else ''}'{provision_id}: {NEW}' if it is new"


def _renumbered_in_silence(step: _Step) -> Iterator[Problem]:
    """Yield articles that have the title of another article of the version before, and no record.

    Links would lead a reader from the one to an article about something else.
    """
    domain, version = policy_domain(step.env), step.version
    articles = domain.articles(version.page)
    named = defaultdict(list)
    for earlier in domain.articles(step.before.page).values():
        named[title_of_heading(earlier.title)].append(earlier.id)
    titles = {title: ids[0] for title, ids in named.items() if len(ids) == 1}
    for article in articles.values():
        title = title_of_heading(article.title)
        old = titles.get(title, article.id)
        stayed = articles.get(step.now(old) or "")
        if (
            old in {article.id, step.origin(article.id)}
            or article.id in version.moved
            # Another article may be called the same.
            or (stayed is not None and title_of_heading(stayed.title) == title)
        ):
            continue
        yield Problem(
            version.path,
            article.line,
            Code.MOVED,
            f"{article.title!r} has the title of {old} of version {step.before.number}, "
            "but no record says that it moved.",
            f"Add 'moved: {{{article.id}: {old}}}' to the front matter, with every other article "
            f"that moved; or {step.otherwise(article.id, old)}.",
        )


def _unknown_ids(
    env: BuildEnvironment, policy: Policy, version: PolicyVersion
) -> Iterator[Problem]:
    domain, before = policy_domain(env), policy.before(version)
    for new, old in version.moved.items():
        named = ((new, version), (old, before)) if old != NEW else ((new, version),)
        for provision_id, other in named:
            if other is None or (other.held and provision_id not in domain.marks(other.page)):
                name = f"version {other.number}" if other else "any earlier version"
                yield version.problem(
                    Code.MOVED,
                    moved_key(new),
                    f"Found {provision_id!r}, which is no provision of {name}.",
                    "Write this version's id first, then the id in the version before.",
                )


@dataclass(frozen=True)
class _Words:
    """What the provisions of a version say, with all that is in them; ``owner`` maps words to the only one that says so."""

    of: Mapping[str, str]
    owner: Mapping[str, str]

    @classmethod
    def in_version(cls, env: BuildEnvironment, version: PolicyVersion) -> _Words:
        """Read the words of one version."""
        found: defaultdict[str, str] = defaultdict(str)
        for provision_id, words in words_of(env, version):
            if is_provision_id(provision_id):
                for container in (provision_id, *ancestors(provision_id)):
                    found[container] += f"{words}\n"
        owners = defaultdict(list)
        for provision_id, words in found.items():
            owners[words].append(provision_id)
        owner = {w: ids[0] for w, ids in owners.items() if len(ids) == 1 and len(w) > _TELLING}
        return cls(found, owner)


def _against_the_words(step: _Step) -> Iterator[Problem]:
    """Yield provisions whose words are those of another one of the version before than the record says.

    A record of the provision itself that names its own id, or says that it is new, says that this is on purpose.
    """
    version = step.version
    old, new = (_Words.in_version(step.env, v) for v in (step.before, version))
    lines = {p.id: p.line for p in policy_domain(step.env).provisions(version.page)}
    for words, provision_id in new.owner.items():
        twin, said = old.owner.get(words), step.origin(provision_id)
        recorded = version.moved.get(provision_id)
        if (
            twin is None
            or twin == said
            or recorded in {provision_id, NEW}
            or new.of.get(step.now(twin) or "") == words
        ):
            continue
        if recorded is not None:
            yield version.problem(
                Code.MOVED,
                moved_key(provision_id),
                f"The record says that {provision_id} was {recorded}, but its words are those of {twin} "
                f"of version {step.before.number}.",
                f"Write '{provision_id}: {twin}', or {step.otherwise(provision_id, twin)}.",
            )
        elif _is_together(step, provision_id, twin):
            yield Problem(
                version.path,
                lines[provision_id],
                Code.MOVED,
                f"{provision_id} has the words of {twin} of version {step.before.number}, "
                "but no record says that it moved.",
                f"Add 'moved: {{{provision_id}: {twin}}}' to the front matter, with every other provision that "
                f"moved; or {step.otherwise(provision_id, twin)}.",
            )


def _is_together(step: _Step, provision_id: str, twin: str) -> bool:
    """Whether both stand in the same provision, so that the one is likely to be the other."""
    inner, other = ancestors(provision_id), ancestors(twin)
    return bool(inner and other) and step.origin(inner[0]) == other[0]


def setup(app: Sphinx) -> None:
    """Check the records when all documents are read."""
    app.connect("env-updated", _check_moved, priority=800)
