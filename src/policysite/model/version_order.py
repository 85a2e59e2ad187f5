"""The order of a policy's versions, and what its history must not be without a reason.

The days on which versions take effect are their order. Of two that take effect on one day, the one with the higher name
comes second where one scheme names both; else the second one says so: ``after: "1.0"``.

Histories are as they happened: a rule that holds for what is still to come can be set aside for a version of the past, by
``waive: {register-date: "the reason"}`` in its front matter, or ``register-number`` where names have several forms.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, NamedTuple

from policysite.base.problems import Code, Problem
from policysite.model.version_names import scheme_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from policysite.model.register import PolicyVersion


class BrokenRule(NamedTuple):
    """What a history is not without a reason; each of ``versions`` may give it."""

    problem: Problem
    versions: tuple[PolicyVersion, ...]

    @property
    def is_waived(self) -> bool:
        """Whether a version gives a reason."""
        return any(self.problem.code in version.waived for version in self.versions)


def in_order(versions: Iterable[PolicyVersion]) -> tuple[PolicyVersion, ...]:
    """Return *versions* as they took effect, the first one first."""
    by_day = sorted(versions, key=lambda version: version.effective)
    return tuple(
        version
        for _, group in groupby(by_day, key=lambda version: version.effective)
        for version in _on_one_day(list(group))
    )


def _on_one_day(group: list[PolicyVersion]) -> list[PolicyVersion]:
    """Return the versions of one day in their order: each behind the one that it names, else by name."""
    group.sort(key=lambda version: (*scheme_of(version.number), version.number))
    names = {version.number for version in group}
    follows: defaultdict[str, list[PolicyVersion]] = defaultdict(list)
    for version in group:
        follows[version.after if version.after in names else ""].append(version)
    found: list[PolicyVersion] = []
    waiting = follows.pop("")[::-1] if "" in follows else []
    while waiting:
        found.append(version := waiting.pop())
        waiting += follows.pop(version.number, [])[::-1]
    # Those that follow each other in a circle: that is a problem of its own.
    return [*found, *(version for one in follows.values() for version in one)]


def order_problems(versions: Sequence[PolicyVersion]) -> Iterator[Problem]:
    """Yield why *versions*, which are in order, have no order or no names that can be told apart."""
    yield from _same_names(versions)
    in_line = [version for version in versions if not version.draft]
    names = {version.number: version for version in in_line}
    for version in in_line:
        if version.after and not _is_behind(version, names.get(version.after), in_line):
            yield version.problem(
                Code.REGISTER_FIELD,
                "after",
                f"Found after: {version.after}, which is no version that takes effect on {version.effective} too.",
                "Name the version that took effect on the same day, before this one, or remove the field.",
            )
    yield from _endings(in_line)
    for first, second in pairwise(in_line):
        if first.effective == second.effective and not _is_told(first, second):
            yield second.problem(
                Code.REGISTER_FIELD,
                "effective",
                f"Versions {first.number} and {second.number} take effect on {second.effective}, and nothing says which of "
                "them came second.",
                f'Write into the one that came second: after: "{first.number}".',
            )


def _endings(in_line: Sequence[PolicyVersion]) -> Iterator[Problem]:
    """Yield the versions that are said to have ended after another one had taken their place."""
    for version, following in pairwise(in_line):
        if version.ended and following.effective <= version.ended and following.took_effect:
            yield version.problem(
                Code.REGISTER_DATE,
                "ended",
                f"Found ended: {version.ended}; version {following.number} took its place on {following.effective}.",
                "Remove the field: it is for a time in which no version applies.",
            )


def _is_behind(
    version: PolicyVersion, first: PolicyVersion | None, in_line: Sequence[PolicyVersion]
) -> bool:
    """Whether *version* is behind *first*, which it names, and takes effect on the same day."""
    if first is None or first.effective != version.effective:
        return False
    return in_line.index(first) < in_line.index(version)


def _is_told(first: PolicyVersion, second: PolicyVersion) -> bool:
    """Whether it is known that *second*, which takes effect on the same day, came after *first*."""
    if second.after:
        return second.after == first.number
    (scheme, _), (other, _) = scheme_of(first.number), scheme_of(second.number)
    return scheme == other != ""


def _same_names(versions: Sequence[PolicyVersion]) -> Iterator[Problem]:
    known: dict[str, PolicyVersion] = {}
    for version in sorted(versions, key=lambda version: version.path):
        other = known.setdefault(version.number.lower(), version)
        if other is not version:
            yield version.problem(
                Code.REGISTER_NUMBER,
                "version",
                f"Found version: {version.number}, which is version {other.number} ({other.path}) but for capitals.",
                "Choose another name: for some systems the two are one address.",
            )


def broken_rules(versions: Sequence[PolicyVersion]) -> Iterator[BrokenRule]:
    """Yield what *versions*, which are in order, need a reason for; a draft's days are not settled yet."""
    in_line = [version for version in versions if not version.draft]
    yield from map(_late, filter(_is_late, versions))
    for first, second in pairwise(in_line):
        if first.effective == second.effective:
            yield _same_day(first, second)
        if scheme_of(first.number)[0] != scheme_of(second.number)[0]:
            yield _other_scheme(first, second)
    schemes: defaultdict[str, list[PolicyVersion]] = defaultdict(list)
    for version in in_line:
        schemes[scheme_of(version.number)[0]].append(version)
    schemes.pop("", None)
    for those in schemes.values():
        for first, second in pairwise(those):
            if scheme_of(first.number) > scheme_of(second.number):
                yield _falling(first, second)


def _is_late(version: PolicyVersion) -> bool:
    return version.announced is not None and version.announced > version.effective


def _late(version: PolicyVersion) -> BrokenRule:
    problem = version.problem(
        Code.REGISTER_DATE,
        "announced",
        f"The version was announced on {version.announced}, after it took effect on {version.effective}.",
        f"Correct one of the two dates{_REASON}",
    )
    return BrokenRule(problem, (version,))


def _same_day(first: PolicyVersion, second: PolicyVersion) -> BrokenRule:
    problem = second.problem(
        Code.REGISTER_DATE,
        "effective",
        f"Found effective: {second.effective}, which {first.path} has too.",
        f"Each version has its own number and its own effective date{_REASON}",
    )
    return BrokenRule(problem, (second,))


def _other_scheme(first: PolicyVersion, second: PolicyVersion) -> BrokenRule:
    problem = second.problem(
        Code.REGISTER_NUMBER,
        "version",
        f"Found version: {second.number}, a name of another form than {first.number}, the one before ({first.path}).",
        'Name it as the others; if it was named so, say why: waive: {register-number: "…"}.',
    )
    return BrokenRule(problem, (second,))


def _falling(first: PolicyVersion, second: PolicyVersion) -> BrokenRule:
    problem = first.problem(
        Code.REGISTER_DATE,
        "effective",
        f"Version {first.number} takes effect on {first.effective}, before version "
        f"{second.number} ({second.effective}, {second.path}).",
        f"Correct one of the two dates: a higher number takes effect later{_REASON}",
    )
    return BrokenRule(problem, (first, second))


_REASON = '; if it happened so, say why: waive: {register-date: "…"}.'
