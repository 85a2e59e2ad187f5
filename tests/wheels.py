"""Wheels of the engine, made from what git knows of the checkout, and an environment with nothing but one of them."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from support import ROOT

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


def checked_in(*places: str) -> list[str]:
    """Return the files of the checkout that git has or would take, in *places* if there are any."""
    # Whichever user owns the checkout: a continuous integration may run as another one.
    command = ["git", "-c", "safe.directory=*", "ls-files", "-z"]
    command += ["--cached", "--others", "--exclude-standard", "--", *places]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    return sorted(name for name in set(done.stdout.split("\0")) if name and (ROOT / name).is_file())


def copy_checkout(to: Path) -> Path:
    """Copy what git knows of the checkout, so that nothing is written into it."""
    for name in checked_in():
        (to / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, to / name)
    return to


def make(folder: Path, to: Path, *kinds: str) -> None:
    """Have the package in *folder* built into *to*: ``--wheel``, ``--sdist``, or as `make wheel` does it."""
    command = [sys.executable, "-m", "build", "--no-isolation", *kinds]
    command += ["--outdir", os.fspath(to), os.fspath(folder)]
    # The current folder comes first among those that Python looks into for modules.
    done = subprocess.run(command, cwd=folder.parent, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def contents(wheel: Path) -> dict[str, bytes]:
    """Return the files of *wheel* by their names."""
    with zipfile.ZipFile(wheel) as archive:
        return {one.filename: archive.read(one) for one in archive.infolist() if not one.is_dir()}


@dataclass(frozen=True)
class Environment:
    """A virtual environment in ``folder``, of which ``site_packages`` has the packages."""

    folder: Path
    site_packages: Path

    @property
    def python(self) -> str:
        """Its Python."""
        return os.fspath(self.folder / "bin" / "python")

    def pip(self, *arguments: str) -> str:
        """Run its pip, and return what it printed."""
        return self._run({**os.environ}, "-m", "pip", "--disable-pip-version-check", *arguments)

    def run(self, *arguments: str, environ: Mapping[str, str] | None = None) -> str:
        """Run its Python, told nothing but *environ*, and return what it printed."""
        return self._run({"PATH": os.environ["PATH"], **(environ or {})}, *arguments)

    def _run(self, environ: dict[str, str], *arguments: str) -> str:
        environ.pop("PYTHONPATH", None)
        done = subprocess.run(
            [self.python, *arguments],
            cwd=self.folder,
            env=environ,
            check=False,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def install(self, wheel: Path) -> None:
        """Install *wheel* in the place of the one that is there."""
        self.pip("install", "--quiet", "--no-deps", "--force-reinstall", os.fspath(wheel))

    def build(self, site: Path, environ: Mapping[str, str]) -> list[dict[str, Any]]:
        """Build *site*, and return what the build told, the summary last."""
        command = ("-m", "policysite", "build", "--root", os.fspath(site), "--json")
        return [json.loads(line) for line in self.run(*command, environ=environ).splitlines()]


def empty_environment(folder: Path) -> Environment:
    """Make an environment with what the lock file of the site names."""
    subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    (site_packages,) = folder.glob("lib/python3*/site-packages")
    environment = Environment(folder, site_packages)
    lock = os.fspath(ROOT / "requirements" / "build.txt")
    environment.pip("install", "--quiet", "--require-hashes", "-r", lock)
    return environment
