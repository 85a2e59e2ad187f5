"""Bringing in a text that was published elsewhere."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from policysite.cli.command import add_command, echo

if TYPE_CHECKING:
    import argparse

    from policysite.cli.command import Commands


def add_commands(commands: Commands) -> None:
    """Declare the command of this group."""
    bring = add_command(commands, "import", _import, "make a version from a published text")
    bring.add_argument("--policy", required=True, help="the policy, as conf.py names it")
    bring.add_argument("--version", required=True, help="the number of the version: 1.5")
    bring.add_argument("--effective", default="", help="the day it takes effect: 2024-01-18")
    bring.add_argument("--announced", default="", help="the day it was announced")
    bring.add_argument("file", type=Path, help="the text: HTML, DOCX, Markdown or plain text")


def _import(options: argparse.Namespace) -> int:
    from policysite.authoring.import_version import Request, import_text  # noqa: PLC0415

    request = Request(
        options.policy, options.version, options.file, options.effective, options.announced
    )
    echo(sys.stdout, f"{import_text(options.root, os.environ, request)}")
    return 0
