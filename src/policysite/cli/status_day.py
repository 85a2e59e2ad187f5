"""The day that goes into what readers see and into the ledger: today, or the one that is named; never one that was left in the environment."""

from collections.abc import Mapping
from typing import Annotated

import typer

from policysite.base.problems import Code, PolicysiteError, Problem

_NAMES = ("POLICYSITE_DATE", "SOURCE_DATE_EPOCH")

StatusDay = Annotated[
    str,
    typer.Option(
        "--day",
        metavar="DAY",
        show_default="today",
        help="Show the status of this day: 2027-01-01.",
    ),
]
RecordedDay = Annotated[
    str,
    typer.Option(
        "--day",
        metavar="DAY",
        show_default="today",
        help="Record it with this day: 2027-01-01.",
    ),
]


def environ_of_day(environ: Mapping[str, str], day: str, command: str, why: str) -> dict[str, str]:
    """Return *environ* for the *day*; for today if that is empty. *why* says what a day that is in it would do to *command*.

    What is in the environment was set for something else: a shell in which the next year was tried out, or a
    machine that builds packages.

    :raises PolicysiteError: if the environment has a day.
    """
    known = [name for name in _NAMES if environ.get(name)]
    if known and not day:
        raise PolicysiteError(
            [
                Problem(
                    "environment",
                    0,
                    Code.NOT_FOR_READERS,
                    f"{name} is {environ[name]}, so {why}.",
                    f"Run it without: env -u {name} policysite {command} …; if it is meant, name the day: --day 2027-01-01.",
                )
                for name in known
            ]
        )
    chosen = {name: value for name, value in environ.items() if name not in known}
    return chosen | ({"POLICYSITE_DATE": day} if day else {})
