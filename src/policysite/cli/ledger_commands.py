"""Recording what is published, and checking a published site against what was recorded."""

import contextlib
import datetime as dt
import os
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from policysite.base.days import day_of_policy
from policysite.cli.command import (
    HERE,
    CommandWithPairs,
    Number,
    Panel,
    PolicyName,
    Root,
    Timeout,
    echo,
    echo_summary,
    pair,
    state_of,
)
from policysite.cli.ending_signals import exit_code
from policysite.cli.status_day import RecordedDay, environ_of_day
from policysite.verify.report import Attest

if TYPE_CHECKING:
    from policysite.authoring.reasons import Reasons


def add_commands(app: typer.Typer) -> None:
    """Add the commands of this group."""
    app.command("freeze", rich_help_panel=Panel.PUBLISHING)(_freeze)
    app.command("sign", rich_help_panel=Panel.PUBLISHING)(_sign)
    app.command("timestamp", rich_help_panel=Panel.PUBLISHING)(_time_stamp)
    app.command("verify", rich_help_panel=Panel.PUBLISHED)(_verify)
    app.command("correct", rich_help_panel=Panel.PUBLISHED, cls=CommandWithPairs)(_correct)
    app.command("postpone", rich_help_panel=Panel.PUBLISHED, cls=CommandWithPairs)(_postpone)
    app.command("withdraw", rich_help_panel=Panel.PUBLISHED, cls=CommandWithPairs)(_withdraw)


Reason = Annotated[
    str,
    typer.Option(
        "--reason",
        metavar="SENTENCE",
        show_default=False,
        help="The reason that readers see, in the source language; on a terminal it is asked for.",
    ),
]
ReasonsIn = Annotated[
    list[Any] | None,
    typer.Option(
        "--reason-in",
        metavar="CODE SENTENCE",
        parser=pair,
        show_default=False,
        help="The same in another language: ko; may be repeated. Without it, its readers see that in the source language.",
    ),
]


def _day(text: str) -> dt.date:
    try:
        return day_of_policy(text)
    except ValueError:
        raise typer.BadParameter(f"found {text!r}, expected a day like 2026-12-01") from None


def _environ(day: str, command: str) -> dict[str, str]:
    why = "the ledger would have another day than today, for ever"
    return environ_of_day(os.environ, day, command, why)


def _reasons(
    root: Path, environ: Mapping[str, str], reason: str, reasons_in: list[Any] | None
) -> "Reasons":
    """Return the reasons that were given, and on a terminal the answers to what is missing."""
    from policysite.authoring.reasons import Reasons  # noqa: PLC0415
    from policysite.cli.reason_questions import complete  # noqa: PLC0415

    given = Reasons(reason, dict(reasons_in or ()))
    return complete(root, environ, given, sys.stdin, sys.stderr)


@contextlib.contextmanager
def _writing_ledger(root: Path, policy: str) -> Iterator[str]:
    """Yield the name of *policy*, or of the only one; if the command is interrupted, print whether its ledger has the new entry.

    :raises PolicysiteError: if none is named and there are several.
    :raises typer.Exit: if it is interrupted, with the exit code.
    """
    from policysite.ledger.ledger_files import ledger_file, ledger_path  # noqa: PLC0415
    from policysite.project.project import only_policy  # noqa: PLC0415

    chosen = policy or only_policy(root)
    file = ledger_file(root / "docs", chosen)
    before = state_of(file)
    try:
        yield chosen
    except KeyboardInterrupt as interruption:
        state = "is unchanged" if state_of(file) == before else "has the new entry"
        echo(sys.stderr, f"Interrupted. {ledger_path(root, root / 'docs', chosen)} {state}.")
        raise typer.Exit(exit_code(interruption)) from None


def _freeze(
    *, version: Number, policy: PolicyName = "", day: RecordedDay = "", root: Root = HERE
) -> int:
    """Record the text of a version as published, for ever.

    It is recorded in every published language in which it is complete. From then on no word of it may change.
    """
    from policysite.authoring.record import freeze  # noqa: PLC0415

    with _writing_ledger(root, policy) as chosen:
        done = freeze(root, _environ(day, "freeze"), chosen, version)
    return echo_summary(f"{done}")


def _correct(
    *,
    version: Number,
    reason: Reason = "",
    reasons_in: ReasonsIn = None,
    policy: PolicyName = "",
    day: RecordedDay = "",
    root: Root = HERE,
) -> int:
    """Record a correction of a published text."""
    from policysite.authoring.record import correct  # noqa: PLC0415

    environ = _environ(day, "correct")
    with _writing_ledger(root, policy) as chosen:
        said = _reasons(root, environ, reason, reasons_in)
        done = correct(root, environ, chosen, version, said)
    return echo_summary(f"{done}")


