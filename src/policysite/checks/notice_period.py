"""The day on which a version is announced, against what the publisher promises, and against today."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policysite.base.problems import Code, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policysite.model.register import PolicyVersion
    from policysite.model.settings import PolicySettings
    from policysite.project.project import Project


def notice_problem(version: PolicyVersion, settings: PolicySettings) -> Problem | None:
    """Return what is wrong with the day on which *version* is announced, if anything, by the *settings* of its policy.

    Days are those of the policy's time zone, as everywhere: the day on which it takes effect does not count.
    """
    period, source = settings.notice(version.change_kind)
    last = period.before(version.effective)
    # Of a version that was postponed, the day on which it takes effect was announced then.
    announced = max(version.postponed.values(), default=version.announced)
    if not period or (announced and announced <= last):
        return None
    promise = f"the publisher promises {period} ({source})"
    if announced is None:
        return version.problem(
            Code.NOTICE_PERIOD,
            "effective",
            f"Version {version.number} states no day on which it is announced; {promise}.",
            f"Announce it by {last}, and add 'announced: …' to the front matter.",
        )
    days = (version.effective - announced).days
    what = "postponed" if version.postponed else "announced"
    return version.problem(
        Code.NOTICE_PERIOD,
        what,
        f"Version {version.number} is {what} {days} day{'s' * (days != 1)} before it takes effect; {promise}.",
        f"Announce it by {last}, or let it take effect on {period.after(announced)}.",
    )


def announced_later(project: Project) -> Iterator[Problem]:
    """Yield the versions that readers would see before the day on which they are announced."""
    for name, policy in project.register.policies.items():
        frozen = project.ledgers[name].versions
        for version in policy.versions:
            if version.draft or not version.announced or version.announced <= project.register.day:
                continue
            # What is frozen can be no draft any more.
            wait = (
                "Publish"
                if version.number in frozen
                else "Write 'draft: true' until then, or publish"
            )
            yield version.problem(
                Code.NOT_FOR_READERS,
                "announced",
                f"Version {version.number} is announced on {version.announced}, and would be shown from today on "
                f"({project.register.day}).",
                f"{wait} on that day; or correct the day.",
            )
