"""The message when something cannot be written, the same for all commands."""

from __future__ import annotations

import contextlib
from types import MappingProxyType
from typing import TYPE_CHECKING

from policysite.base.problems import Code, refusal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

_NONE: Mapping[int, str] = MappingProxyType({})


@contextlib.contextmanager
def writable(
    place: Path | str,
    remedy: str = "Free space, or correct the permissions of the folder, and run the command again.",
    *,
    remedies: Mapping[int, str] = _NONE,
    state: str = "",
    code: Code = Code.OUTPUT,
) -> Iterator[None]:
    """Turn a failure to write into a problem of *place* that names the file and the way out.

    *remedy* is the way out, *remedies* has better ones for some numbers of the module ``errno``, and *state* is a sentence
    on what was left behind.

    :raises PolicysiteError: instead of an OSError.
    """
    try:
        yield
    except OSError as error:
        found = f"Cannot write {error.filename or place}: {error.strerror}. {state}".rstrip()
        wanted = remedies.get(error.errno or 0, remedy)
        raise refusal(place, code, found, wanted) from error
