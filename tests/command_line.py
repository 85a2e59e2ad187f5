"""What the command line knows, for tests of commands that are written down somewhere."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from typer.main import get_command

from policysite.cli.app import make_app


@cache
def commands() -> dict[str, Any]:
    """Return the commands by their names."""
    program: Any = get_command(make_app())
    return dict(program.commands)


def misunderstood(written: str) -> str:
    """Return why the program would not know ``policysite …`` as it is *written*; an empty string if it would."""
    name, *words = written.split()[1:]
    command = commands().get(name)
    if command is None:
        return f"there is no command {name!r}"
    known = {option for parameter in command.params for option in parameter.opts}
    unknown = [word for word in words if re.match(r"--\w", word) and word not in known]
    return f"{name} has no {unknown}" if unknown else ""
