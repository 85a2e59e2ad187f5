"""Writing one field of a version's front matter; every other line stays as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policysite.driver import staging
from policysite.front_matter import FrontMatter

if TYPE_CHECKING:
    from pathlib import Path


def set_field(path: Path, root: Path, name: str, value: str) -> None:
    """Set the field *name* of the file *path* to *value*, a scalar as YAML has it; at the end if it is new.

    The file must have front matter that can be read. It is replaced as a whole.
    """
    text = path.read_bytes().decode("utf-8")
    lines = text.splitlines(keepends=True)
    ending = "\r\n" if lines[0].endswith("\r\n") else "\n"
    known = FrontMatter(path, root, required=True).lines
    if name in known:
        lines[known[name] - 1] = f"{name}: {value}{ending}"
    else:
        closing = next(n for n, line in enumerate(lines) if n and line.startswith("---"))
        lines.insert(closing, f"{name}: {value}{ending}")
    staging.write(path, "".join(lines), durably=True)
