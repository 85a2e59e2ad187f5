"""The ``moved`` records against the texts: every id that they name is there, and nothing moved without one.

Links, comparisons and life lines follow the records, so a wrong or missing one would lead a reader to another provision.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from policysite.base.problems import Code, Problem
from policysite.model.front_matter import moved_key
from policysite.model.provision_ids import ancestors
from policysite.model.register import PolicyVersion
from policysite.model.renumbering import NEW
from policysite.text.outline import Outline

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from policysite.model.register import Policy

Outlines = Callable[[PolicyVersion], Outline]
"""What has the outline of a version whose text is held."""

_TELLING = 12
"""How many characters words have at least that tell one provision from another."""


def moved_problems(policy: Policy, version: PolicyVersion, outlines: Outlines) -> Iterator[Problem]:
    """Yield what is wrong with the records of *version*, and what moved in it without one."""
    yield from unknown_ids(policy, version, outlines)
    before = policy.nearest_held_before(version)
    if before is not None and version.held:
        step = _Step(policy, before, version, outlines(before), outlines(version))
        yield from _renumbered_in_silence(step)
        yield from _against_the_words(step)


def lost_articles(policy: Policy, version: PolicyVersion, outlines: Outlines) -> Iterator[Problem]:
    """Yield articles of the version before that *version* does not have, and articles that became others.

    Neither is wrong: an article may be removed, or rewritten. But links that lead to it say so from then on.
    """
    before = policy.nearest_held_before(version)
    if before is None or not version.held:
        return
    step = _Step(policy, before, version, outlines(before), outlines(version))
    old_titles, new_titles = (
        {article.title for article in outline.articles.values()} for outline in (step.old, step.new)
    )
    for article in step.old.articles.values():
        now = step.now(article.id)
        if article.title in new_titles:
            # It is there, with its number or under another one, which takes a record.
            continue
        if now is None or now not in step.new.lines:
            yield version.problem(
                Code.LOST_ARTICLE,
                "version",
                f"{article.heading!r} of version {before.number} has no counterpart in this version, and links to it "
                "will say so.",
                "That is right if it was removed; if it moved, record its new id and this one, like "
                f"'moved: {{{_free(step)}: {article.id}}}'.",
            )
        elif now == article.id and now not in version.moved and _is_another(step, article.id):
            found = step.new.articles[now]
            if found.title in old_titles:
                continue
            yield Problem(
                version.path,
                found.line,
                Code.LOST_ARTICLE,
                f"{found.heading!r} has neither the title nor the words of {article.heading!r} of version "
                f"{before.number}, but links lead from the one to the other.",
                f"That is right if it was rewritten; if it is another article, record it: 'moved: {{{now}: {NEW}}}'.",
            )


@dataclass(frozen=True)
class _Step:
    """A version and the nearest one before it whose text is held, with what both say."""

    policy: Policy
    before: PolicyVersion
    version: PolicyVersion
    old: Outline
    new: Outline

    def origin(self, provision_id: str) -> str | None:
        """Return the id that a provision had before, as the records say."""
        return self.policy.trace(provision_id, self.version, self.before)

    def now(self, provision_id: str) -> str | None:
        """Return the id that a provision of the version before has now, as the records say."""
        return self.policy.trace(provision_id, self.before, self.version)

    def otherwise(self, provision_id: str, twin: str) -> str:
        """Return what else the author may write: what looks like *twin* is another provision."""
        is_other = provision_id in self.old.lines and provision_id != twin
        same = f"'{provision_id}: {provision_id}' if it is what had this number, "
        return f"{same if is_other else ''}'{provision_id}: {NEW}' if it is new"


def _renumbered_in_silence(step: _Step) -> Iterator[Problem]:
    """Yield articles that have the title of another article of the version before, and no record.

    Links would lead a reader from the one to an article about something else. The first problem has the records of all,
    to be copied.
    """
    unrecorded = _unrecorded(step)
    every = ", ".join(f"{new}: {old}" for new, old in unrecorded.items())
    for number, (article_id, old) in enumerate(unrecorded.items()):
        records = f"{article_id}: {old}" if number else every
        article = step.new.articles[article_id]
        yield Problem(
            step.version.path,
            article.line,
            Code.MOVED,
            f"{article.heading!r} has the title of {old} of version {step.before.number}, "
            "but no record says that it moved.",
            f"Add 'moved: {{{records}}}' to the front matter, with every other article "
            f"that moved; or {step.otherwise(article_id, old)}.",
        )


def _unrecorded(step: _Step) -> dict[str, str]:
    """Return the id that each article had, of those that have the title of another article and no record."""
    version, articles = step.version, step.new.articles
    unrecorded: dict[str, str] = {}
    named = defaultdict(list)
    for earlier in step.old.articles.values():
        named[earlier.title].append(earlier.id)
    titles = {title: ids[0] for title, ids in named.items() if len(ids) == 1}
    for article in articles.values():
        title = article.title
        old = titles.get(title, article.id)
        stayed = articles.get(step.now(old) or "")
        if (
            old in {article.id, step.origin(article.id)}
            or article.id in version.moved
            # Another article may be called the same.
            or (stayed is not None and stayed.title == title)
        ):
            continue
        unrecorded[article.id] = old
    return unrecorded


def unknown_ids(policy: Policy, version: PolicyVersion, outlines: Outlines) -> Iterator[Problem]:
    """Yield records of *version* that name a provision which is not there."""
    before = policy.before(version)
    for new, old in version.moved.items():
        named = ((new, version), (old, before)) if old != NEW else ((new, version),)
        for provision_id, other in named:
            if other is None or (other.held and provision_id not in outlines(other).lines):
                name = f"version {other.number}" if other else "any earlier version"
                yield version.problem(
                    Code.MOVED,
                    moved_key(new),
                    f"Found {provision_id!r}, which is not a provision of {name}.",
                    "Write this version's id first, then the id in the version before.",
                )


@dataclass(frozen=True)
class _Words:
    """What the provisions of a version say, with all that is in them; ``owner`` maps words to the only one that says so."""

    of: Mapping[str, str]
    owner: Mapping[str, str]

    @classmethod
    def in_outline(cls, outline: Outline) -> _Words:
        """Read the words of one version."""
        found: defaultdict[str, str] = defaultdict(str)
        for passage in outline.passages:
            for container in (passage.id, *ancestors(passage.id)):
                found[container] += f"{passage.words}\n"
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
    old, new = map(_Words.in_outline, (step.old, step.new))
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
                step.new.lines[provision_id],
                Code.MOVED,
                f"{provision_id} has the words of {twin} of version {step.before.number}, "
                "but no record says that it moved.",
                f"Add 'moved: {{{provision_id}: {twin}}}' to the front matter, with every other provision that "
                f"moved; or {step.otherwise(provision_id, twin)}.",
            )


def _free(step: _Step) -> str:
    """Return an id for an example: of an article that nothing is said of yet, or of none."""
    known = step.version.moved
    articles = (name for name in step.new.articles if name not in step.old.lines)
    example = "…" if "art-8" in step.new.lines else "art-8"
    return next((name for name in articles if name not in known), example)


def _is_together(step: _Step, provision_id: str, twin: str) -> bool:
    """Whether both are in the same provision, so that the one is likely to be the other."""
    inner, other = ancestors(provision_id), ancestors(twin)
    return bool(inner and other) and step.origin(inner[0]) == other[0]


def _is_another(step: _Step, article_id: str) -> bool:
    """Whether an article that kept its number has no words in common with what it was."""
    old, new = (
        [p for p in outline.passages if article_id in {p.id, *ancestors(p.id)}]
        for outline in (step.old, step.new)
    )
    return not {p.words for p in old} & {p.words for p in new}
