"""The commands, grouped as people use them: one module a group, which adds its commands to the parser.

A command reads its options, calls the driver and prints what came of it. Drivers are imported when they are run: most
commands need little of what a build imports.
"""

from __future__ import annotations

import argparse
import sys

from policysite.base.problems import PolicysiteError
from policysite.cli import (
    author_commands,
    catalog_commands,
    import_commands,
    ledger_commands,
    publish_commands,
    site_commands,
)
from policysite.cli.command import Run, echo

_GROUPS = (
    site_commands,
    author_commands,
    import_commands,
    catalog_commands,
    ledger_commands,
    publish_commands,
)


def main(arguments: list[str] | None = None) -> int:
    """Run the command; return 0, or 1 if something must be mended, or 130 if it was interrupted."""
    parser = argparse.ArgumentParser(
        prog="policysite", description="Publish a legal policy in several languages and versions."
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for group in _GROUPS:
        group.add_commands(commands)
    options = parser.parse_args(arguments)
    options.root = options.root.resolve()
    run: Run = options.run
    try:
        return run(options)
    except PolicysiteError as error:
        echo(sys.stderr, f"{error}\n\n{len(error.problems)} to mend. Nothing was changed.")
        return 1
    except KeyboardInterrupt:
        echo(sys.stderr, "Interrupted. Nothing was changed.")
        return 130
