"""A site of one's own as its owner makes it: in an empty folder, with an environment of its own, by ``make``."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from wheels import copy_checkout, make

from policysite.cli import main

if TYPE_CHECKING:
    from pathlib import Path

OPTIONS = ["--publisher", "Acme Inc.", "--policy", "Acme Privacy Policy", "--translate", "ko"]
OPTIONS += ["--time-zone", "Asia/Seoul", "--email", "privacy@example.com"]


def run(folder: Path, *command: str) -> str:
    """Run *command* in *folder* as a user who knows nothing of this checkout, and return what it printed."""
    hidden = {"PYTHONPATH", "VIRTUAL_ENV", "MAKEFLAGS", "MAKELEVEL"}
    environ = {name: value for name, value in os.environ.items() if name not in hidden}
    done = subprocess.run(
        command, cwd=folder, env=environ, check=False, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new site with its engine beside it."""
    folder = tmp_path_factory.mktemp("init")
    make(copy_checkout(folder / "checkout"), folder, "--wheel")
    (wheel,) = folder.glob("*.whl")
    assert main(["init", str(folder / "acme"), *OPTIONS, "--wheel", str(wheel)]) == 0
    wheel.unlink()
    return folder / "acme"


def test_make_builds_and_checks_a_new_site(site: Path) -> None:
    made = run(site, "make", f"PYTHON={sys.executable}", "html")
    assert "languages     en, ko" in made
    assert "translated    ko 100%" in made
    assert (site / "_build/html/ko/privacy/index.html").is_file()
    run(site, "make", "check")
    assert "nothing changed" in run(site, "make", "html")
    assert "unchanged" in run(site, "make", "update-po", "PUBLISHED=1")


def test_its_engine_makes_another_site_with_itself_beside_it(site: Path) -> None:
    run(site, "make", f"PYTHON={sys.executable}", "html")
    other = site.parent / "other"
    command = [".venv/bin/policysite", "init", str(other), *OPTIONS]
    run(site, *command)
    (wheel,) = site.glob("*.whl")
    assert (other / wheel.name).read_bytes() == wheel.read_bytes()
    assert f"./{wheel.name}" in (other / "requirements.txt").read_text("utf-8").splitlines()
