"""Adding a language to the site: its line in ``conf.py``, and catalogs for everything there is to translate."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from policysite.authoring.update_translations import UpdateSummary, update_catalogs
from policysite.base.problems import Code, PolicysiteError, Problem
from policysite.languages import language_data
from policysite.project.project import load_project

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_LANGUAGES = "policysite_languages"
_REST_OF_LINE = re.compile(rb"(?P<comma>,?)(?P<comment>[ \t]*(?:#[^\n]*)?\r?\n)")
_LISTS = ("policysite_incomplete_languages", "policysite_unreviewed_translations")


def add_language(root: Path, environ: Mapping[str, str], language: str) -> UpdateSummary:
    """Add *language* (``ja``, ``zh_TW``) to the project in *root*, as one that is incomplete and not reviewed.

    :raises PolicysiteError: if it is no language or is there already, if ``conf.py`` cannot be edited, or if the
        catalogs cannot be made; ``conf.py`` is then as it was.
    """
    language = language.replace("-", "_")
    project = load_project(root, environ)
    if not language_data.is_known(language):
        raise _problem(
            f"Found language {language!r}, which is no language of the CLDR.",
            "Use a code like 'ja', 'de' or 'zh_TW'.",
        )
    if language in project.settings.languages:
        raise _problem(
            f"The site has the language {language!r} already.",
            f"Bring its catalogs up to date: make update-po LANGUAGE={language}.",
        )
    path = root / "conf.py"
    before = path.read_bytes()
    after = with_language(before.decode(), language, language_data.own_name(language))
    path.write_bytes(after.encode())
    try:
        return update_catalogs(root, environ, [language])
    except BaseException:
        path.write_bytes(before)
        raise


def with_language(conf: str, language: str, name: str) -> str:
    """Return the text of a ``conf.py`` with one more language, all else as it was.

    :raises PolicysiteError: if the languages do not stand there as a plain mapping.
    """
    conf = _with_item(conf, _LANGUAGES, f'"{language}": "{name}"')
    for setting in _LISTS:
        conf = _with_item(conf, setting, f'"{language}"')
    return conf


def _with_item(conf: str, setting: str, item: str) -> str:
    """Return *conf* with *item* at the end of the list or mapping *setting*; a missing list is added."""
    value = _value(conf, setting)
    # What ends a line for Python's parser, and nothing else.
    lines = re.split(r"(?<=\n)", conf)
    end = "\r\n" if "\r\n" in conf else "\n"
    if value is None and setting in _LISTS:
        after = _value(conf, _LANGUAGES)
        line = after.end_lineno or 0 if after else 0
        if line and not lines[line - 1].endswith("\n"):
            lines[line - 1] += end
        lines.insert(line, f"{setting} = [{item}]{end}")
        return "".join(lines)
    items = value.values if isinstance(value, ast.Dict) else getattr(value, "elts", None)
    if not isinstance(value, (ast.Dict, ast.List)) or items is None:
        raise _problem(
            f"{setting} is not written as a plain {'mapping' if setting == _LANGUAGES else 'list'}.",
            f"Add {item} to it by hand, and run make update-po.",
            value.lineno if value else 0,
        )
    # Positions count bytes.
    last = items[-1] if items else None
    line, column = (
        (last.end_lineno or 0, last.end_col_offset or 0)
        if last
        else (value.lineno, value.col_offset + 1)
    )
    found = lines[line - 1].encode()
    same_line = last is None or value.lineno == value.end_lineno
    indent = b" " * (len(found) - len(found.lstrip()))
    rest = _REST_OF_LINE.fullmatch(found, column)
    if last and rest and not same_line:
        lines[line - 1] = (found[:column] + b"," + rest["comment"]).decode()
        lines.insert(line, f"{indent.decode()}{item}{rest['comma'].decode()}{end}")
        return "".join(lines)
    new = (b", " if last else b"") + item.encode()
    lines[line - 1] = (found[:column] + new + found[column:]).decode()
    return "".join(lines)


def _value(conf: str, setting: str) -> ast.expr | None:
    """Return what *setting* is set to at the top of *conf*."""
    for node in ast.parse(conf).body:
        target = node.targets[0] if isinstance(node, ast.Assign) else None
        if isinstance(node, ast.AnnAssign):
            target = node.target
        if isinstance(target, ast.Name) and target.id == setting:
            return node.value if isinstance(node, (ast.Assign, ast.AnnAssign)) else None
    return None


def _problem(found: str, remedy: str, line: int = 0) -> PolicysiteError:
    return PolicysiteError([Problem("conf.py", line, Code.UNKNOWN_LANGUAGE, found, remedy)])
