"""What is said when something cannot be written."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from policysite.base.problems import Code, PolicysiteError, Problem
from policysite.files.disk_errors import writable


def failing(number: int, filename: str | None = None) -> OSError:
    return OSError(number, os.strerror(number), filename)


def test_a_failure_names_the_place_the_file_and_the_way_out() -> None:
    with pytest.raises(PolicysiteError) as caught, writable(Path("site")):
        raise failing(errno.ENOSPC, "site/en/index.html")
    assert caught.value.problems == (
        Problem(
            "site",
            0,
            Code.OUTPUT,
            "Cannot write site/en/index.html: No space left on device.",
            "Free space, or correct the permissions of the folder, and run the command again.",
        ),
    )


def test_a_failure_that_names_no_file_is_one_of_the_place() -> None:
    with pytest.raises(PolicysiteError, match="Cannot write docs: Input/output"), writable("docs"):
        raise failing(errno.EIO)


def test_some_failures_have_another_way_out() -> None:
    remedies = {errno.EROFS: "Mount it."}
    for number, remedy in ((errno.EROFS, "Mount it."), (errno.EIO, "Fix it.")):
        with (
            pytest.raises(PolicysiteError) as caught,
            writable(
                "srv", "Fix it.", remedies=remedies, state="Nothing was changed.", code=Code.TARGET
            ),
        ):
            raise failing(number)
        (problem,) = caught.value.problems
        assert (problem.code, problem.remedy) == (Code.TARGET, remedy)
        assert problem.message.endswith(". Nothing was changed.")


def test_what_is_no_failure_to_write_goes_on() -> None:
    with pytest.raises(ValueError, match="mine"), writable("site"):
        raise ValueError("mine")
