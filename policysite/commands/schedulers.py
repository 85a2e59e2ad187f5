"""Choosing who builds the languages."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse

    from policysite.driver.schedulers import Scheduler


def add_scheduler_options(command: argparse.ArgumentParser) -> None:
    """Add the options of :func:`scheduler_from` to *command*; deploy/many-machines.md explains them."""
    who = command.add_mutually_exclusive_group()
    who.add_argument(
        "--scheduler",
        default="",
        metavar="ADDRESS",
        help="have the workers of this Dask scheduler build (tcp://host:8786)",
    )
    who.add_argument(
        "--parts",
        type=Path,
        metavar="FOLDER",
        help="put the site together from the parts that build-part made",
    )
    command.add_argument(
        "--shared",
        default="",
        metavar="URL",
        help="the folder or object store that this machine and all workers see "
        "(ROOT/_build/shared): a path, s3://bucket/folder",
    )
    command.add_argument(
        "--patience",
        type=float,
        default=60.0,
        metavar="SECONDS",
        help="how long to wait for a worker when there is none (60)",
    )


def scheduler_from(options: argparse.Namespace) -> Scheduler | None:
    """Return what *options* ask for; None for the processes of this machine.

    :raises PolicysiteError: if the packages for a cluster are not installed.
    """
    if options.scheduler:
        from policysite.driver.schedulers.cluster import Cluster  # noqa: PLC0415

        return Cluster(
            options.scheduler,
            options.shared or str(options.root / "_build" / "shared"),
            patience=options.patience,
        )
    if options.parts:
        from policysite.driver.schedulers.parts_folder import PartsFolder  # noqa: PLC0415

        return PartsFolder(options.parts.absolute())
    return None
