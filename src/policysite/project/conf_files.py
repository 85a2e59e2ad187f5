"""The files beside the texts that pages are made with: those that ``conf.py`` names."""

from __future__ import annotations

import importlib.util
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from policysite.base.package import PACKAGE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_ALWAYS = ("conf.py", "_static")
_SETTINGS = (
    "templates_path",
    "html_static_path",
    "html_extra_path",
    "html_logo",
    "html_favicon",
)
"""The settings of Sphinx that name files or folders of which any page may have something."""


SETTINGS_OF_FILES = (
    "html_static_path",
    "html_extra_path",
    "html_logo",
    "html_favicon",
    "html_css_files",
    "html_js_files",
)
"""The settings of Sphinx that name what is published as it is."""


@dataclass(frozen=True)
class BroughtFiles:
    """What ``conf.py`` names to be published beside the texts: folders (or files), the logo and the icon.

    ``styles`` and ``scripts`` are the names of the files in those folders that pages load, ``extra`` what would be put beside
    the pages.
    """

    folders: tuple[Path, ...] = ()
    pictures: tuple[Path, ...] = ()
    styles: tuple[str, ...] = ()
    scripts: tuple[str, ...] = ()
    extra: tuple[str, ...] = ()


def brought_files(root: Path, values: Mapping[str, Any]) -> BroughtFiles:
    """Return what the settings *values*, those of Sphinx by name, bring to the site of the project in *root*."""
    pictures = [p for name in ("html_logo", "html_favicon") for p in _paths(values.get(name))]
    return BroughtFiles(
        tuple(_as_seen_from(root, one) for one in _paths(values.get("html_static_path"))),
        tuple(_as_seen_from(root, one) for one in pictures if one),
        tuple(_names(values.get("html_css_files"))),
        tuple(_names(values.get("html_js_files"))),
        tuple(_paths(values.get("html_extra_path"))),
    )


def _names(value: object) -> Iterator[str]:
    """Yield the names of files that may come with attributes, as pairs."""
    for one in value if isinstance(value, (list, tuple)) else ():
        yield from list(_paths(one))[:1]


def made_with(root: Path, values: Mapping[str, Any]) -> tuple[Path, ...]:
    """Return the files and folders, there or not, of which every page of the project in *root* may have something.

    *values* are those of its ``conf.py``: its own templates, static files and extensions. Sphinx says what is wrong with
    a value; here it names nothing. Neither does a folder that the project itself is in: what is built is in there too.
    """
    named = [*_ALWAYS, *(one for setting in _SETTINGS for one in _paths(values.get(setting)))]
    places = {_as_seen_from(root, one) for one in named}
    places.update(_own_modules(root, values.get("extensions")))
    return tuple(outermost(place for place in places if not _is_around(place, root)))


def outermost(places: Iterable[Path]) -> list[Path]:
    """Return *places* in order, without those that are in another of them."""
    found = sorted(set(places))
    return [
        place
        for place in found
        if not any(place.is_relative_to(other) for other in found if other != place)
    ]


def _paths(value: object) -> Iterator[str]:
    for one in value if isinstance(value, (list, tuple)) else [value]:
        if isinstance(one, (str, os.PathLike)):
            yield os.fspath(one)


def _as_seen_from(root: Path, name: str) -> Path:
    """Return the place *name*, by way of *root* if it is in there: ``conf.py`` may know its folder by another name."""
    place = Path(os.path.normpath(root / name))
    real = root.resolve()
    return root / place.relative_to(real) if place.is_relative_to(real) else place


def _is_around(place: Path, root: Path) -> bool:
    return root.resolve().is_relative_to(place.resolve())


def _own_modules(root: Path, extensions: object) -> Iterator[Path]:
    """Yield where those of *extensions* are that belong to the project; what is installed is known by its version."""
    for extension in _paths(extensions):
        found = _place_of(extension.partition(".")[0])
        if found is None or found == PACKAGE or found.is_relative_to(sys.prefix):
            continue
        place = _as_seen_from(root, os.fspath(found))
        if place.is_relative_to(root):
            yield place


def _place_of(module: str) -> Path | None:
    """Return the file of *module*, or the folder if it is a package; nothing is imported."""
    try:
        spec = importlib.util.find_spec(module)
    except (ImportError, ValueError):
        # It has no name, or was made by hand.
        return None
    if spec is None or not spec.has_location or spec.origin is None:
        return None
    return Path(spec.origin).parent if spec.submodule_search_locations else Path(spec.origin)
