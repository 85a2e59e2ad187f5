"""Every part of the Sphinx extension is set up: one that is forgotten does nothing, and says nothing."""

from __future__ import annotations

import importlib
import pkgutil
from typing import TYPE_CHECKING
from unittest.mock import MagicMock

from policysite import sphinx_ext

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

    import pytest
    from sphinx.application import Sphinx


def parts() -> list[ModuleType]:
    """Return the modules of the extension that have something to set up."""
    found = pkgutil.walk_packages(sphinx_ext.__path__, f"{sphinx_ext.__name__}.")
    modules = [importlib.import_module(module.name) for module in found]
    return [module for module in modules if hasattr(module, "setup")]


def test_every_part_of_the_extension_is_set_up(monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []
    for part in parts():
        monkeypatch.setattr(part, "setup", noting(part.__name__, part.setup, done))
    sphinx_ext.setup(MagicMock())
    assert sorted(done) == sorted(part.__name__ for part in parts())
    assert len(done) > 30


def noting(name: str, setup: Callable[[Sphinx], object], done: list[str]) -> object:
    """Return *setup*, except for a note that it was called."""

    def noted(app: Sphinx) -> object:
        done.append(name)
        return setup(app)

    return noted
