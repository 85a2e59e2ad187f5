"""Writing fields of a version's front matter; every other line stays as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import yaml

from policysite.base.problems import Code, quoted, refusal
from policysite.files import staging
from policysite.model.front_matter import FrontMatter, closing_fence

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


def set_fields(path: Path, root: Path, fields: Mapping[str, str]) -> None:
    """Set *fields* of the file *path*, each to a value as YAML has it on one line; at the end if it is new.

    The file must have front matter that can be read. It is replaced as a whole.

    :raises PolicysiteError: if the front matter is written in a form in which that cannot be done; the file is unchanged.
    """
    text = path.read_bytes().decode("utf-8")
    lines = text.splitlines(keepends=True)
    ending = "\r\n" if lines[0].endswith("\r\n") else "\n"
    known = FrontMatter(path, root, required=True).lines
    end = closing_fence(_lines(text))
    for name, value in fields.items():
        if name in known:
            lines[known[name] - 1] = f"{name}: {value}{ending}"
    lines[end:end] = [f"{n}: {value}{ending}" for n, value in fields.items() if n not in known]
    new = "".join(lines)
    wanted = {name: yaml.load(value, Loader=yaml.BaseLoader) for name, value in fields.items()}  # noqa: S506
    if _fields(new) != {**(_fields(text) or {}), **wanted}:
        written = ", ".join(f"{name}: {value}" for name, value in fields.items())
        names = quoted(fields)
        message = f"The field{'s' * (len(fields) > 1)} {names} cannot be written: the front matter has another form than one field a line."
        remedy = f"Write it with one 'field: value' a line, or add {written} yourself and repeat the command."
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
