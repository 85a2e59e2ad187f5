"""Building the site."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from policysite.commands.shared import Progress, add_command, say
from policysite.errors import PolicysiteError

if TYPE_CHECKING:
    import argparse

    from policysite.commands.shared import Commands


def add_commands(commands: Commands) -> None:
    """Declare the commands of this group."""
    html = add_command(commands, "build", _build, "build the site in all languages")
    html.add_argument("--output", type=Path, help="where the site goes (ROOT/_build/html)")


def _build(options: argparse.Namespace) -> int:
    from policysite.driver.build import build  # noqa: PLC0415

    output = (options.output or options.root / "_build" / "html").absolute()
    progress = Progress(sys.stderr)
    try:
        summary = build(options.root, output, os.environ, progress)
    except PolicysiteError as error:
        progress.end()
        state = f"; {output} is as it was." if output.exists() else "."
        say(sys.stderr, f"{error}\n\n{len(error.problems)} to mend. Nothing was published{state}")
        return 1
    except KeyboardInterrupt:
        progress.end()
        say(sys.stderr, "Interrupted. Nothing was published.")
        return 130
    progress.end()
    say(sys.stdout, f"{summary}")
    return 0
