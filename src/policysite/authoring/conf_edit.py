"""Adding to a list or a mapping in ``conf.py``; everything else in the file stays as it is, byte for byte."""

from __future__ import annotations

import ast
import re
import textwrap
from dataclasses import dataclass

_REST_OF_LINE = re.compile(rb"(?P<comma>,?)(?P<comment>[ \t]*(?:#[^\n]*)?\r?\n)")


@dataclass(frozen=True)
class CannotEditError(ValueError):
    """A setting that is not written in a form in which something can be added to it; ``line`` is 0 if it is not there."""

    setting: str
    line: int = 0


def with_item(conf: str, setting: str, item: str) -> str:
    """Return the text *conf* of a ``conf.py`` with *item* at the end of the list or mapping *setting*.

    *item* is an expression, or a key with its value; it may have several lines.

    :raises CannotEditError: if *setting* is not a plain list or mapping at the top of the file.
    """
    value = value_of(conf, setting)
    items = value.values if isinstance(value, ast.Dict) else getattr(value, "elts", None)
    if not isinstance(value, (ast.Dict, ast.List)) or items is None:
        raise CannotEditError(setting, value.lineno if value else 0)
    after = _added(conf, value, items[-1] if items else None, item)
    if not _only_adds(conf, after, setting, item):
        raise CannotEditError(setting, value.lineno)
    return after


def with_line_after(conf: str, setting: str, line: str) -> str:
    """Return *conf* with *line* under that of *setting*.

    :raises CannotEditError: if *setting* is not at the top of the file.
    """
    value = value_of(conf, setting)
    if value is None:
        raise CannotEditError(setting)
    lines, end = _lines(conf), _end(conf)
    place = value.end_lineno or 0
    if not lines[place - 1].endswith("\n"):
        lines[place - 1] += end
    lines.insert(place, f"{line}{end}")
    return "".join(lines)


def value_of(conf: str, setting: str) -> ast.expr | None:
    """Return what *setting* is set to at the top of *conf*; the last time, if it is set more than once."""
    return _value_in(_parse(conf), setting)


def _parse(conf: str) -> ast.Module:
    # Python reads a file with a byte order mark, but no text with one.
    return ast.parse(conf.removeprefix("\ufeff"))


def _value_in(tree: ast.Module, setting: str) -> ast.expr | None:
    found = None
    for node in tree.body:
        target = node.targets[0] if isinstance(node, ast.Assign) else None
        if isinstance(node, ast.AnnAssign):
            target = node.target
        if isinstance(target, ast.Name) and target.id == setting:
            found = node.value if isinstance(node, (ast.Assign, ast.AnnAssign)) else None
    return found


def _added(conf: str, value: ast.expr, last: ast.expr | None, item: str) -> str:
    lines, end = _lines(conf), _end(conf)
    # Positions count bytes.
    line, column = (
        (last.end_lineno or 0, last.end_col_offset or 0)
        if last
        else (value.lineno, value.col_offset + 1)
    )
    found = lines[line - 1].encode()
    same_line = last is None or value.lineno == value.end_lineno
    indent = " " * (len(found) - len(found.lstrip()))
    rest = _REST_OF_LINE.fullmatch(found, column)
    if last and rest and not same_line:
        lines[line - 1] = (found[:column] + b"," + rest["comment"]).decode()
        indented = textwrap.indent(item, indent).replace("\n", end)
        lines.insert(line, f"{indented}{rest['comma'].decode()}{end}")
        return "".join(lines)
    new = (b", " if last else b"") + item.replace("\n", end).encode()
    lines[line - 1] = (found[:column] + new + found[column:]).decode()
    return "".join(lines)


def _only_adds(before: str, after: str, setting: str, item: str) -> bool:
    """Whether *after* says what *before* says, and has *item* besides."""
    try:
        old, new = _parse(before), _parse(after)
        value = _value_in(new, setting)
        if isinstance(value, ast.Dict):
            wanted = ast.parse(f"{{{item}}}", mode="eval").body
            added: ast.expr = ast.Dict([value.keys.pop()], [value.values.pop()])
        elif isinstance(value, ast.List):
            wanted = ast.parse(f"[{item}]", mode="eval").body
            added = ast.List([value.elts.pop()], ast.Load())
        else:
            return False
    except SyntaxError:
        return False
    return ast.dump(added) == ast.dump(wanted) and ast.dump(old) == ast.dump(new)


def _lines(conf: str) -> list[str]:
    # What ends a line for Python's parser, and nothing else.
    return re.split(r"(?<=\n)", conf)


def _end(conf: str) -> str:
    return "\r\n" if "\r\n" in conf else "\n"
