"""What Sphinx and docutils find out anew for every build or document, though it is the same in one process.

That are the settings that docutils knows, made into options of a command for each document, and what installed packages
say of themes and builders. A process that builds one site hardly notices; tests build a thousand.
"""

from __future__ import annotations

import contextlib
from functools import cache
from importlib.metadata import entry_points
from typing import TYPE_CHECKING, Any
from unittest import mock

from docutils.frontend import OptionParser
from sphinx import registry, theming

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from docutils import SettingsSpec

_POPULATE = OptionParser.populate_from_components
_FOUND = ("option_list", "option_groups", "relative_path_settings", "defaults", "lists")
_known_entry_points = cache(entry_points)
_known_options: dict[tuple[Any, ...], dict[str, Any]] = {}


def _populate(parser: OptionParser, components: Iterable[SettingsSpec]) -> None:
    """Stands for ``OptionParser.populate_from_components``: options are made once for the same components."""
    given = [component for component in components if component is not None]
    key = tuple(
        component if isinstance(component, type) else type(component) for component in given
    )
    if key not in _known_options:
        _POPULATE(parser, given)
        _known_options[key] = {name: _copy(getattr(parser, name)) for name in _FOUND}
    for name, value in _known_options[key].items():
        setattr(parser, name, _copy(value))


def _copy(value: Any) -> Any:
    return value if isinstance(value, tuple) else value.copy()


@contextlib.contextmanager
def kept_lookups() -> Iterator[None]:
    """Keep what was found meanwhile."""
    with (
        mock.patch.object(OptionParser, "populate_from_components", _populate),
        mock.patch.object(theming, "entry_points", _known_entry_points),
        mock.patch.object(registry, "entry_points", _known_entry_points),
    ):
        yield
