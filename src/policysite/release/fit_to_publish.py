"""Whether a site that was built may be published: what readers must not see, and what must be recorded."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from policysite.base.problems import Code, PolicysiteError, Problem
from policysite.checks.ledger_check import unfrozen
from policysite.checks.notice_period import announced_later
from policysite.model.build_choices import wants_drafts, wants_preview
from policysite.project.project import load_project
from policysite.release.record_release import Shown
from policysite.verify.verify_site import verify

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path


def check_choices(environ: Mapping[str, str]) -> Iterator[Problem]:
    """Yield what *environ* asks for that readers must not see."""
    yield from (
        Problem(
            "environment",
            0,
            Code.NOT_FOR_READERS,
            f"{name} is set, which {why}.",
            f"Publish without it: env -u {name} make publish …",
        )
        for name, wanted, why in (
            ("POLICYSITE_DRAFTS", wants_drafts(environ), "would show drafts to readers"),
            ("POLICYSITE_PREVIEW", wants_preview(environ), "lets translations have gaps"),
        )
        if wanted
    )


def check_site(
    root: Path, site: Path, environ: Mapping[str, str], older: Sequence[Path] = ()
) -> Shown:
    """Check the built *site* against its ledgers; ``build`` has proofread it. Return what it was built for.

    :raises PolicysiteError: if a published text is not frozen, a page is not what was frozen, or a ledger does not extend
        the *older* ones.
    """
    project = load_project(root, environ)
    problems = [*unfrozen(project, coming=True), *announced_later(project)]
    if older or any(ledger.entries for ledger in project.ledgers.values()):
        day = project.register.day
        problems += verify(os.fspath(site), older, day=day, is_own=True).problems
    if problems:
        raise PolicysiteError(problems)
    return Shown(project.register.day, project.settings.base_url)
