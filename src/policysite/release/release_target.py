"""The folder on a server that holds releases: whether it can, and what is said where it cannot."""

from __future__ import annotations

import errno
import os
from typing import TYPE_CHECKING

from policysite.base.problems import Code, PolicysiteError, Problem, quoted
from policysite.files.disk_errors import writable
from policysite.release.releases import KNOWN, TARGET_OF_LINK, Releases, is_ours, target_problem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path


def check_target(to: Path, root: Path) -> None:
    """Refuse a folder that cannot hold the releases of the project in *root*.

    :raises PolicysiteError: with everything that is in the way.
    """
    problems = [*_place_problems(to, root.resolve())]
    if not problems and to.is_dir():
        with target_writable(to):
            problems += _content_problems(Releases(to))
    if problems:
        raise PolicysiteError(problems)


def _place_problems(to: Path, root: Path) -> Iterator[Problem]:
    if to.is_relative_to(root) or root.is_relative_to(to):
        where = "inside" if to.is_relative_to(root) else "around"
        yield target_problem(
            to,
            f"The folder is {where} the project {root}.",
            "Choose one beside it: releases are not a part of the sources.",
        )
    elif to.exists() and not to.is_dir():
        yield target_problem(to, "This is a file.", "Name a folder.")
    elif not to.exists() and not to.parent.is_dir():
        yield target_problem(
            to,
            f"Neither the folder nor its parent exists, {to.parent}.",
            f"Correct the address, or make it first: mkdir -p {to.parent}",
        )


def _content_problems(releases: Releases) -> Iterator[Problem]:
    to, folder, link = releases.to, releases.folder, releases.link
    foreign = sorted({path.name for path in to.iterdir()} - KNOWN)
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        foreign.append(folder.name)
    elif folder.is_dir():
        foreign += sorted(f"{folder.name}/{p.name}" for p in folder.iterdir() if not is_ours(p))
    if foreign:
        yield target_problem(
            to,
            f"The folder has files that are not releases: {quoted(foreign[:5])}{' …' if foreign[5:] else ''}.",
            "Choose an empty folder or a new one; a publisher removes earlier releases from it.",
        )
    if link.exists() and not link.is_symlink():
        yield target_problem(
            link,
            "This is not a link, so it cannot be replaced in one step.",
            "Move it away; then publish, and have the web server serve the link that is made here.",
        )
    elif link.is_symlink() and not TARGET_OF_LINK.fullmatch(os.fspath(link.readlink())):
        yield target_problem(
            link,
            f"The link leads to {link.readlink()}, which is not a release.",
            "Remove it, or publish into another folder.",
        )


def target_writable(to: Path) -> AbstractContextManager[None]:
    """Turn a failure to read or write the folder *to* into a problem.

    :raises PolicysiteError: instead of an OSError, within it.
    """
    return writable(
        to,
        "Fix it, and publish again.",
        remedies=_REMEDIES,
        state="The live release is unchanged.",
        code=Code.TARGET,
    )


_REMEDIES = {
    errno.ENOSPC: "Free space on the disk, or keep fewer releases (--keep), and publish again.",
    errno.EDQUOT: "Free space, or keep fewer releases (--keep), and publish again.",
    errno.EROFS: "Mount the disk for writing, and publish again.",
    errno.EACCES: "Give yourself write permission there, and publish again.",
    errno.EPERM: "Give yourself write permission there, and publish again.",
    errno.EIO: "The disk reports a failure: have it checked before anything is published to it.",
}
