"""What is found out anew for every build, document or command, though it is the same in one process.

That are the settings that docutils knows, made into options of a command for each document; what installed packages
say of themes and builders; the templates of Sphinx that no cache on the disk has; catalogs and pages that were read, and
sentences that were checked, with the same words; and the options of our own commands. A process that builds one site
hardly notices; tests build a thousand.
"""

from __future__ import annotations

import contextlib
from functools import cache, lru_cache
from importlib.metadata import entry_points
from typing import TYPE_CHECKING, Any
from unittest import mock

from docutils.frontend import OptionParser
from jinja2 import Environment
from jinja2.bccache import Bucket
from sphinx import registry, theming
from typer.main import get_command

from policysite.build import parts_folder
from policysite.catalogs import translations
from policysite.catalogs.catalog_files import Catalog, read_catalog
from policysite.catalogs.glossary import read_glossary
from policysite.cli import app
from policysite.project import software
from policysite.proofread import page_reading

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path
    from types import CodeType
    from typing import BinaryIO

    from docutils import SettingsSpec

    from policysite.base.problems import Problem
    from policysite.catalogs.glossary import Glossary

_POPULATE = OptionParser.populate_from_components
_FOUND = ("option_list", "option_groups", "relative_path_settings", "defaults", "lists")
_known_entry_points = cache(entry_points)
_known_options: dict[tuple[Any, ...], dict[str, Any]] = {}
_COMPILE = Environment.compile
# What a template is compiled to depends on these of the environment, besides its source.
_SYNTAX = (
    *("block_start_string", "block_end_string", "variable_start_string", "variable_end_string"),
    *("comment_start_string", "comment_end_string", "line_statement_prefix", "line_comment_prefix"),
    *("trim_blocks", "lstrip_blocks", "newline_sequence", "keep_trailing_newline"),
    *("optimized", "undefined", "finalize", "autoescape", "sandboxed", "is_async"),
)
_known_templates: dict[tuple[Any, ...], Any] = {}
_LOAD = Bucket.load_bytecode
_known_bytecode: dict[tuple[str, str], CodeType | None] = {}
_known_packages = cache(software.required)
_known_pages = lru_cache(maxsize=2_000)(page_reading.read_page)
_good_catalogs: set[tuple[str, bytes]] = set()
_known_glossaries: dict[tuple[Any, ...], Glossary] = {}


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


def _compile(environment: Environment, source: Any, *where: Any, **options: Any) -> Any:
    """Stands for ``Environment.compile``: the same source is compiled once for environments of one kind."""
    if not isinstance(source, str):
        return _COMPILE(environment, source, *where, **options)
    kind = (type(environment), *(getattr(environment, name) for name in _SYNTAX))
    words = (tuple(environment.extensions), getattr(environment, "newstyle_gettext", None))
    key = (source, where, tuple(options.items()), kind, words)
    if key not in _known_templates:
        _known_templates[key] = _COMPILE(environment, source, *where, **options)
    return _known_templates[key]


def _read_glossary(*where: Any) -> tuple[Glossary, list[Problem]]:
    """Stands for ``read_glossary``: what was checked with a glossary is checked once with all that are the same."""
    found, problems = read_glossary(*where)
    key = (found.path, found.source_language, found.terms)
    return _known_glossaries.setdefault(key, found), problems


def _read_catalog(
    root: Path, file: Path, language: str, domain: str, *, is_checked: bool = False
) -> Catalog | Problem:
    """Stands for ``read_catalog``: whether parsers read a catalog alike is checked once for the same one."""
    key = (domain, file.read_bytes() if file.is_file() and not file.is_symlink() else b"")
    is_known = is_checked or key in _good_catalogs
    found = read_catalog(root, file, language, domain, is_checked=is_known)
    if isinstance(found, Catalog) and not is_checked:
        _good_catalogs.add(key)
    return found


def _load(bucket: Bucket, file: BinaryIO) -> None:
    """Stands for ``Bucket.load_bytecode``: what was compiled of a source is the same in each file that has it."""
    key = (bucket.key, bucket.checksum)
    if _known_bytecode.get(key) is None:
        _LOAD(bucket, file)
        _known_bytecode[key] = bucket.code
    bucket.code = _known_bytecode[key]


_known_command = cache(lambda: get_command(app.make_app()))


def _command(_made_anew: object) -> Any:
    """Stands for ``get_command``, for our own program."""
    return _known_command()


def _copy(value: Any) -> Any:
    return value if isinstance(value, tuple) else value.copy()


@contextlib.contextmanager
def kept_lookups() -> Iterator[None]:
    """Keep what was found meanwhile."""
    with (
        mock.patch.object(OptionParser, "populate_from_components", _populate),
        mock.patch.object(theming, "entry_points", _known_entry_points),
        mock.patch.object(registry, "entry_points", _known_entry_points),
        mock.patch.object(Environment, "compile", _compile),
        mock.patch.object(translations, "read_glossary", _read_glossary),
        mock.patch.object(translations, "read_catalog", _read_catalog),
        mock.patch.object(page_reading, "read_page", _known_pages),
        mock.patch.object(Bucket, "load_bytecode", _load),
        mock.patch.object(parts_folder, "required", _known_packages),
        mock.patch.object(software, "required", _known_packages),
        mock.patch.object(app, "get_command", _command),
    ):
        yield
