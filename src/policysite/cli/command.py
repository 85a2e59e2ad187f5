"""What all commands share: how one is declared, and how it speaks."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001 - it has no public name

Run = Callable[[argparse.Namespace], int]
"""A command: it takes the options and returns the exit code."""


def add_command(commands: Commands, name: str, run: Run, does: str) -> argparse.ArgumentParser:
    """Declare the command *name*, and return its parser for more options; all of them have ``--root``."""
    added = commands.add_parser(name, help=does, description=does)
    added.add_argument("--root", type=Path, default=Path(), help="the project's folder")
    added.set_defaults(run=run)
    return added


def echo(stream: TextIO, text: str) -> None:
    """Write *text* as a line of its own, if there is any."""
    if text:
        stream.write(f"{text}\n")
