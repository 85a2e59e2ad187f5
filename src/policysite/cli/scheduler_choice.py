"""Choosing who builds the languages."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from policysite.base.problems import Code, PolicysiteError, Problem

if TYPE_CHECKING:
    from policysite.build.scheduler import Scheduler, SchedulerPlugin

GROUP = "policysite.schedulers"
"""The entry points through which packages for building on other machines are found."""
_CLUSTER = "dask"
PATIENCE = 60.0

SchedulerAddress = Annotated[
    str,
    typer.Option(
        "--scheduler",
        metavar="ADDRESS",
        show_default=False,
        help="Build on the workers of this Dask scheduler: tcp://host:8786.",
    ),
]
Parts = Annotated[
    Path | None,
    typer.Option(metavar="FOLDER", help="Assemble the site from the parts that build-part made."),
]
Shared = Annotated[
    str,
    typer.Option(
        metavar="URL",
        show_default="_build/shared",
        help="The folder or object store that this machine and all workers see: a path, s3://bucket/folder.",
    ),
]
Patience = Annotated[
    float,
    typer.Option(metavar="SECONDS", help="How long to wait for a worker when there is none."),
]


def chosen_scheduler(
    root: Path, address: str, parts: Path | None, shared: str, patience: float
) -> "Scheduler | None":
    """Return who builds the project in *root*; None for the processes of this machine.

    The options are those above; guide/many-machines.md explains them.

    :raises typer.BadParameter: if two are asked for.
    :raises PolicysiteError: if what is needed for a cluster is not installed.
    """
    if address and parts:
        raise typer.BadParameter("not allowed with --scheduler", param_hint="--parts")
    if address:
        place = shared or str(root / "_build" / "shared")
        return load_plugin().scheduler(address, place, patience)
    if parts:
        from policysite.build.parts_folder import PartsFolder  # noqa: PLC0415

        return PartsFolder(parts.absolute())
    return None


def load_plugin() -> "SchedulerPlugin":
    """Return what knows how to build on other machines.

    :raises PolicysiteError: if it is not installed.
    """
    from importlib.metadata import entry_points  # noqa: PLC0415

    why = f"it is found by the entry point {_CLUSTER!r} of {GROUP!r}, which is not there"
    for entry_point in entry_points(group=GROUP, name=_CLUSTER):
        try:
            plugin: SchedulerPlugin = entry_point.load()
        except ModuleNotFoundError as error:
            why = str(error)
        else:
            return plugin
    problem = Problem(
        "policysite[cluster]",
        0,
        Code.SCHEDULER,
        f"The packages for building on many machines are not installed: {why}.",
        "Install it: pip install 'policysite[cluster]', in a checkout make install-cluster.",
    )
    raise PolicysiteError([problem])
