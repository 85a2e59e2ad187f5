"""Choosing who builds the languages."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import TYPE_CHECKING

from policysite.base.problems import Code, PolicysiteError, Problem

if TYPE_CHECKING:
    import argparse

    from policysite.build.scheduler import Scheduler


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
        return _cluster(options)
    if options.parts:
        from policysite.build.parts_folder import PartsFolder  # noqa: PLC0415

        return PartsFolder(options.parts.absolute())
    return None


def _cluster(options: argparse.Namespace) -> Scheduler:
    try:
        from policysite.cluster.dask_scheduler import Cluster  # noqa: PLC0415
    except ModuleNotFoundError as error:
        problem = Problem(
            "requirements/cluster.txt",
            0,
            Code.SCHEDULER,
            f"What building on many machines needs is not installed: {error}.",
            "Use make html SCHEDULER=…, or pip install --require-hashes -r requirements/cluster.txt.",
        )
        raise PolicysiteError([problem]) from error
    # Where Dask has something to say, problems say it in fewer words.
    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    shared = options.shared or str(options.root / "_build" / "shared")
    return Cluster(options.scheduler, shared, patience=options.patience)
