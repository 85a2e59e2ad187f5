"""The steps that an import ends with, done as they are written: in their order, and each leads to the next."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from year_project import Year

if TYPE_CHECKING:
    from pathlib import Path

TODAY = "2026-02-01"
OLD = """\
Terms

Article 1 (Fees)

There are no fees.

Article 2 (Scope)

These terms hold for everybody.

Article 3 (Questions)

See Article 1 of these terms.
"""
LINKS = "\n```{version-links}\nSee v.{version}.\n```\n"
WHY = ("--day", TODAY, "--reason-in", "ko", "이전 버전이 더해졌습니다.")
_COMMAND = re.compile(r"policysite ([a-z-]+(?: --(?!reason)[a-z-]+(?: [\w.]+)?)*)")


def imported(year: Year, folder: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Have version 1.0 frozen and published, import the one before it, and return the lines that say what is next."""
    year.change(
        "1.0", ("See Article 2 of these terms.\n", f"See Article 2 of these terms.\n{LINKS}")
    )
    year.translate()
    year.run("freeze", "--day", TODAY, "--version", "1.0")
    year.publish(TODAY)
    monkeypatch.setenv("POLICYSITE_DATE", TODAY)
    (folder / "old.txt").write_text(OLD, "utf-8")
    old = ("--version", "0.9", "--effective", "2025-01-01", str(folder / "old.txt"))
    return year.run("import", *old).partition("\nNext:\n")[2].splitlines()


@pytest.mark.thorough
def test_the_steps_after_an_import_can_be_done_in_their_order(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    year = Year(tmp_path, capsys)
    steps = imported(year, tmp_path, monkeypatch)
    commands = [found[1].split() for step in steps if (found := _COMMAND.search(step))]
    assert [command for command, *_ in commands] == [
        "check", "update-po", "check", "freeze", "correct", "build", "publish",
    ]  # fmt: skip
    check, update, again, freeze, correct, build, _ = commands
    said = year.run(*check, code=1)
    moved = re.search(r"Add '(moved: {[^}]*})' to the front matter", said)
    assert moved
    # Version 1.0 is frozen, and may have that line.
    year.change("1.0", ("effective: 2026-01-01\n", f"effective: 2026-01-01\n{moved[1]}\n"))
    year.run(*update)
    year.translate()
    year.run(*again)
    year.run(*freeze, "--day", TODAY)
    year.run(*correct, "--reason", "Version 0.9 was added.", *WHY)
    year.run(*build)
    monkeypatch.delenv("POLICYSITE_DATE")
    year.publish(TODAY)
    assert "See v.0.9." in year.page("en/terms/1.0.html")
    assert "0.9 보기." in year.page("ko/terms/1.0.html")


@pytest.mark.thorough
def test_what_is_wrong_in_a_frozen_text_is_corrected_in_the_open(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    year = Year(tmp_path, capsys)
    imported(year, tmp_path, monkeypatch)
    moved = "moved: {art-1: art-2, art-2: art-1}\n"
    year.change("1.0", ("effective: 2026-01-01\n", f"effective: 2026-01-01\n{moved}"))
    # The earlier text says the same of what had that number then.
    year.change("0.9", ("See Article 1 of", "See Article 2 of"))
    year.translate()
    said = year.run("check", code=1)
    assert said.count("[stale-reference]") == 2
    way = "Version 1.0 is frozen: record what you change in its words with policysite correct --policy terms --version 1.0."
    assert [way in line for line in said.splitlines() if "[stale-reference]" in line] == [True] * 2


def test_a_word_that_is_proposed_is_free(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    year = Year(tmp_path, capsys)
    headings = "## Contact\n\nHere.\n\n{#contact}\n## Reach us\n\n{#contact-b}\nThere.\n"
    year.change(
        "1.0", ("See Article 2 of these terms.\n", f"See Article 2 of these terms.\n\n{headings}")
    )
    assert "put {#contact-c} on the line before it" in year.run("check", code=1)
    assert "{#contact-c}" in year.run("check", "--write-ids", code=1)
    assert "provision" not in year.run("check", code=1)
