"""What a build works out once, for all who ask in the course of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar
from weakref import WeakKeyDictionary

if TYPE_CHECKING:
    from collections.abc import Callable

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

T = TypeVar("T")


class PerBuild(Generic[T]):
    """Gives what *make* has made of the application, the same one for as long as there is its environment."""

    def __init__(self, make: Callable[[Sphinx], T]) -> None:
        self._make = make
        self._made: WeakKeyDictionary[BuildEnvironment, T] = WeakKeyDictionary()

    def __call__(self, app: Sphinx) -> T:
        """Return what belongs to the build of *app*."""
        if app.env not in self._made:
            self._made[app.env] = self._make(app)
        return self._made[app.env]
