"""The program ``policysite``: its help, its exit codes, and what it loads."""

from __future__ import annotations

import gc
import importlib
import importlib.metadata
import importlib.util
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from command_line import commands
from support import swap
from typer.testing import CliRunner

from policysite import __version__
from policysite.authoring import record
from policysite.cli import main, run
from policysite.cli.app import make_app
from policysite.cli.command import Panel
from policysite.release import publish, rollback

if TYPE_CHECKING:
    from collections.abc import Callable

SCRIPT = Path(sys.executable).with_name("policysite")
HEAVY = {"babel", "distributed", "docutils", "jinja2", "lxml", "polib", "rich", "sphinx"}
VERSION = '---\nversion: "1.0"\neffective: 2024-01-01\n---\n\n# T\n\n## Article 1 (A)\n\nA.\n'


def helped(*command: str) -> str:
    """Return the help of *command*, on 80 columns."""
    result = CliRunner().invoke(make_app(), [*command, "--help"])
    assert result.exit_code == 0
    return result.stdout


# Help ----------------------------------------------------------------------------------------------


def test_the_help_lists_every_command_on_one_line_below_a_heading() -> None:
    lines = helped().splitlines()
    listed = {
        words[0]: words[1:] for line in lines if line.startswith("  ") and (words := line.split())
    }
    for name, command in commands().items():
        assert command.rich_help_panel in set(Panel), name
        assert " ".join(listed[name]) == command.help.partition("\n")[0].strip(), name
    headings = [line.rstrip(":") for line in lines if line.endswith(":")]
    assert headings == ["Options", *Panel]
    codes = (
        "0 done, 1 something must be fixed, 2 wrong usage, 3 the standard output cannot be written, "
        "130 interrupted, 129 and 143 ended by SIGHUP and SIGTERM."
    )
    assert codes in " ".join(" ".join(lines).split())


def test_the_help_begins_with_what_people_do_every_day() -> None:
    daily = helped().partition(f"{Panel.DAILY}:\n")[2].partition("\n\n")[0]
    assert [line.split()[0] for line in daily.splitlines()] == [
        "new-version",
        "check",
        "build",
        "serve",
    ]


@pytest.mark.parametrize("name", sorted(commands()))
def test_a_command_explains_itself_and_its_options(name: str) -> None:
    command = commands()[name]
    assert command.callback.__doc__
    shown = helped(name)
    for parameter in command.params:
        if parameter.param_type_name == "argument":
            # The sentences below the usage say what it is.
            assert parameter.metavar in command.help, parameter.name
        elif "--lose" not in parameter.opts:
            assert parameter.help[0].isupper(), parameter.name
            assert parameter.help.endswith("."), parameter.name
            assert parameter.is_flag or parameter.metavar or "|" in shown, parameter.name


def test_an_alias_of_old_is_not_in_the_help() -> None:
    assert "--allow-removed" in helped("publish")
    assert "--lose" not in helped("publish")


# What is loaded ------------------------------------------------------------------------------------


@pytest.mark.parametrize("arguments", [["--help"], ["build", "--help"], ["--version"], ["bild"]])
def test_the_program_begins_with_little(arguments: list[str]) -> None:
    code = f"import sys; from policysite.cli import main; main({arguments!r}); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = {name.partition(".")[0] for name in done.stdout.splitlines()[-1].split()}
    assert "typer" in loaded
    assert loaded.isdisjoint(HEAVY), loaded & HEAVY


def test_program_and_module_are_the_same() -> None:
    for command in ([SCRIPT], [sys.executable, "-m", "policysite"]):
        done = subprocess.run([*command, "--version"], capture_output=True, text=True, check=True)
        assert done.stdout == f"policysite {__version__}\n"
    (script,) = importlib.metadata.entry_points(group="console_scripts", name="policysite")
    assert script.load() is run
    module = importlib.import_module("policysite.__main__")
    assert module.run is run


def test_a_process_looks_for_garbage_seldom(monkeypatch: pytest.MonkeyPatch) -> None:
    before = gc.get_threshold()
    monkeypatch.setattr(sys, "argv", ["policysite", "--version"])
    try:
        assert run() == 0
        assert gc.get_threshold()[0] == 100_000
    finally:
        gc.set_threshold(*before)


# How it ends ---------------------------------------------------------------------------------------


