"""The program ``policysite``: its commands in the order in which people need them, and how it ends."""

import gc
import sys
from typing import Annotated

import typer
from typer.main import get_command

from policysite import __version__
from policysite.cli import (
    author_commands,
    begin_commands,
    catalog_commands,
    edition_commands,
    import_commands,
    ledger_commands,
    machine_commands,
    notice_commands,
    publish_commands,
    site_commands,
)
from policysite.cli.command import echo
from policysite.cli.command_group import CommandGroup, report_interruption
from policysite.cli.ending_signals import EndingSignals
from policysite.cli.standard_streams import (
    OUTPUT_LOST,
    OutputLostError,
    guard_standard_streams,
)

NAME = "policysite"
_EXIT_CODES = (
    "Exit codes: 0 done, 1 something must be fixed, 2 wrong usage, 3 the standard output cannot be written, "
    "130 interrupted, 129 and 143 ended by SIGHUP and SIGTERM. "
    "'policysite COMMAND --help' explains a command."
)
# Within a panel of the help, commands are in the order in which they are added.
_GROUPS = (
    begin_commands,
    author_commands,
    site_commands,
    catalog_commands,
    ledger_commands,
    publish_commands,
    notice_commands,
    edition_commands,
    import_commands,
    machine_commands,
)


def run() -> int:
    """Run the command of the process, and return its exit code: what ``policysite`` starts."""
    # A build makes many objects that live until its end; looking through them for garbage every 700 of them takes
    # a tenth of its time.
    gc.set_threshold(100_000, 50, 50)
    guard_standard_streams()
    with EndingSignals() as signals:
        return signals.code(main())


def main(arguments: list[str] | None = None) -> int:
    """Run the command that *arguments* are, or those of the process.

    Return 0, or 1 if something must be fixed, 2 if the command was not understood, 3 if the standard output cannot be
    written, 130 if it was interrupted.
    """
    try:
        get_command(make_app()).main(args=arguments, prog_name=NAME)
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    except KeyboardInterrupt as interruption:
        # Before the command began.
        return report_interruption(interruption)
    except OutputLostError as lost:
        # A reader that closes the pipe early, such as head, knows why.
        echo(sys.stderr, "" if lost.has_no_reader else f"{lost}")
        return OUTPUT_LOST
    return 0


def make_app() -> typer.Typer:
    """Return the program with all of its commands."""
    # Without rich: help and errors are plain text, which begins in a third of the time and reads well in a log file.
    app = typer.Typer(
        name=NAME,
        cls=CommandGroup,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        no_args_is_help=True,
        epilog=_EXIT_CODES,
    )
    app.callback()(_program)
    for group in _GROUPS:
        group.add_commands(app)
    return app


def _program(
    *,
    version: Annotated[
        bool,
        typer.Option(
            "--version",
            callback=lambda value: _print_version(wanted=value),
            is_eager=True,
            help="Print the version of policysite.",
        ),
    ] = False,
) -> None:
    """Publish a legal policy in several languages and versions."""


def _print_version(*, wanted: bool) -> None:
    if wanted:
        typer.echo(f"{NAME} {__version__}")
        raise typer.Exit
