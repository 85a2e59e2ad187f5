"""Tools that are not Python packages: axe-core and the Nu HTML checker, which ``make test`` installs with npm."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import NoReturn

import pytest

# It runs for seconds: what it would learn for a longer life, and a second thread that tidies up, cost more than they bring.
QUICK = ("-Xss2m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
PACKAGES = Path(__file__).parent / "tools" / "node_modules"


def missing(message: str) -> NoReturn:
    """Skip the test, or let it fail where POLICYSITE_REQUIRE_BROWSER=1 says that everything must be there."""
    if os.environ.get("POLICYSITE_REQUIRE_BROWSER") == "1":
        pytest.fail(message)
    pytest.skip(message)


def program(package: str, *names: str) -> str:
    """Return where the first of the programs with these *names* is that is installed, as Debian's *package* does."""
    found = next(filter(None, map(shutil.which, names)), None)
    if found is None:
        missing(f"{' or '.join(names)} is not installed (Debian: apt-get install {package})")
    return found


def _package_file(name: str) -> Path:
    path = PACKAGES / name
    if not path.is_file():
        package = name.split("/", maxsplit=1)[0]
        missing(f"{package} is not installed (make test does it where npm is there)")
    return path


@pytest.fixture(scope="session")
def axe() -> str:
    """The script of axe-core."""
    return _package_file("axe-core/axe.min.js").read_text("utf-8")


@pytest.fixture(scope="session")
def html_checker() -> list[str]:
    """The command that starts the Nu HTML checker."""
    java = program("default-jre-headless", "java")
    return [java, *QUICK, "-jar", os.fspath(_package_file("vnu-jar/build/dist/vnu.jar"))]