def test_what_must_be_fixed_is_said_and_is_1(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["update-po", "--root", str(tmp_path)]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err == (
        f"conf.py: [settings] There is no conf.py in {tmp_path}. Run the command in the project's folder, or name it "
        "with --root.\n\n1 error. Nothing was changed.\n"
    )


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["bild"], "No such command 'bild'. Did you mean 'build'"),
        (["build", "--outptu", "x"], "No such option: --outptu"),
        (["releases"], "Missing option '--to'"),
        (["releases", "--to", ""], "found nothing, expected the path of a folder"),
        (["verify", "a", "b"], "unexpected extra argument(s) (b)"),
        (["check", "--format", "xml"], "'xml' is not one of"),
        (["serve", "--port", "many"], "'--port'"),
        (
            ["correct", "--version", "1.0", "--reason-in", "ko"],
            "'--reason-in' requires 2 arguments",
        ),
        (
            ["build", "--scheduler", "tcp://a:1", "--parts", "parts"],
            "Invalid value for --parts: not allowed with --scheduler",
        ),
    ],
)
def test_a_command_that_is_not_understood_is_2(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert said in err
    assert "Error: " in err


def test_without_a_command_the_help_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    assert "Every day:" in "".join(capsys.readouterr())


def test_an_interruption_is_130(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupt(_to: Path) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(rollback, "describe_releases", interrupt)
    assert main(["releases", "--to", str(tmp_path)]) == 130
    said = "Interrupted. No file is half-written; run the command again.\n"
    assert capsys.readouterr().err == said


def test_an_interrupted_rollback_says_what_is_served(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupt(_to: Path) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(rollback, "roll_back", interrupt)
    assert main(["rollback", "--to", str(tmp_path)]) == 130
    assert capsys.readouterr().err == "Interrupted. No release is served.\n"


def test_an_interrupted_publication_says_what_is_served(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupt(*_values: Any, **_options: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(publish, "publish", interrupt)
    assert main(["publish", "--to", str(tmp_path), "--day", "2026-12-01"]) == 130
    assert capsys.readouterr().err == "Interrupted. No release is served.\n"


# What reaches the drivers --------------------------------------------------------------------------


def test_reasons_reach_the_ledger_as_they_were_typed(monkeypatch: pytest.MonkeyPatch) -> None:
    taken: list[Any] = []
    monkeypatch.setattr(record, "correct", lambda *values: taken.append(values))
    reason = 'It\'s 5 % of "users"; $5, $(HOME), nothing `else`.'
    command = ["correct", "--policy", "terms", "--version", "1.6", "--reason", reason]
    assert main([*command, "--reason-in", "ko", "두 낱말", "--reason-in", "de", "-- Zwei"]) == 0
    ((root, _environ, *rest),) = taken
    assert root == Path.cwd()
    assert rest == ["terms", "1.6", record.Reasons(reason, {"ko": "두 낱말", "de": "-- Zwei"})]


def test_addresses_that_may_be_lost_have_two_spellings(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    taken: list[Any] = []
    monkeypatch.setattr(publish, "publish", lambda *_, **options: taken.append(options))
    command = ["publish", "--to", str(tmp_path), "--day", "2026-12-01", "--keep", "7"]
    assert (
        main([*command, "--allow-removed", "ja/", "--lose", "a.html", "--allow-removed", "b"]) == 0
    )
    assert taken[0]["lose"] == ["ja/", "b", "a.html"]
    assert taken[0]["keep"] == 7


def test_the_only_policy_needs_no_name(
    write_project: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    root = write_project({"terms/1.0.md": VERSION})
    key = ["--key", os.devnull]
    assert main(["sign", "--root", str(root), *key]) == 1
    assert "docs/terms/ledger.json" in capsys.readouterr().err
    swap("conf.py", '{"terms": ', '{"other": {"contact": {}}, "terms": ')(root)
    assert main(["sign", "--root", str(root), *key]) == 1
    said = capsys.readouterr().err
    assert "Found no name of a policy; the site has 'other', 'terms'. Name one of them" in said


# What is not installed, and what is not there -------------------------------------------------------


@pytest.mark.parametrize(
    "arguments",
    [
        ["build", "--scheduler", "tcp://127.0.0.1:1"],
        ["scheduler"],
        ["worker", "tcp://127.0.0.1:1"],
    ],
    ids=lambda arguments: arguments[0],
)
def test_without_the_extra_a_command_for_a_cluster_names_it(
    arguments: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    # As where distributed is not installed: the module that the entry point names cannot be imported.
    monkeypatch.setitem(sys.modules, "policysite.cluster.dask_plugin", None)
    assert main(arguments) == 1
    said = capsys.readouterr().err
    assert said.startswith(
        "policysite[cluster]: [scheduler] The packages for building on many machines"
    )
    assert "pip install 'policysite[cluster]'" in said


def test_a_cluster_is_found_by_its_entry_point(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (entry_point,) = importlib.metadata.entry_points(group="policysite.schedulers", name="dask")
    assert entry_point.value.startswith("policysite.cluster.")
    monkeypatch.setattr(importlib.metadata, "entry_points", lambda **_: ())
    assert main(["scheduler"]) == 1
    assert "pip install 'policysite[cluster]'" in capsys.readouterr().err


def test_live_says_what_to_install_and_which_languages_there_are(
    write_project: Callable[..., Path],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    root = write_project({"terms/1.0.md": VERSION})
    (root / "locales/ko").mkdir(parents=True, exist_ok=True)
    for language in ("fr", ""):
        assert main(["live", "--root", str(root), "--language", language]) == 1
        assert f"no catalogs for {language!r}; the site has 'ko'" in capsys.readouterr().err
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: None)
    assert main(["live", "--root", str(root), "--language", "ko"]) == 1
    assert "pip install 'policysite[live]'" in capsys.readouterr().err


# Completion ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_shell_gets_a_script_that_completes(shell: str) -> None:
    environ = {**os.environ, "_POLICYSITE_COMPLETE": f"source_{shell}"}
    done = subprocess.run([SCRIPT], env=environ, capture_output=True, text=True, check=True)
    assert "_POLICYSITE_COMPLETE" in done.stdout
    assert f"complete_{shell}" in done.stdout


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("policysite build", ["build", "build-part"]),
        ("policysite check --form", ["--format"]),
        ("policysite check --format g", ["github", "gitlab"]),
    ],
)
def test_commands_options_and_choices_are_completed(typed: str, offered: list[str]) -> None:
    result = CliRunner().invoke(
        make_app(),
        prog_name="policysite",
        env={
            "_POLICYSITE_COMPLETE": "complete_bash",
            "COMP_WORDS": typed,
            "COMP_CWORD": str(len(typed.split()) - 1),
        },
    )
    assert result.stdout.split() == offered
