"""Writing one field of a version's front matter; every other line stays as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import yaml

from policysite.base.problems import Code, refusal
from policysite.files import staging
from policysite.model.front_matter import FrontMatter, closing_fence

if TYPE_CHECKING:
    from pathlib import Path


def set_field(path: Path, root: Path, name: str, value: str) -> None:
    """Set the field *name* of the file *path* to *value*, a scalar as YAML has it; at the end if it is new.

    The file must have front matter that can be read. It is replaced as a whole.

    :raises PolicysiteError: if the front matter is written in a form in which that cannot be done; the file is unchanged.
    """
    text = path.read_bytes().decode("utf-8")
    lines = text.splitlines(keepends=True)
    ending = "\r\n" if lines[0].endswith("\r\n") else "\n"
    known = FrontMatter(path, root, required=True).lines
    if name in known:
        lines[known[name] - 1] = f"{name}: {value}{ending}"
    else:
        lines.insert(closing_fence(_lines(text)), f"{name}: {value}{ending}")
    new = "".join(lines)
    if _fields(new) != {**(_fields(text) or {}), name: value}:
        message = f"The field {name!r} cannot be written: the front matter has another form than one field a line."
        remedy = f"Write it with one 'field: value' a line, or add {name}: {value} yourself and repeat the command."
        shown = path.relative_to(root).as_posix()
        raise refusal(shown, Code.FRONT_MATTER, message, remedy, line=1)
    staging.write(path, new, durably=True)


def _lines(text: str) -> list[str]:
    return text.removeprefix("\ufeff").splitlines()


def _fields(text: str) -> dict[str, Any] | None:
    """Return the fields at the head of *text* as they are written; None if they cannot be read."""
    lines = _lines(text)
    try:
        found = yaml.load("\n".join(lines[1 : closing_fence(lines)]), Loader=yaml.BaseLoader)  # noqa: S506
    except (ValueError, yaml.YAMLError):
        return None
    return found if isinstance(found, dict) else None
