"""Preparing a new version, and checking everything before it is published."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from policysite.cli.command import add_command, echo
from policysite.cli.reports import Format, report

if TYPE_CHECKING:
    import argparse

    from policysite.cli.command import Commands


def add_commands(commands: Commands) -> None:
    """Declare the commands of this group."""
    new = add_command(
        commands, "new-version", _new_version, "begin a version as a draft, from the newest text"
    )
    new.add_argument("--policy", default="", help="the policy's folder in docs: privacy")
    new.add_argument("--version", default="", help="the new number: 1.7")
    new.add_argument("--effective", default="", help="the day it takes effect: 2027-01-01")
    new.add_argument("--announced", default="", help="the day it is announced, if it is known")
    check = add_command(
        commands, "check", _check, "check everything that can be known before publishing"
    )
    check.add_argument("--format", type=Format, choices=list(Format), default=Format.TEXT)
    check.add_argument(
        "--repository",
        type=Path,
        help="where the project lies in its git repository, if ROOT is a copy of it",
    )
    check.add_argument(
        "files", nargs="*", help="only what these files touch; paths begin at the project's folder"
    )


def _new_version(options: argparse.Namespace) -> int:
    from policysite.authoring.new_version import NewVersionRequest, new_version  # noqa: PLC0415

    wanted = NewVersionRequest(
        options.policy, options.version, options.effective, options.announced
    )
    echo(sys.stdout, f"{new_version(options.root, os.environ, wanted)}")
    return 0


def _check(options: argparse.Namespace) -> int:
    from policysite.checks.check_project import check_project  # noqa: PLC0415

    checked = check_project(options.root, os.environ, options.files, options.repository)
    found = checked.found
    echo(sys.stdout, report(found.problems, found.waivers, options.format, found.notes))
    if options.format is Format.TEXT:
        texts = f"{checked.texts} text{'s' * (checked.texts != 1)}"
        catalogs = f"{checked.catalogs} catalog{'s' * (checked.catalogs != 1)}"
        echo(sys.stdout, f"Looked at {texts} and {catalogs}.")
    return 1 if found.problems else 0
