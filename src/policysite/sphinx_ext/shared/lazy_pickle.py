"""Values of the environment that most builds do not look into.

An environment is read and written with every build, whole. What is sealed goes through it as bytes, and only who asks for it
unpacks it.
"""

from __future__ import annotations

import pickle
from typing import Generic, TypeVar

T = TypeVar("T")


class LazyPickle(Generic[T]):
    """A value that is pickled by itself, once and when it is needed, and unpickled on first use."""

    _opened: T
    _packed: bytes

    def __init__(self, value: T) -> None:
        self._opened = value

    @property
    def value(self) -> T:
        """The value."""
        if not hasattr(self, "_opened"):
            # This project wrote it, as it did all of the environment.
            self._opened = pickle.loads(self._packed)  # noqa: S301
        return self._opened

    def __getstate__(self) -> bytes:
        """Return what is kept."""
        if not hasattr(self, "_packed"):
            self._packed = pickle.dumps(self._opened, pickle.HIGHEST_PROTOCOL)
        return self._packed

    def __setstate__(self, packed: bytes) -> None:
        """Take what was kept."""
        self._packed = packed