def _withdraw(
    *,
    version: Number,
    date: Annotated[
        dt.date,
        typer.Option(
            metavar="DAY",
            parser=_day,
            help="The first day on which it is not in force: 2027-02-01.",
        ),
    ],
    reason: Reason = "",
    reasons_in: ReasonsIn = None,
    policy: PolicyName = "",
    day: RecordedDay = "",
    root: Root = HERE,
) -> int:
    """Record that a version is withdrawn."""
    from policysite.authoring.record import withdraw  # noqa: PLC0415

    environ = _environ(day, "withdraw")
    with _writing_ledger(root, policy) as chosen:
        said = _reasons(root, environ, reason, reasons_in)
        done = withdraw(root, environ, chosen, version, date, said)
    return echo_summary(f"{done}")


def _postpone(
    *,
    version: Number,
    to: Annotated[
        dt.date,
        typer.Option(
            metavar="DAY",
            parser=_day,
            help="The day on which it takes effect now: 2027-02-01.",
        ),
    ],
    reason: Reason = "",
    reasons_in: ReasonsIn = None,
    short_notice: Annotated[
        str,
        typer.Option(
            metavar="SENTENCE",
            show_default=False,
            help="Why that day is nearer than notice_days promises; checks print it.",
        ),
    ] = "",
    policy: PolicyName = "",
    day: RecordedDay = "",
    root: Root = HERE,
) -> int:
    """Record that a version takes effect later than announced."""
    from policysite.authoring.postpone import postpone  # noqa: PLC0415

    environ = _environ(day, "postpone")
    with _writing_ledger(root, policy) as chosen:
        said = _reasons(root, environ, reason, reasons_in)
        done = postpone(root, environ, chosen, version, to, said, short_notice)
    return echo_summary(f"{done}")


def _sign(
    *,
    key: Annotated[Path, typer.Option(metavar="FILE", help="The file of the private SSH key.")],
    policy: PolicyName = "",
    root: Root = HERE,
) -> int:
    """Sign the ledger with an SSH key."""
    from policysite.project.project import only_policy  # noqa: PLC0415
    from policysite.verify.signature import sign  # noqa: PLC0415

    file = sign(root, policy or only_policy(root), key)
    return echo_summary(f"{file.relative_to(root)}: commit it with the ledger")


def _time_stamp(
    *,
    tsa: Annotated[
        list[str],
        typer.Option(
            metavar="ADDRESS",
            help="A time-stamping authority (RFC 3161): http://timestamp.example.org; may be repeated.",
        ),
    ],
    timeout: Timeout = 60,
    policy: PolicyName = "",
    root: Root = HERE,
) -> int:
    """Have the ledger stamped by time-stamping authorities.

    A token proves that the ledger existed not later than a moment. It is kept beside the ledger; commit it, and publish.
    """
    from policysite.authoring.time_stamping import time_stamp  # noqa: PLC0415
    from policysite.project.project import only_policy  # noqa: PLC0415

    done = time_stamp(root, policy or only_policy(root), tsa, timeout)
    return echo_summary(f"{done}") or int(bool(done.problems))


def _verify(
    *,
    site: Annotated[str | None, typer.Argument(metavar="SITE", hidden=True)] = None,
    day: Annotated[
        dt.date | None,
        typer.Option(
            metavar="DAY",
            parser=_day,
            show_default="today",
            help="The day on which a version is in force: 2027-01-01.",
        ),
    ] = None,
    attest: Annotated[
        Attest,
        typer.Option(
            help="The bytes of a release, or its words alone; auto takes the bytes if there is a manifest."
        ),
    ] = Attest.AUTO,
    older: Annotated[
        list[Path] | None,
        typer.Option(
            metavar="LEDGER",
            show_default=False,
            help="An older ledger.json, which that of the site must extend; may be repeated.",
        ),
    ] = None,
    signers: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Who may sign: an allowed_signers file of ssh-keygen."),
    ] = None,
    tsa_certificates: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="The certificates of the time-stamping authorities that count, in PEM.",
        ),
    ] = None,
    timeout: Timeout = 300,
    root: Root = HERE,
) -> int:
    """Check a published site against its ledger.

    SITE is a folder, a zip file or an address; without it, the site that was built here is checked.
    """
    from policysite.verify.verify_site import verify  # noqa: PLC0415

    verdict = verify(
        site or str(root / "_build" / "html"),
        older or [],
        signers,
        day=day,
        attest=attest,
        tsa_certificates=tsa_certificates,
        seconds=timeout,
    )
    echo(sys.stdout, f"{verdict}")
    return 1 if verdict.problems else 0
