"""Recording a release without putting it anywhere: for those who sign and commit before a machine publishes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from policysite.base.problems import PolicysiteError
from policysite.build.build_site import build
from policysite.build.progress import no_progress
from policysite.release.fit_to_publish import check_choices, check_site
from policysite.release.record_release import recording_release
from policysite.release.release_files import listed_files

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from policysite.build.progress import ProgressCallback
    from policysite.build.scheduler import Scheduler
    from policysite.release.record_release import RecordedRelease


@dataclass(frozen=True)
class RecordedOnly:
    """What was recorded: the ``release``, and what it shows."""

    release: RecordedRelease

    def __str__(self) -> str:
        """Return the summary for the end of a command."""
        manifest = self.release.manifest
        lines = [
            f"{ledger}: release {number}, manifest {manifest.digest}"
            for ledger, number in self.release.added.items()
        ]
        if lines:
            lines.append("Commit that, then publish from the commit: git add docs.")
        else:
            lines.append(f"The release is recorded already: manifest {manifest.digest}.")
        return "\n".join(lines)


def record_only(
    root: Path,
    environ: Mapping[str, str],
    *,
    key: Path | None = None,
    progress: ProgressCallback = no_progress,
    scheduler: Scheduler | None = None,
) -> RecordedOnly:
    """Build the project in *root*, and record the release that publishing it would make; nothing is served.

    Publishing the same sources for the same day, or for one that shows nothing else, then adds no record.

    :raises PolicysiteError: with everything that must be corrected; the ledgers are as they were.
    """
    if problems := [*check_choices(environ)]:
        raise PolicysiteError(problems)
    site = root / "_build" / "publish" / "recorded"
    build(root, site, environ, progress, scheduler)
    shown = check_site(root, site, environ)
    with recording_release(root, site, listed_files(site), shown, key) as recorded:
        return RecordedOnly(recorded)
