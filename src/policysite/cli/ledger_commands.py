"""Recording what is published, and checking a published site against what was recorded."""

from __future__ import annotations

import argparse
import datetime as dt
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from policysite.cli.command import add_command, echo

if TYPE_CHECKING:
    from policysite.cli.command import Commands


def add_commands(commands: Commands) -> None:
    """Declare the commands of this group."""
    freeze = add_command(commands, "freeze", _freeze, "record the text of a version as published")
    correct = add_command(commands, "correct", _correct, "record a correction of a published text")
    withdraw = add_command(commands, "withdraw", _withdraw, "record that a version is withdrawn")
    for command in (freeze, correct, withdraw):
        command.add_argument("--policy", required=True, help="its name: the folder in docs")
        command.add_argument("--version", required=True, help="its number: 1.6")
    withdraw.add_argument(
        "--date", type=_day, required=True, help="the first day on which it is not in force"
    )
    for command in (correct, withdraw):
        command.add_argument(
            "--reason", default="", help="what a reader is told, in the source language"
        )
        command.add_argument(
            "--reason-in",
            action="append",
            nargs=2,
            default=[],
            metavar=("LANGUAGE", "SENTENCE"),
            help="the same in another language; may be repeated",
        )
    signing = add_command(commands, "sign", _sign, "sign the ledger with an SSH key")
    signing.add_argument("--policy", required=True, help="its name: the folder in docs")
    signing.add_argument("--key", type=Path, required=True, help="the file of the private key")
    check = add_command(commands, "verify", _verify, "check a published site against its ledger")
    check.add_argument("site", help="a folder, a zip file, or an address")
    check.add_argument(
        "--older",
        action="append",
        type=Path,
        default=[],
        metavar="LEDGER",
        help="a ledger.json kept from earlier, which that of the site must go on from",
    )
    check.add_argument(
        "--signers", type=Path, help="who may sign: an allowed_signers file of ssh-keygen"
    )


def _day(text: str) -> dt.date:
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        day = None
    if day is None or day.isoformat() != text:
        raise argparse.ArgumentTypeError(f"found {text!r}, expected a day like 2026-12-01")
    return day


def _freeze(options: argparse.Namespace) -> int:
    from policysite.authoring.record import freeze  # noqa: PLC0415

    echo(sys.stdout, f"{freeze(options.root, os.environ, options.policy, options.version)}")
    return 0


def _correct(options: argparse.Namespace) -> int:
    from policysite.authoring.record import Reasons, correct  # noqa: PLC0415

    reasons = Reasons(options.reason, dict(options.reason_in))
    done = correct(options.root, os.environ, options.policy, options.version, reasons)
    echo(sys.stdout, f"{done}")
    return 0


def _withdraw(options: argparse.Namespace) -> int:
    from policysite.authoring.record import Reasons, withdraw  # noqa: PLC0415

    done = withdraw(
        options.root,
        os.environ,
        options.policy,
        options.version,
        options.date,
        Reasons(options.reason, dict(options.reason_in)),
    )
    echo(sys.stdout, f"{done}")
    return 0


def _sign(options: argparse.Namespace) -> int:
    from policysite.verify.signature import sign  # noqa: PLC0415

    file = sign(options.root, options.policy, options.key)
    echo(sys.stdout, f"{file.relative_to(options.root)}: commit it with the ledger")
    return 0


def _verify(options: argparse.Namespace) -> int:
    from policysite.verify.verify_site import verify  # noqa: PLC0415

    verdict = verify(options.site, options.older, options.signers)
    echo(sys.stdout, f"{verdict}")
    return 1 if verdict.problems else 0
