"""Every command that the guides name is a real one, with real options."""

from __future__ import annotations

import re
import shlex
from typing import TYPE_CHECKING

import pytest
from command_line import commands, misunderstood
from guide_pages import PAGES, blocks, name_of
from support import ROOT

from policysite.base.package import PACKAGE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PROGRAM = "policysite"
MAKEFILES = [*ROOT.glob("Makefile"), *ROOT.glob("requirements/*.mk")]
ASKED_FOR = {"--help", "--version", "COMMAND", "policysite --help", "policysite COMMAND --help"}
"""What is not a command of the program, and is understood nevertheless."""
OTHERS = {"cp", "mkdir", "cd", "python3", ".", "pip", "git", "nginx", "apt-get", "export"}
"""Programs that are not ours, in blocks of commands."""
# What is in front of a command: variables, the folder of the environment.
_BEFORE = re.compile(r"^(?:[A-Z_]+=\S+ )*(?:\.venv/bin/)?(?=\S)")
_CODE = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")


def lines(page: Path) -> Iterator[str]:
    """Yield the commands in the blocks of a page, whole ones."""
    for block in blocks(page.read_text("utf-8"), "sh"):
        for line in block.replace("\\\n", " ").splitlines():
            command = re.sub(r"\s+#.*", "", line).strip()
            if command:
                yield _BEFORE.sub("", command)


def named(page: Path) -> Iterator[str]:
    """Yield the commands in the sentences and tables of a page, which need not be whole."""
    text = re.sub(
        r"^( *)```.*?^\1```$", "", page.read_text("utf-8"), flags=re.DOTALL | re.MULTILINE
    )
    for found in _CODE.findall(text):
        command = _BEFORE.sub("", found)
        if command.startswith((f"{PROGRAM} ", "make ")):
            yield command


def refusal(command: str) -> str:
    """Return why the program would not understand *command*, which is a whole one; empty if it does."""
    _, name, *arguments = shlex.split(command)
    if name not in commands():
        return f"There is no command {name!r}."
    try:
        commands()[name].make_context(name, arguments)
    except Exception as error:  # noqa: BLE001 - whatever it is, the guide is wrong
        return f"{error!r}"
    return ""


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_commands_in_blocks_are_understood(page: Path) -> None:
    for line in lines(page):
        program = line.split()[0]
        if program == PROGRAM:
            assert refusal(line) == "" or line in ASKED_FOR, line
        elif program == "make":
            check_target(line)
        else:
            assert program in OTHERS or (program == "python" and " -m " in line), line


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_commands_in_sentences_exist(page: Path) -> None:
    for command in named(page):
        if command.startswith("make "):
            check_target(command)
        else:
            assert command.split()[1] in ASKED_FOR or misunderstood(command) == "", command


def check_target(command: str) -> None:
    """Fail if the Makefile does not have what *command* asks for."""
    makefile = "\n".join(path.read_text("utf-8") for path in MAKEFILES)
    match = re.fullmatch(r"make ([a-z-]+)((?: [A-Z]+=\S+)*)", command)
    assert match, command
    assert re.search(rf"^{match[1]}(?: [a-z-]+)*:", makefile, re.MULTILINE), command
    for variable in re.findall("([A-Z]+)=", match[2]):
        assert re.search(rf"\$\({variable}\)|\$\$\{{?{variable}\b", makefile), command


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_options_and_variables_of_style_sheets_that_stand_alone_exist(page: Path) -> None:
    known = {"--help"} | {
        option
        for command in commands().values()
        for parameter in command.params
        for option in parameter.opts
    }
    for sheet in PACKAGE.rglob("*.css"):
        known |= set(re.findall(r"(--[a-z-]+):", sheet.read_text("utf-8")))
    assert set(re.findall(r"`(--[a-z-]+)", page.read_text("utf-8"))) <= known


def test_a_command_or_an_option_that_does_not_exist_is_noticed() -> None:
    assert "no command" in refusal("policysite publsh --to x")
    assert refusal("policysite publish --too x")
    assert refusal("policysite publish")
    assert not refusal("policysite publish --to /srv/policies")


def test_commands_are_found() -> None:
    found = [line.split()[:2] for page in PAGES for line in lines(page)]
    used = {words[1] for words in found if words[0] == PROGRAM}
    # What the guides need not say is in --help.
    assert commands().keys() - used <= {"releases", "live", "check-po", "serve", "sign"}


def test_commands_in_messages_exist_with_what_is_given_to_them() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    targets = set(re.findall(r"^([a-z][a-z-]*):", makefile, re.MULTILINE))
    variables = set(re.findall(r"^export ([A-Z]+) :=", makefile, re.MULTILINE)) | {"PYTHON"}
    given = r"(?: [A-Z]+=[^ \"'.;]+)*"
    found = 0
    for path in (ROOT / "src").rglob("*.py"):
        content = path.read_text("utf-8")
        for target, values in re.findall(rf"\bmake ([a-z-]+)({given})", content):
            if values:
                found += 1
                assert target in targets, (path, target)
                assert set(re.findall("[A-Z]+(?==)", values)) <= variables, (path, target, values)
        for command in re.findall(r"\bpolicysite [a-z]+(?:-[a-z]+)*(?: --[a-z-]+ \S+)+", content):
            found += 1
            assert misunderstood(command) == "", path
    assert found > 10
