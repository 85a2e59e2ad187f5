"""How the program lists its commands, and how a command ends that finds problems or is interrupted."""

import sys
from collections import defaultdict
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from policysite.base.problems import PolicysiteError, error_count
from policysite.cli.command import Panel, echo
from policysite.cli.ending_signals import exit_code
from policysite.cli.reports import one_a_line


def report_interruption(interruption: KeyboardInterrupt) -> int:
    """Print what is true of any command that was interrupted, and return its exit code."""
    echo(sys.stderr, "Interrupted. No file is half-written; run the command again.")
    return exit_code(interruption)


class CommandGroup(TyperGroup):
    """The commands of the program. What a command returns is its exit code."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command.

        :raises typer.Exit: with its exit code: 1 if something must be fixed, 128 and the number of a signal that ended it.
        """
        try:
            code = super().invoke(ctx)
        except PolicysiteError as error:
            listed = "\n".join(one_a_line(error.problems))
            echo(sys.stderr, f"{listed}\n\n{error_count(error.problems)}. Nothing was changed.")
            raise typer.Exit(1) from None
        except KeyboardInterrupt as interruption:
            raise typer.Exit(report_interruption(interruption)) from None
        raise typer.Exit(code or 0)

    def make_context(self, *values: Any, **options: Any) -> Any:
        """Parse the arguments of the command.

        :raises typer.Exit: with the exit code if it is interrupted.
        """
        try:
            return super().make_context(*values, **options)
        except KeyboardInterrupt as interruption:
            raise typer.Exit(report_interruption(interruption)) from None

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Write the commands into the help, one a line, below the headings of their panels."""
        panels: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
        width = formatter.width - max(map(len, self.commands)) - 6
        for name in self.list_commands(ctx):
            command = self.get_command(ctx, name)
            if isinstance(command, TyperCommand) and not command.hidden:
                row = name, command.get_short_help_str(width)
                panels[str(command.rich_help_panel)].append(row)
        for panel in Panel:
            if panel in panels:
                with formatter.section(panel):
                    formatter.write_dl(panels[panel])
