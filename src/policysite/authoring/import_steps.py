"""What to do after an import, in an order in which each step can be done; what is frozen is changed in the one way that is allowed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policysite.project.version_document import version_document
from policysite.text.blocks import BlockKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policysite.model.register import PolicyVersion
    from policysite.project.project import Project


def next_steps(project: Project, version: PolicyVersion, *, replaced: bool) -> Iterator[str]:
    """Yield the steps after *version* was imported into *project*, as it was before, one a line; *replaced*: it was a record."""
    yield "Next:"
    steps = _steps(project, version, replaced=replaced)
    yield from (f"{place}. {step}" for place, step in enumerate(steps, start=1))


def _steps(project: Project, version: PolicyVersion, *, replaced: bool) -> Iterator[str]:
    is_published = not version.draft and version.effective <= project.register.day
    name = f"--policy {version.policy} --version"
    frozen = _frozen_after(project, version)
    yield f"Compare docs/{version.page}.md with the published text, and correct it where needed."
    # First of all: no catalog is made of a text whose records are wrong.
    moved = "policysite check: where provisions were renumbered, add the line 'moved' that it names"
    if frozen:
        moved += (
            f". Version {frozen[0].number} is frozen: its front matter may have that line, and none of its words "
            "may change"
        )
    yield f"{moved}."
    if len(project.settings.languages) > 1:
        published = " --published" if is_published else ""
        yield (
            f"policysite update-po{published}, and translate what policysite translation-status names; a published "
            "translation comes in before it, with --as-translation."
        )
    yield "policysite check, until there are no errors."
    if is_published:
        yield f"policysite freeze {name} {version.number}"
    for other in () if replaced else _naming(project, frozen):
        yield (
            f'policysite correct {name} {other.number} --reason "…": it is frozen, and it names the earlier versions, '
            f"among which {version.number} is now."
        )
    yield f"policysite build, and review the comparisons of version {version.number} with those before and after it."
    yield "Commit (git add docs locales), and policysite publish --to …"


def _frozen_after(project: Project, version: PolicyVersion) -> list[PolicyVersion]:
    """Return the frozen versions that took effect after *version*, the next one first."""
    policy = project.register.policies.get(version.policy)
    if policy is None:
        return []
    recorded = project.ledgers[version.policy].versions
    return [v for v in policy.versions if v.effective > version.effective and v.number in recorded]


def _naming(project: Project, frozen: list[PolicyVersion]) -> Iterator[PolicyVersion]:
    """Yield those of the *frozen* versions whose texts have a sentence for each earlier version."""
    for version in frozen:
        top = version_document(project, version).top if version.held else None
        if top and any(block.kind is BlockKind.PATTERN for block in top.walk()):
            yield version
