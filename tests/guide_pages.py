"""The pages that people read, for the tests: their files, their tables, their blocks of code."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from support import ROOT

if TYPE_CHECKING:
    from pathlib import Path

GUIDES = sorted((ROOT / "guide").rglob("*.md"))
PAGES = [*GUIDES, *(ROOT / name for name in ("README.md", "ARCHITECTURE.md", "CONTRIBUTING.md"))]
_CELLS = re.compile(r"(?<!\\)\|")
BLOCK = re.compile(r"^( *)```(?P<language>\S+)\n(?P<text>.*?)^\1```$", re.DOTALL | re.MULTILINE)


def name_of(page: Path) -> str:
    """Return the path of a page in the project."""
    return page.relative_to(ROOT).as_posix()


def rows(content: str, header: str) -> list[list[str]]:
    """Return the rows of all tables in *content* that begin with the line *header*."""
    lines = content.splitlines()
    found = []
    for start in (number for number, line in enumerate(lines) if line == header):
        for line in lines[start + 2 :]:
            if not line.startswith("|"):
                break
            found.append([cell.strip() for cell in _CELLS.split(line.strip()[1:-1])])
    assert found, header
    return found


def code_in(cell: str) -> list[str]:
    """Return what is code in a cell."""
    return re.findall(r"`([^`]+)`", cell)


def blocks(content: str, language: str) -> list[str]:
    """Return the blocks of code in *language*, without their indentation."""
    return [
        "\n".join(line.removeprefix(found[1]) for line in found["text"].splitlines())
        for found in BLOCK.finditer(content)
        if found["language"] == language
    ]
