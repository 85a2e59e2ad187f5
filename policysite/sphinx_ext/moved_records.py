"""The ``moved`` records against the texts: every id that they name is there, and nothing moved without one.

Links, comparisons and life lines follow the records, so a wrong or missing one would lead a reader to another provision.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from policysite.continuity import id_before
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
            before = policy.before(version)
            # Ids are those of the source, so one language tells.
            if before is not None and not site.is_translated:
                found += _renumbered_in_silence(env, before, version)
                if before.held and version.held:
                    found += _against_the_words(env, before, version)
    policy_domain(env).note_general_problems(tuple(found))


def _renumbered_in_silence(
    env: BuildEnvironment, before: PolicyVersion, version: PolicyVersion
) -> Iterator[Problem]:
    """Yield articles that have the title of another article of the version before, and no record.

    Links would lead a reader from the one to an article about something else.
    """
    domain = policy_domain(env)
    named = defaultdict(list)
    for earlier in domain.articles(before.page).values():
        named[title_of_heading(earlier.title)].append(earlier.id)
    titles = {title: ids[0] for title, ids in named.items() if len(ids) == 1}
    for article in domain.articles(version.page).values():
        old = titles.get(title_of_heading(article.title), article.id)
        if old != article.id and article.id not in version.moved:
            yield Problem(
                version.path,
                article.line,
                Code.MOVED,
                f"{article.title!r} has the title of {old} of version {before.number}, "
                "but no record says that it moved.",
                f"Add 'moved: {{{article.id}: {old}}}' to the front matter, with every other article "
                f"that moved; or 'moved: {{{article.id}: {article.id}}}' if it is another one.",
            )


def _unknown_ids(
    env: BuildEnvironment, policy: Policy, version: PolicyVersion
) -> Iterator[Problem]:
    domain, before = policy_domain(env), policy.before(version)
    for new, old in version.moved.items():
        for provision_id, other in ((new, version), (old, before)):
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


def _against_the_words(
    env: BuildEnvironment, before: PolicyVersion, version: PolicyVersion
) -> Iterator[Problem]:
    """Yield provisions whose words are those of another one of the version before than the record says.

    A record of the provision itself that names the same id says that it is another one on purpose.
    """
    old, new = _Words.in_version(env, before), _Words.in_version(env, version)
    lines = {p.id: p.line for p in policy_domain(env).provisions(version.page)}
    for words, provision_id in new.owner.items():
        twin, said = old.owner.get(words), id_before(provision_id, version.moved)
        recorded = version.moved.get(provision_id)
        if twin is None or twin == said or recorded == provision_id:
            continue
        if recorded is not None:
            yield version.problem(
                Code.MOVED,
                moved_key(provision_id),
                f"The record says that {provision_id} was {recorded}, but its words are those of {twin} "
                f"of version {before.number}.",
                f"Write '{provision_id}: {twin}'{_or_another(provision_id, twin)}.",
            )
        elif (
            ancestors(provision_id)
            and ancestors(twin)
            and _is_together(provision_id, twin, version)
        ):
            yield Problem(
                version.path,
                lines[provision_id],
                Code.MOVED,
                f"{provision_id} has the words of {twin} of version {before.number}, "
                "but no record says that it moved.",
                f"Add 'moved: {{{provision_id}: {twin}}}' to the front matter, with every other provision that "
                f"moved; or '{{{provision_id}: {provision_id}}}' if it is another one.",
            )


def _or_another(provision_id: str, twin: str) -> str:
    own = f", or '{provision_id}: {provision_id}' if it is another provision"
    return own if twin != provision_id else ""


def _is_together(provision_id: str, twin: str, version: PolicyVersion) -> bool:
    """Whether both stand in the same provision, so that the one is likely to be the other."""
    return id_before(ancestors(provision_id)[0], version.moved) == ancestors(twin)[0]


def setup(app: Sphinx) -> None:
    """Check the records when all documents are read."""
    app.connect("env-updated", _check_moved, priority=800)
