"""The page on the commands, from the program itself."""

from __future__ import annotations

import inspect
from collections import defaultdict
from typing import TYPE_CHECKING, Any

import typer
from typer.main import get_command

from policysite.cli.app import NAME, make_app
from policysite.cli.command import Panel
from reference_pages.markdown import code, table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_EVERYWHERE = "root"
_DAILY = (Panel.DAILY, Panel.TRANSLATING, Panel.PUBLISHING)


def commands_page() -> Iterator[str]:
    """Yield the lines of the page on what people do again and again."""
    yield from (
        "# Commands",
        "",
        f"`{NAME} --help` lists the commands, `{NAME} COMMAND --help` explains one.",
        "They are run in the folder of a site; `--root FOLDER` names another one.",
        "[More commands](more-commands.md) are for what is done seldom.",
        "",
        _program().epilog.partition(" '")[0],
        "",
    )
    yield from _of_panels(_DAILY)


def more_commands_page() -> Iterator[str]:
    """Yield the lines of the page on the other commands."""
    yield from (
        "# More commands",
        "",
        "What is done seldom; [commands](commands.md) has the rest.",
        "",
    )
    yield from _of_panels([panel for panel in Panel if panel not in _DAILY])


def _program() -> Any:
    return get_command(make_app())


def _of_panels(wanted: Iterable[Panel]) -> Iterator[str]:
    panels: defaultdict[str, list[Any]] = defaultdict(list)
    for command in _program().commands.values():
        if not command.hidden:
            panels[str(command.rich_help_panel)].append(command)
    for panel in wanted:
        yield from (f"## {panel}", "")
        for command in panels[str(panel)]:
            yield from _command(command)


def _command(command: Any) -> Iterator[str]:
    arguments = [one for one in command.params if one.param_type_name == "argument"]
    options = [one for one in command.params if one.param_type_name == "option" and not one.hidden]
    shown = [one for one in options if one.name not in (_EVERYWHERE, "help")]
    usage = [NAME, command.name, *map(_argument, arguments)]
    yield from (f"### {NAME} {command.name}", "")
    if arguments:
        yield from (code(" ".join(usage)), "")
    for paragraph in inspect.cleandoc(command.help or "").split("\n\n"):
        yield from (*" ".join(paragraph.split()).replace(". ", ".\n").splitlines(), "")
    if shown:
        context = typer.Context(command)
        records = [option.get_help_record(context) for option in shown]
        yield from table(
            ("option", "what"),
            ((code(names), what.replace("  [", " [")) for names, what in records),
        )


def _argument(argument: Any) -> str:
    word = (argument.metavar or argument.name.upper()) + (" …" if argument.nargs == -1 else "")
    return word if argument.required else f"[{word}]"
