"""Docstrings of the code as Markdown: what is documented, tables, cells."""

from __future__ import annotations

import ast
import inspect
import itertools
import re
import textwrap
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_ROLE = re.compile(r":[a-z]+:`~?([^`]+)`")
_LITERAL = re.compile(r"``(.+?)``")


def documented(cls: type) -> dict[str, str]:
    """Return the docstrings of the attributes of *cls*, in their order.

    :raises LookupError: if an attribute has none.
    """
    return {name: text for group in documented_groups(cls) for name, text in group.items()}


def documented_groups(cls: type) -> list[dict[str, str]]:
    """Return the docstrings of the attributes of *cls*, group by group: an empty line begins a group.

    :raises LookupError: if an attribute has none.
    """
    (definition,) = ast.parse(textwrap.dedent(inspect.getsource(cls))).body
    body = [*definition.body, ast.Pass()] if isinstance(definition, ast.ClassDef) else []
    groups: list[dict[str, str]] = []
    last = 0
    for node, following in itertools.pairwise(body):
        target = _attribute(node)
        if not target:
            continue
        text = _text_of(following)
        if text is None:
            message = f"{cls.__qualname__}.{target} has no docstring."
            raise LookupError(message)
        if not groups or getattr(node, "lineno", 0) - last > 1:
            groups.append({})
        groups[-1][target] = from_docstring(text)
        last = following.end_lineno or 0
    return groups


def _attribute(node: ast.stmt) -> str:
    target = node.targets[0] if isinstance(node, ast.Assign) else None
    if isinstance(node, ast.AnnAssign):
        target = node.target
    return target.id if isinstance(target, ast.Name) else ""


def _text_of(node: ast.stmt) -> str | None:
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return str(node.value.value)
    return None


def from_docstring(text: str) -> str:
    """Return the first paragraph of a docstring as Markdown, on one line."""
    paragraph = " ".join(inspect.cleandoc(text).partition("\n\n")[0].split())
    return _LITERAL.sub(_code, _ROLE.sub(r"``\1``", paragraph))


def _code(match: re.Match[str]) -> str:
    return code(match[1])


def code(text: str) -> str:
    """Return *text* as code."""
    return f"`` {text} ``" if "`" in text else f"`{text}`"


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Yield the lines of a table, and an empty one after it."""
    yield _row(header)
    yield "|---" * len(header) + "|"
    yield from map(_row, rows)
    yield ""


def _row(cells: Sequence[str]) -> str:
    return "".join("| {} ".format(cell.replace("|", r"\|")) for cell in cells) + "|"
