"""What commands share: the options that many have, where they are in the help, and how they print."""

import os
import sys
from collections.abc import Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, NoReturn, TextIO

import typer
from typer.core import TyperCommand

from policysite.cli.standard_streams import OUTPUT_LOST, OutputLostError, give_away_output


class Panel(StrEnum):
    """The headings of the help, in their order: what people do every day comes first."""

    DAILY = "Every day"
    TRANSLATING = "Translating"
    PUBLISHING = "Publishing"
    PUBLISHED = "After something was published"
    BEGINNING = "Setting up and adding"
    MACHINES = "Building on many machines"


def folder(text: str) -> Path:
    """Return *text* as the path of a folder.

    :raises typer.BadParameter: if it is empty, which would be the folder in which one happens to be.
    """
    if not text:
        raise typer.BadParameter("found nothing, expected the path of a folder")
    return Path(text)


class CommandWithPairs(TyperCommand):
    """A command with options such as ``--reason-in``, which take two words each time: typer has no type for them."""

    def __init__(self, name: str | None, **values: Any) -> None:
        super().__init__(name, **values)
        for parameter in self.params:
            if parameter.name and parameter.name.endswith("s_in"):
                parameter.nargs = 2


def pair(words: Any) -> tuple[str, str]:
    """Return the two *words* of an option of :class:`CommandWithPairs`: a language, and what is said in it."""
    language, said = words
    return language, said


Root = Annotated[
    Path,
    typer.Option("--root", metavar="FOLDER", help="The project's folder.", resolve_path=True),
]
PolicyName = Annotated[
    str,
    typer.Option(
        "--policy",
        metavar="NAME",
        show_default="the only one",
        help="The policy: its folder in docs.",
    ),
]
Number = Annotated[
    str, typer.Option("--version", metavar="NUMBER", help="The number of the version: 1.6.")
]
Announced = Annotated[
    str,
    typer.Option(
        "--announced", metavar="DAY", show_default=False, help="The day it is announced, if known."
    ),
]
Languages = Annotated[
    list[str] | None,
    typer.Option(
        "--language", metavar="CODE", show_default="all", help="Only this one; may be repeated."
    ),
]
Releases = Annotated[
    Path,
    typer.Option(
        "--to", metavar="FOLDER", parser=folder, help="The folder with the releases: /srv/policies."
    ),
]
Timeout = Annotated[
    int,
    typer.Option(
        "--timeout",
        metavar="SECONDS",
        min=1,
        max=86400,
        help="How long all answers of servers may take.",
    ),
]
Key = Annotated[
    Path | None,
    typer.Option(
        "--key",
        metavar="FILE",
        help="A private SSH key: signs the ledgers that record the release.",
    ),
]
Port = Annotated[int, typer.Option("--port", metavar="NUMBER", help="The port on 127.0.0.1.")]

HERE = Path()
"""The project's folder, where nothing else is said."""


def echo(stream: TextIO, text: str) -> None:
    """Write *text* as a line of its own, if there is any.

    :raises OutputLostError: if *stream* is the standard output, and nothing can be written there.
    """
    if text:
        stream.write(f"{text}\n")
        stream.flush()


def echo_summary(text: str) -> int:
    """Print the summary of a command that is done, on the standard error if the standard output cannot be written.

    Return the exit code.
    """
    try:
        echo(sys.stdout, text)
    except OutputLostError as lost:
        echo(sys.stderr, f"{text}\n{lost} The lines above were meant for it.")
        return OUTPUT_LOST
    return 0


def state_of(path: Path) -> tuple[int, int, int] | None:
    """Return a value that changes when the file or folder *path* is replaced; None if there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_ino, found.st_size, found.st_mtime_ns


def replace_process(
    command: Sequence[str], environ: Mapping[str, str] | None = None, place: Path = HERE
) -> NoReturn:
    """Go on as *command*, in the folder *place*: its signals, its output and its exit code are those of this process.

    :raises OutputLostError: if nothing can be written to the standard output.
    """
    give_away_output()
    os.chdir(place)
    os.execve(command[0], list(command), dict(os.environ if environ is None else environ))  # noqa: S606
