"""Files that are saved during the build: what would be published of them is half-checked, so it is built again."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, TypeVar

from policysite.base.problems import Code, PolicysiteError, refusal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

T = TypeVar("T")
_ATTEMPTS = 3


class SourcesChangedError(Exception):
    """What was built is no longer what is in the files."""


@contextlib.contextmanager
def assert_unchanged(stamp: Callable[[], object], before: object) -> Iterator[None]:
    """Ensure that *stamp*, a digest of the files, is the same as *before* when the body of the context has ended.

    Problems that it ended with are not reported otherwise: they may be those of half a change.

    :raises SourcesChangedError: if it is another one.
    """
    problems: PolicysiteError | None = None
    try:
        yield
    except PolicysiteError as error:
        problems = error
    if stamp() != before:
        raise SourcesChangedError
    if problems:
        raise problems


def retry_until_stable(build: Callable[[], T]) -> T:
    """Call *build* until no file changes meanwhile, and return what it does.

    :raises PolicysiteError: if files go on changing.
    """
    for _attempt in range(_ATTEMPTS):
        with contextlib.suppress(SourcesChangedError):
            return build()
    raise refusal(
        "docs",
        Code.CHANGED_MEANWHILE,
        f"Files changed during the build, {_ATTEMPTS} times in a row.",
        "Build again when no file is being saved.",
    )
