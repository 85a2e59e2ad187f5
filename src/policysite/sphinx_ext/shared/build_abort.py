"""Ending a build with what must be fixed: as warnings of Sphinx, which none of its settings can hide."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from sphinx.errors import SphinxError
from sphinx.util.logging import getLogger, is_suppressed_warning

from policysite.base.problems import error_count
from policysite.model.settings import COLLECTED

if TYPE_CHECKING:
    from sphinx.application import Sphinx

    from policysite.base.problems import PolicysiteError, Problem

WARNING_TYPE = "policy"
"""The type of our warnings; their subtype is the code of the problem: ``policy.provision-id``."""


class PolicyBuildError(SphinxError):
    """Everything that keeps this build from going on; Sphinx prints it and exits."""

    category = "policysite"

    def __init__(self, error: PolicysiteError) -> None:
        self.problems = error.problems
        super().__init__(f"{error_count(error.problems)}\n{error}")


def abort_build(app: Sphinx, error: PolicysiteError) -> NoReturn:
    """End the build of *app* with the problems of *error*.

    Where Sphinx runs alone, each is a warning with its place, for editors and for ``-w FILE``. The build fails nevertheless,
    and prints itself what ``suppress_warnings`` would hide: no setting publishes a text that is wrong. It exits, as Sphinx
    would print an exception as a crash of its own, with a request to report it. The driver is handed the problems, and
    prints those of all languages once.

    :raises PolicyBuildError: under the driver.
    :raises SystemExit: else.
    """
    if os.environ.get(COLLECTED):
        raise PolicyBuildError(error) from None
    for problem in error.problems:
        _warn(problem, Path(app.confdir))
    hidden = [
        f"{problem}\n"
        for problem in error.problems
        if is_suppressed_warning(WARNING_TYPE, problem.code, app.config.suppress_warnings)
    ]
    # Printed by Python at the very end: Sphinx holds warnings back while it reads.
    sys.exit(f"{''.join(hidden)}\n{error_count(error.problems)}.")


def _warn(problem: Problem, root: Path) -> None:
    """Say it as Sphinx says where something is; what is at no line of a file is at its first."""
    file = root / problem.path
    is_file = file.is_file()
    words = f"{problem.message} {problem.remedy}".rstrip()
    getLogger(__name__).warning(
        "%s",
        words if is_file else f"{problem.path}: {words}",
        type=WARNING_TYPE,
        subtype=problem.code.value,
        location=f"{file}:{problem.line or 1}" if is_file else None,
    )
