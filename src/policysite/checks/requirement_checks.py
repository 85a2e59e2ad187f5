"""The maps of requirements against the texts: provisions that are not there, and what no provision is named for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policysite.base.problems import Code, Problem
from policysite.model.register import Status
from policysite.requirements.requirement_map import read_map

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence

    from policysite.checks.version_checks import Findings
    from policysite.model.register import PolicyVersion
    from policysite.project.project import Project
    from policysite.requirements.requirement_map import RequirementMap
    from policysite.requirements.requirement_sets import RequirementSet

_ANSWERABLE = {Status.DRAFT, Status.UPCOMING, Status.IN_FORCE}
"""Of these the text, or the map, can still be completed."""


def check_requirements(
    project: Project, ids_of: Callable[[PolicyVersion], Collection[str]], found: Findings
) -> None:
    """Check the maps of all policies of *project*, and add to *found*; *ids_of* gives the provisions of a version."""
    language = project.settings.source_language
    for policy in project.register.policies.values():
        mapped, problems = read_map(project.root, project.docs, policy, language)
        found.problems += problems
        if mapped:
            found.problems += unknown_provisions(mapped, ids_of)
            found.notes += _unmet(mapped, project)


def unknown_provisions(
    mapped: RequirementMap, ids_of: Callable[[PolicyVersion], Collection[str]]
) -> Iterator[Problem]:
    """Yield the ids that a version does not have, each once: for the version that states them, or the first one that lost them."""
    for name in mapped.sets:
        reported: set[tuple[int, str]] = set()
        for version in reversed(mapped.versions(name)):
            known = ids_of(version)
            for answer in mapped.of_version(name, version).values():
                for one in answer.ids:
                    if one not in known and (answer.line, one) not in reported:
                        reported.add((answer.line, one))
                        message = f"Version {version.number} has no provision {one!r}."
                        remedy = f"Correct the id, or add an entry below {version.number!r}."
                        yield Problem(
                            mapped.path, answer.line, Code.REQUIREMENT_MAP, message, remedy
                        )


def _unmet(mapped: RequirementMap, project: Project) -> Iterator[Problem]:
    """Yield the requirements for which nothing is named, of versions that can still be changed or are in force; once for all that lack the same ones."""
    for name, asked in mapped.sets.items():
        lacking: dict[tuple[str, ...], list[str]] = {}
        for version in reversed(mapped.versions(name)):
            if project.register.status(version) in _ANSWERABLE:
                answers = mapped.of_version(name, version)
                answered = {key for key, one in answers.items() if one.ids or one.reasons}
                missing = tuple(key for key in asked.requirements if key not in answered)
                lacking.setdefault(missing, []).append(version.number)
        for missing, numbers in lacking.items():
            if missing:
                yield _unmet_problem(mapped, asked, missing, numbers)


def _unmet_problem(
    mapped: RequirementMap, asked: RequirementSet, missing: Sequence[str], numbers: Sequence[str]
) -> Problem:
    names = {key: next(iter(asked.requirements[key].names.values())) for key in missing}
    listed = "; ".join(f"{key}: {words}" for key, words in names.items())
    versions = f"version{'s' * (len(numbers) != 1)} {', '.join(numbers)}"
    return Problem(
        mapped.path,
        mapped.lines[asked.name,],
        Code.UNMET_REQUIREMENT,
        f"For {versions}, {len(missing)} of {len(asked.requirements)} requirements of {asked.name!r} "
        f"have no provision ({listed}).",
        "Name the provisions that say it, or why it does not apply.",
    )
