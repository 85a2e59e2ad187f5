"""Preparing a new version, and checking everything before it is published."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from policysite.commands.shared import add_command, say
from policysite.reports import Format, report

if TYPE_CHECKING:
    import argparse

    from policysite.commands.shared import Commands


def add_commands(commands: Commands) -> None:
    """Declare the commands of this group."""
    check = add_command(
        commands, "check", _check, "check everything that can be known before publishing"
    )
    check.add_argument("--format", type=Format, choices=list(Format), default=Format.TEXT)
    check.add_argument(
        "files", nargs="*", help="only what these files touch; paths begin at the project's folder"
    )


def _check(options: argparse.Namespace) -> int:
    from policysite.driver.check_project import check_project  # noqa: PLC0415

    checked = check_project(options.root, os.environ, options.files)
    found = checked.found
    say(sys.stdout, report(found.problems, found.waivers, options.format, found.notes))
    if options.format is Format.TEXT:
        texts = f"{checked.texts} text{'s' * (checked.texts != 1)}"
        catalogs = f"{checked.catalogs} catalog{'s' * (checked.catalogs != 1)}"
        say(sys.stdout, f"Looked at {texts} and {catalogs}.")
    return 1 if found.problems else 0
